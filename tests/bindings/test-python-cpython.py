#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""CPython's own tests of its package xmlrpc, with the import changed.

Debian has them in a package such as libpython3.11-testsuite; nothing of them is
copied here. Each test passes, or is in FAILING with the reason. The guide for
those who come from xmlrpc.client has the same reasons. The servers that the tests
call are those of xmlrpc.server, and some tests have no client at all.
"""

import importlib.util
import io
import socket
import sys
import types
import unittest
import warnings
import xmlrpc.client

import gi

gi.require_version('XmlRpc', '1.0')
from gi.repository import XmlRpc  # noqa: E402

import tap  # noqa: E402

IMPORT = 'import xmlrpc.client as xmlrpclib'

TRANSPORT = 'a Soup.Session does what a transport does'
HELPERS = 'the parts that xmlrpc.client is made of are not there'
HEADERS = 'a request has the header Connection'
FRAGMENT = 'the fragment of a URI is not sent'
QUERY = 'a URI without a path has the path /RPC2, also before a query'
TYPES = 'dates and bytes are datetime and bytes; only isinstance() sees more'
INT = 'integers have 64 bits'
NONE = 'None can always be sent'
AGAIN = 'a call is not sent again, as it may have been executed'
ERROR = 'what is wrong in a message is an Error, not a ValueError'

FAILING = {
    'BinaryTestCase.test_decode': HELPERS,
    'DateTimeTestCase.test_decode': HELPERS,
    'FaultTestCase.test_dump_fault': HELPERS,
    'GzipServerTestCase.test_bad_gzip_request': TRANSPORT,
    'GzipServerTestCase.test_gzip_request': TRANSPORT,
    'GzipServerTestCase.test_gzip_response': TRANSPORT,
    'GzipUtilTestCase.test_gzip_decode_limit': HELPERS,
    'HeadersServerTestCase.test_header': HEADERS,
    'HeadersServerTestCase.test_header_empty': HEADERS,
    'HeadersServerTestCase.test_header_items': HEADERS,
    'HeadersServerTestCase.test_header_many': HEADERS,
    'HeadersServerTestCase.test_header_tuple': HEADERS,
    'HelperTestCase.test_escape': HELPERS,
    'KeepaliveServerTestCase2.test_transport': TRANSPORT,
    'MultiPathServerTestCase.test_empty_path_fragment': FRAGMENT,
    'MultiPathServerTestCase.test_empty_path_query': QUERY,
    'MultiPathServerTestCase.test_path_fragment': FRAGMENT,
    'MultiPathServerTestCase.test_path_query_fragment': FRAGMENT,
    'ServerProxyTestCase.test_transport': TRANSPORT,
    'SimpleServerTestCase.test_context_manager': TRANSPORT,
    'SimpleServerTestCase.test_context_manager_method_error': TRANSPORT,
    'XMLRPCTestCase.test_dump_big_int': INT,
    'XMLRPCTestCase.test_dump_double': HELPERS,
    'XMLRPCTestCase.test_dump_none': NONE,
    'XMLRPCTestCase.test_keepalive_disconnect': AGAIN,
    'XMLRPCTestCase.test_limit_int': ERROR,
    'XMLRPCTestCase.test_load_standard_types': TYPES,
}


def find_source():
    spec = importlib.util.find_spec('test')
    for folder in spec.submodule_search_locations if spec else ():
        try:
            with open(f'{folder}/test_xmlrpc.py', encoding='utf-8') as file:
                return file.read()
        except OSError:
            pass
    return None


class Namespace:
    """XmlRpc, which remembers its proxies. Its class of transports, which a
    test is derived from when the file is read, is that of Python."""

    Transport = xmlrpc.client.Transport

    def __init__(self):
        self.proxies = []

    def ServerProxy(self, *args, **options):
        proxy = XmlRpc.ServerProxy(*args, **options)
        self.proxies.append(proxy)
        return proxy

    def __getattr__(self, name):
        return getattr(XmlRpc, name)


def load(source):
    """The module of these tests; a server ends with its test, also where that
    has failed before it sent what the server waits for."""
    module = types.ModuleType('test_xmlrpc')
    sys.modules[module.__name__] = module
    module._namespace = namespace = Namespace()
    changed = source.replace(
        IMPORT, 'import xmlrpc.client; xmlrpclib = _namespace', 1)
    exec(compile(changed, 'test_xmlrpc.py', 'exec'), module.__dict__)
    wait = module.BaseServerTestCase.tearDown

    def tear_down(test):
        while namespace.proxies:
            namespace.proxies.pop()('close')()
        while not test.evt.wait(0.05):
            try:
                socket.create_connection((module.ADDR, module.PORT)).close()
            except (OSError, TypeError):
                pass  # It has just ended.
        wait(test)

    module.BaseServerTestCase.tearDown = tear_down
    return module


def get_tests(suite):
    for test in suite:
        if isinstance(test, unittest.TestSuite):
            yield from get_tests(test)
        else:
            yield test


def get_name(test):
    return '.'.join(test.id().split('.')[-2:])


class CPythonTest(unittest.TestCase):
    def setUp(self):
        source = find_source()
        if source is None or IMPORT not in source:
            self.skipTest("CPython's own tests are not there")
        # The tests count the threads, of which a first call starts one.
        with self.assertRaises(OSError):
            XmlRpc.ServerProxy('http://127.0.0.1:1/').a()
        self.module = load(source)

    def run_all(self):
        """The names of all tests, and what those said that failed."""
        suite = unittest.defaultTestLoader.loadTestsFromModule(self.module)
        names = [get_name(test) for test in get_tests(suite)]
        with warnings.catch_warnings():
            warnings.simplefilter('ignore')
            result = unittest.TextTestRunner(io.StringIO()).run(suite)
        return names, {get_name(test): text for test, text
                       in result.failures + result.errors}

    def test_what_is_listed_fails(self):
        names, failed = self.run_all()
        print(f'# {len(names) - len(failed)} of {len(names)} pass')
        for name in names:
            with self.subTest(name):
                self.assertEqual(name in failed, name in FAILING,
                                 failed.get(name, 'passes now'))


if __name__ == '__main__':
    tap.main()
