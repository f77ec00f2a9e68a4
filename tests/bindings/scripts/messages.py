# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What programs do with messages that they carry themselves."""

from datetime import datetime


def run(client, uri):
    values = (1, -2.5, 'ü <&>', True, [1, 'a'], {'a': {'b': 2}})
    text = client.dumps(values, 'sample.echo')
    print(client.loads(text))
    print(client.loads(text.encode()) == (values, 'sample.echo'))
    print(client.loads(client.dumps((), 'sample.none')))
    print(client.loads(client.dumps(('one',), methodresponse=True)))

    text = client.dumps((client.Binary(b'\0\1'), datetime(2026, 2, 3)), 'a')
    (data, date), name = client.loads(text)
    print(data.data, date.value, name)
    print(client.loads(text, use_builtin_types=True))

    try:
        client.loads(client.dumps(client.Fault(4, 'No.')))
    except client.Fault as fault:
        print(fault.faultCode, fault.faultString)
    for values in [1], ('two', 'values'):
        try:
            client.dumps(values, methodresponse=True)
        except (AssertionError, TypeError, ValueError):
            print('refused')
    try:
        client.loads('<nothing/>')
    except client.ResponseError:
        print('no response')

    print(client.MAXINT, client.MININT)
    print([getattr(client, name) for name in (
        'PARSE_ERROR', 'SERVER_ERROR', 'APPLICATION_ERROR', 'SYSTEM_ERROR',
        'TRANSPORT_ERROR', 'NOT_WELLFORMED_ERROR', 'UNSUPPORTED_ENCODING',
        'INVALID_ENCODING_CHAR', 'INVALID_XMLRPC', 'METHOD_NOT_FOUND',
        'INVALID_METHOD_PARAMS', 'INTERNAL_ERROR')])
