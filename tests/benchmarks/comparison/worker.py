# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""A program that measures, and is told what by lines on its input."""

import subprocess
import time


class Refused(Exception):
    """The library cannot do what it was asked to."""


class Worker:
    def __init__(self, arguments):
        self._process = subprocess.Popen(
            arguments, text=True, bufsize=1,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.greeting = self._read()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def ask(self, *words):
        self._process.stdin.write(' '.join(map(str, words)) + '\n')
        return self._read()

    def time(self, *what):
        """Seconds of the processor, and on the wall."""
        cpu, wall = self.ask('time', *what).split()
        return float(cpu), float(wall)

    def time_apart(self, *what):
        """The same of threads with a client each."""
        cpu, wall = self.ask('apart', *what).split()
        return float(cpu), float(wall)

    def memory(self, *what):
        """By how many bytes it grew at most."""
        return int(self.ask('memory', *what))

    def cpu_seconds(self):
        """Of the processor, since it was started, in all of its threads."""
        # As clock_getcpuclockid() of the C library makes it.
        return time.clock_gettime((~self._process.pid << 3) | 2)

    def stop(self):
        self._process.stdin.close()
        self._process.stdout.close()
        # The examples do not look at their input.
        self._process.terminate()
        self._process.wait()

    def _read(self):
        answer = self._process.stdout.readline().strip()
        if answer.startswith('refused: '):
            raise Refused(answer.removeprefix('refused: '))
        if not answer:
            self._process.wait()
            raise Refused(f'it ended with {self._process.returncode}')
        return answer
