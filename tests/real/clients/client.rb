# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

require 'xmlrpc/client'

Encoding.default_external = 'UTF-8'

CLIENT = XMLRPC::Client.new2(ARGV[0])
TEXT = "zo\u00eb <&> \u2603 \u{1f600}"

# A value, the result of echo, and what kind it was on the other side.
def both(value)
  [CLIENT.call('echo', value), CLIENT.call('type', value)]
end

puts "add #{CLIENT.call('add', 2, 3)}"
puts "int #{both(-5).join(' ')}"
puts "double #{both(-1.5).join(' ')}"
puts "boolean #{both(true).join(' ')}"
puts "string #{both(TEXT).join(' ')}"
result, type = both(XMLRPC::DateTime.new(2026, 11, 23, 8, 40, 5))
puts format('date %04d%02d%02dT%02d:%02d:%02d %s', *result.to_a, type)
result, type = both(XMLRPC::Base64.new((0..255).to_a.pack('C*')))
puts "base64 #{result.bytesize} #{result.sum(32)} #{type}"
result, type = both([1, 'two', 2.5])
puts "array #{result.join(' ')} #{type}"
result, type = both({ 'name' => 'zoo', 'number' => 7 })
puts "struct #{result['name']} #{result['number']} #{type}"
puts "long #{CLIENT.call('echo', 'x' * 100_000).length}"
begin
  CLIENT.call('fail', 4, TEXT)
rescue XMLRPC::FaultException => e
  puts "fault #{e.faultCode} #{e.faultString}"
end
