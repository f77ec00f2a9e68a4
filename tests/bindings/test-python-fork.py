#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Proxies, and a child of fork()."""

import asyncio
import os
import pickle
import signal
import subprocess
import sys
import unittest
import warnings

import gi

gi.require_version('XmlRpc', '1.0')
from gi.repository import Gio, XmlRpc  # noqa: E402

import peers  # noqa: E402
import tap  # noqa: E402

PATIENCE = 60


def run_in_child(function, *args):
    """What the function returns, or raises, in a child that ends in time."""
    reader, writer = os.pipe()
    with warnings.catch_warnings():
        # Python 3.12 warns of threads, which are what this is about.
        warnings.simplefilter('ignore')
        child = os.fork()
    if child == 0:
        signal.alarm(PATIENCE)
        try:
            result = function(*args)
        except BaseException as error:
            result = error
        os.write(writer, pickle.dumps(result))
        os._exit(0)
    os.close(writer)
    with open(reader, 'rb') as file:
        data = file.read()
    _, status = os.waitpid(child, 0)
    assert status == 0, status
    return pickle.loads(data)


class ForkTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = peers.EchoServer()
        cls.addClassCleanup(cls.server.close)

    def setUp(self):
        self.proxy = XmlRpc.ServerProxy(self.server.uri)

    def assert_refused(self, error):
        self.assertIsInstance(error, XmlRpc.TransportError)
        self.assertTrue(error.matches(Gio.io_error_quark(),
                                      Gio.IOErrorEnum.NOT_SUPPORTED), error)
        self.assertIn(f'made in process {os.getpid()}; create it after fork()',
                      str(error))

    def test_calls(self):
        multicall = XmlRpc.MultiCall(self.proxy)
        multicall.echo(1)
        self.assertEqual(self.proxy.echo(1), 1)
        for function, *args in (
                (self.proxy.echo, 1),
                (multicall,),
                (self.proxy.server.listMethods,),
                (self.proxy.call, 'echo')):
            with self.subTest(function):
                self.assert_refused(run_in_child(function, *args))
        self.assertEqual(self.proxy.echo(2), 2)

    def test_await(self):
        """The thread for loops that are not GLib's is not in the child."""
        async def call():
            return await self.proxy.echo.call_async(1)

        def run():
            return asyncio.run(asyncio.wait_for(call(), PATIENCE / 2))

        self.assertEqual(run(), 1)
        self.assert_refused(run_in_child(run))
        self.assertEqual(run(), 1)

    def test_end_of_child(self):
        """The connections are the parent's."""
        def leave():
            with self.proxy:
                pass
            self.proxy.__exit__()
            self.proxy = None
            return 'gone'

        self.assertEqual(self.proxy.echo(1), 1)
        self.assertEqual(run_in_child(leave), 'gone')
        self.assertEqual(self.proxy.echo(2), 2)

    def test_new_proxy(self):
        """Before the first call of the parent, a child can have its own."""
        code = ('import os, gi; gi.require_version("XmlRpc", "1.0")\n'
                'from gi.repository import XmlRpc\n'
                f'old = XmlRpc.ServerProxy("{self.server.uri}")\n'
                'if os.fork() == 0:\n'
                f'    new = XmlRpc.ServerProxy("{self.server.uri}")\n'
                '    print(new.echo("child"))\n'
                'else:\n'
                '    os.wait()\n'
                '    print(old.echo("parent"))\n')
        process = subprocess.run([sys.executable, '-c', code], text=True,
                                 stdout=subprocess.PIPE, timeout=PATIENCE,
                                 check=True)
        self.assertEqual(process.stdout, 'child\nparent\n')


if __name__ == '__main__':
    tap.main()
