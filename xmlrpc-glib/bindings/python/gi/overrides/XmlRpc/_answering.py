# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Calls functions of Python, and sends what they return or raise."""

from __future__ import annotations

import _thread
import asyncio
import contextvars
import inspect
import logging
import re
import sys
from typing import Any, Callable, NamedTuple

from gi.module import get_introspection_module
from gi.repository import GLib

from ._errors import Error, Fault
from ._invocation import Invocation, enter
from ._json import NATIVE, to_fault, to_result
from ._signatures import Conversion

XmlRpc = get_introspection_module('XmlRpc')

log = logging.getLogger('XmlRpc')


class Method(NamedTuple):
    """A function that clients call; the signature is None if it tells none."""

    name: str
    function: Callable
    signature: inspect.Signature | None
    conversions: list[Conversion]


# What XML cannot carry, and what C would cut the text at.
_UNSENDABLE = re.compile('[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]')


def _clean(text: str) -> str:
    return _UNSENDABLE.sub(
        lambda match: match[0].encode('unicode_escape').decode(), text)


def _get_text(error: BaseException) -> str:
    # str() of a GLib.Error also has its domain and its code.
    return str(error.message if isinstance(error, GLib.Error) else error)


def _describe(error: BaseException) -> str:
    """The type and the message, also of one that has none to tell."""
    try:
        text = _get_text(error)
    except BaseException as failure:
        text = f'(its text raises {type(failure).__name__})'
    return _clean(f'{type(error).__name__}: {text}')


def _refuse(invocation: Invocation, code: int, text: str) -> None:
    invocation.return_fault_literal(code, _clean(text))


def _find_fault(value: Any) -> Fault | None:
    """The fault, if it is one; that of xmlrpc.client is, too."""
    if isinstance(value, Fault):
        return value
    # A program that has one has loaded it.
    client = sys.modules.get('xmlrpc.client')
    if client is not None and isinstance(value, client.Fault):
        return Fault(value.faultCode, value.faultString)
    return None


def _return_fault(invocation: Invocation, fault: Fault, name: str) -> None:
    try:
        invocation.return_fault_value(to_fault(fault._get_members()))
    except Exception as error:
        code = fault.code
        if type(code) is not int or not -2**31 <= code < 2**31:
            code = int(XmlRpc.FaultCode.OTHER_CODE)
        text = fault.message
        _refuse(invocation, code,
                text if type(text) is str else _describe(fault))
        log.error('%s raised a fault that cannot be sent', name,
                  exc_info=error)


def _return_exception(invocation: Invocation, error: BaseException,
                      name: str) -> None:
    """Answers with what a method has raised; then others get to see it."""
    fault = _find_fault(error)
    if invocation._is_answered:
        log.error('%s failed after it had returned', name, exc_info=error)
    elif fault is not None:
        _return_fault(invocation, fault, name)
    else:
        _refuse(invocation, XmlRpc.FaultCode.APPLICATION_ERROR,
                _describe(error))
        log.error('%s failed', name, exc_info=error)
    if isinstance(error, KeyboardInterrupt):
        # It is the program's: what Ctrl-C does there happens once more.
        _thread.interrupt_main()


def _return_value(invocation: Invocation, value: Any, name: str) -> None:
    fault = _find_fault(value)
    if fault is not None:
        _return_fault(invocation, fault, name)
        return
    try:
        variant = to_result(value)
    except Exception as error:
        known = (GLib.Error, OverflowError, TypeError, ValueError)
        _refuse(invocation, XmlRpc.FaultCode.INTERNAL_ERROR,
                _get_text(error) if isinstance(error, known)
                else f'result: {_describe(error)}')
        log.error('%s returned what cannot be sent', name, exc_info=error)
    else:
        invocation.return_value(variant)


def contain(invocation: Invocation, name: str, function: Callable,
            *args: Any) -> None:
    """The one place where what methods raise ends: no client waits for ever.

    What went on would be printed, and Python would keep it as the last
    exception, with the invocation in its frames.
    """
    try:
        function(*args)
    except BaseException as error:
        _return_exception(invocation, error, name)


async def _get_outcome(awaitable: Any) -> tuple[Any, BaseException | None]:
    """What it returns, or raises: SystemExit would end the loop."""
    try:
        return await awaitable, None
    except asyncio.CancelledError:
        raise
    except BaseException as error:
        return None, error


def _return_outcome(task: asyncio.Future, invocation: Invocation,
                    name: str) -> None:
    if task.cancelled():
        _refuse(invocation, XmlRpc.FaultCode.APPLICATION_ERROR,
                'CancelledError: the call was cancelled')
        return
    value, error = task.result()
    if error is None:
        _return_value(invocation, value, name)
    else:
        _return_exception(invocation, error, name)


def _return_later(invocation: Invocation, awaitable: Any, name: str) -> None:
    """Answers when a coroutine has finished."""

    def done(task: asyncio.Future) -> None:
        contain(invocation, name, _return_outcome, task, invocation, name)

    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        if inspect.iscoroutine(awaitable):
            awaitable.close()
        raise
    loop.create_task(_get_outcome(awaitable)).add_done_callback(done)


def _convert(method: Method, args: list) -> None:
    for index, name, convert in method.conversions:
        if index >= len(args):
            return
        try:
            args[index] = convert(args[index])
        except Error as error:
            message = error.message.removeprefix('value: ')
            raise TypeError(f'{name}: {message}') from error


def _read_params(method: Method, invocation: Invocation) -> list | None:
    """None if the parameters are wrong, which the client has been told."""
    try:
        args = NATIVE.read_params(invocation.get_params())
        if method.signature is not None:
            method.signature.bind(*args)
        _convert(method, args)
    except (GLib.Error, TypeError) as error:
        _refuse(invocation, XmlRpc.FaultCode.INVALID_PARAMS,
                f'{method.name}: {_get_text(error)}')
        return None
    return args


def _call(method: Method, invocation: Invocation, args: list) -> None:
    enter(invocation)
    value = method.function(*args)
    if inspect.isawaitable(value):
        _return_later(invocation, value, method.name)
    else:
        _return_value(invocation, value, method.name)


def answer(method: Method, invocation: Invocation) -> None:
    """Calls the function, in a context of contextvars that is the call's."""
    args = _read_params(method, invocation)
    if args is not None:
        contextvars.copy_context().run(_call, method, invocation, args)
