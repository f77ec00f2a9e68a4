#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Ruby: its library xmlrpc."""

from echo import ClientTest, ServerTest
from real import XmlRpc, main

NEEDS = ['ruby', '/usr/share/doc/ruby-xmlrpc', '/usr/share/doc/ruby-webrick']


class RubyServerTest(ServerTest):
    program = 'Ruby\u2019s xmlrpc'
    package = 'ruby-xmlrpc'
    needs = NEEDS
    command = ['ruby', 'servers/server.rb']
    otherwise = {'i8': XmlRpc.ProtocolError}
    notes = ['It reads i8 and does not send it.']


class RubyClientTest(ClientTest):
    program = 'Ruby\u2019s xmlrpc'
    package = 'ruby-xmlrpc'
    needs = NEEDS
    command = ['ruby', 'clients/client.rb']


if __name__ == '__main__':
    main()
