#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The reference pages have every public name: that of Python what the stub has,
that of JavaScript what the declarations for TypeScript have, and that of Vala
the classes and functions of the library.

test-reference-pages.py SOURCES GIR"""

import ast
import re
import sys
import unittest
from pathlib import Path
from xml.etree import ElementTree

import tap
from page import FENCE

SOURCES, GIR = Path(sys.argv[1]), sys.argv[2]
BINDINGS = SOURCES / 'xmlrpc-glib' / 'bindings'
CORE = '{http://www.gtk.org/introspection/core/1.0}'

# Where the members of types are that have no public name.
PYTHON_PLACES = {'_Method': 'Methods', '_TypedMethod': 'Methods', '_Introspection': 'Methods'}
JAVASCRIPT_PLACES = {
    'ProxyValues': 'ServerProxy', 'ProxyConstants': 'ServerProxy', 'ServerValues': 'Server',
    'ListenOptions': 'listen', 'MethodOptions': 'Server', 'Introspection': 'Methods',
    'RemoteCall': 'Methods', 'RemoteNames': 'Methods', 'RemoteMembers': 'Methods',
    'ReceivedDate': 'Values',
}

# What every object has.
COMMON = ['props', 'connect', 'constructor']

HEADING = re.compile(r'^(#+) `?(?:XmlRpc\.)?(\w+).*$', re.MULTILINE)


def list_words(text):
    """The words in code spans."""
    spans = re.findall(r'`([^`]+)`', text)
    return {word for span in spans for word in re.findall(r'\w+', span)}


class Page:
    def __init__(self, name):
        self.text = FENCE.sub('', (SOURCES / 'docs' / name).read_text('utf-8'))
        headings = {heading[2] for heading in HEADING.finditer(self.text)}
        self.words = list_words(self.text) | headings

    def _find_section(self, name):
        """What is below a heading that begins with the name."""
        for heading in HEADING.finditer(self.text):
            if heading[2] == name:
                rest = self.text[heading.end():]
                end = re.search(rf'^#{{1,{len(heading[1])}}} ', rest, re.MULTILINE)
                return rest[:end.start()] if end else rest
        return None

    def find_place(self, name):
        """The section of a class, or its row of a table."""
        section = self._find_section(name)
        if section is not None:
            return list_words(section)
        rows = re.findall(rf'^\| `(?:XmlRpc\.)?{name}\b.*$', self.text, re.MULTILINE)
        return list_words('\n'.join(rows))


class ReferenceTest(unittest.TestCase):
    def assert_members(self, page, kind, members, place):
        words = page.find_place(place)
        self.assertTrue(words, f'{kind} is not there')
        missing = [name for name in members if name not in words and name not in COMMON]
        self.assertEqual(missing, [], f'of {kind}')


def get_python_names(body):
    for node in body:
        if isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node.name, node
        elif isinstance(node, ast.AnnAssign):
            yield node.target.id, node


class TestPython(ReferenceTest):
    def setUp(self):
        stub = BINDINGS / 'python' / 'gi-stubs' / 'repository' / 'XmlRpc.pyi'
        self.names = dict(get_python_names(ast.parse(stub.read_text('utf-8')).body))
        self.page = Page('python.md')

    def test_names(self):
        public = [name for name in self.names if not name.startswith('_')]
        self.assertGreater(len(public), 60)
        self.assertEqual([name for name in public if name not in self.page.words], [])

    def test_members(self):
        for name, node in self.names.items():
            place = PYTHON_PLACES.get(name, re.sub('^_(.*)Props$', r'\1', name))
            if isinstance(node, ast.ClassDef) and not place.startswith('_'):
                members = [member for member, _ in get_python_names(node.body)
                           if not member.startswith('_')]
                with self.subTest(name):
                    self.assert_members(self.page, name, members, place)


def get_declarations():
    """Yields the name of each type, interface, function and constant of the declarations,
    whether it is exported, and the names of its members."""
    text = (BINDINGS / 'types' / 'XmlRpc.d.ts').read_text('utf-8')
    exported = re.search(r'export type \{(.*?)\}', text)[1].split(', ')
    yield from ((name, True, []) for name in exported)
    for name in re.findall(r'^ {8}(?:function|const) (\w+)', text, re.MULTILINE):
        yield name, True, []
    for indentation, name, body in re.findall(
            r'^( +)(?:class|enum|interface) (\w+)[^\n]*\{\n(.*?)^\1\}', text,
            re.MULTILINE | re.DOTALL):
        members = re.findall(
            rf'^{indentation} {{4}}(?:(?:static|readonly|get|set) )*(\w+)(?:[?(<:]|,$)', body,
            re.MULTILINE)
        yield name, len(indentation) == 8 or name in exported, members


class TestJavaScript(ReferenceTest):
    def setUp(self):
        self.declarations = list(get_declarations())
        self.page = Page('javascript.md')

    def test_names(self):
        public = {name for name, is_public, _ in self.declarations if is_public}
        self.assertGreater(len(public), 40)
        self.assertEqual(sorted(public - self.page.words), [])

    def test_members(self):
        names = {name for name, is_public, _ in self.declarations if is_public}
        for name, _, members in self.declarations:
            place = JAVASCRIPT_PLACES.get(name, name)
            if members and (place != name or name in names):
                with self.subTest(name):
                    self.assert_members(self.page, name, members, place)

    def test_members_are_read(self):
        found = {name: members for name, _, members in self.declarations if members}
        self.assertIn('addFunction', found['Server'])
        self.assertIn('NOT_FOUND', found['HttpError'])
        self.assertIn('max_values', found['ServerValues'])


class TestVala(ReferenceTest):
    def test_names(self):
        namespace = ElementTree.parse(GIR).find(f'{CORE}namespace')
        kinds = ('class', 'interface', 'function', 'enumeration', 'bitfield')
        names = [element.get('name') for kind in kinds
                 for element in namespace.findall(f'{CORE}{kind}')
                 if not element.get('name').endswith('_quark')]
        self.assertGreater(len(names), 30)
        words = Page('vala.md').words
        self.assertEqual([name for name in names if name not in words], [])


if __name__ == '__main__':
    tap.main()
