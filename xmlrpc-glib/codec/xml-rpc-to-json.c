/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Tokens become JSON. What JSON lacks is an object with a single member, whose name the
 * table of types has; what that name stands for is always a string. A struct whose first
 * name starts with '$' could be taken for one of them and is wrapped: when its first member
 * comes it is known.
 *
 * Behind each value there is a comma at once. Where it was the last one the comma is taken
 * back, so that nothing needs to know whether a value is the first. */

#include "xml-rpc-stream-private.h"

#include "xml-rpc-number-private.h"
#include "xml-rpc-text-private.h"

#include <math.h>

/* What a byte of a string needs (section 7 of RFC 8259). */
static void
add_escape (XmlRpcSink *self,
            char        character)
{
  static const char hex_digits[] = "0123456789abcdef";
  char escape[] = { '\\', 'u', '0', '0', hex_digits[(guint8) character >> 4], hex_digits[character & 0xf] };
  gsize length = 2;

  switch (character)
    {
    case '"':
    case '\\':
      escape[1] = character;
      break;
    case '\n':
      escape[1] = 'n';
      break;
    case '\r':
      escape[1] = 'r';
      break;
    case '\t':
      escape[1] = 't';
      break;
    default:
      length = sizeof escape;
      break;
    }

  xml_rpc_buffer_append (&self->text, escape, length);
}

/* Escaped, without quotation marks. */
static void
add_text (XmlRpcSink *self,
          const char *text,
          gsize       length)
{
  const char *end = text + length;

  for (const char *plain = text;; plain = text + 1)
    {
      text = xml_rpc_text_skip_json_plain (plain, end);
      xml_rpc_buffer_append (&self->text, plain, (gsize) (text - plain));
      if (text == end)
        return;
      add_escape (self, *text);
    }
}

/* The object that stands for a type, up to the quotation mark of its string. */
static void
begin_form (XmlRpcSink       *self,
            const XmlRpcType *type)
{
  xml_rpc_buffer_append (&self->text, type->json_start, strlen (type->json_start));
}

static void
end_form (XmlRpcSink *self)
{
  xml_rpc_sink_add_literal (self, "\"},");
}

static void
take_comma_back (XmlRpcSink *self)
{
  if (self->text.data[self->text.length - 1] == ',')
    self->text.length--;
}

static void
begin_array (XmlRpcSink *self)
{
  xml_rpc_buffer_append_byte (&self->text, '[');
}

static void
end_array (XmlRpcSink *self,
           gsize       n_items)
{
  take_comma_back (self);
  xml_rpc_sink_add_literal (self, "],");
}

static void
begin_struct (XmlRpcSink *self)
{
  self->place->is_wrapped = FALSE;
  xml_rpc_buffer_append_byte (&self->text, '{');
}

static void
end_struct (XmlRpcSink *self)
{
  take_comma_back (self);
  if (self->place[1].is_wrapped)
    xml_rpc_sink_add_literal (self, "}},");
  else
    xml_rpc_sink_add_literal (self, "},");
}

static void
begin_member (XmlRpcSink *self,
              const char *name,
              gsize       length)
{
  if (self->place->index == 1 && length > 0 && *name == '$')
    {
      begin_form (self, &xml_rpc_types[XML_RPC_VALUE_STRUCT]);
      self->place->is_wrapped = TRUE;
    }

  xml_rpc_buffer_append_byte (&self->text, '"');
  add_text (self, name, length);
  xml_rpc_sink_add_literal (self, "\":");
}

static void
add_integer (XmlRpcSink       *self,
             const XmlRpcType *type,
             gint64            value)
{
  char *digits;

  if (type->json_start != NULL)
    begin_form (self, type);

  digits = (char *) xml_rpc_buffer_reserve (&self->text, XML_RPC_INTEGER_MAX_LENGTH + strlen ("\"},"));
  self->text.length += xml_rpc_format_integer (digits, value);

  if (type->json_start != NULL)
    end_form (self);
  else
    xml_rpc_buffer_append_byte (&self->text, ',');
}

static G_GNUC_NO_INLINE void
add_no_number (XmlRpcSink *self,
               double      value)
{
  begin_form (self, &xml_rpc_types[XML_RPC_VALUE_DOUBLE]);
  if (isnan (value))
    xml_rpc_sink_add_literal (self, "NaN");
  else if (value < 0)
    xml_rpc_sink_add_literal (self, "-Infinity");
  else
    xml_rpc_sink_add_literal (self, "Infinity");
  end_form (self);
}

static void
add_double (XmlRpcSink *self,
            double      value)
{
  char *digits;

  if (!isfinite (value))
    {
      add_no_number (self, value);
      return;
    }

  digits = (char *) xml_rpc_buffer_reserve (&self->text, XML_RPC_DOUBLE_MAX_LENGTH + 1);
  self->text.length += xml_rpc_format_double (digits, value);
  xml_rpc_buffer_append_byte (&self->text, ',');
}

static void
add_boolean (XmlRpcSink *self,
             gboolean    value)
{
  if (value)
    xml_rpc_sink_add_literal (self, "true,");
  else
    xml_rpc_sink_add_literal (self, "false,");
}

static void
add_nil (XmlRpcSink *self)
{
  xml_rpc_sink_add_literal (self, "null,");
}

static void
begin_text (XmlRpcSink       *self,
            const XmlRpcType *type)
{
  self->type = type;
  if (type->json_start != NULL)
    begin_form (self, type);
  else
    xml_rpc_buffer_append_byte (&self->text, '"');
}

static void
end_text (XmlRpcSink *self)
{
  if (self->type->json_start != NULL)
    end_form (self);
  else
    xml_rpc_sink_add_literal (self, "\",");
}

static void
add_whole_text (XmlRpcSink       *self,
                const XmlRpcType *type,
                const char       *text,
                gsize             length)
{
  begin_text (self, type);
  add_text (self, text, length);
  end_text (self);
}

static void
begin_bytes (XmlRpcSink *self)
{
  begin_form (self, &xml_rpc_types[XML_RPC_VALUE_BASE64]);
}

static void
add_bytes (XmlRpcSink   *self,
           const guint8 *bytes,
           gsize         length)
{
  xml_rpc_base64_encode_to_buffer (self->out, bytes, length);
}

static void
end_bytes (XmlRpcSink *self)
{
  end_form (self);
}

const XmlRpcSinkOps xml_rpc_to_json_ops = {
  .begin_array = begin_array,
  .end_array = end_array,
  .begin_struct = begin_struct,
  .end_struct = end_struct,
  .begin_member = begin_member,
  .add_integer = add_integer,
  .add_double = add_double,
  .add_boolean = add_boolean,
  .add_nil = add_nil,
  .begin_text = begin_text,
  .add_text = add_text,
  .end_text = end_text,
  .add_whole_text = add_whole_text,
  .begin_bytes = begin_bytes,
  .add_bytes = add_bytes,
  .end_bytes = end_bytes,
};

GBytes *
xml_rpc_to_json_end_as_bytes (XmlRpcSink *self)
{
  take_comma_back (self);
  xml_rpc_buffer_append_byte (&self->text, 0);
  return xml_rpc_buffer_steal (&self->text);
}

GBytes *
xml_rpc_to_json_end_values (XmlRpcSink *self)
{
  g_autofree char *json = xml_rpc_to_json_end (self);
  char *values = g_strdup_printf ("{\"" XML_RPC_JSON_VALUES "\":[%s]}", json);

  return g_bytes_new_take (values, strlen (values) + 1);
}

char *
xml_rpc_to_json_end (XmlRpcSink *self)
{
  take_comma_back (self);
  return xml_rpc_buffer_steal_string (&self->text);
}
