#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""How gxmlrpc connects: users and passwords, cookies, certificates."""

import base64
import os
import socket
import ssl
import stat
import tempfile
import threading
import time
import unittest
from pathlib import Path

import gxmlrpc
import scripted
import tap
from gxmlrpc import HTTP, NETWORK, TESTS, USAGE

TLS = TESTS / 'data' / 'tls'


class TestCase(gxmlrpc.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.directory = Path(directory.name)

    def serve(self, answer, **options):
        server = scripted.ScriptedServer(answer, **options)
        self.addCleanup(server.__exit__)
        self.url = server.url
        return server

    def write(self, name, text):
        file = self.directory / name
        file.write_text(text)
        return str(file)


class TestCredentials(TestCase):
    def test_sent_at_once(self):
        """In one request, and not in what is asked for."""
        server = self.serve(scripted.protect('m e', 's3cret', scripted.respond(5)))
        file = self.write('password', 's3cret\nmore\n')
        url = self.url.replace('//', '//m%20e@')
        for arguments in (['-u', 'm e', self.url], [url]):
            self.assertEqual(self.run_tool('call', '--password-file', file, *arguments, 'method'), '5\n')
        self.assertEqual(len(server.requests), 2)

    def test_refused_once(self):
        """Servers lock accounts: a wrong password is sent once, and said to be refused."""
        server = self.serve(scripted.protect('me', 's3cret', scripted.respond(5)))
        file = self.write('password', 'wrong')
        errors = self.call('-u', 'me', '--password-file', file, 'method', status=HTTP)
        self.assertIn('does not accept this user name and password', errors)
        self.assertNotIn('Use --user', errors)
        self.assertEqual(len(server.requests), 1)

    def test_not_sent(self):
        """What was not sent was not refused."""
        self.serve(scripted.protect('me', 's3cret', scripted.respond(5)))
        for options in ([], ['-H', 'Authorization: Bearer x']):
            self.assertNotIn('password', self.call(*options, 'method', status=HTTP).split('\n')[0]
                             .replace('wants a user name and a password', ''))

    def test_password_from_input(self):
        """Only its line is read: the value may follow."""
        self.serve(scripted.protect('me', 's3cret', scripted.dispatch(echo=lambda value: value)))
        for stdin in ('s3cret\n[1, 2]\n', 's3cret\r\n[1, 2]'):
            self.assertEqual(self.call('-u', 'me', '--password-file', '-', 'echo', '-', stdin=stdin), '[<1>, <2>]\n')
        self.assertEqual(self.call('-u', 'me', '--password-file', '-', 'echo', '5', stdin='s3cret'), '5\n')
        self.assertIn('standard input is empty',
                      self.call('-u', 'me', '--password-file', '-', 'echo', '5', stdin='', status=USAGE))

    def test_netrc(self):
        self.serve(scripted.protect('me', 's3 "cret', scripted.respond(5)))
        for text in ('machine 127.0.0.1 login me password "s3 \\"cret"',
                     '# a comment with machine in it\nmachine example.org login me password x\n'
                     'machine 127.0.0.1\n\tpassword "s3 \\"cret"\n\tlogin me\n',
                     'macdef init\nmachine 127.0.0.1 login x password y\n\n'
                     'default login me password "s3 \\"cret"\n'):
            file = self.write('.netrc', text)
            for environment in ({'NETRC': file}, {'HOME': str(self.directory)}):
                with self.subTest(text):
                    environment = {**{k: v for k, v in os.environ.items() if k != 'NETRC'}, **environment}
                    self.assertEqual(self.call('--netrc', 'method', env=environment), '5\n')
                    self.assertEqual(self.call('-n', '-u', 'me', 'method', env=environment), '5\n')

    def test_netrc_of_others(self):
        """No entry: no user. With a user who is not there, a password is asked for."""
        server = self.serve(scripted.respond(5))
        environment = {**os.environ, 'NETRC': self.write('netrc', 'machine example.org login me password x\n'
                                                         'machine 127.0.0.1 login you password y')}
        self.assertEqual(self.call('--netrc', 'method', env=environment), '5\n')
        self.assertEqual(server.requests[-1][0]['Authorization'], 'Basic ' + base64.b64encode(b'you:y').decode())
        self.assertIn('password of me is missing', self.call('--netrc', '-u', 'me', '--no-prompt', 'method',
                                                             env=environment, status=USAGE))
        environment['NETRC'] = self.write('netrc', 'machine example.org login me password x')
        self.assertEqual(self.call('--netrc', 'method', env=environment), '5\n')
        self.assertIsNone(server.requests[-1][0]['Authorization'])

    def test_netrc_unreadable(self):
        self.serve(scripted.respond(5))
        environment = {**os.environ, 'NETRC': '/does/not/exist'}
        self.assertIn('--netrc: ', self.call('--netrc', 'method', env=environment, status=USAGE))
        self.assertIn('either', self.call('--netrc', '-u', 'a', '--password-file', '/dev/null', 'method', status=USAGE))


class TestHeaders(TestCase):
    def test_refused(self):
        server = self.serve(scripted.respond(5))
        for header in ('Host: example.org', 'Content-Length: 5', 'a b: c', ': x', 'a: b\r\nc: d'):
            self.assertIn('--header: ', self.call('-H', header, 'method', status=USAGE))
        self.assertEqual(server.requests, [])


class TestCookies(TestCase):
    def answer(self, handler, body):
        headers = [('Set-Cookie', 'session=s3cret; HttpOnly'), ('Set-Cookie', 'kept=long; Max-Age=1000')]
        body = scripted.xmlrpc.client.dumps((handler.headers['Cookie'] or '',), methodresponse=True)
        handler.send(body, headers=headers)

    def test_jar(self):
        self.serve(self.answer)
        file = self.directory / 'jar'
        self.assertEqual(self.call('--cookie-jar', file, 'method'), "''\n")
        self.assertEqual(stat.S_IMODE(file.stat().st_mode), 0o600)
        for option in ('--cookie-jar', '-b'):
            cookies = self.call('--json', option, file, 'method').strip().strip('"')
            self.assertEqual(sorted(cookies.split('; ')), ['kept=long', 'session=s3cret'])
        self.assertEqual(self.call('method'), "''\n")

    def test_file_of_others(self):
        """As curl writes it; what has expired is not sent."""
        self.serve(self.answer)
        file = self.write('jar', '# Netscape HTTP Cookie File\n\n'
                          '#HttpOnly_127.0.0.1\tFALSE\t/\tFALSE\t0\ta\tb\n'
                          f'127.0.0.1\tFALSE\t/\tFALSE\t{int(time.time()) + 100}\tc\td\n'
                          f'127.0.0.1\tFALSE\t/\tFALSE\t{int(time.time()) - 100}\te\tf\n'
                          '127.0.0.1\tFALSE\t/\tTRUE\t0\tg\th\nexample.org\tFALSE\t/\tFALSE\t0\ti\tj\nnonsense\n')
        cookies = self.call('--json', '-b', file, 'method').strip().strip('"')
        self.assertEqual(sorted(cookies.split('; ')), ['a=b', 'c=d'])

    def test_unreadable(self):
        self.serve(self.answer)
        self.assertIn('--cookie-jar: ', self.call('--cookie-jar', self.directory, 'method', status=USAGE))


class TestTls(TestCase):
    def test_authorities(self):
        self.serve(scripted.respond(5), certificate=TLS / 'server.pem')
        self.assertEqual(self.call('--cacert', TLS / 'ca.pem', 'method'), '5\n')
        errors = self.call('method', status=NETWORK)
        self.assertIn('--cacert', errors)
        self.call('--cacert', TLS / 'self-signed.pem', 'method', status=NETWORK)

    def test_certificate_of_client(self):
        server = self.serve(scripted.respond(5), certificate=TLS / 'server.pem')
        context = server.socket.context
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(TLS / 'client.pem')
        text = (TLS / 'client.pem').read_text()
        parts = {part.split('-----')[1].split(' ', 1)[1]: part + '\n' for part in
                 ('-----BEGIN' + rest for rest in text.split('-----BEGIN')[1:])}
        key, = (part for name, part in parts.items() if 'KEY' in name)
        certificate = self.write('certificate.pem', parts['CERTIFICATE'])
        options = ['--cacert', TLS / 'ca.pem']
        self.assertEqual(self.call(*options, '--cert', TLS / 'client.pem', 'method'), '5\n')
        self.assertEqual(self.call(*options, '--cert', certificate, '--key', self.write('key.pem', key), 'method'),
                         '5\n')
        self.call(*options, 'method', status=NETWORK)
        self.assertIn('use --key', self.call('--cert', certificate, 'method', status=USAGE))

    def test_unreadable(self):
        self.serve(scripted.respond(5))
        empty = self.write('empty', '')
        for options, text in ((['--cacert', '/does/not/exist'], '--cacert: '), (['--cacert', empty], '--cacert: '),
                              (['--cert', '/does/not/exist'], '--cert: '), (['--cert', empty], '--cert: '),
                              (['--key', empty], '--key needs --cert')):
            self.assertIn(text, self.call(*options, 'method', status=USAGE))


    def test_hints(self):
        """The reason, and only what helps."""
        self.serve(scripted.respond(5), certificate=TLS / 'expired.pem')
        errors = self.call('--cacert', TLS / 'ca.pem', 'method', status=NETWORK)
        self.assertIn('it has expired\n--insecure accepts any certificate.\n', errors)
        self.serve(scripted.respond(5), certificate=TLS / 'self-signed.pem')
        self.assertIn('it is self-signed\n--cacert FILE', self.call('method', status=NETWORK))


class TestHttpError(TestCase):
    def test_first_line(self):
        """What the server says is a part of the message, on one line."""
        self.serve(lambda handler, _: handler.send('Blocked by rule 5\u202e\nforged', 403, 'text/plain'))
        errors = self.call('method', status=HTTP)
        self.assertIn('Blocked by rule 5\\u202e', errors)
        self.assertNotIn('\nforged', errors)


class TestScgi(TestCase):
    def answer(self, listener):
        """One call, as a server of SCGI answers it."""
        connection = listener.accept()[0]
        with connection, connection.makefile('rb') as stream:
            length = b''
            while not length.endswith(b':'):
                length += stream.read(1)
            head = stream.read(int(length[:-1]) + 1)[:-1].split(b'\0')
            self.variables = dict(zip(head[::2], head[1::2]))
            stream.read(int(self.variables[b'CONTENT_LENGTH']))
            body = scripted.xmlrpc.client.dumps((5,), methodresponse=True).encode()
            connection.sendall(b'Status: 200 OK\r\nContent-Type: text/xml\r\nContent-Length: %d\r\n\r\n'
                               % len(body) + body)

    def test_call(self):
        """Options that have no meaning there do no harm."""
        with socket.create_server(('127.0.0.1', 0)) as listener:
            self.url = f'scgi://127.0.0.1:{listener.getsockname()[1]}'
            for options in ([], ['-H', 'X-A: b'], ['-v', '-b', self.directory / 'jar', '--cacert', TLS / 'ca.pem']):
                thread = threading.Thread(target=self.answer, args=[listener])
                thread.start()
                self.assertEqual(self.call(*options, 'method'), '5\n')
                thread.join()
                self.assertEqual(self.variables.get(b'HTTP_X_A'), b'b' if '-H' in options else None)

    def test_unix_socket(self):
        errors = self.run_tool('list', '--unix-socket', '/run/a.sock', 'scgi://localhost:5000', status=USAGE)
        self.assertIn('did you mean scgi+unix:///run/a.sock?', errors)
        self.run_tool('list', '--unix-socket', '/a', 'scgi+unix:///b', status=USAGE)


class TestAddress(TestCase):
    def test_hints(self):
        for url, meant in (('unix:///run/a.sock', 'http+unix:///run/a.sock:/RPC2'),
                           ('unix:/run/a.sock', 'http+unix:///run/a.sock:/RPC2'),
                           ('UNIX:///run/a.sock:/path', 'http+unix:///run/a.sock:/path')):
            self.assertIn(f'did you mean {meant}?', self.run_tool('list', url, status=USAGE))


if __name__ == '__main__':
    tap.main()
