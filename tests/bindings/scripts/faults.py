# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What programs do when calls fail."""


def run(client, uri):
    server = client.ServerProxy(uri, allow_none=True)
    try:
        server.fail(4, 'Too many parameters.')
    except client.Fault as error:
        print('A fault occurred')
        print('Fault code: %d' % error.faultCode)
        print('Fault string: %s' % error.faultString)
        print(error, repr(error))

    try:
        server.no_such_method()
    except client.Error as error:
        print(type(error).__name__, error.faultCode)

    try:
        client.ServerProxy(uri + '/elsewhere').echo(1)
    except client.ProtocolError as error:
        print('A protocol error occurred')
        print('URL: %s' % error.url)
        print('HTTP/HTTPS headers: %s' % error.headers['Content-type'])
        print('Error code: %d' % error.errcode)
        print('Error message: %s' % error.errmsg)

    try:
        client.ServerProxy('http://127.0.0.1:1/RPC2').echo(1)
    except OSError:
        print('No connection')

    for value in (10**30, {1: 2}, object):
        try:
            server.echo(value)
        except (OverflowError, TypeError) as error:
            print(type(error).__name__)

    print(client.Fault(1, 'mine').faultString, server.echo(None))
