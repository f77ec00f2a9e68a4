# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Python's values to and from GVariant, by way of JSON.

PyGObject takes microseconds for each item of a GVariant, and Python's own
module takes JSON apart a hundred times faster. How the types of XML-RPC look
in JSON is told in the reference of xml_rpc_variant_to_json().
"""

from __future__ import annotations

import json
import re
from base64 import b64decode
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, Callable

from gi.module import get_introspection_module
from gi.repository import GLib

from ._errors import Error, Fault
from ._values import Binary, Bytes, Date, DateTime
from ._writer import MAX_DIGITS, count_digits, write

XmlRpc = get_introspection_module('XmlRpc')


_INTEGER = re.compile(r'\s*[+-]?[0-9]+\s*')
_DECIMAL = re.compile(r'\s*[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)'
                      r'(?:[eE][+-]?[0-9]{1,9})?\s*')


def _to_variant(value: Any, place: str) -> GLib.Variant:
    try:
        return XmlRpc.variant_from_json(write(value, place), -1)
    except GLib.Error as error:
        message = place + error.message.removeprefix('value')
        raise Error(message, error.domain, error.code) from None


def to_variant(value: Any, place: str) -> GLib.Variant:
    """Any value; `place` is what errors call it."""
    if isinstance(value, GLib.Variant):
        return value
    return _to_variant(value, place)


def to_params(values: tuple) -> GLib.Variant:
    """A call's parameters, as a tuple, which does not count as an array."""
    return GLib.Variant.new_tuple(*(_to_variant(value, f'params[{index}]')
                                    for index, value in enumerate(values)))


def to_result(value: Any) -> GLib.Variant:
    """What a function of a server returned."""
    return _to_variant(value, 'result')


def to_fault(value: dict) -> GLib.Variant:
    """The members of a Fault."""
    return _to_variant(value, 'fault')


def _refuse(code: int, message: str) -> Error:
    return Error(message, GLib.quark_to_string(XmlRpc.error_quark()), code)


def _check_number(pattern: re.Pattern, name: str, text: str) -> str:
    """Servers may send any text as such a number."""
    if len(text) > 2 * MAX_DIGITS:
        raise _refuse(Error.LIMIT_EXCEEDED,
                      f'{name} of more than {MAX_DIGITS} digits')
    if not pattern.fullmatch(text):
        shown = text if len(text) <= 40 else f'{text[:40]}...'
        raise _refuse(Error.INVALID_VALUE,
                      f'expected a number as {name}, got "{shown}"')
    return text


def _read_integer(text: str) -> int:
    _check_number(_INTEGER, 'biginteger', text)
    if len(text.strip().lstrip('+-')) > MAX_DIGITS:
        raise _refuse(Error.LIMIT_EXCEEDED,
                      f'biginteger of more than {MAX_DIGITS} digits')
    return int(text)


def _read_decimal(text: str) -> Decimal:
    value = Decimal(_check_number(_DECIMAL, 'bigdecimal', text))
    if count_digits(value) > MAX_DIGITS:
        raise _refuse(Error.LIMIT_EXCEEDED,
                      f'bigdecimal of more than {MAX_DIGITS} digits')
    return value


# The library reads dates, in all languages. What it makes of them is what
# every Python reads: fromisoformat() by itself takes 2013-04-05+02:00 for two
# o'clock, and before Python 3.11 no date of XML-RPC at all.
_normalize = XmlRpc.DateTime.normalize

# The same object for the same text, which it has for ever: a message may have
# ten thousands of empty dates, and each object takes many times their bytes.
_read_text_of_date = lru_cache(maxsize=64)(DateTime)

# As Date writes it, and so need not keep it.
_is_usual_date = re.compile('[0-9]{8}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]',
                            re.ASCII).fullmatch


def _read_date(text: str) -> datetime | DateTime:
    normal = _normalize(text, None)
    if normal is None:
        return _read_text_of_date(text)
    date = Date.fromisoformat(normal)
    if not _is_usual_date(text):
        date._text = text
    return date


def _read_builtin_date(text: str) -> datetime | DateTime:
    normal = _normalize(text, None)
    if normal is None:
        return _read_text_of_date(text)
    return datetime.fromisoformat(normal)


# Quicker than decode(), which looks for spaces around the value.
_decode = json.JSONDecoder().raw_decode


class Reader:
    """Reads values; the forms that JSON lacks become what `date` makes of
    text and `data` makes of bytes."""

    def __init__(self, date: Callable[[str], Any],
                 data: Callable[[bytes], Any]) -> None:
        self._forms: dict[str, Callable[[Any], Any]] = {
            '$i8': int,
            '$double': float,
            '$base64': lambda text: data(b64decode(text)),
            '$dateTime': date,
            '$biginteger': _read_integer,
            '$bigdecimal': _read_decimal,
            '$params': tuple,
        }
        decoder = json.JSONDecoder(object_hook=self._read_object)
        self._decode_forms = decoder.raw_decode

    def read(self, text: str) -> Any:
        if '"$' not in text:
            return _decode(text)[0]
        if '"$struct"' in text:
            return self._read_outermost_first(_decode(text)[0])
        return self._decode_forms(text)[0]

    def read_variant(self, variant: GLib.Variant) -> Any:
        return self.read(XmlRpc.variant_to_json(variant))

    def read_params(self, params: GLib.Variant) -> list:
        """The parameters of a call; their tuple does not count as an array,
        but variant_to_json() counts it."""
        try:
            return self.read_variant(params)
        except GLib.Error as error:
            if not error.matches(XmlRpc.error_quark(), Error.LIMIT_EXCEEDED):
                raise
        return [self.read_variant(params.get_child_value(index))
                for index in range(params.n_children())]

    def read_reply(self, text: str | None, fault: str | None) -> Any:
        """What a function of C returned that tells a fault in JSON."""
        if fault is not None:
            variant = XmlRpc.variant_from_json(fault, -1)
            raise self.read_fault(XmlRpc.fault_new_from_value(variant),
                                  variant)
        return self.read(text)

    def read_fault(self, error: GLib.Error, variant: GLib.Variant) -> Fault:
        """The fault of an error, with the value that C has for it."""
        return Fault._received(error.code, error.message,
                               self.read_variant(variant))

    def _read_object(self, obj: dict) -> Any:
        if len(obj) == 1:
            (name, value), = obj.items()
            if name[:1] == '$':
                return self._read_form(name, value)
        return obj

    def _read_form(self, name: str, content: Any) -> Any:
        """What Python has nothing for is an XmlRpc.Value."""
        if name in self._forms:
            return self._forms[name](content)
        text = json.dumps({name: content})
        return XmlRpc.Value.new(XmlRpc.variant_from_json(text, -1))

    def _read_outermost_first(self, value: Any) -> Any:
        """What is in a "$struct" only looks like a form, but the hook of
        json.loads() gets to see it first. Each item takes the place of what
        it was read from, for all of both would take much memory."""
        if isinstance(value, list):
            for index, item in enumerate(value):
                value[index] = self._read_outermost_first(item)
            return value
        if not isinstance(value, dict):
            return value
        if len(value) == 1:
            (name, content), = value.items()
            if name == '$struct':
                value = content
            elif name[:1] == '$':
                if name == '$params':
                    content = self._read_outermost_first(content)
                return self._read_form(name, content)
        for name, member in value.items():
            value[name] = self._read_outermost_first(member)
        return value


#: Dates and bytes are Python's own and like those of xmlrpc.client.
NATIVE = Reader(_read_date, Bytes)


@lru_cache(maxsize=None)
def get_reader(use_datetime: bool | None,
               use_builtin_types: bool | None) -> Reader:
    """The reader for these arguments of xmlrpc.client.ServerProxy()."""
    if use_builtin_types is None and use_datetime is None:
        return NATIVE
    return Reader(
        _read_builtin_date if use_builtin_types or use_datetime else DateTime,
        bytes if use_builtin_types else Binary)
