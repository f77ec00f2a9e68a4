# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Ctrl-C, while a call waits in C.

Python runs the handlers of signals between two of its own steps, and a call is
one step, however long it waits. What happens at once is that a byte comes out
of the file of signal.set_wakeup_fd(). A thread waits for that byte and cancels
the call. Then Python's handler runs, and KeyboardInterrupt is raised.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from signal import set_wakeup_fd
from threading import get_ident
from typing import Any, Callable

from gi.module import get_introspection_module
from gi.repository import GLib

XmlRpc = get_introspection_module('XmlRpc')

# What loops install in place of signal.default_int_handler, and with the same
# meaning: to end what the program does. A handler of the program may have
# another one, and it runs when the call has ended.
_LOOPS = ('asyncio.runners', 'gi._ossighelper')

# No signal has this number.
_MARK = b'\0'


def _ends_calls(handler: Any) -> bool:
    if handler is signal.default_int_handler:
        return True
    # asyncio's is a partial.
    function = getattr(handler, 'func', handler)
    return getattr(function, '__module__', None) in _LOOPS


def _is_within_error(kind: Any, traceback: Any) -> bool:
    """Whether Python's handler has run while PyGObject made the GLib.Error of
    the call that was cancelled."""
    return (kind is KeyboardInterrupt and traceback is not None
            and traceback.tb_next is None
            and traceback.tb_frame.f_globals.get('__name__') == 'gi._error')


class _Silence:
    """PyGObject prints such an interrupt, and raises RuntimeError. It is
    raised again, so it is not printed here."""

    def __init__(self) -> None:
        self._hook = sys.excepthook
        sys.excepthook = self

    def __call__(self, kind: Any, value: Any, traceback: Any) -> None:
        if not _is_within_error(kind, traceback):
            self._hook(kind, value, traceback)

    def end(self) -> None:
        if sys.excepthook is self:
            sys.excepthook = self._hook
        if _is_within_error(getattr(sys, 'last_type', None),
                            getattr(sys, 'last_traceback', None)):
            # It would keep what the program's functions have had.
            for name in ('last_type', 'last_value', 'last_traceback',
                         'last_exc'):
                sys.__dict__.pop(name, None)


class _Watch:
    """The thread, and the calls of the main thread that it can cancel."""

    def __init__(self) -> None:
        # Raises ValueError where signals are not for this interpreter.
        set_wakeup_fd(set_wakeup_fd(-1))
        self._reader, self.writer = os.pipe()
        os.set_blocking(self.writer, False)
        self.outer = -1
        XmlRpc.interrupt_enable()
        self.silence: _Silence | None = None
        self._mark_seen = threading.Event()
        threading.Thread(target=self._run, name='XmlRpc interrupts',
                         daemon=True).start()

    def _run(self) -> None:
        while True:
            numbers = os.read(self._reader, 4096)
            self._pass_on(numbers.replace(_MARK, b''))
            if (signal.SIGINT in numbers
                    and _ends_calls(signal.getsignal(signal.SIGINT))):
                self.silence = self.silence or _Silence()
                XmlRpc.interrupt_calls()
            if _MARK in numbers:
                self._mark_seen.set()

    def _pass_on(self, numbers: bytes) -> None:
        """To whoever waits for signals outside of calls, such as a loop."""
        if self.outer not in (-1, self.writer) and numbers:
            try:
                os.write(self.outer, numbers)
            except OSError:
                pass  # It is closed, or has enough to read.

    def renew(self) -> None:
        """After an interrupt, which is to end no later call."""
        try:
            self._mark_seen.clear()
            os.write(self.writer, _MARK)
            self._mark_seen.wait(1)
        finally:
            XmlRpc.interrupt_enable()
            if self.silence is not None:
                self.silence.end()
            self.silence = None


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
    if watch.silence is not None:
        watch.renew()
    outer = -1
    try:
        try:
            watch.outer = outer = set_wakeup_fd(watch.writer)
            return function(*args)
        finally:
            set_wakeup_fd(outer)
    except KeyboardInterrupt as interrupt:
        watch.renew()
        raise interrupt from None
    except (GLib.Error, RuntimeError):
        if watch.silence is None:
            raise
        watch.renew()
        raise KeyboardInterrupt from None
