# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What programs do to learn what a server has."""


def run(client, uri):
    server = client.ServerProxy(uri)
    for name in server.system.listMethods():
        print(name, repr(server.system.methodHelp(name)))
        print(server.system.methodSignature(name))

    # Methods by name, as a shell for XML-RPC does it.
    for name, params in (('add', (2, 3)), ('a.b.c.d', ('deep',))):
        method = server
        for part in name.split('.'):
            method = getattr(method, part)
        print(method(*params))
    server('close')()
