#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The build of the documentation makes what is promised, and fails where
something is missing:

    test-site.py MAKE-SITE GI-DOCGEN CONFIGURATION GIR"""

import json
import os
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from xml.etree import ElementTree

import tap

MAKE_SITE, GI_DOCGEN, CONFIGURATION, GIR = sys.argv[1:5]
SOURCES = Path(MAKE_SITE).resolve().parents[2]
CORE = '{http://www.gtk.org/introspection/core/1.0}'

INDEX = '# The project\n\nPurpose.\n\n## Guides\n\n- [One](page.md): first\n'
NEWS = '''\
the-library 2.0
===============

 - XmlRpcServer and XmlRpcPoodle have <new> names, and `a<b`.
'''

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
    'XML_RPC_ERROR_TYPE_MISMATCH': 'error.Error.html#type_mismatch',
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

[A file](SOURCES/xmlrpc-glib/xml-rpc-fault.c), [a folder](SOURCES/xmlrpc-glib/server)

## Swimming with a Poodle

<!-- keywords: crawl,
     big hound -->

Dogs paddle:
`kill %1`, `@dog`, `#Dog`, `x = bark() + 1`, `bark()`, @dogs, %DOG.

**Python**

```python
import dog
```

```console
$ python3 dog.py
```

**C**

```c
int dogs = 1;
```

**Dogs** swim:

```c
swim ();
```

| breed | says |
| --- | --- |
| poodle | `woof` |

| breed | weight |
| --- | ---: |
| poodle | 4.71 KB |
'''


def make_site(directory, gir=GIR, page=PAGE, index=INDEX):
    page = page.replace('SOURCES', os.path.relpath(SOURCES, directory.resolve()))
    for name, text in ('index.md', index), ('page.md', page), ('NEWS', NEWS):
        (directory / name).write_text(text, 'utf-8')
    pages = ['page.md', 'NEWS'] if '(NEWS)' in index else ['page.md']
    return subprocess.run(
        [sys.executable, MAKE_SITE, GI_DOCGEN, CONFIGURATION, gir,
         directory / 'site', directory / 'index.md', *[directory / name for name in pages]],
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
        result = make_site(Path(directory.name), index=INDEX + '\n## The project\n\n- [Two](NEWS)\n')
        assert result.returncode == 0, result.stdout
        cls.page, cls.index, cls.reference, cls.news, cls.codes = (
            cls.read(f'{name}.html') for name in ('page', 'index', 'reference', 'NEWS', 'enum.FaultCode'))
        index = (cls.site / 'search-index.js').read_text('utf-8')
        cls.search = json.loads(index.removeprefix('const searchIndex = ').removesuffix(';\n'))

    @classmethod
    def read(cls, name):
        return (cls.site / name).read_text('utf-8').replace('&nbsp;', ' ').replace('\u00a0', ' ')

    def read_sidebar(self, page):
        return re.search(r'<nav id="menu".*?</nav>', page, re.DOTALL)[0]

    def test_files(self):
        self.assertRegex(self.page, '<img alt="A chart" src="chart.svg" ?/?>')
        self.assertEqual((self.site / 'chart.svg').read_text(), '<svg/>')

    def test_symbols_become_links(self):
        for name, address in SYMBOLS.items():
            self.assertIn(f'<a href="{address}"><code>{name}</code></a>', self.page)
            if ':' not in address:
                self.assertTrue((self.site / address.partition('#')[0]).exists(), address)

    def test_others_do_not(self):
        for name in OTHERS:
            self.assertIn(f' <code>{name}</code>', self.page)

    def test_code_headings_and_links_do_not(self):
        self.assertGreaterEqual(self.page.count('XmlRpcBinary'), 4)
        self.assertNotIn('class.Binary.html', self.page)

    def test_marks_of_gtk_doc_stay(self):
        """In code, and in text."""
        for code in 'kill %1', '@dog', '#Dog', 'x = bark() + 1', 'bark()':
            self.assertIn(f'<code>{code}</code>', self.page)
        self.assertIn(', @dogs, %DOG.', self.page)

    def test_index(self):
        self.assertIn('<p>Purpose.</p>', self.index)
        self.assertIn('<a href="page.html">One</a>: first', self.index)

    def test_reference(self):
        self.assertIn('href="class.Server.html"', self.reference)
        self.assertIn('href="index.html"', self.reference)
        self.assertNotIn('<li><a href="page.html">A page', self.reference)

    def test_names(self):
        self.assertIn('<title>A page – xmlrpc-glib</title>', self.page)
        for file in self.site.glob('*.html'):
            text = file.read_text('utf-8')
            self.assertRegex(text, '<title>[^<]+ – xmlrpc-glib</title>', file)
            self.assertIn('<a class="name" href="index.html">xmlrpc-glib</a>', text)

    def test_sidebar(self):
        """All guides, on all pages."""
        for file in self.site.glob('*.html'):
            sidebar = self.read_sidebar(file.read_text('utf-8'))
            for part in ('<summary>Guides</summary>', 'href="page.html">One</a>', 'href="NEWS.html">Two</a>',
                         'href="reference.html">API reference</a>'):
                self.assertIn(part, sidebar, file.name)
        self.assertIn('<details open><summary>Guides</summary><ul><li><a aria-current="page" href="page.html">',
                      self.read_sidebar(self.page))
        self.assertIn('<details><summary>The project</summary>', self.read_sidebar(self.page))

    def test_sidebar_of_classes(self):
        sidebar = self.read_sidebar(self.read('method.ServerProxy.call.html'))
        self.assertIn('<a aria-current="page" href="method.ServerProxy.call.html">call</a>', sidebar)
        self.assertIn('<a href="method.ServerProxy.call_async.html">call_async</a>', sidebar)

    def test_previous_and_next(self):
        self.assertIn('<a rel="prev" href="index.html"><span>Previous</span> XML-RPC for GLib</a>', self.page)
        self.assertIn('<a rel="next" href="NEWS.html"><span>Next</span> News</a>', self.page)
        self.assertNotIn('rel="prev"', self.index)
        self.assertNotIn('rel="next"', self.news)

    def test_news(self):
        self.assertRegex(self.news, r'<h2 id="the-library-20">the-library 2\.0')
        self.assertIn('<a href="class.Server.html"><code>XmlRpcServer</code></a> and XmlRpcPoodle have &lt;new&gt; names',
                      self.news)
        self.assertIn('<code>a&lt;b</code>', self.news)

    def test_tabs(self):
        tabs = re.search(r'<div class="tabs">(.*?)</section>\s*</div>', self.page, re.DOTALL)[1]
        self.assertEqual(re.findall('<section class="panel" data-name="([^"]+)">', tabs), ['Python', 'C'])
        self.assertIn('python3', tabs.partition('data-name="C"')[0])
        # A sentence that begins with a bold word is none.
        self.assertIn('<p><strong>Dogs</strong> swim:</p>', self.page)

    def test_tables(self):
        self.assertIn('<div class="table rows">', self.page)
        self.assertIn('<td data-label="says">', self.page)
        self.assertIn('<div class="table numbers">', self.page)

    def test_values(self):
        text = ' '.join(re.sub('<[^>]*>', ' ', self.codes).split())
        self.assertRegex(text, 'XML_RPC_FAULT_METHOD_NOT_FOUND .*-32601')
        self.assertIn('id="method_not_found"', self.codes)

    def test_sources(self):
        self.assertIn('href="source-xmlrpc-glib-xml-rpc-fault.c.html">A file</a>', self.page)
        self.assertIn('href="source-xmlrpc-glib-server.html">a folder</a>', self.page)
        self.assertIn('xml-rpc-server.c', self.read('source-xmlrpc-glib-server.html'))
        call = self.read('method.ServerProxy.call.html')
        for file in 'client/xml-rpc-server-proxy-call.c', 'client/xml-rpc-server-proxy.h':
            name = f'source-xmlrpc-glib-{file.replace("/", "-")}.html'
            line = re.search(rf'<a href="{name}#(L\d+)">xmlrpc-glib/{file}:\d+</a>', call)[1]
            self.assertIn(f'<i id="{line}"></i>', self.read(name))

    def test_other_libraries(self):
        call = self.read('method.ServerProxy.call.html')
        self.assertIn('<a class="external" href="https://docs.gtk.org/glib/struct.Variant.html">', call)
        self.assertNotIn('javascript:', call)

    def test_search_index(self):
        self.assertIn(['page.html', 'A page', 'Guides'], self.search['pages'])
        page = self.search['pages'].index(['page.html', 'A page', 'Guides'])
        section = next(entry for entry in self.search['sections'] if entry[2] == 'Swimming with a Poodle')
        self.assertEqual(section[:2], [page, 'swimming-with-a-poodle'])
        self.assertIn('@dogs, %DOG. Python C Dogs swim:', section[3])
        # Figures are not searched; of code there are the words.
        self.assertTrue(section[3].endswith('breed weight poodle'), section[3])
        self.assertEqual(section[4], 'import python3 int')
        self.assertIn('crawl big hound', section[5])
        self.assertIn('2.0', next(entry for entry in self.search['sections'] if entry[1] == 'the-library-20')[2])

    def test_search_index_of_symbols(self):
        symbols = {entry[0]: entry[1:] for entry in self.search['symbols']}
        self.assertEqual(symbols['XML_RPC_FAULT_METHOD_NOT_FOUND'][:2],
                         ['= -32601', 'enum.FaultCode.html#method_not_found'])
        self.assertEqual(symbols['xml_rpc_server_proxy_call'][:2],
                         ['ServerProxy.call', 'method.ServerProxy.call.html'])
        self.assertIn('method_name', symbols['xml_rpc_server_proxy_call'][2])


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
