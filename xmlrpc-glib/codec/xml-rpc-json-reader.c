/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-json-private.h"

#include "../variant/xml-rpc-variant-writer-private.h"
#include "../xml-rpc-error.h"
#include "xml-rpc-sink-private.h"
#include "xml-rpc-base64-private.h"
#include "xml-rpc-json-scanner-private.h"
#include "xml-rpc-number-private.h"
#include "xml-rpc-type-private.h"

/* How much of a wrong value an error repeats, in bytes. */
#define MAX_SHOWN 100

/* An open array or struct, and where in it the reader is. */
typedef struct
{
  const char *name;    /* a member's, as it stands in the text; NULL: an item */
  gsize       index;   /* an item's */
} Frame;

/* Where something fails everything is left open: there the error is. */
typedef struct
{
  XmlRpcJsonScanner    scanner;
  XmlRpcVariantWriter  writer;
  XmlRpcBuffer         text;      /* a string on its way to something else */
  guint                max_frames;
  guint                n_frames;
  Frame                frames[1 + XML_RPC_MAX_NESTING];
} JsonReader;

/* These return what they have written; NULL if something failed. */
static const XmlRpcVariantLayout *read_value (JsonReader  *self,
                                              GError     **error);

static gboolean
fail_value (const char  *expected,
            const char  *got,
            gsize        length,
            GError     **error)
{
  gsize shown = MIN (length, MAX_SHOWN);

  /* Not half a character. */
  while (shown < length && ((guint8) got[shown] & 0xc0) == 0x80)
    shown--;

  g_set_error (error, XML_RPC_ERROR, XML_RPC_ERROR_INVALID_VALUE,
               "expected %s, got \"%.*s\"", expected, (int) shown, got);
  return FALSE;
}

static gboolean
enter (JsonReader  *self,
       GError     **error)
{
  if (self->n_frames == self->max_frames)
    {
      g_set_error (error, XML_RPC_ERROR, XML_RPC_ERROR_LIMIT_EXCEEDED,
                   "arrays and structs nested more than %d deep", XML_RPC_MAX_NESTING);
      return FALSE;
    }

  self->frames[self->n_frames++] = (Frame) { 0 };
  return TRUE;
}

/* A value within an array or a struct, which are of variants. */
static gboolean
read_content (JsonReader  *self,
              GError     **error)
{
  xml_rpc_variant_writer_open (&self->writer, xml_rpc_layout_variant);
  if (read_value (self, error) == NULL)
    return FALSE;
  xml_rpc_variant_writer_close (&self->writer);

  return TRUE;
}

static gboolean
read_items (JsonReader  *self,
            GError     **error)
{
  if (xml_rpc_json_scanner_skip (&self->scanner, ']'))
    return TRUE;

  do
    {
      if (!read_content (self, error))
        return FALSE;
      self->frames[self->n_frames - 1].index++;
    }
  while (xml_rpc_json_scanner_skip (&self->scanner, ','));

  return xml_rpc_json_scanner_skip (&self->scanner, ']') ||
         xml_rpc_json_scanner_fail (&self->scanner, "',' or ']'", error);
}

static const XmlRpcVariantLayout *
read_array (JsonReader  *self,
            GError     **error)
{
  if (!enter (self, error))
    return NULL;

  xml_rpc_variant_writer_open (&self->writer, xml_rpc_layout_array);
  if (!read_items (self, error))
    return NULL;
  xml_rpc_variant_writer_close (&self->writer);
  self->n_frames--;

  return xml_rpc_layout_array;
}

static gboolean
read_member (JsonReader  *self,
             GError     **error)
{
  const XmlRpcVariantLayout *entry = xml_rpc_variant_layout_first (xml_rpc_layout_struct);

  xml_rpc_variant_writer_open (&self->writer, entry);
  if (xml_rpc_json_scanner_peek (&self->scanner) == '"')
    self->frames[self->n_frames - 1].name = self->scanner.position + 1;

  if (!xml_rpc_json_scanner_read_string (&self->scanner, &self->writer.buffer, error))
    return FALSE;
  xml_rpc_variant_writer_end_bytes (&self->writer, xml_rpc_layout_string);

  if (!xml_rpc_json_scanner_skip (&self->scanner, ':'))
    return xml_rpc_json_scanner_fail (&self->scanner, "':'", error);
  if (!read_content (self, error))
    return FALSE;
  xml_rpc_variant_writer_close (&self->writer);

  return TRUE;
}

/* What follows the brace. */
static gboolean
read_members (JsonReader  *self,
              GError     **error)
{
  if (xml_rpc_json_scanner_skip (&self->scanner, '}'))
    return TRUE;

  do
    {
      if (!read_member (self, error))
        return FALSE;
    }
  while (xml_rpc_json_scanner_skip (&self->scanner, ','));

  return xml_rpc_json_scanner_skip (&self->scanner, '}') ||
         xml_rpc_json_scanner_fail (&self->scanner, "',' or '}'", error);
}

static const XmlRpcVariantLayout *
read_struct (JsonReader  *self,
             GError     **error)
{
  if (!enter (self, error))
    return NULL;

  xml_rpc_variant_writer_open (&self->writer, xml_rpc_layout_struct);
  if (!read_members (self, error))
    return NULL;
  xml_rpc_variant_writer_close (&self->writer);
  self->n_frames--;

  return xml_rpc_layout_struct;
}

static const XmlRpcVariantLayout *
add (JsonReader                *self,
     const XmlRpcVariantLayout *layout,
     const void                *value)
{
  xml_rpc_variant_writer_add (&self->writer, layout, value);
  return layout;
}

static const XmlRpcVariantLayout *
add_boolean (JsonReader *self,
             guint8      value)
{
  return add (self, xml_rpc_layout_boolean, &value);
}

static const XmlRpcVariantLayout *
add_nil (JsonReader *self)
{
  xml_rpc_variant_writer_open (&self->writer, xml_rpc_layout_nothing);
  xml_rpc_variant_writer_close (&self->writer);
  return xml_rpc_layout_nothing;
}

static gboolean
parse_integer (const char  *text,
               gsize        length,
               gint64      *value,
               GError     **error)
{
  return xml_rpc_parse_integer (text, length, value) == XML_RPC_NUMBER_OK ||
         fail_value ("an integer of 64 bits", text, length, error);
}

static const XmlRpcVariantLayout *
add_double (JsonReader  *self,
            const char  *text,
            gsize        length,
            GError     **error)
{
  double value;

  if (xml_rpc_parse_double (text, length, &value) == XML_RPC_NUMBER_OK)
    return add (self, xml_rpc_layout_double, &value);

  fail_value ("a double", text, length, error);
  return NULL;
}

static const XmlRpcVariantLayout *
read_number (JsonReader  *self,
             GError     **error)
{
  XmlRpcJsonNumber number;
  gint64 value;
  gint32 small;

  if (!xml_rpc_json_scanner_read_number (&self->scanner, &number, error))
    return NULL;
  if (!number.is_whole)
    return add_double (self, number.start, number.length, error);
  if (!parse_integer (number.start, number.length, &value, error))
    return NULL;
  if (value < G_MININT32 || value > G_MAXINT32)
    return add (self, xml_rpc_layout_int64, &value);

  small = (gint32) value;
  return add (self, xml_rpc_layout_int32, &small);
}

static const XmlRpcVariantLayout *
read_string (JsonReader  *self,
             GError     **error)
{
  if (!xml_rpc_json_scanner_read_string (&self->scanner, &self->writer.buffer, error))
    return NULL;

  xml_rpc_variant_writer_end_bytes (&self->writer, xml_rpc_layout_string);
  return xml_rpc_layout_string;
}

/* Returns the string without its quotation marks. */
static const char *
read_text (JsonReader  *self,
           gsize       *length,
           GError     **error)
{
  self->text.length = 0;
  if (!xml_rpc_json_scanner_read_string (&self->scanner, &self->text, error))
    return NULL;

  *length = self->text.length - 1;
  return (const char *) self->text.data;
}

/* A number, or a string of one. */
static const char *
read_number_or_text (JsonReader  *self,
                     gsize       *length,
                     GError     **error)
{
  XmlRpcJsonNumber number;

  if (xml_rpc_json_scanner_peek (&self->scanner) == '"')
    return read_text (self, length, error);
  if (!xml_rpc_json_scanner_read_number (&self->scanner, &number, error))
    return NULL;

  *length = number.length;
  return number.start;
}

static const XmlRpcVariantLayout *
read_i8 (JsonReader  *self,
         GError     **error)
{
  gsize length;
  const char *text = read_number_or_text (self, &length, error);
  gint64 value;

  if (text == NULL || !parse_integer (text, length, &value, error))
    return NULL;

  return add (self, xml_rpc_layout_int64, &value);
}

static const XmlRpcVariantLayout *
read_double (JsonReader  *self,
             GError     **error)
{
  gsize length;
  const char *text = read_number_or_text (self, &length, error);

  return text != NULL ? add_double (self, text, length, error) : NULL;
}

static const XmlRpcVariantLayout *
read_base64 (JsonReader  *self,
             GError     **error)
{
  XmlRpcBuffer *out = &self->writer.buffer;
  XmlRpcBase64Decoder decoder;
  gsize length, n_written, n_last;
  const char *text = read_text (self, &length, error);
  guint8 *bytes;

  if (text == NULL)
    return NULL;

  bytes = xml_rpc_buffer_reserve (out, XML_RPC_BASE64_DECODED_MAX (length) + XML_RPC_BASE64_FINISH_MAX);
  xml_rpc_base64_decoder_init (&decoder);
  if (!xml_rpc_base64_decoder_feed (&decoder, text, length, bytes, &n_written) ||
      !xml_rpc_base64_decoder_finish (&decoder, bytes + n_written, &n_last))
    {
      fail_value ("base64", text, length, error);
      return NULL;
    }

  out->length += n_written + n_last;
  xml_rpc_variant_writer_end_bytes (&self->writer, xml_rpc_layout_bytes);
  return xml_rpc_layout_bytes;
}

static const XmlRpcVariantLayout *
read_special (JsonReader  *self,
              const char  *path,
              GError     **error)
{
  const XmlRpcVariantLayout *path_layout = xml_rpc_variant_layout_first (xml_rpc_layout_special);

  xml_rpc_variant_writer_open (&self->writer, xml_rpc_layout_special);
  xml_rpc_variant_writer_add_string (&self->writer, path_layout, path, strlen (path));
  if (read_string (self, error) == NULL)
    return NULL;
  xml_rpc_variant_writer_close (&self->writer);

  return xml_rpc_layout_special;
}

/* What stands for the form of this name. */
static const XmlRpcVariantLayout *
read_named (JsonReader  *self,
            const char  *name,
            GError     **error)
{
  const XmlRpcType *type = xml_rpc_type_find_by_json (name);

  if (type == NULL)
    {
      fail_value ("one of the names that stand for a type", name, strlen (name), error);
      return NULL;
    }

  switch ((int) type->form)
    {
    case XML_RPC_FORM_INTEGER:
      return read_i8 (self, error);
    case XML_RPC_FORM_DOUBLE:
      return read_double (self, error);
    case XML_RPC_FORM_BYTES:
      return read_base64 (self, error);
    case XML_RPC_FORM_STRUCT:
      if (xml_rpc_json_scanner_skip (&self->scanner, '{'))
        return read_struct (self, error);
      xml_rpc_json_scanner_fail (&self->scanner, "'{'", error);
      return NULL;
    default:
      return read_special (self, type->path, error);
    }
}

static const XmlRpcVariantLayout *
read_form (JsonReader  *self,
           GError     **error)
{
  const XmlRpcVariantLayout *layout;
  gsize length;
  const char *name = read_text (self, &length, error);

  if (name == NULL)
    return NULL;

  if (!xml_rpc_json_scanner_skip (&self->scanner, ':'))
    {
      xml_rpc_json_scanner_fail (&self->scanner, "':'", error);
      return NULL;
    }

  layout = read_named (self, name, error);
  if (layout == NULL || xml_rpc_json_scanner_skip (&self->scanner, '}'))
    return layout;

  xml_rpc_json_scanner_fail (&self->scanner, "'}'", error);
  return NULL;
}

static const XmlRpcVariantLayout *
read_value (JsonReader  *self,
            GError     **error)
{
  XmlRpcJsonScanner *scanner = &self->scanner;
  char next = xml_rpc_json_scanner_peek (scanner);

  if (next == '"')
    return read_string (self, error);
  if (next == '-' || g_ascii_isdigit (next))
    return read_number (self, error);
  if (xml_rpc_json_scanner_skip (scanner, '['))
    return read_array (self, error);
  if (xml_rpc_json_scanner_skip (scanner, '{'))
    return xml_rpc_json_scanner_is_at_form (scanner) ? read_form (self, error) : read_struct (self, error);
  if (xml_rpc_json_scanner_skip_word (scanner, "true"))
    return add_boolean (self, TRUE);
  if (xml_rpc_json_scanner_skip_word (scanner, "false"))
    return add_boolean (self, FALSE);
  if (xml_rpc_json_scanner_skip_word (scanner, "null"))
    return add_nil (self);

  xml_rpc_json_scanner_fail (scanner, "a value", error);
  return NULL;
}

static const XmlRpcVariantLayout *
read_document (JsonReader  *self,
               GError     **error)
{
  const XmlRpcVariantLayout *layout = read_value (self, error);

  if (layout == NULL || xml_rpc_json_scanner_peek (&self->scanner) == '\0')
    return layout;

  xml_rpc_json_scanner_fail (&self->scanner, "the end of the text", error);
  return NULL;
}

/* Names are not unescaped for this. */
static void
append_name (JsonReader *self,
             const char *name,
             GString    *place)
{
  gsize length = self->scanner.end - name;
  const char *quotation_mark = memchr (name, '"', length);

  g_string_append_c (place, '.');
  g_string_append_len (place, name, quotation_mark != NULL ? quotation_mark - name : (gssize) length);
}

static void
add_place (JsonReader  *self,
           const char  *root,
           GError     **error)
{
  g_autoptr (GString) place = g_string_new (root);

  for (guint i = 0; i < self->n_frames; i++)
    {
      const Frame *frame = &self->frames[i];

      if (frame->name != NULL)
        append_name (self, frame->name, place);
      else
        g_string_append_printf (place, "[%" G_GSIZE_FORMAT "]", frame->index);
    }

  g_prefix_error (error, "%s: ", place->str);
}

/* @root is what errors call the outermost value. */
static GVariant *
read_json (const char  *root,
           guint        max_frames,
           const char  *json,
           gssize       length,
           GError     **error)
{
  const XmlRpcVariantLayout *layout;
  JsonReader self = { .text = XML_RPC_BUFFER_INIT, .max_frames = max_frames };
  GVariant *value = NULL;

  if (!g_utf8_validate (json, length, NULL))
    {
      g_set_error (error, XML_RPC_ERROR, XML_RPC_ERROR_NOT_WELL_FORMED,
                   "%s: expected UTF-8, got bytes that are not", root);
      return NULL;
    }

  self.scanner.start = self.scanner.position = json;
  self.scanner.end = json + (length >= 0 ? (gsize) length : strlen (json));
  xml_rpc_variant_writer_init (&self.writer);

  layout = read_document (&self, error);
  if (layout != NULL)
    value = xml_rpc_variant_writer_end (&self.writer, layout);
  else
    add_place (&self, root, error);

  xml_rpc_variant_writer_clear (&self.writer);
  xml_rpc_buffer_clear (&self.text);

  return value;
}

/**
 * xml_rpc_variant_from_json:
 * @json: a JSON text (RFC 8259)
 * @length: its length in bytes, or -1 if it ends with a zero byte
 * @error: return location for an error
 *
 * Reads a value of natural type from JSON, as [func@XmlRpc.variant_to_json]
 * writes it.
 *
 * A number without a point and an exponent is an int where it fits 32 bits and
 * an i8 above. To make an i8 of a smaller number, or a double of a whole number,
 * where a language has one kind of numbers only, there are `{"$i8": 5}` and
 * `{"$double": 1}`; both take the number as a string, too. Names that an object
 * has twice are kept, in order.
 *
 * Fails with `XML_RPC_ERROR`: [XML_RPC_ERROR_NOT_WELL_FORMED][error@XmlRpc.Error]
 * if @json is not JSON in UTF-8, [XML_RPC_ERROR_INVALID_VALUE][error@XmlRpc.Error]
 * for a whole number beyond 64 bits, a number beyond the largest double, the
 * character U+0000, half of a surrogate pair, bad base64, or an object whose single
 * name starts with `$` and is none that stands for a type, and
 * [XML_RPC_ERROR_LIMIT_EXCEEDED][error@XmlRpc.Error] for arrays and structs nested
 * more than 40 deep. The message says where.
 *
 * Returns: (transfer full): the value
 *
 * Since: 1.0
 */
GVariant *
xml_rpc_variant_from_json (const char  *json,
                           gssize       length,
                           GError     **error)
{
  g_return_val_if_fail (json != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return read_json ("value", XML_RPC_MAX_NESTING, json, length, error);
}

static GVariant *
create_tuple (GVariant *array)
{
  const gsize n_items = g_variant_n_children (array);
  g_autofree GVariant **items = g_new (GVariant *, n_items);
  GVariant *tuple;

  for (gsize i = 0; i < n_items; i++)
    g_variant_get_child (array, i, "v", &items[i]);

  tuple = g_variant_ref_sink (g_variant_new_tuple (items, n_items));
  for (gsize i = 0; i < n_items; i++)
    g_variant_unref (items[i]);

  return tuple;
}

GVariant *
xml_rpc_json_read_params (const char  *json,
                          GError     **error)
{
  g_autoptr (GVariant) array = NULL;

  /* This array is none of the call's own. */
  array = read_json ("params", 1 + XML_RPC_MAX_NESTING, json, -1, error);
  if (array == NULL)
    return NULL;

  if (!g_variant_is_of_type (array, G_VARIANT_TYPE ("av")))
    {
      g_set_error_literal (error, XML_RPC_ERROR, XML_RPC_ERROR_TYPE_MISMATCH,
                           "params: expected an array of JSON");
      return NULL;
    }

  return create_tuple (array);
}
