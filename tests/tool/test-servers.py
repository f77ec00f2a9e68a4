#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""gxmlrpc against servers: ours, Python's, supervisord, and one that does what no
good server does. test-servers.py ECHO-SERVER VALIDATOR-SERVER"""

import json
import os
import socket
import subprocess
import sys
import tempfile
import unittest
import xmlrpc.client

import gxmlrpc
import scripted
import tap
from gxmlrpc import BAD_ANSWER, FAULT, HTTP, NETWORK, USAGE, TESTS

ECHO_SERVER, VALIDATOR_SERVER = sys.argv[1:3]
SECRET = 's3cret&:@%'


class TestOurServers(gxmlrpc.TestCase):
    @classmethod
    def setUpClass(cls):
        for name, program in (('echo', ECHO_SERVER), ('validator', VALIDATOR_SERVER)):
            server = gxmlrpc.Server(program)
            cls.addClassCleanup(server.stop)
            setattr(cls, name, server.address)
        cls.url = cls.echo

    def test_call(self):
        for arguments, result in ((['echo', 'hello'], "'hello'"), (['echo', '-5'], '-5'),
                                  (['add', '2', '-3'], 'int64 -1'),
                                  (['echo', "{'a': <[<1>, <true>]>}"], "{'a': <[<1>, <true>]>}"),
                                  (['echo', '--string', '5'], "'5'"), (['echo', 'nothing'], '@mv nothing'),
                                  (['add', '--', '-1', '-2'], 'int64 -3'), (['-v', 'echo', '-5'], '-5')):
            with self.subTest(arguments):
                self.assertEqual(self.call(*arguments), result + '\n')

    def test_validator(self):
        """The eight methods that XML-RPC servers are tested with, as JSON."""
        self.url = self.validator
        structure = {'moe': 1, 'larry': 2, 'curly': 3}
        calendar = {'2000': {'04': {'01': structure}}}
        types = [5, True, 'x', 1.5, {'$dateTime': '20261123T08:40:00'}, {'$base64': 'AAE='}]
        counts = {'ctLeftAngleBrackets': 1, 'ctRightAngleBrackets': 2, 'ctAmpersands': 0, 'ctApostrophes': 1,
                  'ctQuotes': 0}
        for name, params, result in (
                ('arrayOfStructsTest', [[structure, structure]], 6), ('countTheEntities', ["<>>'"], counts),
                ('easyStructTest', [structure], 6), ('echoStructTest', [calendar], calendar),
                ('manyTypesTest', types, types), ('moderateSizeArrayCheck', [['a', 'b', 'c']], 'ac'),
                ('nestedStructTest', [calendar], 6),
                ('simpleStructReturnTest', [7], {'times10': 70, 'times100': 700, 'times1000': 7000})):
            with self.subTest(name):
                output = self.call('--json=exact', f'validator1.{name}', *map(json.dumps, params))
                self.assertEqual(json.loads(output), result)

    def test_result_formats(self):
        self.assertEqual(self.call('--json', 'echo', '{"a": [1]}'), '{"a":[1]}\n')
        message = self.call('--xml', 'echo', "{'a': <1>}")
        self.assertEqual(xmlrpc.client.loads(message)[0], ({'a': 1},))

    def test_large_and_binary(self):
        data = os.urandom(500_000)
        message = self.call('--xml', 'echo', '@-', stdin=data)
        self.assertEqual(xmlrpc.client.loads(message, use_builtin_types=True)[0], (data,))

    def test_list(self):
        names = self.run_tool('list', self.url).splitlines()
        self.assertEqual(names[:5], ['add', 'connections', 'echo', 'encoding', 'fail'])
        self.assertIn('system.listMethods', names)

    def test_describe(self):
        self.assertEqual(self.run_tool('describe', self.url, 'add'), 'add (i8, i8) -> i8\n    Adds two numbers.\n')
        self.assertEqual(self.run_tool('describe', self.url, 'connections'), 'connections () -> int\n')

    def test_describe_all(self):
        output = self.run_tool('describe', self.url)
        names = [line.split(' ')[0] for line in output.splitlines() if line and line[0] != ' ']
        self.assertEqual(names, self.run_tool('list', self.url).splitlines())
        self.assertIn('\n\necho (any) -> any\n    Returns its parameter.\n\n', output)
        self.assertLessEqual(max(map(len, output.splitlines())), 80)

    def test_fault(self):
        errors = self.call('fail', '4', 'Too many parameters.', status=FAULT)
        self.assertEqual(errors, 'gxmlrpc: fault 4: Too many parameters.\n')

    def test_misspelt_method(self):
        for name, meant in (('ecko', 'echo'), ('ECHO', 'echo'), ('ad', 'add'),
                            ('system.listMethod', 'system.listMethods'),
                            ('listMethods', 'system.listMethods'), ('systemMultiCall', 'system.multicall')):
            self.assertIn(f'\nDid you mean {meant}?\n', self.call(name, '5', status=FAULT))
            self.assertIn(f'\nDid you mean {meant}?\n', self.run_tool('describe', self.url, name, status=FAULT))
        for name in ('something.else', 'x' * 1000):
            self.assertNotIn('Did you mean', self.call(name, status=FAULT))

    def test_wrong_arguments(self):
        for arguments in ([], ['1'], ['1', '2', '3'], ['1', 'two']):
            self.assertIn('\nExpected: add (i8, i8) -> i8\n', self.call('add', *arguments, status=FAULT))
        self.assertNotIn('Expected', self.call('fail', '4', 'right', status=FAULT))

    def test_unreadable_argument(self):
        """What is wrong on the command line is said before anything is sent."""
        self.url = 'http://127.0.0.1:1/'
        self.call('echo', '[1', status=USAGE)
        self.call('echo', '@/does/not/exist', status=USAGE)


class TestPythonServer(gxmlrpc.TestCase):
    @classmethod
    def setUpClass(cls):
        server = gxmlrpc.start_python_server()
        cls.addClassCleanup(server.stop)
        cls.url = server.address

    def test_call(self):
        self.assertEqual(self.call('describe', "{'a': <1>}"), '"{\'a\': 1}"\n')
        self.assertEqual(self.call('repeat', 'ab', '3'), "'ababab'\n")
        self.assertEqual(self.call('count_parameters', '1', 'two', '[3]', '--string', '4'), '4\n')
        self.assertEqual(self.call('describe', '@-', stdin=b'\0\xff'), '"b\'\\\\x00\\\\xff\'"\n')

    def test_fault(self):
        self.assertEqual(self.call('fail', '-7', 'four', status=FAULT), 'gxmlrpc: fault -7: four\n')
        self.assertIn('Did you mean repeat?', self.call('repet', 'ab', '3', status=FAULT))

    def test_wrong_number_of_arguments(self):
        errors = self.call('repeat', 'ab', status=FAULT)
        self.assertIn('\nExpected: repeat (string, int) -> string\n      or: repeat (base64, int) -> base64\n', errors)

    def test_describe(self):
        self.assertEqual(self.run_tool('describe', self.url, 'echo'), 'echo (...)\n    Returns its parameter.\n')
        self.assertEqual(self.run_tool('describe', self.url, 'repeat'),
                         'repeat (string, int) -> string\nrepeat (base64, int) -> base64\n')
        # A docstring, whose lines are set in.
        self.assertEqual(self.run_tool('describe', self.url, 'system.listMethods'), '''\
system.listMethods (...)
    system.listMethods() => ['add', 'subtract', 'multiple']

    Returns a list of the methods supported by the server.
''')


class TestSupervisord(gxmlrpc.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = gxmlrpc.start_supervisord()
        cls.addClassCleanup(cls.server.stop)
        cls.url = f'http+unix://{cls.server.path}:/RPC2'
        cls.tcp_url = f'http://127.0.0.1:{cls.server.port}/RPC2'
        with tempfile.NamedTemporaryFile('w', delete=False) as file:
            file.write('s3cret\nsomething else\n')
        cls.addClassCleanup(os.unlink, file.name)
        cls.password_file = file.name

    def test_socket(self):
        state = json.loads(self.call('--json', 'supervisor.getState'))
        self.assertEqual(state, {'statecode': 1, 'statename': 'RUNNING'})
        output = self.run_tool('call', '--unix-socket', self.server.path, '--json', 'http://localhost/RPC2',
                               'supervisor.getState')
        self.assertEqual(json.loads(output), state)

    def test_describe(self):
        output = self.run_tool('describe', self.url, 'supervisor.getProcessInfo')
        self.assertTrue(output.startswith('supervisor.getProcessInfo (string) -> struct\n'
                                          '    Get info about a process named name\n\n'), output)
        self.assertIn('\n    @param string name', output)

    def test_describe_all(self):
        output = self.run_tool('describe', self.url)
        self.assertGreater(output.count('\nsupervisor.'), 20)

    def test_misspelt_method(self):
        self.assertIn('Did you mean supervisor.getState?', self.call('supervisor.getSate', status=FAULT))

    def test_wrong_number_of_arguments(self):
        self.assertIn('Expected: supervisor.getProcessInfo (string) -> struct',
                      self.call('supervisor.getProcessInfo', status=FAULT))

    def test_password(self):
        arguments = ['--user', 'user', '--password-file', self.password_file, self.tcp_url, 'supervisor.getState']
        self.assertIn('RUNNING', self.run_tool('call', *arguments))
        url = self.tcp_url.replace('//', '//user@')
        self.assertIn('RUNNING', self.run_tool('call', '--password-file', self.password_file, url,
                                               'supervisor.getState'))

    def test_no_password(self):
        errors = self.run_tool('call', self.tcp_url, 'supervisor.getState', status=HTTP)
        self.assertIn('401', errors)
        self.assertIn('--user', errors)
        errors = self.run_tool('call', '--user', 'other', '--password-file', self.password_file, self.tcp_url,
                               'supervisor.getState', status=HTTP)
        self.assertIn('does not accept this user name and password', errors)

    def test_no_terminal(self):
        """Where nobody can be asked, that is said."""
        errors = self.run_tool('call', '--user', 'user', self.tcp_url, 'supervisor.getState', status=USAGE)
        self.assertIn('--password-file', errors)


class TestHttp(gxmlrpc.TestCase):
    def serve(self, answer, **options):
        server = scripted.ScriptedServer(answer, **options)
        self.addCleanup(server.__exit__)
        self.url = server.url
        return server

    def test_statuses(self):
        for status in (301, 302, 403, 404, 405, 500, 503):
            self.serve(lambda handler, _, status=status: handler.send('<p>No.</p>', status, 'text/html',
                                                                      [('Location', '/elsewhere')]))
            errors = self.call('method', status=HTTP)
            self.assertIn(f'HTTP {status} ', errors)
            if status == 404:
                self.assertIn('Is the path right?', errors)
            if status == 301:
                self.assertIn('/elsewhere', errors)
            self.run_tool('list', self.url, status=HTTP)
            self.run_tool('describe', self.url, status=HTTP)

    def test_bad_answers(self):
        for body in ('<html>welcome</html>', '', 'hello', '<methodResponse>',
                     '<methodResponse><fault/></methodResponse>', '<!DOCTYPE x><methodResponse/>'):
            self.serve(lambda handler, _, body=body: handler.send(body))
            with self.subTest(body):
                self.call('method', status=BAD_ANSWER)
                self.run_tool('list', self.url, status=BAD_ANSWER)

    def test_no_server(self):
        with socket.create_server(('127.0.0.1', 0)) as listener:
            port = listener.getsockname()[1]
        self.assertIn('Connection refused', self.run_tool('list', f'http://127.0.0.1:{port}/', status=NETWORK))
        self.run_tool('list', 'http://does-not-exist.invalid/', status=NETWORK)
        self.run_tool('list', 'http+unix:///does/not/exist.sock:/RPC2', status=NETWORK)
        self.run_tool('list', '--unix-socket', '/does/not/exist.sock', 'http://localhost/', status=NETWORK)

    def test_broken_connection(self):
        self.serve(lambda handler, _: handler.connection.shutdown(socket.SHUT_RDWR))
        self.assertIn('may or may not have been executed', self.call('method', status=NETWORK))

    def test_timeout(self):
        with socket.create_server(('127.0.0.1', 0)) as listener:
            url = f'http://127.0.0.1:{listener.getsockname()[1]}/'
            errors = self.run_tool('list', '--timeout', '0.3', url, status=NETWORK)
            self.assertIn('took longer than 300 milliseconds', errors)
            self.assertIn('--timeout', errors)
        self.serve(scripted.respond(5))
        for timeout in ('0', '30', '59.5'):
            self.assertEqual(self.call('--timeout', timeout, 'method'), '5\n')

    def test_headers(self):
        server = self.serve(scripted.respond(5))
        self.call('--header', 'X-One: 1', '-H', 'X-Two:2', '-H', 'X-Two:  3 ', '-H', 'Empty:',
                  '-H', 'User-Agent: somebody', 'method')
        headers = server.requests[-1][0]
        self.assertEqual(headers.get_all('X-One'), ['1'])
        self.assertEqual(headers.get_all('X-Two'), ['2', '3'])
        self.assertEqual(headers['Empty'], '')
        self.assertEqual(headers.get_all('User-Agent'), ['somebody'])
        self.call('method')
        self.assertTrue(server.requests[-1][0]['User-Agent'].startswith('xmlrpc-glib/'))

    def test_authentication(self):
        self.serve(scripted.protect('me@home', SECRET, scripted.respond(5)))
        with tempfile.NamedTemporaryFile('w') as file:
            file.write(SECRET)
            file.flush()
            self.assertEqual(self.call('-u', 'me@home', '--password-file', file.name, 'method'), '5\n')

    def test_certificates(self):
        for certificate in ('self-signed.pem', 'expired.pem', 'server.pem'):
            self.serve(scripted.respond(5), certificate=TESTS / 'data' / 'tls' / certificate)
            errors = self.call('method', status=NETWORK)
            self.assertIn('--insecure', errors)
            for option in ('--insecure', '-k'):
                self.assertEqual(self.call(option, 'method'), '5\n')
                self.assertIn('gxmlrpc: warning: --insecure', self.errors)

    def test_verbose(self):
        self.serve(lambda handler, body: scripted.protect('me', SECRET, scripted.respond('täxt'))(handler, body))
        with tempfile.NamedTemporaryFile('w') as file:
            file.write(SECRET)
            file.flush()
            self.call('--verbose', '--user', 'me', '--password-file', file.name,
                      '-H', 'Cookie: session=s3cret', '-H', 'X-Other: shown', 'method', 'value')
        for line in ('* connecting\n* connected\n> POST /RPC2 HTTP/1.1\n', '> Authorization: Basic (hidden)\n', '> Cookie: (hidden)\n',
                     '> X-Other: shown\n', '<methodName>method</methodName>', '<string>value</string>',
                     '< HTTP/1.1 200 OK\n', '<string>täxt</string>'):
            self.assertIn(line, self.errors)
        for secret in ('s3cret', xmlrpc.client.base64.b64encode(f'me:{SECRET}'.encode()).decode(), 'Soup-Debug'):
            self.assertNotIn(secret, self.errors)

    def test_verbose_describe(self):
        """One exchange after another."""
        self.serve(scripted.dispatch(system_listMethods=lambda: ['a', 'b'], system_methodHelp=lambda name: name,
                                     system_methodSignature=lambda name: [[name]]))
        self.run_tool('describe', '-v', self.url)
        exchanges = [line[:9] for line in self.errors.splitlines() if line.startswith(('> POST', '< HTTP'))]
        self.assertEqual(exchanges, ['> POST /R', '< HTTP/1.'] * 5)

    def call_verbosely(self, url, status):
        result = subprocess.run([gxmlrpc.GXMLRPC, 'call', '-v', url, 'method'], check=False, text=True,
                                capture_output=True, timeout=gxmlrpc.TIMEOUT)
        self.assertEqual(result.returncode, status)
        return result.stderr

    def test_verbose_without_answer(self):
        """What was sent is shown even if nothing comes."""
        self.serve(lambda handler, _: handler.connection.shutdown(socket.SHUT_RDWR))
        self.assertIn('> POST /RPC2?a=b HTTP/1.1\n', self.call_verbosely(f'{self.url}?a=b', NETWORK))

    def test_verbose_failure(self):
        self.serve(lambda handler, _: handler.send('<p>No.</p>', 500, 'text/html', [('Set-Cookie', 'a=s3cret')]))
        errors = self.call_verbosely(self.url, HTTP)
        self.assertIn('< HTTP/1.1 500 Internal Server Error\n', errors)
        self.assertIn('< Set-Cookie: (hidden)\n', errors)
        self.assertIn('\ngxmlrpc: error: HTTP 500 ', errors)

    def test_faults_with_other_codes(self):
        for code, text, shown in (('NotFound', 'no page', 'NotFound: no page'), ('Denied', '', 'Denied'),
                                  (4.5, 'a', '4.5: a')):
            self.serve(scripted.fail(code, text))
            self.assertEqual(self.call('method', status=FAULT), f'gxmlrpc: fault: {shown}\n')

    def test_control_characters(self):
        """A server cannot write on the terminal what it likes, nor a line of its own."""
        self.serve(scripted.fail(1, 'a\x7f\u009b31mred\ttab\nline\u202e\u200b\U000e0041'))
        self.assertEqual('gxmlrpc: fault 1: a\\u007f\\u009b31mred\ttab\\nline\\u202e\\u200b\\U000e0041\n',
                         self.call('method', status=FAULT))

    def test_no_introspection(self):
        self.serve(scripted.fail(-32601, 'no such method'))
        self.assertIn('fault -32601: no such method', self.run_tool('list', self.url, status=FAULT))
        self.run_tool('describe', self.url, status=FAULT)
        self.assertNotIn('Did you mean', self.call('method', status=FAULT))

    def test_fetched_once(self):
        """A call is sent once, and only a fault makes the command ask more."""
        server = self.serve(scripted.respond(5))
        self.call('method')
        self.assertEqual(len(server.requests), 1)


if __name__ == '__main__':
    tap.main()
