#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Commands that others wrote against our server: xmlrpc and xml-rpc-api2txt of
xmlrpc-c, and curl, which also sends what is no XML-RPC at all.

test-commands.py ECHO-SERVER
"""

import gzip
import shutil
import subprocess
import sys
import tempfile
import unittest
import xmlrpc.client

import program
import tap

CALL = xmlrpc.client.dumps(('hello',), 'echo').encode()


def needs(command):
    return unittest.skipUnless(shutil.which(command), f'{command} is not installed')


@needs('xmlrpc')
class XmlrpcTest(program.ServerTest):
    program = sys.argv[1]

    def call(self, *arguments):
        return subprocess.run(['xmlrpc', self.url, *arguments], text=True,
                              capture_output=True, timeout=60)

    def test_types(self):
        for argument, printed in (('s/text', "String: 'text'"), ('i/-5', 'Integer: -5'),
                                  ('b/t', 'Boolean: TRUE'), ('I/5000000000', '64-bit integer: 5000000000'),
                                  ('d/1.5', 'Floating Point: 1.5'), ('n/', 'Nil'),
                                  ('s/\u00fc<&>', "String: '\\xc3\\xbc<&>'")):
            result = self.call('echo', argument)
            self.assertEqual(result.returncode, 0, result.stderr)
            self.assertIn(printed, result.stdout)

    def test_fault(self):
        result = self.call('fail', 'i/4', 's/four')
        self.assertNotEqual(result.returncode, 0)
        self.assertIn('four', result.stderr)

    def test_list_methods(self):
        self.assertIn("'add'", self.call('system.listMethods').stdout)


@needs('xml-rpc-api2txt')
class ApiToTextTest(program.ServerTest):
    """It asks for all methods with their signatures and their help."""
    program = sys.argv[1]

    def test_description(self):
        result = subprocess.run(['xml-rpc-api2txt', self.url], text=True, capture_output=True, timeout=60)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn('i8 add (i8, i8)\n\n  Adds <b>two</b> numbers.\n', result.stdout)
        self.assertIn('nil fail (int, string)\n', result.stdout)
        self.assertIn('string system.methodHelp (string)\n', result.stdout)


@needs('curl')
class CurlTest(program.ServerTest):
    program = sys.argv[1]

    def curl(self, body, *options):
        """The HTTP status and the body of the answer."""
        with tempfile.NamedTemporaryFile() as sent, tempfile.NamedTemporaryFile() as received:
            sent.write(body)
            sent.flush()
            result = subprocess.run(
                ['curl', '--silent', '--noproxy', '*', '--max-time', '30',
                 '--header', 'Content-Type: text/xml', '--data-binary', f'@{sent.name}',
                 '--output', received.name, '--write-out', '%{http_code}', *options, self.url],
                capture_output=True, text=True, timeout=60)
            return int(result.stdout), received.read()

    def assert_echoed(self, body, *options):
        status, answer = self.curl(body, *options)
        self.assertEqual(status, 200)
        self.assertEqual(xmlrpc.client.loads(answer)[0], ('hello',))

    def assert_fault(self, code, body, *options):
        status, answer = self.curl(body, *options)
        self.assertEqual(status, 200)
        with self.assertRaises(xmlrpc.client.Fault) as caught:
            xmlrpc.client.loads(answer)
        self.assertEqual(caught.exception.faultCode, code)

    def tearDown(self):
        # Whatever was sent, the next client is served.
        self.assert_echoed(CALL)

    def test_plain(self):
        self.assert_echoed(CALL)

    def test_http_1_0(self):
        self.assert_echoed(CALL, '--http1.0')

    def test_malformed(self):
        for body in (b'', b'hello', b'\0\0\0', CALL + b'<', CALL.replace(b'</value>', b''), b'\xff\xfe<'):
            self.assert_fault(-32700, body)

    def test_truncated(self):
        for length in range(1, len(CALL) - 2, 7):
            self.assert_fault(-32700, CALL[:length])

    def test_document_type(self):
        self.assert_fault(-32700, b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + CALL)

    def test_other_xml(self):
        self.assert_fault(-32600, b'<html><body/></html>')

    def test_chunked(self):
        self.assert_echoed(CALL, '--header', 'Transfer-Encoding: chunked')

    def test_expect_continue(self):
        self.assert_echoed(CALL, '--header', 'Expect: 100-continue')

    def test_gzip(self):
        self.assert_echoed(gzip.compress(CALL), '--header', 'Content-Encoding: gzip')
        self.assert_fault(-32700, gzip.compress(CALL)[:-10], '--header', 'Content-Encoding: gzip')

    def test_compressed_answer(self):
        body = xmlrpc.client.dumps(('x' * 100_000,), 'echo').encode()
        status, answer = self.curl(body, '--compressed')
        self.assertEqual(status, 200)
        self.assertEqual(xmlrpc.client.loads(answer)[0], ('x' * 100_000,))

    def test_too_large(self):
        body = CALL.replace(b'hello', b'x' * 2_000_000)
        for options in ([], ['--header', 'Transfer-Encoding: chunked'], ['--header', 'Expect:'],
                        ['--http1.0']):
            self.assertEqual(self.curl(body, *options)[0], 413)
        self.assertEqual(self.curl(gzip.compress(body), '--header', 'Content-Encoding: gzip')[0], 413)

    def test_slow(self):
        """One that takes longer than the second which the server gives it."""
        body = CALL.replace(b'hello', b'x' * 900_000)
        self.assertIn(self.curl(body, '--limit-rate', '50k')[0], (0, 408))

    def test_other_method(self):
        self.assertEqual(self.curl(CALL, '--request', 'PUT')[0], 405)

    def test_other_type(self):
        self.assertEqual(self.curl(CALL, '--header', 'Content-Type: text/plain')[0], 415)


if __name__ == '__main__':
    tap.main()
