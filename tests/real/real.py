# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What the tests against real programs share.

Each of these tests runs a program as its users do, at a free port of this machine
and in a folder of its own, calls it with this library, and takes both away. What is
not installed is skipped. Run as root, the programs are those of nobody.

The docstring of a test says what was done. With REAL_RESULTS, a folder, the results
are written there, for the table in docs/interoperability.md.
"""

import contextlib
import itertools
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

import gi

gi.require_version('XmlRpc', '1.0')
from gi.repository import XmlRpc

import tap

# The documentation has programs that are run here.
sys.path.append(str(Path(__file__).parents[1] / 'docs'))
from page import Command, File, read_page  # noqa: E402

# Where servers are, which users need not have there.
os.environ['PATH'] += ':/usr/sbin'
HERE = Path(__file__).parent
SERVICES = HERE.parents[1] / 'docs' / 'services.md'
# A machine may be busy with other things.
PATIENCE = 180
NOBODY = 65534

__all__ = ['HERE', 'Program', 'RealTest', 'XmlRpc', 'find_free_port', 'main', 'wait_until']


def find_free_port():
    with socket.create_server(('127.0.0.1', 0)) as listener:
        return listener.getsockname()[1]


def accepts(port):
    with contextlib.suppress(OSError):
        socket.create_connection(('127.0.0.1', port)).close()
        return True
    return False


def wait_until(condition, what, check=lambda: None):
    """Returns the first true value of a condition."""
    deadline = time.monotonic() + PATIENCE
    while not (value := condition()):
        check()
        if time.monotonic() > deadline:
            raise AssertionError(f'{what} took longer than {PATIENCE} seconds')
        time.sleep(0.05)
    return value


class Program:
    """A program that runs until it is stopped, or until the test ends."""

    running = set()

    def __init__(self, folder, command, environment):
        self._command = [str(part) for part in command]
        self._log = folder / f'{Path(self._command[0]).name}-{time.monotonic_ns()}.log'
        # The whole session is ended, whatever else the program started.
        with self._log.open('wb') as log:
            self._process = subprocess.Popen(
                ['setpriv', '--pdeathsig', 'TERM', *as_nobody(), *self._command],
                cwd=folder, env=environment, start_new_session=True,
                stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT)
        self.running.add(self)

    def check(self):
        if self._process.poll() is not None:
            raise AssertionError(f'{self._command[0]} ended with {self._process.returncode}:\n{self.read_log()}')

    def read_log(self):
        return self._log.read_text('utf-8', 'replace')

    def wait_until(self, condition):
        return wait_until(condition, f'the start of {self._command[0]}', self.check)

    def wait_for_port(self, port):
        self.wait_until(lambda: accepts(port))

    def send_signal(self, number):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, number)

    def stop(self):
        for number in signal.SIGTERM, signal.SIGKILL:
            self.send_signal(number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(20)
        self.running.discard(self)


def as_nobody():
    if os.geteuid() != 0:
        return []
    return ['--reuid', str(NOBODY), '--regid', str(NOBODY), '--clear-groups']


class RealTest(unittest.TestCase):
    """The test of one program. What it is called by its users (program), the
    Debian package with its version, and what has to be there: programs, and
    files by their whole names."""

    kind = 'Programs'
    program = package = None
    needs = ()
    folders = []
    # What the table says of what works, and what its readers should know besides.
    verdict = 'works'
    notes = ()

    @classmethod
    def setUpClass(cls):
        cls.folder = Path(tempfile.mkdtemp(prefix='xmlrpc-glib-'))
        cls.folders.append(cls.folder)
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        cls.give(cls.folder)
        cls.start()

    @classmethod
    def start(cls):
        """Starts what the tests call."""

    @classmethod
    def make_environment(cls):
        # Neither the library that is tested nor settings of who runs the tests.
        kept = {name: os.environ[name] for name in ('PATH', 'TZ') if name in os.environ}
        return kept | {'HOME': str(cls.folder), 'LC_ALL': 'C.UTF-8', 'TMPDIR': str(cls.folder)}

    @classmethod
    def run_program(cls, *command, **environment):
        program = Program(cls.folder, command, cls.make_environment() | environment)
        cls.addClassCleanup(program.stop)
        return program

    @classmethod
    def run_once(cls, *command, text=None):
        """Runs a command to its end, as a program, and returns what it wrote."""
        result = subprocess.run(
            ['setpriv', *as_nobody(), *map(str, command)], cwd=cls.folder,
            env=cls.make_environment(), input=text, text=True, timeout=PATIENCE, check=False,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if result.returncode != 0:
            raise AssertionError(f'{command[0]} ended with {result.returncode}:\n{result.stdout}')
        return result.stdout

    @classmethod
    def call_with(cls, *command):
        """Runs a program that uses this library, and returns what it wrote."""
        return subprocess.run([str(part) for part in command], text=True, timeout=PATIENCE,
                              check=True, stdout=subprocess.PIPE).stdout

    def run_program_of_page(self, name, replacements):
        """Runs a program of docs/services.md with what differs here, such as the port, and
        compares what it prints with what stands there."""
        steps = iter(read_page(SERVICES.read_text('utf-8')))
        text = next(step.text for step in steps if isinstance(step, File) and step.name == name)
        for shown, real in replacements.items():
            self.assertIn(shown, text)
            text = text.replace(shown, real)
        self.write(name, text)
        for step in itertools.takewhile(lambda step: isinstance(step, Command), steps):
            # What is not shown starts what stands in for the next program.
            if step.output is not None:
                output = subprocess.run(step.text.replace('python3', sys.executable), shell=True, cwd=self.folder,
                                        text=True, timeout=PATIENCE, check=False,
                                        stdout=subprocess.PIPE, stderr=subprocess.STDOUT).stdout
                self.assertEqual(output.splitlines(), step.output)

    @classmethod
    def write(cls, name, text):
        file = cls.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, 'utf-8')
        cls.give(file.parent, file)
        return file

    @classmethod
    def make_folder(cls, name):
        folder = cls.folder / name
        folder.mkdir(parents=True)
        cls.give(folder)
        return folder

    @classmethod
    def copy(cls, name):
        """Copies a file of this folder to where nobody can read it."""
        return cls.write(Path(name).name, (HERE / name).read_text('utf-8'))

    @staticmethod
    def give(*files):
        if os.geteuid() == 0:
            for file in files:
                os.chown(file, NOBODY, NOBODY)

    @classmethod
    def find_version(cls):
        result = subprocess.run(['dpkg-query', '--show', '--showformat', '${Version}', cls.package],
                                text=True, capture_output=True, check=False)
        # Without Debian's part of it.
        return re.sub(r'^\d+:|-[^-]*$|\+.*$', '', result.stdout)

    @classmethod
    def find_missing(cls):
        return [name for name in cls.needs
                if not (Path(name).exists() if '/' in name else shutil.which(name))]


class RealResult(tap.TapResult):
    """Keeps what has to be told of each test."""

    def __init__(self, classes):
        super().__init__()
        self.rows = {cls: {'done': [], 'failed': [], 'skipped': []} for cls in classes}

    def add(self, test, word):
        if isinstance(test, RealTest):
            self.rows[type(test)][word].append(test.shortDescription())
        else:
            # What is set up for all tests of a class is no test, and yet can fail.
            self.testsRun += 1
            for cls, row in self.rows.items():
                if f'.{cls.__name__})' in test.id():
                    row[word].append('start it')

    def addSuccess(self, test):
        self.add(test, 'done')
        super().addSuccess(test)

    def addFailure(self, test, err):
        self.add(test, 'failed')
        super().addFailure(test, err)

    def addError(self, test, err):
        self.add(test, 'failed')
        super().addError(test, err)

    def addSkip(self, test, reason):
        self.add(test, 'skipped')
        super().addSkip(test, reason)

    def write(self, folder):
        rows = [{'kind': cls.kind, 'program': cls.program, 'version': cls.find_version(),
                 'missing': cls.find_missing(), 'verdict': cls.verdict, 'notes': cls.notes} | row
                for cls, row in self.rows.items()]
        folder.mkdir(parents=True, exist_ok=True)
        Path(folder, f'{Path(sys.argv[0]).stem}.json').write_text(json.dumps(rows, indent=1), 'utf-8')


def end(*_):
    """Takes all away at once: who asks for it does not wait for long."""
    for program in Program.running:
        program.send_signal(signal.SIGKILL)
    for folder in RealTest.folders:
        shutil.rmtree(folder, ignore_errors=True)
    os._exit(1)


def main():
    signal.signal(signal.SIGTERM, end)
    classes = [cls for cls in vars(sys.modules['__main__']).values()
               if isinstance(cls, type) and issubclass(cls, RealTest) and cls.program]
    suite = unittest.TestSuite()
    for cls in classes:
        if missing := cls.find_missing():
            unittest.skip(f'{" and ".join(missing)} cannot be had here')(cls)
        # In their order, for the table.
        names = [name for base in reversed(cls.__mro__) for name in vars(base) if name.startswith('test_')]
        suite.addTests(map(cls, dict.fromkeys(names)))

    result = RealResult(classes)
    suite.run(result)
    print(f'1..{result.testsRun}')
    if 'REAL_RESULTS' in os.environ:
        result.write(Path(os.environ['REAL_RESULTS']))
    sys.exit(not result.wasSuccessful())
