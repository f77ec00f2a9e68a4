#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Many calls at once, and servers of recorded calls. test-recordings.py ECHO-SERVER"""

import json
import signal
import stat
import subprocess
import sys
import tempfile
import unittest
import urllib.error
import urllib.request
import xmlrpc.client
from pathlib import Path

import gxmlrpc
import scripted
import tap
from gxmlrpc import FAULT, NETWORK, OK, USAGE, Terminal

ECHO_SERVER = sys.argv[1]


class TestCase(gxmlrpc.TestCase):
    @classmethod
    def setUpClass(cls):
        server = gxmlrpc.Server(ECHO_SERVER)
        cls.addClassCleanup(server.stop)
        cls.url = server.address

    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.file = Path(directory.name, 'recording.json')

    def start(self, *arguments):
        server = gxmlrpc.Server(gxmlrpc.GXMLRPC, *arguments)
        self.addCleanup(self.stop, server)
        self.assertRegex(server.address, r'\Ahttp://127\.0\.0\.1:\d+/RPC2\Z')
        return server

    def stop(self, server):
        if server.process.poll() is None:
            server.stop()
            self.assertEqual(server.process.returncode, OK)


class TestMulticall(TestCase):
    def multicall(self, text, *options, url=None, status=OK):
        result = subprocess.run([gxmlrpc.GXMLRPC, 'multicall', *options, url or self.url], check=False, text=True,
                                input=text, capture_output=True, timeout=gxmlrpc.TIMEOUT)
        self.assertEqual(result.returncode, status, result.stderr)
        self.errors = result.stderr
        return result.stdout

    def test_results(self):
        text = '''# sums
            add 2 3
            echo 'two words' \n
            echo "{'a': <2026-11-23T08:40:00>}"
            echo -5
        '''
        self.assertEqual(self.multicall(text), "int64 5\n'two words'\n{'a': <2026-11-23T08:40:00>}\n-5\n")
        self.assertEqual(self.multicall('add 2 3\necho \'{"a": [1]}\'', '--json'), '5\n{"a":[1]}\n')
        self.assertEqual(self.multicall('add 2 3', '--json=exact'), '{"$i8":"5"}\n')
        self.assertEqual(self.multicall(''), '')
        self.assertEqual(self.multicall('add 2 3', '-o', self.file), '')
        self.assertEqual(self.file.read_text(), 'int64 5\n')

    def test_one_request(self):
        server = scripted.ScriptedServer(scripted.dispatch(
            system_multicall=lambda calls: [[call['params']] for call in calls]))
        self.addCleanup(server.__exit__)
        self.assertEqual(self.multicall('a 1\nb\n' * 50, '-j', url=server.url), '[1]\n[]\n' * 50)
        self.assertEqual(len(server.requests), 1)

    def test_faults(self):
        """The others are there."""
        text = 'echo 1\nfail 4 "two\nwords\necho 2'.replace('two\nwords', 'two words"')
        self.assertEqual(self.multicall(text, status=FAULT), '1\nfault 4: two words\n2\n')
        self.assertIn('1 of 3 calls failed', self.errors)
        lines = [json.loads(line) for line in self.multicall(text, '--json', status=FAULT).splitlines()]
        self.assertEqual(lines, [1, {'faultCode': 4, 'faultString': 'two words'}, 2])

    def test_wrong_lines(self):
        """What is wrong is said before anything is sent."""
        for text, error in (('echo 1\n\necho [1', 'line 3: '), ("echo 'x", 'line 1: '), ('echo @/no/such', 'line 1: '),
                            ('echo -', 'standard input has the calls'), ('echo nan', 'line 1: ')):
            self.assertEqual(self.multicall(text, url='http://127.0.0.1:1/', status=USAGE), '')
            self.assertIn(error, self.errors)
        self.multicall('echo 1', url='http://127.0.0.1:1/', status=NETWORK)

    def test_no_multicall(self):
        server = scripted.ScriptedServer(scripted.fail(-32601, 'no such method'))
        self.addCleanup(server.__exit__)
        self.multicall('echo 1', url=server.url, status=FAULT)
        self.assertIn('system.multicall', self.errors)

    @unittest.skipUnless(gxmlrpc.has_terminals(), 'there are no terminals to be had')
    def test_terminal(self):
        terminal = Terminal('multicall', self.url)
        terminal.type('add 2 3\nfail 4 "a\u202eb"\n\x04')
        self.assertEqual(terminal.end(), FAULT)
        self.assertIn('int64 5\r\nfault 4: a\\u202eb\r\n', terminal.text)


class TestServe(TestCase):
    CALLS = [{'method': 'sample.add', 'params': [2, 3], 'result': 5},
             {'method': 'sample.add', 'params': [], 'fault': {'faultCode': 4, 'faultString': 'Too few.', 'more': [1]}},
             {'method': 'state', 'params': [{'a': 1, 'b': {'$i8': '2'}}], 'result': 'first'},
             {'method': 'state', 'params': [{'b': 2, 'a': 1}], 'result': {'$dateTime': '20261123T08:40:00'}},
             {'method': 'any', 'result': {'a': [None, 1.5]}}]

    def serve(self, calls):
        self.file.write_text(json.dumps(calls))
        self.url = self.start('serve', self.file).address

    def test_answers(self):
        self.serve(self.CALLS)
        self.assertEqual(self.call('sample.add', '2', 'int64 3'), '5\n')
        self.assertEqual(self.call('sample.add', status=FAULT), 'gxmlrpc: fault 4: Too few.\n')
        self.assertEqual(self.call('any', 'x'), "{'a': <[<@mv nothing>, <1.5>]>}\n")
        for result in ("'first'", '2026-11-23T08:40:00', '2026-11-23T08:40:00'):
            self.assertEqual(self.call('state', "{'b': 2, 'a': 1}"), result + '\n')
        self.assertIn('no recorded call of sample.add has these parameters', self.call('sample.add', '9', status=FAULT))
        self.assertIn('Did you mean state?', self.call('stat', status=FAULT))
        self.assertEqual(self.run_tool('list', self.url), 'sample.add\nstate\nany\n')
        with self.assertRaises(xmlrpc.client.Fault) as caught:
            xmlrpc.client.ServerProxy(self.url).unknown()
        self.assertEqual(caught.exception.faultCode, -32601)

    def test_multicall(self):
        """Its calls are looked up, if itself is not recorded."""
        self.serve(self.CALLS)
        proxy = xmlrpc.client.ServerProxy(self.url)
        calls = xmlrpc.client.MultiCall(proxy)
        calls.sample.add(2, 3)
        calls.state({'b': 2, 'a': 1})
        results = calls()
        self.assertEqual([results[0], results[1]], [5, 'first'])
        answer = proxy.system.multicall([{'methodName': 'sample.add', 'params': []}, {'methodName': 'no', 'params': []},
                                         {}, 5])
        self.assertEqual([fault['faultCode'] for fault in answer], [4, -32601, -32602, -32602])
        with self.assertRaises(xmlrpc.client.Fault):
            proxy.system.multicall(5)

    def test_bad_requests(self):
        self.serve(self.CALLS)
        with self.assertRaises(urllib.error.HTTPError) as caught:
            urllib.request.urlopen(self.url, timeout=gxmlrpc.TIMEOUT)
        caught.exception.close()
        self.assertEqual(caught.exception.code, 405)
        # What a web page posts.
        page = urllib.request.Request(self.url, b'x', {'Origin': 'http://example.org', 'Content-Type': 'text/plain'})
        with self.assertRaises(urllib.error.HTTPError) as caught:
            urllib.request.urlopen(page, timeout=gxmlrpc.TIMEOUT)
        caught.exception.close()
        self.assertEqual(caught.exception.code, 403)
        with urllib.request.urlopen(self.url, b'nonsense', timeout=gxmlrpc.TIMEOUT) as response:
            self.assertIn(b'-32600', response.read())

    def test_signals(self):
        self.file.write_text('[]')
        for number in (signal.SIGINT, signal.SIGTERM):
            server = self.start('serve', self.file)
            server.process.send_signal(number)
            server.process.communicate(timeout=gxmlrpc.TIMEOUT)
            self.assertEqual(server.process.returncode, OK)

    def test_port(self):
        self.file.write_text('[]')
        port = self.start('serve', self.file).address.split(':')[2].split('/')[0]
        self.run_tool('serve', '--port', port, self.file, status=NETWORK)
        self.assertIn('--port', self.run_tool('serve', '-p', '65536', self.file, status=USAGE))

    def test_unreadable(self):
        for text, error in (('', 'cannot read'), ('{}', 'expected an array of calls'), ('[{}]', ': [0]: expected'),
                            ('[{"method": "a", "result": 1}, {"method": "a", "result": 1, "fault": {}}]', ': [1]: '),
                            ('[{"method": "a", "params": 5, "result": 1}]', ': [0]: '), ('[5]', ': [0]: ')):
            self.file.write_text(text)
            self.assertIn(error, self.run_tool('serve', self.file, status=USAGE))
        self.run_tool('serve', '/does/not/exist', status=USAGE)


class TestRecord(TestCase):
    def test_record_and_serve(self):
        echo = self.url
        server = self.start('record', echo, self.file)
        self.assertEqual(stat.S_IMODE(self.file.stat().st_mode), 0o600)
        self.assertEqual(json.loads(self.file.read_text()), [])
        calls = (['add', '2', '3'], ['echo', "{'a': <@ay [1, 2]>, 'b': <2026-11-23T08:40:00>}"], ['echo', "'ä\n€'"])
        self.url = server.address
        outputs = [self.call(*call) for call in calls]
        fault = self.call('fail', '4', 'no', status=FAULT)
        # It is complete after each call.
        recorded = json.loads(self.file.read_text())
        self.assertEqual(recorded[0], {'method': 'add', 'params': [2, 3], 'result': {'$i8': '5'}})
        self.assertIn({'method': 'fail', 'params': [4, 'no'], 'fault': {'faultCode': 4, 'faultString': 'no'}}, recorded)
        self.stop(server)

        self.url = self.start('serve', self.file).address
        self.assertEqual([self.call(*call) for call in calls], outputs)
        self.assertEqual(self.call('fail', '4', 'no', status=FAULT), fault)

    def test_no_server(self):
        """That is no result."""
        server = self.start('record', '--timeout', '5', 'http://127.0.0.1:1/', self.file)
        self.url = server.address
        self.assertIn('HTTP 502', self.call('method', status=gxmlrpc.HTTP))
        self.assertEqual(json.loads(self.file.read_text()), [])

    def test_unwritable(self):
        self.run_tool('record', self.url, '/does/not/exist', status=USAGE)


if __name__ == '__main__':
    tap.main()
