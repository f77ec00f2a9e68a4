# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Which functions of a module, a mapping or an object clients may call.

xmlrpc.server looks a name up in the object when it is called. Here the methods
are those that the object has when it is registered: no client can reach more
than what system.listMethods lists.
"""

from __future__ import annotations

import inspect
import itertools
import types
from typing import Any, Callable, Iterable, Iterator, Mapping, NamedTuple

# What has public methods that nobody means clients to call.
_FOREIGN = ('builtins', 'enum', 'gi', 'gobject', 'threading', 'typing')


# Of more the program hardly knows what it offers.
_MAX_OBJECTS = 1000


class Entry(NamedTuple):
    """A method to add; `help` is None if the docstring says it."""

    name: str
    function: Callable
    help: str | None = None


def get_name(function: Any) -> str:
    """What a function is called; a partial and other objects have no name."""
    name = getattr(function, '__name__', None)
    if not isinstance(name, str):
        raise TypeError(f'{type(function).__name__} has no __name__; give it '
                        'a name: register_function(function, name)')
    return name


def check_function(name: Any, function: Any) -> None:
    if not callable(function):
        place = f'{name}: ' if isinstance(name, str) else ''
        raise TypeError(f'{place}expected a function, got '
                        + type(function).__name__)


def _list_module(module: types.ModuleType) -> Iterator[Entry]:
    """Those of __all__, or else those that it defines and does not import."""
    chosen = getattr(module, '__all__', None)
    names = sorted(vars(module)) if chosen is None else chosen
    for name in names:
        function = getattr(module, name)
        if (not name.startswith('_') and inspect.isroutine(function)
                and (chosen is not None
                     or function.__module__ == module.__name__)):
            yield Entry(name, function)


def list_functions(functions: Any) -> list[Entry]:
    """Those of a module, a mapping by names, or an iterable."""
    if isinstance(functions, types.ModuleType):
        return list(_list_module(functions))
    if isinstance(functions, Mapping):
        entries = [Entry(*item) for item in functions.items()]
    elif isinstance(functions, Iterable) and not isinstance(functions, str):
        entries = [Entry(get_name(function), function)
                   for function in functions]
    else:
        raise TypeError('expected a module, a mapping or an iterable of '
                        f'functions, got {type(functions).__name__}; methods '
                        'of an object are registered by register_instance()')
    for entry in entries:
        check_function(entry.name, entry.function)
    return entries


def _is_foreign(owner: Any, name: str) -> bool:
    """Whether a class defines it that is not the program's."""
    kind = owner if isinstance(owner, type) else type(owner)
    for base in kind.__mro__:
        if name in vars(base):
            return base.__module__.partition('.')[0] in _FOREIGN
    return False  # It is of the object itself.


def _list_members(owner: Any) -> Iterator[tuple[str, Any]]:
    """The public attributes, but not properties: their code would run."""
    for name in dir(owner):
        static = inspect.getattr_static(owner, name, None)
        if (name.startswith('_') or isinstance(static, property)
                or _is_foreign(owner, name)
                or (isinstance(owner, type)
                    and isinstance(static, types.FunctionType))):
            continue  # A function of a class needs an object.
        yield name, getattr(owner, name, None)


def _may_have_methods(value: Any) -> bool:
    """Whether dotted names lead into it."""
    kind = value if isinstance(value, type) else type(value)
    return (not isinstance(value, types.ModuleType)
            and kind.__module__.partition('.')[0] not in _FOREIGN)


def _list_own_methods(owner: Any, prefix: str = '') -> Iterator[Entry]:
    for name, member in _list_members(owner):
        if callable(member) and not isinstance(member, type):
            yield Entry(prefix + name, member)


def _list_dotted(owner: Any, prefix: str, outer: tuple,
                 n_found: Iterator[int]) -> Iterator[Entry]:
    """Those of what is below the object, but not of what it is below."""
    for name, member in _list_members(owner):
        if (callable(member) and not isinstance(member, type)
                or not _may_have_methods(member)
                or any(member is one for one in outer)):
            continue
        if next(n_found) >= _MAX_OBJECTS:
            raise ValueError(f'more than {_MAX_OBJECTS} objects have dotted '
                             f'names; the last is {prefix}{name}')
        yield from _list_own_methods(member, f'{prefix}{name}.')
        yield from _list_dotted(member, f'{prefix}{name}.', (*outer, member),
                                n_found)


def _list_dispatched(instance: Any, dispatch: Callable) -> Iterator[Entry]:
    """Names that the object itself tells, and answers."""
    if not hasattr(instance, '_listMethods'):
        raise TypeError(f'{type(instance).__name__} has _dispatch() and needs '
                        '_listMethods(), too, which returns the names')
    describe = getattr(instance, '_methodHelp', lambda name: '')

    def bind(name: str) -> Callable:
        return lambda *params: dispatch(name, params)

    for name in instance._listMethods():
        yield Entry(name, bind(name), describe(name))


def list_methods(instance: Any, allow_dotted_names: bool) -> list[Entry]:
    """Those of an object, as xmlrpc.server finds them."""
    if isinstance(instance, (type, types.ModuleType)):
        raise TypeError('expected an object, got the '
                        f'{"class" if isinstance(instance, type) else "module"}'
                        f' {instance.__name__}')
    dispatch = getattr(instance, '_dispatch', None)
    if dispatch is not None:
        return list(_list_dispatched(instance, dispatch))
    entries = list(_list_own_methods(instance))
    if allow_dotted_names:
        entries += _list_dotted(instance, '', (instance,), itertools.count())
    describe = getattr(instance, '_methodHelp', None)
    if describe is not None:
        entries = [entry._replace(help=describe(entry.name))
                   for entry in entries]
    return entries
