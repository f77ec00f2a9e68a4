#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Perl: RPC::XML and XMLRPC::Lite."""

from echo import ClientTest, ServerTest
from real import XmlRpc, main

RPC_XML = ['perl', '/usr/share/perl5/RPC/XML/Server.pm']
LITE = ['perl', '/usr/share/perl5/XMLRPC/Lite.pm']


class RpcXmlServerTest(ServerTest):
    program = 'RPC::XML'
    package = 'librpc-xml-perl'
    needs = RPC_XML
    command = ['perl', 'servers/rpc-xml.pl']


class RpcXmlClientTest(ClientTest):
    program = 'RPC::XML'
    package = 'librpc-xml-perl'
    needs = RPC_XML
    command = ['perl', 'clients/rpc-xml.pl']


class LiteServerTest(ServerTest):
    program = 'XMLRPC::Lite'
    package = 'libxmlrpc-lite-perl'
    needs = LITE
    command = ['perl', 'servers/xmlrpc-lite.pl']
    prefix = 'Echo.'
    otherwise = {'true': 1, 'false': 0, 'nil': '', 'i8': XmlRpc.Fault}
    notes = ['It does not know i8, and a program gets a boolean as 1 or 0, and nil as an empty text.']


class LiteClientTest(ClientTest):
    program = 'XMLRPC::Lite'
    package = 'libxmlrpc-lite-perl'
    needs = LITE
    command = ['perl', 'clients/xmlrpc-lite.pl']


if __name__ == '__main__':
    main()
