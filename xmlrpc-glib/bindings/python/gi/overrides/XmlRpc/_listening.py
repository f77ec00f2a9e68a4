# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Where a server listens: addresses, Unix sockets, TLS, and passwords."""

from __future__ import annotations

import hmac
import inspect
import os
import socket
import stat
from typing import Any, Callable, Iterable, Mapping, NamedTuple, Union
from urllib.parse import quote

from gi.repository import Gio, GLib, Soup

from ._answering import log
from ._errors import translate
from ._invocation import set_user
from ._values import check_text

#: Where SimpleXMLRPCServer takes calls, too.
PATHS = ('/RPC2', '/')

_Auth = Union[Callable[[str, str], bool], Mapping[str, str]]


class Place(NamedTuple):
    """What listen() was given; the host None is this computer, and '' stands
    for all addresses."""

    host: str | None
    port: int
    local: bool
    unix: Any


class Listening(NamedTuple):
    """An HTTP server, and how programs of this computer call it."""

    soup_server: Soup.Server
    uri: str
    socket: tuple[str, int] | None  # The path and the inode.


def check_path(path: Any) -> str | None:
    check_text('path', path)
    if path is not None and not path.startswith('/'):
        raise ValueError("path: expected one that begins with '/', such as "
                         f"'/RPC2', got {path!r}")
    return path


def check_paths(path: Any) -> list[str | None]:
    """One path, or several; None stands for all."""
    if isinstance(path, (str, bytes)) or not isinstance(path, Iterable):
        return [check_path(path)]
    paths = [check_path(one) for one in path]
    if not paths:
        raise ValueError('path: expected at least one')
    return paths


def _check_port(port: Any) -> int:
    if isinstance(port, bool) or not isinstance(port, int):
        raise TypeError(f'port: expected an int, got {type(port).__name__}')
    if not 0 <= port <= 65535:
        raise ValueError(f'port: expected 0 to 65535, got {port}')
    return port


def read_address(host: Any, port: Any) -> tuple[str | None, int]:
    """listen(8080), listen('localhost', 8080), listen(('localhost', 8080))."""
    if isinstance(host, tuple) and len(host) == 2 and port is None:
        host, port = host
    elif port is None:
        host, port = (host, 0) if isinstance(host, str) else (None, host)
    elif host == 0:
        host = None  # listen(port=8080)
    check_text('host', host)
    if host and host.isdigit():
        raise TypeError(f'port: expected an int, got the str {host!r}')
    return host, _check_port(port)


def _lengthen_queue(soup_server: Soup.Server) -> None:
    """Lets more clients connect at once than the ten of GIO, beyond which they
    have to try again, or are refused."""
    for listener in soup_server.get_listeners():
        with socket.socket(fileno=os.dup(listener.get_fd())) as same:
            same.listen(128)


def _load_certificate(tls: Any) -> Gio.TlsCertificate:
    if isinstance(tls, Gio.TlsCertificate):
        return tls
    paths = (tls,) if isinstance(tls, (str, os.PathLike)) else tls
    if not isinstance(paths, (tuple, list)) or len(paths) not in (1, 2):
        raise TypeError('tls: expected a Gio.TlsCertificate, the path of a '
                        'PEM file, or the paths of a certificate and its key, '
                        f'got {type(tls).__name__}')
    for path in paths:
        open(path, 'rb').close()  # Python's own errors say more.
    return Gio.TlsCertificate.new_from_files(os.fspath(paths[0]),
                                             os.fspath(paths[-1]))


def _check_password(users: Mapping[str, str], user: str, password: str) -> bool:
    """Takes as long for a user that there is as for one that there is not."""
    known = users.get(user)
    same = hmac.compare_digest(password.encode(), (known or '').encode())
    return same and known is not None


def _to_function(auth: Any) -> Callable[[str, str], bool]:
    if isinstance(auth, Mapping):
        return lambda user, password: _check_password(auth, user, password)
    if not callable(auth) or inspect.iscoroutinefunction(auth):
        raise TypeError('auth: expected a mapping of users to passwords, or a '
                        'function that takes both and returns a bool, got '
                        + type(auth).__name__)
    return auth


def _create_auth_domain(auth: _Auth) -> Soup.AuthDomain:
    check = _to_function(auth)

    def decide(domain: Soup.AuthDomain, message: Soup.ServerMessage, user: str,
               password: str, *data: Any) -> bool:
        try:
            is_right = bool(check(user, password))
        except Exception as error:
            log.error('auth failed', exc_info=error)
            return False
        if is_right:
            set_user(message, user)
        return is_right

    domain = Soup.AuthDomainBasic(realm='XML-RPC')
    domain.set_auth_callback(decide)
    domain.add_path('/')
    return domain


def _create_soup_server(tls: Any, auth: Any
                        ) -> tuple[Soup.Server, Soup.ServerListenOptions]:
    soup_server = Soup.Server()
    options = Soup.ServerListenOptions(0)
    if tls is not None:
        soup_server.set_tls_certificate(_load_certificate(tls))
        options = Soup.ServerListenOptions.HTTPS
    if auth is not None:
        soup_server.add_auth_domain(_create_auth_domain(auth))
    return soup_server, options


def _resolve(host: str, port: int) -> Gio.SocketAddress:
    """The first address of a name, one of IPv4 if it has any."""
    found = sorted(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM),
                   key=lambda info: info[0] != socket.AF_INET)
    address = found[0][4][0]
    return Gio.InetSocketAddress.new_from_string(address, port)


def _listen_inet(soup_server: Soup.Server, options: Soup.ServerListenOptions,
                 host: str | None, port: int) -> str:
    """Returns what names the address in a URI."""
    if host is None:
        soup_server.listen_local(port, options
                                 | Soup.ServerListenOptions.IPV4_ONLY)
    elif host == '':
        soup_server.listen_all(port, options)
    else:
        soup_server.listen(_resolve(host, port), options)
    address = soup_server.get_listeners()[0].get_local_address()
    name = host or '127.0.0.1'
    if host and address.get_address().get_is_any():
        name = '::1' if ':' in host else '127.0.0.1'
    return f'{f"[{name}]" if ":" in name else name}:{address.get_port()}'


def _remove_stale(path: str) -> None:
    """A socket that nobody listens at any more is in the way."""
    try:
        if not stat.S_ISSOCK(os.stat(path).st_mode):
            return
        with socket.socket(socket.AF_UNIX) as probe:
            probe.connect(path)
    except ConnectionRefusedError:
        os.unlink(path)
    except OSError:
        pass


def _listen_at_address(place: Place, tls: Any, auth: Any, path: str | None
                       ) -> Listening:
    host = '' if not place.local else place.host
    soup_server, options = _create_soup_server(tls, auth)
    named = _listen_inet(soup_server, options, host, place.port)
    scheme = 'http' if tls is None else 'https'
    return Listening(soup_server, f'{scheme}://{named}{path or "/"}', None)


def _listen_at_socket(unix: Any, auth: Any, path: str | None) -> Listening:
    file = os.path.abspath(os.fspath(unix))
    check_text('unix', file)
    _remove_stale(file)
    soup_server, options = _create_soup_server(None, auth)
    soup_server.listen(Gio.UnixSocketAddress.new(file), options)
    return Listening(soup_server, f'http+unix://{quote(file)}:{path or "/"}',
                     (file, os.stat(file).st_ino))


def listen(place: Place, tls: Any, auth: Any, path: str | None) -> Listening:
    """Listens; nothing responds yet."""
    has_address = place.host is not None or place.port or not place.local
    if place.host is not None and not place.local:
        raise TypeError('local=False is for listen() without a host')
    if place.unix is not None and (has_address or tls is not None):
        raise TypeError('unix: there is no host, port or TLS then')
    try:
        if place.unix is None:
            made = _listen_at_address(place, tls, auth, path)
        else:
            made = _listen_at_socket(place.unix, auth, path)
    except GLib.Error as error:
        raise translate(error) from None
    _lengthen_queue(made.soup_server)
    return made


def remove_socket(listening: Listening) -> None:
    """The file, unless another server has put its own there."""
    if listening.socket is None:
        return
    path, inode = listening.socket
    try:
        if os.stat(path).st_ino == inode:
            os.unlink(path)
    except OSError:
        pass
