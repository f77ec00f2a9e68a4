#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Writes the files of a page of the documentation, runs its commands one after
another, and compares what they print with what the page shows:

    test-page.py PAGE BUILD MESON PYTHON

They see the library as it is installed, and run beside the checkout, those of
the README in a copy of it. The ports of the page stand for free ones. Programs
with a window find no display; tests/examples has one for them. See page.py for
what a page is."""

import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import unittest
from pathlib import Path

import tap
from installation import SOURCES, TIMEOUT, Installation
from page import CONTINUES, Command, Excerpt, File, read_page, write_blocks

PAGE = Path(sys.argv[1])
BUILD, MESON, PYTHON = sys.argv[2:5]
PORTS = ['8080', '8081', '8082', '8083', '8084', '8085', '8086',
         '8087', '8088', '8089', '8090', '8091', '8443']

# The tests do not run themselves.
NOT_RUN = ['./run tests']

# In front of the programs of these names: warnings are errors, but not of the C
# that Vala makes, and Python is one that has PyGObject. What a page installs is there,
# and what it builds is built in the shortest time.
WRAPPERS = {
    'apt-get': 'true',
    'cc': 'exec {cc} -Wall -Wextra -Wno-unused-parameter -Werror -Wno-error=deprecated-declarations "$@"',
    'meson': '[ "$1" != setup ] || set -- "$@" -Doptimization=0; exec {meson} "$@"',
    'python3': 'exec {python} "$@"',
    'valac': 'exec {valac} --fatal-warnings --cc={cc} "$@"',
}


def find_free_port(excluded):
    """Below those that the system itself gives to others. The digits stand nowhere on the
    page, where they would be taken for the port, such as those of 3.14159."""
    page = PAGE.read_text('utf-8')
    while True:
        port = random.randrange(10000, 32000)
        with socket.socket() as probe:
            try:
                probe.bind(('127.0.0.1', port))
            except OSError:
                continue
        if str(port) not in excluded and str(port) not in page:
            return str(port)


class Terminal:
    """Runs commands in a directory of its own."""

    def __init__(self, directory):
        self._directory = Path(directory)
        self._installation = Installation(self._directory / 'root', BUILD,
                                          MESON)
        self._work = self._directory / 'work'
        if PAGE.name == 'README.md':
            shutil.copytree(SOURCES, self._work,
                            ignore=shutil.ignore_patterns('_build', '.git'))
        else:
            self._work.mkdir()
            (self._work / 'xmlrpc-glib').symlink_to(SOURCES)
        self._ports = {}
        for port in PORTS:
            self._ports[port] = find_free_port(self._ports.values())
        self._background = []
        self._jobs = {}
        self._environment = self._installation.environment | {
            'DESTDIR': str(self._directory / 'destination'),
        }
        for name in 'DISPLAY', 'WAYLAND_DISPLAY':
            self._environment.pop(name, None)
        self._environment['PATH'] = ':'.join([
            str(self._write_wrappers()), self._environment['PATH']])

    def _write_wrappers(self):
        programs = self._directory / 'bin'
        programs.mkdir()
        for name, text in WRAPPERS.items():
            wrapper = programs / name
            wrapper.write_text('#!/bin/sh\n' + text.format(
                cc=shutil.which('cc'), valac=shutil.which('valac'),
                meson=MESON, python=PYTHON) + '\n')
            wrapper.chmod(0o755)
        return programs

    def _translate(self, text):
        for shown, real in self._ports.items():
            text = re.sub(rf'\b{shown}\b', real, text)
        return text

    def _translate_back(self, text):
        for shown, real in self._ports.items():
            text = re.sub(rf'\b{real}\b', shown, text)
        return text

    def write(self, file):
        path = self._work / file.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self._translate(file.text), 'utf-8')

    def _start(self, command, stdin=subprocess.PIPE):
        return subprocess.Popen(
            ['/bin/bash', '-c', self._translate(command)], cwd=self._work,
            env=self._environment, text=True, start_new_session=True,
            stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def run(self, command):
        """Returns the lines that a command prints, and whether it failed."""
        if command.goes_on:
            return self._run_on(command), False
        if job := re.fullmatch(r'kill %(\d+)', command.text):
            return self._end_job(int(job[1]))
        process = self._start(command.text)
        try:
            output, _ = process.communicate(timeout=TIMEOUT)
        finally:
            stop(process)
        return self._translate_back(output).splitlines(), bool(process.returncode)

    def _run_on(self, command):
        """Reads as many lines as the page shows, or one of what is not shown. Input is
        /dev/null, as for a script's background commands."""
        process = self._start('exec ' + command.text.removesuffix(' &'),
                              subprocess.DEVNULL)
        self._background.append(process)
        self._jobs[max(self._jobs, default=0) + 1] = process
        watchdog = threading.Timer(TIMEOUT, stop, [process])
        watchdog.start()
        n_lines = 1 if command.output is None else len(command.output)
        lines = [process.stdout.readline() for _ in range(n_lines)]
        watchdog.cancel()
        return self._translate_back(''.join(lines)).splitlines()

    def _end_job(self, number):
        """As a shell does, which numbers the jobs that go on."""
        process = self._jobs.pop(number)
        process.terminate()
        process.wait(TIMEOUT)
        return [], False

    def close(self):
        for process in self._background:
            stop(process)
            process.communicate()


def stop(process):
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


class LeftOut:
    """Commands that need what is not on each system: libsoup 2.4, which Debian has no
    more from 14 on, GTK 4, or xmlrpc-c. These are the commands that compile with it, that
    run what was compiled, and that call such a server."""

    def __init__(self):
        self._names = set()
        self._missing = [module for module in ('libsoup-2.4', 'gtk4')
                         if subprocess.call(['pkg-config', '--exists', module])]
        if not shutil.which('xmlrpc-c-config'):
            self._missing += ['xmlrpc-c-config', '-lxmlrpc_client']

    def has(self, command):
        names = set(re.findall(r'\./[\w-]+|(?<=[ :])\d{4}\b', command.text))
        if any(name in command.text for name in self._missing):
            self._names |= {'./' + name for name in re.findall(r'-o (\S+)', command.text)}
            return True
        if not names & self._names:
            return False
        if command.goes_on:
            self._names |= names
        return True


def find_lines(lines, text):
    """Whether a text has these lines, however far they are indented."""
    lines, text = ([line.strip() for line in lines_of.splitlines()]
                   for lines_of in (lines, text))
    return any(text[start:start + len(lines)] == lines
               for start in range(len(text) - len(lines) + 1))


class TestPage(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        text = PAGE.read_text('utf-8')
        self.steps = list(read_page(text))
        self.earlier = [step for name in CONTINUES.findall(text)
                        for step in read_page(PAGE.with_name(name).read_text('utf-8'))
                        if isinstance(step, File)]

    def test_commands(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        terminal = Terminal(directory.name)
        self.addCleanup(terminal.close)
        left_out = LeftOut()
        for step in self.earlier + self.steps:
            if isinstance(step, File):
                terminal.write(step)
                self.check_message(terminal, step)
            if isinstance(step, (Excerpt, File)):
                continue
            if step.text in NOT_RUN or left_out.has(step):
                continue
            place = f'{PAGE.name}:{step.line}: {step.text}'
            output, failed = terminal.run(step)
            if step.output is not None:
                self.assertEqual(output, step.output, place)
            # What a failure looks like can be shown, too.
            self.assertTrue(step.output or not failed, f'{place}: {output}')

    def check_message(self, terminal, file):
        """What stands on a page as XML is a message of XML-RPC, perhaps a fault."""
        if file.name.endswith('.xml'):
            output, failed = terminal.run(
                Command(file.line, f'gxmlrpc decode {file.name}', None))
            self.assertTrue(not failed or output[0].startswith('gxmlrpc: fault '),
                            f'{PAGE.name}:{file.line}: {output}')

    def test_all_files_are_used(self):
        """By a command, or by a file that has its name, or test-flatpak.py, or Meson."""
        for file in self.steps:
            if isinstance(file, File) and not file.name.endswith(('.json', '.wrap', '.xml')):
                others = ' '.join(step.text for step in self.steps
                                  if step is not file)
                self.assertIn(Path(file.name).parts[0], others)

    def test_excerpts(self):
        for step in self.steps:
            if isinstance(step, Excerpt):
                text = (SOURCES / step.name).read_text('utf-8')
                self.assertTrue(find_lines(step.text, text), f'line {step.line}: {step.name}')


def is_kept_as_it_is():
    """Whether this page keeps the programs of one that has not changed since."""
    page = SOURCES / 'docs' / PAGE.name
    return (PAGE.parents[1].name == 'abi' and page.exists()
            and write_blocks(page.read_text('utf-8')) == PAGE.read_text('utf-8'))


if __name__ == '__main__':
    if is_kept_as_it_is():
        print(f'1..0 # SKIP docs/{PAGE.name} still has these programs, and runs them')
    else:
        tap.main()
