# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Python's values as JSON, in the form of xml_rpc_variant_from_json()."""

from __future__ import annotations

import math
import re
from base64 import b64encode
from datetime import datetime
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from json.encoder import encode_basestring_ascii as _quote
from typing import Any, Callable

from gi.module import get_introspection_module
from gi.repository import GLib

from ._kinds import describe_refusal, find_conversion, get_enum_value
from ._values import Date, format_date_time

XmlRpc = get_introspection_module('XmlRpc')


# As many as Python makes an int of. Both ways, for these numbers have no other
# limit, and a short exponent can stand for any number of digits.
MAX_DIGITS = 4300


class _Refusal(Exception):
    """A value cannot be sent; on the way out it learns where that is."""

    def __init__(self, exception: type[Exception], message: str) -> None:
        super().__init__(message)
        self.exception = exception
        self.place: list[str] = []


def _write_int(value: int, outer: set[int]) -> str:
    if -0x8000_0000_0000_0000 <= value <= 0x7fff_ffff_ffff_ffff:
        return int.__repr__(value)
    raise _Refusal(OverflowError, 'int exceeds XML-RPC limits of 64 bits')


def _write_float(value: float, outer: set[int]) -> str:
    if math.isfinite(value):
        return float.__repr__(value)
    raise _Refusal(ValueError, f'XML-RPC has no form for {value}')


def _enter(value: Any, outer: set[int]) -> None:
    if id(value) in outer:
        raise _Refusal(TypeError, f'cannot marshal a recursive '
                                  f'{type(value).__name__}')
    # What is nested deeper than that is refused later, but Python's stack
    # ends, too.
    if len(outer) > 100:
        raise _Refusal(ValueError, 'lists and dicts nested too deep')
    outer.add(id(value))


def _write_list(value: list, outer: set[int]) -> str:
    _enter(value, outer)
    items: list[str] = []
    try:
        for item in value:
            items.append(_write(item, outer))
    except _Refusal as refusal:
        refusal.place.append(f'[{len(items)}]')
        raise
    outer.remove(id(value))
    return f'[{",".join(items)}]'


def describe_member(name: Any) -> str:
    """As the library writes it in the place of an error."""
    if isinstance(name, str) and not re.fullmatch('[A-Za-z0-9_-]+', name):
        return f'["{name}"]'
    return f'.{name}'


def _write_dict(value: dict, outer: set[int]) -> str:
    _enter(value, outer)
    members: list[str] = []
    name = None
    try:
        for name, member in value.items():
            if not isinstance(name, str):
                raise _Refusal(TypeError, 'dictionary key must be string, '
                                          f'not {type(name).__name__}')
            members.append(f'{_quote(name)}:{_write(member, outer)}')
    except _Refusal as refusal:
        refusal.place.append(describe_member(name))
        raise
    outer.remove(id(value))
    text = f'{{{",".join(members)}}}'
    # Not the keys: those of a subclass of str say what they like.
    if members and members[0].startswith('"$'):
        return f'{{"$struct":{text}}}'
    return text


def _write_bytes(value: bytes, outer: set[int]) -> str:
    return f'{{"$base64":"{b64encode(value).decode("ascii")}"}}'


def _write_date(value: datetime, outer: set[int]) -> str:
    """What came from a server goes back as it came."""
    text = value.value if isinstance(value, Date) else format_date_time(value)
    return f'{{"$dateTime":{_quote(text)}}}'


def count_digits(value: Decimal) -> int:
    """How many digits it has when it is written without an exponent."""
    _, digits, exponent = Decimal.as_tuple(value)
    return max(len(digits) + max(exponent, 0), -exponent)


def _write_decimal(value: Decimal, outer: set[int]) -> str:
    # The functions of Decimal itself, for a subclass may have others.
    if not Decimal.is_finite(value):
        raise _Refusal(ValueError,
                       f'XML-RPC has no form for {Decimal.__str__(value)}')
    if count_digits(value) > MAX_DIGITS:
        raise _Refusal(OverflowError,
                       f'Decimal of more than {MAX_DIGITS} digits')
    return f'{{"$bigdecimal":"{Decimal.__format__(value, "f")}"}}'


def _write_variant(value: GLib.Variant, outer: set[int]) -> str:
    try:
        return XmlRpc.variant_to_json(value)
    except GLib.Error as error:
        place, _, message = error.message.partition(': ')
        refusal = _Refusal(TypeError, message)
        refusal.place.append(place.removeprefix('value'))
        raise refusal from None


_WRITERS: dict[type, Callable[[Any, set[int]], str]] = {
    str: lambda value, outer: _quote(value),
    bool: lambda value, outer: 'true' if value else 'false',
    type(None): lambda value, outer: 'null',
    int: _write_int,
    float: _write_float,
    list: _write_list,
    tuple: _write_list,
    dict: _write_dict,
    bytes: _write_bytes,
    bytearray: _write_bytes,
    memoryview: _write_bytes,
    datetime: _write_date,
    Decimal: _write_decimal,
    GLib.Variant: _write_variant,
    XmlRpc.Value: lambda value, outer: _write_variant(value.get_variant(),
                                                      outer),
}


def _convert(function: Callable[[Any], Any]
             ) -> Callable[[Any, set[int]], str]:
    """Writes what the function returns for a value."""
    def write(value: Any, outer: set[int]) -> str:
        _enter(value, outer)
        try:
            content = function(value)
        except (OSError, TypeError, ValueError) as error:
            raise _Refusal(TypeError, str(error)) from None
        text = _write(content, outer)
        outer.remove(id(value))
        return text

    return write


@lru_cache(maxsize=256)
def _find_writer(kind: type) -> Callable[[Any, set[int]], str]:
    if issubclass(kind, Enum):
        return _convert(get_enum_value)
    for base, writer in _WRITERS.items():
        if issubclass(kind, base):
            return writer
    function = find_conversion(kind)
    if function is None:
        raise _Refusal(TypeError, describe_refusal(kind))
    return _convert(function)


def _write(value: Any, outer: set[int]) -> str:
    """A value in JSON; `outer` are the ids of those around it."""
    kind = type(value)
    if kind is str:
        return _quote(value)
    writer = _WRITERS.get(kind) or _find_writer(kind)
    return writer(value, outer)


def write(value: Any, place: str) -> str:
    """A value in JSON; errors tell where in `place` they are."""
    try:
        return _write(value, set())
    except _Refusal as refusal:
        where = place + ''.join(reversed(refusal.place))
        raise refusal.exception(f'{where}: {refusal}') from None


def write_params(values: tuple) -> str | None:
    """A call's parameters, as ServerProxy.call_json() takes them."""
    if not values:
        return None
    outer: set[int] = set()
    try:
        return f'[{",".join([_write(value, outer) for value in values])}]'
    except _Refusal:
        return write(values, 'params')  # It says where.
