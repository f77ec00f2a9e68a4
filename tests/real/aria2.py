#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""aria2, a download manager: from Python, and the same job from other languages.

aria2.py GXMLRPC [PROGRAM...]: each a command in one argument.
"""

import functools
import hashlib
import http.server
import shlex
import sys
import threading

from bencode import encode
from real import RealTest, XmlRpc, find_free_port, main, wait_until

SECRET = 's3cret & <more>'
TOKEN = f'token:{SECRET}'
CONTENT = bytes(range(256)) * 400


class Handler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args):
        """Not in the output of the tests."""


INFO = {b'name': b'sample.bin', b'length': len(CONTENT), b'piece length': 1 << 17,
        b'pieces': hashlib.sha1(CONTENT).digest()}


class Aria2Test(RealTest):
    program = package = 'aria2'
    needs = ['aria2c']

    @classmethod
    def start(cls):
        port = find_free_port()
        files = cls.make_folder('files')
        (files / 'sample.bin').write_bytes(CONTENT)
        cls.torrent = cls.folder / 'sample.torrent'
        cls.torrent.write_bytes(encode({b'info': INFO}))
        program = cls.run_program(
            'aria2c', '--no-conf', '--enable-rpc', f'--rpc-listen-port={port}', f'--rpc-secret={SECRET}',
            f'--dir={cls.make_folder("downloads")}', '--enable-dht=false', '--bt-enable-lpd=false',
            '--interface=127.0.0.1', f'--listen-port={find_free_port()}', '--quiet')
        program.wait_for_port(port)
        cls.uri = f'http://127.0.0.1:{port}/rpc'
        cls.aria2 = XmlRpc.ServerProxy(cls.uri).aria2

        server = http.server.ThreadingHTTPServer(
            ('127.0.0.1', 0), functools.partial(Handler, directory=files))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        cls.addClassCleanup(server.server_close)
        cls.addClassCleanup(server.shutdown)
        cls.url = f'http://127.0.0.1:{server.server_port}/sample.bin'

    def test_download(self):
        """add a file, ask for its status until it is complete"""
        gid = self.aria2.addUri(TOKEN, [self.url], {'out': 'r\u00e9sum\u00e9 & more.bin', 'split': '2'})
        status = wait_until(
            lambda: (found := self.aria2.tellStatus(TOKEN, gid))['status'] == 'complete' and found,
            'the download')
        self.assertEqual(status['totalLength'], str(len(CONTENT)))
        file, = self.aria2.getFiles(TOKEN, gid)
        self.assertEqual(file['path'], str(self.folder / 'downloads' / 'r\u00e9sum\u00e9 & more.bin'))
        with open(file['path'], 'rb') as downloaded:
            self.assertEqual(downloaded.read(), CONTENT)
        self.assertEqual(self.aria2.removeDownloadResult(TOKEN, gid), 'OK')

    def test_multicall(self):
        """multicall with a fault in it"""
        calls = XmlRpc.MultiCall(XmlRpc.ServerProxy(self.uri))
        calls.aria2.getVersion(TOKEN)
        calls.aria2.tellStatus(TOKEN, '0123456789abcdef')
        calls.aria2.tellActive(TOKEN, ['gid', 'status'])
        results = calls()
        self.assertEqual(results[0]['version'], self.find_version())
        with self.assertRaisesRegex(XmlRpc.Fault, '0123456789abcdef'):
            results[1]
        self.assertEqual(results[2], [])

    def test_torrent(self):
        """add a torrent as base64, change its options, remove it"""
        gid = self.aria2.addTorrent(TOKEN, self.torrent.read_bytes(), [], {'pause': 'true'})
        self.assertEqual(self.aria2.tellStatus(TOKEN, gid, ['bittorrent'])['bittorrent']['info']['name'],
                         'sample.bin')
        self.assertEqual(self.aria2.changeOption(TOKEN, gid, {'max-download-limit': '1K'}), 'OK')
        self.assertEqual(self.aria2.getOption(TOKEN, gid)['max-download-limit'], '1024')
        self.assertEqual(self.aria2.remove(TOKEN, gid), gid)

    def test_secret(self):
        """refuse a wrong secret"""
        for token in [], ['token:other']:
            with self.assertRaisesRegex(XmlRpc.Fault, 'Unauthorized') as caught:
                self.aria2.getVersion(*token)
            self.assertEqual(caught.exception.faultCode, 1)

    def test_methods(self):
        """list the methods"""
        self.assertIn('aria2.addUri', XmlRpc.ServerProxy(self.uri).system.listMethods())

    def test_gxmlrpc(self):
        """torrent and status with gxmlrpc"""
        call = functools.partial(self.call_with, sys.argv[1], 'call')
        gid = call('--raw', self.uri, 'aria2.addTorrent', TOKEN, f'@{self.torrent}', '@av []',
                   "{'pause': <'true'>}").strip()
        self.assertEqual(call('--json', self.uri, 'aria2.tellStatus', TOKEN, gid, "['status']"),
                         '{"status":"paused"}\n')
        call(self.uri, 'aria2.remove', TOKEN, gid)

    def test_languages(self):
        """torrent, status and a wrong secret from C, JavaScript and Vala"""
        expected = f'{self.find_version()} sample.bin {hashlib.sha1(encode(INFO)).hexdigest()}\nUnauthorized\n'
        for command in sys.argv[2:]:
            output = self.call_with(*shlex.split(command), self.uri, SECRET, self.torrent)
            self.assertEqual(output, expected, command)

    def test_page(self):
        """run the programs of the page on services"""
        for name in 'aria2.py', 'aria2.c':
            self.run_program_of_page(name, {
                'http://127.0.0.1:8084/rpc': self.uri, 'token:s3cret': TOKEN,
                'https://example.com/zoo.jpg': self.url})


if __name__ == '__main__':
    main()
