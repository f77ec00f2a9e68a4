# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What programs do with dates."""

from datetime import datetime


def run(client, uri):
    server = client.ServerProxy(uri)

    # As in the documentation of xmlrpc.client.
    today = server.echo(datetime(2026, 2, 3, 4, 5, 6))
    converted = datetime.strptime(today.value, '%Y%m%dT%H:%M:%S')
    print('Today: %s' % converted.strftime('%d.%m.%Y, %H:%M'))
    print(today.timetuple()[:6])

    date = client.DateTime('20050102T03:04:05')
    print(server.describe(date), date, date.value, str(date))
    print(date < client.DateTime(datetime(2006, 1, 1)), date == date.value)
    print(server.echo({'dates': [date]})['dates'][0] == date)

    plain = client.ServerProxy(uri, use_builtin_types=True)
    print(repr(plain.echo(date)))
    plain = client.ServerProxy(uri, use_datetime=True)
    print(plain.echo(date) + (datetime(2005, 1, 2) - datetime(2005, 1, 1)))
