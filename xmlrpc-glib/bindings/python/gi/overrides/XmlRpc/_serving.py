# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""serve_forever() and shutdown(), as socketserver has them.

A server is answered for by the thread that runs its main context: the one that
listen() was called in. serve_forever() runs it, in any thread. shutdown() may
come from anywhere, and does its work in that context.
"""

from __future__ import annotations

import math
import threading
from typing import Any, Callable

from gi.repository import GLib

from ._invocation import get_current


def invoke(context: GLib.MainContext, function: Callable[[], None]) -> None:
    """Has the thread that runs the context call the function."""

    def run(*data: Any) -> bool:
        function()
        return GLib.SOURCE_REMOVE

    source = GLib.Idle()
    # However busy the server is; as an argument it is ignored in 3.42.
    source.set_priority(GLib.PRIORITY_HIGH)
    source.set_callback(run)
    source.attach(context)


def read_grace(seconds: float | None) -> int:
    """In milliseconds, as C has them; -1 stands for any time."""
    if seconds is None or seconds == math.inf:
        return -1
    if isinstance(seconds, bool) or not isinstance(seconds, (int, float)):
        raise TypeError('grace: expected seconds, got '
                        + type(seconds).__name__)
    if not seconds >= 0:
        raise ValueError(f'grace: expected seconds, got {seconds}')
    return min(int(seconds * 1000), 2**31 - 1)


class Serving:
    """The main loop of a server, if serve_forever() runs it."""

    def __init__(self) -> None:
        # None is the default one, which any thread may run as it is.
        self._own_context = GLib.MainContext.get_thread_default()
        self.context = self._own_context or GLib.MainContext.default()
        self._loop = GLib.MainLoop.new(self.context, False)
        self._thread: int | None = None
        self._ended = threading.Event()
        self._ended.set()
        self._has_run = False
        self._is_over = False

    def is_elsewhere(self) -> bool:
        """Whether another thread runs it. Of servers that share a context
        one thread does the work of all."""
        return (not self._ended.is_set()
                and self._thread != threading.get_ident()
                and not self.context.is_owner())

    def run(self) -> None:
        """Until the end; what Ctrl-C raises comes out."""
        if not self._ended.is_set():
            raise RuntimeError('serve_forever() runs already')
        if self._has_run and self._is_over:
            raise RuntimeError('the server has been shut down; make another')
        self._ended.clear()
        self._thread = threading.get_ident()
        self._has_run = True
        try:
            # Another thread may have shut it down before.
            if not self._is_over:
                self._run_loop()
        finally:
            self._thread = None
            self._ended.set()

    def _run_loop(self) -> None:
        if self._own_context is None:
            self._loop.run()
            return
        self._own_context.push_thread_default()
        try:
            self._loop.run()
        finally:
            self._own_context.pop_thread_default()

    def _quit_loop(self) -> None:
        # A loop that another thread is about to run would not notice.
        if self._loop.is_running() or self._ended.is_set():
            self._loop.quit()
        else:
            invoke(self.context, self._quit_loop)

    def end(self, begin: Callable[[Callable[[], None]], None]) -> None:
        """Has the context's thread begin the end, and quit the loop when that
        has come; waits for it, unless a call would wait for itself."""

        def finish() -> None:
            self._is_over = True
            self._quit_loop()

        invoke(self.context, lambda: begin(finish))
        if self.is_elsewhere() and get_current() is None:
            self._ended.wait()
