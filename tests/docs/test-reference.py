#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The examples in the reference compile: test-reference.py GIR BUILD MESON"""

import sys
import tempfile
import unittest
from xml.etree import ElementTree

import tap
from installation import Installation
from page import FENCE

GIR, BUILD, MESON = sys.argv[1:4]

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


if __name__ == '__main__':
    tap.main()
