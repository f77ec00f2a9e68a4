#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Pages in a real browser cannot call a server, unless they are allowed."""

import json
import os
import shutil
import signal
import subprocess
import tempfile
import unittest
from pathlib import Path
from urllib.parse import unquote

import gi

gi.require_version('Soup', '3.0')
gi.require_version('XmlRpc', '1.0')
from gi.repository import GLib, Soup, XmlRpc  # noqa: E402

import tap  # noqa: E402

CHROMIUM = shutil.which('chromium')
SCRIPT = Path(__file__).with_name('browser-pages.js')
# A browser takes seconds to start, and longer where it is not alone.
PATIENCE_SECONDS = 100

PAGE = '''<!DOCTYPE html><meta charset="utf-8"><body><script src="/script"></script>
<script>run({kind!r}, {server!r}, {report!r}, {next!r});</script>'''

# What a browser sends without asking, of all that the page of a stranger tries. What
# else it asks for depends on its version.
SENT = {
    'fetch-no-cors-blob', 'fetch-no-cors-bytes', 'fetch-no-cors-buffer',
    'fetch-no-cors-string', 'fetch-no-cors-form', 'fetch-no-cors-parameters',
    'fetch-no-cors-blob-garbage', 'fetch-no-cors-blob-text-xml',
    'fetch-cors-blob', 'fetch-cors-bytes', 'fetch-cors-string',
    'fetch-keepalive', 'fetch-without-referrer', 'fetch-with-credentials',
    'beacon-blob', 'beacon-string', 'beacon-form', 'beacon-parameters',
    'xhr-blob', 'xhr-bytes', 'xhr-string',
    'form-text/plain', 'form-multipart/form-data',
    'form-application/x-www-form-urlencoded',
    'ping', 'nowhere-fetch', 'nowhere-beacon',
}

class Browser:
    """Chromium, which runs one page after another."""

    def __init__(self, url):
        self._folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self._process = subprocess.Popen(
            [CHROMIUM, '--headless', '--no-sandbox', '--disable-gpu',
             '--disable-dev-shm-usage', '--no-first-run', '--no-proxy-server',
             '--disable-background-networking', '--disable-component-update',
             '--disable-sync', '--disable-extensions',
             '--host-resolver-rules=MAP *.test 127.0.0.1',
             f'--user-data-dir={self._folder.name}', url],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, start_new_session=True)

    def has_ended(self):
        return self._process.poll() is not None

    def close(self):
        try:
            os.killpg(self._process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self._process.wait()
        self._folder.cleanup()


class Visit:
    """What happened when the pages were shown: what the server got, with which
    status it answered, what it executed, and what the pages could read."""

    def __init__(self):
        self.requests = {}  # The name: [(method, status)].
        self.executed = set()
        self.read = {}      # The kind of page: {name: text}.
        self._pages = self._listen(self._show)
        self._server = XmlRpc.Server()
        self._server.add_function(self.touch)
        self._soup_server = self._listen(self._show)
        self._soup_server.connect('request-finished', self._note)
        self._server.attach(self._soup_server, '/RPC2')
        self._server.props.allowed_origins = [self._at('app.test')]

    @staticmethod
    def _listen(handler):
        server = Soup.Server()
        server.listen_local(0, Soup.ServerListenOptions.IPV4_ONLY)
        server.add_handler('/', handler)
        return server

    @staticmethod
    def _get_port(server):
        return server.get_uris()[0].get_port()

    def _at(self, host):
        return f'http://{host}:{self._get_port(self._pages)}'

    def touch(self, name: str) -> str:
        self.executed.add(name)
        return f'touched {name}'

    def _note(self, server, message):
        uri = message.get_uri()
        if uri.get_path() == '/RPC2':
            self.requests.setdefault(unquote(uri.get_query() or ''), []).append(
                (message.get_method(), message.get_status()))

    def _get_page(self, kind):
        port = self._get_port(self._soup_server)
        # The page of the rebound name comes from where the server is then.
        server, following = {
            'stranger': (f'http://localhost:{port}/RPC2',
                         self._at('app.test') + '/allowed'),
            'allowed': (f'http://127.0.0.1:{port}/RPC2',
                        f'http://rebind.test:{port}/rebound'),
            'rebound': (f'http://rebind.test:{port}/RPC2', ''),
        }[kind]
        return PAGE.format(kind=kind, server=server, next=following,
                           report=self._at('evil.test') + '/report')

    def _show(self, server, message, path, query):
        if path == '/report':
            report = json.loads(message.get_request_body().flatten().get_data())
            self.read[report['kind']] = report['results']
            content = ''
        elif path == '/script':
            content = SCRIPT.read_text('utf-8')
        elif path[1:] in ('stranger', 'allowed', 'rebound'):
            content = self._get_page(path[1:])
        else:
            message.set_status(404, None)
            return
        message.set_status(200, None)
        message.set_response(
            'text/javascript' if path == '/script' else 'text/html',
            Soup.MemoryUse.COPY, content.encode())

    def run(self):
        browser = Browser(self._at('evil.test') + '/stranger')
        context = GLib.MainContext.default()
        deadline = GLib.get_monotonic_time() + PATIENCE_SECONDS * 1_000_000
        timer = GLib.timeout_add(100, lambda: GLib.SOURCE_CONTINUE)
        while (not self._is_complete() and not browser.has_ended()
               and GLib.get_monotonic_time() < deadline):
            context.iteration(True)
        GLib.source_remove(timer)
        browser.close()
        self._server.detach(self._soup_server)
        self._soup_server.disconnect()
        self._pages.disconnect()

    def _is_complete(self):
        """Beacons and pings are sent some time later."""
        return 'rebound' in self.read and all(
            name in self.requests for results in self.read.values()
            for name in results)


@unittest.skipUnless(CHROMIUM, 'no chromium')
class BrowserTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.visit = Visit()
        cls.visit.run()

    def check(self, kind, check):
        """Calls a function with each thing that a page tried: its name, what
        the server got, and what the page could read."""
        self.assertIn(kind, self.visit.read, 'the page did not report')
        for name, text in self.visit.read[kind].items():
            with self.subTest(name):
                self.assertIn(name, self.visit.requests)
                check(name, self.visit.requests[name], text)

    def assert_refused(self, name, requests):
        self.assertEqual({status for _, status in requests}, {403})
        self.assertNotIn(name, self.visit.executed)

    def test_strangers_are_refused(self):
        def check(name, requests, text):
            self.assert_refused(name, requests)
            if name in SENT:
                self.assertEqual([method for method, _ in requests], ['POST'])
            # A beacon only says that it has been sent.
            self.assertIn(text, ('', 'true'))

        self.check('stranger', check)
        self.assertLessEqual(SENT, set(self.visit.read['stranger']))

    def test_rebound_names_are_refused(self):
        def check(name, requests, text):
            self.assert_refused(name, requests)
            if name != 'rebound-form':
                self.assertIn('"rebind.test" is not in allowed-hosts', text)

        self.check('rebound', check)

    def test_allowed_pages_call(self):
        """Asked for first (preflight) where it is needed, and read where the
        page wants to."""
        expected = {
            'allowed-text-xml': ['OPTIONS', 'POST'],
            'allowed-header': ['OPTIONS', 'POST'],
            'allowed-xhr': ['OPTIONS', 'POST'],
            'allowed-blob': ['POST'],
            'allowed-no-cors': ['POST'],
        }

        def check(name, requests, text):
            if name == 'allowed-text-plain':
                self.assertEqual(requests, [('POST', 415)])
                self.assertIn('expected the Content-Type text/xml', text)
            elif name == 'allowed-credentials':
                self.assertEqual(requests, [('OPTIONS', 200)])
                self.assertEqual(text, '')
            else:
                self.assertEqual(requests, [(method, 200)
                                            for method in expected[name]])
                self.assertIn(name, self.visit.executed)
                self.assertEqual(f'touched {name}' in text,
                                 name != 'allowed-no-cors')

        self.check('allowed', check)


if __name__ == '__main__':
    tap.main()
