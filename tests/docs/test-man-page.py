#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The man page as a page of the site: test-man-page.py MANPAGE.PY PAGE"""

import sys
import unittest
from html import unescape
from pathlib import Path

import tap

sys.path.insert(0, str(Path(sys.argv[1]).parent))
from manpage import convert  # noqa: E402

PAGE = Path(sys.argv[2])
SMALL = r'''.\" A comment.
.TH NAME 1 "" "" ""
.SH NAME
name \- does *it*
.SH TWO WORDS
.B bold
.BR \-\-a ", " \-\-b= \fIC\fR
and
.BI @ FILE
.SS Sub
.TP
.B term
Means
.BR this .
.TP
.B other
.B "{'a': <5>}"
.PP
The \(dqend\(dq \e.
.nf
$ a \-b < c
.fi
'''
CONVERTED = '''# name(1)

## Name

name - does *it*

## Two words

`bold` `--a`, `--b=`<em>C</em> and `@`<em>FILE</em>

### Sub

`term`
:   Means `this`.

`other`
:   `{'a': <5>}`

The "end" \\.

```
$ a -b < c
```
'''


class TestManPage(unittest.TestCase):
    def test_small(self):
        self.assertEqual(unescape(convert(SMALL)), CONVERTED)

    def test_unknown(self):
        for text in ('.XX a', r'a \(xx b'):
            with self.assertRaises(SystemExit):
                convert(text)

    def test_ours(self):
        """Each option has an entry of its own."""
        text = PAGE.read_text('utf-8')
        page = convert(text)
        for line in text.split('.SH OPTIONS')[1].split('.SH ')[0].splitlines():
            if line.startswith('.BR \\-'):
                name = [word for word in line.replace('\\-', '-').replace('"', ' ').split()
                        if word.startswith('--')][0]
                self.assertIn(f'`{name}`', page)
        self.assertIn('\n## Exit status\n', page)
        self.assertNotIn('\\-', page)


if __name__ == '__main__':
    tap.main()
