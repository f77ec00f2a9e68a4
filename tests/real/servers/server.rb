# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

require 'xmlrpc/server'

XMLRPC::Config::ENABLE_NIL_PARSER = true
XMLRPC::Config::ENABLE_NIL_CREATE = true

server = XMLRPC::Server.new(ARGV[0].to_i, '127.0.0.1', 4, File::NULL)

# What came as base64 is a string without an encoding.
server.add_handler('echo') do |value|
  value.is_a?(String) && value.encoding == Encoding::BINARY ? XMLRPC::Base64.new(value) : value
end
server.add_handler('add') { |a, b| a + b }
server.add_handler('fail') { |code, message| raise XMLRPC::FaultException.new(code, message) }
server.serve
