#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What a Server offers to clients: functions, modules, objects, and what their
annotations and their exceptions mean."""

import asyncio
import collections.abc
import functools
import logging
import threading
import types
import typing
import unittest
import xmlrpc.client
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any, List, Literal, NewType, Optional, TypedDict, Union

import gi

gi.require_version('XmlRpc', '1.0')
from gi.repository import GLib, GObject, XmlRpc  # noqa: E402

import glib_loop  # noqa: E402
import tap  # noqa: E402


class Point(TypedDict):
    x: int


@dataclass
class Post:
    title: str


class Colour(Enum):
    RED = 'red'


class Size(Enum):
    SMALL = 1
    OTHER = 'other'


UserId = NewType('UserId', int)


class RegisterTestCase(unittest.TestCase):
    """The server runs in a thread, in the main context of all."""

    def make_server(self):
        return XmlRpc.Server()

    def setUp(self):
        logging.disable(logging.CRITICAL)
        self.addCleanup(logging.disable, logging.NOTSET)
        self.server = self.make_server()
        self.uri = self.server.listen()
        thread = threading.Thread(target=self.server.serve_forever)
        thread.start()
        self.addCleanup(thread.join)
        self.addCleanup(self.server.shutdown)

    def call(self, name, *args):
        with xmlrpc.client.ServerProxy(self.uri, allow_none=True,
                                       use_builtin_types=True) as proxy:
            return getattr(proxy, name)(*args)

    def get_methods(self):
        return sorted(name for name in self.call('system.listMethods')
                      if not name.startswith('system.'))

    def assert_fault(self, code, text, name, *args):
        with self.assertRaises(xmlrpc.client.Fault) as caught:
            self.call(name, *args)
        self.assertEqual(caught.exception.faultCode, code)
        self.assertIn(text, caught.exception.faultString)


class Shelf:
    """An object with more than methods."""

    label = 'tea'
    Error = ValueError

    def __init__(self):
        self.stock = {'tea': 5}
        self.on_change = lambda: 'changed'
        self.reads = 0

    @property
    def surprise(self):
        self.reads += 1
        return lambda: 'no method'

    def take(self, name: str, number: int = 1) -> int:
        """Takes some."""
        self.stock[name] -= number
        return self.stock[name]

    @staticmethod
    def unit():
        return 'box'

    @classmethod
    def kind(cls):
        return cls.__name__

    def _secret(self):
        return 'secret'

    __hidden = _secret


class Service:
    """The example of Python's documentation, and what it must not show."""

    class currentTime:
        @staticmethod
        def getCurrentTime():
            return datetime(2026, 11, 30)

        def unbound(self):
            return 'no object'

    module = typing
    _private = Shelf()

    def __init__(self):
        self.shelf = Shelf()
        self.shelf.owner = self
        self.threads = threading.Thread()
        self.words = ['a']

    def getData(self):
        return '42'


class Dispatching:
    def _listMethods(self):
        return ['add', 'deep.name']

    def _methodHelp(self, method):
        return f'Does {method}.'

    def _dispatch(self, method, params):
        return [method, list(params)]

    def public(self):
        return 'not asked for'


class InstanceTest(RegisterTestCase):
    def test_public_methods(self):
        shelf = Shelf()
        self.server.register_instance(shelf)
        self.assertEqual(self.get_methods(),
                         ['kind', 'on_change', 'take', 'unit'])
        self.assertEqual(self.call('take', 'tea', 2), 3)
        self.assertEqual(self.call('take', 'tea'), 2)
        self.assertEqual(shelf.stock, {'tea': 2})
        self.assertEqual((self.call('unit'), self.call('kind')),
                         ('box', 'Shelf'))
        self.assertEqual(self.call('on_change'), 'changed')
        self.assertEqual(self.call('system.methodHelp', 'take'),
                         'Takes some.')
        self.assertEqual(self.call('system.methodSignature', 'take')[0],
                         ['int', 'string'])
        self.assert_fault(-32602, 'take', 'take', 5)
        self.assertEqual(shelf.reads, 0)

    def test_what_is_never_reached(self):
        self.server.register_instance(Service(), allow_dotted_names=True)
        for name in ('_secret', '_dispatch', '_Shelf__hidden',
                     'shelf._secret', 'shelf.__init__', '_private.take',
                     'shelf.take.__func__', 'getData.__globals__',
                     'module.get_type_hints', 'threads.start',
                     'words.append', 'currentTime.unbound',
                     'shelf.owner.getData', 'shelf.Error'):
            with self.subTest(name):
                self.assert_fault(-32601, '', name)

    def test_dotted_names(self):
        self.server.register_instance(Service())
        self.assertEqual(self.get_methods(), ['getData'])
        self.assert_fault(-32601, '', 'currentTime.getCurrentTime')

        self.server.register_instance(Service(), True)
        self.assertEqual(self.get_methods(), [
            'currentTime.getCurrentTime', 'getData', 'shelf.kind',
            'shelf.on_change', 'shelf.take', 'shelf.unit'])
        self.assertEqual(self.call('currentTime.getCurrentTime'),
                         datetime(2026, 11, 30))
        self.assertEqual(self.call('shelf.take', 'tea'), 4)

    def test_endless_dotted_names(self):
        class Node:
            def __init__(self, depth):
                if depth:
                    self.left = self.right = Node(depth - 1)

            def get(self):
                return 1

        self.server.register_instance(Node(3), True)
        self.assertEqual(self.call('left.right.left.get'), 1)
        with self.assertRaisesRegex(ValueError, 'more than 1000 objects'):
            self.server.register_instance(Node(60), True)
        self.assertEqual(len(self.get_methods()), 15)

    def test_one_instance_and_functions_first(self):
        self.server.register_function(lambda: 'before', 'kind')
        self.server.register_instance(Shelf())
        self.server.register_function(lambda: 'after', 'unit')
        self.assertEqual((self.call('kind'), self.call('unit')),
                         ('before', 'after'))
        self.server.register_instance(Service())
        self.assertEqual(self.get_methods(), ['getData', 'kind', 'unit'])
        self.assertTrue(self.server.remove_method('getData'))
        self.assertFalse(self.server.remove_method('getData'))
        self.assertEqual(self.get_methods(), ['kind', 'unit'])

    def test_dispatch(self):
        self.server.register_instance(Dispatching())
        self.assertEqual(self.get_methods(), ['add', 'deep.name'])
        self.assertEqual(self.call('add', 1, 2), ['add', [1, 2]])
        self.assertEqual(self.call('deep.name'), ['deep.name', []])
        self.assertEqual(self.call('system.methodHelp', 'add'), 'Does add.')
        self.assert_fault(-32601, '', 'public')
        self.assert_fault(-32601, '', 'other')

    def test_dispatch_without_names(self):
        class Blind:
            def _dispatch(self, method, params):
                return method

        with self.assertRaisesRegex(TypeError, 'Blind .*_listMethods'):
            self.server.register_instance(Blind())

    def test_objects_of_the_library(self):
        """Not what every GObject has: emit(), run_dispose() and so on."""
        class Shop(XmlRpc.Server):
            def open(self):
                return True

        class Item(GObject.Object):
            def name(self):
                return 'tea'

        self.server.register_instance(Shop())
        self.assertEqual(self.get_methods(), ['open'])
        self.server.register_instance(Item())
        self.assertEqual(self.get_methods(), ['name'])

    def test_no_instances(self):
        for wrong in Shelf, typing:
            with self.subTest(wrong), self.assertRaisesRegex(
                    TypeError, 'expected an object, got the'):
                self.server.register_instance(wrong)


class FunctionsTest(RegisterTestCase):
    def make_module(self, **members):
        module = types.ModuleType('shop')
        source = ('from os.path import join\n'
                  'import json\n'
                  'class Item: pass\n'
                  'def price(name: str) -> int: return 5\n'
                  'def _cost(name): return 4\n')
        exec(source, module.__dict__)
        module.__dict__.update(members)
        return module

    def test_module(self):
        self.server.register_functions(self.make_module())
        self.assertEqual(self.get_methods(), ['price'])
        self.assertEqual(self.call('price', 'tea'), 5)

    def test_module_with_all(self):
        self.server.register_functions(
            self.make_module(__all__=['join', 'Item', '_cost']))
        self.assertEqual(self.get_methods(), ['join'])
        self.assertEqual(self.call('join', 'a', 'b'), 'a/b')

    def test_module_in_c(self):
        import math
        self.server.register_functions(math)
        self.assertEqual(self.call('gcd', 12, 18), 6)

    def test_mapping_and_iterables(self):
        self.server.register_functions({'sample.add': lambda a, b: a + b})
        self.server.register_functions([len, sorted])
        self.server.register_functions(f for f in (repr,))
        self.assertEqual(self.get_methods(),
                         ['len', 'repr', 'sample.add', 'sorted'])
        self.assertEqual(self.call('sample.add', 1, 2), 3)

    def test_what_is_no_function(self):
        for wrong, message in (
                (Shelf(), 'register_instance'), ('len', 'got str'),
                (3, 'got int'), ({'x': 3}, 'x: expected a function'),
                ([len, 3], 'no __name__'),
                ([functools.partial(len)], 'partial has no __name__')):
            with self.subTest(wrong), self.assertRaisesRegex(TypeError,
                                                             message):
                self.server.register_functions(wrong)
        with self.assertRaisesRegex(TypeError, 'partial has no __name__'):
            self.server.register_function(functools.partial(len))
        self.assertEqual(self.get_methods(), [])


class ConstructorTest(unittest.TestCase):
    def test_uri(self):
        """xmlrpc.client.Server is a client."""
        for uri in 'http://localhost:8000', b'', None:
            with self.subTest(uri), self.assertRaisesRegex(
                    TypeError, r'the client is XmlRpc\.ServerProxy\('):
                XmlRpc.Server(uri)

    def test_address(self):
        """xmlrpc.server.SimpleXMLRPCServer takes one."""
        with self.assertRaisesRegex(TypeError,
                                    r"listen\('localhost', 8000\)"):
            XmlRpc.Server(('localhost', 8000))


def no_annotations(a, b):
    return a


def keyword_only(a: int, *, verbose: bool = False, **more: Any) -> str:
    return f'{a} {verbose}'


SIGNATURES = {
    Optional[int]: ['int', 'i8', 'nil'],
    'int | None': ['int', 'i8', 'nil'],
    Union[bool, List[str]]: ['boolean', 'array'],
    'list[int]': ['array'],
    'tuple[int, ...]': ['array'],
    'dict[str, int]': ['struct'],
    'collections.abc.Sequence[int]': ['array'],
    'collections.abc.Mapping[str, int]': ['struct'],
    typing.Iterable: ['array'],
    Literal['a', 'b']: ['string'],
    Literal['a', 5, None]: ['string', 'int', 'i8', 'nil'],
    Point: ['struct'],
    Post: ['struct'],
    UserId: ['int', 'i8'],
    Decimal: ['bigdecimal'],
    Any: ['any'],
    typing.Annotated[bytes, 'jpeg']: ['base64'],
    Colour: ['string'],
    Size: ['int', 'i8', 'string'],
    Path: ['string'],
    date: ['dateTime.iso8601'],
    XmlRpc.Date: ['dateTime.iso8601'],
    XmlRpc.Bytes: ['base64'],
    xmlrpc.client.Binary: ['base64'],
    xmlrpc.client.DateTime: ['dateTime.iso8601'],
    # Nothing tells what they are.
    object: None,
    Shelf: None,
    'NoSuchName': None,
    'int |': None,
    typing.Callable[[], int]: None,
    typing.TypeVar('T'): None,
}


class SignatureTest(RegisterTestCase):
    def get_signatures(self, function):
        self.server.register_function(function, 'f')
        signatures = self.call('system.methodSignature', 'f')
        return signatures if isinstance(signatures, list) else None

    def test_types(self):
        for annotation, expected in SIGNATURES.items():
            def function(value):
                return None
            function.__annotations__ = {'value': annotation, 'return': None}
            with self.subTest(annotation):
                signatures = self.get_signatures(function)
                if expected is None:
                    self.assertIsNone(signatures)
                    continue
                names = [types[1].removeprefix('ex:') for types in signatures]
                self.assertCountEqual(names, expected)

    def test_checked(self):
        def optional(a: Optional[int], b: 'str | list[int]' = '') -> 'int | None':
            return a

        self.server.register_function(optional)
        self.assertIsNone(self.call('optional', None))
        self.assertEqual(self.call('optional', 3, [1]), 3)
        self.assertEqual(self.call('optional', 2**30, 'a'), 2**30)
        self.assert_fault(-32602, 'optional', 'optional', 'a')
        self.assert_fault(-32602, 'optional', 'optional', 1, None)

    def test_results(self):
        def find(name: str) -> Optional[str]:
            return None

        self.assertEqual(self.get_signatures(find),
                         [['string', 'string'], ['nil', 'string']])

    def test_converted(self):
        """What no signature tells is as the annotations say, too."""
        def publish(post: Post, colour: Colour = Colour.RED,
                    sizes: 'tuple[Size, ...]' = ()) -> str:
            assert isinstance(sizes, tuple)
            return f'{post.title} {colour.name} {[s.name for s in sizes]}'

        self.server.register_function(publish)
        post = {'title': 'Tea'}
        self.assertEqual(self.call('publish', post), 'Tea RED []')
        self.assertEqual(self.call('publish', post, 'red', [1, 'other']),
                         "Tea RED ['SMALL', 'OTHER']")
        for args, message in (
                (({'title': 5},), 'publish: post: title: expected str, got int 5'),
                (({},), 'publish: post: expected a member "title", got none'),
                ((post, 'blue'), "publish: colour: expected one of 'red'"),
                ((post, 'red', [1, 3]), 'publish: sizes: [1]: expected one of')):
            with self.subTest(args):
                self.assert_fault(-32602, message, 'publish', *args)

    def test_items_and_members(self):
        def total(prices: 'list[float]', unit: Literal['EUR', 'USD'] = 'EUR',
                  point: Optional[Point] = None) -> float:
            assert all(type(price) is float for price in prices)
            return sum(prices)

        self.server.register_function(total)
        self.assertEqual(self.call('total', [1, 2.5]), 3.5)
        self.assertEqual(self.call('total', [], 'USD', {'x': 1}), 0)
        self.assert_fault(-32602, 'total: prices: [1]: expected float',
                          'total', [1, 'two'])
        self.assert_fault(-32602, "expected one of 'EUR', 'USD'",
                          'total', [], 'GBP')
        self.assert_fault(-32602, 'total: point: x: expected int',
                          'total', [], 'USD', {'x': 'left'})

    def test_results_of_all_types(self):
        values = {'post': Post('Tea'), 'colour': Colour.RED,
                  'point': Point(x=1), 'path': Path('/a')}
        self.server.register_function(lambda: values, 'get')
        self.assertEqual(self.call('get'), {
            'post': {'title': 'Tea'}, 'colour': 'red', 'point': {'x': 1},
            'path': '/a'})

    def test_keyword_only(self):
        self.assertEqual(self.get_signatures(keyword_only),
                         [['string', 'int'], ['string', 'i8']])
        self.assertEqual(self.call('f', 5), '5 False')
        self.assert_fault(-32602, 'f: ', 'f', 5, True)

    def test_keyword_only_without_default(self):
        def function(a, *, verbose):
            return a

        with self.assertRaisesRegex(TypeError, 'function: verbose is keyword'):
            self.server.register_function(function)

    def test_without(self):
        def some(a: int, b) -> int:
            return a

        def no_result(a: int):
            return a

        def any_number(*a: int) -> int:
            return 0

        for function in no_annotations, some, no_result, any_number:
            with self.subTest(function):
                self.assertIsNone(self.get_signatures(function))

    def test_too_many(self):
        either = Union[int, str, bool, None]

        def function(a, b, c, d):
            return a
        function.__annotations__ = dict.fromkeys('abcd', either)
        function.__annotations__['return'] = int
        self.assertIsNone(self.get_signatures(function))
        self.assertEqual(self.call('f', 1, 2, 3, 4), 1)

    def test_objects_that_are_called(self):
        class Adder:
            def __call__(self, a: int, b: int) -> int:
                return a + b

        self.assertEqual(self.get_signatures(Adder())[0],
                         ['int', 'int', 'int'])
        partial = functools.partial(no_annotations, 1)
        self.assertIsNone(self.get_signatures(partial))
        self.assertEqual(self.call('f', 2), 1)

    def test_type_aliases(self):
        """type Name = ..., which Python 3.12 brought."""
        if not hasattr(typing, 'TypeAliasType'):
            self.skipTest('this Python has no such aliases')
        alias = typing.TypeAliasType('alias', Union[int, None])

        def function(a) -> None:
            return None
        function.__annotations__['a'] = alias
        self.assertEqual([types[1] for types in self.get_signatures(function)],
                         ['int', 'i8', 'nil'])

        # It names itself, and another names nothing.
        names = {}
        exec('type Json = list[Json] | str\ntype Bad = NoSuch | int', names)
        function.__annotations__['a'] = names['Json']
        self.assertEqual([types[1] for types in self.get_signatures(function)],
                         ['array', 'string'])
        function.__annotations__['a'] = names['Bad']
        self.assertIsNone(self.get_signatures(function))


class ForeignValuesTest(RegisterTestCase):
    """What functions that were written for xmlrpc.server have."""

    def test_raised_fault(self):
        class NotToday(xmlrpc.client.Fault):
            def __init__(self):
                super().__init__(7, 'not today')

        for error in xmlrpc.client.Fault(4, 'four'), NotToday():
            def fail():
                raise error
            self.server.register_function(fail)
            self.assert_fault(error.faultCode, error.faultString, 'fail')

    def test_returned_fault(self):
        for fault in xmlrpc.client.Fault(4, 'four'), XmlRpc.Fault(4, 'four'):
            self.server.register_function(lambda: fault, 'fail')
            self.assert_fault(4, 'four', 'fail')

    def test_returned_values(self):
        values = [xmlrpc.client.Binary(b'\0a'),
                  {'date': xmlrpc.client.DateTime('20261130T01:02:03')}]
        self.server.register_function(lambda: values, 'get')
        self.assertEqual(self.call('get'), [
            b'\0a', {'date': datetime(2026, 11, 30, 1, 2, 3)}])

    def test_received_values(self):
        """Functions look at .data and .value."""
        def read(data: xmlrpc.client.Binary, date: xmlrpc.client.DateTime
                 ) -> list:
            return [data.data, date.value]

        self.server.register_function(read)
        self.assertEqual(
            self.call('read', xmlrpc.client.Binary(b'a'),
                      xmlrpc.client.DateTime('20261130T01:02:03')),
            [b'a', '20261130T01:02:03'])


class ThreadsTest(RegisterTestCase):
    def make_server(self):
        return XmlRpc.Server(threaded=True)

    def test_all(self):
        """But coroutine functions, and those that say something else."""
        def where():
            return threading.current_thread().ident

        async def coroutine_function():
            pass

        self.server.register_functions([where, coroutine_function])
        self.server.register_function(where, 'here', threaded=False)
        self.server.register_instance(types.SimpleNamespace(there=where))
        here = self.call('here')
        for name in 'where', 'there':
            self.assertNotEqual(self.call(name), here)

    def test_loop_is_free(self):
        """One call waits for another, which the loop answers."""
        event = threading.Event()

        def wait():
            return event.wait(60)

        self.server.register_function(wait)
        self.server.register_function(event.set, 'go', threaded=False)
        results = []
        thread = threading.Thread(
            target=lambda: results.append(self.call('wait')))
        thread.start()
        self.call('go')
        thread.join()
        self.assertEqual(results, [True])


def describe():
    """What the function that answers a call knows about it."""
    invocation = XmlRpc.current_invocation()
    return [invocation.get_method_name(), invocation.client_address,
            invocation.user, invocation.headers['x-name']]


async def describe_later():
    await asyncio.sleep(0)
    return describe()


class InvocationTest(unittest.TestCase):
    def setUp(self):
        self.loop = glib_loop.get_loop()
        self.server = XmlRpc.Server()
        self.addCleanup(self.server.close)
        self.uri = self.server.listen()

    def with_proxy(self, function):
        def run():
            with xmlrpc.client.ServerProxy(
                    self.uri, allow_none=True,
                    headers=[('X-Name', 'Ada')]) as proxy:
                return function(proxy)

        return self.loop.run_until_complete(
            self.loop.run_in_executor(None, run))

    def test_everywhere(self):
        self.server.register_functions([describe, describe_later])
        self.server.register_function(describe, 'in_thread', threaded=True)
        for name in 'describe', 'describe_later', 'in_thread':
            with self.subTest(name):
                self.assertEqual(
                    self.with_proxy(lambda proxy: getattr(proxy, name)()),
                    [name, '127.0.0.1', None, 'Ada'])

    def test_multicall(self):
        self.server.register_functions([describe, describe_later])

        def call(proxy):
            multicall = xmlrpc.client.MultiCall(proxy)
            multicall.describe()
            multicall.describe_later()
            return list(multicall())
        self.assertEqual(self.with_proxy(call), [
            [name, '127.0.0.1', None, 'Ada']
            for name in ('describe', 'describe_later')])

    def test_at_once(self):
        """Each coroutine has its own."""
        names = []

        async def meet(name):
            names.append(name)
            while len(names) < 2:
                await asyncio.sleep(0.01)
            [first] = XmlRpc.current_invocation().get_params().unpack()
            return [name, first]

        async def call():
            self.server.register_function(meet)
            proxy = XmlRpc.ServerProxy(self.uri)
            return await asyncio.gather(*(proxy.meet.call_async(name)
                                          for name in 'ab'))
        self.assertEqual(self.loop.run_until_complete(call()),
                         [['a', 'a'], ['b', 'b']])

    def test_outside(self):
        self.server.register_function(describe)
        self.with_proxy(lambda proxy: proxy.describe())
        with self.assertRaisesRegex(LookupError, 'no call is being handled'):
            XmlRpc.current_invocation()

    def test_without_http(self):
        """handle_async() has no client."""
        self.server.register_function(describe)
        call = xmlrpc.client.dumps((), 'describe').encode()
        results = []
        loop = GLib.MainLoop()

        def done(server, result):
            results.append(server.handle_finish(result).get_data())
            loop.quit()

        self.server.handle_async(GLib.Bytes.new(call), None, done)
        loop.run()
        self.assertEqual(XmlRpc.loads(results[0])[0][0],
                         ['describe', None, None, None])


if __name__ == '__main__':
    tap.main()
