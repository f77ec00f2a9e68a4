# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Server."""

from __future__ import annotations

import asyncio
import inspect
import logging
import os
import socket
import typing
from datetime import datetime
from typing import Any, Callable, Sequence

from gi.module import get_introspection_module
from gi.overrides import override
from gi.repository import GLib, Soup

from ._errors import Fault, translate
from ._json import NATIVE, to_fault, to_result
from ._values import Binary, DateTime, check_text

XmlRpc = get_introspection_module('XmlRpc')

_log = logging.getLogger('XmlRpc')

_TYPE_NAMES: dict[Any, str] = {
    bool: 'boolean', int: 'int', float: 'double', str: 'string',
    bytes: 'base64', Binary: 'base64', datetime: 'dateTime.iso8601',
    DateTime: 'dateTime.iso8601', list: 'array', tuple: 'array',
    dict: 'struct', type(None): 'nil',
}


def _name_types(annotations: list[Any]) -> list[str] | None:
    """What XML-RPC calls these types; None if it has no name for one."""
    names = [_TYPE_NAMES.get(typing.get_origin(annotation) or annotation)
             for annotation in annotations]
    return None if None in names else names


def _get_signatures(function: Callable) -> list[str] | None:
    """The signatures that the annotations tell; None where they do not."""
    try:
        hints = typing.get_type_hints(function)
        parameters = list(inspect.signature(function).parameters.values())
    except (NameError, TypeError, ValueError):
        return None
    if any(p.kind in (p.VAR_POSITIONAL, p.VAR_KEYWORD) for p in parameters):
        return None
    types = _name_types([hints.get(name) for name in
                         ('return', *(p.name for p in parameters))
                         if name in hints])
    if types is None or len(types) != len(parameters) + 1:
        return None
    n_required = sum(p.default is p.empty for p in parameters)
    signatures = []
    for length in range(n_required + 1, len(types) + 1):
        signatures.append(','.join(types[:length]))
        # An int of Python may have more than 32 bits.
        if 'int' in types[1:length]:
            wide = ['i8' if name == 'int' else name
                    for name in types[1:length]]
            signatures.append(','.join([types[0], *wide]))
    return signatures


def _lengthen_queue(soup_server: Soup.Server) -> None:
    """Lets more clients connect at once than the ten of GIO, beyond which they
    have to try again, or are refused."""
    for listener in soup_server.get_listeners():
        with socket.socket(fileno=os.dup(listener.get_fd())) as same:
            same.listen(128)


def _return_fault(invocation: Any, fault: Fault, name: str) -> None:
    try:
        invocation.return_fault_value(to_fault(fault._get_members()))
    except (GLib.Error, OverflowError, TypeError, ValueError) as error:
        _log.error('%s raised a fault that cannot be sent', name,
                   exc_info=error)
        invocation.return_fault_literal(fault.code, fault.message)


def _return_exception(invocation: Any, error: BaseException,
                      name: str) -> None:
    if isinstance(error, Fault):
        _return_fault(invocation, error, name)
        return
    _log.error('%s failed', name, exc_info=error)
    # str() of a GLib.Error also has its domain and its code.
    text = error.message if isinstance(error, GLib.Error) else error
    invocation.return_fault_literal(XmlRpc.FaultCode.APPLICATION_ERROR,
                                    f'{type(error).__name__}: {text}')


def _return_value(invocation: Any, value: Any, name: str) -> None:
    try:
        invocation.return_value(to_result(value))
    except (GLib.Error, OverflowError, TypeError, ValueError) as error:
        _log.error('%s returned what cannot be sent', name, exc_info=error)
        invocation.return_fault_literal(XmlRpc.FaultCode.INTERNAL_ERROR,
                                        str(error))


def _return_later(invocation: Any, awaitable: Any, name: str) -> None:
    """Answers when a coroutine has finished."""

    def done(task: asyncio.Future) -> None:
        if task.cancelled():
            invocation.return_fault_literal(
                XmlRpc.FaultCode.APPLICATION_ERROR,
                'CancelledError: the call was cancelled')
        elif task.exception() is not None:
            _return_exception(invocation, task.exception(), name)
        else:
            _return_value(invocation, task.result(), name)

    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        if inspect.iscoroutine(awaitable):
            awaitable.close()
        raise
    asyncio.ensure_future(awaitable, loop=loop).add_done_callback(done)


def _answer(function: Callable, name: str, invocation: Any) -> None:
    args = NATIVE.read_variant(invocation.get_params())
    try:
        inspect.signature(function).bind(*args)
    except TypeError as error:
        invocation.return_fault_literal(XmlRpc.FaultCode.INVALID_PARAMS,
                                        f'{name}: {error}')
        return
    except ValueError:
        pass  # A built-in function that does not tell.

    try:
        value = function(*args)
        if inspect.isawaitable(value):
            _return_later(invocation, value, name)
            return
    except Exception as error:
        _return_exception(invocation, error, name)
        return
    _return_value(invocation, value, name)


class Invocation(XmlRpc.Invocation):
    """A call that a method of a Server has to answer."""

    def get_fault(self) -> Fault | None:
        """What the call was answered with, if that is no value; known when
        the signal call-finished is emitted."""
        fault = super().get_fault()
        return fault and Fault(fault.code, fault.message)


Invocation.__module__ = 'gi.overrides.XmlRpc'
override(Invocation)


class Server(XmlRpc.Server):
    """Functions of Python that XML-RPC clients can call.

        server = Server()
        server.add_function(lambda a, b: a + b, 'sample.add')
        print(server.listen(8080))
        GLib.MainLoop().run()

    Parameters and results are as those of ServerProxy. A Fault that a function
    raises is what its client gets. Of any other exception the client gets the
    type and the message, as a fault of code -32500; the traceback goes to the
    logger "XmlRpc".
    """

    def add_method(self, name: str, signatures: Sequence[str] | None,
                   help: str | None, func: Callable, *user_data: Any) -> bool:
        """Adds a method that gets the call and answers it by itself; raises
        ValueError where it cannot be called as it is described."""
        return self.add_method_full(name, signatures, help,
                                    XmlRpc.MethodFlags.NONE, func, *user_data)

    def add_method_full(self, name: str, signatures: Sequence[str] | None,
                        help: str | None, flags: Any, func: Callable,
                        *user_data: Any) -> bool:
        """As add_method(), with XmlRpc.MethodFlags."""
        check_text('method name', name)
        check_text(f'{name}: help', help)
        for signature in signatures or ():
            check_text(f'{name}: signature', signature)
        try:
            return super().add_method_full(name, signatures, help, flags, func,
                                           *user_data)
        except GLib.Error as error:
            raise ValueError(error.message) from None

    def add_function(self, function: Callable, name: str | None = None, *,
                     threaded: bool = False) -> Callable:
        """Adds a method; returns the function, so that this can decorate.

        Where the function has annotations for all parameters and for what it
        returns, they are the signature, and calls with parameters of other
        types are refused. The docstring is the help. A coroutine function
        needs an asyncio loop that runs over GLib's main loop.

        If `threaded` is true the function is called in other threads, several
        calls at once, and the main loop goes on meanwhile.
        """
        method_name = name or function.__name__
        # Annotations do not bind a function of Python.
        flags = XmlRpc.MethodFlags.UNCHECKED_RESULT
        if threaded:
            if inspect.iscoroutinefunction(function):
                raise TypeError(f'{method_name}: a coroutine function runs in '
                                'the main loop, it cannot be threaded')
            flags |= XmlRpc.MethodFlags.IN_THREAD

        def call(server: Server, invocation: Any, *data: Any) -> None:
            _answer(function, method_name, invocation)

        self.add_method_full(method_name, _get_signatures(function),
                             inspect.getdoc(function), flags, call)
        return function

    def register_function(self, function: Callable | None = None,
                          name: str | None = None, *,
                          threaded: bool = False) -> Callable:
        """add_function(), as xmlrpc.server calls it; also @register_function
        and @register_function(name='sample.add')."""
        if function is None:
            return lambda decorated: self.add_function(decorated, name,
                                                       threaded=threaded)
        return self.add_function(function, name, threaded=threaded)

    def listen(self, port: int = 0, path: str = '/RPC2', *,
               local: bool = True) -> str:
        """Answers at a port, or a free one; returns the URI.

        Calls are answered while the main loop runs. Only programs of this
        computer are let in unless `local` is False. Raises TransportError,
        an OSError, if the port is not free.
        """
        soup_server = Soup.Server()
        try:
            if local:
                soup_server.listen_local(port,
                                         Soup.ServerListenOptions.IPV4_ONLY)
            else:
                soup_server.listen_all(port, Soup.ServerListenOptions(0))
        except GLib.Error as error:
            raise translate(error) from None
        _lengthen_queue(soup_server)
        self.attach(soup_server, path)
        self._listening = [*getattr(self, '_listening', ()), soup_server]
        port = soup_server.get_uris()[0].get_port()
        return f'http://127.0.0.1:{port}{path}'

    def close(self) -> None:
        """Ends what listen() has begun."""
        for soup_server in self.__dict__.pop('_listening', ()):
            self.detach(soup_server)
            soup_server.disconnect()

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *args: Any) -> None:
        self.close()


Server.__module__ = 'gi.overrides.XmlRpc'
override(Server)
