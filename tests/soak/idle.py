#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What idle connections cost a server: idle.py SOAK-SERVER CSV [NUMBER...]

Each connection makes one call and stays open. Writes how many there are, the memory of the
server, and what a call on one more connection takes."""

import csv
import os
import re
import resource
import socket
import statistics
import subprocess
import sys
import time
import xmlrpc.client
from pathlib import Path

NUMBERS = [0, 1000, 5000, 10000, 0]
N_CALLS = 300
# As many at a time wait to be accepted.
N_OPENED = 100
SPARE_DESCRIPTORS = 100


def request(name, *params):
    body = xmlrpc.client.dumps(params, name).encode()
    return (b'POST /RPC2 HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml\r\n'
            b'Content-Length: %d\r\n\r\n' % len(body)) + body


def read_result(connection):
    reply = b''
    while b'</methodResponse>' not in reply:
        piece = connection.recv(65536)
        if not piece:
            raise ConnectionError(reply)
        reply += piece
    return xmlrpc.client.loads(reply.partition(b'\r\n\r\n')[2])[0][0]


def call(connection, name, *params):
    connection.sendall(request(name, *params))
    return read_result(connection)


def add_connections(idle, number, address):
    added = [socket.create_connection(address) for _ in range(min(N_OPENED, number - len(idle)))]
    for connection in added:
        connection.sendall(request('echo', 1))
    for connection in added:
        read_result(connection)
    idle += added


def read_resident(process):
    return int(re.search(r'^VmRSS:\s+(\d+)', Path(f'/proc/{process}/status').read_text(), re.MULTILINE)[1])


def read_processor_time(process):
    """In seconds."""
    fields = Path(f'/proc/{process}/stat').read_text().rpartition(')')[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf('SC_CLK_TCK')


def measure(address, process):
    """Kibibytes, of which allocated; microseconds, of which the server's processor time."""
    with socket.create_connection(address) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        call(connection, 'echo', 1)
        times = []
        processor_time = read_processor_time(process)
        for _ in range(N_CALLS):
            begin = time.perf_counter()
            call(connection, 'echo', 1)
            times.append(time.perf_counter() - begin)
        processor_time = read_processor_time(process) - processor_time
        allocated = call(connection, 'allocated')
        return (read_resident(process), allocated, round(statistics.median(times) * 1e6),
                round(processor_time / N_CALLS * 1e6))


def main():
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
    numbers = [number for number in [int(argument) for argument in sys.argv[3:]] or NUMBERS
               if limit == resource.RLIM_INFINITY or number <= limit - SPARE_DESCRIPTORS]

    server = subprocess.Popen([sys.argv[1], '0'], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    host, port = re.search(r'//(.+):(\d+)/', server.stdout.readline()).groups()
    address = host, int(port)
    idle = []
    with open(sys.argv[2], 'w', newline='', encoding='utf-8') as file:
        writer = csv.writer(file)
        writer.writerow(['connections', 'server KiB', 'server allocated KiB', 'call µs', 'processor µs'])
        for number in numbers:
            while len(idle) > number:
                idle.pop().close()
            while len(idle) < number:
                add_connections(idle, number, address)
            # Those that went have to be noticed.
            time.sleep(1)
            row = [number, *measure(address, server.pid)]
            writer.writerow(row)
            print('{:6} idle connections: {} KiB, {} KiB of them allocated; a call takes {} µs, {} of processor time'.format(*row), flush=True)

    server.stdin.close()
    sys.exit(server.wait())


if __name__ == '__main__':
    main()
