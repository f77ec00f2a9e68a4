#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The stub for type checkers says what is there."""

import ast
import inspect
import unittest
from pathlib import Path

import gi

gi.require_version('XmlRpc', '1.0')
from gi.repository import GObject, XmlRpc  # noqa: E402

import tap  # noqa: E402

# The overrides are a package in gi/overrides.
STUB = (Path(XmlRpc.ServerProxy.__init__.__code__.co_filename).parents[3]
        / 'gi-stubs' / 'repository' / 'XmlRpc.pyi')


def get_names(body):
    """The names that statements define, with the statement."""
    for node in body:
        if isinstance(node, (ast.ClassDef, ast.FunctionDef)):
            yield node.name, node
        elif isinstance(node, ast.AnnAssign):
            yield node.target.id, node


def is_virtual(kind, member):
    """PyGObject does not show what classes implement of an interface."""
    return issubclass(kind, GObject.GInterface) and member.startswith('do_')


class StubTest(unittest.TestCase):
    def setUp(self):
        self.stub = dict(get_names(ast.parse(STUB.read_text('utf-8')).body))

    def assert_same_parameters(self, function, node, name):
        args = node.args
        stubbed = [arg.arg for arg in args.args + args.kwonlyargs]
        real = [p.name for p in inspect.signature(function).parameters.values()
                if p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)]
        self.assertEqual(stubbed, real, name)

    def test_all_is_there(self):
        """Every public name of the stub, and the parameters of methods."""
        for name, node in self.stub.items():
            if name.startswith('_'):
                continue
            real = getattr(XmlRpc, name)
            if not isinstance(node, ast.ClassDef):
                continue
            for member, member_node in get_names(node.body):
                # What instances have, and what every object has.
                if (isinstance(member_node, ast.FunctionDef)
                        and member in real.__dict__
                        and inspect.isfunction(real.__dict__[member])):
                    self.assert_same_parameters(real.__dict__[member],
                                                member_node,
                                                f'{name}.{member}')
                elif (isinstance(member_node, ast.FunctionDef)
                        and not is_virtual(real, member)):
                    self.assertTrue(hasattr(real, member),
                                    f'{name}.{member}')

    def get_stubbed_members(self, kind):
        """Those of the class, and of the others of XmlRpc it is derived from;
        the names of its properties are in a class of their own."""
        members = set()
        for base in kind.__mro__:
            for name in (base.__name__, f'_{base.__name__}Props'):
                if name in self.stub:
                    members.update(dict(get_names(self.stub[name].body)))
        return members

    def get_members(self, kind):
        for base in kind.__mro__:
            if 'XmlRpc' in base.__module__:
                yield from (name for name in vars(base)
                            if not name.startswith('_'))
        if issubclass(kind, GObject.Object):
            for spec in kind.list_properties():
                yield spec.name.replace('-', '_')

    def test_all_is_in_the_stub(self):
        """What is public in C is there in Python, too."""
        for name in dir(XmlRpc):
            if name.startswith('_') or name.endswith(('Class', 'Interface')):
                continue
            with self.subTest(name):
                self.assertIn(name, self.stub)
                real = getattr(XmlRpc, name)
                if isinstance(real, type):
                    self.assertEqual(
                        {*self.get_members(real)} - {'parent_instance'}
                        - self.get_stubbed_members(real), set())


if __name__ == '__main__':
    tap.main()
