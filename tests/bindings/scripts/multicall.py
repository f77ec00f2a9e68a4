# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What programs do with many calls at once."""


def run(client, uri):
    proxy = client.ServerProxy(uri)

    # As in the documentation of xmlrpc.client.
    multicall = client.MultiCall(proxy)
    multicall.add(7, 3)
    multicall.echo('seven')
    multicall.a.b.c.d([1, {'two': 3.5}])
    result = multicall()
    print('7+3=%d, %s, %s' % tuple(result))

    multicall = client.MultiCall(proxy)
    multicall.add(1, 2)
    multicall.fail(5, 'In the middle.')
    multicall.add(3, 4)
    results = multicall()
    print(results[0], results[2])
    try:
        for number in results:
            print(number)
    except client.Fault as fault:
        print(fault.faultCode, fault.faultString)
