# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Prints the directory below a prefix where Python looks for modules.

Fails if this Python has no PyGObject.
"""

import os
import site
import sys

import gi

prefix = sys.argv[1]
of_gi = os.path.dirname(os.path.dirname(gi._overridesdir))

if os.path.realpath(prefix) == os.path.realpath(sys.prefix):
    print(of_gi)
else:
    below = [path for path in site.getsitepackages()
             if path.startswith(os.path.join(prefix, ''))]
    relative = os.path.relpath(of_gi, sys.prefix)
    print(below[0] if below else os.path.join(prefix, relative))
