# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""A server for the tests of a client.

    def test_total():
        with XmlRpc.testing.server({'shop.price': lambda name: 5}) as uri:
            assert total(uri, ['tea', 'milk']) == 10
"""

from __future__ import annotations

from concurrent.futures import Future
from contextlib import contextmanager
from threading import Thread
from typing import Any, Iterator

from gi.repository import GLib

from ._server import Server

__all__ = ['server']


def _serve(made: Server, options: dict[str, Any], uri: Future) -> None:
    context = GLib.MainContext.new()
    context.push_thread_default()
    try:
        try:
            uri.set_result(made.listen(**options))
        except BaseException as error:
            uri.set_exception(error)
        else:
            made.serve_forever()
    finally:
        made.close()
        context.pop_thread_default()


@contextmanager
def server(functions: Any, *, threaded: bool = False, **options: Any
           ) -> Iterator[str]:
    """Serves functions, as Server.register_functions() takes them, at a free
    port of this computer; gives the URI.

    The server runs in a thread of its own, so that the test can block. It ends
    with the block. `options` are those of Server.listen(), such as `auth`.
    """
    made = Server(threaded=threaded)
    made.register_functions(functions)
    uri: Future[str] = Future()
    thread = Thread(target=_serve, args=(made, options, uri), daemon=True,
                    name='XmlRpc.testing.server')
    thread.start()
    try:
        yield uri.result()
    finally:
        made.shutdown(grace=0)
        thread.join()
