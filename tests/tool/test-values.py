#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Values on gxmlrpc's command line, in both directions, and messages."""

import datetime
import json
import tempfile
import unittest
import xmlrpc.client

import gxmlrpc
import tap
from gxmlrpc import BAD_ANSWER, FAILURE, FAULT, USAGE

DATE = xmlrpc.client.DateTime('20261123T08:40:00')


class TestValues(gxmlrpc.TestCase):
    def encode(self, *arguments, **options):
        """What Python reads of a response that the command writes."""
        message = self.run_tool('encode', *arguments, **options)
        return xmlrpc.client.loads(message, use_builtin_types=True)[0][0]

    def test_variant_text(self):
        for text, value in (('5', 5), ('-5', -5), ('+5', 5), ('0x1f', 31), ('-0.5', -0.5), ('1e3', 1000.0),
                            ('true', True), ('false', False), ("'text'", 'text'), ('"5"', '5'), ("''", ''),
                            ('int64 5', 5), ('uint32 5', 5), ('byte 5', 5), ('5000000000', 5000000000),
                            ('-5000000000', -5000000000), ("b'ab'", b'ab\0'), ('@ay []', b''),
                            ('[1, 2]', [1, 2]), ('[]', []), ('@as []', []), ('{}', {}), ('(1, true)', [1, True]),
                            ("{'a': <1>, 'b': <'x'>}", {'a': 1, 'b': 'x'}), ("[<1>, <'a'>]", [1, 'a'])):
            with self.subTest(text):
                self.assertEqual(self.encode(text), value)

    def test_bare_word(self):
        for text in ('hello', 'hello world', '5x', '127.0.0.1', '2026-11-23', 'a.b', 'True', 'int64', 'string theory',
                     'int64 words', 'http://example.org/?a=b', 'ä€🐍', 'a\nb', ' ', ''):
            with self.subTest(text):
                self.assertEqual(self.encode(text), text)

    def test_nil(self):
        self.assertIsNone(self.encode('nothing'))

    def test_wrong_variant_text(self):
        for text in ('[1, 2', "{'a': }", "'open", '(see above)', '<b>', 'int64 5x', 'byte 256',
                     "{'a': 1, 'b': 'x'}"):
            with self.subTest(text):
                errors = self.run_tool('encode', text, status=USAGE)
                self.assertIn(f'{text} is not GVariant text: ', errors)
                self.assertIn('--string', errors)
                self.assertIn('--json', errors)

    def test_string(self):
        for text in ('5', '-5', 'true', '[1, 2', '-', '@file', '--json', "'quoted'", ''):
            with self.subTest(text):
                self.assertEqual(self.encode('--string', text), text)
                self.assertEqual(self.encode(f'--string={text}'), text)
                self.assertEqual(self.encode('--json', '-s', text), text)

    def test_json(self):
        for value in (5, -5, 5000000000, 1.5, True, None, 'text', '5', [], [1, 'a', [None]], {},
                      {'a': {'b': [1, 2.5]}, 'c': 'ä€🐍'}):
            with self.subTest(value):
                self.assertEqual(self.encode('--json', json.dumps(value)), value)
        self.assertEqual(self.encode('-j', '{"$base64": "AAEC"}'), b'\0\1\2')
        self.assertEqual(self.encode('--json', '{"$dateTime": "20261123T08:40:00"}'),
                         datetime.datetime(2026, 11, 23, 8, 40))

    def test_json_is_not_all(self):
        """A bare word stays one, and GVariant text stays possible."""
        for text, value in (('hello', 'hello'), ("{'a': <1>}", {'a': 1}), ('int64 5', 5), ('@as []', [])):
            self.assertEqual(self.encode('--json', text), value)

    def test_wrong_json(self):
        for text in ('{"a": 1', '[1,', '"open', "{'a': }"):
            errors = self.run_tool('encode', '--json', text, status=USAGE)
            self.assertIn(f'{text} is not JSON: ', errors)

    def test_file(self):
        data = bytes(range(256)) * 1000
        with tempfile.NamedTemporaryFile() as file:
            file.write(data)
            file.flush()
            self.assertEqual(self.encode(f'@{file.name}'), data)
        self.assertEqual(self.encode('@/dev/null'), b'')
        errors = self.run_tool('encode', '@/does/not/exist', status=USAGE)
        self.assertIn('cannot read "/does/not/exist": ', errors)

    def test_standard_input(self):
        for text, value in (('hello\n', 'hello'), ('two\nlines\n', 'two\nlines'), ('[1, 2]', [1, 2]), ('', ''),
                            ('-', '-'), ('-5\n', -5), ("'x'\n\n", 'x')):
            self.assertEqual(self.encode('-', stdin=text), value)
            self.assertEqual(self.encode(stdin=text), value)
        self.assertEqual(self.encode('--json', '-', stdin='{"a": 1}\n'), {'a': 1})
        self.assertEqual(self.encode('@-', stdin=b'\0\xff\n'), b'\0\xff\n')
        self.assertIn('@-', self.run_tool('encode', '-', stdin=b'\xff', status=USAGE))
        self.assertIn('@-', self.run_tool('encode', '-', stdin=b'a\0b', status=USAGE))

    def test_not_utf_8(self):
        self.assertIn('UTF-8', self.run_tool('encode', b'\xff', status=USAGE))
        self.assertIn('UTF-8', self.run_tool('encode', '--string', b'\xff', status=USAGE))

    def test_without_locale(self):
        message = self.run_tool('encode', 'ä€🐍', env={'LC_ALL': 'C'})
        self.assertEqual(xmlrpc.client.loads(message)[0], ('ä€🐍',))

    def test_what_xml_rpc_lacks(self):
        for text in ('inf', 'nan', 'handle 0', '@h 0', 'uint64 18446744073709551615', "{1: 'a'}", "'\\b'"):
            with self.subTest(text):
                self.run_tool('encode', text, status=USAGE)
                errors = self.run_tool('call', 'http://127.0.0.1:1/', 'method', text, status=USAGE)
                self.assertIn('XML-RPC cannot carry this: ', errors)

    def test_encode_call(self):
        message = self.run_tool('encode', '--call', 'sample.add', '2', '-3', 'x', '--string', '4')
        self.assertEqual(xmlrpc.client.loads(message), ((2, -3, 'x', '4'), 'sample.add'))
        message = self.run_tool('encode', '-c', 'empty')
        self.assertEqual(xmlrpc.client.loads(message), ((), 'empty'))

    def test_encode_fault(self):
        for arguments, stdin in ((['--fault', '-32601', 'not there'], ''), (['--fault=-32601'], 'not there\n')):
            message = self.run_tool('encode', *arguments, stdin=stdin)
            with self.assertRaises(xmlrpc.client.Fault) as caught:
                xmlrpc.client.loads(message)
            self.assertEqual((caught.exception.faultCode, caught.exception.faultString), (-32601, 'not there'))
        for arguments in (['five', 'x'], ['5', '[1]'], ['2147483648', 'x'], ['5', 'x', 'y'],
                          ['5', 'x', '--call', 'method']):
            self.run_tool('encode', '--fault', *arguments, status=USAGE)

    def test_encode_one_value(self):
        self.assertIn('more than one', self.run_tool('encode', '1', '2', status=USAGE))

    def test_decode_response(self):
        for value, text, json_text in (
                (5, '5', '5'), (1.5, '1.5', '1.5'), (True, 'true', 'true'), ('x', "'x'", '"x"'),
                (None, '@mv nothing', 'null'), ([1, 'a'], "[<1>, <'a'>]", '[1,"a"]'),
                ({'a': [1.5]}, "{'a': <[<1.5>]>}", '{"a":[1.5]}'),
                (b'\0\1', '[byte 0x00, 0x01]', '"AAE="'),
                (DATE, '2026-11-23T08:40:00', '"2026-11-23T08:40:00"')):
            message = xmlrpc.client.dumps((value,), methodresponse=True, allow_none=True)
            self.assertEqual(self.run_tool('decode', stdin=message), text + '\n')
            self.assertEqual(self.run_tool('decode', '--json', '-', stdin=message), json_text + '\n')
            again = self.run_tool('decode', '--xml', stdin=message)
            self.assertEqual(xmlrpc.client.loads(again), xmlrpc.client.loads(message))
            # What is written can be read.
            self.assertEqual(self.run_tool('decode', stdin=self.run_tool('encode', text)), text + '\n')

    def test_decode_call(self):
        message = xmlrpc.client.dumps((2, 'x'), 'sample.add')
        self.assertEqual(self.run_tool('decode', stdin=message), "sample.add (2, 'x')\n")
        self.assertEqual(json.loads(self.run_tool('decode', '-j', stdin=message)),
                         {'methodName': 'sample.add', 'params': [2, 'x']})
        self.assertEqual(xmlrpc.client.loads(self.run_tool('decode', '-x', stdin=message)), ((2, 'x'), 'sample.add'))

    def test_decode_fault(self):
        message = xmlrpc.client.dumps(xmlrpc.client.Fault(4, 'Too many parameters.'))
        self.assertEqual(self.run_tool('decode', stdin=message, status=FAULT),
                         'gxmlrpc: fault 4: Too many parameters.\n')

    def test_decode_file(self):
        with tempfile.NamedTemporaryFile('w', suffix='.xml') as file:
            file.write(xmlrpc.client.dumps((5,), methodresponse=True))
            file.flush()
            self.assertEqual(self.run_tool('decode', file.name), '5\n')
        self.run_tool('decode', '/does/not/exist', status=USAGE)

    def test_decode_nonsense(self):
        for message, error in ((b'', 'expected XML, got nothing'), (b'<a', ''), (b'\xff', ''),
                               (b'<html/>', 'expected <methodResponse>, got <html> (line 1)'),
                               (b'<methodCall/>', 'without a <methodName>'),
                               (b'<methodResponse><x/></methodResponse>', 'unexpected element <x>'),
                               (b'<methodCall><methodName>m</methodName><params><param><value><int>x</int></value>'
                                b'</param></params></methodCall>', 'params[0]: expected an integer, got "x"')):
            self.assertIn(error, self.run_tool('decode', stdin=message, status=BAD_ANSWER))

    def test_full_device(self):
        with open('/dev/full', 'w', encoding='utf-8') as full:
            result = gxmlrpc.subprocess.run([gxmlrpc.GXMLRPC, 'encode', '5'], check=False, stdout=full,
                                            stderr=gxmlrpc.subprocess.PIPE, timeout=gxmlrpc.TIMEOUT)
        self.assertEqual(result.returncode, FAILURE)
        self.assertIn(b'cannot write to standard output: ', result.stderr)


class TestUsage(gxmlrpc.TestCase):
    def test_command(self):
        self.assertIn('a command is missing', self.run_tool(status=USAGE))
        self.assertIn('there is no command cal', self.run_tool('cal', status=USAGE))

    def test_arguments(self):
        for arguments, error in ((['call'], 'URL is missing'), (['call', 'http://a/'], 'METHOD is missing'),
                                 (['list'], 'URL is missing'), (['list', 'http://a/', 'b'], 'one argument too many: b'),
                                 (['describe', 'http://a/', 'b', 'c'], 'one argument too many: c'),
                                 (['decode', 'a', 'b'], 'one argument too many: b'),
                                 (['list', '--wrong', 'http://a/'], 'Unknown option --wrong'),
                                 (['decode', '--verbose'], 'Unknown option --verbose'),
                                 (['call', '--string'], 'Missing argument for --string')):
            errors = self.run_tool(*arguments, status=USAGE)
            self.assertIn(error, errors)
            self.assertIn(f'See gxmlrpc {arguments[0]} --help.', errors)

    def test_url(self):
        for url, meant in (('localhost:8080/RPC2', 'http://localhost:8080/RPC2'), ('example.org', 'http://example.org'),
                           ('/run/supervisor.sock', 'http+unix:///run/supervisor.sock:/RPC2')):
            self.assertIn(f'did you mean {meant}?', self.run_tool('list', url, status=USAGE))
        for url in ('ftp://localhost/', 'http://', 'http+unix://relative:/', 'http://a:port/'):
            self.assertIn('invalid URI', self.run_tool('list', url, status=USAGE))

    def test_password_in_url(self):
        for arguments in (['http://user:s3cret@127.0.0.1:1/'], ['--user', 'user:s3cret', 'http://127.0.0.1:1/'],
                          ['http+unix://user:s3cret@/run/a.sock:/']):
            errors = self.run_tool('list', *arguments, status=USAGE)
            self.assertIn('--password-file', errors)
            self.assertNotIn('s3cret', errors)

    def test_options(self):
        for arguments in (['--timeout', 'x'], ['--timeout', '-1'], ['--timeout', 'nan'], ['--timeout', '1e9'],
                          ['--header', 'no colon'], ['--header', ': x'], ['--header', 'a b: c'],
                          ['--header', 'a: b\r\nc: d'], ['--password-file', '/dev/null'],
                          ['--user', 'u', '--password-file', '/does/not/exist'], ['--user', 'u', '--no-prompt']):
            with self.subTest(arguments):
                self.run_tool('list', *arguments, 'http://127.0.0.1:1/', status=USAGE)
        errors = self.run_tool('list', '--unix-socket', '/a', 'http+unix:///b:/', status=USAGE)
        self.assertIn('--unix-socket', errors)

    def test_help(self):
        for arguments in (['--help'], ['help'], ['-h'], ['call', '--help'], ['list', '-h'], ['encode', '--help']):
            self.assertRegex(self.run_tool(*arguments), r'\AUsage:\n  gxmlrpc ')

    def test_version(self):
        self.assertRegex(self.run_tool('--version'), r'\Agxmlrpc \d+\.\d+\.\d+\n\Z')


if __name__ == '__main__':
    tap.main()
