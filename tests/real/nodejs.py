#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Node.js: the npm package xmlrpc.

nodejs.py FOLDER: where npm put it.
"""

import json
import shutil
import sys
from pathlib import Path

from echo import ClientTest, ServerTest
from real import main

MODULES = Path(sys.argv[1], 'node_modules')


class NodeTest:
    needs = ['node', str(MODULES / 'xmlrpc' / 'package.json')]

    @classmethod
    def make_environment(cls):
        return super().make_environment() | {'NODE_PATH': str(MODULES)}

    @classmethod
    def find_version(cls):
        file = MODULES / 'xmlrpc' / 'package.json'
        return json.loads(file.read_text('utf-8'))['version'] if file.exists() else ''


class NodeServerTest(NodeTest, ServerTest):
    program = 'npm\u2019s xmlrpc'
    command = ['node', 'servers/server.js']
    otherwise = {'i8': '5000000000'}
    notes = ['A program gets i8 as a string.']

    @classmethod
    def make_command(cls):
        # Where nobody can read it.
        shutil.copytree(MODULES, cls.folder / 'node_modules')
        return super().make_command()


class NodeClientTest(NodeTest, ClientTest):
    program = 'npm\u2019s xmlrpc'
    command = ['node', 'clients/client.js']


if __name__ == '__main__':
    main()
