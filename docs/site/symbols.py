# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Makes links of the names of symbols in the guides.

A guide names a symbol in a code span, as every Markdown renderer shows it:
`xml_rpc_encode_call()`, `XmlRpcServer`, `XmlRpcServer:introspection`,
`XmlRpcServerProxy::message`, `XML_RPC_ERROR_NOT_WELL_FORMED`. Introspection
data tells which names there are; gi-docgen's file names tell their pages.
"""

import re
from html import unescape
from xml.etree import ElementTree

CORE = '{http://www.gtk.org/introspection/core/1.0}'
C = '{http://www.gtk.org/introspection/c/1.0}'
GLIB = '{http://www.gtk.org/introspection/glib/1.0}'

# The beginning of the file names by the elements of a namespace, and of a type.
TYPES = {'alias': 'alias', 'bitfield': 'flags', 'callback': 'callback',
         'class': 'class', 'enumeration': 'enum', 'interface': 'iface',
         'record': 'struct', 'union': 'struct'}
FUNCTIONS = {'function': 'func', 'function-macro': 'func'}
METHODS = {'constructor': 'ctor', 'function': 'type_func', 'method': 'method'}
PROPERTIES = {'property': ':', 'signal': '::'}

# A code span, or what may have one in which nothing is made a link.
SPAN = re.compile(r'<(a|h[1-6]|pre)\b[^>]*>.*?</\1>|<code>([^<]+)</code>',
                  re.DOTALL)
# What looks like one of this library, in C.
OWN = re.compile(r'XmlRpc[A-Z]\w+(::?[\w-]+)?|(xml_rpc|XML_RPC)_\w*[A-Za-z\d](\(\))?')


def get_kind(element):
    return element.tag.rpartition('}')[2]


def read_callable(element, page):
    identifier = element.get(f'{C}identifier') or element.get(f'{C}type')
    yield identifier, page, element
    yield f'{identifier}()', page, element
    # A domain of errors is a macro around such a function.
    if identifier.endswith('_quark'):
        yield identifier.removesuffix('_quark').upper(), page, element


def read_type(element, namespace):
    kind, name, c_name = (get_kind(element), element.get('name'),
                          element.get(f'{C}type'))
    domain = element.get(f'{GLIB}error-domain')
    page = f'{"error" if domain else TYPES[kind]}.{name}.html'
    yield c_name, page, element
    yield f'{namespace}.{name}', page, element
    for member in element:
        kind, own = get_kind(member), member.get('name')
        if kind in METHODS:
            yield from read_callable(member, f'{METHODS[kind]}.{name}.{own}.html')
        elif kind in PROPERTIES:
            yield f'{c_name}{PROPERTIES[kind]}{own}', f'{kind}.{name}.{own}.html', member
        elif kind == 'member':
            yield member.get(f'{C}identifier'), f'{page}#{own}', member
    if domain:
        yield domain.removesuffix('-quark').replace('-', '_').upper(), page, element


def read_namespace(namespace):
    for element in namespace:
        kind, name = get_kind(element), element.get('name')
        if element.get(f'{GLIB}is-gtype-struct-for') or element.get('moved-to'):
            continue
        if kind in TYPES:
            yield from read_type(element, namespace.get('name'))
        elif kind in FUNCTIONS:
            yield from read_callable(element, f'func.{name}.html')
        elif kind == 'constant':
            yield element.get(f'{C}type'), f'const.{name}.html', element


def read_descriptions(gir):
    """Yields the name, the address and the element of each symbol of a namespace."""
    namespace = ElementTree.parse(gir).find(f'{CORE}namespace')
    prefix = namespace.get(f'{C}symbol-prefixes').split(',')[0] + '_'
    starts = (*namespace.get(f'{C}identifier-prefixes').split(','), prefix,
              prefix.upper(), namespace.get('name') + '.')
    for name, page, element in read_namespace(namespace):
        # Not TRUE, and the like.
        if name and name.startswith(starts):
            yield name, page, element


def read_symbols(gir, base=''):
    """Returns the addresses of the pages of all symbols of a namespace, by the
    names that the guides have for them."""
    return {name: base + page for name, page, _ in read_descriptions(gir)}


def link_symbols(html, symbols):
    """Makes links of the code spans of a page that name a symbol."""
    def link(match):
        address = match[2] and symbols.get(unescape(match[2]))
        return f'<a href="{address}">{match[0]}</a>' if address else match[0]

    return SPAN.sub(link, html)


def find_unknown(html, symbols):
    """Yields the code spans that look like symbols of this library, and are not."""
    for match in SPAN.finditer(html):
        name = unescape(match[2] or '')
        if OWN.fullmatch(name) and name not in symbols:
            yield name
