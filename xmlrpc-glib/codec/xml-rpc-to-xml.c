/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Tokens become XML, in one buffer. A value stands between what its type's row in the
 * table has to begin and to end it, numbers are written without an exponent, as the
 * specification wants them, and text is escaped where XML needs it. There is no state but
 * what is open in the sink. */

#include "xml-rpc-stream-private.h"

#include "xml-rpc-number-private.h"
#include "xml-rpc-text-private.h"

#include <math.h>

/* What is copied of a start or an end at least. */
#define COPY_SIZE 32

/* A copy of a size that the compiler knows is no call; what is too much is written over. */
static inline char *
put (char       *position,
     const char *text,
     gsize       length)
{
  if (G_LIKELY (length <= COPY_SIZE))
    memcpy (position, text, COPY_SIZE);
  else
    memcpy (position, text, length);

  return position + length;
}

static inline char *
put_start (char             *position,
           const XmlRpcType *type)
{
  return put (position, type->start, type->start_length);
}

static inline char *
put_end (char             *position,
         const XmlRpcType *type)
{
  return put (position, type->end, type->end_length);
}

/* Room for a value whose content has at most so many bytes. */
static inline char *
reserve (XmlRpcSink *self,
         gsize       max_length)
{
  return (char *) xml_rpc_buffer_reserve (&self->text, sizeof self->type->start + max_length + sizeof self->type->end);
}

static inline void
put_up_to (XmlRpcSink *self,
           const char *position)
{
  self->text.length = (gsize) ((const guint8 *) position - self->text.data);
}

static void
add_start (XmlRpcSink       *self,
           const XmlRpcType *type)
{
  put_up_to (self, put_start (reserve (self, 0), type));
}

static void
add_end (XmlRpcSink       *self,
         const XmlRpcType *type)
{
  put_up_to (self, put_end (reserve (self, 0), type));
}

static void
begin_param (XmlRpcSink *self)
{
  xml_rpc_sink_add_literal (self, "<param>");
}

static void
end_param (XmlRpcSink *self)
{
  xml_rpc_sink_add_literal (self, "</param>");
}

static void
begin_array (XmlRpcSink *self)
{
  add_start (self, &xml_rpc_types[XML_RPC_VALUE_ARRAY]);
}

static void
end_array (XmlRpcSink *self,
           gsize       n_items)
{
  add_end (self, &xml_rpc_types[XML_RPC_VALUE_ARRAY]);
}

static void
begin_struct (XmlRpcSink *self)
{
  add_start (self, &xml_rpc_types[XML_RPC_VALUE_STRUCT]);
}

static void
end_struct (XmlRpcSink *self)
{
  add_end (self, &xml_rpc_types[XML_RPC_VALUE_STRUCT]);
}

static void
add_text (XmlRpcSink *self,
          const char *text,
          gsize       length)
{
  const char *forbidden = xml_rpc_text_escape (&self->text, text, length);

  if (G_UNLIKELY (forbidden != NULL))
    xml_rpc_sink_fail (self, XML_RPC_ERROR_INVALID_VALUE,
                       "a string with the character U+%04X, which XML cannot carry", g_utf8_get_char (forbidden));
}

static void
begin_member (XmlRpcSink *self,
              const char *name,
              gsize       length)
{
  xml_rpc_sink_add_literal (self, "<member><name>");
  add_text (self, name, length);
  xml_rpc_sink_add_literal (self, "</name>");
}

static void
end_member (XmlRpcSink *self)
{
  xml_rpc_sink_add_literal (self, "</member>");
}

static void
add_integer (XmlRpcSink       *self,
             const XmlRpcType *type,
             gint64            value)
{
  char *position = put_start (reserve (self, XML_RPC_INTEGER_MAX_LENGTH), type);

  position += xml_rpc_format_integer (position, value);
  put_up_to (self, put_end (position, type));
}

static void
add_double (XmlRpcSink *self,
            double      value)
{
  const XmlRpcType *type = &xml_rpc_types[XML_RPC_VALUE_DOUBLE];
  char *position = put_start (reserve (self, XML_RPC_DOUBLE_MAX_LENGTH), type);

  if (!isfinite (value))
    {
      xml_rpc_sink_fail (self, XML_RPC_ERROR_INVALID_VALUE,
                         "expected a finite number, got %s", isnan (value) ? "not-a-number" : "infinity");
      return;
    }

  position += xml_rpc_format_double (position, value);
  put_up_to (self, put_end (position, type));
}

static void
add_boolean (XmlRpcSink *self,
             gboolean    value)
{
  const XmlRpcType *type = &xml_rpc_types[XML_RPC_VALUE_BOOLEAN];
  char *position = put_start (reserve (self, 1), type);

  *position++ = value ? '1' : '0';
  put_up_to (self, put_end (position, type));
}

static void
add_nil (XmlRpcSink *self)
{
  add_start (self, &xml_rpc_types[XML_RPC_VALUE_NIL]);
  add_end (self, &xml_rpc_types[XML_RPC_VALUE_NIL]);
}

static void
begin_text (XmlRpcSink       *self,
            const XmlRpcType *type)
{
  self->type = type;
  add_start (self, type);
}

static void
end_text (XmlRpcSink *self)
{
  add_end (self, self->type);
}

static void
add_whole_text (XmlRpcSink       *self,
                const XmlRpcType *type,
                const char       *text,
                gsize             length)
{
  add_start (self, type);
  add_text (self, text, length);
  add_end (self, type);
}

static void
begin_bytes (XmlRpcSink *self)
{
  add_start (self, &xml_rpc_types[XML_RPC_VALUE_BASE64]);
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
  add_end (self, &xml_rpc_types[XML_RPC_VALUE_BASE64]);
}

const XmlRpcSinkOps xml_rpc_to_xml_ops = {
  .begin_param = begin_param,
  .end_param = end_param,
  .begin_array = begin_array,
  .end_array = end_array,
  .begin_struct = begin_struct,
  .end_struct = end_struct,
  .begin_member = begin_member,
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
xml_rpc_to_xml_add_string (XmlRpcSink *self,
                           const char *text)
{
  if (g_utf8_validate (text, -1, NULL))
    add_text (self, text, strlen (text));
  else
    xml_rpc_sink_fail (self, XML_RPC_ERROR_INVALID_VALUE, "expected UTF-8, got bytes that are not");
}
