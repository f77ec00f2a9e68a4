# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The values that are XML-RPC's own, as Python expects values to be."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Any, Union

from gi.module import get_introspection_module
from gi.overrides import override
from gi.repository import GLib

XmlRpc = get_introspection_module('XmlRpc')


def check_text(place: str, text: Any) -> str | None:
    """Refuses what would be cut at its first NUL in C."""
    if text is not None and not isinstance(text, str):
        raise TypeError(f'{place}: expected a str, got {type(text).__name__}')
    if text is not None and '\0' in text:
        raise ValueError(f'{place}: expected text without NUL')
    return text


def get_property_names(kind: type) -> frozenset[str]:
    """What a program could take for attributes of such an object."""
    return frozenset(spec.name.replace('-', '_')
                     for spec in kind.list_properties())


def is_made(instance: Any) -> bool:
    """Whether a GObject has been made: by C, or by an earlier __init__(),
    after which PyGObject ignores another."""
    try:
        return instance.__grefcount__ > 0
    except (AttributeError, TypeError):
        return False


def format_date_time(date: datetime) -> str:
    """The wall clock of `date`, as XML-RPC writes it; it has no time zone."""
    # Not strftime(), for years have four digits only on some systems.
    return (f'{date.year:04}{date.month:02}{date.day:02}'
            f'T{date.hour:02}:{date.minute:02}:{date.second:02}')


class Date(datetime):
    """A datetime.datetime that came from a server.

    It also has what DateTime of xmlrpc.client has: `value` is the text of the
    server, which is what is sent, too. Of a date made from this one `value`
    is what that says.
    """

    __slots__ = ('_text',)

    _text: str

    def __reduce_ex__(self, protocol: Any) -> tuple:
        made = super().__reduce_ex__(protocol)[:2]
        if not hasattr(self, '_text'):
            return made
        return *made, (None, {'_text': self._text})

    @property
    def value(self) -> str:
        return getattr(self, '_text', None) or format_date_time(self)


class Bytes(bytes):
    """Bytes that came from a server.

    They also have what Binary of xmlrpc.client has: `data` is these bytes.
    """

    __slots__ = ()

    @property
    def data(self) -> bytes:
        return bytes(self)


def _from_time(value: Any) -> str:
    if isinstance(value, datetime):
        return format_date_time(value)
    if not isinstance(value, (tuple, time.struct_time)):
        # Not None, for which it asks a clock that is milliseconds late.
        value = time.localtime(value or time.time())
    return '%04d%02d%02dT%02d:%02d:%02d' % tuple(value)[:6]


def _check_new(instance: Any) -> None:
    if is_made(instance):
        raise RuntimeError(f'a {type(instance).__name__} never changes; make '
                           'another one')


class _Immutable:
    """A value that is its own copy; other GObjects have none."""

    def __copy__(self) -> Any:
        return self

    def __deepcopy__(self, memo: dict) -> Any:
        return self


class DateTime(_Immutable, XmlRpc.DateTime):
    """A date and time without a time zone, XML-RPC's dateTime.iso8601.

    DateTime(value) takes ISO 8601 text, a datetime, a time tuple, or the
    seconds since 1970, which become local time; 0 is now, as with
    xmlrpc.client. `value` is the text. Compares with datetimes and text, too.
    """

    def __init__(self, value: Union[str, datetime, tuple, float] = 0) -> None:
        _check_new(self)
        if not isinstance(value, str):
            value = _from_time(value)
        super().__init__(iso8601=value)

    @property
    def value(self) -> str:
        return self.get_iso8601()

    def timetuple(self) -> time.struct_time:
        """The fields of the date, as datetime.timetuple() returns them."""
        date = self.to_date_time(None)
        return datetime(*date.get_ymd(), date.get_hour(), date.get_minute(),
                        date.get_second()).timetuple()

    @staticmethod
    def _comparable(other: Any) -> str | None:
        if isinstance(other, XmlRpc.DateTime):
            return other.get_iso8601()
        if isinstance(other, datetime):
            return format_date_time(other)
        return other if isinstance(other, str) else None

    def __eq__(self, other: Any) -> bool:
        text = self._comparable(other)
        return NotImplemented if text is None else self.value == text

    # Not functools.total_ordering, for GObject has them all.
    def __lt__(self, other: Any) -> bool:
        text = self._comparable(other)
        return NotImplemented if text is None else self.value < text

    def __le__(self, other: Any) -> bool:
        text = self._comparable(other)
        return NotImplemented if text is None else self.value <= text

    def __gt__(self, other: Any) -> bool:
        text = self._comparable(other)
        return NotImplemented if text is None else self.value > text

    def __ge__(self, other: Any) -> bool:
        text = self._comparable(other)
        return NotImplemented if text is None else self.value >= text

    def __hash__(self) -> int:
        return hash(self.value)

    def __str__(self) -> str:
        return self.value

    def __repr__(self) -> str:
        return f'<DateTime {self.value!r} at {id(self):#x}>'

    def __reduce__(self) -> tuple:
        return DateTime, (self.value,)


class Binary(_Immutable, XmlRpc.Binary):
    """Bytes, XML-RPC's base64; `data` has them.

    Python's own bytes are sent in the same way.
    """

    def __new__(cls, data: bytes | None = None) -> Binary:
        if data is not None and not isinstance(data, (bytes, bytearray)):
            raise TypeError('expected bytes or bytearray, not '
                            + type(data).__name__)
        return XmlRpc.Binary.new(GLib.Bytes.new(data or b''))

    def __init__(self, data: bytes | None = None) -> None:
        """Nothing is left to do, and GObject is not to do it again."""

    @property
    def data(self) -> bytes:
        return self.get_bytes().get_data() or b''

    def __eq__(self, other: Any) -> bool:
        if isinstance(other, XmlRpc.Binary):
            return self.data == other.get_bytes().get_data()
        if isinstance(other, (bytes, bytearray)):
            return self.data == other
        return NotImplemented

    def __hash__(self) -> int:
        return hash(self.data)

    def __bytes__(self) -> bytes:
        return self.data

    def __str__(self) -> str:
        return str(self.data, 'latin-1')

    def __repr__(self) -> str:
        return f'<Binary {self.data!r}>'

    def __reduce__(self) -> tuple:
        return Binary, (self.data,)


class Boolean(_Immutable, XmlRpc.Boolean):
    """A truth value, XML-RPC's boolean.

    Python's own bool is sent in the same way.
    """

    def __init__(self, value: Any = False) -> None:
        _check_new(self)
        super().__init__(value=bool(value))

    def __bool__(self) -> bool:
        return self.get_value()

    def __int__(self) -> int:
        return int(self.get_value())

    def __eq__(self, other: Any) -> bool:
        if isinstance(other, (bool, int, XmlRpc.Boolean)):
            return int(self) == int(other)
        return NotImplemented

    def __hash__(self) -> int:
        return hash(self.get_value())

    def __repr__(self) -> str:
        return f'<Boolean {bool(self)}>'

    def __reduce__(self) -> tuple:
        return Boolean, (bool(self),)


for _class in (Binary, Boolean, DateTime):
    _class.__module__ = 'gi.overrides.XmlRpc'
    override(_class)

True_ = Boolean(True)
False_ = Boolean(False)


def binary(data: bytes) -> Binary:
    """Returns the Binary of some bytes."""
    return Binary(data)


def boolean(value: Any) -> Boolean:
    """Returns True_ or False_."""
    return True_ if value else False_
