#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Each option of each command of gxmlrpc, on a terminal."""

import re
import signal
import ssl
import tempfile
import unittest
import xmlrpc.client
from pathlib import Path

import gxmlrpc
import scripted
import tap
from gxmlrpc import FAULT, OK, TESTS, USAGE, Terminal

TLS = TESTS / 'data' / 'tls'
STYLE = re.compile('\033\\[[0-9;]*m')
COMMANDS = ('call', 'multicall', 'list', 'describe', 'encode', 'decode', 'serve', 'record')
MESSAGE = xmlrpc.client.dumps(([{'a': 'x', 'b': 2}],), methodresponse=True)


def answer(handler, body):
    """What came with the request is a part of the answer."""
    seen = [name for name in ('Authorization', 'Cookie', 'X-Test') if handler.headers[name]]
    name = xmlrpc.client.loads(body)[1]
    values = {'system.listMethods': ['a.b', *seen], 'system.methodHelp': ' '.join(seen),
              'system.multicall': [[[{'a': 'x', 'b': 2}]]], 'system.methodSignature': [['int']]}
    value = values.get(name, [{'a': 'x', 'b': 2}, *({'a': word, 'b': 2} for word in seen)])
    handler.send(xmlrpc.client.dumps((value,), methodresponse=True), headers=[('Set-Cookie', 'session=1')])


@unittest.skipUnless(gxmlrpc.has_terminals(), 'there are no terminals to be had')
class TestOptions(gxmlrpc.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.directory = Path(directory.name)
        for name, text in (('netrc', 'machine 127.0.0.1 login me password s3cret'), ('password', 's3cret\n'),
                           ('jar', '127.0.0.1\tFALSE\t/\tFALSE\t0\ta\tb\n'), ('message', MESSAGE), ('calls', '[]')):
            (self.directory / name).write_text(text)

    def serve(self, certificate=None, client_certificate=None):
        server = scripted.ScriptedServer(answer, certificate=certificate)
        self.addCleanup(server.__exit__)
        if client_certificate:
            server.socket.context.verify_mode = ssl.CERT_REQUIRED
            server.socket.context.load_verify_locations(client_certificate)
        return server.url

    def run_on_terminal(self, *arguments, text='', status=OK, **environment):
        terminal = Terminal(*map(str, arguments), **environment)
        if text:
            terminal.type(text)
        self.assertEqual(terminal.end(), status, terminal.output)
        return STYLE.sub('', terminal.text).replace('\r\n', '\n')

    def read_options(self, command):
        """Pairs of the short form, or none, and the long one."""
        return re.findall(r'^  (?:(-\w), )?(--[a-z-]+)', self.run_tool(command, '--help'), re.MULTILINE)

    def run_command(self, command, url, *options, text='', **kwargs):
        """Calls a server with options; what is shown contains what came with the request."""
        if command == 'record':
            return self.record(url, *options, text=text, **kwargs)
        rest = {'call': ['a.b'], 'multicall': [], 'list': [], 'describe': []}[command]
        if command == 'multicall':
            text += 'a.b\n\x04'
        return self.run_on_terminal(command, *options, url, *rest, text=text, **kwargs)

    def record(self, url, *options, text='', **environment):
        terminal = Terminal('record', *map(str, options), url, str(self.directory / 'recorded'), **environment)
        if text:
            terminal.type(text)
        terminal.wait_for('/RPC2\r\n')
        address = re.search(r'http://127\.0\.0\.1:\d+/RPC2', terminal.text)[0]
        result = repr(xmlrpc.client.ServerProxy(address).a.b())
        terminal.kill(signal.SIGTERM)
        self.assertEqual(terminal.end(), OK)
        return STYLE.sub('', terminal.text) + result

    def test_connection(self):
        file = self.directory / 'certificate'
        parts = (TLS / 'client.pem').read_text().partition('-----BEGIN PRIVATE')
        file.write_text(parts[0])
        (self.directory / 'key').write_text(parts[1] + parts[2])
        plain = self.serve()
        secure = self.serve(TLS / 'server.pem')
        mutual = self.serve(TLS / 'server.pem', TLS / 'client.pem')
        password = ['--password-file', self.directory / 'password']
        # The option, others, the server, what is typed, what is shown.
        runs = {'--user': (['me'], password, plain, '', 'Authorization'),
                '--password-file': (['-'], ['--user', 'me'], plain, 's3cret\n', 'Authorization'),
                '--netrc': ([], [], plain, '', 'Authorization'),
                '--no-prompt': ([], ['--netrc'], plain, '', 'Authorization'),
                '--header': (['X-Test: 1'], [], plain, '', 'X-Test'),
                '--cookie-jar': ([self.directory / 'jar'], [], plain, '', 'Cookie'),
                '--timeout': (['60'], [], plain, '', ''),
                '--cacert': ([TLS / 'ca.pem'], [], secure, '', ''),
                '--cert': ([TLS / 'client.pem'], ['--cacert', TLS / 'ca.pem'], mutual, '', ''),
                '--key': ([self.directory / 'key'], ['--cert', file, '-k'], mutual, '', 'warning: --insecure'),
                '--insecure': ([], [], secure, '', 'warning: --insecure'),
                '--verbose': ([], [], plain, '', '> POST /RPC2')}
        for command in ('call', 'multicall', 'list', 'describe', 'record'):
            options = {long: short for short, long in self.read_options(command)}
            self.assertLessEqual(set(runs), set(options))
            for option, (values, others, url, text, shown) in runs.items():
                for form in filter(None, (option, options[option])):
                    with self.subTest((command, form)):
                        output = self.run_command(command, url, *others, form, *values, text=text,
                                                  NETRC=str(self.directory / 'netrc'))
                        # The list of methods, and so on, has no help of its own.
                        if command != 'multicall' or shown.startswith(('warning', '>')):
                            self.assertIn(shown, output)
                        self.assertNotIn('s3cret', output.replace('s3cret\n', '', 1).replace('s3cret\r\n', '', 1))

    def test_unix_socket(self):
        server = gxmlrpc.start_supervisord()
        self.addCleanup(server.stop)
        for command, *rest in (('call', 'supervisor.getState'), ('list',), ('describe', 'supervisor.getState')):
            output = self.run_on_terminal(command, '--unix-socket', server.path, 'http://localhost/RPC2', *rest)
            self.assertRegex(output, 'RUNNING|getState')

    def test_results(self):
        result = self.directory / 'result'
        runs = {'--json': ([], '"a": "x",'), '--xml': ([], '<name>a</name>'), '--raw': ([], '"a": "x",'),
                '--table': ([], 'a  b\nx  2\n'), '--output': ([result], '')}
        url = self.serve()
        for command, rest in (('decode', [self.directory / 'message']), ('call', [url, 'a.b'])):
            for short, long in self.read_options(command):
                if long not in runs:
                    continue
                values, shown = runs[long]
                for form in (short, long):
                    with self.subTest((command, form)):
                        self.assertIn(shown, self.run_on_terminal(command, form, *values, *rest))
            self.assertEqual(result.read_text(), "[<{'a': <'x'>, 'b': <2>}>]\n")
        self.assertIn('"b": 2', self.run_on_terminal('decode', '--json=exact', self.directory / 'message'))
        for form in ('-j', '--json', '--json=exact'):
            self.assertIn('"b": 2', self.run_command('multicall', url, form))
        for form in ('-j', '--json'):
            self.assertIn('"methods": [\n', self.run_command('describe', url, form))
        for command in ('multicall', 'describe'):
            for form in ('-o', '--output'):
                result.unlink()
                self.run_command(command, url, form, result)
                self.assertGreater(result.stat().st_size, 0)

    def test_values(self):
        url = self.serve()
        for form in ('-s', '--string'):
            self.assertIn('<string>5</string>', self.run_on_terminal('encode', form, '5'))
            self.assertIn("'x'", self.run_on_terminal('call', url, 'a.b', form, '5'))
        for form in ('-c', '--call'):
            self.assertIn('<methodName>m</methodName>', self.run_on_terminal('encode', form, 'm'))
        for form in ('-f', '--fault'):
            self.assertIn('<fault>', self.run_on_terminal('encode', form, '4', 'no'))
        for form in ('-j', '--json'):
            self.assertIn('<nil/>', self.run_on_terminal('encode', form, 'null'))

    def test_port(self):
        """A number that is no port, for those that are may be taken."""
        url = self.serve()
        for form in ('-p', '--port'):
            for command, *rest in (('serve', self.directory / 'calls'), ('record', url, self.directory / 'new')):
                self.assertIn('--port', self.run_on_terminal(command, form, '-1', *rest, status=USAGE))
                terminal = Terminal(command, form, '0', *map(str, rest))
                terminal.wait_for('/RPC2\r\n')
                terminal.type('\x03')
                self.assertEqual(terminal.end(), OK)

    def test_help(self):
        for command in COMMANDS:
            for form in ('-h', '--help'):
                self.assertIn(f'gxmlrpc {command} ', self.run_on_terminal(command, form))
        self.assertIn('gxmlrpc ', self.run_on_terminal('--version'))

    def test_no_other_options(self):
        """Those that are tested here are all."""
        text = Path(__file__).read_text('utf-8')
        for command in COMMANDS:
            for short, long in self.read_options(command):
                self.assertIn(f"'{long}'", text)

    def test_fault(self):
        server = scripted.ScriptedServer(scripted.fail(4, 'no'))
        self.addCleanup(server.__exit__)
        self.assertEqual(self.run_on_terminal('call', server.url, 'a', status=FAULT), 'gxmlrpc: fault 4: no\n')


if __name__ == '__main__':
    tap.main()
