# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Ctrl-C, while a call waits in C.

Python runs the handlers of signals between two of its own steps, and a call is
one step, however long it waits. What happens at once is that a byte comes out
of the file of signal.set_wakeup_fd(). A thread waits for that byte and cancels
the call.

Then Python would run the handler within PyGObject, which makes an exception of
the error of the call. It would print the KeyboardInterrupt, and Python 3.14
ends a program that has printed one as if nobody had caught it. So another
handler is in place while a call waits. It notes the signal, and the program's
handler is called when the call has returned.
"""

from __future__ import annotations

import os
import threading
# Python's functions of the same names do the same in 20 times the time.
from _signal import SIGINT, default_int_handler, getsignal, set_wakeup_fd, signal
from threading import get_ident
from typing import Any, Callable

from gi.module import get_introspection_module

XmlRpc = get_introspection_module('XmlRpc')

# What loops install in place of signal.default_int_handler, and with the same
# meaning: to end what the program does. A handler of the program may have
# another one, and it runs when the call has ended.
_LOOPS = ('asyncio.runners', 'gi._ossighelper')

# No signal has this number.
_MARK = b'\0'


def _ends_calls(handler: Any) -> bool:
    # asyncio's is a partial.
    function = getattr(handler, 'func', handler)
    return getattr(function, '__module__', None) in _LOOPS


class _Watch:
    """The thread, and the call of the main thread that it can cancel."""

    def __init__(self) -> None:
        # Raises ValueError where signals are not for this interpreter.
        set_wakeup_fd(set_wakeup_fd(-1))
        self._reader, self._writer = os.pipe()
        os.set_blocking(self._writer, False)
        # Whoever waited for signals, also when the call has ended.
        self._outer = -1
        self._has_replaced_outer = False
        self._is_calling = False
        self._is_noted = False
        self._handler: Callable[..., Any] = default_int_handler
        XmlRpc.interrupt_enable()
        self._mark_seen = threading.Event()
        threading.Thread(target=self._run, name='XmlRpc interrupts',
                         daemon=True).start()

    def _run(self) -> None:
        while True:
            numbers = os.read(self._reader, 4096)
            self._pass_on(numbers.replace(_MARK, b''))
            if SIGINT in numbers:
                XmlRpc.interrupt_calls()
            if _MARK in numbers:
                self._mark_seen.set()

    def _pass_on(self, numbers: bytes) -> None:
        """To whoever waits for signals outside of calls, such as a loop."""
        if self._outer not in (-1, self._writer) and numbers:
            try:
                os.write(self._outer, numbers)
            except OSError:
                pass  # It is closed, or has enough to read.

    def _note(self, number: int, frame: Any) -> None:
        """The handler while a call waits."""
        if self._is_calling:
            self._is_noted = True
        else:
            # Something was raised before the call had begun, or had ended.
            signal(SIGINT, self._handler)
            self._handler(number, frame)

    def begin(self, handler: Callable[..., Any]) -> None:
        self._handler = handler
        self._is_calling = True
        signal(SIGINT, self._note)
        self._outer = set_wakeup_fd(self._writer)
        self._has_replaced_outer = True

    def end(self) -> bool:
        """Whether the call was interrupted; the handler may raise that."""
        if self._has_replaced_outer:
            set_wakeup_fd(self._outer)
            self._has_replaced_outer = False
        try:
            # Before, it calls the handlers of all signals that have come.
            signal(SIGINT, self._handler)
        finally:
            self._is_calling = False
        if not self._is_noted:
            return False
        self._renew()
        try:
            self._handler(SIGINT, None)
        except BaseException as error:
            raise error from None
        return True

    def _renew(self) -> None:
        """After an interrupt, which is to end no later call."""
        self._is_noted = False
        try:
            self._mark_seen.clear()
            os.write(self._writer, _MARK)
            self._mark_seen.wait(1)
        finally:
            XmlRpc.interrupt_enable()


_main_thread = threading.main_thread().ident
_watch: _Watch | None = None


def _forget_watch() -> None:
    """A child does not have the thread, and shares the pipe with its parent."""
    global _main_thread, _watch
    _main_thread = threading.main_thread().ident
    _watch = None


os.register_at_fork(after_in_child=_forget_watch)


def _get_watch() -> _Watch | None:
    """None where no signal comes: in other threads, and at the end."""
    global _watch
    if get_ident() != _main_thread:
        return None
    if _watch is None:
        try:
            _watch = _Watch()
        except (OSError, RuntimeError, ValueError):
            return None
    return _watch


def call(function: Callable[..., Any], *args: Any) -> Any:
    """Calls a function of C that waits."""
    watch = _watch
    if watch is None or get_ident() != _main_thread:
        watch = _get_watch()
        if watch is None:
            return function(*args)
    handler = getsignal(SIGINT)
    # A call within a callback of another one is ended with that one.
    if handler is not default_int_handler and not _ends_calls(handler):
        return function(*args)
    try:
        watch.begin(handler)
        return function(*args)
    finally:
        if watch.end():
            raise KeyboardInterrupt from None
