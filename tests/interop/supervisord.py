#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Runs supervisord in a directory of its own, for the tests of the client.

Prints the path of its Unix socket and its TCP port, separated by a space, when
it is ready; ends it and removes the directory when standard input is closed.
"""

import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CONFIGURATION = '''
[supervisord]
nodaemon = true
silent = true
logfile = {directory}/supervisord.log
pidfile = {directory}/supervisord.pid
childlogdir = {directory}

[rpcinterface:supervisor]
supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface

[unix_http_server]
file = {directory}/supervisor.sock

[inet_http_server]
port = 127.0.0.1:{port}
username = user
password = s3cret

# A process that is told to end just after its start does not always hear it.
[program:idler]
command = cat
startsecs = 0
stopsignal = KILL
'''


def find_free_port():
    with socket.create_server(('127.0.0.1', 0)) as listener:
        return listener.getsockname()[1]


def wait_until_ready(process, path, port):
    while process.poll() is None:
        try:
            with socket.socket(socket.AF_UNIX) as client:
                client.connect(str(path))
            socket.create_connection(('127.0.0.1', port)).close()
            return
        except OSError:
            time.sleep(0.05)
    sys.exit(f'supervisord ended with status {process.returncode}')


def main():
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with tempfile.TemporaryDirectory(prefix='xmlrpc-glib-') as directory:
        port = find_free_port()
        path = Path(directory, 'supervisor.sock')
        file = Path(directory, 'supervisord.conf')
        file.write_text(CONFIGURATION.format(directory=directory, port=port))

        # Not its standard output: the test reads ours until it is closed.
        process = subprocess.Popen(['supervisord', '-n', '-c', file],
                                   stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL)
        try:
            wait_until_ready(process, path, port)
            print(path, port, flush=True)
            sys.stdin.read()
        except KeyboardInterrupt:
            pass
        finally:
            process.terminate()
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()


if __name__ == '__main__':
    main()
