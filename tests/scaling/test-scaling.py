#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Workers behind nginx and HAProxy, at a shared port and at a socket of systemd's, as
docs/scaling.md has them: while some are killed, no call is executed twice, every failure is
reported, and the other calls succeed.

    test-scaling.py WORKER WORKERS CALLERS EXAMPLES

SCALING_CALLS is the number of calls for each of these, 4,000 if it is not set. All runs in a
network namespace of its own where the kernel allows that."""

import contextlib
import ctypes
import fcntl
import os
import random
import re
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import xmlrpc.client
from pathlib import Path

import tap

WORKER, WORKERS, CALLERS, EXAMPLES = (str(Path(argument).resolve()) for argument in sys.argv[1:5])
N_CALLS = int(os.environ.get('SCALING_CALLS', 4000))
N_CLIENTS = 64
N_WORKERS = 4
N_KILLS = 16
PATIENCE = 60

# Debian has them where the path of users does not lead.
os.environ['PATH'] += ':/usr/sbin:/sbin'


def leave_network():
    """To a namespace that has nothing but a loopback interface."""
    new_user, new_net, set_flags, up = 0x10000000, 0x40000000, 0x8914, 1
    if ctypes.CDLL(None).unshare(new_net if os.getuid() == 0 else new_net | new_user) != 0:
        raise OSError('there are no namespaces')
    with socket.socket() as any_socket:
        fcntl.ioctl(any_socket, set_flags, struct.pack('16sh22x', b'lo', up))


def enter_namespace():
    """Goes where no ports are taken; elsewhere free ones have to do. A half-made namespace
    would be of no use, so another process tries it first."""
    child = os.fork()
    if child == 0:
        with contextlib.suppress(OSError):
            leave_network()
            os._exit(0)
        os._exit(1)
    if os.waitpid(child, 0)[1] == 0:
        leave_network()


def find_ports(number):
    sockets = [socket.socket() for _ in range(number)]
    for each in sockets:
        each.bind(('127.0.0.1', 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def wait_until(condition, what):
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(f'{what} took too long')
        time.sleep(0.02)


def call(url, name, *params, headers=()):
    with xmlrpc.client.ServerProxy(url, headers=headers) as proxy:
        return getattr(proxy, name)(*params)


def is_served(url):
    try:
        call(url, 'system.listMethods')
    except (OSError, xmlrpc.client.ProtocolError):
        return False
    return True


class Group:
    """Workers with the same command, of which each is replaced when it ends."""

    def __init__(self, number, *command):
        self.number = number
        self.pids = []
        self.process = subprocess.Popen([WORKERS, str(number), WORKER, *command],
                                        stdout=subprocess.PIPE, text=True)
        self.reader = threading.Thread(target=self.read)
        self.reader.start()

    def read(self):
        for line in self.process.stdout:
            self.pids.append(int(line))

    def kill_one(self):
        """Unless that one has just been killed, and the next not started."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(random.choice(self.pids[-self.number:]), signal.SIGKILL)

    def stop(self):
        self.process.terminate()
        self.process.wait(PATIENCE)
        self.reader.join()
        self.process.stdout.close()


class ScalingTest(unittest.TestCase):
    def setUp(self):
        self.directory = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.directory)
        self.journal = self.directory / 'journal'
        self.groups = []

    def start_workers(self, number, port, *trusted):
        group = Group(number, str(self.journal), str(port), *trusted)
        self.groups.append(group)
        self.addCleanup(group.stop)
        wait_until(lambda: is_served(f'http://127.0.0.1:{port}/RPC2'), 'the start of a worker')

    def start_proxy(self, *command):
        with open(self.directory / 'proxy.log', 'w') as log:
            proxy = subprocess.Popen(command, stdout=log, stderr=log)

        def stop():
            proxy.terminate()
            proxy.wait(PATIENCE)
        self.addCleanup(stop)

    def write_config(self, name, ports):
        """An example with other ports and, for nginx, without keeping anything."""
        text = (Path(EXAMPLES) / name).read_text('utf-8')
        for old, new in zip((8080, 9001, 9002, 9003, 9004), ports):
            text, n = re.subn(rf'127\.0\.0\.1:{old}\b', f'127.0.0.1:{new}', text)
            self.assertEqual(n, 1)
        path = self.directory / name
        path.write_text(text, 'utf-8')
        return path

    def start_nginx(self, ports):
        main = self.directory / 'nginx.conf'
        places = ''.join(f'{kind}_temp_path {self.directory}/{kind};\n' for kind in
                         ('client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'))
        main.write_text(('user root;\n' if os.getuid() == 0 else '') +
                        f'daemon off;\npid {self.directory}/nginx.pid;\nevents {{}}\n'
                        f'http {{ access_log off; {places}'
                        f'include {self.write_config("journal.nginx.conf", ports)}; }}\n')
        self.start_proxy('nginx', '-c', str(main), '-e', f'{self.directory}/nginx.log')

    def start_haproxy(self, ports):
        self.start_proxy('haproxy', '-db', '-f', str(self.write_config('journal.haproxy.cfg', ports)))

    def read_outcomes(self, callers):
        """What became of each call; some workers are killed meanwhile."""
        outcomes = {}
        for line in callers.stdout:
            text, _, outcome = line.rstrip('\n').partition(' ')
            self.assertNotIn(text, outcomes)
            outcomes[text] = outcome
            if len(outcomes) % (N_CALLS // (N_KILLS + 1)) == 0:
                random.choice(self.groups).kill_one()
        return outcomes

    def call_and_kill(self, url):
        with subprocess.Popen([CALLERS, url, str(N_CLIENTS), str(N_CALLS)],
                              stdout=subprocess.PIPE, text=True) as callers:
            outcomes = self.read_outcomes(callers)
        self.assertEqual(callers.returncode, 0)

        executed = self.journal.read_text().splitlines()
        succeeded = {text for text, outcome in outcomes.items() if outcome == 'ok'}
        failures = {outcome for outcome in outcomes.values() if outcome != 'ok'}
        n_killed = sum(len(group.pids) - group.number for group in self.groups)
        print(f'# {len(outcomes)} calls sent, {len(set(executed))} executed, {len(succeeded)} succeeded, '
              f'{len(outcomes) - len(succeeded)} failed, {len(executed) - len(set(executed))} executed twice; '
              f'{n_killed} workers killed')
        for failure in sorted(failures):
            print('#  ', failure)

        self.assertEqual(len(outcomes), N_CALLS)
        self.assertEqual(len(executed), len(set(executed)), 'a call was executed twice')
        self.assertLessEqual(succeeded, set(executed))
        self.assertLessEqual(set(executed), set(outcomes))
        # A killed worker had at most what its clients had in progress.
        self.assertLessEqual(len(outcomes) - len(succeeded), N_KILLS * N_CLIENTS)
        self.assertGreater(len(succeeded), N_CALLS / 2)
        self.assertGreater(n_killed, 0)
        self.assertFalse([failure for failure in failures if 'imed out' in failure])
        wait_until(lambda: is_served(url), 'the last worker')

    def check_proxy(self, url):
        """Whom a worker behind the proxy takes for the client."""
        wait_until(lambda: is_served(url), 'the start of the proxy')
        self.assertEqual(call(url, 'journal.whoami'), '127.0.0.1')
        claim = [('X-Forwarded-For', '198.51.100.1')]
        self.assertEqual(call(url, 'journal.whoami', headers=claim), '198.51.100.1')

        # From an address that the workers do not trust.
        host, port = url.split('/')[2].split(':')
        with socket.create_connection((host, int(port)), source_address=('127.0.0.9', 0)) as client:
            body = xmlrpc.client.dumps((), 'journal.whoami').encode()
            client.sendall(b'POST /RPC2 HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n'
                           b'X-Forwarded-For: 198.51.100.1\r\nContent-Type: text/xml\r\n'
                           b'Content-Length: %d\r\n\r\n' % len(body) + body)
            with client.makefile('rb') as reply:
                self.assertIn(b'<string>127.0.0.9</string>', reply.read())

    def run_behind(self, start):
        front, *ports = find_ports(1 + N_WORKERS)
        url = f'http://127.0.0.1:{front}/RPC2'
        for port in ports:
            self.start_workers(1, port, '127.0.0.1')
        start([front, *ports])
        self.check_proxy(url)
        self.call_and_kill(url)

    @unittest.skipUnless(shutil.which('nginx'), 'nginx is not installed')
    def test_nginx(self):
        self.run_behind(self.start_nginx)

    @unittest.skipUnless(shutil.which('haproxy'), 'haproxy is not installed')
    def test_haproxy(self):
        self.run_behind(self.start_haproxy)

    def test_shared_port(self):
        port, = find_ports(1)
        self.start_workers(N_WORKERS, port)
        self.call_and_kill(f'http://127.0.0.1:{port}/RPC2')

    def start_with_socket(self, listener):
        """As systemd does."""
        descriptor = listener.fileno()
        return subprocess.Popen(
            ['sh', '-c', f'exec 3<&{descriptor}; LISTEN_PID=$$ LISTEN_FDS=1 exec "$@"', 'sh', WORKER, self.journal],
            pass_fds=[descriptor], stdout=subprocess.PIPE, text=True)

    def test_socket_of_systemd(self):
        """Clients wait while nobody serves, and are served by whoever comes."""
        with socket.create_server(('127.0.0.1', 0), backlog=16) as listener:
            url = f'http://127.0.0.1:{listener.getsockname()[1]}/RPC2'
            for i in range(3):
                pids = []
                waiting = threading.Thread(target=lambda: pids.append(call(url, 'journal.append', f'line {i}')))
                waiting.start()
                worker = self.start_with_socket(listener)
                self.assertEqual(worker.stdout.readline(), url + '\n')
                waiting.join(PATIENCE)
                self.assertEqual(pids, [worker.pid])
                worker.send_signal(signal.SIGKILL if i == 0 else signal.SIGTERM)
                self.assertEqual(worker.wait(PATIENCE), -signal.SIGKILL if i == 0 else 0)
                worker.stdout.close()
        self.assertEqual(self.journal.read_text(), 'line 0\nline 1\nline 2\n')

    def test_socket_of_another_process(self):
        """LISTEN_FDS that was meant for a parent is not ours."""
        worker = subprocess.Popen([WORKER, self.journal], stdout=subprocess.PIPE, text=True,
                                  env={**os.environ, 'LISTEN_PID': str(os.getpid()), 'LISTEN_FDS': '1'})
        self.assertTrue(is_served(worker.stdout.readline().strip()))
        worker.terminate()
        worker.wait(PATIENCE)
        worker.stdout.close()

    @unittest.skipUnless(shutil.which('systemd-analyze'), 'systemd is not installed')
    def test_units(self):
        for name in ('journal.socket', 'journal.service', 'journal@.service'):
            text = (Path(EXAMPLES) / name).read_text('utf-8').replace('/usr/local/bin/journal-worker', WORKER)
            (self.directory / name).write_text(text, 'utf-8')
        result = subprocess.run(['systemd-analyze', 'verify', 'journal.socket', 'journal.service',
                                 'journal@9001.service'], cwd=self.directory, text=True, capture_output=True)
        self.assertEqual([line for line in result.stderr.splitlines() if 'journal' in line], [])


if __name__ == '__main__':
    enter_namespace()
    tap.main()
