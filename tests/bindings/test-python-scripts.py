#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Programs written for xmlrpc.client, run with it and with XmlRpc."""

import contextlib
import importlib
import io
import unittest
import xmlrpc.client

import gi

gi.require_version('XmlRpc', '1.0')
from gi.repository import XmlRpc  # noqa: E402

import peers  # noqa: E402
import tap  # noqa: E402


def get_output(script, client, uri):
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        script.run(client, uri)
    return output.getvalue().splitlines()


class ScriptTest(unittest.TestCase):
    def compare(self, name):
        script = importlib.import_module('scripts.' + name)
        server = peers.EchoServer()
        self.addCleanup(server.close)
        expected = get_output(script, xmlrpc.client, server.uri)
        self.assertGreater(len(expected), 3)
        self.assertEqual(get_output(script, XmlRpc, server.uri), expected)

    def test_dates(self):
        self.compare('dates')

    def test_binaries(self):
        self.compare('binaries')

    def test_faults(self):
        self.compare('faults')

    def test_messages(self):
        self.compare('messages')

    def test_multicall(self):
        self.compare('multicall')

    def test_introspection(self):
        self.compare('introspection')


if __name__ == '__main__':
    tap.main()
