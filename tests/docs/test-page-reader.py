#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""No block of code of a page is overlooked."""

import unittest

import tap
from page import Command, Excerpt, File, read_page


class TestPageReader(unittest.TestCase):
    def read(self, text):
        return list(read_page(text))

    def assert_refused(self, text, message):
        with self.assertRaisesRegex(ValueError, message):
            self.read(text)

    def test_file(self):
        self.assertEqual(self.read('A\n\n```c\n/* a.c */\nint a;\n```\n'),
                         [File(3, 'a.c', '/* a.c */\nint a;\n')])

    def test_file_without_comments(self):
        self.assertEqual(self.read('<!-- a.json -->\n\n```json\n{}\n```\n'),
                         [File(3, 'a.json', '{}\n')])

    def test_excerpt(self):
        self.assertEqual(self.read('```c\n/* in docs/a.c */\n\nint a;\n```\n'),
                         [Excerpt(1, 'docs/a.c', 'int a;\n')])

    def test_commands(self):
        text = '```console\n$ a &\n1\n2\n$ b \\\n  c\n```\n'
        self.assertEqual(self.read(text), [Command(2, 'a &', ['1', '2']),
                                           Command(5, 'b c', [])])

    def test_commands_without_output(self):
        self.assertEqual(self.read('```sh\na\nb\n```\n'),
                         [Command(2, 'a', None), Command(3, 'b', None)])
        self.assertEqual(self.read('```sh\na \\\n  b\nc\n```\n'),
                         [Command(2, 'a b', None), Command(4, 'c', None)])

    def test_command_that_is_not_shown(self):
        self.assertEqual(self.read('```sh\na\n```\n\n<!-- $ b & -->\n\n```sh\nc\n```\n'),
                         [Command(2, 'a', None), Command(5, 'b &', None), Command(8, 'c', None)])

    def test_refuses_what_nobody_runs(self):
        self.assert_refused('A\n```rust\n```\n', 'line 2: nobody runs rust')
        self.assert_refused('```\nfree\n```\n', 'line 1: nobody runs this')

    def test_refuses_what_has_no_name(self):
        self.assert_refused('```python\nimport gi\n```\n', 'line 1: .*name')
        self.assert_refused('```json\n{}\n```\n', 'line 1: .*name')

    def test_refuses_other_fences(self):
        for text in '~~~c\n~~~\n', '- a\n  ```c\n  ```\n', '```c\n/* a.c */\n':
            self.assert_refused(text, 'does not begin and end')

    def test_refuses_output_of_nothing(self):
        self.assert_refused('```console\n1\n```\n', 'output without a command')


if __name__ == '__main__':
    tap.main()
