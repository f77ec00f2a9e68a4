#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""A window keeps drawing beside calls. Counted is what this thread computes between two
turns of a timer that is as urgent as GTK's frame clock."""

import os
import subprocess
import sys
import time
import unittest

import gi

gi.require_version('XmlRpc', '1.0')
from gi.repository import GLib, XmlRpc  # noqa: E402

import tap  # noqa: E402

# GDK_PRIORITY_REDRAW.
PRIORITY_REDRAW = GLib.PRIORITY_HIGH_IDLE + 20
# In seconds: half a frame of a screen with 60 Hz.
MAX_GAP = 0.008
# The best counts: what the library causes is in each of them.
ROUNDS = 5
SMALL_CALLS = 1000


class Frames:
    """Draws each millisecond, if it has its turn."""

    def __init__(self):
        self.gap = 0
        self._last = time.thread_time()
        self._source = GLib.timeout_add(1, self._draw, priority=PRIORITY_REDRAW)

    def end(self):
        self._draw()
        GLib.source_remove(self._source)

    def _draw(self):
        now = time.thread_time()
        self.gap = max(self.gap, now - self._last)
        self._last = now
        return GLib.SOURCE_CONTINUE


class FramesTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        script = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'frames_server.py')
        cls._server = subprocess.Popen([sys.executable, script], text=True,
                                       stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        cls._proxy = XmlRpc.ServerProxy(cls._server.stdout.readline().strip())

    @classmethod
    def tearDownClass(cls):
        cls._server.communicate()

    def measure_gap(self, count, start):
        """The longest while `start(callback)` is called that often, and answered."""
        loop = GLib.MainLoop()
        results = []

        def take(proxy, result):
            results.append(result)
            if len(results) == count:
                loop.quit()

        for _ in range(count):
            start(take)
        frames = Frames()
        loop.run()
        frames.end()
        return frames.gap, results

    def assert_gap(self, count, start, finish):
        gaps = []
        while not gaps or (min(gaps) >= MAX_GAP and len(gaps) < ROUNDS):
            gap, results = self.measure_gap(count, start)
            gaps.append(gap)
            for result in results:
                self.assertTrue(finish(result))
        self.assertLess(min(gaps), MAX_GAP, gaps)

    def test_small_calls(self):
        self.assert_gap(SMALL_CALLS,
                        lambda take: self._proxy.sample.add.call_async(2, 3, callback=take),
                        self._proxy.sample.add.call_finish)

    def test_large_response(self):
        """As it comes in; the values of Python are made in call_finish()."""
        self.assert_gap(1, lambda take: self._proxy.large.call_async(callback=take),
                        self._proxy.large.call_finish)

    def test_large_variant(self):
        def start(take):
            self._proxy.call_async('large', None, GLib.VariantType('aa{sv}'), None, take)

        self.assert_gap(1, start, self._proxy.call_finish)


if __name__ == '__main__':
    tap.main()
