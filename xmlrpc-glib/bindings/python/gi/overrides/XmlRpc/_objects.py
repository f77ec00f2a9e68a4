# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Structs as objects with properties, and dates as those of GLib."""

from __future__ import annotations

from typing import Any

from gi.module import get_introspection_module
from gi.repository import Gio, GLib, GObject

from ._errors import translate
from ._json import NATIVE, to_variant

XmlRpc = get_introspection_module('XmlRpc')


def _call(function: Any, *args: Any) -> Any:
    try:
        return function(*args)
    except GLib.Error as error:
        raise translate(error) from None


def object_from_struct(object_type: type[GObject.Object],
                       value: Any) -> GObject.Object:
    """Returns an object of a class, whose properties have the values of a
    dict.

    What each type of property takes is told in the reference. An __init__()
    of the class is called without arguments.
    """
    return _call(XmlRpc.object_from_struct, object_type,
                 to_variant(value, 'value'))


def object_to_struct(object: GObject.Object) -> Any:
    """Returns a dict with the properties of an object, as a method of a server
    takes it."""
    return NATIVE.read_variant(_call(XmlRpc.object_to_struct, object))


def list_store_new_from_array(item_type: type[GObject.Object],
                              array: Any) -> Gio.ListStore:
    """Returns a list store with an object of a class for each dict of a
    list."""
    return _call(XmlRpc.list_store_new_from_array, item_type,
                 to_variant(array, 'array'))


def variant_get_date_time(value: Any, assumed: GLib.TimeZone | None = None
                          ) -> GLib.DateTime:
    """Returns the date that a GLib.Variant, or a value of Python, is."""
    return _call(XmlRpc.variant_get_date_time, to_variant(value, 'value'),
                 assumed)


def variant_lookup_date_time(dict: Any, name: str,
                             assumed: GLib.TimeZone | None = None
                             ) -> GLib.DateTime:
    """Returns the date that is a member of a struct."""
    return _call(XmlRpc.variant_lookup_date_time, to_variant(dict, 'dict'),
                 name, assumed)
