#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The declarations for TypeScript say what there is in GJS:

    test-types.py GIR GJS

They are compiled with the programs of the documentation, with what types.ts
allows and refuses, and with a use of each name of the library."""

import json
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ET
from pathlib import Path

SOURCES = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(SOURCES / 'tests' / 'docs'))

import tap  # noqa: E402
from page import File, read_page  # noqa: E402

GIR, GJS = sys.argv[1:3]
TSC = shutil.which('tsc')
TYPES = SOURCES / 'xmlrpc-glib' / 'bindings' / 'types'
CORE = '{http://www.gtk.org/introspection/core/1.0}'
CLASSES = ['Invocation', 'Multicall', 'Server', 'ServerProxy']

PAGES = [SOURCES / 'README.md', *(SOURCES / 'docs').glob('*.md')]

# What the overrides add or change, in any spelling.
LIST_MEMBERS = '''
const {XmlRpc} = imports.gi;
const names = {XmlRpc: Object.keys(XmlRpc)};
for (const name of %s)
    names[name] = Object.getOwnPropertyNames(XmlRpc[name].prototype);
print(JSON.stringify(names));
''' % json.dumps(CLASSES)


def get_member_uses(kind, member):
    """How JavaScript calls a member of a class, an enumeration or the library."""
    name = member.get('name')
    tag = member.tag.removeprefix(CORE)
    if member.get('introspectable') == '0':
        return
    if tag == 'method':
        yield f'object.{name}'
    elif tag == 'virtual-method':
        yield f'object.vfunc_{name}'
    elif tag in ('constructor', 'function'):
        yield f'XmlRpc.{kind}.{name}'
    elif tag == 'member':
        yield f'XmlRpc.{kind}.{name.upper()}'
    elif tag == 'property' and member.get('readable') != '0':
        yield f'object["{name}"]'


def get_uses():
    """Yields for each type an expression for an object, and the uses."""
    for element in ET.parse(GIR).getroot().find(CORE + 'namespace'):
        name = element.get('name')
        tag = element.tag.removeprefix(CORE)
        if tag in ('function', 'constant'):
            yield name, [f'XmlRpc.{name}']
        elif tag in ('class', 'interface', 'enumeration', 'bitfield'):
            yield name, [use for member in element
                         for use in get_member_uses(name, member)]


def make_program():
    """A program that uses all names."""
    lines = ["import XmlRpc from 'gi://XmlRpc?version=1.0';"]
    for name, uses in get_uses():
        own = [use for use in uses if use.startswith('object')]
        if own:
            lines.append(f'{{ const object = null! as XmlRpc.{name};')
            lines += [f'void {use};' for use in own]
            lines.append('}')
        lines += [f'void {use};' for use in uses if use not in own]
    members = json.loads(subprocess.run(
        [GJS, '-c', LIST_MEMBERS], check=True, stdout=subprocess.PIPE).stdout)
    for name in members.pop('XmlRpc'):
        if re.fullmatch('[a-z]\\w*|Double|Fault', name):
            lines.append(f'void XmlRpc.{name};')
    for kind, names in members.items():
        for name in names:
            if not re.match('_|constructor$|password$', name):
                lines.append(f'void (null! as XmlRpc.{kind})["{name}"];')
    return '\n'.join(lines)


def read_options():
    """Those that a page tells programs to use."""
    [text] = [step.text for page in PAGES for step in read_page(page.read_text('utf-8'))
              if isinstance(step, File) and step.name == 'tsconfig.json']
    return json.loads(text)['compilerOptions']


def write_guides(folder):
    """Writes the programs in JavaScript of all pages."""
    for page in PAGES:
        for step in read_page(page.read_text('utf-8')):
            if isinstance(step, File) and step.name.endswith('.js'):
                path = folder / f'{page.stem}-{Path(step.name).name}'
                path.write_text(step.text, 'utf-8')
                yield path


@unittest.skipUnless(TSC, 'no tsc')
class TypesTest(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        with tempfile.TemporaryDirectory() as directory:
            folder = Path(directory)
            cls.guides = list(write_guides(folder))
            (folder / 'all.ts').write_text(make_program(), 'utf-8')
            shutil.copy(SOURCES / 'tests' / 'bindings' / 'types.ts', folder)
            (folder / 'tsconfig.json').write_text(json.dumps({
                'compilerOptions': read_options(),
                'files': [str(path) for path in [
                    *TYPES.glob('*.d.ts'), folder / 'all.ts',
                    folder / 'types.ts', *cls.guides]],
            }))
            cls.output = subprocess.run(
                [TSC, '-p', 'tsconfig.json', '--pretty', 'false'], cwd=folder,
                stdout=subprocess.PIPE, text=True).stdout.splitlines()

    def get_errors(self, pattern):
        return [line for line in self.output if re.match(pattern, line)]

    def test_they_are_right(self):
        self.assertEqual(self.get_errors(r'(.*/)?[\w.]+\.d\.ts\('), [])
        self.assertEqual(self.get_errors('error'), [])

    def test_what_is_allowed_and_refused(self):
        self.assertEqual(self.get_errors(r'types\.ts'), [])

    def test_all_names_are_there(self):
        self.assertEqual(self.get_errors(r'all\.ts'), [])

    def test_guides(self):
        self.assertGreater(len(self.guides), 8)
        for path in self.guides:
            with self.subTest(path.name):
                self.assertEqual(self.get_errors(re.escape(path.name)), [])

    def test_nothing_else(self):
        self.assertEqual(self.output, [])


if __name__ == '__main__':
    tap.main()
