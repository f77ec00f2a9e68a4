#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The documentation page of a server in a real browser:

    test-documentation-page.py [SCREENSHOT]

Starts the servers of which documentation-page.js uses the page. Skipped without
node, Chromium, or Playwright (the package playwright-core of npm)."""

import os
import shutil
import sys
from pathlib import Path

import gi

gi.require_version('Soup', '3.0')
gi.require_version('XmlRpc', '1.0')
from gi.repository import Gio, GLib, Soup, XmlRpc  # noqa: E402

HERE = Path(__file__).resolve().parent
# Where `run` installs it.
PLAYWRIGHT = HERE.parent.parent / '_build/npm/node_modules/playwright-core'
TIMEOUT_SECONDS = 100


def add(a: int, b: int) -> int:
    """Returns the sum of two numbers."""
    return a + b


def echo(*values):
    return list(values)


def size(data: bytes) -> int:
    return len(bytes(data))


def fail() -> str:
    raise XmlRpc.Fault(4, 'No <b>such</b> book', similar=['Emma', 'Persuasion'])


def html() -> None:
    """<p onclick="pwned = 1">Help may be <b>bold</b>, and have
    <a href="https://example.org/">links</a>.</p>
    <script>pwned = 1</script><img src="x" onerror="pwned = 1">"""


def return_twice(server, invocation):
    values = invocation.get_params()
    if values.n_children() == 0:
        invocation.return_value(None)
    elif values.get_type_string() == '(s)':
        invocation.return_value(GLib.Variant('s', 2 * values[0]))
    else:
        invocation.return_value(GLib.Variant('d', 2 * values[0]))


def return_all(server, invocation):
    invocation.return_value(invocation.get_params())


def make_server():
    server = XmlRpc.Server(documentation=True, max_request_size=50000)
    server.add_function(add, 'sample.add')
    server.add_function(echo, 'sample.echo')
    server.add_function(size, 'sample.size')
    server.add_function(fail, 'sample.fail')
    server.add_function(html, 'sample.html')
    server.add_function(echo, 'sample.odd <name>')
    server.add_method('sample.twice', ['string,string', 'double,double', 'nil'],
                      'Returns it twice.', return_twice)
    server.add_method('sample.all', [
        'array,int,i8,boolean,double,string,dateTime.iso8601,base64,array,struct',
    ], 'Takes a value of each type, and returns all.', return_all)
    return server


def listen(server, password=None):
    http = Soup.Server()
    http.listen_local(0, Soup.ServerListenOptions.IPV4_ONLY)
    server.attach(http, '/RPC2')
    if password:
        domain = Soup.AuthDomainBasic(realm='books')
        domain.add_path('/')
        domain.set_auth_callback(
            lambda domain, message, user, given: given == password)
        http.add_auth_domain(domain)
    return http, f'http://127.0.0.1:{http.get_uris()[0].get_port()}/RPC2'


def skip(why):
    print(f'1..0 # SKIP {why}')
    sys.exit()


def main():
    node, chromium = shutil.which('node'), shutil.which('chromium')
    if not node or not chromium:
        skip('no node' if chromium else 'no chromium')
    if not PLAYWRIGHT.exists():
        skip('no playwright-core')

    server = make_server()
    keep, opened = listen(server)
    keep_too, locked = listen(server, 'secret')
    loop = GLib.MainLoop()
    # The library is for this program, not for the browser.
    environment = [f'{name}={value}' for name, value in os.environ.items()
                   if name not in ('LD_LIBRARY_PATH', 'G_DEBUG')]
    launcher = Gio.SubprocessLauncher.new(Gio.SubprocessFlags.NONE)
    launcher.set_environ(environment)
    child = launcher.spawnv([node, str(HERE / 'documentation-page.js'), str(PLAYWRIGHT),
                             chromium, opened, locked, *sys.argv[1:]])
    child.wait_async(None, lambda *_: loop.quit())
    GLib.timeout_add_seconds(TIMEOUT_SECONDS, child.force_exit)
    loop.run()
    sys.exit(child.get_exit_status() if child.get_if_exited() else 1)


if __name__ == '__main__':
    main()
