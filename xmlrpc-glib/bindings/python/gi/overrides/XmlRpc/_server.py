# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Server."""

from __future__ import annotations

import gc
import inspect
import os
from functools import partial
from typing import Any, Callable, Iterable, Sequence

from gi.module import get_introspection_module
from gi.overrides import override
from gi.repository import Gio, GLib, Soup

from ._answering import Method, answer, contain
from ._invocation import Invocation
from ._listening import (PATHS, Listening, Place, check_path, check_paths,
                         listen, read_address, remove_socket)
from ._registry import (Entry, check_function, get_name, list_functions,
                        list_methods)
from ._serving import Serving, read_grace
from ._signatures import get_signature, list_conversions, name_signatures
from ._values import check_text, get_property_names, is_made

XmlRpc = get_introspection_module('XmlRpc')

_PROPERTIES = get_property_names(XmlRpc.Server)


def _explain(argument: Any) -> str:
    """What to write in place of the name that xmlrpc.client or xmlrpc.server
    has for it."""
    if isinstance(argument, tuple):
        return ('Server() takes no address: make the server, then '
                f'listen{argument!r}')
    return ('Server() takes no URI: the client is '
            f'XmlRpc.ServerProxy({argument!r})')


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

    _threaded = False
    _serving: Serving | None = None

    def __init__(self, *args: Any, threaded: bool = False,
                 **properties: Any) -> None:
        if args:
            raise TypeError(_explain(args[0]))
        if is_made(self):
            raise RuntimeError('a Server is initialized once; make another '
                               'one')
        super().__init__(**properties)
        self._threaded = threaded
        # Both need what they are told apart by.
        self._functions: set[str] = set()
        self._of_instance: set[str] = set()
        self._listening: list[Listening] = []

    def __setattr__(self, name: str, value: Any) -> None:
        if name in _PROPERTIES and not hasattr(type(self), name):
            raise AttributeError(f'{name} is a property; set props.{name}')
        super().__setattr__(name, value)

    def add_method(self, name: str, signatures: Sequence[str] | None,
                   help: str | None, func: Callable, *user_data: Any) -> bool:
        """Adds a method that gets the call and responds by itself; raises
        ValueError where it cannot be called as it is described."""
        return self.add_method_full(name, signatures, help,
                                    XmlRpc.MethodFlags.NONE, func, *user_data)

    def add_method_full(self, name: str, signatures: Sequence[str] | None,
                        help: str | None, flags: Any, func: Callable,
                        *user_data: Any) -> bool:
        """As add_method(), with XmlRpc.MethodFlags."""
        check_function(name, func)

        def call(server: Server, invocation: Invocation, *data: Any) -> None:
            contain(invocation, name, func, server, invocation, *data)
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
            added = super().add_method_full(name, signatures, help, flags,
                                            call, *user_data)
        except GLib.Error as error:
            raise ValueError(error.message) from None
        self._of_instance.discard(name)
        self._functions.add(name)
        return added

    def add_function(self, function: Callable, name: str | None = None, *,
                     threaded: bool | None = None) -> Callable:
        """Adds a method; returns the function, so that this can decorate.

        Where the function has annotations for all parameters and for what it
        returns, they are the signature, and calls with parameters of other
        types are refused. The docstring is the help. A coroutine function
        needs an asyncio loop that runs over GLib's main loop.

        If `threaded` is true the function is called in other threads, several
        calls at once, and the main loop goes on meanwhile. None stands for
        what Server(threaded=...) says.
        """
        check_function(name, function)
        self._add_entry(Entry(name or get_name(function), function), threaded)
        return function

    def _add_entry(self, entry: Entry, threaded: bool | None) -> None:
        name, function, help_text = entry
        signature = get_signature(function, name)
        method = Method(name, function, signature,
                        list_conversions(function, signature))

        def call(server: Server, invocation: Any, *data: Any) -> None:
            contain(invocation, name, answer, method, invocation)

        if help_text is None:
            help_text = inspect.getdoc(function)
        self._add(name, name_signatures(function, signature), help_text,
                  self._choose_flags(function, name, threaded),
                  call)

    def _choose_flags(self, function: Callable, name: str,
                      threaded: bool | None) -> XmlRpc.MethodFlags:
        # Annotations do not bind a function of Python.
        flags = XmlRpc.MethodFlags.UNCHECKED_RESULT
        is_coroutine = inspect.iscoroutinefunction(function)
        if threaded is None:
            threaded = self._threaded and not is_coroutine
        if not threaded:
            return flags
        if is_coroutine:
            raise TypeError(f'{name}: a coroutine function runs in the main '
                            'loop, it cannot be threaded')
        return flags | XmlRpc.MethodFlags.IN_THREAD

    def register_function(self, function: Callable | None = None,
                          name: str | None = None, *,
                          threaded: bool | None = None) -> Callable:
        """add_function(), as xmlrpc.server calls it; also @register_function
        and @register_function(name='sample.add')."""
        if function is None:
            return lambda decorated: self.add_function(decorated, name,
                                                       threaded=threaded)
        return self.add_function(function, name, threaded=threaded)

    def register_functions(self, functions: Any, *,
                           threaded: bool | None = None) -> None:
        """Adds the functions of a module, of a mapping by names, or of an
        iterable.

        Of a module these are the public functions that it defines, or those
        of its __all__.
        """
        for entry in list_functions(functions):
            self._add_entry(entry, threaded)

    def register_instance(self, instance: Any,
                          allow_dotted_names: bool = False, *,
                          threaded: bool | None = None) -> None:
        """Adds the public methods that an object has now; those of an earlier
        object go. Functions added under the same names stay.

        Names that begin with "_" are never added. With `allow_dotted_names`
        the methods of its public attributes are, as "attribute.method". An
        object with _dispatch(method, params) handles by that whatever its
        _listMethods() returns.
        """
        entries = list_methods(instance, allow_dotted_names)
        for name in list(self._of_instance):
            self.remove_method(name)
        for entry in entries:
            if entry.name not in self._functions:
                self._add_entry(entry, threaded)
                self._functions.discard(entry.name)
                self._of_instance.add(entry.name)

    def remove_method(self, name: str) -> bool:
        """Removes a method; returns whether there was one."""
        self._functions.discard(name)
        self._of_instance.discard(name)
        return super().remove_method(name)

    def attach(self, soup_server: Soup.Server,
               path: str | None = None) -> None:
        """Answers at a path of an HTTP server, or at all paths."""
        super().attach(soup_server, check_path(path))
        if self._serving is None:
            self._serving = Serving()

    def listen(self, host: str | int | tuple[str, int] = 0,
               port: int | None = None,
               path: str | Iterable[str] | None = PATHS, *,
               local: bool = True, tls: Any = None, auth: Any = None,
               unix: str | os.PathLike[str] | None = None) -> str:
        """Answers at a port, or a free one; returns the URI.

        host, port: listen(8080) and listen('localhost', 8080) are for programs
            of this computer; '' as the host, or local=False, lets all in
        path: one path or several, None for all
        tls: a Gio.TlsCertificate, the path of a PEM file, or the paths of a
            certificate and its key
        auth: users and their passwords, or a function that takes both and
            returns whether they are right
        unix: the path of a Unix socket, in place of a host and a port

        Methods run while the main loop runs: see serve_forever().
        Raises TransportError, an OSError, if the port is not free.
        """
        if isinstance(host, int) and isinstance(port, str):
            port, path = None, port  # listen(8080, '/RPC2')
        paths = check_paths(path)
        made = listen(Place(*read_address(host, port), local, unix), tls, auth,
                      paths[0])
        for one in paths:
            self.attach(made.soup_server, one)
        self._listening.append(made)
        return made.uri

    def serve_forever(self) -> None:
        """Runs the main loop until shutdown(); Ctrl-C raises
        KeyboardInterrupt.

        It may run in another thread than the one that called listen().
        """
        if self._serving is None:
            raise RuntimeError('nothing to serve; call listen() first')
        self._serving.run()

    def shutdown(self, grace: float | None = 10) -> None:
        """Ends serve_forever(), and what listen() has begun; for any thread,
        and for handlers of signals.

        New calls are refused, and those in progress have `grace` seconds to
        end, None for any time. shutdown() waits for the end, except where
        that would wait for itself: in methods, and in the thread that serves.
        """
        grace_msec = read_grace(grace)
        if self._serving is not None:
            self._serving.end(partial(self._begin_end, grace_msec))

    def _begin_end(self, grace_msec: int, finish: Callable[[], None]) -> None:
        def done(server: Server, result: Gio.AsyncResult) -> None:
            self.close()
            finish()

        self.shutdown_async(grace_msec, None, done)

    def close(self) -> None:
        """Ends what listen() has begun, at once; where another thread runs
        serve_forever(), that ends, too."""
        if self._serving is not None and self._serving.is_elsewhere():
            self.shutdown(grace=0)
        while self._listening:
            made = self._listening.pop()
            self.detach(made.soup_server)
            made.soup_server.disconnect()
            remove_socket(made)

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *args: Any) -> None:
        self.close()


Server.__module__ = 'gi.overrides.XmlRpc'
override(Server)
