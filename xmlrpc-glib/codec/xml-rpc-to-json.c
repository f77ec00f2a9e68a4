/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Tokens become JSON. What JSON lacks is an object with a single member, whose name the
 * table of types has; what that name stands for is always a string. A struct whose first
 * name starts with '$' could be taken for one of them and is wrapped: when its first member
 * comes it is known.
 *
 * Behind each value there is a comma at once. Where it was the last one the comma is taken
 * back, so that nothing needs to know whether a value is the first. */

#include "xml-rpc-to-json-private.h"

#include "xml-rpc-number-private.h"
#include "xml-rpc-text-private.h"

#include <math.h>

G_STATIC_ASSERT (XML_RPC_MAX_NESTING < 64);

#define add_literal(self, literal) xml_rpc_buffer_append (&(self)->out, (literal), sizeof (literal) - 1)

static inline XmlRpcToJson *
get_self (XmlRpcSink *sink)
{
  return (XmlRpcToJson *) sink;
}

/* What a byte of a string needs (section 7 of RFC 8259). */
static void
add_escape (XmlRpcToJson *self,
            char          character)
{
  static const char hex_digits[] = "0123456789abcdef";
  char escape[] = { '\\', 'u', '0', '0', hex_digits[(guint8) character >> 4], hex_digits[character & 0xf] };
  gsize length = 2;

  switch (character)
    {
    case '"': case '\\':
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

  xml_rpc_buffer_append (&self->out, escape, length);
}

/* Escaped, without quotation marks. */
static void
add_text (XmlRpcSink *sink,
          const char *text,
          gsize       length)
{
  XmlRpcToJson *self = get_self (sink);
  const char *end = text + length;

  for (const char *plain = text;; plain = text + 1)
    {
      text = xml_rpc_text_skip_json_plain (plain, end);
      xml_rpc_buffer_append (&self->out, plain, (gsize) (text - plain));
      if (text == end)
        return;
      add_escape (self, *text);
    }
}

/* The object that stands for a type, up to the quotation mark of its string. */
static void
begin_form (XmlRpcToJson     *self,
            const XmlRpcType *type)
{
  xml_rpc_buffer_append (&self->out, type->json_start, strlen (type->json_start));
}

static void
end_form (XmlRpcToJson *self)
{
  add_literal (self, "\"},");
}

static void
take_comma_back (XmlRpcToJson *self)
{
  if (self->out.data[self->out.length - 1] == ',')
    self->out.length--;
}

static void
begin_array (XmlRpcSink *sink)
{
  xml_rpc_buffer_append_byte (&get_self (sink)->out, '[');
}

static void
end_array (XmlRpcSink *sink,
           gsize       n_items)
{
  take_comma_back (get_self (sink));
  add_literal (get_self (sink), "],");
}

static guint64
get_bit (const XmlRpcSink *sink)
{
  return G_GUINT64_CONSTANT (1) << (sink->place - sink->places);
}

static void
begin_struct (XmlRpcSink *sink)
{
  get_self (sink)->wrapped &= ~get_bit (sink);
  xml_rpc_buffer_append_byte (&get_self (sink)->out, '{');
}

static void
end_struct (XmlRpcSink *sink)
{
  XmlRpcToJson *self = get_self (sink);
  const gboolean is_wrapped = (self->wrapped & get_bit (sink) << 1) != 0;

  take_comma_back (self);
  if (is_wrapped)
    add_literal (self, "}},");
  else
    add_literal (self, "},");
}

static void
add_name (XmlRpcSink *sink,
          const char *name,
          gsize       length)
{
  XmlRpcToJson *self = get_self (sink);

  if (sink->place->index == 1 && length > 0 && *name == '$')
    {
      begin_form (self, &xml_rpc_types[XML_RPC_VALUE_STRUCT]);
      self->wrapped |= get_bit (sink);
    }

  xml_rpc_buffer_append_byte (&self->out, '"');
  add_text (sink, name, length);
  add_literal (self, "\":");
}

static void
begin_member (XmlRpcSink *sink,
              const char *name,
              gsize       length)
{
  if (name != NULL)
    add_name (sink, name, length);
  else
    sink->place->position = get_self (sink)->out.length;
}

static void
prepend_name (XmlRpcSink *sink,
              const char *name,
              gsize       length)
{
  const gsize end = get_self (sink)->out.length;

  add_name (sink, name, length);
  xml_rpc_buffer_move_end (&get_self (sink)->out, sink->place->position, end);
}

static void
end_member (XmlRpcSink *sink)
{
}

static void
add_integer (XmlRpcSink       *sink,
             const XmlRpcType *type,
             gint64            value)
{
  XmlRpcToJson *self = get_self (sink);
  char *digits;

  if (type->json_start != NULL)
    begin_form (self, type);

  digits = (char *) xml_rpc_buffer_reserve (&self->out, XML_RPC_INTEGER_MAX_LENGTH + strlen ("\"},"));
  self->out.length += xml_rpc_format_integer (digits, value);

  if (type->json_start != NULL)
    end_form (self);
  else
    xml_rpc_buffer_append_byte (&self->out, ',');
}

static G_GNUC_NO_INLINE void
add_no_number (XmlRpcToJson *self,
               double        value)
{
  begin_form (self, &xml_rpc_types[XML_RPC_VALUE_DOUBLE]);
  if (isnan (value))
    add_literal (self, "NaN");
  else if (value < 0)
    add_literal (self, "-Infinity");
  else
    add_literal (self, "Infinity");
  end_form (self);
}

static void
add_double (XmlRpcSink *sink,
            double      value)
{
  XmlRpcToJson *self = get_self (sink);
  char *digits;

  if (!isfinite (value))
    {
      add_no_number (self, value);
      return;
    }

  digits = (char *) xml_rpc_buffer_reserve (&self->out, XML_RPC_DOUBLE_MAX_LENGTH + 1);
  self->out.length += xml_rpc_format_double (digits, value);
  xml_rpc_buffer_append_byte (&self->out, ',');
}

static void
add_boolean (XmlRpcSink *sink,
             gboolean    value)
{
  if (value)
    add_literal (get_self (sink), "true,");
  else
    add_literal (get_self (sink), "false,");
}

static void
add_nil (XmlRpcSink *sink)
{
  add_literal (get_self (sink), "null,");
}

static void
begin_text (XmlRpcSink       *sink,
            const XmlRpcType *type)
{
  XmlRpcToJson *self = get_self (sink);

  self->type = type;
  if (type->json_start != NULL)
    begin_form (self, type);
  else
    xml_rpc_buffer_append_byte (&self->out, '"');
}

static void
end_text (XmlRpcSink *sink)
{
  XmlRpcToJson *self = get_self (sink);

  if (self->type->json_start != NULL)
    end_form (self);
  else
    add_literal (self, "\",");
}

static void
add_whole_text (XmlRpcSink       *sink,
                const XmlRpcType *type,
                const char       *text,
                gsize             length)
{
  begin_text (sink, type);
  add_text (sink, text, length);
  end_text (sink);
}

static void
begin_bytes (XmlRpcSink *sink)
{
  begin_form (get_self (sink), &xml_rpc_types[XML_RPC_VALUE_BASE64]);
}

static void
add_bytes (XmlRpcSink   *sink,
           const guint8 *bytes,
           gsize         length)
{
  xml_rpc_base64_encode_to_buffer (sink->out, bytes, length);
}

static void
end_bytes (XmlRpcSink *sink)
{
  end_form (get_self (sink));
}

static const XmlRpcSinkOps ops = {
  .begin_array = begin_array,
  .end_array = end_array,
  .begin_struct = begin_struct,
  .end_struct = end_struct,
  .begin_member = begin_member,
  .prepend_name = prepend_name,
  .end_member = end_member,
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

void
xml_rpc_to_json_init (XmlRpcToJson *self)
{
  memset (&self->out, 0, sizeof *self - G_STRUCT_OFFSET (XmlRpcToJson, out));
  xml_rpc_sink_init (&self->sink, &ops, &self->out, &self->room);
}

void
xml_rpc_to_json_clear (XmlRpcToJson *self)
{
  xml_rpc_sink_clear (&self->sink);
  xml_rpc_buffer_clear (&self->out);
  xml_rpc_buffer_clear (&self->room);
}

char *
xml_rpc_to_json_end (XmlRpcToJson *self)
{
  take_comma_back (self);
  return xml_rpc_buffer_steal_string (&self->out);
}
