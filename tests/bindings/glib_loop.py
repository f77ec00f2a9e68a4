# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""asyncio over GLib's main loop: PyGObject's own where it has that, for there
gbulb does not work."""

try:
    from gi.events import GLibEventLoopPolicy  # PyGObject 3.50
except ImportError:
    from gbulb import GLibEventLoopPolicy

_policy = GLibEventLoopPolicy()


def get_loop():
    return _policy.get_event_loop()
