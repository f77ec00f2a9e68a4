# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The signatures of functions, as XML-RPC has them, from their annotations.

A signature of XML-RPC has a type for each parameter, and a method may have
several. A parameter that may have several types, or that may be left out,
takes one signature for each. What a signature cannot tell, such as the items of
a list and the members of a dataclass, is checked by the functions of _into.
"""

from __future__ import annotations

import collections.abc
import dataclasses
import enum
import inspect
import itertools
import types
import typing
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Callable, Iterable, Iterator, NamedTuple

from ._into import Converter, get_converter
from ._values import Binary, DateTime

_TYPE_NAMES: dict[Any, str] = {
    bool: 'boolean', int: 'int', float: 'double', str: 'string',
    bytes: 'base64', bytearray: 'base64', Binary: 'base64',
    date: 'dateTime.iso8601', datetime: 'dateTime.iso8601',
    DateTime: 'dateTime.iso8601', Path: 'string', Decimal: 'ex:bigdecimal',
    list: 'array', tuple: 'array', collections.abc.Sequence: 'array',
    collections.abc.MutableSequence: 'array',
    collections.abc.Collection: 'array', collections.abc.Iterable: 'array',
    dict: 'struct', collections.abc.Mapping: 'struct',
    collections.abc.MutableMapping: 'struct',
    type(None): 'nil', Any: 'any',
}

# By name, as a program that does not use it need not load it.
_FOREIGN_NAMES = {
    ('xmlrpc.client', 'Binary'): 'base64',
    ('xmlrpc.client', 'DateTime'): 'dateTime.iso8601',
}

# More would be more to read than what they tell is worth.
_MAX_SIGNATURES = 64

# As they come from C, which has checked them.
_AS_THEY_COME = (Any, bool, bytes, datetime, dict, float, int, list, str)

# What annotations raise that name what is not there, or themselves.
_UNREADABLE = (AttributeError, NameError, RecursionError, SyntaxError,
               TypeError, ValueError)

_UNIONS = (typing.Union, types.UnionType)


class _Unknown(Exception):
    """XML-RPC has no name for a type, or too many."""


def _name_class(kind: type) -> str:
    if dataclasses.is_dataclass(kind) or typing.is_typeddict(kind):
        return 'struct'
    for base in kind.__mro__:
        name = (_TYPE_NAMES.get(base)
                or _FOREIGN_NAMES.get((base.__module__, base.__qualname__)))
        if name is not None:
            return name
    raise _Unknown


def _name_types(annotation: Any) -> Iterator[str]:
    """What XML-RPC calls the types that an annotation allows."""
    origin = typing.get_origin(annotation)
    if origin in _UNIONS:
        for member in typing.get_args(annotation):
            yield from _name_types(member)
    elif origin is typing.Literal:
        for value in typing.get_args(annotation):
            yield _name_class(type(value))
    elif hasattr(annotation, '__value__'):  # type Name = ...
        yield from _name_types(annotation.__value__)
    elif hasattr(annotation, '__supertype__'):  # NewType
        yield from _name_types(annotation.__supertype__)
    elif annotation is Any:
        yield 'any'
    elif isinstance(annotation, type) and issubclass(annotation, enum.Enum):
        for member in annotation:
            yield _name_class(type(member.value))
    elif isinstance(origin or annotation, type):
        yield _name_class(origin or annotation)
    else:
        raise _Unknown


def _write(names: Iterable[str]) -> Iterator[str]:
    result, *parameters = names
    yield ','.join((result, *parameters))
    # An int of Python may have more than 32 bits.
    if 'int' in parameters:
        yield ','.join((result, *('i8' if name == 'int' else name
                                  for name in parameters)))


def _combine(types_of_each: list[list[str]], n_required: int) -> list[str]:
    signatures: dict[str, None] = {}
    for length in range(n_required + 1, len(types_of_each) + 1):
        for names in itertools.product(*types_of_each[:length]):
            signatures.update(dict.fromkeys(_write(names)))
            if len(signatures) > _MAX_SIGNATURES:
                raise _Unknown
    return list(signatures)


def get_signature(function: Callable, name: str) -> inspect.Signature | None:
    """None for a built-in function that does not tell."""
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):
        return None
    for parameter in signature.parameters.values():
        if (parameter.kind is parameter.KEYWORD_ONLY
                and parameter.default is parameter.empty):
            raise TypeError(f'{name}: {parameter.name} is keyword-only and '
                            'has no default, so no client can give it')
    return signature


def _get_hints(function: Callable) -> dict[str, Any]:
    if not (inspect.isroutine(function) or isinstance(function, type)):
        # An object that can be called.
        function = getattr(function, '__call__', function)
    try:
        return typing.get_type_hints(function)
    except _UNREADABLE:
        return {}


def name_signatures(function: Callable, signature: inspect.Signature | None
                    ) -> list[str] | None:
    """The signatures that the annotations tell; None where they do not.

    What is keyword-only has its default, for clients cannot give it.
    """
    if signature is None:
        return None
    parameters = [p for p in signature.parameters.values()
                  if p.kind not in (p.KEYWORD_ONLY, p.VAR_KEYWORD)]
    names = ['return', *(p.name for p in parameters)]
    hints = _get_hints(function)
    if (any(p.kind is p.VAR_POSITIONAL for p in parameters)
            or not hints.keys() >= set(names)):
        return None
    n_required = sum(p.default is p.empty for p in parameters)
    try:
        return _combine([list(dict.fromkeys(_name_types(hints[name])))
                         for name in names], n_required)
    except (_Unknown, *_UNREADABLE):
        return None


class Conversion(NamedTuple):
    """What a parameter is made into for the function."""

    index: int
    name: str
    convert: Converter


def list_conversions(function: Callable, signature: inspect.Signature | None
                     ) -> list[Conversion]:
    """Those of the parameters with annotations that ask for one."""
    hints = _get_hints(function) if signature is not None else {}
    conversions = []
    for index, name in enumerate(signature.parameters if hints else ()):
        annotation = hints.get(name, Any)
        kind = signature.parameters[name].kind
        if (kind not in (inspect.Parameter.POSITIONAL_ONLY,
                         inspect.Parameter.POSITIONAL_OR_KEYWORD)
                or annotation in _AS_THEY_COME):
            continue
        try:
            convert = get_converter(annotation)
        except _UNREADABLE:
            continue  # Nothing tells how.
        conversions.append(Conversion(index, name, convert))
    return conversions
