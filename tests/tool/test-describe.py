#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What gxmlrpc says about methods: help, signatures, the names of parameters, hints after
faults. And that no help makes it slow or long."""

import json
import unittest
import xmlrpc.client

import gxmlrpc
import scripted
import tap
from gxmlrpc import FAULT, HTTP

PAGE = '''<html><head><title>Hidden</title><style>p { }</style></head><body><!-- hidden -->
    <h2>sample.add</h2><p>Adds   <b>two</b> <code>int</code>s, &lt;5 &amp; &#62;2&nbsp;&#x20ac;,
    in <a href="x">words</a> that are so many that they need more than one line, of eighty characters.</p>
    First<br>second<ul><li>one<li>two, which is an item of a list so long that its text goes on in the next
    line</ul><pre>  kept
        as is &lt;</pre><dl><dt>term</dt><dd>text</dd></dl>
    <table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>&unknown; &; <name> a < b</body></html>'''
READABLE = '''\
a.b (int, int) -> int
    sample.add

    Adds two ints, <5 & >2\u00a0€, in words that are so many that they need more than
    one line, of eighty characters.

    First
    second

    * one
    * two, which is an item of a list so long that its text goes on in the next
      line

      kept
            as is <

    term
        text

    1 2
    3

    &unknown; &; <name> a < b

c (int, int) -> int
'''


class TestCase(gxmlrpc.TestCase):
    def serve(self, answer):
        server = scripted.ScriptedServer(answer)
        self.addCleanup(server.__exit__)
        self.url = server.url
        return server

    def serve_help(self, help_text, signatures=(('int', 'int', 'int'),), name='a.b'):
        return self.serve(scripted.dispatch(system_listMethods=lambda: [name], system_methodHelp=lambda _: help_text,
                                            system_methodSignature=lambda _: signatures))

    def describe(self, *arguments, **options):
        return self.run_tool('describe', self.url, *arguments, **options)


class TestHelp(TestCase):
    def test_html(self):
        self.serve(scripted.dispatch(system_listMethods=lambda: ['a.b', 'c'],
                                     system_methodSignature=lambda name: [['int', 'int', 'int']],
                                     system_methodHelp=lambda name: PAGE if name == 'a.b' else ''))
        self.assertEqual(self.describe(), READABLE)

    def test_plain(self):
        self.serve_help('''\n  Compares a < b & c > d.

            @param <name>  what it is
               more of it

            The end.\n\n''')
        self.assertEqual(self.describe('a.b'), '''\
a.b (int, int) -> int
    Compares a < b & c > d.

    @param <name>  what it is
       more of it

    The end.
''')

    def test_lines_of_other_systems(self):
        self.serve(lambda handler, body: handler.send(
            b'<methodResponse><params><param><value>one&#13;\ntwo</value></param></params></methodResponse>'
            if b'methodHelp' in body else xmlrpc.client.dumps((['a.b'],), methodresponse=True)))
        self.assertIn('\n    one\n    two\n', self.describe())

    def test_hostile(self):
        """Much is little, whatever it is made of; TIMEOUT ends what takes too long."""
        size = 2_000_000
        for help_text in ('<dd>' * (size // 4), '<!--a>' * (size // 6), '<ul>' * (size // 4), '<li>' * (size // 4),
                          '<' * size, '&' * size, '<a ' * (size // 3), '<pre>' * (size // 5) + 'x', 'x' * size,
                          '<blockquote>a ' * (size // 14), ' ' * 30_000 + 'a ' * size, '<br>' * (size // 4),
                          '\n' * size, '<script>' * (size // 8), '&#x20;' * (size // 6)):
            with self.subTest(help_text[:20]):
                self.serve_help(help_text)
                self.assertLess(len(self.describe()), 800_000)

    def test_long(self):
        self.serve_help('ä' * 100_000)
        self.assertIn('bytes more)', self.describe())


class TestPartial(TestCase):
    """Servers that do not have all of introspection, such as WordPress and aria2."""

    def test_list_only(self):
        server = self.serve(scripted.dispatch(system_listMethods=lambda: ['wp.a', 'wp.b', 'system.listMethods']))
        self.assertEqual(self.describe(), 'wp.a (...)\n\nwp.b (...)\n\nsystem.listMethods (...)\n')
        # One question about each shows that there is no answer.
        self.assertEqual(len(server.requests), 3)
        self.assertEqual(self.describe('wp.b'), 'wp.b (...)\n')
        methods = json.loads(self.describe('--json'))['methods']
        self.assertEqual(methods[0], {'name': 'wp.a', 'signatures': [], 'parameters': [], 'help': ''})

    def test_unlisted(self):
        """Some servers do not list what they have."""
        self.serve(scripted.dispatch(system_listMethods=lambda: ['a', 'b'], system_methodHelp=lambda name: f'help of {name}',
                                     system_methodSignature=lambda name: [[name]]))
        self.assertEqual(self.describe(), 'a () -> a\n    help of a\n\nb () -> b\n    help of b\n')

    def test_some_answers(self):
        def answer_signature(name):
            if name == 'a':
                raise KeyError
            return 5 if name == 'b' else 'signatures not supported'

        names = ['a', 'b', 'c', 'system.methodSignature', 'system.methodHelp']
        self.serve(scripted.dispatch(system_listMethods=lambda: names, system_methodSignature=answer_signature,
                                     system_methodHelp=lambda name: 7 if name == 'a' else 'Help.'))
        self.assertTrue(self.describe().startswith('a (...)\n\nb (...)\n    Help.\n\nc (...)\n    Help.\n'))

    def test_http_error(self):
        """That is no gap."""
        def answer(handler, body):
            if b'methodHelp' in body:
                handler.send('no', 503, 'text/plain')
            else:
                scripted.dispatch(system_listMethods=lambda: ['a'], system_methodSignature=lambda _: [])(handler, body)

        self.serve(answer)
        self.describe(status=HTTP)


class TestJson(TestCase):
    def read(self, help_text, signatures=(('int', 'string', 'struct'),), name='a.join'):
        self.serve_help(help_text, signatures, name)
        method, = json.loads(self.describe('--json'))['methods']
        return method

    def test_form(self):
        method = self.read('Joins.\n\n@param string one  the first\n@param struct two  the second')
        self.assertEqual(method, {
            'name': 'a.join', 'help': 'Joins.\n\n@param string one  the first\n@param struct two  the second',
            'signatures': [{'returns': 'int', 'parameters': [{'type': 'string', 'name': 'one'},
                                                             {'type': 'struct', 'name': 'two'}]}],
            'parameters': [{'type': 'string', 'name': 'one'}, {'type': 'struct', 'name': 'two'}]})

    def test_docstring(self):
        self.assertEqual(self.read('\n    Joins.\n\n      @param string one\n    It does.\n    ')['help'],
                         'Joins.\n\n  @param string one\nIt does.')

    def test_names(self):
        for help_text, types in (
                ('@param string one\n@param struct two', ['string', 'struct']),
                (' * @param string $one The first.\n * @param array|null $two', ['string', 'array|null']),
                ('/** @param $one the first\n  * @param $two */', None),
                ('@param one the first\n@param two the second', None),
                ('@param one: the first\n@param two: the second', None),
                ('@param one\n@param two', None),
                (':param one: the first\n:param two: it\n:type two: dict', None),
                (':param str one: the first\n:param dict two: it', ['str', 'dict']),
                ('It joins.\n\nArgs:\n    one (str): the first,\n        on two lines\n    two (dict, optional): it\n\n'
                 'Returns:\n    three: it', ['str', 'dict']),
                ('Args:\n  one: the first\n  two: the second', None),
                ('Parameters\n----------\none : str\n    The first.\ntwo : dict\n    It.\n\nReturns\n-------\nint',
                 ['str', 'dict']),
                ('int a.join(string $one, array $two)', ['string', 'array']),
                ('join(one, two) => 3', None), ('join (one: str, two: dict = {})', ['str', 'dict']),
                ('a.join(one, two=5)', None), ('<p>@param string one<br>@param struct two', ['string', 'struct']),
                ('@param date the day', 'date')):
            with self.subTest(help_text):
                params = self.read(help_text)['parameters']
                if types == 'date':
                    self.assertEqual([param['name'] for param in params], ['date'])
                    continue
                self.assertEqual([param['name'] for param in params], ['one', 'two'])
                self.assertEqual([param.get('type') for param in params], types or [None, None])

    def test_no_names(self):
        for help_text in ('', 'Joins one and two.', "join([{'a': 1}])", 'join(1, 2)', '@param', '@param  ', ':param x',
                          'joined(x', 'Args:', 'Parameters\n---'):
            method = self.read(help_text)
            self.assertEqual(method['parameters'], [], help_text)
            self.assertEqual(method['signatures'],
                             [{'returns': 'int', 'parameters': [{'type': 'string'}, {'type': 'struct'}]}])

    def test_too_few_names(self):
        """Then nobody knows which they are."""
        method = self.read('@param string one')
        self.assertEqual(method['signatures'][0]['parameters'], [{'type': 'string'}, {'type': 'struct'}])
        method = self.read('@param string one', (('int',), ('int', 'string')))
        self.assertEqual([s['parameters'] for s in method['signatures']], [[], [{'type': 'string', 'name': 'one'}]])

    def test_supervisord(self):
        server = gxmlrpc.start_supervisord()
        self.addCleanup(server.stop)
        output = self.run_tool('describe', '--json', f'http+unix://{server.path}:/RPC2')
        methods = {method['name']: method for method in json.loads(output)['methods']}
        self.assertGreater(len(methods), 20)
        self.assertEqual(methods['supervisor.getProcessInfo']['signatures'],
                         [{'returns': 'struct', 'parameters': [{'type': 'string', 'name': 'name'}]}])


class TestAdvice(TestCase):
    def fail(self, code, text, *arguments):
        def answer(handler, body):
            _, name = xmlrpc.client.loads(body)
            if name == 'a.b':
                scripted.fail(code, text)(handler, body)
            else:
                scripted.dispatch(system_listMethods=lambda: ['a.b'],
                                  system_methodSignature=lambda _: [['int', 'int', 'int']])(handler, body)

        self.serve(answer)
        return self.call('a.b', *arguments, status=FAULT)

    def test_about_parameters(self):
        for code, text in ((-32602, 'bad'), (2, 'INCORRECT_PARAMETERS'), (3, 'Incorrect parameters passed to method'),
                           (1, "<class 'TypeError'>:b() takes 2 positional arguments but 1 was given"), (-501, 'type'),
                           (7, 'No method with this signature')):
            self.assertIn('\nExpected: a.b (int, int) -> int\n', self.fail(code, text, '1'))

    def test_not_about_parameters(self):
        for code, text in ((4, 'disk full'), (-32500, 'not authorized'), (-32603, 'broken'), (401, 'login first')):
            self.assertNotIn('Expected', self.fail(code, text, '1'))
        self.assertNotIn('Expected', self.fail(5, 'The parameter names no file.', '1', '2'))
        self.assertIn('Expected', self.fail(-32602, 'not an int', '1', 'x'))


if __name__ == '__main__':
    tap.main()
