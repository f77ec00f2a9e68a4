# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""serve_forever() and shutdown(), as socketserver has them.

A server is answered for by the thread that runs its main context: the one that
listen() was called in. serve_forever() runs it, in any thread. shutdown() may
come from anywhere, and does its work in that context.
"""

from __future__ import annotations

import threading
from typing import Any, Callable

from gi.repository import GLib

from ._invocation import get_current


def invoke(context: GLib.MainContext, function: Callable[[], None]) -> None:
    """Has the thread that runs the context call the function."""

    def run(*data: Any) -> bool:
        function()
        return GLib.SOURCE_REMOVE

    source = GLib.Idle(priority=GLib.PRIORITY_DEFAULT)
    source.set_callback(run)
    source.attach(context)


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
        self._is_over = False

    def run(self) -> None:
        """Until the end; what Ctrl-C raises comes out."""
        if not self._ended.is_set():
            raise RuntimeError('serve_forever() runs already')
        if self._is_over:
            raise RuntimeError('this server has been shut down; make another')
        self._ended.clear()
        self._thread = threading.get_ident()
        try:
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

    def end(self, begin: Callable[[Callable[[], None]], None]) -> None:
        """Has the context's thread begin the end, and quit the loop when that
        has come; waits for it, unless a call would wait for itself."""

        def finish() -> None:
            self._is_over = True
            self._loop.quit()

        invoke(self.context, lambda: begin(finish))
        if self._thread != threading.get_ident() and get_current() is None:
            self._ended.wait()
