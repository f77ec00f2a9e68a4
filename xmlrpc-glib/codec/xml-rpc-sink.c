/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-sink-private.h"

#include "xml-rpc-number-private.h"
#include "xml-rpc-text-private.h"

#define SHOWN_LENGTH 40

/* The place is told at once, as names belong to the source. What a message shows of a value
 * may have been cut within a character. */
void
xml_rpc_sink_take_error (XmlRpcSink *self,
                         GError     *error)
{
  if (self->error == NULL)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *message = NULL;

      xml_rpc_sink_append_place (self, text);
      g_string_append_printf (text, ": %s", error->message);
      message = xml_rpc_text_make_printable (text->str, -1);
      self->error = g_error_new_literal (error->domain, error->code, message);
    }

  g_error_free (error);
}

void
xml_rpc_sink_fail (XmlRpcSink  *self,
                   XmlRpcError  code,
                   const char  *format,
                   ...)
{
  va_list arguments;

  va_start (arguments, format);
  xml_rpc_sink_take_error (self, g_error_new_valist (XML_RPC_ERROR, code, format, arguments));
  va_end (arguments);
}

void
xml_rpc_sink_fail_text (XmlRpcSink *self,
                        const char *expected,
                        const char *text,
                        gsize       length)
{
  /* It may have been cut within a character. */
  g_autofree char *shown = g_utf8_make_valid (text, (gssize) MIN (length, SHOWN_LENGTH));

  xml_rpc_sink_fail (self, XML_RPC_ERROR_INVALID_VALUE, "expected %s, got \"%s\"%s",
                     expected, shown, length > SHOWN_LENGTH ? "..." : "");
}

void
xml_rpc_sink_fail_nesting (XmlRpcSink *self)
{
  xml_rpc_sink_fail (self, XML_RPC_ERROR_LIMIT_EXCEEDED,
                     "arrays and structs nested more than %d deep", XML_RPC_MAX_NESTING);
}

/* Of a member. */
static const char *
get_name (const XmlRpcSink  *self,
          const XmlRpcPlace *place)
{
  return place->name != NULL ? place->name : (const char *) self->names.data + place->name_start;
}

void
xml_rpc_sink_append_place (XmlRpcSink *self,
                           GString    *path)
{
  for (const XmlRpcPlace *place = self->places; place <= self->place; place++)
    {
      if (place->kind == XML_RPC_PLACE_MEMBER)
        xml_rpc_text_append_member_name (path, get_name (self, place), place->name_length);
      else if (place->kind == XML_RPC_PLACE_UNNAMED)
        g_string_append (path, ".?");
      else if (place->kind == XML_RPC_PLACE_ITEM && place->index > 0)
        g_string_append_printf (path, "[%" G_GSIZE_FORMAT "]", place->index - 1);
    }
}

/* Without a root there may be no place, and nothing then stands before the colon. */
GError *
xml_rpc_sink_steal_error (XmlRpcSink *self,
                          const char *root)
{
  g_autoptr (GError) error = g_steal_pointer (&self->error);
  const char *message = error->message;

  if (*root == '\0' && g_str_has_prefix (message, ": "))
    message += strlen (": ");

  return g_error_new (error->domain, error->code, "%s%s", root, message);
}

static gboolean
fits_int (gint64 value)
{
  return value >= G_MININT32 && value <= G_MAXINT32;
}

static void
fail_range (XmlRpcSink *self,
            const char *text,
            gsize       length)
{
  g_autofree char *expected = g_strdup_printf ("an integer from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT,
                                               G_MININT64, G_MAXINT64);

  xml_rpc_sink_fail_text (self, expected, text, length);
}

/* Sizes of files, and whatever else has grown, stand in the elements for 32 bits, too: then
 * the value is of the type that holds it. */
static void
add_integer_text (XmlRpcSink       *self,
                  const XmlRpcType *type,
                  const char       *text,
                  gsize             length)
{
  gint64 value;

  switch (xml_rpc_parse_integer (text, length, &value))
    {
    case XML_RPC_NUMBER_OK:
      if (value >= type->min && value <= type->max)
        self->ops->add_integer (self, type, value);
      else
        self->ops->add_integer (self, &xml_rpc_types[fits_int (value) ? XML_RPC_VALUE_INT : XML_RPC_VALUE_I8], value);
      break;
    case XML_RPC_NUMBER_MALFORMED:
      xml_rpc_sink_fail_text (self, "an integer", text, length);
      break;
    case XML_RPC_NUMBER_OUT_OF_RANGE:
    default:
      fail_range (self, text, length);
      break;
    }
}

static void
add_double_text (XmlRpcSink *self,
                 const char *text,
                 gsize       length)
{
  double value;

  switch (xml_rpc_parse_double (text, length, &value))
    {
    case XML_RPC_NUMBER_OK:
      self->ops->add_double (self, value);
      break;
    case XML_RPC_NUMBER_OUT_OF_RANGE:
      xml_rpc_sink_fail_text (self, "a number that a double can hold", text, length);
      break;
    case XML_RPC_NUMBER_MALFORMED:
    default:
      xml_rpc_sink_fail_text (self, "a number", text, length);
      break;
    }
}

static void
add_boolean_text (XmlRpcSink *self,
                  const char *text,
                  gsize       length)
{
  gboolean value;

  if (xml_rpc_parse_boolean (text, length, &value))
    self->ops->add_boolean (self, value);
  else
    xml_rpc_sink_fail_text (self, "0 or 1", text, length);
}

static void
add_decimal_text (XmlRpcSink       *self,
                  const XmlRpcType *type,
                  const char       *text,
                  gsize             length)
{
  g_autofree char *expected = NULL;

  if (!xml_rpc_has_huge_exponent (text, length))
    {
      xml_rpc_sink_add_whole_text (self, type, text, length);
      return;
    }

  expected = g_strdup_printf ("a number with an exponent from -%d to %d", XML_RPC_MAX_EXPONENT, XML_RPC_MAX_EXPONENT);
  xml_rpc_sink_fail_text (self, expected, text, length);
}

void
xml_rpc_sink_add_value_text (XmlRpcSink       *self,
                             const XmlRpcType *type,
                             const char       *text,
                             gsize             length)
{
  if (type->form == XML_RPC_FORM_INTEGER)
    add_integer_text (self, type, text, length);
  else if (type->form == XML_RPC_FORM_DOUBLE)
    add_double_text (self, text, length);
  else if (type->form == XML_RPC_FORM_DECIMAL)
    add_decimal_text (self, type, text, length);
  else
    add_boolean_text (self, text, length);
}

static void
fail_base64 (XmlRpcSink                *self,
             const XmlRpcBase64Decoder *decoder)
{
  const guint8 wrong = decoder->wrong;

  if (decoder->n_padding > 0)
    xml_rpc_sink_fail (self, XML_RPC_ERROR_INVALID_VALUE, "expected base64, got a = that does not end it");
  else if (g_ascii_isgraph (wrong))
    xml_rpc_sink_fail (self, XML_RPC_ERROR_INVALID_VALUE, "expected base64, got the character %c", wrong);
  else
    xml_rpc_sink_fail (self, XML_RPC_ERROR_INVALID_VALUE, "expected base64, got the byte 0x%02x", wrong);
}

void
xml_rpc_sink_add_base64 (XmlRpcSink          *self,
                         XmlRpcBase64Decoder *decoder,
                         const char          *text,
                         gsize                length)
{
  guint8 *out = xml_rpc_sink_reserve_bytes (self, XML_RPC_BASE64_DECODED_MAX (length));
  gsize n_written;

  if (xml_rpc_base64_decoder_feed (decoder, text, length, out, &n_written))
    xml_rpc_sink_commit_bytes (self, n_written);
  else
    fail_base64 (self, decoder);
}

void
xml_rpc_sink_end_base64 (XmlRpcSink          *self,
                         XmlRpcBase64Decoder *decoder)
{
  guint8 *out = xml_rpc_sink_reserve_bytes (self, XML_RPC_BASE64_FINISH_MAX);
  gsize n_written;

  if (!xml_rpc_base64_decoder_finish (decoder, out, &n_written))
    {
      xml_rpc_sink_fail (self, XML_RPC_ERROR_INVALID_VALUE,
                         "expected base64, got text that ends within a group of characters");
      return;
    }

  xml_rpc_sink_commit_bytes (self, n_written);
  self->ops->end_bytes (self);
}
