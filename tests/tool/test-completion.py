#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The completion of command lines, in a real bash. test-completion.py ECHO-SERVER"""

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import gxmlrpc
import scripted
import tap

ECHO_SERVER = sys.argv[1]
SCRIPT = gxmlrpc.TESTS.parent / 'xmlrpc-glib' / 'tool' / 'gxmlrpc.bash'
WORD_BREAKS = ' \t\n"\'@><=;|&(:'

# Calls the function as bash does, and prints what it suggests, one a line.
COMPLETE = '''
source {script}
complete -p gxmlrpc >/dev/null || exit 1
COMP_WORDBREAKS={breaks} COMP_LINE={line} COMP_POINT={point} COMP_WORDS=({words}) COMP_CWORD={cword}
_gxmlrpc gxmlrpc {current} {previous}
for reply in "${{COMPREPLY[@]}}"; do printf '%s\\n' "$reply"; done
'''

# The command with more time: the machine may be a slow one.
PATIENT_GXMLRPC = '''#!/usr/bin/env bash
arguments=("$@")
for i in "${{!arguments[@]}}"; do
  [[ ${{arguments[i]}} != --timeout ]] || arguments[i + 1]=60
done
exec {} "${{arguments[@]}}"
'''


def split(line):
    """The words of a command line as readline has them, colons and all."""
    words = ['']
    quote = None
    for before, character in zip(' ' + line, line):
        if quote or before == '\\':
            words[-1] += character
            quote = None if character == quote else quote
        elif character in ' ':
            if words[-1] != '':
                words.append('')
        elif character in WORD_BREAKS and character not in '\'"':
            if words[-1].strip(WORD_BREAKS):
                words.append('')
            words[-1] += character
        else:
            if words[-1] and not words[-1].strip(WORD_BREAKS) and character not in WORD_BREAKS:
                words.append('')
            quote = character if character in '\'"' else None
            words[-1] += character
    return words


@unittest.skipUnless(shutil.which('bash'), 'there is no bash')
class TestCompletion(gxmlrpc.TestCase):
    @classmethod
    def setUpClass(cls):
        server = gxmlrpc.Server(ECHO_SERVER)
        cls.addClassCleanup(server.stop)
        cls.url = server.address
        directory = tempfile.TemporaryDirectory()
        cls.addClassCleanup(directory.cleanup)
        cls.directory = Path(directory.name)
        (cls.directory / 'gxmlrpc').write_text(PATIENT_GXMLRPC.format(shlex.quote(gxmlrpc.GXMLRPC)))
        (cls.directory / 'gxmlrpc').chmod(0o755)
        (cls.directory / 'message file.xml').touch()
        (cls.directory / 'message.json').touch()

    def complete(self, line, rest=''):
        words = split(line)
        script = COMPLETE.format(
            script=shlex.quote(str(SCRIPT)), breaks=shlex.quote(WORD_BREAKS), line=shlex.quote(line + rest),
            point=len(line), words=' '.join(map(shlex.quote, words[:-1] + [words[-1] + rest])), cword=len(words) - 1,
            current=shlex.quote(words[-1]), previous=shlex.quote(words[-2]))
        result = subprocess.run(['bash', '--norc', '-c', script], check=True, text=True, capture_output=True,
                                timeout=gxmlrpc.TIMEOUT, cwd=self.directory,
                                env=os.environ | {'PATH': f'{self.directory}:{os.environ["PATH"]}'})
        self.assertEqual(result.stderr, '')
        return result.stdout.splitlines()

    def test_split(self):
        self.assertEqual(split('gxmlrpc list --user=me http://a:80/b '),
                         ['gxmlrpc', 'list', '--user', '=', 'me', 'http', ':', '//a', ':', '80/b', ''])
        self.assertEqual(split("gxmlrpc call -H 'a: b' http"), ['gxmlrpc', 'call', '-H', "'a: b'", 'http'])

    def test_commands(self):
        self.assertEqual(self.complete('gxmlrpc d'), ['describe', 'decode'])
        self.assertIn('call', self.complete('gxmlrpc '))
        self.assertEqual(self.complete('gxmlrpc x'), [])

    def test_options(self):
        self.assertEqual(self.complete('gxmlrpc call --no'), ['--no-prompt'])
        self.assertEqual(self.complete('gxmlrpc decode --'), ['--json', '--xml', '--raw', '--table', '--output', '--help'])
        self.assertEqual(self.complete(f'gxmlrpc call {self.url} echo --st'), ['--string'])
        self.assertEqual(self.complete('gxmlrpc call --user -'), [])

    def test_all_options(self):
        """Each option that a command has is completed, and no other."""
        for command in ('call', 'multicall', 'list', 'describe', 'encode', 'decode', 'serve', 'record'):
            words = self.run_tool(command, '--help').replace('=', ' ').split()
            self.assertEqual(set(self.complete(f'gxmlrpc {command} --')),
                             {word for word in words if word.startswith('--') and word != '--json,'}, command)

    def test_methods(self):
        names = self.run_tool('list', self.url).splitlines()
        self.assertEqual(self.complete(f'gxmlrpc call {self.url} '), names)
        self.assertEqual(self.complete(f'gxmlrpc call {self.url} e'), ['echo', 'encoding'])
        self.assertEqual(self.complete(f'gxmlrpc describe {self.url} system.method'),
                         ['system.methodHelp', 'system.methodSignature'])
        self.assertEqual(self.complete(f'gxmlrpc call {self.url} echo e'), [])
        self.assertEqual(self.complete(f'gxmlrpc list {self.url} e'), [])

    def test_cursor_in_the_middle(self):
        self.assertEqual(self.complete(f'gxmlrpc call {self.url} e', rest='xx'), ['echo', 'encoding'])

    def test_methods_behind_options(self):
        for options in ('--json -v', "--header 'X-A: b c'", '-H X-A:b', '--timeout 5', '--timeout=5', '-k',
                        '--string 5', '-o file', '--table', '--json=exact'):
            self.assertEqual(self.complete(f'gxmlrpc call {options} {self.url} ec'), ['echo'], options)
        self.assertEqual(self.complete(f"gxmlrpc call '{self.url}' ec"), ['echo'])

    def test_password(self):
        """Where a password is needed, nobody is asked for it."""
        server = scripted.ScriptedServer(scripted.protect('me', 's3cret', scripted.dispatch(
            system_listMethods=lambda: ['secret.method'])))
        self.addCleanup(server.__exit__)
        file = self.directory / 'pass word'
        file.write_text('s3cret')
        escaped = str(file).replace(' ', '\\ ')
        for option in (f"--password-file '{file}'", f"--password-file='{file}'", f'--password-file "{file}"',
                       f'--password-file {escaped}'):
            self.assertEqual(self.complete(f'gxmlrpc call --user me {option} {server.url} s'), ['secret.method'])
        self.assertEqual(self.complete(f'gxmlrpc call --user me {server.url} s'), [])

    def test_no_server(self):
        for url in ('http://127.0.0.1:1/', 'nonsense', '/dev/null', 'http+unix:///does/not/exist:/RPC2'):
            self.assertEqual(self.complete(f'gxmlrpc call {url} e'), [])

    def test_socket(self):
        server = gxmlrpc.start_supervisord()
        self.addCleanup(server.stop)
        url = f'http+unix://{server.path}:/RPC2'
        self.assertEqual(self.complete(f'gxmlrpc call {url} supervisor.getS'),
                         ['supervisor.getState', 'supervisor.getSupervisorVersion'])
        self.assertEqual(self.complete(f'gxmlrpc call --unix-socket {server.path} http://localhost supervisor.getSt'),
                         ['supervisor.getState'])

    def test_hostile_server(self):
        """Names that the shell would make something of are never suggested."""
        touched = self.directory / 'touched'
        names = [f'$(touch {touched})', f'`touch {touched}`', 'a;b', 'a b', "a'b", '*', '~', '--help', 'a\\b',
                 '\u009b1m', '', 'good.name_1:/']
        server = scripted.ScriptedServer(scripted.dispatch(system_listMethods=lambda: names))
        self.addCleanup(server.__exit__)
        self.assertEqual(self.complete(f'gxmlrpc call {server.url} '), ['good.name_1:/'])
        # Readline has the word behind the colon only.
        self.assertEqual(self.complete(f'gxmlrpc call {server.url} good.name_1:'), ['/'])
        self.complete(f'gxmlrpc call $(touch {touched}) e')
        self.complete(f'gxmlrpc call "$(touch {touched})" e')
        self.assertFalse(touched.exists())

    def test_files(self):
        self.assertEqual(sorted(self.complete('gxmlrpc decode mess')), ['message file.xml', 'message.json'])
        self.assertEqual(self.complete('gxmlrpc list --password-file message.'), ['message.json'])
        self.assertEqual(self.complete('gxmlrpc encode message'), [])
        self.assertEqual(self.complete('gxmlrpc serve message.'), ['message.json'])
        self.assertEqual(self.complete(f'gxmlrpc record {self.url} message.'), ['message.json'])
        for option in ('--cacert', '--cert', '--key', '--cookie-jar', '-b', '--output', '-o'):
            self.assertEqual(self.complete(f'gxmlrpc call {option} message.'), ['message.json'])

    def test_values_of_options(self):
        self.assertEqual(self.complete('gxmlrpc call --json='), ['exact'])
        self.assertEqual(self.complete('gxmlrpc call --output=message.'), ['message.json'])
        self.assertEqual(self.complete('gxmlrpc encode --json='), [])
        self.assertEqual(self.complete('gxmlrpc serve --port '), [])

    def test_binary_files(self):
        """An @ begins a word for readline, so only what is behind it is completed."""
        self.assertEqual(self.complete('gxmlrpc encode @message.'), ['@message.json'])
        self.assertEqual(self.complete(f'gxmlrpc call {self.url} echo @message.'), ['@message.json'])


if __name__ == '__main__':
    tap.main()
