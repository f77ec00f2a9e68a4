# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Our server, for clients that others wrote. Prints its URL, and serves until it gets
SIGTERM."""

from datetime import datetime

import gi

gi.require_version('XmlRpc', '1.0')
from gi.repository import GLib, XmlRpc

TYPES = {bool: 'boolean', int: 'int', float: 'double', str: 'string', datetime: 'dateTime',
         bytes: 'base64', list: 'array', dict: 'struct', type(None): 'nil'}


def fail(code: int, message: str):
    raise XmlRpc.Fault(code, message)


def main():
    server = XmlRpc.Server()
    server.add_function(lambda value: value, 'echo')
    server.add_function(lambda a, b: a + b, 'add')
    server.add_function(lambda value: next(name for kind, name in TYPES.items() if isinstance(value, kind)),
                        'type')
    server.add_function(fail)
    print(server.listen(), flush=True)
    GLib.MainLoop().run()


if __name__ == '__main__':
    main()
