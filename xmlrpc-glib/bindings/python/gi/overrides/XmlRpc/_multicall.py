# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""MultiCall."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Callable, Iterator

from gi.module import get_introspection_module
from gi.repository import Gio, GLib

from . import _interrupts, _loops
from ._json import to_params
from ._values import check_text

if TYPE_CHECKING:
    from ._client import ServerProxy

XmlRpc = get_introspection_module('XmlRpc')


class MultiCallIterator:
    """The results of a MultiCall, in its order.

    Taking the result of a call that failed raises its Fault.
    """

    def __init__(self, proxy: ServerProxy, multicall: Any) -> None:
        self._proxy = proxy
        self._multicall = multicall

    def __len__(self) -> int:
        return self._multicall.get_n_calls()

    def _get_reply(self, index: int) -> tuple[str | None, str | None]:
        return self._proxy._run(self._multicall.get_result_json, index)

    @property
    def results(self) -> list:
        """Everything as it came, as xmlrpc.client has it: a list with a value
        for each call, or the dict of a fault."""
        read = self._proxy._reader.read
        replies = (self._get_reply(index) for index in range(len(self)))
        return [[read(reply)] if fault is None else read(fault)
                for reply, fault in replies]

    def __getitem__(self, index: int) -> Any:
        if index < 0:
            index += len(self)
        if not 0 <= index < len(self):
            raise IndexError('there was no such call')
        return self._proxy._reader.read_reply(*self._get_reply(index))

    def __iter__(self) -> Iterator[Any]:
        return (self[index] for index in range(len(self)))


class _MultiCallMethod:
    def __init__(self, multicall: MultiCall, name: str) -> None:
        self._multicall = multicall
        self._name = name

    def __getattr__(self, name: str) -> _MultiCallMethod:
        if name.startswith('__'):
            raise AttributeError(name)
        return _MultiCallMethod(self._multicall, f'{self._name}.{name}')

    def __call__(self, *args: Any) -> None:
        self._multicall._calls.append((check_text('method', self._name),
                                       to_params(args)))


class MultiCall:
    """Many calls in one request, by system.multicall.

        multicall = MultiCall(proxy)
        multicall.sample.add(2, 3)
        multicall.sample.add(4, 5)
        for result in multicall():
            print(result)
    """

    def __init__(self, server: ServerProxy) -> None:
        self._proxy = server
        self._calls: list[tuple[str, GLib.Variant]] = []

    def __getattr__(self, name: str) -> _MultiCallMethod:
        if name.startswith('__'):
            raise AttributeError(name)
        return _MultiCallMethod(self, name)

    def __repr__(self) -> str:
        return f'<MultiCall of {len(self._calls)} calls>'

    def _create(self) -> Any:
        multicall = XmlRpc.Multicall.new(self._proxy)
        for name, params in self._calls:
            multicall.add(name, params, None)
        return multicall

    def _run(self, multicall: Any, function: Callable[..., Any],
             *args: Any) -> MultiCallIterator:
        try:
            function(*args)
        except GLib.Error as error:
            fault = multicall.get_fault()
            if fault is None:
                raise self._proxy._translate(error) from None
            raise self._proxy._reader.read_fault(error, fault) from None
        return MultiCallIterator(self._proxy, multicall)

    def __call__(self) -> MultiCallIterator:
        """Sends the calls and waits for all results."""
        multicall = self._create()
        return self._run(multicall, _interrupts.call, multicall.execute, None)

    def call_async(self, *, cancellable: Gio.Cancellable | None = None
                   ) -> asyncio.Future:
        """Sends the calls; returns an awaitable of the results."""
        multicall = self._create()

        def finish(result: Gio.AsyncResult) -> MultiCallIterator:
            return self._run(multicall, multicall.execute_finish,
                             _loops.take_result(result))

        return _loops.start(multicall.execute_async, (), finish, cancellable)
