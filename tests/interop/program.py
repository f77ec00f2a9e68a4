# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Runs a server of the build while its tests run."""

import subprocess
import unittest


class ServerTest(unittest.TestCase):
    """A test class whose `program` serves at `cls.url` meanwhile."""

    program = None

    @classmethod
    def setUpClass(cls):
        cls.server = subprocess.Popen([cls.program], stdout=subprocess.PIPE,
                                      stderr=subprocess.PIPE, text=True)
        cls.url = cls.server.stdout.readline().strip()

    @classmethod
    def tearDownClass(cls):
        cls.server.terminate()
        output, errors = cls.server.communicate(timeout=20)
        # Nothing that a client sends makes a server print or fall over.
        if (output, errors, cls.server.returncode) != ('', '', 0):
            raise AssertionError(
                f'the server ended with {cls.server.returncode} '
                f'and wrote {output!r}, {errors!r}')
