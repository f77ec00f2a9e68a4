#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Emacs: its package xml-rpc."""

from echo import ClientTest
from real import main


class EmacsTest(ClientTest):
    program = 'Emacs\u2019s xml-rpc'
    package = 'elpa-xml-rpc'
    needs = ['emacs', '/usr/share/doc/elpa-xml-rpc']
    command = ['emacs', '--batch', '--load', 'clients/client.el']


if __name__ == '__main__':
    main()
