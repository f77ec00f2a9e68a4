#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""PHP: its extension xmlrpc, behind PHP's own web server."""

from echo import ClientTest, ServerTest
from real import main

NEEDS = ['php', '/usr/share/doc/php-xmlrpc']


class PhpServerTest(ServerTest):
    program = 'PHP\u2019s xmlrpc'
    package = 'php-xmlrpc'
    needs = NEEDS
    command = ['php', 'servers/server.php']
    otherwise = {'i8': '', 'nil': ''}
    notes = ['It knows neither i8 nor nil, and takes both for an empty string.']

    @classmethod
    def make_command(cls):
        return ['sh', '-c', f'exec php -S 127.0.0.1:$1 {cls.copy(cls.command[-1])}', 'php']


class PhpClientTest(ClientTest):
    program = 'PHP\u2019s xmlrpc'
    package = 'php-xmlrpc'
    needs = NEEDS
    command = ['php', 'clients/client.php']


if __name__ == '__main__':
    main()
