#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Compares what xmlrpc-glib read from a document with what Python reads.

Documents, and what we read, come on standard input, each with its length before
it; the answer is empty, or tells how Python reads something else for no reason
that is known. The known ones are explained in docs/reading-liberally.md: with
--check PAGE REPLAY... this tells whether the page has them all and no others, and
whether the command REPLAY, which replays the corpus, needs each of them.
"""

import json
import math
import os
import re
import struct
import subprocess
import sys
import tempfile
import warnings
import xmlrpc.client
from decimal import Decimal
from xml.parsers.expat import version_info as expat_version

# Who reads a document.
ONLY_WE = 'only xmlrpc-glib reads it'
ONLY_PYTHON = 'only Python reads it'
BOTH = 'both read it, differently'


class Decision:
    """A known difference: a pattern for its description, and one for the document."""

    def __init__(self, name, readers, difference, document=b''):
        self.name = name
        self.readers = readers
        self.difference = re.compile(difference, re.DOTALL)
        self.document = re.compile(document)

    def explains(self, readers, difference, document):
        return (readers == self.readers and self.difference.search(difference)
                and self.document.search(document))


NAME_AFTER_VALUE = br'</(\w+:)?value\s*>(\s|<!--.*?-->)*<(\w+:)?name\b'

# Python's parser took any version until expat 2.8. From 2.9 on it takes those of the
# fifth edition of XML, where libxml2 takes "1." as well.
if expat_version >= (2, 9):
    VERSIONS_OF_XML = Decision('versions-of-xml', ONLY_WE, '^ExpatError: XML declaration not well-formed',
                               br'^\s*<\?xml\s+version\s*=\s*["\']1\.["\']')
else:
    VERSIONS_OF_XML = Decision('versions-of-xml', ONLY_PYTHON, '^error 0 not well-formed',
                               br'^\s*<\?xml\s+version\s*=\s*["\'](?!1\.[0-9]+["\'])')

# The error of who cannot read it, or what each reads.
DECISIONS = [
    Decision('space-before-xml', ONLY_WE, '^ExpatError: XML or text declaration not at start of entity', br'^(\s|\xef\xbb\xbf)+<\?xml'),
    Decision('mark-after-space', ONLY_WE, r'^ExpatError: not well-formed \(invalid token\)', br'^(\s|\xef\xbb\xbf)+\xef\xbb\xbf'),
    Decision('encodings', ONLY_WE, '^(ValueError: multi-byte encodings|LookupError|ExpatError: unknown encoding)'),
    Decision('encodings', ONLY_WE, r'^ExpatError: not well-formed \(invalid token\)',
             br'^(\xff\xfe\0\0|\0\0\xfe\xff|<\0\0\0|\0\0\0<)'),
    Decision('declared-encodings', ONLY_WE, '^ExpatError: encoding specified in XML declaration is incorrect'),
    Decision('names-in-other-scripts', ONLY_WE, r'^ExpatError: not well-formed \(invalid token\)', b'<[^<>]*[\x80-\xff]'),
    Decision('words-for-booleans', ONLY_WE, '^TypeError: bad boolean value'),
    Decision('any-text-for-big-numbers', ONLY_WE, '^(ValueError|InvalidOperation)', b'big(integer|decimal)'),
    Decision('many-digits', ONLY_WE, '^ValueError: Exceeds the limit'),
    Decision('mark-at-the-end', ONLY_WE, '^ExpatError: (junk after document element|not well-formed)',
             br'>(\s|<!--.*?-->|<\?.*?\?>)*\xef\xbb\xbf'),
    Decision('serializable', ONLY_WE, "^ResponseError: .*unknown tag '(\\w+:)?serializable'"),
    Decision('elements-left-out', ONLY_WE, r'^ResponseError: ResponseError\(\)',
             br'(?s)^(?!.*<(\w+:)?params\b).*<(\w+:)?methodResponse\b[^>]*(?<!/)>'),
    Decision('no-padding', ONLY_WE, '^Error: Incorrect padding'),
    Decision('no-value', ONLY_WE, r'^ResponseError: ResponseError\(\)'),
    Decision('dates-of-apache', ONLY_WE, "^ResponseError: .*unknown tag '(\\w+:)?dateTime'"),
    Decision('members-of-faults', ONLY_WE,
             r'^TypeError: (xmlrpc\.client\.)?(Fault\.)?(__init__\(\)|Fault\(\) argument after \*\* must be a mapping)'),
    # Python 3.14 says first that the key of a dict cannot be of the type.
    Decision('name-after-value', ONLY_WE, '^(TypeError: .*unhashable type|IndexError)', NAME_AFTER_VALUE),

    Decision('names-of-encodings', ONLY_PYTHON, '^error 0 not well-formed XML: unknown encoding'),
    Decision('structure', ONLY_PYTHON, '^error 1 '),
    Decision('document-type', ONLY_PYTHON, '^error 0 a document type declaration'),
    VERSIONS_OF_XML,
    Decision('range-of-integers', ONLY_PYTHON, '^error 2 .*expected an integer from'),
    Decision('range-of-doubles', ONLY_PYTHON, '^error 2 .*expected a number that a double can hold'),
    Decision('huge-exponents', ONLY_PYTHON, '^error 2 .*expected a number with an exponent'),
    Decision('numbers-of-python', ONLY_PYTHON, '^error 2 .*expected (an integer|a number), got ".*(_|[^\0-\x7f])'),
    Decision('other-characters-in-base64', ONLY_PYTHON, '^error 2 .*expected base64, got'),
    Decision('nesting', ONLY_PYTHON, '^error 5 .*nested more than 40 deep'),

    Decision('declared-encodings', BOTH, '', br'^\xef\xbb\xbf\s*<\?xml[^>]*encoding'),
    Decision('no-value', BOTH, r'^None, not \(\)$'),
    Decision('members-twice', BOTH, '^fault ', br'(?s)(faultCode.*){2}|(faultString.*){2}'),
    Decision('codes-of-faults', BOTH, r"^fault (-2147483648 |.*, not ('|-?\d+(\.|e)))"),
    Decision('texts-of-faults', BOTH, r"""^fault -?\d+ .*, not -?\d+ [^'"]"""),
    Decision('name-after-value', BOTH, '', NAME_AFTER_VALUE),
    Decision('space-around-the-method', BOTH, r'^method '),
]


class Pairs(list):
    """An object in JSON, which may have a name twice."""


def from_form(name, content):
    if name == '$i8':
        return int(content)
    if name == '$double':
        return float(content)
    if name == '$base64':
        return xmlrpc.client.Binary(xmlrpc.client.base64.b64decode(content))
    if name == '$dateTime':
        return xmlrpc.client.DateTime(content.strip())
    if name == '$biginteger':
        return int(content)
    if name == '$bigdecimal':
        return Decimal(content)
    return dict((member, to_python(value)) for member, value in content)


def to_python(value):
    """What Python has for what xml_rpc_variant_to_json() wrote."""
    if isinstance(value, Pairs):
        if len(value) == 1 and value[0][0].startswith('$'):
            return from_form(*value[0])
        return {name: to_python(content) for name, content in value}
    if isinstance(value, list):
        return [to_python(item) for item in value]
    return value


def is_same(ours, theirs):
    if type(ours) is not type(theirs):
        return False
    if isinstance(ours, float):
        return math.isnan(ours) and math.isnan(theirs) or struct.pack('d', ours) == struct.pack('d', theirs)
    if isinstance(ours, list):
        return len(ours) == len(theirs) and all(map(is_same, ours, theirs))
    if isinstance(ours, dict):
        return ours.keys() == theirs.keys() and all(is_same(ours[name], theirs[name]) for name in ours)
    if isinstance(ours, Decimal):
        return str(ours) == str(theirs)
    if isinstance(ours, xmlrpc.client.DateTime):
        return ours.value == theirs.value
    return ours == theirs


def compare_calls(ours, params, method):
    name, values = ours
    if name != method:
        return f'method {name!r}, not {method!r}'
    return '' if is_same(values, list(params)) else f'{values!r}, not {params!r}'


def compare_values(ours, params):
    value = params[0] if len(params) == 1 else list(params) or params
    return '' if is_same(ours, value) else f'{ours!r}, not {value!r}'


def compare_faults(text, fault):
    code, message = text.split(' ', 1)
    same = is_same([int(code), message], [fault.faultCode, fault.faultString])
    return '' if same else f'fault {code} {message!r}, not {fault.faultCode!r} {fault.faultString!r}'


def find_difference(document, read_by_us):
    """Who reads the document, and what differs; nothing if nothing does."""
    kind, ours = read_by_us.split(' ', 1)
    try:
        params, method = xmlrpc.client.loads(document)
    except xmlrpc.client.Fault as fault:
        if kind == 'fault':
            return BOTH, compare_faults(ours, fault)
        return (ONLY_PYTHON, read_by_us) if kind == 'error' else (BOTH, f'{ours}, not a fault')
    except Exception as error:
        return ONLY_WE, '' if kind == 'error' else f'{type(error).__name__}: {error}'

    if kind == 'error':
        return ONLY_PYTHON, read_by_us
    if kind == 'fault':
        return BOTH, f'a fault, not {params!r}'

    try:
        ours = to_python(json.loads(ours, object_pairs_hook=Pairs))
    except ArithmeticError as error:
        return ONLY_WE, f'{type(error).__name__}: {error}'
    return BOTH, compare_calls(ours, params, method) if kind == 'call' else compare_values(ours, params)


def to_utf8(document):
    """As patterns look for it: UTF-16 begins with a mark, or has a zero beside "<".

    UTF-32, which begins likewise, stays as it is.
    """
    if document[:4].count(b'\0') > 1:
        return document
    for encoding, starts in ('utf-16-le', (b'\xff\xfe', b'<\0')), ('utf-16-be', (b'\xfe\xff', b'\0<')):
        if document.startswith(starts):
            return document.decode(encoding, errors='replace').removeprefix('\ufeff').encode(errors='replace')
    return document


def judge(document, read_by_us):
    readers, difference = find_difference(document, read_by_us)
    if not difference:
        return ''
    for decision in DECISIONS:
        if decision.explains(readers, difference, to_utf8(document)):
            note_use(decision)
            return ''
    return f'{readers}: {difference}'


def note_use(decision):
    if 'DECISIONS_USED' in os.environ:
        with open(os.environ['DECISIONS_USED'], 'a', encoding='utf-8') as file:
            print(decision.name, decision.readers, file=file)


def receive():
    header = sys.stdin.buffer.read(4)
    if len(header) < 4:
        sys.exit()
    return sys.stdin.buffer.read(int.from_bytes(header, 'big'))


def compare():
    while True:
        document = receive()
        read_by_us = receive().decode()
        answer = judge(document, read_by_us).encode(errors='replace')
        sys.stdout.buffer.write(len(answer).to_bytes(4, 'big') + answer)
        sys.stdout.buffer.flush()


def find_used(replay):
    with tempfile.NamedTemporaryFile('r', encoding='utf-8') as file:
        subprocess.run(replay, env=os.environ | {'DECISIONS_USED': file.name}, stdout=subprocess.DEVNULL, check=True)
        return set(file.read().splitlines())


def check(page, *replay):
    with open(page, encoding='utf-8') as file:
        described = set(re.findall(r'^\| `([a-z0-9-]+)` ', file.read(), re.MULTILINE))
    decided = {decision.name for decision in DECISIONS}
    used = find_used(replay)
    unused = [decision for decision in DECISIONS if f'{decision.name} {decision.readers}' not in used]

    for name in sorted(decided ^ described):
        print(f'{name}: {"not in" if name in decided else "only in"} {page}', file=sys.stderr)
    for decision in unused:
        print(f'{decision.name} ({decision.readers}): no input needs it', file=sys.stderr)
    sys.exit(decided != described or bool(unused))


if __name__ == '__main__':
    warnings.simplefilter('ignore')
    if len(sys.argv) > 1:
        check(*sys.argv[2:])
    compare()
