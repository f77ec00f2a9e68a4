#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What gxmlrpc's values have beyond GVariant text: dates, large numbers, files within
structs. And what it says where they cannot be read."""

import datetime
import tempfile
import unittest
import xmlrpc.client
from pathlib import Path

import gxmlrpc
import tap
from gxmlrpc import USAGE

DATE = datetime.datetime(2026, 11, 23, 8, 40)


class TestCase(gxmlrpc.TestCase):
    def encode(self, *arguments, **options):
        message = self.run_tool('encode', *arguments, **options)
        return xmlrpc.client.loads(message, use_builtin_types=True)[0][0]


class TestLiterals(TestCase):
    def test_dates(self):
        for text, value in (('2026-11-23T08:40:00', DATE), ('20261123T08:40:00', DATE),
                            ('[2026-11-23T08:40:00]', [DATE]), ("{'a': <2026-11-23T08:40:00>}", {'a': DATE}),
                            ("[<1>, <20261123T08:40:00>]", [1, DATE]), ('(2026-11-23T08:40:00, 5)', [DATE, 5])):
            with self.subTest(text):
                self.assertEqual(self.encode(text), value)

    def test_dates_on_the_wire(self):
        for text, sent in (('2026-11-23T08:40:00', '20261123T08:40:00'), ('2026-11-23T08:40:00Z', '20261123T08:40:00Z'),
                           ('2026-11-23T08:40:00.5+01:00', '20261123T08:40:00.5+01:00')):
            message = self.run_tool('encode', text)
            self.assertIn(f'<dateTime.iso8601>{sent}</dateTime.iso8601>', message)
            self.assertEqual(self.run_tool('decode', stdin=message), text + '\n')

    def test_no_dates(self):
        for text in ('2026-11-23', '2026-11-23T08:40', '2026-13-23T08:40:00', '2026-11-23T08:40:00x',
                     'at 2026-11-23T08:40:00', "'2026-11-23T08:40:00", '08:40:00'):
            if not text.startswith("'"):
                self.assertEqual(self.encode(text), text)
        self.assertEqual(self.encode("'2026-11-23T08:40:00'"), '2026-11-23T08:40:00')
        self.assertEqual(self.encode("{'a': <'@x 2026-11-23T08:40:00 99999999999'>}"),
                         {'a': '@x 2026-11-23T08:40:00 99999999999'})
        self.assertEqual(self.encode('--string', '2026-11-23T08:40:00'), '2026-11-23T08:40:00')

    def test_integers(self):
        for text, value in (('[5000000000]', [5000000000]), ('[1, -5000000000]', [1, -5000000000]),
                            ("{'a': <5000000000>, 'b': <'5000000000'>}", {'a': 5000000000, 'b': '5000000000'}),
                            ('[int64 5000000000]', [5000000000]), ('@ax [5000000000]', [5000000000]),
                            ('(5000000000, 1.5)', [5000000000, 1.5])):
            with self.subTest(text):
                self.assertEqual(self.encode(text), value)
        self.assertIn('>99999999999999999999</ex:biginteger>',
                      self.run_tool('encode', '99999999999999999999'))
        message = self.run_tool('encode', '[<-99999999999999999999>, <(objectpath \'/xmlrpc/biginteger\', \'5\')>]')
        self.assertEqual(self.run_tool('decode', stdin=message),
                         "[<-99999999999999999999>, <(objectpath '/xmlrpc/biginteger', '5')>]\n")

    def test_strings_stay(self):
        """What looks like what is written for a date, within a string."""
        for text in ("(objectpath '/xmlrpc/dateTime', '20261123T08:40:00')", 'mail me@home', 'a @b c', '@', "it's @x"):
            message = self.run_tool('encode', '--string', text)
            shown = self.run_tool('decode', stdin=message).strip()
            self.assertEqual(self.encode(shown), text)
            if text != '@' and text[0] != '(':
                self.assertEqual(self.encode(text), text)


class TestFiles(TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.file = Path(directory.name, 'some file.bin')
        self.data = bytes(range(256)) * 100
        self.file.write_bytes(self.data)
        self.plain = Path(directory.name, 'plain')
        self.plain.write_bytes(b'')

    def test_in_variant_text(self):
        for text, value in ((f"{{'bits': <@{self.plain}>}}", {'bits': b''}),
                            (f"{{'bits': <@'{self.file}'>, 'n': <5>}}", {'bits': self.data, 'n': 5}),
                            (f'[@{self.plain}, @"{self.file}"]', [b'', self.data]),
                            (f"[@'{self.file}', 2026-11-23T08:40:00]", [self.data, DATE]),
                            (f"({{'a': <[<@{self.plain}>]>}}, 1)", [{'a': [b'']}, 1]),
                            (f"<@{self.plain}>", b'')):
            with self.subTest(text):
                self.assertEqual(self.encode(text), value)
        self.assertEqual(self.encode("{'bits': <@->}", stdin=b'\0\xff'), {'bits': b'\0\xff'})

    def test_in_json(self):
        for text, value in ((f'{{"$base64": "@{self.file}"}}', self.data),
                            (f'{{"a": [{{"$base64" : "@{self.plain}"}}, "@{self.plain}"]}}', {'a': [b'', f'@{self.plain}']}),
                            ('{"a": "\\"$base64\\": \\"@x\\""}', {'a': '"$base64": "@x"'})):
            with self.subTest(text):
                self.assertEqual(self.encode('--json', text), value)
        self.assertEqual(self.encode('--json', '{"$base64": "@-"}', stdin=b'\0\xff'), b'\0\xff')

    def test_not_in_input(self):
        """What comes from elsewhere, such as a server, does not name files to send."""
        for text in (f"{{'bits': <@{self.plain}>}}", f'[@{self.plain}]', f'@{self.plain}'):
            self.run_tool('encode', '-', stdin=text, status=USAGE)
            self.run_tool('encode', stdin=text, status=USAGE)
        text = f'{{"$base64": "@{self.plain}"}}'
        self.assertEqual(self.encode('--json', '-', stdin=text), {'$base64': f'@{self.plain}'})
        message = self.run_tool('encode', "{'$base64': <'@%s'>}" % self.plain)
        text = self.run_tool('decode', '--json=exact', stdin=message)
        for arguments, stdin in (([text], ''), (['-'], text)):
            self.assertEqual(self.encode('--json', *arguments, stdin=stdin), {'$base64': f'@{self.plain}'})

    def test_types_stay(self):
        for text, value in (('@as []', []), ("{'a': <@as []>}", {'a': []}), ('[@ay [1], @ay []]', [b'\1', b'']),
                            ("@a{sv} {'x': <@av []>}", {'x': []})):
            self.assertEqual(self.encode(text), value)

    def test_unreadable(self):
        for arguments in (["{'bits': <@/does/not/exist>}"], ['--json', '{"$base64": "@/does/not/exist"}'],
                          ["[@'/does/not/exist']"]):
            self.assertIn('cannot read "/does/not/exist": ', self.run_tool('encode', *arguments, status=USAGE))


class TestHints(TestCase):
    def test_mixed_types(self):
        for text in ("{'a': 1, 'b': 'x'}", "[1, 'x']", "{'a': {'b': 1, 'c': true}}"):
            self.assertIn('into <...>', self.run_tool('encode', text, status=USAGE))
        self.assertNotIn('<...>', self.run_tool('encode', '[1, 2', status=USAGE))


if __name__ == '__main__':
    tap.main()
