#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The build of the documentation makes what is promised, and fails where
something is missing:

    test-site.py MAKE-SITE GI-DOCGEN CONFIGURATION GIR"""

import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from xml.etree import ElementTree

import tap

MAKE_SITE, GI_DOCGEN, CONFIGURATION, GIR = sys.argv[1:5]
CORE = '{http://www.gtk.org/introspection/core/1.0}'

INDEX = '# The project\n\nPurpose.\n\n## Guides\n\n- [One](page.md): first\n'

# What a page names, and where it leads.
SYMBOLS = {
    'xml_rpc_server_proxy_call()': 'method.ServerProxy.call.html',
    'xml_rpc_server_proxy_call': 'method.ServerProxy.call.html',
    'xml_rpc_encode_call()': 'func.encode_call.html',
    'xml_rpc_server_new()': 'ctor.Server.new.html',
    'XmlRpcValue': 'class.Value.html',
    'XmlRpc.Value': 'class.Value.html',
    'XmlRpcFaultCode': 'enum.FaultCode.html',
    'XmlRpcServer:max-multicall': 'property.Server.max-multicall.html',
    'XmlRpcServerProxy::message': 'signal.ServerProxy.message.html',
    'XML_RPC_ERROR': 'error.Error.html',
    'XML_RPC_ERROR_TYPE_MISMATCH': 'error.Error.html',
    'SoupSession': 'https://libsoup.gnome.org/libsoup-3.0/class.Session.html',
    'GError': 'https://docs.gtk.org/glib/struct.Error.html',
}
OTHERS = ['TRUE', 'call()', 'XmlRpc', 'xml_rpc_server_new (NULL)']
UNKNOWN = ['XmlRpcPoodle', 'xml_rpc_server_dance()', 'XML_RPC_ERROR_POODLE',
           'XmlRpcServer:poodle']
PAGE = f'''# A page

{" ".join(f"`{name}`" for name in [*SYMBOLS, *OTHERS])}

## The `XmlRpcBinary`

```c
XmlRpcBinary
```

    XmlRpcBinary

[An `XmlRpcBinary`](page.md) ![A chart](chart.svg)
'''


def make_site(directory, gir=GIR, page=PAGE, index=INDEX):
    for name, text in ('index.md', index), ('page.md', page):
        (directory / name).write_text(text, 'utf-8')
    return subprocess.run(
        [sys.executable, MAKE_SITE, GI_DOCGEN, CONFIGURATION, gir,
         directory / 'site', directory / 'index.md', directory / 'page.md'],
        check=False, text=True, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT)


class TestSite(unittest.TestCase):
    """What is on the site."""

    @classmethod
    def setUpClass(cls):
        directory = tempfile.TemporaryDirectory()
        cls.addClassCleanup(directory.cleanup)
        cls.site = Path(directory.name, 'site')
        Path(directory.name, 'chart.svg').write_text('<svg/>')
        result = make_site(Path(directory.name))
        assert result.returncode == 0, result.stdout
        cls.page, cls.index, cls.reference = (
            (cls.site / f'{name}.html').read_text('utf-8').replace('&nbsp;', ' ')
            for name in ('page', 'index', 'reference'))

    def test_files(self):
        self.assertIn('<img alt="A chart" src="chart.svg" />', self.page)
        self.assertEqual((self.site / 'chart.svg').read_text(), '<svg/>')

    def test_symbols_become_links(self):
        for name, address in SYMBOLS.items():
            self.assertIn(f'<a href="{address}"><code>{name}</code></a>', self.page)
            if ':' not in address:
                self.assertTrue((self.site / address).exists(), address)

    def test_others_do_not(self):
        for name in OTHERS:
            self.assertIn(f' <code>{name}</code>', self.page)

    def test_code_headings_and_links_do_not(self):
        self.assertGreaterEqual(self.page.count('XmlRpcBinary'), 4)
        self.assertNotIn('class.Binary.html', self.page)

    def test_index(self):
        self.assertIn('<p>Purpose.</p>', self.index)
        self.assertIn('<a href="page.html">One</a>: first', self.index)

    def test_reference(self):
        self.assertIn('href="class.Server.html"', self.reference)
        self.assertIn('href="index.html"', self.reference)
        self.assertNotIn('page.html', self.reference)

    def test_names(self):
        self.assertIn('<title>A page – xmlrpc-glib</title>', self.page)
        for file in self.site.glob('*.html'):
            text = file.read_text('utf-8')
            self.assertRegex(text, '<title>[^<]+ – xmlrpc-glib</title>', file)
            self.assertIn('<h3><a href="index.html">xmlrpc-glib</a></h3>', text)

    def test_sidebar(self):
        sidebar = re.search(r'<nav id="menu".*?</nav>', self.page, re.DOTALL)[0]
        self.assertIn('<h5>Guides</h5>', sidebar)
        self.assertIn('<a class="current" href="page.html">One</a>', sidebar)
        self.assertIn('<a href="reference.html">', sidebar)
        self.assertIn('<a href="page.html">One</a></div>', self.index)


class TestFailures(unittest.TestCase):
    """What is not to be on a site."""

    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.directory = Path(directory.name)

    def make_site(self, page='# A page', **options):
        return make_site(self.directory, page=page, **options)

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

    def test_unknown_names(self):
        page = '\n'.join(['# A page\n', *(f'`{name}`' for name in UNKNOWN)])
        result = self.make_site(page=page)
        for name in UNKNOWN:
            self.assert_fails(result, f'page.html: there is no {name}\n')

    def test_page_that_is_not_listed(self):
        self.assert_fails(self.make_site(index='# The project'),
                          'not each page is listed once: page.md')
        self.assert_fails(self.make_site(index=INDEX + '- [Two](other.md)\n'),
                          'not each page is listed once: other.md')
        self.assert_fails(self.make_site(index=INDEX + '- [Two](page.md)\n'),
                          'not each page is listed once')

    def test_page_without_title(self):
        self.assert_fails(self.make_site(page='Title: A page\n\n# A page'),
                          'page.md: the first line is no heading')

    def test_undocumented_function(self):
        gir = self.write_undocumented(
            'core:namespace/core:function[@name="encode_call"]')
        self.assert_fails(self.make_site(gir=gir),
                          "Symbol 'XmlRpc.encode_call' at")

    def test_undocumented_property(self):
        gir = self.write_undocumented(
            'core:namespace/core:class[@name="Server"]'
            '/core:property[@name="max-multicall"]')
        self.assert_fails(self.make_site(gir=gir),
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
