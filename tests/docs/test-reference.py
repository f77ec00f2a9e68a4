#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The examples in the reference compile, and the numbers of error codes are
those of the library: test-reference.py GIR ERRORS-PAGE BUILD MESON"""

import re
import sys
import tempfile
import unittest
from pathlib import Path
from xml.etree import ElementTree

import tap
from installation import Installation
from page import FENCE

GIR, ERRORS_PAGE, BUILD, MESON = sys.argv[1:5]
CORE = '{http://www.gtk.org/introspection/core/1.0}'
C = '{http://www.gtk.org/introspection/c/1.0}'

# What is around an example: they have no more than what they are to show.
AROUND = '''
#include <xmlrpc-glib/xmlrpc-glib.h>

static XmlRpcServerProxy *proxy;
static XmlRpcServer *server;
static SoupServer *soup_server;
static GError *error, *sum_error, *name_error;

{functions}

void example (void);

void
example (void)
{{
{statements}
}}
'''


def read_examples():
    for element in ElementTree.parse(GIR).iter():
        if element.tag.endswith('}doc'):
            for language, text in FENCE.findall(element.text):
                yield language, text


class TestReference(unittest.TestCase):
    def test_examples(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        installation = Installation(directory.name, BUILD, MESON)
        flags = installation.run('pkg-config', '--cflags', 'xmlrpc-glib-1.0')
        examples = list(read_examples())
        self.assertGreater(len(examples), 2)

        for language, text in examples:
            self.assertEqual(language, 'c')
            functions, end, statements = text.rpartition('\n}\n\n')
            source = installation.root / 'example.c'
            source.write_text(AROUND.format(functions=functions + end,
                                            statements=statements))
            installation.run('cc', '-Wall', '-Werror', '-fsyntax-only',
                             '-Wno-unused-variable', '-Wno-unused-but-set-variable',
                             source, *flags.split())


class TestNumbers(unittest.TestCase):
    """Whoever searches for the number of an error finds its name."""

    @classmethod
    def setUpClass(cls):
        cls.members = {
            member.get(f'{C}identifier'): member
            for domain in ('Error', 'FaultCode', 'HttpError')
            for member in ElementTree.parse(GIR).findall(
                f".//{CORE}enumeration[@name='{domain}']/{CORE}member")}
        assert len(cls.members) > 30, cls.members

    def test_in_reference(self):
        for name, member in self.members.items():
            text = ' '.join(member.find(f'{CORE}doc').text.split())
            self.assertTrue(text.endswith(f' ({member.get("value")})'),
                            f'{name}: {text}')

    def test_on_page(self):
        rows = re.findall(r'^\| (-?\d+) \| `(\w+)` \|',
                          Path(ERRORS_PAGE).read_text('utf-8'), re.MULTILINE)
        self.assertCountEqual(rows, [(member.get('value'), name)
                                     for name, member in self.members.items()])


if __name__ == '__main__':
    tap.main()
