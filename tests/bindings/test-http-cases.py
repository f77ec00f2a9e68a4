#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What servers in the field send around XML-RPC, what is sent to them, and the errors of the
network, in Python."""

import copy
import errno
import gzip
import os
import pickle
import re
import socket
import ssl
import threading
import unittest
import zlib
from http.client import HTTPConnection
from pathlib import Path
from xmlrpc.client import dumps

import gi

gi.require_version('Soup', '3.0')
gi.require_version('XmlRpc', '1.0')
from gi.repository import Gio, GLib, GObject, Soup, XmlRpc  # noqa: E402

import tap  # noqa: E402
from replay import Replay, show_head  # noqa: E402

DATA = Path(os.environ['G_TEST_SRCDIR']) / 'data'
XML = '<methodResponse><params><param><value>{}</value></param></params></methodResponse>'
KITCHEN = XML.format('Küche')


def create(text, *headers, status='200 OK', encoding='utf-8'):
    """A response, from its body."""
    body = text if isinstance(text, bytes) else text.encode(encoding)
    lines = [f'HTTP/1.1 {status}', 'Connection: close', *headers, '', '']
    return '\r\n'.join(lines).encode() + body


def typed(parameters, text, encoding='utf-8'):
    return create(text, f'Content-Type: text/xml;{parameters}', encoding=encoding)


READ = {
    'charset-none': 'Küche', 'charset-empty': 'Küche', 'charset-misspelt': 'Küche',
    'charset-latin1-and-mark': 'Küche', 'charset-latin1-and-mark-ascii': 1,
    'charset-utf-16le-and-mark': 1, 'charset-latin1-utf-8-declared': 'KÃ¼che',
    'gzip-two-members': 'Küche', 'gzip-capitals': 'Küche',
    typed('charset="utf8mb4"', KITCHEN): 'Küche',
    typed('charset=%CHARSET%', KITCHEN): 'Küche',
    typed('charset=Big5', '\ufeff' + KITCHEN): 'Küche',
    typed('charset=utf-8', '\ufeff' + KITCHEN, 'utf-16-be'): 'Küche',
    create(gzip.compress(KITCHEN[:50].encode()) + gzip.compress(KITCHEN[50:].encode()) + b'\0' * 99,
           'Content-Encoding: X-GZip'): 'Küche',
    create(zlib.compress(KITCHEN.encode()), 'Content-Encoding: DEFLATE'): 'Küche',
}

FAILS = {
    'charset-utf-8-latin1-declared': (XmlRpc.ResponseError, 'not valid in its encoding'),
    'content-length-word': (XmlRpc.TransportError, 'has an invalid Content-Length, "who knows\\?"'),
    create('', 'Content-Length: 5 bytes'): (XmlRpc.TransportError, 'invalid Content-Length, "5 bytes"'),
    create('', 'Transfer-Encoding: none'): (XmlRpc.TransportError, 'invalid Transfer-Encoding, "none"'),
    'not-http': (XmlRpc.TransportError, 'is not HTTP'),
    b'220 mail.example.com ESMTP\r\n': (XmlRpc.TransportError, 'is not HTTP'),
    b'\x15\x03\x01\0\x02\x02\x16': (XmlRpc.TransportError, '127.0.0.1'),
    '401-without-challenge': (XmlRpc.ProtocolError, 'Unauthorized: the server wants a user name and a password>$'),
    '403-with-reason': (XmlRpc.ProtocolError,
                        '^<ProtocolError for 127.0.0.1:[0-9]+/RPC2: 403 Forbidden: '
                        'the server says "Forbidden by a security rule."$'.replace('$', '>$')),
    create('<h1>Forbidden</h1><p>Not\n<b>here</b>.', 'Content-Type: text/html', status='403 Forbidden'):
        (XmlRpc.ProtocolError, 'says "Not here."'),
    create('\x1b[2J\nno', status='500 Oh dear'): (XmlRpc.ProtocolError, r'500 Oh dear: .* says "\\u001b\[2J"'),
    create('x' * 1000, status='500 Oh dear'): (XmlRpc.ProtocolError, ' says "x{199}…"'),
    create('', status='500 Oh dear'): (XmlRpc.ProtocolError, '500 Oh dear>$'),
    create('', 'Location: /login', status='302 Found'):
        (XmlRpc.ProtocolError, '302 Found: redirected to http://127.0.0.1:[0-9]+/login>$'),
    create('', 'Location: https://me:s3cret@example.com/', status='308 Permanent Redirect'):
        (XmlRpc.ProtocolError, 'redirected to https://example.com/>$'),
    'php-warning-before': (XmlRpc.ResponseError, r'says "Warning: Undefined variable \$colour in /srv/blog/plugin.php'),
    typed('', 'Notice: a in b.php\n' + KITCHEN): (XmlRpc.ResponseError, 'says "Notice: a in b.php"'),
    create('<title>Hi</title>', 'Content-Type: text/html'): (XmlRpc.ResponseError, 'text/html, not XML-RPC.*says "Hi"'),
}


def load(case):
    return case if isinstance(case, bytes) else (DATA / 'cases' / f'{case}.http').read_bytes()


class CaseTest(unittest.TestCase):
    def test_all_files_are_here(self):
        files = {path.stem for path in (DATA / 'cases').glob('*.http')}
        self.assertLessEqual(files - {'http-500-fault-code-word'}, READ.keys() | FAILS.keys())

    def test_read(self):
        for case, value in READ.items():
            with self.subTest(case), Replay(load(case)) as server:
                proxy = XmlRpc.ServerProxy(server.uri, timeout=30)
                self.assertEqual([proxy.m(), proxy.m()], [value, value])

    def test_fails(self):
        for case, (kind, pattern) in FAILS.items():
            with self.subTest(case), Replay(load(case)) as server:
                with self.assertRaises(kind) as caught:
                    XmlRpc.ServerProxy(server.uri, timeout=30).m()
                self.assertRegex(str(caught.exception), pattern)
                self.assertNotIn('s3cret', str(caught.exception) + caught.exception.message)

    def test_password_that_was_never_sent(self):
        with Replay(load('401-without-challenge')) as server:
            for on_demand, pattern in ((True, 'has not asked for them as HTTP does, so they were not sent'),
                                       (False, 'does not accept this user name and password')):
                proxy = XmlRpc.ServerProxy(server.uri, user='ada', password='x',
                                           authenticate_on_demand=on_demand)
                with self.subTest(on_demand), self.assertRaisesRegex(XmlRpc.ProtocolError, pattern):
                    proxy.m()

    def test_protocol_error(self):
        with Replay(load('403-with-reason')) as server:
            with self.assertRaises(XmlRpc.ProtocolError) as caught:
                XmlRpc.ServerProxy(server.uri).m()
        for error in (caught.exception, copy.copy(caught.exception),
                      pickle.loads(pickle.dumps(caught.exception))):
            self.assertEqual((error.errcode, error.errmsg), (403, 'Forbidden'))
            self.assertIn('says "Forbidden by a security rule."', error.message)
            self.assertIn('says "Forbidden by a security rule."', str(error))
        self.assertEqual(str(XmlRpc.ProtocolError('a/b', 404, 'Not Found', {})),
                         '<ProtocolError for a/b: 404 Not Found>')

    def test_requests(self):
        server = XmlRpc.Server()
        server.register_function(lambda text: text, 'echo')
        uri = GLib.Uri.parse(server.listen(0), GLib.UriFlags.NONE)
        loop = GLib.MainLoop()
        call = dumps(('Küche',), 'echo')
        bodies = (
            ({'Content-Type': 'text/xml;charset=none'}, call.encode()),
            ({'Content-Type': 'text/xml; charset='}, call.encode()),
            ({'Content-Type': 'text/xml; charset=iso-8559-1'},
             call.replace("'1.0'?", "'1.0' encoding='ISO-8859-1'?").encode('latin-1')),
            ({'Content-Type': 'text/xml; charset=ISO-8859-1'}, b'\xef\xbb\xbf' + call.encode()),
            ({'Content-Type': 'text/xml; charset=UTF-16LE'}, ('\ufeff' + call).encode('utf-16-le')),
            ({'Content-Type': 'text/xml', 'Content-Encoding': 'GZIP'}, gzip.compress(call.encode())),
            ({'Content-Type': 'text/xml', 'Content-Encoding': 'gzip'},
             gzip.compress(call[:40].encode()) + gzip.compress(call[40:].encode())),
        )
        replies = []

        def ask():
            for headers, body in bodies:
                connection = HTTPConnection('127.0.0.1', uri.get_port(), timeout=30)
                connection.request('POST', '/RPC2', body, headers)
                replies.append(connection.getresponse().read().decode())
                connection.close()
            GLib.idle_add(loop.quit)

        thread = threading.Thread(target=ask)
        thread.start()
        loop.run()
        thread.join()
        for (headers, _), reply in zip(bodies, replies, strict=True):
            with self.subTest(headers):
                self.assertIn('>Küche<', reply)


class NetworkErrorTest(unittest.TestCase):
    def fail_with(self, uri, **arguments):
        arguments.setdefault('timeout', 30)
        with self.assertRaises(XmlRpc.TransportError) as caught:
            XmlRpc.ServerProxy(uri, **arguments).m()
        error = caught.exception
        self.assertIs(type(pickle.loads(pickle.dumps(error))), type(error))
        self.assertEqual(str(copy.copy(error)), str(error))
        self.assertIsInstance(error, OSError)
        return error

    def test_refused(self):
        with socket.create_server(('127.0.0.1', 0)) as closed:
            port = closed.getsockname()[1]
        error = self.fail_with(f'http://127.0.0.1:{port}/')
        self.assertIsInstance(error, ConnectionRefusedError)
        self.assertEqual((error.errno, error.domain), (errno.ECONNREFUSED, 'g-io-error-quark'))

    def test_timeout(self):
        with socket.create_server(('127.0.0.1', 0)) as silent:
            error = self.fail_with(f'http://127.0.0.1:{silent.getsockname()[1]}/', timeout=0.05)
        self.assertIsInstance(error, TimeoutError)
        self.assertEqual(error.errno, errno.ETIMEDOUT)

    def test_closed(self):
        with Replay(b'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<methodR') as server:
            error = self.fail_with(server.uri)
        self.assertIsInstance(error, ConnectionError)
        self.assertEqual(error.errno, errno.ECONNRESET)

    def test_no_such_host(self):
        error = self.fail_with('http://host..invalid/')
        self.assertIsInstance(error, socket.gaierror)
        self.assertEqual(error.domain, 'g-resolver-error-quark')
        self.assertIn(error.errno, (socket.EAI_NONAME, socket.EAI_AGAIN, socket.EAI_FAIL))

    def test_no_such_socket(self):
        error = self.fail_with('http+unix:///nowhere/at/all.sock:/RPC2')
        self.assertIsInstance(error, FileNotFoundError)
        self.assertEqual(error.errno, errno.ENOENT)

    def test_uri(self):
        error = self.fail_with('ftp://127.0.0.1/')
        self.assertEqual((error.domain, error.errno), ('g-uri-quark', None))

    def test_session_error(self):
        with Replay(load('not-http')) as server:
            error = self.fail_with(server.uri)
        self.assertEqual((error.domain, error.errno), ('soup-session-error-quark', None))
        self.assertTrue(error.matches(Soup.session_error_quark(), Soup.SessionError.PARSING))

    def test_any_other_domain(self):
        """Such as that of libsoup's names of domains, wherever it may come from."""
        with self.assertRaises(GLib.Error) as caught:
            Soup.tld_get_base_domain('com')
        proxy = XmlRpc.ServerProxy('http://127.0.0.1/')
        error = proxy._translate(caught.exception)
        self.assertIs(type(error), XmlRpc.TransportError)
        self.assertEqual(error.domain, 'soup-tld-error-quark')

    def test_port_in_use(self):
        with socket.create_server(('127.0.0.1', 0)) as taken:
            with self.assertRaises(OSError) as caught:
                XmlRpc.Server().listen(taken.getsockname()[1])
        self.assertIsInstance(caught.exception, XmlRpc.TransportError)
        self.assertEqual(caught.exception.errno, errno.EADDRINUSE)

    def test_cancelled(self):
        cancellable = Gio.Cancellable()
        cancellable.cancel()
        loop = GLib.MainLoop()
        results = []

        def done(proxy, result):
            results.append(result)
            loop.quit()

        proxy = XmlRpc.ServerProxy('http://127.0.0.1:1/')
        proxy.m.call_async(cancellable=cancellable, callback=done)
        loop.run()
        with self.assertRaises(XmlRpc.TransportError) as caught:
            proxy.m.call_finish(results[0])
        self.assertEqual(caught.exception.errno, errno.ECANCELED)


class TlsTest(unittest.TestCase):
    """Why a certificate is not accepted."""

    def serve(self, name):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(DATA / 'tls' / name)
        listener = socket.create_server(('127.0.0.1', 0))
        self.addCleanup(listener.close)

        def run():
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                try:
                    context.wrap_socket(connection, server_side=True).close()
                except OSError:
                    connection.close()

        threading.Thread(target=run, daemon=True).start()
        return listener.getsockname()[1]

    def test_reasons(self):
        trusting = Soup.Session(tls_database=Gio.TlsFileDatabase.new(str(DATA / 'tls' / 'ca.pem')))
        for name, session, host, reason in (
                ('self-signed.pem', None, 'localhost', 'it is self-signed'),
                ('server.pem', None, 'localhost', 'its authority is unknown'),
                ('expired.pem', trusting, 'localhost', 'it has expired'),
                ('server.pem', trusting, 'other.localhost', 'it is not for other.localhost')):
            with self.subTest(reason), self.assertRaises(XmlRpc.TransportError) as caught:
                XmlRpc.ServerProxy(f'https://{host}:{self.serve(name)}/', session=session, timeout=30).m()
            error = caught.exception
            self.assertEqual(error.message, f'the certificate of {host} is not accepted: {reason}')
            self.assertIsInstance(error, ssl.SSLCertVerificationError)
            self.assertEqual(error.domain, 'g-tls-error-quark')


class SentTest(unittest.TestCase):
    """What is asked for."""

    def get_head(self, uri, *args, **arguments):
        proxy = XmlRpc.ServerProxy(uri, *args, timeout=30, **arguments)
        return proxy.m().split('\n')

    def test_path_and_query(self):
        with Replay(show_head) as server:
            start = server.uri.removesuffix('/RPC2')
            for rest, asked in (('', '/RPC2'), ('/', '/'), ('/a/b', '/a/b'), ('/a%2Fb%20c', '/a%2Fb%20c'),
                                ('?x=1&y=%26', '/RPC2?x=1&y=%26'), ('/a?', '/a?'), ('/a?b?c=/', '/a?b?c=/'),
                                ('/a#part', '/a'), ('/?q#part', '/?q'), ('#part', '/RPC2'),
                                ('/ä?ü', '/%C3%A4?%C3%BC'), ('/a/../b', '/b')):
                with self.subTest(rest):
                    self.assertEqual(self.get_head(start + rest)[0], f'POST {asked} HTTP/1.1')

    def test_host(self):
        with Replay(show_head) as server:
            address = Gio.InetSocketAddress.new_from_string('127.0.0.1', server.port)
            for host, sent in (('bücher.example', 'xn--bcher-kva.example'),
                               ('B%C3%BCcher.example', 'xn--bcher-kva.example'),
                               ('例え.テスト', 'xn--r8jz45g.xn--zckzah'),
                               ('[fe80::1%25eth0]', '[fe80::1]'), ('[::1]', '[::1]'),
                               ('example.com:80', 'example.com'), ('example.com:81', 'example.com:81')):
                with self.subTest(host):
                    session = Soup.Session(remote_connectable=address)
                    self.assertIn(f'Host: {sent}', self.get_head(f'http://{host}/', session=session))

    def test_ipv6(self):
        try:
            server = Replay(show_head, '::1')
        except OSError as error:
            self.skipTest(str(error))
        with server:
            for host in ('[::1]', '[::1%251]', '[0:0:0:0:0:0:0:1]'):
                with self.subTest(host):
                    head = self.get_head(f'http://{host}:{server.port}/')
                    self.assertIn(f'Host: {host.replace("%251", "")}:{server.port}', head)

    def test_repr(self):
        """The URI as the library reads it, and never a password."""
        for uri, shown in (('http://example.com', 'example.com'),
                           ('https://example.com:8443/a/b?c', 'example.com:8443/a/b'),
                           ('http://me:s3cret@example.com/RPC2', 'example.com/RPC2'),
                           ('http://me:s3%5Bc%5Dret@example.com/', 'example.com/'),
                           ('http://[::1]:8080/RPC2', '[::1]:8080/RPC2'),
                           ('http://[fe80::1%25eth0]/RPC2', '[fe80::1%25eth0]/RPC2'),
                           ('http://bücher.example/ä', 'xn--bcher-kva.example/%C3%A4'),
                           ('http+unix:///run/server.sock:/RPC2', '/run/server.sock:/RPC2'),
                           ('http+unix://%2Frun%2Fa%40b.sock/RPC2', '/run/a@b.sock:/RPC2')):
            with self.subTest(uri):
                self.assertEqual(repr(XmlRpc.ServerProxy(uri)), f'<ServerProxy for {shown}>')
        for uri in ('http://me:s3[cret@example.com/', 'http://[', '', 'http://a b/', None):
            with self.subTest(uri):
                proxy = GObject.new(XmlRpc.ServerProxy, uri=uri)
                self.assertNotIn('s3', repr(proxy))

    def test_headers(self):
        with Replay(show_head) as server:
            head = self.get_head(server.uri, headers=[('X-A', '1'), ('X-B', ''), ('X-A', '2')])
            self.assertEqual([line for line in head if line.startswith('X-')], ['X-A: 1', 'X-B: ', 'X-A: 2'])
            head = self.get_head(server.uri, headers=(pair for pair in [('X-A', 'ü'), ('X-A', 'b')]))
            self.assertEqual(len([line for line in head if line.startswith('X-A')]), 2)

    def test_headers_that_cannot_be_sent(self):
        for name, value in (('X-A', b'bytes'), (b'X-A', 'a'), ('X-A', None), (None, 'a'), ('X-A', 1),
                            ('X-A', 'a\r\nX-B: b'), ('X-A', 'a\nb'), ('X-A', 'a\rb'), ('X-A', 'a\0b'),
                            ('X A', 'a'), ('X-A ', 'a'), ('', 'a'), ('X-A:', 'a'), ('X-Ä', 'a'), ('X\0', 'a'),
                            ('Content-Length', '5'), ('content-length', '5'), ('Host', 'a'),
                            ('Transfer-Encoding', 'chunked'), ('Connection', 'close')):
            for headers in ({name: value}, [(name, value)]):
                with self.subTest(headers), self.assertRaises((TypeError, ValueError)):
                    XmlRpc.ServerProxy('http://127.0.0.1/', headers=headers)
            proxy = XmlRpc.ServerProxy('http://127.0.0.1/')
            with self.subTest(f'add {name!r}: {value!r}'), self.assertRaises((TypeError, ValueError, GLib.Error)):
                proxy.add_header(name, value)
            self.assertIsNone(proxy.props.headers)
        for headers in ('X-A: 1', [('X-A',)], ['X-A'], 5):
            with self.subTest(headers), self.assertRaises(TypeError):
                XmlRpc.ServerProxy('http://127.0.0.1/', headers=headers)

    def test_cookie(self):
        with Replay(show_head) as server:
            proxy = XmlRpc.ServerProxy(server.uri, timeout=30)
            self.assertNotIn('Cookie:', proxy.login())
            self.assertNotIn('Cookie:', proxy.m())
            proxy.get_session().add_feature(Soup.CookieJar())
            self.assertNotIn('Cookie:', proxy.login())
            for _ in range(3):
                self.assertEqual(re.findall('\nCookie: (.*)', proxy.m()), ['session=s3cret'])


if __name__ == '__main__':
    tap.main()
