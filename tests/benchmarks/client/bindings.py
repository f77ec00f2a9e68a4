#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""This library from Python, told what to do as client.h says."""

import gi

gi.require_version('XmlRpc', '1.0')
from gi.repository import XmlRpc  # noqa: E402

from python import main  # noqa: E402

if __name__ == '__main__':
    main(XmlRpc)
