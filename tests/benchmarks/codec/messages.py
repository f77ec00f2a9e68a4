#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""dumps() and loads() in Python: messages.py bindings|python

What to do comes in lines: time WHAT TIMES."""

import sys
import xmlrpc.client
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from measure import measure_time  # noqa: E402

# A call as programs make them, and a response with a list.
PARAMS = ('GTK', 20, {'since': '2026-11-30', 'tags': ['C', 'Python'], 'all': True})
RESULT = [{'title': f'News number {i}', 'link': f'https://example.org/{i}', 'id': i, 'score': i / 7}
          for i in range(1000)]


def find_module(name):
    if name == 'python':
        return xmlrpc.client
    import gi
    gi.require_version('XmlRpc', '1.0')
    from gi.repository import XmlRpc
    return XmlRpc


def main():
    module = find_module(sys.argv[1])
    call = module.dumps(PARAMS, 'meerkat.getItems')
    response = module.dumps((RESULT,), methodresponse=True)
    actions = {
        'dumps-call': lambda: module.dumps(PARAMS, 'meerkat.getItems'),
        'loads-call': lambda: module.loads(call),
        'dumps-response': lambda: module.dumps((RESULT,), methodresponse=True),
        'loads-response': lambda: module.loads(response),
    }
    print('ready', flush=True)
    for line in sys.stdin:
        _, name, times = line.split()
        action = actions[name]

        def repeat():
            for _ in range(int(times)):
                action()

        print(measure_time(repeat), flush=True)


if __name__ == '__main__':
    main()
