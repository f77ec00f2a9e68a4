# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""XML-RPC for Python, over GLib.

    import gi
    gi.require_version('XmlRpc', '1.0')
    from gi.repository import XmlRpc

    with XmlRpc.ServerProxy('http://localhost:8080/RPC2') as proxy:
        for item in proxy.meerkat.getItems({'search': 'Python'}):
            print(item['title'])

What is here besides the C library's own functions is what the standard
library's modules xmlrpc.client and xmlrpc.server have, under the same names.
"""

from . import testing
from ._client import ServerProxy
from ._errors import (Error, Fault, ProtocolError, ResponseError,
                      TransportError)
from ._invocation import Invocation, current_invocation
from ._messages import (APPLICATION_ERROR, INTERNAL_ERROR,
                        INVALID_ENCODING_CHAR, INVALID_METHOD_PARAMS,
                        INVALID_XMLRPC, MAXINT, METHOD_NOT_FOUND, MININT,
                        NOT_WELLFORMED_ERROR, PARSE_ERROR, SERVER_ERROR,
                        SYSTEM_ERROR, TRANSPORT_ERROR, UNSUPPORTED_ENCODING,
                        dumps, loads)
from ._multicall import MultiCall, MultiCallIterator
from ._objects import (list_store_new_from_array, object_from_struct,
                       object_to_struct, variant_get_date_time,
                       variant_lookup_date_time)
from ._server import Server
from ._values import (Binary, Boolean, Bytes, Date, DateTime, False_, True_,
                      binary, boolean)

__all__ = [
    'APPLICATION_ERROR', 'Binary', 'Boolean', 'Bytes', 'Date', 'DateTime',
    'Error', 'False_', 'Fault', 'INTERNAL_ERROR', 'INVALID_ENCODING_CHAR',
    'INVALID_METHOD_PARAMS', 'INVALID_XMLRPC', 'Invocation', 'MAXINT',
    'METHOD_NOT_FOUND', 'MININT', 'MultiCall', 'MultiCallIterator',
    'NOT_WELLFORMED_ERROR', 'PARSE_ERROR', 'ProtocolError', 'ResponseError',
    'SERVER_ERROR', 'SYSTEM_ERROR', 'Server', 'ServerProxy',
    'TRANSPORT_ERROR', 'TransportError', 'True_', 'UNSUPPORTED_ENCODING',
    'binary', 'boolean', 'current_invocation', 'dumps',
    'list_store_new_from_array', 'loads', 'object_from_struct',
    'object_to_struct', 'testing', 'variant_get_date_time',
    'variant_lookup_date_time',
]

# Where programs find them, so that help() shows it and pickles last.
for _class in (Binary, Boolean, Bytes, Date, DateTime, Error, Fault,
               Invocation, MultiCall, MultiCallIterator, ProtocolError,
               ResponseError, Server, ServerProxy, TransportError):
    _class.__module__ = 'gi.repository.XmlRpc'
