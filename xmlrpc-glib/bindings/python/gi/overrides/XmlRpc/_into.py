# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Replies as values of the types that a program names.

For each type there is a function that takes what a server has sent. They are
made once, from the annotations, and raise Mismatch, which learns on its way
out where in the reply it has been raised.
"""

from __future__ import annotations

import re
import threading
import types
import typing
from collections.abc import (Collection, Iterable, Mapping, MutableMapping,
                             MutableSequence, Sequence)
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import Enum
from functools import lru_cache
from typing import Any, Callable

from gi.module import get_introspection_module
from gi.repository import GLib, GObject

from ._errors import Error
from ._objects import object_from_struct
from ._simple import (SIMPLE, Converter, Mismatch, describe_kind, expect,
                      read_list, require)
from ._writer import describe_member

XmlRpc = get_introspection_module('XmlRpc')


def _at(place: str, convert: Converter, value: Any) -> Any:
    try:
        return convert(value)
    except Mismatch as mismatch:
        mismatch.place.append(place)
        raise


def _convert_items(convert: Converter, value: Any) -> list:
    items: list[Any] = []
    try:
        for item in read_list(value):
            items.append(convert(item))
    except Mismatch as mismatch:
        if isinstance(value, (list, tuple)):
            mismatch.place.append(f'[{len(items)}]')
        raise
    return items


def _make_list(item: Any) -> Converter:
    convert = _get_converter(item)
    return lambda value: _convert_items(convert, value)


def _make_dict(key: Any, member: Any) -> Converter:
    if key not in (str, Any):
        raise TypeError('into: the keys of a dict are str')
    convert = _get_converter(member)

    def convert_members(value: Any) -> dict:
        return {name: _at(describe_member(name), convert, content)
                for name, content in require(dict)(value).items()}

    return convert_members


def _convert_row(converters: list[Converter], value: Any) -> list:
    items = read_list(value)
    if len(items) != len(converters):
        raise Mismatch(f'expected {len(converters)} items, got {len(items)}')
    return [_at(f'[{index}]', convert, item) for index, (convert, item)
            in enumerate(zip(converters, items))]


def _make_tuple(*items: Any) -> Converter:
    if len(items) == 2 and items[1] is Ellipsis:
        convert = _get_converter(items[0])
        return lambda value: tuple(_convert_items(convert, value))
    converters = [_get_converter(item) for item in items]
    return lambda value: tuple(_convert_row(converters, value))


def _make_union(kind: Any, *options: Any) -> Converter:
    """The first that fits; a float is the last, for it takes an int."""
    options = tuple(sorted(options, key=lambda option: option is float))
    others = [option for option in options if option is not type(None)]
    converters = [_get_converter(option) for option in options]
    if len(others) == 1 and len(options) == 2:
        convert = _get_converter(others[0])
        return lambda value: None if value is None else convert(value)
    expected = ' or '.join(map(describe_kind, options))

    def convert_first(value: Any) -> Any:
        deepest = expect(expected, value)
        for convert in converters:
            try:
                return convert(value)
            except Mismatch as mismatch:
                if len(mismatch.place) > len(deepest.place):
                    deepest = mismatch
        raise deepest

    return convert_first


def _make_literal(*choices: Any) -> Converter:
    def convert(value: Any) -> Any:
        for choice in choices:
            if value == choice and type(value) is type(choice):
                return choice
        raise expect(f'one of {", ".join(map(repr, choices))}', value)

    return convert


def _make_enum(kind: type[Enum]) -> Converter:
    names = ', '.join(repr(item.value) for item in kind)

    def convert(value: Any) -> Any:
        try:
            return kind(value)
        except ValueError:
            raise expect(f'one of {names}', value) from None

    return convert


def _make_object(kind: type[GObject.Object]) -> Converter:
    def convert(value: Any) -> Any:
        try:
            return object_from_struct(kind, value)
        except GLib.Error as error:
            place, _, message = error.message.partition(': ')
            mismatch = Mismatch(message)
            if place != 'value':
                mismatch.place.append(f'.{place}')
            raise mismatch from None

    return convert


_WORDS = re.compile('(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])')


@lru_cache(maxsize=4096)
def _fold(name: str) -> str:
    """The same for post_title, postTitle and post-title."""
    return _WORDS.sub('_', name).replace('-', '_').lower()


class _Struct:
    """Converts to a class with members; made for each such class."""

    def __init__(self, make: Callable[..., Any]) -> None:
        self._make = make
        self._converters: dict[str, Converter] = {}
        self._required: list[str] = []
        self._folded: dict[str, str] = {}

    def add(self, name: str, kind: Any, is_required: bool) -> None:
        self._converters[name] = _get_converter(kind)
        self._folded.setdefault(_fold(name), name)
        if is_required:
            self._required.append(name)

    def _find(self, member: str) -> str | None:
        """The attribute of a member: of the same name, or the same words."""
        if member in self._converters:
            return member
        return self._folded.get(_fold(member))

    def _convert_members(self, struct: dict) -> dict[str, Any]:
        members: dict[str, Any] = {}
        for name, value in struct.items():
            attribute = self._find(name)
            if attribute is None or (name != attribute
                                     and attribute in struct):
                continue
            place = describe_member(name)
            if attribute in members:
                mismatch = Mismatch(f'a second member for {attribute}')
                mismatch.place.append(place)
                raise mismatch
            members[attribute] = _at(place, self._converters[attribute], value)
        return members

    def __call__(self, value: Any) -> Any:
        if not isinstance(value, dict):
            raise expect(self._make.__name__, value)
        members = self._convert_members(value)
        for name in self._required:
            if name not in members:
                raise Mismatch(f'expected a member "{name}", got none')
        try:
            return self._make(**members)
        except (TypeError, ValueError) as error:
            raise Mismatch(f'{type(error).__name__}: {error}') from error


# The converters that are being made, for classes that contain themselves.
_lock = threading.Lock()
_unfinished: dict[type, _Struct] = {}


# Not in Python 3.10.
_QUALIFIERS = (getattr(typing, 'Required', None),
               getattr(typing, 'NotRequired', None))


def _has_default(field: Field) -> bool:
    return (field.default is not MISSING
            or field.default_factory is not MISSING)


def _add_fields(struct: _Struct, kind: type) -> None:
    hints = typing.get_type_hints(kind, include_extras=True)
    if is_dataclass(kind):
        for field in fields(kind):
            if field.init:
                struct.add(field.name, hints[field.name],
                           not _has_default(field))
        return
    for name, hint in hints.items():
        is_required = name in kind.__required_keys__
        if typing.get_origin(hint) in _QUALIFIERS:
            is_required = typing.get_origin(hint) is _QUALIFIERS[0]
            hint, = typing.get_args(hint)
        struct.add(name, hint, is_required)


def _make_struct(kind: type) -> Converter:
    if kind in _unfinished:
        return _unfinished[kind]
    _unfinished[kind] = struct = _Struct(kind)
    try:
        _add_fields(struct, kind)
    finally:
        del _unfinished[kind]
    return struct


def _make_named_tuple(kind: Any) -> Converter:
    """Of an array, as which it is sent, or of a struct."""
    hints = typing.get_type_hints(kind)
    struct = _Struct(kind)
    for name in kind._fields:
        struct.add(name, hints.get(name, Any),
                   name not in kind._field_defaults)
    converters = list(struct._converters.values())

    def convert(value: Any) -> Any:
        if isinstance(value, dict):
            return struct(value)
        if not isinstance(value, (list, tuple)):
            raise expect(kind.__name__, value)
        return kind(*_convert_row(converters, value))

    return convert


_GENERIC: dict[Any, Callable[..., Converter]] = {
    **dict.fromkeys((list, Collection, Iterable, MutableSequence, Sequence),
                    _make_list),
    **dict.fromkeys((dict, Mapping, MutableMapping), _make_dict),
    tuple: _make_tuple,
    typing.Literal: _make_literal,
}


def _make_generic(kind: Any, origin: Any) -> Converter | None:
    args = typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return _make_union(kind, *args)
    if origin is typing.Annotated:
        return _get_converter(args[0])
    if not args:
        return SIMPLE.get(origin)
    make = _GENERIC.get(origin)
    return make and make(*args)


def _make_of_class(kind: Any) -> Converter | None:
    if is_dataclass(kind) or typing.is_typeddict(kind):
        return _make_struct(kind)
    if issubclass(kind, tuple) and hasattr(kind, '_fields'):
        return _make_named_tuple(kind)
    if issubclass(kind, Enum):
        return _make_enum(kind)
    if issubclass(kind, GObject.Object):
        return _make_object(kind)
    return None


def _get_converter(kind: Any) -> Converter:
    try:
        return SIMPLE[kind]
    except (KeyError, TypeError):
        pass
    origin = typing.get_origin(kind)
    convert = None
    if origin is not None:
        convert = _make_generic(kind, origin)
    elif hasattr(kind, '__supertype__'):
        return _get_converter(kind.__supertype__)
    elif type(kind).__name__ == 'TypeAliasType':
        return _get_converter(kind.__value__)
    elif isinstance(kind, type):
        convert = _make_of_class(kind)
    if convert is None:
        raise TypeError(f'into: no value of XML-RPC is made into {kind!r}')
    return convert


@lru_cache(maxsize=128)
def get_converter(kind: Any) -> Converter:
    """The function for a type. It raises Error where a reply does not fit;
    TypeError is raised here where no reply would."""
    with _lock:
        convert = _get_converter(kind)

    def convert_reply(value: Any) -> Any:
        try:
            return convert(value)
        except Mismatch as mismatch:
            place = ''.join(reversed(mismatch.place)) or 'value'
            message = f'{place.removeprefix(".")}: {mismatch}'
            raise Error(message, GLib.quark_to_string(XmlRpc.error_quark()),
                        Error.TYPE_MISMATCH) from mismatch.__cause__

    return convert_reply
