#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Tcl: its package xmlrpc."""

from echo import ClientTest, ServerTest
from real import XmlRpc, main

NEEDS = ['tclsh', '/usr/share/doc/tcl-xmlrpc']


class TclServerTest(ServerTest):
    program = 'Tcl\u2019s xmlrpc'
    package = 'tcl-xmlrpc'
    needs = NEEDS
    command = ['tclsh', 'servers/server.tcl']
    verdict = 'works in part'
    notes = ['It waits forever for text beyond ASCII: it counts characters, not bytes.',
             'Its responses to faults are one byte shorter than they say, which is an error.',
             'It closes connections without saying so: set `idempotent`, or a call may find one closed.']

    @classmethod
    def start(cls):
        super().start()
        cls.server.props.idempotent = True

    def test_values(self):
        """a string, there and back"""
        for value in 'zoo', '', 'x' * 100_000:
            self.assertEqual(self.server.echo(value), value)

    def test_fault(self):
        """a fault"""
        with self.assertRaisesRegex(XmlRpc.TransportError, 'broke off'):
            self.server.fail(4, 'zoo')

    def test_unknown_method(self):
        """a method that does not exist"""
        with self.assertRaisesRegex(XmlRpc.TransportError, 'broke off'):
            self.server.nothing()


class TclClientTest(ClientTest):
    program = 'Tcl\u2019s xmlrpc'
    package = 'tcl-xmlrpc'
    needs = NEEDS
    command = ['tclsh', 'clients/client.tcl']
    otherwise = {'boolean': 'boolean 1 boolean', 'string': 'string zoo &lt; string',
                 'base64': 'base64 AAEC base64', 'struct': '',
                 'fault': 'fault {} {{faultCode 4} {faultString zoo}}'}
    notes = ['It does not escape text, and counts characters, not bytes: only ASCII was sent.']


if __name__ == '__main__':
    main()
