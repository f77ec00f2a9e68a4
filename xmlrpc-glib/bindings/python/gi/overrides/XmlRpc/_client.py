# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""ServerProxy."""

from __future__ import annotations

import threading
from email.message import Message
from typing import Any, Callable, Iterable, Mapping

from gi.module import get_introspection_module
from gi.overrides import override
from gi.repository import Gio, GLib

from . import _interrupts, _loops
from ._errors import FAULT, translate
from ._json import NATIVE, Reader, get_reader
from ._methods import (Introspection, Method, System, describe_method,
                       get_attributes)
from ._values import check_text, get_property_names, is_made
from ._writer import write_params

XmlRpc = get_introspection_module('XmlRpc')


# As the library reads a URI.
_URI_FLAGS = (GLib.UriFlags.HAS_PASSWORD | GLib.UriFlags.ENCODED_PATH
              | GLib.UriFlags.ENCODED_QUERY)


def _is_valid(proxy: ServerProxy) -> bool:
    try:
        proxy.check_settings()
    except GLib.Error as error:
        return error.domain != 'g-uri-quark'
    return True


def _get_url(proxy: ServerProxy) -> str:
    """Where the server is, as xmlrpc.client writes it, without a password."""
    if not _is_valid(proxy):
        return 'an invalid URI'
    *_, host, port, path, _, _ = GLib.Uri.split_with_user(proxy.get_uri(),
                                                          _URI_FLAGS)
    if ':' in host:
        host = f'[{host.replace("%", "%25")}]'
    if port >= 0:
        host = f'{host}:{port}'
    # A socket, which has no port.
    return f'{host}:{path}' if host.startswith('/') else host + path


def _to_headers(headers: Mapping[str, str] | Iterable[tuple[str, str]] | None
                ) -> GLib.Variant | None:
    if isinstance(headers, Mapping):
        headers = headers.items()
    pairs = list(headers or ())
    if any(isinstance(pair, str) or len(pair) != 2 for pair in pairs):
        raise TypeError('headers: expected pairs of a name and a value')
    pairs = [tuple(pair) for pair in pairs]
    for text in (text for pair in pairs for text in pair):
        if text is None:
            raise TypeError('headers: expected a str, got None')
        check_text('headers', text)
    return GLib.Variant('a(ss)', pairs) if pairs else None


# The answer that a call of this thread is about to fail for.
_failing = threading.local()


def _keep_answer(proxy: ServerProxy, message: Any) -> None:
    _failing.message = message


def _describe_answer(error: GLib.Error) -> tuple[str, Message]:
    """The reason and the headers, unless it was another call's response."""
    message = _failing.__dict__.pop('message', None)
    headers = Message()
    if message is None or message.get_status() != error.code:
        return error.message, headers
    message.get_response_headers().foreach(headers.add_header)
    return message.get_reason_phrase(), headers


# The library keeps such values from the first question on.
XmlRpc.fault_take_last_value()


def _restore_fault(error: GLib.Error, reader: Reader) -> GLib.Error:
    """A fault with its value, which PyGObject has dropped."""
    value = XmlRpc.fault_take_last_value()
    if value is not None:
        same = XmlRpc.fault_new_from_value(value)
        XmlRpc.fault_take_last_value()
        if (same.code, same.message) == (error.code, error.message):
            return reader.read_fault(error, value)
    return translate(error)


def _to_milliseconds(timeout: float) -> int:
    if isinstance(timeout, bool) or not hasattr(type(timeout), '__float__'):
        raise TypeError('timeout: expected a number of seconds, got '
                        + type(timeout).__name__)
    seconds = float(timeout)
    if not (seconds == 0 or 0.001 <= seconds <= _MAX_TIMEOUT):
        raise ValueError('timeout: expected 0 for none, or a number of seconds '
                         f'from 0.001 to {_MAX_TIMEOUT}, got {timeout}')
    return round(seconds * 1000)


# In seconds; C counts milliseconds in 32 bits.
_MAX_TIMEOUT = (2**32 - 1) // 1000


_PROPERTIES = get_property_names(XmlRpc.ServerProxy)


def _check_name(name: Any) -> str:
    if not isinstance(name, str):
        raise TypeError("expected the name of a method, a str, got "
                        + type(name).__name__)
    return name


# Found once, for the way of each call.
_call_json = XmlRpc.ServerProxy.call_json
_wait = _interrupts.call


class ServerProxy(XmlRpc.ServerProxy):
    """A server; its methods are attributes, with dots as in their names.

        proxy = ServerProxy('http://localhost:8080/RPC2')
        proxy.meerkat.getItems({'search': 'Python'})
        await proxy.meerkat.getItems.call_async({'search': 'Python'})

    proxy['name'] is the method of any name, also of one that this class has
    an attribute of. proxy.server has listMethods(), methodSignature(name) and
    methodHelp(name).

    Parameters are bool, int, float, str, bytes, list, tuple, dict with str
    keys, None, datetime, Decimal, Binary, Boolean, DateTime, GLib.Variant,
    and what can stand for these: dataclasses and other objects with members,
    named tuples, enumerations, paths, arrays and numbers of numpy, GLib.Bytes,
    GLib.DateTime. An int beyond 32 bits is sent as i8.

    proxy.method.into(type)(...) returns a dataclass, or what else the type
    says.

    What comes back is of Python's own
    types; dates are Date, bytes are Bytes, which are datetime and bytes that
    also have the attributes of xmlrpc.client's. A date without meaning is a
    DateTime.

    Arguments, besides those of xmlrpc.client.ServerProxy:

    session: the Soup.Session to send calls with
    timeout: how many seconds a call may take, 60 by default; 0: any time.
        Ctrl-C ends a call that waits
    headers: names and values that are sent with every call
    user, password: are sent with the first call already; or else, with
        authenticate_on_demand=True, when the server has asked for them

    use_builtin_types and use_datetime, if given, have the meaning that they
    have there. None can always be sent, and all is UTF-8: allow_none, encoding
    and verbose change nothing. Certificates, proxies and the like are matters
    of the session: there is no transport and no context.

    A subclass may have an __init__() of its own, which calls this one, and any
    methods and attributes. Its do_message() sees each request before it is sent,
    and its do_http_error() each response with another status than 2xx.

    Raises Fault, ProtocolError, ResponseError, Error and TransportError.
    """

    _reader = NATIVE
    _owns_session = False

    # What dir() and help() show, once the server has told it.
    _known: tuple[str, ...] = ()
    _descriptions: dict[str, str] | None = None

    def __init__(self, uri: str, transport: None = None,
                 encoding: str | None = None, verbose: bool = False,
                 allow_none: bool = True, use_datetime: bool | None = None,
                 use_builtin_types: bool | None = None, *,
                 headers: Mapping[str, str] | Iterable[tuple[str, str]] = (),
                 context: None = None, session: Any = None,
                 timeout: float | None = None, user: str | None = None,
                 password: str | None = None,
                 authenticate_on_demand: bool = False) -> None:
        if transport is not None or context is not None:
            raise TypeError('what a transport or a context of xmlrpc.client '
                            'does, a Soup.Session does: give one as session')
        if is_made(self):
            raise RuntimeError('a ServerProxy is initialized once; make '
                               'another one')
        milliseconds = None if timeout is None else _to_milliseconds(timeout)
        if uri is None:
            raise TypeError('uri: expected a str, got None')
        super().__init__(uri=check_text('uri', uri), session=session,
                         headers=_to_headers(headers),
                         user=check_text('user', user),
                         password=check_text('password', password),
                         authenticate_on_demand=authenticate_on_demand)
        try:
            self.check_settings()
        except GLib.Error as error:
            if error.domain == 'xml-rpc-error-quark':
                raise ValueError(error.message) from None
            raise translate(error) from None
        self._reader = get_reader(use_datetime, use_builtin_types)
        self._owns_session = session is None
        if milliseconds is not None:
            self.set_timeout(milliseconds)
        self.connect('http-error', _keep_answer)

    def set_user(self, user: str | None) -> None:
        super().set_user(check_text('user', user))

    def set_password(self, password: str | None) -> None:
        super().set_password(check_text('password', password))

    def set_credentials(self, user: str | None, password: str | None) -> None:
        super().set_credentials(check_text('user', user),
                                check_text('password', password))

    def set_header(self, name: str, value: str | None) -> bool:
        return super().set_header(check_text('headers', name),
                                  check_text('headers', value))

    def add_header(self, name: str, value: str) -> bool:
        return super().add_header(check_text('headers', name),
                                  check_text('headers', value))

    def __getattr__(self, name: str) -> Method:
        if name.startswith('__'):
            raise AttributeError(name)
        if name == 'system':
            return System(self, name)
        return Method(self, name)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(),
                       *get_attributes('', self._known)})

    def __setattr__(self, name: str, value: Any) -> None:
        if name in _PROPERTIES and not hasattr(type(self), name):
            raise AttributeError(f'{name} would be a method of the server; '
                                 f'set props.{name}')
        super().__setattr__(name, value)

    def __getitem__(self, name: str) -> Method:
        return Method(self, _check_name(name))

    # Without these Python would count, for any number is an index, until one
    # is out of range.
    __iter__ = None
    __contains__ = None

    @property
    def server(self) -> Introspection:
        """What the server tells about its methods."""
        return Introspection(self, 'server')

    def __call__(self, attr: str) -> Callable[[], None]:
        """proxy('close')() closes the connections, as in xmlrpc.client."""
        if attr == 'close':
            return self._close
        raise AttributeError(f'Attribute {attr!r} not found')

    def __enter__(self) -> ServerProxy:
        return self

    def __exit__(self, *args: Any) -> None:
        self._close()

    async def __aenter__(self) -> ServerProxy:
        return self

    async def __aexit__(self, *args: Any) -> None:
        self._close()

    def _close(self) -> None:
        if self._owns_session and not self._is_of_parent():
            self.get_session().abort()

    def _is_of_parent(self) -> bool:
        """Whether fork() came between, and the connections are not ours."""
        try:
            super().check_settings()
        except GLib.Error as error:
            return error.matches(Gio.io_error_quark(),
                                 Gio.IOErrorEnum.NOT_SUPPORTED)
        return False

    def __repr__(self) -> str:
        return f'<ServerProxy for {_get_url(self)}>'

    def _translate(self, error: GLib.Error) -> GLib.Error:
        if error.domain == FAULT:
            return _restore_fault(error, self._reader)
        return translate(error, _get_url(self), *_describe_answer(error))

    def _run(self, function: Callable[..., Any], *args: Any) -> Any:
        try:
            return function(*args)
        except GLib.Error as error:
            raise self._translate(error) from None

    def _call(self, name: str, args: tuple) -> Any:
        if '\0' in name:
            check_text('method', name)
        try:
            reply, fault = _wait(_call_json, self, name, write_params(args), None)
        except GLib.Error as error:
            raise self._translate(error) from None
        if fault is not None:
            return self._reader.read_reply(reply, fault)
        return self._reader.read(reply)

    def _wait(self, function: Callable[..., Any], *args: Any) -> Any:
        """Calls a function of C that waits."""
        return self._run(_wait, function, *args)

    def _finish(self, function: Callable[..., Any],
                result: Gio.AsyncResult) -> Any:
        return self._run(function, _loops.take_result(result))

    def _finish_call(self, result: Gio.AsyncResult) -> Any:
        reply = self._finish(self.call_json_finish, result)
        if reply == (None, None):
            raise TypeError('the result is not that of call_async()')
        return self._reader.read_reply(*reply)

    # The functions of C, with the exceptions of this module.

    def _learn(self, names: Any) -> Any:
        """Keeps the names of the server's methods, for dir()."""
        if isinstance(names, list):
            self._known = tuple(name for name in names
                                if isinstance(name, str))
            self._descriptions = None
        return names

    def _describe_method(self, name: str) -> str:
        """For help(), which looks several times."""
        if self._descriptions is None:
            self._descriptions = {}
        if name not in self._descriptions:
            self._descriptions[name] = describe_method(self, name)
        return self._descriptions[name]

    def call(self, method_name: str, params: GLib.Variant | None = None,
             reply_type: GLib.VariantType | None = None,
             cancellable: Gio.Cancellable | None = None) -> GLib.Variant:
        """Calls a method with a tuple of parameters; returns a GVariant."""
        return self._wait(super().call, check_text('method', method_name),
                          params, reply_type, cancellable)

    def call_full(self, method_name: str, params: GLib.Variant | None,
                  reply_type: GLib.VariantType | None, flags: Any,
                  timeout_msec: int,
                  cancellable: Gio.Cancellable | None = None) -> GLib.Variant:
        """As call(), with flags and a time-out of this call."""
        return self._wait(super().call_full, check_text('method', method_name),
                          params, reply_type, flags, timeout_msec, cancellable)

    def call_finish(self, result: Gio.AsyncResult) -> GLib.Variant:
        """Returns what the method returned; for call_async()."""
        return self._finish(super().call_finish, result)

    def call_full_finish(self, result: Gio.AsyncResult) -> GLib.Variant:
        """Returns what the method returned; for call_full_async()."""
        return self._finish(super().call_full_finish, result)

    def list_methods(self, cancellable: Gio.Cancellable | None = None
                     ) -> list[str]:
        """Returns the names of all methods."""
        return self._learn(self._wait(super().list_methods, cancellable))

    def list_methods_finish(self, result: Gio.AsyncResult) -> list[str]:
        """Returns the names of all methods; for list_methods_async()."""
        return self._learn(self._finish(super().list_methods_finish, result))

    def get_method_signature(self, method_name: str,
                             cancellable: Gio.Cancellable | None = None
                             ) -> list[str]:
        """Returns the signatures of a method, each with commas in it."""
        return self._wait(super().get_method_signature,
                          check_text('method', method_name), cancellable)

    def get_method_signature_finish(self, result: Gio.AsyncResult
                                    ) -> list[str]:
        """Returns the signatures; for get_method_signature_async()."""
        return self._finish(super().get_method_signature_finish, result)

    def get_method_help(self, method_name: str,
                        cancellable: Gio.Cancellable | None = None) -> str:
        """Returns the description of a method, or an empty string."""
        return self._wait(super().get_method_help,
                          check_text('method', method_name), cancellable)

    def get_method_help_finish(self, result: Gio.AsyncResult) -> str:
        """Returns the description; for get_method_help_async()."""
        return self._finish(super().get_method_help_finish, result)

    def get_capabilities(self, cancellable: Gio.Cancellable | None = None
                         ) -> GLib.Variant:
        """Returns what the server says that it can do."""
        return self._wait(super().get_capabilities, cancellable)

    def get_capabilities_finish(self, result: Gio.AsyncResult) -> GLib.Variant:
        """Returns what the server can do; for get_capabilities_async()."""
        return self._finish(super().get_capabilities_finish, result)


ServerProxy.__module__ = 'gi.overrides.XmlRpc'
override(ServerProxy)
