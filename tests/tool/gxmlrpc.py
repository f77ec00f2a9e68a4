# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Runs gxmlrpc, as the environment GXMLRPC says, with pipes or on a terminal."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import unittest
from pathlib import Path

GXMLRPC = os.environ['GXMLRPC']
TESTS = Path(os.environ['G_TEST_SRCDIR'])
TIMEOUT = 60

OK, FAILURE, USAGE, NETWORK, HTTP, FAULT, BAD_ANSWER = range(7)


class TestCase(unittest.TestCase):
    maxDiff = None

    def run_tool(self, *arguments, status=OK, stdin='', **options):
        """The output of a run that ends with `status`. What fails says why on
        standard error, and writes nothing else; what does not is silent there."""
        if isinstance(stdin, str):
            stdin = stdin.encode()
        result = subprocess.run([GXMLRPC, *arguments], check=False, input=stdin, capture_output=True,
                                timeout=TIMEOUT, start_new_session=True, **options)
        output, errors = result.stdout.decode(), result.stderr.decode()
        self.assertEqual(result.returncode, status, errors)
        if status == OK:
            self.errors = errors
            return output
        self.assertEqual(output, '')
        self.assertRegex(errors, r'\Agxmlrpc: ')
        return errors

    def call(self, *arguments, **options):
        return self.run_tool('call', self.url, *arguments, **options)


def has_terminals():
    """Some containers have none."""
    try:
        for fd in os.openpty():
            os.close(fd)
    except OSError:
        return False
    return True


class Terminal:
    """A run on a terminal of its own, which it controls."""

    def __init__(self, *arguments, stdout=None, size=None, **environment):
        self.output = ''
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            if size is not None:
                fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack('4H', *size, 0, 0))
            if stdout is not None:
                os.dup2(stdout.fileno(), 1)
            os.execve(GXMLRPC, [GXMLRPC, *arguments], os.environ | {'TERM': 'xterm'} | environment)

    def read(self):
        """FALSE at the end."""
        if not select.select([self.fd], [], [], TIMEOUT)[0]:
            raise AssertionError(f'nothing more on the terminal after {self.output!r}')
        try:
            data = os.read(self.fd, 65536)
        except OSError:  # Linux's way to say that the other side is closed.
            return False
        self.output += data.decode(errors='replace')
        return len(data) > 0

    def wait_for(self, text):
        while text not in self.output:
            if not self.read():
                raise AssertionError(f'{text!r} is not in {self.output!r}')

    @property
    def text(self):
        """The output without the bar, which is there when the machine is slow."""
        return re.sub('\r[^\r\n]*\033\\[K', '', self.output)

    def type(self, text):
        os.write(self.fd, text.encode())

    def end(self):
        """What the run ended with."""
        while self.read():
            pass
        os.close(self.fd)
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])

    def kill(self, number=signal.SIGKILL):
        os.kill(self.pid, number)


def read_command_lines(pid):
    """What other users can see of a process."""
    return Path(f'/proc/{pid}/cmdline').read_bytes()


class Server:
    """A program that serves at the address which it prints. It ends with its input,
    or else at a signal."""

    def __init__(self, *command, ends_with_input=False):
        self.ends_with_input = ends_with_input
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.address = self.process.stdout.readline().strip()

    def stop(self):
        if not self.ends_with_input:
            self.process.terminate()
        self.process.communicate(timeout=TIMEOUT)


def start_python_server():
    return Server(sys.executable, TESTS / 'interop' / 'echo-server.py', ends_with_input=True)


def start_supervisord():
    """With the path of its socket and its port."""
    server = Server(sys.executable, TESTS / 'interop' / 'supervisord.py', ends_with_input=True)
    server.path, server.port = server.address.split()
    return server
