#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""A server to practise with. The guides for clients call it.

    practice-server.py [--user NAME:PASSWORD] [--tls FILE [--clients FILE]]
                       [--unix PATH] [--scgi] [PORT]

It listens on the loopback interface, at a free port unless told one, or at a Unix
socket. It prints its URI, or the path of the socket, and serves until it is ended.
"""

import argparse
from datetime import datetime

import gi
gi.require_version('Soup', '3.0')
gi.require_version('XmlRpc', '1.0')
from gi.repository import Gio, GLib, Soup, XmlRpc

COOKIE = 'session=4711'
NOTES = ['Buy milk', 'Call Ada']

server = XmlRpc.Server()


def get_headers():
    return XmlRpc.current_invocation().headers


@server.register_function(name='sample.add')
def add(a: int, b: int) -> int:
    """Returns the sum of two numbers."""
    return a + b


@server.register_function(name='sample.divide')
def divide(a: float, b: float) -> float:
    """Returns a quotient."""
    if b == 0:
        raise XmlRpc.Fault(1, 'Nothing can be divided by zero')
    return a / b


@server.register_function(name='sample.echo')
def echo(value):
    """Returns its parameter."""
    return value


@server.register_function(name='sample.getHeader')
def get_header(name: str) -> str:
    """Returns a header of the request, or an empty string."""
    return get_headers().get(name, '')


def wait(server, call):
    """Responds after so many milliseconds, and serves others meanwhile."""
    milliseconds, = call.get_params().unpack()
    GLib.timeout_add(milliseconds, return_text, call, f'{milliseconds} ms')


def return_text(call, text):
    call.return_value(GLib.Variant('s', text))
    return GLib.SOURCE_REMOVE


server.add_method('sample.wait', ['string,int'], 'Responds after some milliseconds.', wait)


@server.register_function(name='bank.withdraw')
def withdraw(account: str, amount: int) -> int:
    """Fails with a fault of its own."""
    raise XmlRpc.Fault(4, f'There is no account {account}')


@server.register_function(name='library.lend')
def lend(title: str) -> bool:
    """Fails with a word as the code, and with a member of its own."""
    raise XmlRpc.Fault('NotFound', f'no book {title}', similar=['Emma'])


@server.register_function(name='notes.login')
def log_in(user: str, password: str) -> bool:
    """Sets a cookie, by which the server knows the client from then on."""
    if password == 'lovelace':
        message = XmlRpc.current_invocation().get_message()
        message.get_response_headers().append('Set-Cookie', f'{COOKIE}; HttpOnly')
    return password == 'lovelace'


@server.register_function(name='notes.list')
def list_notes() -> list:
    """Returns the notes of a client who has logged in."""
    if get_headers().get('Cookie') != COOKIE:
        raise XmlRpc.Fault(5, 'Log in first')
    return NOTES


@server.register_function(name='photos.get')
def get_photo(name: str):
    """Returns a photo with its date and its size, which is beyond 32 bits."""
    return {'name': name, 'taken': datetime(1998, 7, 17, 14, 8, 55), 'bits': b'\x89PNG', 'size': 5_000_000_000}


def refuse_twice(soup_server, message, path, query, refusals=iter([503, 503])):
    """What a web server does in front of a server that starts."""
    status = next(refusals, 200)
    message.set_status(status, None)
    if status == 503:
        message.get_response_headers().append('Retry-After', '1')
    else:
        body = XmlRpc.dumps(('Here I am',), methodresponse=True)
        message.set_response('text/xml', Soup.MemoryUse.COPY, body.encode())


def greet(domain):
    user = domain.accepts(XmlRpc.current_invocation().get_message()) if domain else None
    return f'Hello {user or "stranger"}'


def make_domain(user):
    """Asks for a password, which is Basic authentication."""
    domain = Soup.AuthDomainBasic(realm='Practice')
    domain.add_path('/RPC2')
    domain.set_auth_callback(lambda domain, message, *given: ':'.join(given[:2]) == user)
    return domain


def accept_client(soup_server, message, known):
    """Lets in whoever has this certificate."""
    message.connect('accept-certificate', lambda message, certificate, flaws: certificate.is_same(known))


def read_scgi(connection):
    """Returns the body of a request."""
    stream = Gio.DataInputStream.new(connection.get_input_stream())
    length, _ = stream.read_upto(':', 1, None)
    stream.read_byte(None)
    items = stream.read_bytes(int(length) + 1, None).get_data()[:-2].split(b'\0')
    left = int(dict(zip(items[::2], items[1::2]))[b'CONTENT_LENGTH'])
    body = b''
    while len(body) < left:
        body += stream.read_bytes(left - len(body), None).get_data()
    return GLib.Bytes.new(body)


def respond_scgi(server, result, connection):
    body = server.handle_finish(result).get_data()
    connection.get_output_stream().write_all(b'Status: 200 OK\r\nContent-Type: text/xml\r\n\r\n' + body, None)
    connection.close(None)


def listen_scgi(port):
    """Listens without HTTP, for as long as the service is kept that it returns."""
    service = Gio.SocketService()
    address = Gio.InetSocketAddress.new_from_string('127.0.0.1', port)
    _, effective = service.add_address(address, Gio.SocketType.STREAM, Gio.SocketProtocol.TCP, None)
    service.connect('incoming', lambda service, connection, source: server.handle_async(
        read_scgi(connection), None, respond_scgi, connection))
    print(f'scgi://127.0.0.1:{effective.get_port()}', flush=True)
    return service


def listen(soup_server, arguments):
    if arguments.unix:
        soup_server.listen(Gio.UnixSocketAddress.new(arguments.unix), 0)
        return arguments.unix
    options = Soup.ServerListenOptions.IPV4_ONLY
    scheme, host = 'http', '127.0.0.1'
    if arguments.tls:
        soup_server.set_tls_certificate(Gio.TlsCertificate.new_from_file(arguments.tls))
        options |= Soup.ServerListenOptions.HTTPS
        scheme, host = 'https', 'localhost'
    if arguments.clients:
        soup_server.set_tls_auth_mode(Gio.TlsAuthenticationMode.REQUIRED)
        soup_server.connect('request-started', accept_client, Gio.TlsCertificate.new_from_file(arguments.clients))
    soup_server.listen_local(arguments.port, options)
    return f'{scheme}://{host}:{soup_server.get_uris()[0].get_port()}/RPC2'


def main():
    parser = argparse.ArgumentParser(description='A server to practise with.')
    parser.add_argument('--user', metavar='NAME:PASSWORD')
    parser.add_argument('--tls', metavar='FILE', help='with a certificate and its key')
    parser.add_argument('--clients', metavar='FILE', help='with the certificate that a client needs then')
    parser.add_argument('--unix', metavar='PATH')
    parser.add_argument('--scgi', action='store_true', help='instead of HTTP')
    parser.add_argument('port', nargs='?', type=int, default=0)
    arguments = parser.parse_args()

    soup_server = Soup.Server()
    service = None
    domain = make_domain(arguments.user) if arguments.user else None
    if domain:
        soup_server.add_auth_domain(domain)
    server.add_function(lambda: greet(domain), 'sample.greet')
    server.attach(soup_server, '/RPC2')
    soup_server.add_handler('/busy', refuse_twice)
    if arguments.scgi:
        service = listen_scgi(arguments.port)
    else:
        print(listen(soup_server, arguments), flush=True)

    loop = GLib.MainLoop()
    try:
        loop.run()
    except KeyboardInterrupt:
        pass
    if service:
        service.close()


if __name__ == '__main__':
    main()
