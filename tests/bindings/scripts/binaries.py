# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What programs do with binary data."""

import hashlib


def run(client, uri):
    picture = bytes(range(256)) * 40

    with client.ServerProxy(uri) as server:
        # As in the documentation of xmlrpc.client.
        data = server.echo(client.Binary(picture)).data
        print(len(data), hashlib.sha256(data).hexdigest())
        print(server.describe(client.Binary(b'\0\xff')))
        print(server.describe(b'raw'), server.describe(bytearray(b'array')))
        print(server.echo(client.Binary(b'same')) == client.Binary(b'same'))
        print(client.Binary(b'text'), client.Binary().data)

    with client.ServerProxy(uri, use_builtin_types=True) as server:
        print(server.echo([b'one', {'two': b'three'}]))

    with client.ServerProxy(uri, use_builtin_types=False) as server:
        print(server.echo(b'wrapped').data)
