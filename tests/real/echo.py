# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Libraries that others wrote: their servers, called by ours, and their clients, which
call ours.

A server has echo (value), add (a, b) and fail (code, message).

A client writes a line for each thing that it did, as LINES has them. With "type" it
asks what kind of value arrived.
"""

import subprocess
import sys
from datetime import datetime

from real import HERE, PATIENCE, RealTest, XmlRpc, find_free_port

TEXT = 'zo\u00eb <&> \u2603 \U0001f600'

VALUES = {
    'int': -5,
    'i8': 5_000_000_000,
    'double': -1.5,
    'true': True,
    'false': False,
    'string': 'zo\u00eb <&> \u2603',
    'emoji': TEXT,
    'lines': 'one\n two\t\n',
    'empty string': '',
    'long string': '\u00e9x' * 200_000,
    'date': datetime(2026, 11, 23, 8, 40, 5),
    'base64': bytes(range(256)),
    'array': [1, 'two', [3.5, True]],
    'empty array': [],
    'struct': {'a b': 1, 'n\u00e4me': {'inner': [1]}},
    'nil': None,
}

LINES = {
    'add': 'add 5',
    'int': 'int -5 int',
    'double': 'double -1.5 double',
    'boolean': 'boolean true boolean',
    'string': f'string {TEXT} string',
    'date': 'date 20261123T08:40:05 dateTime',
    # Its length, and the sum of its bytes.
    'base64': 'base64 256 32640 base64',
    'array': 'array 1 two 2.5 array',
    'struct': 'struct zoo 7 struct',
    'long': 'long 100000',
    'fault': f'fault 4 {TEXT}',
}


class ServerTest(RealTest):
    """A server that others wrote: command is run with its port added."""

    kind = 'Servers of other libraries'
    command = None
    path = '/RPC2'
    prefix = ''
    # What comes back of values that do not come back as they are.
    otherwise = {}
    fault_text = TEXT

    @classmethod
    def start(cls):
        port = find_free_port()
        cls.run_program(*cls.make_command(), port).wait_for_port(port)
        cls.server = XmlRpc.ServerProxy(f'http://127.0.0.1:{port}{cls.path}')

    @classmethod
    def make_command(cls):
        return [*cls.command[:-1], cls.copy(cls.command[-1])]

    def call(self, name, *params):
        return self.server[self.prefix + name](*params)

    def echo(self, value):
        try:
            return self.call('echo', value)
        except XmlRpc.Error as error:
            return type(error)

    def test_values(self):
        """values of all types, there and back"""
        changed = {}
        for name, value in VALUES.items():
            result = self.echo(value)
            # True is 1 in Python.
            if result != value or isinstance(result, bool) != isinstance(value, bool):
                changed[name] = result
        self.assertEqual(changed, self.otherwise)

    def test_parameters(self):
        """several parameters"""
        self.assertEqual(self.call('add', 2, 3), 5)

    def test_fault(self):
        """a fault"""
        for _ in range(2):
            with self.assertRaises(XmlRpc.Fault) as caught:
                self.call('fail', 4, self.fault_text)
            self.assertEqual((caught.exception.faultCode, caught.exception.faultString),
                             (4, self.fault_text))

    def test_unknown_method(self):
        """a method that does not exist"""
        with self.assertRaises(XmlRpc.Error):
            self.call('nothing')


class ClientTest(RealTest):
    """A client that others wrote: command is run with our URL added."""

    kind = 'Clients of other libraries'
    command = None
    # Lines that are not those of LINES.
    otherwise = {}

    @classmethod
    def start(cls):
        process = subprocess.Popen(['setpriv', '--pdeathsig', 'TERM', sys.executable, HERE / 'server.py'],
                                   stdout=subprocess.PIPE, text=True)
        cls.addClassCleanup(process.communicate)
        cls.addClassCleanup(process.terminate)
        cls.url = process.stdout.readline().strip()

    def test_client(self):
        """values of all types to our server and back, and a fault"""
        result = subprocess.run(
            [*self.command[:-1], HERE / self.command[-1], self.url], cwd=self.folder, env=self.make_environment(),
            encoding='utf-8', timeout=PATIENCE, check=False, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        expected = LINES | self.otherwise
        self.assertEqual(result.stdout.splitlines(), [line for line in expected.values() if line], result.stderr)
        self.assertEqual(result.returncode, 0, result.stderr)
