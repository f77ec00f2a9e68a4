# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Calls that asyncio waits for.

The functions of GIO tell that they have ended in the main context that they
were begun in. Where the loop runs on GLib's main loop that is its own. For any
other loop there is a thread with a main loop of GLib, which tells it.
"""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from collections import deque
from functools import lru_cache
from typing import Any, Callable
from weakref import WeakKeyDictionary

from gi.repository import Gio, GLib

# The packages whose loops run on GLib's main loop.
_PACKAGES = frozenset(('gi', 'gbulb', 'asyncio_glib'))


@lru_cache(maxsize=None)
def _runs_glib(kind: type) -> bool:
    return any(base.__module__.partition('.')[0] in _PACKAGES
               for base in kind.__mro__)


def _is_in_trio() -> bool:
    trio = sys.modules.get('trio')
    if trio is None:
        return False
    try:
        trio.lowlevel.current_task()
    except (AttributeError, RuntimeError):
        return False
    return True


def _get_loop() -> asyncio.AbstractEventLoop:
    if _is_in_trio():
        raise RuntimeError(
            'call_async() is for asyncio; with trio, call the method itself '
            'in a thread: await trio.to_thread.run_sync(proxy.method, ...)')
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        raise RuntimeError('call_async() without a callback is for coroutines '
                           'that an asyncio loop runs') from None


def take_result(result: Gio.AsyncResult) -> Gio.AsyncResult:
    """C has it once: for a second time it would have nothing to tell."""
    if not isinstance(result, Gio.AsyncResult):
        raise TypeError('expected the Gio.AsyncResult of a call, got '
                        + type(result).__name__)
    if getattr(result, '_is_taken', False):
        raise RuntimeError('the result of this call has been taken already')
    result._is_taken = True
    return result


class PendingCall(asyncio.Future):
    """A call that is in progress.

    It has what coroutines have as well, as asyncio.create_task() and
    asyncio.TaskGroup take nothing else.
    """

    _steps: Any = None

    def __init__(self, loop: asyncio.AbstractEventLoop,
                 cancellable: Gio.Cancellable) -> None:
        super().__init__(loop=loop)
        self._cancellable = cancellable

    def cancel(self, msg: Any = None) -> bool:
        is_cancelled = super().cancel(msg)
        if is_cancelled:
            self._cancellable.cancel()
        return is_cancelled

    def send(self, value: None) -> Any:
        if self._steps is None:
            self._steps = self.__await__()
        return self._steps.send(value)

    def throw(self, kind: Any, value: BaseException | None = None,
              traceback: Any = None) -> Any:
        self.cancel()
        if value is None:
            value = kind() if isinstance(kind, type) else kind
        raise value.with_traceback(traceback)

    def close(self) -> None:
        self.cancel()


class _Turns:
    """What another thread is to call: to wake it takes longer than most of
    that, so it is woken once for all that waits."""

    def __init__(self) -> None:
        self._waiting: deque[Callable[[], None]] = deque()
        self._is_woken = False

    def add(self, function: Callable[[], None],
            wake: Callable[[Callable[[], None]], Any]) -> None:
        """If need be, wake() gets what that thread is to call."""
        self._waiting.append(function)
        if not self._is_woken:
            self._is_woken = True
            wake(self._run)

    def _run(self) -> None:
        # Before it counts: what is added later wakes this thread again.
        self._is_woken = False
        for _ in range(len(self._waiting)):
            self._waiting.popleft()()


class _Thread:
    """GLib's main loop in a thread."""

    def __init__(self) -> None:
        self._turns = _Turns()
        self._context = GLib.MainContext.new()
        threading.Thread(target=self._run, name='XmlRpc calls',
                         daemon=True).start()

    def _run(self) -> None:
        self._context.push_thread_default()
        GLib.MainLoop.new(self._context, False).run()

    def invoke(self, function: Callable[[], None]) -> None:
        self._turns.add(function, self._wake)

    def _wake(self, function: Callable[[], None]) -> None:
        def run(*data: Any) -> bool:
            function()
            return GLib.SOURCE_REMOVE

        source = GLib.Idle(priority=GLib.PRIORITY_DEFAULT)
        source.set_callback(run)
        source.attach(self._context)


_thread: _Thread | None = None
_lock = threading.Lock()
# Of each loop that is not GLib's.
_turns: WeakKeyDictionary[asyncio.AbstractEventLoop, _Turns] = (
    WeakKeyDictionary())


def _forget_thread() -> None:
    """A child does not have the threads of its parent."""
    global _thread, _lock
    _thread = None
    _lock = threading.Lock()
    _turns.clear()


os.register_at_fork(after_in_child=_forget_thread)


def _get_thread() -> _Thread:
    global _thread
    with _lock:
        if _thread is None:
            _thread = _Thread()
        return _thread


def _settle(future: PendingCall, function: Callable[..., Any],
            *args: Any) -> None:
    """Calls the function for what becomes of the future."""
    if future.done():
        return
    try:
        result = function(*args)
    except BaseException as error:
        future.set_exception(error)
    else:
        future.set_result(result)


def _raise(error: BaseException) -> None:
    raise error


def _start_in_thread(future: PendingCall, loop: asyncio.AbstractEventLoop,
                     start: Callable[..., None], args: tuple,
                     finish: Callable[[Gio.AsyncResult], Any]) -> None:
    turns = _turns.get(loop) or _turns.setdefault(loop, _Turns())

    def tell(function: Callable[..., Any], *args: Any) -> None:
        try:
            turns.add(lambda: _settle(future, function, *args),
                      loop.call_soon_threadsafe)
        except RuntimeError:
            pass  # The loop has been closed, and nobody waits.

    def done(source: Any, result: Gio.AsyncResult) -> None:
        try:
            value = finish(result)
        except BaseException as error:
            tell(_raise, error)
        else:
            tell(lambda: value)

    def begin() -> None:
        try:
            start(*args, done)
        except BaseException as error:
            tell(_raise, error)

    _get_thread().invoke(begin)


def start(start: Callable[..., None], args: tuple,
          finish: Callable[[Gio.AsyncResult], Any],
          cancellable: Gio.Cancellable | None) -> PendingCall:
    """Calls an asynchronous function of GIO; returns a future of asyncio."""
    loop = _get_loop()
    if cancellable is None:
        cancellable = Gio.Cancellable()
    future = PendingCall(loop, cancellable)

    def done(source: Any, result: Gio.AsyncResult) -> None:
        _settle(future, finish, result)

    if _runs_glib(type(loop)):
        start(*args, cancellable, done)
    else:
        _start_in_thread(future, loop, start, (*args, cancellable), finish)
    return future
