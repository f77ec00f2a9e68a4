#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""rTorrent, which speaks SCGI: at its port, at its Unix socket, and behind nginx with
a password.

rtorrent.py GXMLRPC
"""

import hashlib
import shutil
import sys
import unittest

from bencode import encode
from real import RealTest, XmlRpc, find_free_port, main, wait_until

# Above 2 GiB, and above 32 bits in all.
LENGTH = 5 << 30
PIECE = 1 << 24
INFO = {b'name': b'sample & more.bin', b'length': LENGTH, b'piece length': PIECE,
        b'pieces': bytes(20 * (LENGTH // PIECE))}
# Without a tracker it would need DHT, which is off.
TORRENT = {b'announce': b'http://127.0.0.1:1/announce', b'info': INFO}

CONFIGURATION = '''
method.insert = cfg.basedir, private|const|string, (cat, "{folder}/")
session.path.set = {folder}/session
directory.default.set = {folder}/downloads
network.bind_address.set = 127.0.0.1
network.port_range.set = {bt_port}-{bt_port}
dht.mode.set = disable
protocol.pex.set = no
trackers.use_udp.set = no
system.daemon.set = true
network.xmlrpc.size_limit.set = 4M
{listen}
'''

NGINX = '''
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log stderr;
events {{ }}
http {{
  access_log off;
  client_body_temp_path {folder}/nginx-body;
  proxy_temp_path {folder}/nginx-proxy;
  fastcgi_temp_path {folder}/nginx-fastcgi;
  uwsgi_temp_path {folder}/nginx-uwsgi;
  scgi_temp_path {folder}/nginx-scgi;
  server {{
    listen 127.0.0.1:{port};
    location /RPC2 {{
      auth_basic rTorrent;
      auth_basic_user_file {folder}/users;
      include /etc/nginx/scgi_params;
      scgi_pass 127.0.0.1:{scgi_port};
    }}
  }}
}}
'''


class RTorrentTest(RealTest):
    program = 'rTorrent'
    package = 'rtorrent'
    needs = ['rtorrent']

    @classmethod
    def start_rtorrent(cls, name, listen):
        folder = cls.make_folder(name)
        for part in 'session', 'downloads':
            cls.make_folder(f'{name}/{part}')
        file = cls.write(f'{name}/rtorrent.rc', CONFIGURATION.format(
            folder=folder, listen=listen, bt_port=find_free_port()))
        return cls.run_program('rtorrent', '-n', '-o', f'import={file}', TERM='xterm')

    @classmethod
    def start(cls):
        cls.port = find_free_port()
        cls.start_rtorrent('port', f'network.scgi.open_port = 127.0.0.1:{cls.port}').wait_for_port(cls.port)
        cls.uri = f'scgi://127.0.0.1:{cls.port}'
        cls.server = XmlRpc.ServerProxy(cls.uri)

    def test_version(self):
        """version and methods"""
        self.assertEqual(self.server.system.client_version(), self.find_version())
        self.assertIn('d.multicall2', self.server.system.listMethods())

    def test_torrent(self):
        """add a torrent of 5 GiB as base64, list, name and remove it"""
        name = hashlib.sha1(encode(INFO)).hexdigest().upper()
        self.assertEqual(self.server.load.raw('', encode(TORRENT)), 0)

        def list_torrents():
            return self.server.d.multicall2('', 'main', 'd.hash=', 'd.name=', 'd.size_bytes=', 'd.is_active=')

        self.assertEqual(wait_until(list_torrents, 'the torrent'), [[name, 'sample & more.bin', LENGTH, 0]])
        self.server.d.custom1.set(name, 'zo\u00eb <3')
        self.assertEqual(self.server.d.custom1(name), 'zo\u00eb <3')
        self.assertEqual(self.server.d.erase(name), 0)
        self.assertEqual(list_torrents(), [])

    def test_multicall(self):
        """multicall with a fault in it"""
        calls = XmlRpc.MultiCall(self.server)
        calls.system.pid()
        calls.d.name('0' * 40)
        calls.network.scgi.dont_route()
        results = calls()
        self.assertGreater(results[0], 1)
        with self.assertRaisesRegex(XmlRpc.Fault, 'Could not find info-hash') as caught:
            results[1]
        self.assertEqual(caught.exception.faultCode, -501)

    def test_socket(self):
        """call by Unix socket, also with gxmlrpc"""
        socket = self.folder / 'socket' / 'rpc.socket'
        program = self.start_rtorrent('socket', f'network.scgi.open_local = {socket}')
        program.wait_until(socket.exists)
        uri = f'scgi+unix://{socket}'
        self.assertEqual(XmlRpc.ServerProxy(uri).system.client_version(), self.find_version())
        self.assertEqual(self.call_with(sys.argv[1], 'call', uri, 'system.client_version'),
                         f"'{self.find_version()}'\n")

    @unittest.skipUnless(shutil.which('nginx'), 'nginx cannot be had here')
    def test_nginx(self):
        """call behind nginx with a password, and with a wrong one"""
        port = find_free_port()
        self.write('users', 'ada:{PLAIN}s3cret\n')
        file = self.write('nginx.conf', NGINX.format(folder=self.folder, port=port, scgi_port=self.port))
        self.run_program('nginx', '-c', file, '-e', 'stderr').wait_for_port(port)
        uri = f'http://127.0.0.1:{port}/RPC2'
        server = XmlRpc.ServerProxy(uri, user='ada', password='s3cret')
        self.assertEqual(server.system.client_version(), self.find_version())
        with self.assertRaises(XmlRpc.ProtocolError) as caught:
            XmlRpc.ServerProxy(uri, user='ada', password='other').system.client_version()
        self.assertEqual(caught.exception.errcode, 401)

    def test_page(self):
        """run the program of the page on services"""
        torrent = {**TORRENT, b'info': {**INFO, b'name': b'zoo.jpg'}}
        (self.folder / 'zoo.torrent').write_bytes(encode(torrent))
        self.run_program_of_page('rtorrent.py', {'scgi://127.0.0.1:8082': self.uri})


if __name__ == '__main__':
    main()
