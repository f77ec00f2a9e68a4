#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Lua: its module xmlrpc."""

from echo import ClientTest
from real import main


class LuaTest(ClientTest):
    program = 'Lua\u2019s xmlrpc'
    package = 'lua-xmlrpc'
    needs = ['lua5.1', '/usr/share/doc/lua-xmlrpc']
    command = ['lua5.1', 'clients/client.lua']
    otherwise = {'date': '', 'base64': ''}
    notes = ['It can send neither dates nor base64.']


if __name__ == '__main__':
    main()
