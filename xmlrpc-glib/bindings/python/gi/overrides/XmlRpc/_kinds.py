# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Values of other types, as values of the types that XML-RPC has.

Each type has a function that takes one of its values and returns what is sent
in its place. It is found once for a type. No other package is imported for
it: who has a value of numpy or of xmlrpc.client has imported that.
"""

from __future__ import annotations

import os
import sys
import types
from collections.abc import Iterator, Mapping, MappingView, Sequence, Set
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from numbers import Rational
from operator import attrgetter, index
from typing import Any, Callable

from gi.module import get_introspection_module
from gi.repository import GLib, GObject

from ._errors import Fault
from ._values import DateTime

XmlRpc = get_introspection_module('XmlRpc')

# What has members of its own, but is not data.
_NO_DATA = (type, types.FunctionType, types.MethodType, types.ModuleType,
            types.BuiltinFunctionType, types.CoroutineType,
            GObject.GBoxed, GObject.GInterface, GObject.GPointer)

_HINTS: tuple[tuple[Any, str], ...] = (
    (MappingView, 'list(value)'),
    (Set, 'a list, such as sorted(value)'),
    (Iterator, 'list(value)'),
    (date, 'a datetime'),
    (Rational, 'float(value)'),
    (BaseException, 'str(value)'),
    (GObject.Object, 'XmlRpc.object_to_struct(value)'),
)


def describe_refusal(kind: type) -> str:
    text = f'cannot marshal {kind.__name__} objects'
    if (kind.__module__, kind.__name__) == ('uuid', 'UUID'):
        return f'{text}; send str(value)'
    for base, hint in _HINTS:
        if issubclass(kind, base):
            return f'{text}; send {hint}'
    return text


def _from_bytes(value: GLib.Bytes) -> bytes:
    return value.get_data() or b''


def _from_fault(value: Fault) -> dict:
    return value._get_members()


def _from_dataclass(value: Any) -> dict:
    return {field.name: getattr(value, field.name) for field in fields(value)}


def _from_numpy(value: Any) -> Any:
    """What it holds; nanoseconds would come as a number without a unit."""
    kind = value.dtype.kind
    if kind == 'M':
        value = value.astype('datetime64[us]')
    content = value.tolist()
    # Python has nothing for numbers of more bits.
    if kind == 'm' or type(content) is type(value):
        raise TypeError(describe_refusal(type(value)))
    return content


def _from_memory(value: Any, view: memoryview) -> Any:
    if view.ndim == 1 and view.format in ('B', 'b', 'c', '<B', '<b', '<c'):
        return view.tobytes()
    # A memoryview makes no list of types that are not the machine's own.
    return list(value)


def _from_other(value: Any) -> Any:
    """Of a type that tells nothing: what it holds, or its members."""
    try:
        view = memoryview(value)
    except TypeError:
        pass
    else:
        return _from_memory(value, view)
    try:
        return value.__dict__
    except AttributeError:
        raise TypeError(describe_refusal(type(value))) from None


_KNOWN: tuple[tuple[Any, Callable[[Any], Any]], ...] = (
    (GLib.Bytes, _from_bytes),
    (GLib.DateTime, DateTime.new),
    (Fault, _from_fault),
    (os.PathLike, os.fsdecode),
)


def _get_known() -> tuple[tuple[Any, Callable[[Any], Any]], ...]:
    client = sys.modules.get('xmlrpc.client')
    if client is None:
        return _KNOWN
    return (*_KNOWN, (client.Fault, attrgetter('__dict__')),
            (client.DateTime, lambda value: DateTime(value.value)),
            (client.Binary, attrgetter('data')))


def find_conversion(kind: type) -> Callable[[Any], Any] | None:
    """The function for values of a type; None if they cannot be sent."""
    for base, function in _get_known():
        if issubclass(kind, base):
            return function
    if hasattr(kind, 'tolist'):
        return _from_numpy if hasattr(kind, 'dtype') else kind.tolist
    if hasattr(kind, '__index__'):
        return index
    if is_dataclass(kind):
        return _from_dataclass
    if issubclass(kind, Mapping):
        return dict
    if issubclass(kind, Sequence):
        return list
    if issubclass(kind, (*_NO_DATA, *(base for base, _ in _HINTS))):
        return None
    return _from_other


def get_enum_value(value: Enum) -> Any:
    return value.value
