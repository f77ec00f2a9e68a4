# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Exceptions: those of xmlrpc.client, which are GLib's errors as well."""

from __future__ import annotations

import errno
import socket
import ssl
from email.message import Message
from typing import Any

from gi.module import get_introspection_module
from gi.repository import Gio, GLib

XmlRpc = get_introspection_module('XmlRpc')

_NAME = GLib.quark_to_string
FAULT = _NAME(XmlRpc.fault_quark())
_HTTP_ERROR = _NAME(XmlRpc.http_error_quark())
_ERROR = _NAME(XmlRpc.error_quark())
_NOT_XML_RPC = (XmlRpc.Error.NOT_WELL_FORMED, XmlRpc.Error.INVALID_MESSAGE)


class Error(GLib.Error):
    """A call failed: the base class of Fault, ProtocolError and ResponseError.

    Itself it says that a value cannot be sent, or is not as it should be;
    `code` is one of the constants of this class then.
    """

    NOT_WELL_FORMED = XmlRpc.Error.NOT_WELL_FORMED
    INVALID_MESSAGE = XmlRpc.Error.INVALID_MESSAGE
    INVALID_VALUE = XmlRpc.Error.INVALID_VALUE
    TYPE_MISMATCH = XmlRpc.Error.TYPE_MISMATCH
    UNSUPPORTED_TYPE = XmlRpc.Error.UNSUPPORTED_TYPE
    LIMIT_EXCEEDED = XmlRpc.Error.LIMIT_EXCEEDED

    quark = staticmethod(XmlRpc.error_quark)

    def __reduce__(self) -> tuple:
        return type(self), (self.message, self.domain, self.code)


# Of the message of a fault in C, in bytes.
_MAX_MESSAGE = 64 * 1024


def _cut(text: str) -> str:
    """The beginning of a text, in as many bytes as C has of it."""
    if len(text) * 4 <= _MAX_MESSAGE:
        return text
    start = text[:_MAX_MESSAGE].encode('utf-8', 'surrogatepass')
    if len(start) <= _MAX_MESSAGE and len(text) <= _MAX_MESSAGE:
        return text
    return start[:_MAX_MESSAGE].decode('utf-8', 'ignore')


def _show(value: Any) -> str:
    """On one line, whatever the server has sent."""
    text = str(value)
    return text if text.isprintable() else ascii(text)


def _describe_fault(value: dict) -> tuple[int, str]:
    """The code and the message of the fault in C."""
    code, text = value['faultCode'], value['faultString']
    if type(code) is int and type(text) is str and -2**31 <= code < 2**31:
        return code, _cut(text)
    # It needs this module.
    from ._json import to_fault
    try:
        error = XmlRpc.fault_new_from_value(to_fault(value))
    except (GLib.Error, OverflowError, TypeError, ValueError):
        return int(XmlRpc.FaultCode.OTHER_CODE), _cut(f'{code}: {text}')
    return error.code, error.message


class Fault(Error):
    """The server responded that the call failed.

    `faultCode` and `faultString` are what it says, as it came: usually an int
    and a str, None if the server left it out. `value` is the whole fault, a
    dict with these two and with whatever else the server put into it.

    `code` and `message` are those of every GLib.Error: `code` is an int,
    XmlRpc.FaultCode.OTHER_CODE if the faultCode is none of 32 bits. Then
    `message` begins with the faultCode. It has at most 64 KiB of the text, and
    so has str(); the others are whole.

    A function of a Server raises this to choose what its client gets; further
    keyword arguments are further members.
    """

    def __init__(self, faultCode: Any, faultString: Any,
                 **extra: Any) -> None:
        value = {'faultCode': faultCode, 'faultString': faultString, **extra}
        code, message = _describe_fault(value)
        super().__init__(message, FAULT, code)
        self._take(value)

    def _take(self, value: Any) -> None:
        """Takes the fault apart; one that is not a struct is its own text."""
        members = value if isinstance(value, dict) else {'faultString': value}
        self.faultCode = members.get('faultCode')
        self.faultString = members.get('faultString')
        self.value = value

    @classmethod
    def _received(cls, code: int, message: str, value: Any) -> Fault:
        """The fault for one of C; it need not have a code and a text."""
        fault = cls.__new__(cls)
        Error.__init__(fault, message, FAULT, code)
        fault._take(value)
        return fault

    def _get_members(self) -> dict:
        """What is sent: a program may have set faultCode or faultString."""
        members = dict(self.value) if isinstance(self.value, dict) else {}
        for name in ('faultCode', 'faultString'):
            value = getattr(self, name)
            if value is not None or name in members:
                members[name] = value
        return members

    def __str__(self) -> str:
        return repr(self)

    def __repr__(self) -> str:
        text = self.faultString
        shown = repr(_cut(text) if isinstance(text, str) else text)
        return _cut(f'<Fault {_show(self.faultCode)}: {shown}') + '>'

    def __reduce__(self) -> tuple:
        return type(self)._received, (self.code, self.message, self.value)


class ProtocolError(Error):
    """The server responded with the status of an HTTP error.

    `url` is without a password, `errcode` is the status, `errmsg` the reason,
    and `headers` those of the response; none of them where asynchronous calls
    fail at once. `message` says more: where a redirection leads to, for
    instance, or the first line of what the server says.
    """

    def __init__(self, url: str, errcode: int, errmsg: str,
                 headers: Message) -> None:
        super().__init__(errmsg, _HTTP_ERROR, errcode)
        self.url = url
        self.errcode = errcode
        self.errmsg = errmsg
        self.headers = headers

    @classmethod
    def _received(cls, message: str, url: str, errcode: int, errmsg: str,
                  headers: Message) -> ProtocolError:
        error = cls(url, errcode, errmsg, headers)
        error.message = message
        return error

    def _get_shown(self) -> str:
        """The reason and what else the message says, as C has escaped it."""
        begin, found, detail = self.message.partition(self.url)
        status, _, reason = begin.rpartition(' from ')[0].partition(' ')[2].partition(' ')
        if not found or status != str(self.errcode):
            return _show(self.errmsg)
        return reason + detail

    def __str__(self) -> str:
        return repr(self)

    def __repr__(self) -> str:
        return (f'<ProtocolError for {self.url}: {self.errcode} '
                f'{self._get_shown()}>')

    def __reduce__(self) -> tuple:
        return ProtocolError._received, (self.message, self.url, self.errcode,
                                         self.errmsg, self.headers)


class ResponseError(Error):
    """The response is not XML-RPC."""


class TransportError(GLib.Error, OSError):
    """There was no response: no valid URI, no such host, no connection, no time
    left, no HTTP.

    An OSError, as with xmlrpc.client, and of the class that Python has for
    it: ConnectionRefusedError, TimeoutError, socket.gaierror, ssl.SSLError
    and others. `domain` and `code` are GLib's, such as those of
    Gio.IOErrorEnum; `errno` is Python's, or None.
    """

    def __new__(cls, message: str, domain: str, code: int) -> TransportError:
        kind = _KINDS.get((domain, code), (cls,))[0]
        return OSError.__new__(kind if cls is TransportError else cls)

    def __init__(self, message: str, domain: str, code: int) -> None:
        GLib.Error.__init__(self, message, domain, code)
        _, self.errno = _KINDS.get((domain, code), (None, None))
        self.strerror = message

    def __reduce__(self) -> tuple:
        return TransportError, (self.message, self.domain, self.code)


def _create_kinds() -> dict[tuple[str, int], tuple[type, int]]:
    """The class and the errno for errors of GIO, by their domain and code."""
    io, resolver, tls = Gio.IOErrorEnum, Gio.ResolverError, Gio.TlsError
    tables = (
        (_NAME(Gio.io_error_quark()), (
            (io.CONNECTION_REFUSED, ConnectionRefusedError,
             errno.ECONNREFUSED),
            (io.CONNECTION_CLOSED, ConnectionResetError, errno.ECONNRESET),
            (io.PARTIAL_INPUT, ConnectionResetError, errno.ECONNRESET),
            (io.TIMED_OUT, TimeoutError, errno.ETIMEDOUT),
            (io.NOT_FOUND, FileNotFoundError, errno.ENOENT),
            (io.PERMISSION_DENIED, PermissionError, errno.EACCES),
            (io.NOT_CONNECTED, OSError, errno.ENOTCONN),
            (io.CANCELLED, OSError, errno.ECANCELED),
            (io.HOST_UNREACHABLE, OSError, errno.EHOSTUNREACH),
            (io.NETWORK_UNREACHABLE, OSError, errno.ENETUNREACH),
            (io.ADDRESS_IN_USE, OSError, errno.EADDRINUSE),
            (io.TOO_MANY_OPEN_FILES, OSError, errno.EMFILE),
            (io.NO_SPACE, OSError, errno.ENOSPC),
            (io.INVALID_ARGUMENT, OSError, errno.EINVAL))),
        (_NAME(Gio.resolver_error_quark()), (
            (resolver.NOT_FOUND, socket.gaierror, socket.EAI_NONAME),
            (resolver.TEMPORARY_FAILURE, socket.gaierror, socket.EAI_AGAIN),
            (resolver.INTERNAL, socket.gaierror, socket.EAI_FAIL))),
        (_NAME(Gio.tls_error_quark()), (
            *((code, ssl.SSLError, ssl.SSL_ERROR_SSL)
              for code in (tls.UNAVAILABLE, tls.MISC, tls.NOT_TLS,
                           tls.HANDSHAKE, tls.CERTIFICATE_REQUIRED)),
            (tls.BAD_CERTIFICATE, ssl.SSLCertVerificationError,
             ssl.SSL_ERROR_SSL),
            (tls.EOF, ssl.SSLEOFError, ssl.SSL_ERROR_EOF))),
    )
    classes = {base: TransportError if base is OSError
               else type('TransportError', (TransportError, base),
                         {'__module__': 'gi.repository.XmlRpc'})
               for _, table in tables for _, base, _ in table}
    return {(domain, int(code)): (classes[base], number)
            for domain, table in tables for code, base, number in table}


_KINDS = _create_kinds()


def translate(error: GLib.Error, url: str = '', reason: str = '',
              headers: Message | None = None) -> GLib.Error:
    """What to raise in place of an error of the C library."""
    if error.domain == FAULT:
        return Fault(error.code, error.message)
    if error.domain == _HTTP_ERROR:
        return ProtocolError._received(error.message, url, error.code, reason,
                                       headers or Message())
    if error.domain == _ERROR:
        kind = ResponseError if error.code in _NOT_XML_RPC else Error
        return kind(error.message, error.domain, error.code)
    # Whatever else there is comes from GIO or libsoup.
    return TransportError(error.message, error.domain, error.code)
