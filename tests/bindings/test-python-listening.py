#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Where a Server listens, whom it lets in, and how it begins and ends."""

import base64
import http.client
import logging
import os
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import unittest
import xmlrpc.client
from pathlib import Path
from urllib.parse import urlsplit

import gi

gi.require_version('XmlRpc', '1.0')
from gi.repository import Gio, GLib, XmlRpc  # noqa: E402

import tap  # noqa: E402

TLS = Path(__file__).parents[1] / 'data' / 'tls'
PEM = TLS / 'server.pem'
HAS_TLS = Gio.TlsBackend.get_default().supports_tls()


def add(a: int, b: int) -> int:
    return a + b


def who():
    invocation = XmlRpc.current_invocation()
    return [invocation.user, invocation.client_address]


class ListeningTestCase(unittest.TestCase):
    def setUp(self):
        logging.disable(logging.CRITICAL)
        self.addCleanup(logging.disable, logging.NOTSET)

    def serve(self, *args, **options):
        """Returns the URI; the main context of all is served in a thread."""
        self.server = XmlRpc.Server()
        self.server.register_functions([add, who])
        uri = self.server.listen(*args, **options)
        thread = threading.Thread(target=self.server.serve_forever)
        thread.start()
        self.addCleanup(thread.join)
        self.addCleanup(self.server.shutdown)
        return uri

    def ask(self, uri, **options):
        with xmlrpc.client.ServerProxy(uri, **options) as proxy:
            return proxy.add(1, 2)


class AddressTest(ListeningTestCase):
    def test_hosts(self):
        for host, expected in (('127.0.0.1', '127.0.0.1'),
                               ('localhost', 'localhost'),
                               ('127.0.0.2', '127.0.0.2'),
                               ('0.0.0.0', '127.0.0.1'), ('', '127.0.0.1')):
            with self.subTest(host):
                uri = self.serve(host, 0)
                self.assertEqual(urlsplit(uri).hostname, expected)
                self.assertEqual(self.ask(uri), 3)

    def test_ipv6(self):
        try:
            socket.create_server(('::1', 0), family=socket.AF_INET6).close()
        except OSError:
            self.skipTest('there is no IPv6 here')
        for host in '::1', '::':
            with self.subTest(host):
                uri = self.serve(host, 0)
                self.assertIn('//[::1]:', uri)
                self.assertEqual(self.ask(uri), 3)

    def test_only_this_address(self):
        port = urlsplit(self.serve('127.0.0.2', 0)).port
        with self.assertRaises(ConnectionRefusedError):
            socket.create_connection(('127.0.0.1', port))

    def test_forms(self):
        """As SimpleXMLRPCServer takes it, and as listen(8080)."""
        with socket.create_server(('127.0.0.1', 0)) as free:
            port = free.getsockname()[1]
        for args, options in ((('127.0.0.1', port), {}),
                              ((('127.0.0.1', port),), {}), ((port,), {}),
                              ((), {'port': port}),
                              ((), {'host': '127.0.0.1', 'port': port}),
                              ((port, '/RPC2'), {}),
                              ((port,), {'local': False})):
            with self.subTest(args), XmlRpc.Server() as server:
                self.assertEqual(server.listen(*args, **options),
                                 f'http://127.0.0.1:{port}/RPC2')

    def test_wrong(self):
        for error, args, options in (
                (TypeError, ('8080',), {}),
                (TypeError, ('localhost', '8080'), {}),
                (TypeError, ('localhost', 80.5), {}),
                (TypeError, (b'localhost', 8080), {}),
                (ValueError, ('localhost', 70000), {}),
                (ValueError, ('local\0host', 8080), {}),
                (ValueError, (), {'path': ()}),
                (TypeError, ('localhost', 0), {'local': False}),
                (TypeError, (8080,), {'unix': 'a.sock'}),
                (TypeError, (), {'unix': 'a.sock', 'tls': PEM}),
                (TypeError, (), {'unix': 5}),
                (TypeError, (), {'tls': ssl.SSLContext(
                    ssl.PROTOCOL_TLS_SERVER)}),
                (TypeError, (), {'auth': 'ada:secret'}),
                (OSError, ('no.such.host.invalid', 0), {}),
                (FileNotFoundError, (), {'tls': '/nowhere.pem'})):
            with self.subTest(args, **options), self.assertRaises(error):
                XmlRpc.Server().listen(*args, **options)

    def test_paths(self):
        for options, found in (({}, ['/RPC2', '/']),
                               ({'path': '/x'}, ['/x']),
                               ({'path': ['/x', '/y']}, ['/x', '/y']),
                               ({'path': None}, ['/', '/a', '/a/b'])):
            uri = self.serve(**options)
            base = uri.removesuffix(urlsplit(uri).path)
            self.assertEqual(uri, base + found[0])
            for path in found:
                with self.subTest(path):
                    self.assertEqual(self.ask(base + path), 3)
            for path in ('/RPC2/x', '/other'):
                if options != {'path': None}:
                    with self.assertRaisesRegex(xmlrpc.client.ProtocolError,
                                                '404'):
                        self.ask(base + path)


class UnixTest(ListeningTestCase):
    def setUp(self):
        super().setUp()
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.path = Path(directory.name) / 'a b:%.sock'

    def test_call(self):
        uri = self.serve(unix=self.path, auth={'ada': 'secret'})
        proxy = XmlRpc.ServerProxy(uri, user='ada', password='secret')
        self.assertEqual(proxy.add(1, 2), 3)
        self.assertEqual(proxy.who(), ['ada', None])
        with self.assertRaises(XmlRpc.ProtocolError):
            XmlRpc.ServerProxy(uri).add(1, 2)
        self.server.shutdown()
        self.assertFalse(self.path.exists())

    def test_relative_path(self):
        here = os.getcwd()
        os.chdir(self.path.parent)
        self.addCleanup(os.chdir, here)
        with XmlRpc.Server() as server:
            self.assertEqual(server.listen(unix='x.sock', path='/y'),
                             f'http+unix://{self.path.parent}/x.sock:/y')

    def test_socket_that_was_left(self):
        """By a program that was killed; but not one that is in use."""
        with socket.socket(socket.AF_UNIX) as left:
            left.bind(str(self.path))
            left.listen()
            with self.assertRaises(OSError):
                XmlRpc.Server().listen(unix=self.path)
        self.assertTrue(self.path.exists())
        uri = self.serve(unix=self.path)
        self.assertEqual(XmlRpc.ServerProxy(uri).add(1, 2), 3)

    def test_files_stay(self):
        self.path.write_text('precious')
        with self.assertRaises(OSError):
            XmlRpc.Server().listen(unix=self.path)
        self.assertEqual(self.path.read_text(), 'precious')

    def test_socket_of_another(self):
        """It is not removed at the end."""
        with XmlRpc.Server() as server:
            server.listen(unix=self.path)
            self.path.rename(self.path.with_suffix('.old'))
            with socket.socket(socket.AF_UNIX) as other:
                other.bind(str(self.path))
        self.assertTrue(self.path.exists())


@unittest.skipUnless(HAS_TLS, 'GIO has no TLS here')
class TlsTest(ListeningTestCase):
    def test_certificates(self):
        context = ssl.create_default_context(cafile=TLS / 'ca.pem')
        for tls in (PEM, str(PEM), (PEM, str(PEM)),
                    Gio.TlsCertificate.new_from_file(str(PEM))):
            with self.subTest(tls):
                uri = self.serve('localhost', 0, tls=tls)
                self.assertTrue(uri.startswith('https://localhost:'))
                self.assertEqual(self.ask(uri, context=context), 3)
                with self.assertRaises(OSError):
                    self.ask(uri.replace('https', 'http'))


class AuthTest(ListeningTestCase):
    def ask_as(self, uri, user, password):
        proxy = xmlrpc.client.ServerProxy(
            uri.replace('//', f'//{user}:{password}@'), allow_none=True)
        return proxy.who()

    def assert_refused(self, uri, user, password):
        with self.assertRaisesRegex(xmlrpc.client.ProtocolError, '401'):
            self.ask_as(uri, user, password)

    def test_mapping(self):
        users = {'ada': 'secret', 'bob': 'ü'}
        uri = self.serve(auth=users)
        self.assertEqual(self.ask_as(uri, 'ada', 'secret'),
                         ['ada', '127.0.0.1'])
        self.assertEqual(self.ask_as(uri, 'bob', '%C3%BC')[0], 'bob')
        for user, password in (('ada', 'wrong'), ('ada', ''),
                               ('eve', ''), ('eve', 'secret'), ('', '')):
            with self.subTest(user, password=password):
                self.assert_refused(uri, user, password)
        with self.assertRaisesRegex(xmlrpc.client.ProtocolError, '401'):
            self.ask(uri)
        users['eve'] = 'apple'
        self.assertEqual(self.ask_as(uri, 'eve', 'apple')[0], 'eve')

    def test_function(self):
        asked = []

        def check(user, password):
            asked.append((user, password))
            if user == 'broken':
                raise KeyError(user)
            return password == user[::-1]

        uri = self.serve(auth=check)
        self.assertEqual(self.ask_as(uri, 'abc', 'cba')[0], 'abc')
        self.assert_refused(uri, 'abc', 'abc')
        self.assert_refused(uri, 'broken', 'nekorb')
        self.assertEqual(asked, [('abc', 'cba'), ('abc', 'abc'),
                                 ('broken', 'nekorb')])

    def test_coroutine_function(self):
        async def check(user, password):
            return False

        with self.assertRaisesRegex(TypeError, 'auth: expected'):
            XmlRpc.Server().listen(auth=check)

    def test_threaded(self):
        uri = self.serve(auth={'ada': 'secret'})
        self.server.register_function(who, threaded=True)
        self.assertEqual(self.ask_as(uri, 'ada', 'secret'),
                         ['ada', '127.0.0.1'])

    def test_user_of_a_claim(self):
        """Where nothing is checked nobody has a user."""
        self.assertEqual(self.ask_as(self.serve(), 'ada', 'secret')[0], None)

    def test_what_is_no_text(self):
        uri = self.serve(auth=lambda user, password: True)
        for name in b'\xff:\xff', b'', b'ada', b'a\0b:c':
            connection = http.client.HTTPConnection('127.0.0.1',
                                                    urlsplit(uri).port)
            with self.subTest(name):
                connection.request(
                    'POST', '/RPC2', xmlrpc.client.dumps((), 'who'),
                    {'Content-Type': 'text/xml', 'Authorization':
                     'Basic ' + base64.b64encode(name).decode()})
                response = connection.getresponse()
                response.read()
                self.assertIn(response.status, (200, 401))
            connection.close()
        self.assertEqual(self.ask_as(uri, 'ada', '')[0], 'ada')


class ServingTest(ListeningTestCase):
    def test_nothing_to_serve(self):
        server = XmlRpc.Server()
        with self.assertRaisesRegex(RuntimeError, 'listen'):
            server.serve_forever()
        server.shutdown()

    def test_shutdown_waits(self):
        uri = self.serve()
        self.server.shutdown()
        with self.assertRaises(ConnectionRefusedError):
            self.ask(uri)
        with self.assertRaisesRegex(RuntimeError, 'shut down'):
            self.server.serve_forever()
        self.server.shutdown()

    def test_shutdown_before(self):
        """Whichever thread is first."""
        server = XmlRpc.Server()
        server.listen()
        server.shutdown()
        server.serve_forever()

    def test_shutdown_at_once(self):
        """While the loop of another server runs the main context."""
        self.serve()
        for _ in range(200):
            server = XmlRpc.Server()
            server.listen()
            thread = threading.Thread(target=server.serve_forever, daemon=True)
            thread.start()
            server.shutdown()
            thread.join(20)
            self.assertFalse(thread.is_alive())

    def test_twice(self):
        uri = self.serve()
        self.assertEqual(self.ask(uri), 3)
        with self.assertRaisesRegex(RuntimeError, 'runs already'):
            self.server.serve_forever()

    def test_close(self):
        """At the end of a with block, while another thread serves."""
        with XmlRpc.Server() as server:
            server.register_function(add)
            uri = server.listen()
            thread = threading.Thread(target=server.serve_forever)
            thread.start()
            self.assertEqual(self.ask(uri), 3)
        thread.join()
        with self.assertRaises(ConnectionRefusedError):
            self.ask(uri)

    def test_shutdown_by_a_method(self):
        """It returns, and its client gets the result."""
        for threaded in False, True:
            with self.subTest(threaded):
                uri = self.serve()

                def stop():
                    self.server.shutdown()
                    return 'bye'

                self.server.register_function(stop, threaded=threaded)
                proxy = xmlrpc.client.ServerProxy(uri)
                self.assertEqual(proxy.stop(), 'bye')

    def test_calls_in_progress(self):
        begun, go_on = threading.Event(), threading.Event()

        def wait():
            begun.set()
            return go_on.wait(60)

        uri = self.serve()
        self.server.register_function(wait, threaded=True)
        results = []
        client = threading.Thread(target=lambda: results.append(
            xmlrpc.client.ServerProxy(uri).wait()))
        client.start()
        begun.wait(60)
        ending = threading.Thread(target=self.server.shutdown,
                                  kwargs={'grace': None})
        ending.start()
        while True:
            try:
                self.ask(uri)
            except xmlrpc.client.ProtocolError as error:
                self.assertEqual(error.errcode, 503)
                break
        go_on.set()
        client.join()
        ending.join()
        self.assertEqual(results, [True])

    def test_grace(self):
        go_on = threading.Event()
        self.addCleanup(go_on.set)
        begun = threading.Event()

        def wait():
            begun.set()
            return go_on.wait(60)

        uri = self.serve()
        self.server.register_function(wait, threaded=True)
        errors = []

        def call():
            try:
                xmlrpc.client.ServerProxy(uri).wait()
            except (OSError, http.client.HTTPException) as error:
                errors.append(error)

        client = threading.Thread(target=call)
        client.start()
        begun.wait(60)
        self.server.shutdown(grace=0)
        client.join()
        self.assertEqual(len(errors), 1)
        for grace, error in (('1', TypeError), (-1, ValueError),
                             (float('nan'), ValueError), (True, TypeError)):
            with self.subTest(grace), self.assertRaises(error):
                self.server.shutdown(grace)

    def test_context_of_a_thread(self):
        """listen() was called in a thread with a main context of its own."""
        made = []
        ready = threading.Event()

        def run():
            context = GLib.MainContext.new()
            context.push_thread_default()
            with XmlRpc.Server() as server:
                server.register_function(add)
                made.extend([server, server.listen()])
                ready.set()
                server.serve_forever()
            context.pop_thread_default()

        thread = threading.Thread(target=run)
        thread.start()
        ready.wait(60)
        server, uri = made
        self.assertEqual(self.ask(uri), 3)
        # The main thread can call, as the server is not its own.
        self.assertEqual(XmlRpc.ServerProxy(uri).add(2, 2), 4)
        server.shutdown()
        thread.join()

    def test_two_servers(self):
        """In threads, with one main context; each ends by itself."""
        first = self.serve()
        first_server = self.server
        second = self.serve()
        self.assertEqual((self.ask(first), self.ask(second)), (3, 3))
        first_server.shutdown()
        self.assertEqual(self.ask(second), 3)
        with self.assertRaises(ConnectionRefusedError):
            self.ask(first)

    def test_own_main_loop(self):
        """shutdown() does not wait for a loop that is the program's."""
        server = XmlRpc.Server()
        uri = server.listen()
        server.shutdown()
        context = GLib.MainContext.default()
        while True:
            try:
                socket.create_connection(('127.0.0.1', urlsplit(uri).port),
                                         60).close()
            except ConnectionRefusedError:
                break
            context.iteration(True)


PROGRAM = '''
import signal
import gi
gi.require_version('XmlRpc', '1.0')
from gi.repository import XmlRpc

with XmlRpc.Server() as server:
    signal.signal(signal.SIGTERM, lambda number, frame: server.shutdown())
    print(server.listen(), flush=True)
    try:
        server.serve_forever()
        print('ended')
    except KeyboardInterrupt:
        print('interrupted')
'''


class SignalTest(unittest.TestCase):
    def test_signals(self):
        for number, expected in ((signal.SIGTERM, 'ended\n'),
                                 (signal.SIGINT, 'interrupted\n')):
            with self.subTest(number):
                process = subprocess.Popen([sys.executable, '-c', PROGRAM],
                                           stdout=subprocess.PIPE, text=True)
                uri = process.stdout.readline().strip()
                # It serves by then.
                proxy = xmlrpc.client.ServerProxy(uri)
                self.assertTrue(proxy.system.listMethods())
                process.send_signal(number)
                output, _ = process.communicate(timeout=60)
                self.assertEqual((output, process.returncode), (expected, 0))


if __name__ == '__main__':
    tap.main()
