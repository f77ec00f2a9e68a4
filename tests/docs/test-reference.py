#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The examples in the reference compile, and the numbers of error codes are
those of the library. Its docstrings begin with a verb, and the page of error codes
has the texts that a server sends.

test-reference.py GIR ERROR-CODES-PAGE BUILD MESON"""

import re
import sys
import tempfile
import unittest
from pathlib import Path
from xml.etree import ElementTree

import tap
from installation import SOURCES, Installation
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

class TestTexts(unittest.TestCase):
    """The page has each text that the server sends with a fault or a status."""

    SERVER = SOURCES / 'xmlrpc-glib' / 'server'
    STRING = r'"(?:[^"\\]|\\.)*"(?:\s*(?:G_\w+_FORMAT\s*)?"(?:[^"\\]|\\.)*")*'

    # They say what the cause is that another text has, or are not sent.
    LEFT_OUT = {'…', '(a message that XML cannot carry)'}

    def read_texts(self, pattern):
        for source in sorted(self.SERVER.glob('*.c')):
            for found in re.findall(pattern, source.read_text('utf-8')):
                text = re.sub(r'"\s*(?:G_\w+_FORMAT\s*)?"', '', found[1:-1])
                text = re.sub(r'%(?:\.\*)?[sdu]?', '…', text).replace('\\"', '"')
                yield text.removesuffix('\\n')

    def test_on_page(self):
        page = Path(ERRORS_PAGE).read_text('utf-8')
        texts = {
            *self.read_texts(rf'XML_RPC_FAULT_\w+,\s*({self.STRING})'),
            *self.read_texts(rf'SOUP_STATUS_\w+, ({self.STRING}) \}}'),
            *self.read_texts(rf'xml_rpc_explain \([^;]*?({self.STRING})\)'),
            *self.read_texts(rf'(?:why|fault) = ({self.STRING});'),
            *self.read_texts(rf'return (?:[^;"]*\? )?({self.STRING})(?: : NULL)?;'),
            *self.read_texts(rf'message,\s*g_strdup_printf \(({self.STRING})'),
            *self.read_texts(rf'text\[\] = ({self.STRING});'),
        } - self.LEFT_OUT
        self.assertGreater(len(texts), 25)
        self.assertEqual([text for text in sorted(texts)
                          if f'`{text}`' not in page and f'`…: {text}`' not in page], [])


class TestDocstrings(unittest.TestCase):
    """Each begins with a verb, or says what a property is."""

    CALLABLES = ('function', 'method', 'constructor', 'virtual-method', 'callback',
                 'function-macro')
    VERBS = {
        'Adds', 'Calls', 'Cancels', 'Checks', 'Converts', 'Creates', 'Ends', 'Finds',
        'Gets', 'Handles', 'Lets', 'Parses', 'Removes', 'Responds', 'Sends', 'Serves',
        'Sets', 'Stops', 'Takes',
    }
    NOT_USED = re.compile(
        r'\b(?:answer\w*|beside|amidst|lest|of ours|want of|as good as|enem(?:y|ies)'
        r'|mend\w*|unpack\w*|under way)\b|\bis no (?!longer|more)\w+', re.IGNORECASE)

    @classmethod
    def setUpClass(cls):
        cls.texts = []
        for element in ElementTree.parse(GIR).iter():
            doc = element.find(f'{CORE}doc')
            if doc is not None:
                kind = element.tag.rpartition('}')[2]
                cls.texts.append((kind, element.get('name', ''), ' '.join(doc.text.split())))
        assert len(cls.texts) > 300, len(cls.texts)

    def test_functions(self):
        for kind, name, text in self.texts:
            if kind in self.CALLABLES:
                with self.subTest(name):
                    self.assertIn(text.split()[0], self.VERBS)

    def test_getters_and_setters(self):
        first_words = (('get_', 'Gets'), ('set_', 'Sets'), ('has_', 'Checks'),
                       ('check_', 'Checks'), ('new', 'Creates'))
        for kind, name, text in self.texts:
            for prefix, word in first_words:
                if kind in self.CALLABLES and name.startswith(prefix):
                    self.assertEqual(text.split()[0], word, name)

    def test_properties(self):
        for kind, name, text in self.texts:
            if kind == 'property':
                self.assertRegex(text, '^(The|Whether) ', name)

    def test_signals(self):
        for kind, name, text in self.texts:
            if kind == 'signal':
                self.assertRegex(text, '^Emitted ', name)

    def test_words(self):
        for kind, name, text in self.texts:
            plain = re.sub('`[^`]*`', '', text)
            self.assertIsNone(self.NOT_USED.search(plain), f'{name}: {plain}')


if __name__ == '__main__':
    tap.main()
