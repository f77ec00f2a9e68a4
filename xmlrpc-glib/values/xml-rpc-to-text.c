/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Tokens become a text for people, which nobody reads back: a separator stands behind each
 * value, and the last one is taken back. */

#include "xml-rpc-natural-form-private.h"

#include "../codec/xml-rpc-number-private.h"
#include "../codec/xml-rpc-stream-private.h"

#define SEPARATOR ", "

typedef struct
{
  XmlRpcSink sink;
  gsize      n_bytes;     /* of the open binary */
  gboolean   is_quoted;   /* the open text */
} ToText;

static inline ToText *
get_self (XmlRpcSink *sink)
{
  return (ToText *) sink;
}

static void
append (XmlRpcSink *sink,
        const char *text)
{
  xml_rpc_buffer_append (&sink->text, text, strlen (text));
}

static void
take_separator_back (XmlRpcSink *sink)
{
  const gsize length = strlen (SEPARATOR);

  if (sink->text.length >= length && memcmp (sink->text.data + sink->text.length - length, SEPARATOR, length) == 0)
    sink->text.length -= length;
}

static void
begin_array (XmlRpcSink *sink)
{
  append (sink, "[");
}

static void
end_array (XmlRpcSink *sink,
           gsize       n_items)
{
  take_separator_back (sink);
  append (sink, "]" SEPARATOR);
}

static void
begin_struct (XmlRpcSink *sink)
{
  append (sink, "{");
}

static void
end_struct (XmlRpcSink *sink)
{
  take_separator_back (sink);
  append (sink, "}" SEPARATOR);
}

static void
begin_member (XmlRpcSink *sink,
              const char *name,
              gsize       length)
{
  xml_rpc_buffer_append (&sink->text, name, length);
  append (sink, ": ");
}

static void
add_integer (XmlRpcSink       *sink,
             const XmlRpcType *type,
             gint64            value)
{
  char *digits = (char *) xml_rpc_buffer_reserve (&sink->text, XML_RPC_INTEGER_MAX_LENGTH);

  sink->text.length += xml_rpc_format_integer (digits, value);
  append (sink, SEPARATOR);
}

static void
add_double (XmlRpcSink *sink,
            double      value)
{
  char *digits = (char *) xml_rpc_buffer_reserve (&sink->text, XML_RPC_DOUBLE_MAX_LENGTH);

  sink->text.length += xml_rpc_format_double_briefly (digits, value);
  append (sink, SEPARATOR);
}

static void
add_boolean (XmlRpcSink *sink,
             gboolean    value)
{
  append (sink, value ? "true" SEPARATOR : "false" SEPARATOR);
}

static void
add_nil (XmlRpcSink *sink)
{
  append (sink, "nil" SEPARATOR);
}

/* A string of its own has no quotation marks. */
static void
begin_text (XmlRpcSink       *sink,
            const XmlRpcType *type)
{
  ToText *self = get_self (sink);

  self->is_quoted = type->path == NULL && sink->place > sink->places;
  if (self->is_quoted)
    append (sink, "\"");
}

static void
end_text (XmlRpcSink *sink)
{
  append (sink, get_self (sink)->is_quoted ? "\"" SEPARATOR : SEPARATOR);
}

static void
begin_bytes (XmlRpcSink *sink)
{
  get_self (sink)->n_bytes = 0;
}

static void
add_bytes (XmlRpcSink   *sink,
           const guint8 *bytes,
           gsize         length)
{
  get_self (sink)->n_bytes += length;
}

static void
end_bytes (XmlRpcSink *sink)
{
  ToText *self = get_self (sink);
  g_autofree char *text = g_strdup_printf ("<%" G_GSIZE_FORMAT " byte%s>" SEPARATOR,
                                           self->n_bytes, self->n_bytes == 1 ? "" : "s");

  append (sink, text);
}

/* What a GVariant of natural form has: whole bytes, and names before their values. */
static const XmlRpcSinkOps ops = {
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
  .end_text = end_text,
  .begin_bytes = begin_bytes,
  .add_bytes = add_bytes,
  .end_bytes = end_bytes,
};

char *
xml_rpc_natural_form_to_string (GVariant *natural)
{
  ToText self;
  char *text;

  xml_rpc_sink_init (&self.sink, &ops);
  xml_rpc_from_variant_tell_value (natural, &self.sink);
  take_separator_back (&self.sink);
  text = xml_rpc_buffer_steal_string (&self.sink.text);
  xml_rpc_sink_clear (&self.sink);

  return text;
}
