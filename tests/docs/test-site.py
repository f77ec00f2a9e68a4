#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The build of the documentation fails where something is missing:

    test-site.py MAKE-SITE GI-DOCGEN CONFIGURATION GIR"""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from xml.etree import ElementTree

import tap

MAKE_SITE, GI_DOCGEN, CONFIGURATION, GIR = sys.argv[1:5]
CORE = '{http://www.gtk.org/introspection/core/1.0}'


class TestSite(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.directory = Path(directory.name)

    def make_site(self, gir=GIR, page='# A page'):
        file = self.directory / 'page.md'
        file.write_text(page, 'utf-8')
        return subprocess.run(
            [sys.executable, MAKE_SITE, GI_DOCGEN, CONFIGURATION, gir,
             self.directory / 'site', file], check=False, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def write_undocumented(self, path):
        """The introspection data without the description of one symbol."""
        tree = ElementTree.parse(GIR)
        element = tree.find(path.replace('core:', CORE))
        element.remove(element.find(f'{CORE}doc'))
        gir = self.directory / 'XmlRpc-1.0.gir'
        tree.write(gir)
        return gir

    def assert_fails(self, result, message):
        self.assertNotEqual(result.returncode, 0)
        self.assertIn(message, result.stdout)
        self.assertFalse((self.directory / 'site').exists())

    def test_files(self):
        (self.directory / 'chart.svg').write_text('<svg/>')
        result = self.make_site(page='# A page\n\n![A chart](chart.svg)')
        self.assertEqual(result.returncode, 0, result.stdout)
        site = self.directory / 'site'
        self.assertEqual((site / 'chart.svg').read_text(), '<svg/>')
        self.assertIn('<img alt="A chart" src="chart.svg" />',
                      (site / 'page.html').read_text('utf-8'))

    def test_page_without_title(self):
        self.assert_fails(self.make_site(page='Title: A page\n\n# A page'),
                          'page.md: the first line is no heading')

    def test_undocumented_function(self):
        gir = self.write_undocumented(
            'core:namespace/core:function[@name="encode_call"]')
        self.assert_fails(self.make_site(gir),
                          "Symbol 'XmlRpc.encode_call' at")

    def test_undocumented_property(self):
        gir = self.write_undocumented(
            'core:namespace/core:class[@name="Server"]'
            '/core:property[@name="max-multicall"]')
        self.assert_fails(self.make_site(gir),
                          "Symbol 'XmlRpc.Server.max-multicall' at")

    def test_unknown_symbol(self):
        result = self.make_site(page='# A page\n\n[method@XmlRpc.Server.dance]')
        self.assertNotEqual(result.returncode, 0)
        self.assertIn('XmlRpc.Server.dance', result.stdout)

    def test_broken_links(self):
        page = '# A page\n\n[a](nowhere.md) [b](page.md#nothing) [c](page.md)'
        self.assert_fails(self.make_site(page=page),
                          'page.html: there is no nowhere.html\n'
                          'page.html: there is no page.html#nothing\n')


if __name__ == '__main__':
    tap.main()
