# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

import sys
from xmlrpc.client import Fault
from xmlrpc.server import SimpleXMLRPCServer


def fail(code, message):
    raise Fault(code, message)


server = SimpleXMLRPCServer(('127.0.0.1', int(sys.argv[1])), allow_none=True, use_builtin_types=True)
server.register_function(lambda value: value, 'echo')
server.register_function(lambda a, b: a + b, 'add')
server.register_function(fail)
server.serve_forever()
