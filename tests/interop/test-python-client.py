#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Python's own client against our servers.

test-python-client.py VALIDATOR-SERVER ECHO-SERVER
"""

import datetime
import math
import random
import string
import sys
import urllib.request
import xmlrpc.client

import program
import tap

VALIDATOR, ECHO = sys.argv[1:]
SEED = random.SystemRandom().randrange(1 << 32)
TEXT = string.ascii_letters + ' <>&\'"\t\n]]>äß€ 型ヒント🐍'
INT = (-2**31, 2**31 - 1)


class Random(random.Random):
    def text(self, longest=40):
        return ''.join(self.choices(TEXT, k=self.randint(0, longest)))

    def date(self):
        return datetime.datetime(self.randint(1, 9999), self.randint(1, 12),
                                 self.randint(1, 28), self.randint(0, 23),
                                 self.randint(0, 59), self.randint(0, 59))

    def double(self):
        return self.choice((1, -1)) * self.random() * 10.0**self.randint(-300, 300)

    def value(self, depth=3):
        kinds = [lambda: self.randint(*INT), lambda: self.random() < 0.5,
                 self.double, self.text, self.date,
                 lambda: self.randbytes(self.randint(0, 40)), lambda: None]
        if depth > 0:
            kinds += [lambda: [self.value(depth - 1) for _ in range(self.randint(0, 4))],
                      lambda: {self.text(8): self.value(depth - 1) for _ in range(self.randint(0, 4))}]
        return self.choice(kinds)()


class Transport(xmlrpc.client.Transport):
    """Compresses the longer requests."""
    encode_threshold = 100


class PythonTest(program.ServerTest):
    def setUp(self):
        self.random = Random(SEED)
        self.proxy = self.connect()
        self.addCleanup(lambda: self.proxy('close')())

    def connect(self, **options):
        return xmlrpc.client.ServerProxy(self.url, allow_none=True,
                                         use_builtin_types=True, **options)

    def assert_fault(self, code, method, *params):
        with self.assertRaises(xmlrpc.client.Fault) as caught:
            method(*params)
        self.assertEqual(caught.exception.faultCode, code)
        return caught.exception.faultString


class ValidatorTest(PythonTest):
    program = VALIDATOR

    def setUp(self):
        super().setUp()
        self.validator = self.proxy.validator1

    def stooges(self, **others):
        # Three of them stay within 32 bits.
        return {name: self.random.randint(-2**28, 2**28)
                for name in ('moe', 'larry', 'curly')} | others

    def test_array_of_structs(self):
        for _ in range(20):
            array = [self.stooges() for _ in range(self.random.randint(0, 7))]
            self.assertEqual(self.validator.arrayOfStructsTest(array),
                             sum(item['curly'] for item in array))

    def test_count_the_entities(self):
        for _ in range(50):
            text = ''.join(self.random.choices('<>&\'"abc', k=self.random.randint(0, 200)))
            self.assertEqual(self.validator.countTheEntities(text), {
                'ctLeftAngleBrackets': text.count('<'),
                'ctRightAngleBrackets': text.count('>'),
                'ctAmpersands': text.count('&'),
                'ctApostrophes': text.count("'"),
                'ctQuotes': text.count('"')})

    def test_easy_struct(self):
        for _ in range(20):
            stooges = self.stooges(shemp=1)
            self.assertEqual(self.validator.easyStructTest(stooges),
                             stooges['moe'] + stooges['larry'] + stooges['curly'])

    def post_easy_struct(self, *members):
        """With names that may stand there more than once, as in no dict."""
        body = xmlrpc.client.dumps(({},), 'validator1.easyStructTest').replace(
            '<struct>', '<struct>' + ''.join(
                f'<member><name>{name}</name><value><int>{number}</int></value></member>'
                for name, number in members))
        request = urllib.request.Request(self.url, body.encode(), {'Content-Type': 'text/xml'})
        with urllib.request.urlopen(request) as reply:
            return xmlrpc.client.loads(reply.read())[0][0]

    def test_members_twice(self):
        members = [('moe', 1), ('moe', 2), ('larry', 10)]
        self.assertEqual(self.post_easy_struct(*members, ('curly', 100)), 111)
        self.assert_fault(-32602, self.post_easy_struct, *members)

    def test_echo_struct(self):
        for _ in range(50):
            struct = {self.random.text(10): self.random.value() for _ in range(10)}
            self.assertEqual(self.validator.echoStructTest(struct), struct)

    def test_many_types(self):
        for _ in range(50):
            values = [self.random.randint(*INT), self.random.random() < 0.5,
                      self.random.text(), self.random.double(),
                      self.random.date(), self.random.randbytes(100)]
            self.assertEqual(self.validator.manyTypesTest(*values), values)

    def test_moderate_size_array(self):
        for size in (1, 2, 100, 150, 200):
            array = [self.random.text() for _ in range(size)]
            self.assertEqual(self.validator.moderateSizeArrayCheck(array),
                             array[0] + array[-1])

    def test_nested_struct(self):
        calendar = {str(year): {f'{month:02}': {f'{day:02}': self.stooges()
                                                for day in range(1, 32)}
                                for month in range(1, 13)}
                    for year in range(1999, 2002)}
        first_of_april = calendar['2000']['04']['01']
        self.assertEqual(self.validator.nestedStructTest(calendar),
                         sum(first_of_april.values()))

    def test_simple_struct_return(self):
        for _ in range(20):
            number = self.random.randint(-2**31 // 1000 + 1, 2**31 // 1000 - 1)
            self.assertEqual(self.validator.simpleStructReturnTest(number), {
                'times10': number * 10, 'times100': number * 100,
                'times1000': number * 1000})

    def test_what_is_no_such_value(self):
        self.assert_fault(-32602, self.validator.arrayOfStructsTest, [1])
        self.assert_fault(-32602, self.validator.arrayOfStructsTest, {})
        self.assert_fault(-32602, self.validator.countTheEntities, 1)
        self.assert_fault(-32602, self.validator.easyStructTest, {'moe': 1})
        self.assert_fault(-32602, self.validator.echoStructTest)
        self.assert_fault(-32602, self.validator.manyTypesTest, 1, True, 'a', 1.0, self.random.date())
        self.assert_fault(-32602, self.validator.moderateSizeArrayCheck, [])
        self.assert_fault(-32602, self.validator.moderateSizeArrayCheck, ['a', 1])
        self.assert_fault(-32602, self.validator.nestedStructTest, {'2000': {'04': {}}})
        self.assert_fault(-32602, self.validator.simpleStructReturnTest, 2**31 - 1)

    def test_introspection(self):
        methods = self.proxy.system.listMethods()
        self.assertEqual(methods, sorted(methods))
        self.assertEqual(len([name for name in methods if name.startswith('validator1.')]), 8)
        for name in methods:
            for signature in self.proxy.system.methodSignature(name):
                self.assertGreaterEqual(len(signature), 1)
            self.assertNotEqual(self.proxy.system.methodHelp(name), '')
        self.assertEqual(self.proxy.system.methodSignature('validator1.manyTypesTest'),
                         [['array', 'int', 'boolean', 'string', 'double', 'dateTime.iso8601', 'base64']])
        self.assertIn('introspection', self.proxy.system.getCapabilities())


class EchoTest(PythonTest):
    program = ECHO

    def test_all_types(self):
        values = [0, 1, *INT, True, False, 0.0, -0.0, 0.1, 1e308, 5e-324, math.pi,
                  '', 'a', ' two  spaces ', '<&>\'"]]>', 'line\nand\ttab', 'ä€型🐍', None,
                  b'', bytes(range(256)), datetime.datetime(1998, 7, 17, 14, 8, 55),
                  [], [1, 'a', [None]], {}, {'': 1, 'a b': {'c': []}}]
        for value in values:
            echoed = self.proxy.echo(value)
            self.assertEqual((type(echoed), echoed), (type(value), value))
        self.assertEqual(math.copysign(1, self.proxy.echo(-0.0)), -1)

    def test_random_values(self):
        for _ in range(300):
            value = self.random.value(5)
            self.assertEqual(self.proxy.echo(value), value)

    def test_i8(self):
        self.assertEqual(self.proxy.add(2**31 - 1, 1), 2**31)

    def test_large_value(self):
        text = 'x' * 900_000
        self.assertEqual(self.proxy.echo(text), text)

    def test_faults(self):
        for code in (0, 1, -1, 4, *INT):
            message = self.random.text()
            self.assertEqual(self.assert_fault(code, self.proxy.fail, code, message), message)

    def test_faults_of_the_server(self):
        self.assertIn('no.such', self.assert_fault(-32601, self.proxy.no.such))
        self.assertIn('(i8, i8)', self.assert_fault(-32602, self.proxy.add, 'a', 1))
        self.assert_fault(-32602, self.proxy.add, 1)

    def test_multicall(self):
        calls = xmlrpc.client.MultiCall(self.proxy)
        for number in range(100):
            calls.add(number, number)
        self.assertEqual(list(calls()), [2 * number for number in range(100)])

    def test_multicall_with_faults(self):
        calls = xmlrpc.client.MultiCall(self.proxy)
        calls.echo('first')
        calls.fail(4, 'four')
        calls.missing()
        calls.echo('last')
        results = calls()
        self.assertEqual(results[0], 'first')
        for index, code in ((1, 4), (2, -32601)):
            with self.assertRaises(xmlrpc.client.Fault) as caught:
                results[index]
            self.assertEqual(caught.exception.faultCode, code)
        self.assertEqual(results[3], 'last')

    def test_gzip(self):
        proxy = self.connect(transport=Transport(use_builtin_types=True))
        self.assertEqual(proxy.encoding('x' * 100), 'gzip')
        self.assertEqual(self.proxy.encoding('x' * 100), '')
        for _ in range(50):
            value = self.random.value(5)
            self.assertEqual(proxy.echo(value), value)
        proxy('close')()

    def test_one_connection(self):
        connections = self.proxy.connections()
        for number in range(1000):
            self.assertEqual(self.proxy.echo(number), number)
        self.assertEqual(self.proxy.connections(), connections)

    def test_http_error(self):
        proxy = xmlrpc.client.ServerProxy(self.url + '/elsewhere')
        with self.assertRaises(xmlrpc.client.ProtocolError) as caught:
            proxy.echo(1)
        self.assertEqual(caught.exception.errcode, 404)
        proxy('close')()


if __name__ == '__main__':
    print(f'# the seed of the random values is {SEED}')
    tap.main()
