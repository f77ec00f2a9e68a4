#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""This library from Python, told what to do as client.h says."""

import asyncio

import gi

gi.require_version('XmlRpc', '1.0')
from gi.repository import XmlRpc  # noqa: E402

from python import main  # noqa: E402


async def call_in_turn(proxy, method, times):
    function = proxy[method]
    for _ in range(times):
        if await function.call_async(2, 3) != 5:
            raise ValueError('a wrong reply')


def call_many(proxy, method, times, n_in_flight):
    async def run():
        await asyncio.gather(*(call_in_turn(proxy, method, times // n_in_flight)
                               for _ in range(n_in_flight)))

    asyncio.run(run())


if __name__ == '__main__':
    main(XmlRpc, call_many)
