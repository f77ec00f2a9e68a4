#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Python: its modules xmlrpc.server and xmlrpc.client."""

import platform
import sys

from echo import ClientTest, ServerTest
from real import XmlRpc, main


class PythonTest:
    @classmethod
    def find_version(cls):
        return platform.python_version()


class PythonServerTest(PythonTest, ServerTest):
    program = 'Python\u2019s xmlrpc.server'
    command = [sys.executable, 'servers/server.py']
    otherwise = {'i8': XmlRpc.Fault}
    notes = ['It reads i8 and does not send it.']


class PythonClientTest(PythonTest, ClientTest):
    program = 'Python\u2019s xmlrpc.client'
    command = [sys.executable, 'clients/client.py']


if __name__ == '__main__':
    main()
