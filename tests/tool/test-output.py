#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""How gxmlrpc writes results: JSON, tables, files, and nothing that harms a terminal."""

import datetime
import json
import re
import tempfile
import unittest
import xmlrpc.client
from pathlib import Path

import gxmlrpc
import scripted
import tap
from gxmlrpc import FAILURE, FAULT, OK, USAGE, Terminal

DATE = datetime.datetime(2026, 11, 23, 8, 40)
# Bidi controls, spaces of no width, an escape sequence, ends of lines of other kinds, tags.
EVIL = 'a\u202eb\u2066c\u200bd\ufeffe\u009b31mf\u2028g\u00adh\U000e0041i\u115fj\ufe0fk\x7f'
STYLE = re.compile('\033\\[[0-9;]*m')


@unittest.skipUnless(gxmlrpc.has_terminals(), 'there are no terminals to be had')
class TestCase(gxmlrpc.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.directory = Path(directory.name)

    def serve(self, answer):
        server = scripted.ScriptedServer(answer)
        self.addCleanup(server.__exit__)
        self.url = server.url
        return server

    def decode(self, value, *options, **kwargs):
        message = xmlrpc.client.dumps((value,), methodresponse=True, allow_none=True)
        return self.run_tool('decode', *options, stdin=message, **kwargs)

    def show(self, value, *options, width=None, status=OK):
        """What a terminal of this width gets."""
        file = self.directory / 'message'
        file.write_text(xmlrpc.client.dumps((value,), methodresponse=True, allow_none=True))
        terminal = Terminal('decode', *options, str(file), size=(24, width or 80))
        self.assertEqual(terminal.end(), status)
        return terminal.text.replace('\r\n', '\n')


class TestJson(TestCase):
    def test_plain(self):
        value = {'a': DATE, 'b': b'\0\1', 'c': [1, 1.5, True, None, 'x'], 'd': {}, 'e': []}
        self.assertEqual(json.loads(self.decode(value, '--json')),
                         {**value, 'a': '2026-11-23T08:40:00', 'b': 'AAE='})

    def test_integers(self):
        for text in ('200000', '-5', '5000000000', '9223372036854775807', '99999999999999999999'):
            message = self.run_tool('encode', f"{{'a': <[<{text}>]>, 'b': <int64 7>}}")
            self.assertEqual(self.run_tool('decode', '-j', stdin=message), f'{{"a":[{text}],"b":7}}\n')

    def test_exact(self):
        message = self.run_tool('encode', "[<int64 5>, <2026-11-23T08:40:00>, <@ay [0, 1]>]")
        text = '[{"$i8":"5"},{"$dateTime":"20261123T08:40:00"},{"$base64":"AAE="}]\n'
        self.assertEqual(self.run_tool('decode', '--json=exact', stdin=message), text)
        self.assertEqual(self.run_tool('encode', '--json', '-', stdin=text), message)
        self.assertIn('Unknown option --json-other', self.run_tool('decode', '--json=other', status=USAGE))

    def test_names_with_dollar(self):
        """A struct is a struct, whatever its names."""
        for value in ({'$i8': 'x'}, {'$struct': {'$dateTime': 'y'}}, {'$': 1}, {'a': {'$base64': 'z', 'b': 1}}):
            self.assertEqual(json.loads(self.decode(value, '--json')), value)

    def test_on_terminal(self):
        value = {'name': 'x', 'list': [1, True, None], 'empty': {}, 'none': []}
        shown = self.show(value, '--json')
        self.assertEqual(STYLE.sub('', shown), '''{
  "name": "x",
  "list": [
    1,
    true,
    null
  ],
  "empty": {},
  "none": []
}
''')
        self.assertIn('\033[1;34m"name"\033[0m: \033[32m"x"\033[0m,', shown)
        self.assertIn('\033[36m1\033[0m', shown)
        self.assertEqual(self.decode(value, '--json'), json.dumps(value, separators=(',', ':')) + '\n')
        self.assertIn('\033[1;34m"$base64"\033[0m: \033[32m"YQ=="', self.show(b'a', '--json=exact'))

    def test_evil_on_terminal(self):
        """It can be read again."""
        shown = STYLE.sub('', self.show({EVIL: ['two\nlines', EVIL]}, '--json'))
        self.assertEqual(json.loads(shown), {EVIL: ['two\nlines', EVIL]})
        self.assertTrue(shown.replace('\n', '').isprintable(), shown)


class TestRaw(TestCase):
    def test_as_they_are(self):
        for value, output in (('text', 'text'), ('two\nlines\n', 'two\nlines\n'), ('', ''), (b'a\nb', 'a\nb'),
                              (5, '5\n'), (True, 'true\n'), (DATE, '2026-11-23T08:40:00\n'), (['a'], '["a"]\n')):
            for option in ('--raw', '-r'):
                self.assertEqual(self.decode(value, option), output)

    def test_large(self):
        """Nine megabytes stay nine."""
        data = bytes(range(256)) * 36_000
        file = self.directory / 'data'
        self.decode(data, '--raw', '--output', file)
        self.assertEqual(file.read_bytes(), data)

    def test_on_terminal(self):
        self.assertEqual(self.show('two\nlines', '--raw'), 'two\nlines\n')
        self.assertTrue(self.show(EVIL, '--raw').strip().isprintable())
        self.assertTrue(self.show(EVIL.encode(), '--raw').strip().isprintable())
        self.assertIn('--output', self.show(b'\0\xff', '--raw', status=FAILURE))


class TestOutput(TestCase):
    def test_file(self):
        file = self.directory / 'result'
        file.write_text('much longer than the result will be')
        for options, text in ((['--output', file], "'x'\n"), (['-o', file, '--json'], '"x"\n'),
                              ([f'--output={file}', '-r'], 'x')):
            self.assertEqual(self.decode('x', *options), '')
            self.assertEqual(file.read_text(), text)
        self.assertEqual(self.decode('x', '-o', '-'), "'x'\n")
        self.assertEqual(self.decode('x', '-o', '/dev/null'), '')

    def test_no_terminal(self):
        """A file gets no colours, and what there is."""
        file = self.directory / 'result'
        self.assertEqual(self.show({'a': EVIL}, '--json', '-o', str(file)), '')
        self.assertEqual(json.loads(file.read_text()), {'a': EVIL})
        self.assertNotIn('\033', file.read_text())
        self.assertIn('\u202e', file.read_text())

    def test_failed_call(self):
        """Then the file is what it was."""
        server = self.serve(scripted.fail(4, 'no'))
        new, old = self.directory / 'new', self.directory / 'old'
        old.write_text('old')
        for file in (new, old):
            self.call('-o', file, 'method', status=FAULT)
        self.assertFalse(new.exists())
        self.assertEqual(old.read_text(), 'old')
        # Where the result cannot be written, nothing is called.
        del server.requests[:]
        self.assertIn('--output: ', self.call('-o', self.directory / 'no' / 'such', 'method', status=USAGE))
        self.assertEqual(server.requests, [])

    def test_contradiction(self):
        self.assertIn('exclude', self.run_tool('decode', '--raw', '--xml', status=USAGE))


class TestTable(TestCase):
    def test_structs(self):
        rows = [{'id': 1, 'name': 'one', 'date': DATE}, {'id': 200, 'name': 'two\nlines', 'more': [1, {'a': None}]},
                {'name': '日本', 'date': None, 'more': b'abc'}]
        for option in ('--table', '-T'):
            self.assertEqual(self.decode(rows, option), '''\
 id  name        date                 more
  1  one         2026-11-23T08:40:00
200  two\\nlines                       [1,{"a":null}]
     日本                             (3 bytes)
''')

    def test_others(self):
        self.assertEqual(self.decode({'a': 1, 'long name': 'x'}, '--table'), 'a          1\nlong name  x\n')
        self.assertEqual(self.decode(['a', 'b'], '--table'), 'a\nb\n')
        self.assertEqual(self.decode([[1, 'a'], [20, 'b', 'c']], '--table'), ' 1  a\n20  b  c\n')
        self.assertEqual(self.decode([], '--table'), '')
        self.assertEqual(self.decode('x', '--table'), "'x'\n")
        self.assertEqual(self.decode('x', '--table', '--json'), '"x"\n')

    def test_fits_terminal(self):
        rows = [{'id': 5, 'title': 'word ' * 40, 'link': 'x' * 100}]
        for width in (30, 60, 200):
            lines = STYLE.sub('', self.show(rows, '--table', width=width)).splitlines()
            self.assertEqual(len(lines), 2)
            self.assertLessEqual(max(map(len, lines)), width)
            self.assertGreater(len(lines[1]), width - 6)
            self.assertEqual('…' in lines[1], True)
        self.assertNotIn('…', self.decode(rows, '--table'))

    def test_evil(self):
        for value in ([{EVIL: EVIL}], {EVIL: EVIL}, [EVIL]):
            shown = STYLE.sub('', self.show(value, '--table', width=300))
            self.assertTrue(shown.replace('\n', '').isprintable(), shown)

    def test_many_columns(self):
        """A server cannot make a table of a million cells."""
        rows = [{f'name{i}': i} for i in range(2000)]
        output = self.decode(rows, '--table')
        self.assertLess(len(output), 100_000)


class TestEvil(TestCase):
    """What a server sends never reaches a terminal raw."""

    def check(self, *arguments, status=OK):
        terminal = Terminal(*arguments)
        self.assertEqual(terminal.end(), status)
        text = STYLE.sub('', terminal.text)
        self.assertTrue(re.sub('[\r\n\t]', '', text).isprintable(), text)
        self.assertNotIn('\nforged', text)
        return text

    def test_values(self):
        value = {EVIL + '\nforged': EVIL + '\nforged'}
        self.serve(scripted.respond(value))
        for option in ([], ['--json'], ['--xml'], ['--table'], ['--json=exact'], ['-v']):
            self.check('call', *option, self.url, 'method')

    def test_faults(self):
        self.serve(scripted.fail(1, EVIL + '\nforged'))
        self.check('call', self.url, 'method', status=FAULT)
        self.serve(scripted.fail(EVIL, EVIL + '\nforged'))
        self.check('call', self.url, 'method', status=FAULT)

    def test_names(self):
        name = EVIL + '\nforged'
        self.serve(scripted.dispatch(system_listMethods=lambda: [name, 'x'], system_methodHelp=lambda _: EVIL,
                                     system_methodSignature=lambda _: [[EVIL + '\nforged', name]]))
        self.check('list', self.url)
        self.check('describe', self.url)
        self.check('call', self.url, 'forged', status=FAULT)
        # A line for each, elsewhere too.
        self.assertEqual(len(self.run_tool('list', self.url).splitlines()), 2)


if __name__ == '__main__':
    tap.main()
