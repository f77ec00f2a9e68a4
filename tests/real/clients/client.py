# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

import sys
from datetime import datetime
from xmlrpc.client import Fault, ServerProxy

TEXT = 'zo\u00eb <&> \u2603 \U0001f600'

server = ServerProxy(sys.argv[1], use_builtin_types=True)


def both(value):
    """The result of echo, and what kind it was on the other side."""
    return server.echo(value), server.type(value)


print('add', server.add(2, 3))
print('int', *both(-5))
print('double', *both(-1.5))
result, kind = both(True)
print('boolean', str(result).lower(), kind)
print('string', *both(TEXT))
result, kind = both(datetime(2026, 11, 23, 8, 40, 5))
print('date', result.strftime('%Y%m%dT%H:%M:%S'), kind)
result, kind = both(bytes(range(256)))
print('base64', len(result), sum(result), kind)
result, kind = both([1, 'two', 2.5])
print('array', *result, kind)
result, kind = both({'name': 'zoo', 'number': 7})
print('struct', result['name'], result['number'], kind)
print('long', len(server.echo('x' * 100_000)))
try:
    server.fail(4, TEXT)
except Fault as fault:
    print('fault', fault.faultCode, fault.faultString)
