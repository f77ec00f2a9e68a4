# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Calls to a server that speaks SCGI, from Python."""

import socketserver
import tempfile
import threading
import unittest
import xmlrpc.client
from pathlib import Path

import gi
gi.require_version('XmlRpc', '1.0')
from gi.repository import XmlRpc

import tap


class Handler(socketserver.StreamRequestHandler):
    """Returns the name of the method, its parameters and a variable."""

    def handle(self):
        length = int(self.read_upto(b':'))
        items = self.rfile.read(length + 1)[:-2].split(b'\0')
        variables = dict(zip(items[::2], items[1::2]))
        body = self.rfile.read(int(variables[b'CONTENT_LENGTH']))
        params, method = xmlrpc.client.loads(body)
        result = method, list(params), variables.get(b'HTTP_X_TOKEN', b'').decode()
        if method == 'forbidden':
            self.wfile.write(b'Status: 403 Forbidden\r\n\r\nNot you.')
            return
        self.wfile.write(b'Status: 200 OK\r\nContent-Type: text/xml\r\n\r\n'
                         + xmlrpc.client.dumps((result,), methodresponse=True).encode())

    def read_upto(self, end):
        text = b''
        while not text.endswith(end):
            text += self.rfile.read(1)
        return text[:-len(end)]


class TestScgi(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.path = Path(directory.name) / 'server.sock'
        self.uris = [f'scgi://127.0.0.1:{self.serve(socketserver.ThreadingTCPServer, ("127.0.0.1", 0))[1]}',
                     f'scgi+unix://{self.serve(socketserver.ThreadingUnixStreamServer, str(self.path))}']

    def serve(self, server_class, address):
        server = server_class(address, Handler)
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        threading.Thread(target=server.serve_forever).start()
        return server.server_address

    def test_calls(self):
        for uri in self.uris:
            server = XmlRpc.ServerProxy(uri, headers={'X-Token': 'secret'})
            self.assertEqual(server.d.multicall2('', 'main', 5),
                             ['d.multicall2', ['', 'main', 5], 'secret'])

    def test_errors(self):
        for uri in self.uris:
            with self.assertRaises(XmlRpc.ProtocolError) as caught:
                XmlRpc.ServerProxy(uri).forbidden()
            self.assertEqual(caught.exception.errcode, 403)
            self.assertIn('Not you.', str(caught.exception))

    def test_settings(self):
        for uri, text in (('scgi://localhost', 'expected the port'),
                          ('scgi+unix://', 'expected the absolute path of a socket')):
            with self.assertRaisesRegex(Exception, text):
                XmlRpc.ServerProxy(uri)
        with self.assertRaisesRegex(Exception, 'SCGI has no authentication'):
            XmlRpc.ServerProxy(self.uris[0], user='ada', password='lovelace')


if __name__ == '__main__':
    tap.main()
