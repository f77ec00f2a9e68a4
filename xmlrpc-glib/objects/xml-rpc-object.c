/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <xmlrpc-glib/xml-rpc-object.h>

#include <xmlrpc-glib/xml-rpc-value.h>

#include "xml-rpc-object-reader-private.h"
#include "xml-rpc-object-writer-private.h"

/**
 * xml_rpc_object_from_struct:
 * @object_type: a class that is derived from [class@GObject.Object] and not abstract
 * @value: a struct, such as an `a{sv}`; a floating reference is sunk
 * @error: return location for an error
 *
 * Creates an object from a struct: its members become the properties of the object.
 *
 * The property of a member has the same name, or a name of the same words: the members
 * `post_title`, `postTitle`, `PostTitle` and `post-title` all become the property
 * `post-title`. If a class has several such properties, the one with exactly the same name
 * is set. For other names, implement [iface@XmlRpc.Serializable]. Members
 * without a property, and those whose property is not writable, are ignored.
 * Properties without a member keep their default. Two members for the same property
 * are an error.
 *
 * All properties are set at construction, so they may be construct-only.
 *
 * | type of the property | XML-RPC |
 * | --- | --- |
 * | `gboolean` | `boolean` |
 * | integers of all widths | `int`, `i8`, within the range of the property |
 * | `double`, `float` | `double`; `int`, `i8` if nothing is lost |
 * | string | `string`; the text of a date or of a number of any size |
 * | enumeration | `string`, the nick, also with `_` for `-` or in other case; `int` |
 * | flags | `array` of nicks; `int` |
 * | `GStrv` | `array` of strings |
 * | [struct@GLib.DateTime] | `dateTime.iso8601`, in UTC if the text has no zone; `string` of that form |
 * | [struct@GLib.Bytes] | `base64` |
 * | [struct@GLib.Variant] | what can be read as the type of the property |
 * | [class@XmlRpc.Value] and its subclasses | any value, which fits the subclass |
 * | another class | `struct`, made into an object in the same way |
 * | [class@Gio.ListStore] | `array`; the items go into the store that a new object has |
 *
 * `nil` is %NULL for properties that can be %NULL, and an error for others.
 *
 * Errors name the place, as in `author.name: expected string, got int`. The function
 * fails with
 *
 * - [XML_RPC_ERROR_TYPE_MISMATCH][error@XmlRpc.Error] if a value does not fit its property;
 * - [XML_RPC_ERROR_INVALID_VALUE][error@XmlRpc.Error] for a text that is not a date, and for
 *   a second member for a property;
 * - [XML_RPC_ERROR_UNSUPPORTED_TYPE][error@XmlRpc.Error] for a property of another type, and
 *   for a class that cannot have objects.
 *
 * Returns: (transfer full): a new object; one that was floating is sunk
 *
 * Since: 1.0
 */
GObject *
xml_rpc_object_from_struct (GType      object_type,
                            GVariant  *value,
                            GError   **error)
{
  g_autoptr (GVariant) sunk = NULL;
  XmlRpcObjectReader reader;
  GObject *object;

  g_return_val_if_fail (value != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  sunk = g_variant_ref_sink (value);
  xml_rpc_object_reader_init (&reader, sunk);
  object = xml_rpc_object_reader_read_object (&reader, object_type, &reader.reader.root, NULL, error);
  xml_rpc_object_reader_clear (&reader);

  return object;
}

/**
 * xml_rpc_object_to_struct:
 * @object: an object
 * @error: return location for an error
 *
 * Creates a struct from an object: its readable properties become members.
 *
 * The property `post-title` becomes the member `post_title`;
 * for other names, implement [iface@XmlRpc.Serializable]. The values are what
 * [func@XmlRpc.object_from_struct] reads, in natural form (see
 * [class@XmlRpc.Value]): an integer is an `int` where it fits and else an `i8`, an
 * enumeration its nick, flags an array of nicks. A date is the time in its
 * own zone, to the second; see [ctor@XmlRpc.DateTime.new].
 *
 * A property that is %NULL is left out, unless its default is something else: then
 * it is `nil`. Any [iface@Gio.ListModel] is an array.
 *
 * An object that contains itself is an
 * [XML_RPC_ERROR_INVALID_VALUE][error@XmlRpc.Error], as are integers beyond `i8`,
 * strings that are not UTF-8, and enumerations and flags without a nick. A property
 * of a type without a form is an [XML_RPC_ERROR_UNSUPPORTED_TYPE][error@XmlRpc.Error].
 * Errors name the place.
 *
 * Returns: (transfer full): a new variant of type `a{sv}`, or of the
 *   type of an [class@XmlRpc.Value] or a [iface@Gio.ListModel]
 *
 * Since: 1.0
 */
GVariant *
xml_rpc_object_to_struct (GObject  *object,
                          GError  **error)
{
  XmlRpcMappings mappings;
  GVariant *value;

  g_return_val_if_fail (G_IS_OBJECT (object), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  xml_rpc_mappings_init (&mappings);
  value = xml_rpc_object_writer_write_object (&mappings, object, NULL, error);
  xml_rpc_mappings_clear (&mappings);

  return value;
}

/**
 * xml_rpc_list_store_new_from_array:
 * @item_type: the class of the items
 * @array: an array of structs, such as an `aa{sv}`; a floating reference is sunk
 * @error: return location for an error
 *
 * Creates a list from an array of structs, for a list widget to show.
 *
 * Each struct becomes an object, as with [func@XmlRpc.object_from_struct]. Errors name
 * the place, as in `[3].author.name: expected string, got int`. If @item_type is
 * [class@XmlRpc.Value], the array may have any items.
 *
 * Returns: (transfer full): a new list store
 *
 * Since: 1.0
 */
GListStore *
xml_rpc_list_store_new_from_array (GType      item_type,
                                   GVariant  *array,
                                   GError   **error)
{
  g_autoptr (GVariant) sunk = NULL;
  g_autoptr (GPtrArray) items = NULL;
  GListStore *store = NULL;
  XmlRpcObjectReader reader;

  g_return_val_if_fail (array != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  sunk = g_variant_ref_sink (array);
  xml_rpc_object_reader_init (&reader, sunk);
  items = xml_rpc_object_reader_read_list (&reader, item_type, &reader.reader.root, NULL, error);
  xml_rpc_object_reader_clear (&reader);

  if (items != NULL)
    {
      store = g_list_store_new (item_type);
      g_list_store_splice (store, 0, 0, items->pdata, items->len);
    }

  return store;
}
