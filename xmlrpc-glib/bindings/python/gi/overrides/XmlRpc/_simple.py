# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Values of simple types, of what a server has sent."""

from __future__ import annotations

import sys
import typing
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Callable

from gi.module import get_introspection_module

from ._values import Binary, Boolean, Bytes, Date, DateTime

XmlRpc = get_introspection_module('XmlRpc')

Converter = Callable[[Any], Any]


class Mismatch(Exception):
    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.place: list[str] = []


_NAMES: dict[type, str] = {
    bool: 'boolean', int: 'int', float: 'double', str: 'string', list: 'array',
    tuple: 'array', dict: 'struct', bytes: 'base64', Bytes: 'base64',
    Binary: 'base64', datetime: 'dateTime.iso8601', Date: 'dateTime.iso8601',
    DateTime: 'dateTime.iso8601', Decimal: 'ex:bigdecimal',
}


def _describe_value(value: Any) -> str:
    """As XML-RPC calls it, with the value where that is short."""
    if value is None:
        return 'nil'
    name = _NAMES.get(type(value), type(value).__name__)
    if isinstance(value, str):
        text = value if len(value) <= 40 else f'{value[:40]}...'
        return f'{name} "{text}"'
    if isinstance(value, (DateTime, Date)):
        return f'{name} "{value.value}"'
    if isinstance(value, (bool, int, float, Decimal)):
        return f'{name} {value}'
    return name


def expect(expected: str, value: Any) -> Mismatch:
    return Mismatch(f'expected {expected}, got {_describe_value(value)}')


def describe_kind(kind: Any) -> str:
    if kind in (None, type(None)):
        return 'None'
    origin = typing.get_origin(kind)
    if origin is not None and not isinstance(origin, type):
        return str(kind).replace('typing.', '')
    return getattr(origin or kind, '__name__', str(kind))


def _read_date(value: Any) -> Any:
    if isinstance(value, datetime):
        return value
    # With use_builtin_types=False dates come in this form.
    if isinstance(value, DateTime):
        normal = XmlRpc.DateTime.normalize(value.value, None)
        if normal is not None:
            return datetime.fromisoformat(normal)
    raise expect('datetime', value)


def _read_day(value: Any) -> date:
    try:
        return _read_date(value).date()
    except Mismatch:
        raise expect('date', value) from None


def _read_bytes(value: Any) -> bytes:
    if isinstance(value, bytes):
        return value
    if isinstance(value, Binary):
        return value.data
    raise expect('bytes', value)


def _read_float(value: Any) -> float:
    if isinstance(value, float):
        return value
    # An int, if nothing is lost.
    if (isinstance(value, int) and not isinstance(value, bool)
            and abs(value) <= sys.float_info.max and float(value) == value):
        return float(value)
    raise expect('float', value)


def _read_int(value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise expect('int', value)


def _read_decimal(value: Any) -> Decimal:
    if isinstance(value, Decimal):
        return value
    try:
        return Decimal(_read_int(value))
    except Mismatch:
        raise expect('Decimal', value) from None


def _read_date_time(value: Any) -> DateTime:
    if isinstance(value, DateTime):
        return DateTime(value.value)
    raise expect('DateTime', value)


def _read_path(value: Any) -> Path:
    return Path(require(str)(value))


def require(kind: type) -> Converter:
    def convert(value: Any) -> Any:
        if isinstance(value, kind):
            return value
        raise expect(describe_kind(kind), value)

    return convert


def read_list(value: Any) -> list:
    if isinstance(value, (list, tuple)):
        return list(value)
    raise expect('list', value)


SIMPLE: dict[Any, Converter] = {
    Any: lambda value: value,
    object: lambda value: value,
    None: require(type(None)),
    type(None): require(type(None)),
    bool: require(bool),
    int: _read_int,
    float: _read_float,
    str: require(str),
    bytes: _read_bytes,
    bytearray: lambda value: bytearray(_read_bytes(value)),
    datetime: _read_date,
    date: _read_day,
    Decimal: _read_decimal,
    DateTime: _read_date_time,
    Binary: lambda value: Binary(_read_bytes(value)),
    Boolean: lambda value: Boolean(require(bool)(value)),
    Date: require(Date),
    Bytes: lambda value: Bytes(_read_bytes(value)),
    Path: _read_path,
    list: read_list,
    tuple: lambda value: tuple(read_list(value)),
    dict: require(dict),
}
