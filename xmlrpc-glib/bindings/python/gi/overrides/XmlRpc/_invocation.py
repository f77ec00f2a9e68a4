# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The call that a method of a Server handles, and who has made it."""

from __future__ import annotations

from contextvars import ContextVar
from email.message import Message

from gi.module import get_introspection_module
from gi.overrides import override
from gi.repository import GLib, Soup

from ._errors import Fault

XmlRpc = get_introspection_module('XmlRpc')

_current: ContextVar[Invocation] = ContextVar('XmlRpc.current_invocation')


def set_user(message: Soup.ServerMessage, user: str) -> None:
    """Notes whose password was right; libsoup tells it to nobody else."""
    message._xmlrpc_user = user


class Invocation(XmlRpc.Invocation):
    """A call that a method of a Server has to respond to.

    current_invocation() returns that of the method that runs.
    """

    # Whether it has been answered, which C tells to nobody.
    _is_answered = False

    @property
    def client_address(self) -> str | None:
        """The IP address of the client, which trusted-proxies tell; None if
        it is not known, as at a Unix socket and without HTTP."""
        address = self.get_client_address()
        return address and address.to_string()

    @property
    def user(self) -> str | None:
        """The user whose password was right; None where listen() had no
        `auth`."""
        return getattr(self.get_message(), '_xmlrpc_user', None)

    @property
    def headers(self) -> Message:
        """The headers of the HTTP request; capitals do not matter."""
        headers = Message()
        message = self.get_message()
        if message is not None:
            message.get_request_headers().foreach(headers.add_header)
        return headers

    def get_fault(self) -> Fault | None:
        """The fault that was returned, or None; known when
        the signal call-finished is emitted."""
        fault = super().get_fault()
        return fault and Fault(fault.code, fault.message)

    def return_value(self, value: GLib.Variant | None) -> None:
        """Returns a value."""
        super().return_value(value)
        self._is_answered = True

    def return_fault_literal(self, code: int, message: str) -> None:
        """Returns a fault."""
        super().return_fault_literal(code, message)
        self._is_answered = True

    def return_fault_value(self, value: GLib.Variant) -> None:
        """Returns a fault that has more than a code and a text."""
        super().return_fault_value(value)
        self._is_answered = True

    def take_error(self, error: GLib.Error) -> None:
        """Returns a fault for an error."""
        super().take_error(error)
        self._is_answered = True


Invocation.__module__ = 'gi.overrides.XmlRpc'
override(Invocation)


def current_invocation() -> Invocation:
    """Returns the call that the running function handles, also in threads of
    the server and in coroutines; raises LookupError outside of calls."""
    try:
        return _current.get()
    except LookupError:
        raise LookupError('no call is being handled here; '
                          'current_invocation() is for functions of a Server '
                          'and for what they call') from None


def get_current() -> Invocation | None:
    """As current_invocation(), but None outside of calls."""
    return _current.get(None)


def enter(invocation: Invocation) -> None:
    """Makes it the current one, in this context of contextvars."""
    _current.set(invocation)
