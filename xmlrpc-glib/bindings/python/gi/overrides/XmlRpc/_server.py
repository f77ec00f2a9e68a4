# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Server."""

from __future__ import annotations

import _thread
import asyncio
import gc
import inspect
import logging
import os
import re
import socket
import typing
from datetime import datetime
from typing import Any, Callable, Sequence

from gi.module import get_introspection_module
from gi.overrides import override
from gi.repository import GLib, Soup

from ._errors import Fault, translate
from ._json import NATIVE, to_fault, to_result
from ._values import (Binary, DateTime, check_text, get_property_names,
                      is_made)

XmlRpc = get_introspection_module('XmlRpc')

_log = logging.getLogger('XmlRpc')

_PROPERTIES = get_property_names(XmlRpc.Server)

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


def _check_function(name: Any, function: Any) -> None:
    if not callable(function):
        place = f'{name}: ' if isinstance(name, str) else ''
        raise TypeError(f'{place}expected a function, got '
                        + type(function).__name__)


def _check_port(port: Any) -> None:
    if isinstance(port, bool) or not isinstance(port, int):
        raise TypeError(f'port: expected an int, got {type(port).__name__}')
    if not 0 <= port <= 65535:
        raise ValueError(f'port: expected 0 to 65535, got {port}')


def _check_path(path: Any) -> str | None:
    check_text('path', path)
    if path is not None and not path.startswith('/'):
        raise ValueError("path: expected one that begins with '/', such as "
                         f"'/RPC2', got {path!r}")
    return path


# What XML cannot carry, and what C would cut the text at.
_UNSENDABLE = re.compile('[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]')


def _clean(text: str) -> str:
    return _UNSENDABLE.sub(
        lambda match: match[0].encode('unicode_escape').decode(), text)


def _get_text(error: BaseException) -> str:
    # str() of a GLib.Error also has its domain and its code.
    return str(error.message if isinstance(error, GLib.Error) else error)


def _describe(error: BaseException) -> str:
    """The type and the message, also of one that has none to tell."""
    try:
        text = _get_text(error)
    except BaseException as failure:
        text = f'(its text raises {type(failure).__name__})'
    return _clean(f'{type(error).__name__}: {text}')


def _refuse(invocation: Invocation, code: int, text: str) -> None:
    invocation.return_fault_literal(code, _clean(text))


def _log_error(text: str, name: str, error: BaseException) -> None:
    _log.error(text, name, exc_info=error)


def _return_fault(invocation: Invocation, fault: Fault, name: str) -> None:
    try:
        invocation.return_fault_value(to_fault(fault._get_members()))
    except Exception as error:
        code = fault.code
        if type(code) is not int or not -2**31 <= code < 2**31:
            code = int(XmlRpc.FaultCode.OTHER_CODE)
        text = fault.message
        _refuse(invocation, code,
                text if type(text) is str else _describe(fault))
        _log.error('%s raised a fault that cannot be sent', name,
                   exc_info=error)


def _return_exception(invocation: Invocation, error: BaseException,
                      name: str) -> None:
    """Answers with what a method has raised; then others get to see it."""
    if invocation._is_answered:
        _log.error('%s failed after it had returned', name, exc_info=error)
    elif isinstance(error, Fault):
        _return_fault(invocation, error, name)
    else:
        _refuse(invocation, XmlRpc.FaultCode.APPLICATION_ERROR,
                _describe(error))
        _log.error('%s failed', name, exc_info=error)
    if isinstance(error, KeyboardInterrupt):
        # It is the program's: what Ctrl-C does there happens once more.
        _thread.interrupt_main()


def _return_value(invocation: Invocation, value: Any, name: str) -> None:
    try:
        variant = to_result(value)
    except Exception as error:
        known = (GLib.Error, OverflowError, TypeError, ValueError)
        _refuse(invocation, XmlRpc.FaultCode.INTERNAL_ERROR,
                _get_text(error) if isinstance(error, known)
                else f'result: {_describe(error)}')
        _log.error('%s returned what cannot be sent', name, exc_info=error)
    else:
        invocation.return_value(variant)


def _contain(invocation: Invocation, name: str, function: Callable,
             *args: Any) -> None:
    """The one place where what methods raise ends: no client waits for ever.

    What went on would be printed, and Python would keep it as the last
    exception, with the invocation in its frames.
    """
    try:
        function(*args)
    except BaseException as error:
        _return_exception(invocation, error, name)


async def _get_outcome(awaitable: Any) -> tuple[Any, BaseException | None]:
    """What it returns, or raises: SystemExit would end the loop."""
    try:
        return await awaitable, None
    except asyncio.CancelledError:
        raise
    except BaseException as error:
        return None, error


def _return_outcome(task: asyncio.Future, invocation: Invocation,
                    name: str) -> None:
    if task.cancelled():
        _refuse(invocation, XmlRpc.FaultCode.APPLICATION_ERROR,
                'CancelledError: the call was cancelled')
        return
    value, error = task.result()
    if error is None:
        _return_value(invocation, value, name)
    else:
        _return_exception(invocation, error, name)


def _return_later(invocation: Invocation, awaitable: Any, name: str) -> None:
    """Answers when a coroutine has finished."""

    def done(task: asyncio.Future) -> None:
        _contain(invocation, name, _return_outcome, task, invocation, name)

    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        if inspect.iscoroutine(awaitable):
            awaitable.close()
        raise
    loop.create_task(_get_outcome(awaitable)).add_done_callback(done)


def _read_params(function: Callable, name: str, invocation: Invocation
                 ) -> list | None:
    """None if the parameters are wrong, which the client has been told."""
    try:
        args = NATIVE.read_params(invocation.get_params())
        try:
            inspect.signature(function).bind(*args)
        except ValueError:
            pass  # A built-in function that does not tell.
    except (GLib.Error, TypeError) as error:
        _refuse(invocation, XmlRpc.FaultCode.INVALID_PARAMS,
                f'{name}: {_get_text(error)}')
        return None
    return args


def _answer(function: Callable, name: str, invocation: Invocation) -> None:
    args = _read_params(function, name, invocation)
    if args is None:
        return
    value = function(*args)
    if inspect.isawaitable(value):
        _return_later(invocation, value, name)
    else:
        _return_value(invocation, value, name)


class Invocation(XmlRpc.Invocation):
    """A call that a method of a Server has to answer."""

    def get_fault(self) -> Fault | None:
        """What the call was answered with, if that is no value; known when
        the signal call-finished is emitted."""
        fault = super().get_fault()
        return fault and Fault(fault.code, fault.message)

    # Whether it has been answered, which C tells to nobody.
    _is_answered = False

    def return_value(self, value: GLib.Variant | None) -> None:
        """Answers with a value."""
        super().return_value(value)
        self._is_answered = True

    def return_fault_literal(self, code: int, message: str) -> None:
        """Answers with a fault."""
        super().return_fault_literal(code, message)
        self._is_answered = True

    def return_fault_value(self, value: GLib.Variant) -> None:
        """Answers with a fault that has more than a code and a text."""
        super().return_fault_value(value)
        self._is_answered = True

    def take_error(self, error: GLib.Error) -> None:
        """Answers with a fault for an error."""
        super().take_error(error)
        self._is_answered = True


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

    def __init__(self, **properties: Any) -> None:
        if is_made(self):
            raise RuntimeError('a Server is initialized once; make another '
                               'one')
        super().__init__(**properties)

    def __setattr__(self, name: str, value: Any) -> None:
        if name in _PROPERTIES and not hasattr(type(self), name):
            raise AttributeError(f'{name} is a property; set props.{name}')
        super().__setattr__(name, value)

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
        _check_function(name, func)

        def call(server: Server, invocation: Invocation, *data: Any) -> None:
            _contain(invocation, name, func, server, invocation, *data)
            if not invocation._is_answered:
                # If nothing but a cycle keeps it, it is answered now.
                gc.collect(0)

        return self._add(name, signatures, help, flags, call, *user_data)

    def _add(self, name: str, signatures: Sequence[str] | None,
             help: str | None, flags: Any, call: Callable,
             *user_data: Any) -> bool:
        check_text('method name', name)
        check_text(f'{name}: help', help)
        for signature in signatures or ():
            check_text(f'{name}: signature', signature)
        try:
            return super().add_method_full(name, signatures, help, flags, call,
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
        _check_function(name, function)
        method_name = name or function.__name__
        # Annotations do not bind a function of Python.
        flags = XmlRpc.MethodFlags.UNCHECKED_RESULT
        if threaded:
            if inspect.iscoroutinefunction(function):
                raise TypeError(f'{method_name}: a coroutine function runs in '
                                'the main loop, it cannot be threaded')
            flags |= XmlRpc.MethodFlags.IN_THREAD

        def call(server: Server, invocation: Any, *data: Any) -> None:
            _contain(invocation, method_name, _answer, function, method_name,
                     invocation)

        self._add(method_name, _get_signatures(function),
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

    def attach(self, soup_server: Soup.Server,
               path: str | None = None) -> None:
        """Answers at a path of an HTTP server, or at all paths."""
        super().attach(soup_server, _check_path(path))

    def listen(self, port: int = 0, path: str | None = '/RPC2', *,
               local: bool = True) -> str:
        """Answers at a port, or a free one; returns the URI.

        Calls are answered while the main loop runs. Only programs of this
        computer are let in unless `local` is False. Raises TransportError,
        an OSError, if the port is not free.
        """
        _check_port(port)
        _check_path(path)
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
        return f'http://127.0.0.1:{port}{path or "/"}'

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
