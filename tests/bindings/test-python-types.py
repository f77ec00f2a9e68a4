#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""mypy, by the stub of XmlRpc: the programs of the guides, and what it infers.

It is seen where it is installed, in gi-stubs: without the stubs of PyGObject,
and with a few of theirs in another directory of Python's path.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

SOURCES = Path(__file__).resolve().parents[2]
sys.path.append(str(SOURCES / 'tests' / 'docs'))

import tap  # noqa: E402
from page import File, read_page  # noqa: E402

STUBS = SOURCES / 'xmlrpc-glib' / 'bindings' / 'python' / 'gi-stubs'

SETTINGS = '''[mypy]
strict = True
# The programs of the guides have no annotations, but are checked.
allow_untyped_defs = True
allow_untyped_calls = True
check_untyped_defs = True
warn_return_any = False
# A list in the annotations of a server's function may have anything.
disallow_any_generics = False
# Without the stubs of PyGObject GObject.Object may be anything.
disallow_subclassing_any = False
# A global list may get its type in a function, which mypy 2 does not believe by itself.
local_partial_types = False
'''

# Of the stubs of PyGObject, what that of XmlRpc builds upon.
OTHERS = {
    '__init__.pyi': 'def require_version(namespace: str, version: str) -> None: ...',
    'repository/__init__.pyi': '',
    'repository/Gio.pyi': '',
    'repository/Soup.pyi': '',
    'repository/Gtk.pyi': '',
    'repository/GLib.pyi': '''
class Error(RuntimeError):
    message: str
    domain: str
    code: int
    def matches(self, domain: Any, code: int) -> bool: ...
class Variant:
    def __init__(self, format_string: str, value: Any) -> None: ...
    def unpack(self) -> Any: ...
class Bytes:
    def __init__(self, data: Any = None) -> None: ...
    def get_data(self) -> Any: ...
class DateTime: ...
''',
    'repository/GObject.pyi': '''
class Object:
    @property
    def props(self) -> Any: ...
    def __init__(self, **properties: Any) -> None: ...
    def connect(self, detailed_signal: str, handler: Any, *args: Any) -> int: ...
class GInterface: ...
class GEnum(int): ...
class GFlags(int): ...
''',
}
ANYTHING = 'from typing import Any\ndef __getattr__(name: str) -> Any: ...\n'

INFERRED = '''
from dataclasses import dataclass
from typing import Optional
import gi
gi.require_version('XmlRpc', '1.0')
from gi.repository import XmlRpc

@dataclass
class Post:
    title: str

server = XmlRpc.ServerProxy('http://localhost/RPC2', headers={'X': 'y'})
reveal_type(server.blog.getPosts)  # XmlRpc._Method
reveal_type(server.blog.getPosts.into(list[Post])(5))  # list[Post]
reveal_type(server.blog.getPost.into(Post)(Post('x')))  # Post
reveal_type(server.blog.getPost.into(Optional[Post])())  # Any
reveal_type(server.server.methodSignature('a'))  # Union[list[str], None]
reveal_type(server.props.timeout)  # int
reveal_type(server.call_json('a', None))  # tuple[Union[str, None], Union[str, None]]
reveal_type(XmlRpc.FaultCode.METHOD_NOT_FOUND)  # XmlRpc.FaultCode
reveal_type(XmlRpc.HttpError.NOT_FOUND)  # XmlRpc.HttpError
reveal_type(XmlRpc.MultiCall(server)().results)  # list[Any]

async def call() -> None:
    reveal_type(await server.blog.getPost.into(Post).call_async())  # Post
    reveal_type(await server.blog.getPost.call_async(1, 'x'))  # Any

def answer(server: XmlRpc.Server, call: XmlRpc.Invocation) -> None:
    reveal_type(call.get_method_name())  # str
    reveal_type(call.get_fault())  # Union[XmlRpc.Fault, None]

class Blog(XmlRpc.ServerProxy):
    def __init__(self) -> None:
        super().__init__('http://localhost/RPC2', timeout=1.5)

with Blog() as blog:
    reveal_type(blog)  # Blog
'''

WRONG = '''
from gi.repository import XmlRpc
XmlRpc.ServerProxy(5)  # arg-type
XmlRpc.ServerProxy('http://localhost', time_out=5)  # call-arg
XmlRpc.Binary('x')  # arg-type
XmlRpc.dumps([1])  # arg-type
number: int = XmlRpc.ServerProxy('x').a.into(str)()  # assignment
XmlRpc.ServerProxy('x').a.call_async(callback=5)  # call-overload
'''


def get_programs():
    """The programs of all pages. Of several with the same name, which others
    of a page may import, one has it."""
    programs = {}
    for page in (SOURCES / 'README.md', *sorted(SOURCES.glob('docs/*.md'))):
        for part in read_page(page.read_text('utf-8')):
            if (isinstance(part, File) and part.name.endswith('.py')
                    and 'XmlRpc' in part.text):
                other = f'{page.stem}_{part.name}'
                name = other if part.name in programs else part.name
                programs[re.sub(r'\W', '_', name[:-3]) + '.py'] = part.text
    return programs


def simplify(name):
    """A type as all versions of mypy would write it."""
    name = re.sub(r'builtins\.|gi\.repository\.|inferred\.', '', name)
    name = re.sub(r'\bTuple\[', 'tuple[', name)
    return re.sub(r'([\w.]+(?:\[\w+\])?) \| None', r'Union[\1, None]', name)


@unittest.skipUnless(shutil.which('mypy'), 'mypy is not there')
class TypesTest(unittest.TestCase):
    maxDiff = None
    path = ('ours',)

    @classmethod
    def setUpClass(cls):
        # Python's own stubs are read once.
        directory = tempfile.TemporaryDirectory()
        cls.addClassCleanup(directory.cleanup)
        cls.cache = directory.name

    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.directory = Path(directory.name)
        shutil.copytree(STUBS, self.directory / 'ours' / 'gi-stubs')
        self.write('mypy.ini', SETTINGS)

    def write(self, name, text):
        path = self.directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, 'utf-8')

    def add_others(self, path=('ours', 'theirs')):
        self.path = path
        for name, text in OTHERS.items():
            self.write(f'theirs/gi-stubs/{name}', ANYTHING + text)

    def check(self, *names, **environment):
        """What mypy says about the files. It looks for packages in Python's
        path, as this is where distributions install them."""
        found = subprocess.run(
            ['mypy', '--config-file', 'mypy.ini', '--show-error-codes',
             '--no-color-output', '--no-error-summary',
             '--python-executable', sys.executable, *names],
            cwd=self.directory, capture_output=True, text=True, check=False,
            env={**os.environ, 'PYTHONPATH': os.pathsep.join(
                     str(self.directory / name) for name in self.path),
                 'MYPY_CACHE_DIR': self.cache, **environment})
        self.assertEqual(found.stderr, '')
        return found.stdout

    def check_programs(self):
        """The programs of the guides, and the types that are inferred."""
        programs = {**get_programs(), 'inferred.py': INFERRED}
        self.assertGreater(len(programs), 30)
        for name, text in programs.items():
            self.write(name, text)
        said = self.check(*programs).splitlines(keepends=True)
        noted = [re.fullmatch(r'inferred\.py:(\d+): note: Revealed type is '
                              r'"(.*)"\n', line) for line in said]
        self.assertEqual(''.join(line for line, note in zip(said, noted)
                                 if note is None), '')
        lines = enumerate(INFERRED.splitlines(), 1)
        self.assertEqual([(note[1], simplify(note[2])) for note in noted],
                         [(str(number), line.partition('  # ')[2])
                          for number, line in lines if 'reveal_type' in line])

    def test_alone(self):
        self.check_programs()

    def test_with_other_stubs(self):
        self.add_others()
        self.check_programs()

    def test_with_other_stubs_first(self):
        self.add_others(('theirs', 'ours'))
        self.check_programs()

    def test_strictly_without_settings(self):
        """As the tutorial promises for one of its programs."""
        self.write('mypy.ini', '[mypy]\nstrict = True\n')
        self.write('reader.py', get_programs()['reader.py'])
        self.assertEqual(self.check('reader.py'), '')

    def test_the_stub_itself(self):
        """As a file of the program, of which everything is told."""
        self.add_others()
        self.path = ()
        (self.directory / 'theirs' / 'gi-stubs').rename(
            self.directory / 'theirs' / 'gi')
        shutil.copy(STUBS / 'repository' / 'XmlRpc.pyi',
                    self.directory / 'theirs' / 'gi' / 'repository')
        self.write('empty.py', 'from gi.repository import XmlRpc\n')
        self.assertEqual(self.check('empty.py', MYPYPATH='theirs'), '')

    def test_what_is_wrong(self):
        self.write('wrong.py', WRONG)
        said = re.findall(r':(\d+): error: .*\[([a-z-]+)\]',
                          self.check('wrong.py'))
        lines = enumerate(WRONG.splitlines(), 1)
        self.assertEqual(said, [(str(number), line.partition('  # ')[2])
                                for number, line in lines if '  # ' in line])


if __name__ == '__main__':
    tap.main()
