# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Messages without a server, and the numbers that are in them."""

from __future__ import annotations

import re

from gi.module import get_introspection_module
from gi.repository import GLib

from ._errors import Fault, translate
from ._json import Reader, get_reader, to_fault, to_params, to_result

XmlRpc = get_introspection_module('XmlRpc')

MAXINT = 2**31 - 1
MININT = -2**31

PARSE_ERROR = NOT_WELLFORMED_ERROR = int(XmlRpc.FaultCode.NOT_WELL_FORMED)
UNSUPPORTED_ENCODING = int(XmlRpc.FaultCode.UNSUPPORTED_ENCODING)
INVALID_ENCODING_CHAR = int(XmlRpc.FaultCode.INVALID_CHARACTER)
SERVER_ERROR = INVALID_XMLRPC = int(XmlRpc.FaultCode.INVALID_XML_RPC)
METHOD_NOT_FOUND = int(XmlRpc.FaultCode.METHOD_NOT_FOUND)
INVALID_METHOD_PARAMS = int(XmlRpc.FaultCode.INVALID_PARAMS)
INTERNAL_ERROR = int(XmlRpc.FaultCode.INTERNAL_ERROR)
APPLICATION_ERROR = int(XmlRpc.FaultCode.APPLICATION_ERROR)
SYSTEM_ERROR = int(XmlRpc.FaultCode.SYSTEM_ERROR)
TRANSPORT_ERROR = int(XmlRpc.FaultCode.TRANSPORT_ERROR)


_PARAMS_OF_CALL = re.compile('<params>.*</params>', re.DOTALL)

# The parameters alone, as dumps() writes them, which are no message.
_BEFORE_PARAMS = re.compile(rb'(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>\s*)?'
                            rb'(?=<params\b)')


def _encode(params: tuple | Fault, methodname: str | None,
            methodresponse: bool | None) -> GLib.Bytes:
    if isinstance(params, Fault):
        return XmlRpc.encode_fault_value(to_fault(params._get_members()))
    if not isinstance(params, tuple):
        raise TypeError('expected a tuple or a Fault, not '
                        + type(params).__name__)
    if methodresponse:
        if len(params) != 1:
            raise ValueError('a response has one value')
        return XmlRpc.encode_response(to_result(params[0]))
    # Of a call without a name dumps() takes the parameters.
    name = 'name' if methodname is None else methodname
    return XmlRpc.encode_call(name, to_params(params))


def _declare(text: str, encoding: str) -> str:
    """With another encoding, for a program that encodes it by itself."""
    if not re.fullmatch('[A-Za-z][A-Za-z0-9._-]*', encoding):
        raise ValueError(f'expected the name of an encoding, got {encoding!r}')
    _, newline, rest = text.partition('\n')
    return f"<?xml version='1.0' encoding='{encoding}'?>{newline}{rest}"


def dumps(params: tuple | Fault, methodname: str | None = None,
          methodresponse: bool | None = None, encoding: str | None = None,
          allow_none: bool = True) -> str:
    """Returns the XML of a call, or of a response, which has one parameter or
    is a Fault. Without a name of a method they are the parameters alone.

    If `encoding` is given, the XML says that it has that one."""
    try:
        body = _encode(params, methodname, methodresponse)
    except GLib.Error as error:
        raise translate(error) from None
    text = body.get_data().decode()
    if (methodname is None and not methodresponse
            and not isinstance(params, Fault)):
        return _PARAMS_OF_CALL.search(text)[0] + '\n'
    return _declare(text, encoding) if encoding else text


# What the library says of a response where it expects a call.
_RESPONSE = 'expected <methodCall>, got <methodResponse>'


def _decode(body: GLib.Bytes, reader: Reader) -> tuple[tuple, str | None]:
    try:
        _, name, params = XmlRpc.decode_call(body, None)
        return tuple(reader.read_params(params)), name
    except GLib.Error as error:
        if not error.message.startswith(_RESPONSE):
            raise
    value = reader.read_reply(*XmlRpc.decode_response_json(body))
    # Several values are a tuple already.
    return value if isinstance(value, tuple) else (value,), None


def _complete_params(data: bytes) -> GLib.Bytes | None:
    """A call, if these are parameters alone."""
    before = _BEFORE_PARAMS.match(data)
    if before is None:
        return None
    return GLib.Bytes.new(b''.join((
        before[0], b'<methodCall><methodName>name</methodName>',
        data[before.end():], b'</methodCall>')))


def loads(data: str | bytes, use_datetime: bool | None = None,
          use_builtin_types: bool | None = None
          ) -> tuple[tuple, str | None]:
    """Returns the parameters of a call and the method's name, or the value of
    a response, as a tuple, and None. A fault is raised."""
    if isinstance(data, str):
        # The mark outranks the encoding that the text declares.
        data = f'\ufeff{data}'.encode()
    reader = get_reader(use_datetime, use_builtin_types)
    call = _complete_params(data)
    try:
        if call is not None:
            return _decode(call, reader)[0], None
        return _decode(GLib.Bytes.new(data), reader)
    except Fault:
        raise
    except GLib.Error as error:
        raise translate(error) from None
