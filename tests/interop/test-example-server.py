#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""A server of docs/examples starts and ends as a user expects:
test-example-server.py COMMAND..."""

import signal
import subprocess
import sys
import unittest
import xmlrpc.client
from http.client import HTTPConnection
from urllib.parse import urlsplit

import tap

COMMAND = sys.argv[1:]
TIMEOUT = 20


class TestExampleServer(unittest.TestCase):
    def start(self, *options, stdin=subprocess.DEVNULL, **more):
        server = subprocess.Popen([*COMMAND, *options], stdin=stdin,
                                  stdout=subprocess.PIPE,
                                  stderr=subprocess.PIPE, text=True, **more)
        self.addCleanup(server.communicate)
        self.addCleanup(server.kill)
        server.url = server.stdout.readline().strip()
        return server

    def assert_answers(self, server):
        with xmlrpc.client.ServerProxy(server.url) as proxy:
            self.assertIn('system.listMethods', proxy.system.listMethods())

    def assert_ends(self, server):
        """With nothing to say, and without an error."""
        output, errors = server.communicate(timeout=TIMEOUT)
        self.assertEqual((server.returncode, output, errors), (0, '', ''))

    def test_serves_without_input(self):
        """As in the background of a script."""
        server = self.start()
        self.assert_answers(server)
        # One that reads its input needs a moment to find the end.
        with self.assertRaises(subprocess.TimeoutExpired):
            server.wait(1)
        self.assert_answers(server)

    def test_ends_on_signals(self):
        for number in signal.SIGTERM, signal.SIGINT:
            with self.subTest(number.name):
                server = self.start()
                server.send_signal(number)
                self.assert_ends(server)

    @unittest.skipIf(COMMAND[-1].endswith('.py'), "Python's own server")
    def test_finishes_calls_on_signal(self):
        server = self.start()
        port = urlsplit(server.url).port
        body = xmlrpc.client.dumps((), 'system.listMethods').encode()
        begun = HTTPConnection('localhost', port, timeout=TIMEOUT)
        begun.putrequest('POST', '/RPC2')
        begun.putheader('Content-Type', 'text/xml')
        begun.putheader('Content-Length', str(len(body)))
        begun.endheaders(body[:10])
        # Another call shows that the server has read what was sent before.
        self.assert_answers(server)
        server.send_signal(signal.SIGTERM)
        self.wait_until_refused(port, body)
        self.assertIsNone(server.poll())

        begun.send(body[10:])
        response = begun.getresponse()
        self.assertEqual((response.status, response.getheader('Connection')),
                         (200, 'close'))
        self.assertIn(b'system.listMethods', response.read())
        self.assert_ends(server)

    def wait_until_refused(self, port, body):
        status = 200
        while status == 200:
            other = HTTPConnection('localhost', port, timeout=TIMEOUT)
            other.request('POST', '/RPC2', body, {'Content-Type': 'text/xml'})
            response = other.getresponse()
            response.read()
            status = response.status
            other.close()
        self.assertEqual((status, response.getheader('Connection')),
                         (503, 'close'))

    def test_ends_on_ignored_interrupt(self):
        """A shell without job control starts background processes so."""
        server = self.start(preexec_fn=lambda: signal.signal(
            signal.SIGINT, signal.SIG_IGN))
        server.send_signal(signal.SIGINT)
        self.assert_ends(server)

    @unittest.skipUnless(COMMAND[-1].endswith('.py'), 'it has no such option')
    def test_ends_with_input_on_request(self):
        server = self.start('--until-eof', stdin=subprocess.PIPE)
        self.assert_answers(server)
        self.assert_ends(server)

    @unittest.skipUnless(COMMAND[-1].endswith('.py'), 'it takes no port')
    def test_tells_what_is_wrong(self):
        taken = self.start().url.rpartition(':')[2].partition('/')[0]
        for port, message in ((taken, 'in use'), ('70000', 'port must be'),
                              ('http', 'invalid int value')):
            result = subprocess.run([*COMMAND, port], stdin=subprocess.DEVNULL,
                                    capture_output=True, text=True,
                                    timeout=TIMEOUT, check=False)
            self.assertNotEqual(result.returncode, 0)
            self.assertEqual(result.stdout, '')
            self.assertIn(message, result.stderr)
            self.assertNotIn('Traceback', result.stderr)


if __name__ == '__main__':
    tap.main()
