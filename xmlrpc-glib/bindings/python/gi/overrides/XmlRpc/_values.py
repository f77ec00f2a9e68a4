# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The values that are XML-RPC's own, as Python expects values to be."""

from __future__ import annotations

import operator
import time
from base64 import decodebytes, encodebytes
from datetime import datetime
from typing import Any, Callable, Union

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


def _compare_date(name: str) -> Callable[[Any, Any], Any]:
    """A comparison of dates, and of the texts of dates."""
    compare, compare_texts = getattr(datetime, name), getattr(str, name)

    def method(self: Date, other: Any) -> Any:
        if isinstance(other, str):
            return compare_texts(self.value, other)
        if isinstance(other, XmlRpc.DateTime):
            return compare_texts(self.value, other.value)
        return compare(self, other)

    method.__name__ = name
    return method


class Date(datetime):
    """A datetime.datetime that came from a server.

    It is a DateTime as well, and has what that of xmlrpc.client has: `value`
    is the text of the server, which is what is sent, too, and what it is when
    compared with text. Of a date made from this one `value` is what that says.
    """

    __slots__ = ('_text',)

    _text: str

    __eq__ = _compare_date('__eq__')
    __ne__ = _compare_date('__ne__')
    __lt__ = _compare_date('__lt__')
    __le__ = _compare_date('__le__')
    __gt__ = _compare_date('__gt__')
    __ge__ = _compare_date('__ge__')
    __hash__ = datetime.__hash__

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

    They are a Binary as well, and have what that of xmlrpc.client has: `data`
    is these bytes.
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


def _ask_newest(function: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """A function of C, where a value never changes: setting it anew makes
    another one."""
    def method(self: Any) -> Any:
        return function(self._newer or self)

    method.__name__, method.__doc__ = function.__name__, function.__doc__
    return method


class _Changeable:
    """A value whose copies are apart."""

    def __copy__(self) -> Any:
        kind, args = self.__reduce__()
        return kind(*args)

    def __deepcopy__(self, memo: dict) -> Any:
        return self.__copy__()


class _Kind(type(XmlRpc.Value)):
    """A class of values, which counts those that come from servers among its
    own: that of DateTime and Binary."""

    _received: type

    def __instancecheck__(cls, instance: Any) -> bool:
        return (isinstance(instance, cls._received)
                or super().__instancecheck__(instance))

    def __subclasscheck__(cls, other: Any) -> bool:
        return (issubclass(other, cls._received)
                or super().__subclasscheck__(other))


def _compare(compare: Callable[[Any, Any], bool]) -> Callable[[Any, Any], Any]:
    def method(self: DateTime, other: Any) -> Any:
        own, comparable = self.make_comparable(other)
        if comparable is NotImplemented:
            return NotImplemented
        return compare(own, comparable)

    return method


class DateTime(_Changeable, XmlRpc.DateTime, metaclass=_Kind):
    """A date and time without a time zone, XML-RPC's dateTime.iso8601.

    DateTime(value) takes ISO 8601 text, a datetime, a time tuple, or the
    seconds since 1970, which become local time; 0 is now, as with
    xmlrpc.client. `value` is the text. Compares with datetimes and text, too.

    The dates that come from servers are a datetime and a DateTime.
    """

    _received = Date
    _newer: DateTime | None = None

    def __init__(self, value: Union[str, datetime, tuple, float] = 0) -> None:
        _check_new(self)
        if not isinstance(value, str):
            value = _from_time(value)
        super().__init__(iso8601=value)

    @property
    def value(self) -> str:
        return self.get_iso8601()

    @value.setter
    def value(self, value: str) -> None:
        self._newer = DateTime(check_text('value', value))

    get_iso8601 = _ask_newest(XmlRpc.DateTime.get_iso8601)
    get_variant = _ask_newest(XmlRpc.DateTime.get_variant)
    has_time_zone = _ask_newest(XmlRpc.DateTime.has_time_zone)
    to_string = _ask_newest(XmlRpc.DateTime.to_string)

    def to_date_time(self, assumed: GLib.TimeZone | None = None
                     ) -> GLib.DateTime:
        """Returns the moment; `assumed` is the zone of a text without one."""
        return super(DateTime, self._newer or self).to_date_time(assumed)

    def to_unix(self, assumed: GLib.TimeZone | None = None
                ) -> tuple[bool, int]:
        """Returns whether it is a date, and the seconds since 1970."""
        return super(DateTime, self._newer or self).to_unix(assumed)

    def timetuple(self) -> time.struct_time:
        """The fields of the date, as datetime.timetuple() returns them."""
        date = self.to_date_time()
        return datetime(*date.get_ymd(), date.get_hour(), date.get_minute(),
                        date.get_second()).timetuple()

    def make_comparable(self, other: Any) -> tuple[Any, Any]:
        """Returns what stands for this and for another date in comparisons."""
        if isinstance(other, (DateTime, Date)):
            return self.value, other.value
        if isinstance(other, datetime):
            return self.value, format_date_time(other)
        if isinstance(other, str):
            return self.value, other
        if hasattr(other, 'timetuple'):
            return self.timetuple(), other.timetuple()
        return self, NotImplemented

    # Not functools.total_ordering, for GObject has them all.
    __eq__ = _compare(operator.eq)
    __ne__ = _compare(operator.ne)
    __lt__ = _compare(operator.lt)
    __le__ = _compare(operator.le)
    __gt__ = _compare(operator.gt)
    __ge__ = _compare(operator.ge)

    def __hash__(self) -> int:
        return hash(self.value)

    def decode(self, data: Any) -> None:
        """Takes the text of a <dateTime.iso8601>."""
        self.value = str(data).strip()

    def encode(self, out: Any) -> None:
        """Writes the <value> to a file."""
        out.write(f'<value><dateTime.iso8601>{self.value}'
                  '</dateTime.iso8601></value>\n')

    def __str__(self) -> str:
        return self.value

    def __repr__(self) -> str:
        return f'<DateTime {self.value!r} at {id(self):#x}>'

    def __reduce__(self) -> tuple:
        return DateTime, (self.value,)


class Binary(_Changeable, XmlRpc.Binary, metaclass=_Kind):
    """Bytes, XML-RPC's base64; `data` has them.

    Python's own bytes are sent in the same way. The bytes that come from
    servers are bytes and a Binary.
    """

    _received = Bytes
    _newer: Binary | None = None

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

    @data.setter
    def data(self, data: bytes) -> None:
        self._newer = Binary(data)

    get_bytes = _ask_newest(XmlRpc.Binary.get_bytes)
    get_variant = _ask_newest(XmlRpc.Binary.get_variant)
    to_string = _ask_newest(XmlRpc.Binary.to_string)

    def __eq__(self, other: Any) -> bool:
        if isinstance(other, Binary):
            return self.data == other.data
        if isinstance(other, (bytes, bytearray)):
            return self.data == other
        return NotImplemented

    def __ne__(self, other: Any) -> bool:
        is_equal = self.__eq__(other)
        return is_equal if is_equal is NotImplemented else not is_equal

    def __hash__(self) -> int:
        return hash(self.data)

    def decode(self, data: bytes) -> None:
        """Takes the content of a <base64>."""
        self.data = decodebytes(data)

    def encode(self, out: Any) -> None:
        """Writes the <value> to a file."""
        text = encodebytes(self.data).decode('ascii')
        out.write(f'<value><base64>\n{text}</base64></value>\n')

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

    def __ne__(self, other: Any) -> bool:
        is_equal = self.__eq__(other)
        return is_equal if is_equal is NotImplemented else not is_equal

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
