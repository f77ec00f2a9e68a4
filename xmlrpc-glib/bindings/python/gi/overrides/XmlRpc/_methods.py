# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The attributes of a ServerProxy, which are the methods of the server.

What an interactive program shows of them is what the server has told: dir()
and repr() ask nobody. Only help() does.
"""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING, Any, Callable

from gi.repository import Gio, GLib

from . import _loops
from ._into import get_converter
from ._values import check_text
from ._writer import write_params

if TYPE_CHECKING:
    from ._client import ServerProxy


def get_names_below(name: str, known: tuple[str, ...]) -> list[str]:
    """How the methods go on whose names begin with this one and a dot; all
    names for an empty one."""
    prefix = f'{name}.' if name else ''
    return sorted(method.removeprefix(prefix) for method in known
                  if method.startswith(prefix))


def get_attributes(name: str, known: tuple[str, ...]) -> set[str]:
    parts = {below.partition('.')[0] for below in get_names_below(name, known)}
    return {part for part in parts if part.isidentifier()}


def _is_help() -> bool:
    """Whether a person asks, by help() or a question mark in IPython. Others
    read __doc__, too, and the server is not to be called for them."""
    frame = sys._getframe(1)
    for _ in range(20):
        if frame.f_globals.get('__name__', '').startswith(('pydoc', 'IPython')):
            return True
        frame = frame.f_back
        if frame is None:
            break
    return False


class _Documentation:
    """The __doc__ of a method is what the server says about it."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __get__(self, method: Method | None, kind: type) -> str:
        if method is None or not _is_help():
            return self._text
        return method._describe()


def _describe_signature(name: str, signature: str | None) -> str:
    if signature is None:
        return f'{name}(...)'
    result, *params = signature.split(',')
    return f'{name}({", ".join(params)}) -> {result}'


class Method:
    __doc__ = _Documentation(
        """A method of a server, or the first parts of its name.""")
    __slots__ = ('_proxy', '_name')

    def __init__(self, proxy: ServerProxy, name: str) -> None:
        self._proxy = proxy
        self._name = name

    def __getattr__(self, name: str) -> Method:
        if name.startswith('__'):
            raise AttributeError(name)
        return Method(self._proxy, f'{self._name}.{name}')

    @property
    def __name__(self) -> str:
        return self._name

    def __dir__(self) -> list[str]:
        return sorted({name for name in object.__dir__(self)
                       if not name.startswith('_')}
                      | get_attributes(self._name, self._proxy._known))

    def __repr__(self) -> str:
        known = self._proxy._known
        below = get_names_below(self._name, known)
        if not below:
            return f'<method {self._name} of {self._proxy!r}>'
        own = f'{self._name}, ' if self._name in known else ''
        return (f'<methods {own}{self._name}.* of {self._proxy!r}: '
                f'{", ".join(below)}>')

    def _describe(self) -> str:
        known = self._proxy._known
        below = get_names_below(self._name, known)
        if below and self._name not in known:
            return '\n'.join((f'Methods below {self._name}:', '', *below))
        return self._proxy._describe_method(self._name)

    def __call__(self, *args: Any) -> Any:
        """Calls the method and waits for what it returns."""
        return self._proxy._call(self._name, args)

    def call_async(self, *args: Any,
                   cancellable: Gio.Cancellable | None = None,
                   callback: Callable[[Any, Gio.AsyncResult], None]
                   | None = None) -> asyncio.Future | None:
        """Calls the method without waiting.

        Returns an awaitable, in a coroutine that any asyncio loop runs;
        asyncio.create_task() and asyncio.TaskGroup take it, too. With a
        callback returns nothing: it is called with the proxy and the result
        for call_finish() in GLib's main loop.
        """
        start = self._proxy.call_json_async
        call = (check_text('method', self._name), write_params(args))
        if callback is None:
            return _loops.start(start, call, self.call_finish, cancellable)
        start(*call, cancellable, callback)
        return None

    def call_finish(self, result: Gio.AsyncResult) -> Any:
        """Returns what the method returned; for call_async()'s callback."""
        return self._proxy._finish_call(result)

    def into(self, kind: Any) -> TypedMethod:
        """Returns this method, with results of a type such as list[Post].

        The type is a dataclass, a named tuple, a TypedDict, an enumeration, a
        simple type, or a list, dict, tuple, Optional or Union of these. A
        result that does not fit raises Error, which tells the place.
        """
        return TypedMethod(self._proxy, self._name, kind)


class TypedMethod(Method):
    __doc__ = _Documentation(
        """A method of a server whose results are of a type.""")
    __slots__ = ('_convert',)

    def __init__(self, proxy: ServerProxy, name: str, kind: Any) -> None:
        super().__init__(proxy, name)
        self._convert = get_converter(kind)

    def __getattr__(self, name: str) -> Method:
        raise AttributeError(f'{name}: into() comes last, behind the name of '
                             'the method')

    def __call__(self, *args: Any) -> Any:
        """Calls the method and waits for what it returns."""
        return self._convert(super().__call__(*args))

    def call_finish(self, result: Gio.AsyncResult) -> Any:
        """Returns what the method returned; for call_async()'s callback."""
        return self._convert(super().call_finish(result))


class _ListMethods(Method):
    __doc__ = _Documentation(
        """system.listMethods, of which the proxy learns the names.""")
    __slots__ = ()

    def __call__(self, *args: Any) -> Any:
        return self._proxy._learn(super().__call__(*args))

    def call_finish(self, result: Gio.AsyncResult) -> Any:
        return self._proxy._learn(super().call_finish(result))


class System(Method):
    __doc__ = _Documentation(
        """What a server tells about its methods, as it says it.""")
    __slots__ = ()

    def __getattr__(self, name: str) -> Method:
        if name == 'listMethods':
            return _ListMethods(self._proxy, 'system.listMethods')
        return super().__getattr__(name)


class Introspection(Method):
    __doc__ = _Documentation(
        """What a server tells about its methods: proxy.server.""")
    __slots__ = ()

    def listMethods(self) -> list[str]:
        """Returns the names of all methods."""
        return self._proxy.list_methods()

    def methodSignature(self, name: str) -> list[str] | None:
        """Returns the signatures of a method, such as ['array,struct']: the
        type of what it returns comes first. None if it has none."""
        return self._proxy.get_method_signature(name) or None

    def methodHelp(self, name: str) -> str:
        """Returns the description of a method, or an empty string."""
        return self._proxy.get_method_help(name)


def describe_method(proxy: ServerProxy, name: str) -> str:
    """Asks the server; a text for help() in any case."""
    try:
        signatures = proxy.get_method_signature(name)
        text = proxy.get_method_help(name)
    except GLib.Error as error:
        signatures = []
        text = f'The server tells nothing about it: {error.message}'
    lines = [_describe_signature(name, signature)
             for signature in signatures or (None,)]
    return '\n'.join((*lines, '', text) if text else lines)
