#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What gxmlrpc does on a terminal: questions, colours, a bar. And what others can
see of passwords. test-terminal.py ECHO-SERVER"""

import base64
import os
import re
import signal
import sys
import tempfile
import termios
import threading
import unittest
import xmlrpc.client

import gxmlrpc
import scripted
import tap
from gxmlrpc import FAULT, HTTP, OK, USAGE, Terminal

ECHO_SERVER = sys.argv[1]
PROMPT = 'Password of me for '


@unittest.skipUnless(gxmlrpc.has_terminals(), 'there are no terminals to be had')
class TestCase(gxmlrpc.TestCase):
    def serve(self, answer):
        server = scripted.ScriptedServer(answer)
        self.addCleanup(server.__exit__)
        self.url = server.url
        return server


class TestPassword(TestCase):
    def ask(self, *arguments, **options):
        terminal = Terminal('call', *arguments, self.url, 'method', **options)
        terminal.wait_for(PROMPT + self.url.split('/')[2] + ': ')
        return terminal

    def test_prompt(self):
        self.serve(scripted.protect('me', 's3cret&:@%', scripted.respond(5)))
        terminal = self.ask('--user', 'me')
        # Typing is not shown.
        self.assertFalse(termios.tcgetattr(terminal.fd)[3] & termios.ECHO)
        terminal.type('s3cret&:@%\n')
        self.assertEqual(terminal.end(), OK)
        self.assertNotIn('s3cret', terminal.output)
        self.assertTrue(terminal.text.endswith('\r\n5\r\n'), terminal.output)

    def test_user_in_url(self):
        server = self.serve(scripted.protect('m e', 's3cret', scripted.respond(5)))
        terminal = Terminal('call', self.url.replace('//', '//m%20e@'), 'method')
        terminal.wait_for('Password of m e for ')
        terminal.type('s3cret\n')
        self.assertEqual(terminal.end(), OK)
        self.assertGreater(len(server.requests), 0)

    def test_wrong(self):
        self.serve(scripted.protect('me', 's3cret', scripted.respond(5)))
        terminal = self.ask('--user', 'me')
        terminal.type('secret\n')
        self.assertEqual(terminal.end(), HTTP)
        self.assertIn('does not accept this user name and password', terminal.output)

    def test_no_answer(self):
        server = self.serve(scripted.respond(5))
        terminal = self.ask('--user', 'me')
        terminal.type('\x04')
        self.assertEqual(terminal.end(), USAGE)
        self.assertIn('no password was given', terminal.output)
        self.assertEqual(server.requests, [])

    def test_interrupted(self):
        """Whoever gives up gets a terminal that shows what is typed."""
        self.serve(scripted.respond(5))
        for typed, number in (('\x03', signal.SIGINT), (None, signal.SIGTERM)):
            terminal = self.ask('--user', 'me')
            if typed:
                terminal.type(typed)
            else:
                terminal.kill(number)
            self.assertEqual(os.waitstatus_to_exitcode(os.waitpid(terminal.pid, 0)[1]), -number)
            self.assertTrue(termios.tcgetattr(terminal.fd)[3] & termios.ECHO)
            os.close(terminal.fd)

    def test_not_asked(self):
        self.serve(scripted.respond(5))
        terminal = Terminal('call', '--no-prompt', '--user', 'me', self.url, 'method')
        self.assertEqual(terminal.end(), USAGE)
        self.assertNotIn(PROMPT, terminal.output)

    def test_list_of_processes(self):
        """While a call with a password is under way, nobody sees the password: not
        in its command line, nor in its environment."""
        called, seen = threading.Event(), threading.Event()

        def answer(handler, _):
            called.set()
            seen.wait(gxmlrpc.TIMEOUT)
            handler.send(xmlrpc.client.dumps((5,), methodresponse=True))

        self.serve(scripted.protect('me', 's3cret', answer))
        with tempfile.NamedTemporaryFile('w') as file:
            file.write('s3cret\n')
            file.flush()
            for from_file in (False, True):
                called.clear()
                seen.clear()
                options = ['--user', 'me', '--verbose'] + (['--password-file', file.name] if from_file else [])
                terminal = Terminal('call', *options, self.url, 'method')
                if not from_file:
                    terminal.wait_for(PROMPT)
                    terminal.type('s3cret\n')
                self.assertTrue(called.wait(gxmlrpc.TIMEOUT))
                command_line = gxmlrpc.read_command_lines(terminal.pid)
                environment = gxmlrpc.Path(f'/proc/{terminal.pid}/environ').read_bytes()
                seen.set()
                self.assertEqual(terminal.end(), OK)
                self.assertIn(b'--user\0me\0', command_line)
                self.assertIn('> Authorization: Basic (hidden)', terminal.output)
                for secret in ('s3cret', base64.b64encode(b'me:s3cret').decode()):
                    self.assertNotIn(secret.encode(), command_line)
                    self.assertNotIn(secret.encode(), environment)
                    self.assertNotIn(secret, terminal.output)


class TestColours(TestCase):
    @classmethod
    def setUpClass(cls):
        server = gxmlrpc.Server(ECHO_SERVER)
        cls.addClassCleanup(server.stop)
        cls.url = server.address

    def test_on_terminal(self):
        for arguments, status, text in ((['describe', self.url, 'add'], OK, '\033[1madd\033[0m (i8, i8) -> i8\r\n'),
                                        (['call', self.url, 'fail', '4', 'x'], FAULT, '\033[1;31mfault 4:\033[0m x'),
                                        (['list'], USAGE, '\033[1;31merror:\033[0m URL is missing'),
                                        (['list', '--insecure', self.url], OK, '\033[1;33mwarning:\033[0m ')):
            terminal = Terminal(*arguments)
            self.assertEqual(terminal.end(), status)
            self.assertIn(text, terminal.text)
            for environment in ({'NO_COLOR': '1'}, {'TERM': 'dumb'}):
                plain = Terminal(*arguments, **environment)
                self.assertEqual(plain.end(), status)
                self.assertEqual(plain.text, re.sub('\033\\[[0-9;]*m', '', terminal.text))

    def test_elsewhere(self):
        for arguments, status in ((['describe', self.url], OK), (['call', self.url, 'fail', '4', 'x'], FAULT)):
            self.assertNotIn('\033', self.run_tool(*arguments, status=status))
        # Each stream counts for itself.
        with tempfile.TemporaryFile('w+') as file:
            terminal = Terminal('describe', self.url, 'add', stdout=file)
            self.assertEqual(terminal.end(), OK)
            file.seek(0)
            self.assertNotIn('\033', file.read())

    def test_control_characters(self):
        self.serve(scripted.respond('a\x7f\u009b31mred'))
        for option, shown in (('--json', 'a\\u007f\\u009b31mred'), ('--xml', 'a&#x7f;&#x9b;31mred')):
            terminal = Terminal('call', option, self.url, 'method')
            self.assertEqual(terminal.end(), OK)
            self.assertIn(shown, terminal.output)
            # A program gets what there is.
            self.assertIn('\u009b31mred', self.call(option, 'method'))


class TestProgress(TestCase):
    def setUp(self):
        self.go_on = threading.Event()
        self.addCleanup(self.go_on.set)

    def watch(self, arguments, text, stdout):
        """The terminal, of a call that goes on once the text is there."""
        terminal = Terminal('call', self.url, 'method', *arguments, stdout=stdout)
        terminal.wait_for(text)
        self.go_on.set()
        self.assertEqual(terminal.end(), OK)
        # At its end the bar is gone.
        self.assertTrue(terminal.output.endswith('\r\033[K'), terminal.output[-100:])
        return terminal.output

    def test_receiving(self):
        body = xmlrpc.client.dumps(('x' * 1_000_000,), methodresponse=True).encode()
        self.serve(scripted.pause(body, 400_000, self.go_on))
        with tempfile.TemporaryFile() as file:
            output = self.watch([], '#', file)
            self.assertEqual(file.seek(0, os.SEEK_END), 1_000_003)
        self.assertRegex(output, r'\rReceiving 400.0.kB of 1.0.MB \[#+ +\] 39 % \d+ s\033\[K')

    def test_waiting(self):
        self.serve(scripted.pause(xmlrpc.client.dumps((5,), methodresponse=True).encode(), 0, self.go_on))
        with tempfile.TemporaryFile() as file:
            output = self.watch([], 'Waiting ', file)
            file.seek(0)
            self.assertEqual(file.read(), b'5\n')
        self.assertRegex(output, r'\A\rWaiting \d+ s\033\[K')

    def test_sending(self):
        """To a server that reads only once the bar is there."""
        server = self.serve(scripted.respond(5))
        handle = server.finish_request
        server.finish_request = lambda *arguments: self.go_on.wait(gxmlrpc.TIMEOUT) and handle(*arguments)
        with tempfile.NamedTemporaryFile() as data, tempfile.TemporaryFile() as file:
            data.truncate(20_000_000)
            output = self.watch([f'@{data.name}'], 'Sending ', file)
        self.assertRegex(output, r'\rSending [0-9.]+.[kM]B of 26.7.MB \[')

    def test_not_without_terminal(self):
        self.serve(scripted.pause(xmlrpc.client.dumps((5,), methodresponse=True).encode(), 0, self.go_on))
        threading.Timer(1.5, self.go_on.set).start()
        self.assertEqual(self.call('method'), '5\n')
        self.assertEqual(self.errors, '')

    def test_not_when_quick(self):
        """The bar waits for a second."""
        self.serve(scripted.respond(5))
        terminal = Terminal('call', self.url, 'method')
        self.assertEqual(terminal.end(), OK)
        self.assertEqual(terminal.text, '5\r\n')
        for seconds in re.findall(r'Waiting (\d+) s', terminal.output):
            self.assertGreaterEqual(int(seconds), 1)


if __name__ == '__main__':
    tap.main()
