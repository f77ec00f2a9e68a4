/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-json.h"

#include "../variant/xml-rpc-buffer-private.h"
#include "../variant/xml-rpc-variant-reader-private.h"
#include "xml-rpc-sink-private.h"
#include "xml-rpc-base64-private.h"
#include "xml-rpc-number-private.h"
#include "xml-rpc-type-private.h"

#include <math.h>

/* Variants within variants leave no trace, but GVariant has a limit as well. */
#define MAX_LEVELS 128

typedef struct
{
  XmlRpcBuffer        out;
  XmlRpcVariantReader reader;
  guint               nesting;   /* arrays and structs */
  guint               n_levels;  /* variants and maybes */
} JsonWriter;

#define add_literal(self, literal) xml_rpc_buffer_append (&(self)->out, (literal), sizeof (literal) - 1)

static gboolean add_value (JsonWriter              *self,
                           const XmlRpcVariantSpan *span);

/* What a byte of a string needs (section 7 of RFC 8259). */
static const guint8 must_be_escaped[256] = {
  [0x00 ... 0x1f] = TRUE,
  ['"'] = TRUE,
  ['\\'] = TRUE,
};

static void
add_escape (JsonWriter *self,
            char        character)
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

static void
add_string (JsonWriter              *self,
            const XmlRpcVariantSpan *span)
{
  const char *plain = (const char *) span->data;
  const char *end = plain + span->size - 1;

  xml_rpc_buffer_append_byte (&self->out, '"');
  for (const char *next = plain; next < end; next++)
    {
      if (G_LIKELY (!must_be_escaped[(guint8) *next]))
        continue;

      xml_rpc_buffer_append (&self->out, plain, next - plain);
      add_escape (self, *next);
      plain = next + 1;
    }
  xml_rpc_buffer_append (&self->out, plain, end - plain);
  xml_rpc_buffer_append_byte (&self->out, '"');
}

static void
add_integer (JsonWriter              *self,
             const XmlRpcVariantSpan *span)
{
  char *digits = (char *) xml_rpc_buffer_reserve (&self->out, XML_RPC_INTEGER_MAX_LENGTH);

  self->out.length += xml_rpc_format_integer (digits, xml_rpc_variant_span_get_integer (span));
}

static void
add_form (JsonWriter      *self,
          XmlRpcValueKind  kind)
{
  const char *start = xml_rpc_types[kind].json_start;

  xml_rpc_buffer_append (&self->out, start, strlen (start));
}

static void
add_i8 (JsonWriter              *self,
        const XmlRpcVariantSpan *span)
{
  add_form (self, XML_RPC_VALUE_I8);
  add_integer (self, span);
  add_literal (self, "\"}");
}

static void
add_number_name (JsonWriter *self,
                 const char *name)
{
  add_form (self, XML_RPC_VALUE_DOUBLE);
  xml_rpc_buffer_append (&self->out, name, strlen (name));
  add_literal (self, "\"}");
}

static void
add_double (JsonWriter              *self,
            const XmlRpcVariantSpan *span)
{
  char *digits = (char *) xml_rpc_buffer_reserve (&self->out, XML_RPC_DOUBLE_MAX_LENGTH);
  double value;

  memcpy (&value, span->data, sizeof value);

  if (isnan (value))
    add_number_name (self, "NaN");
  else if (isinf (value) && value < 0)
    add_number_name (self, "-Infinity");
  else if (isinf (value))
    add_number_name (self, "Infinity");
  else
    self->out.length += xml_rpc_format_double (digits, value);
}

static void
add_base64 (JsonWriter              *self,
            const XmlRpcVariantSpan *span)
{
  char *text;

  add_form (self, XML_RPC_VALUE_BASE64);
  text = (char *) xml_rpc_buffer_reserve (&self->out, XML_RPC_BASE64_ENCODED_LENGTH (span->size));
  self->out.length += xml_rpc_base64_encode (span->data, span->size, text);
  add_literal (self, "\"}");
}

static gboolean
add_array (JsonWriter              *self,
           const XmlRpcVariantSpan *span)
{
  XmlRpcVariantSpanIter iter;
  XmlRpcVariantSpan item;
  gboolean is_first = TRUE;

  if (self->nesting == XML_RPC_MAX_NESTING)
    return FALSE;

  self->nesting++;
  xml_rpc_buffer_append_byte (&self->out, '[');
  xml_rpc_variant_span_iter_init (&iter, &self->reader, span);
  for (; xml_rpc_variant_span_iter_next (&iter, &item); is_first = FALSE)
    {
      if (!is_first)
        xml_rpc_buffer_append_byte (&self->out, ',');
      if (!add_value (self, &item))
        return FALSE;
    }
  xml_rpc_buffer_append_byte (&self->out, ']');
  self->nesting--;

  return TRUE;
}

static const char *
get_name (JsonWriter              *self,
          const XmlRpcVariantSpan *entry)
{
  XmlRpcVariantSpanIter iter;
  XmlRpcVariantSpan name;

  xml_rpc_variant_span_iter_init (&iter, &self->reader, entry);
  xml_rpc_variant_span_iter_next (&iter, &name);

  return (const char *) name.data;
}

/* Whether a struct would be taken for one of the forms that JSON lacks. Of
 * members of the same name most readers of JSON see only the last. */
static gboolean
looks_like_form (JsonWriter              *self,
                 const XmlRpcVariantSpan *span)
{
  XmlRpcVariantSpanIter iter;
  XmlRpcVariantSpan entry;
  const char *first = NULL;

  if (span->layout->kind == '{')
    return *get_name (self, span) == '$';

  xml_rpc_variant_span_iter_init (&iter, &self->reader, span);
  while (xml_rpc_variant_span_iter_next (&iter, &entry))
    {
      const char *name = get_name (self, &entry);

      if (*name != '$' || (first != NULL && strcmp (first, name) != 0))
        return FALSE;
      first = name;
    }

  return first != NULL;
}

static gboolean
add_member (JsonWriter              *self,
            const XmlRpcVariantSpan *entry)
{
  XmlRpcVariantSpanIter iter;
  XmlRpcVariantSpan name, value;

  xml_rpc_variant_span_iter_init (&iter, &self->reader, entry);
  xml_rpc_variant_span_iter_next (&iter, &name);
  xml_rpc_variant_span_iter_next (&iter, &value);

  add_string (self, &name);
  xml_rpc_buffer_append_byte (&self->out, ':');
  return add_value (self, &value);
}

static gboolean
add_members (JsonWriter              *self,
             const XmlRpcVariantSpan *span)
{
  XmlRpcVariantSpanIter iter;
  XmlRpcVariantSpan entry;
  gboolean is_first = TRUE;

  if (span->layout->kind == '{')
    return add_member (self, span);

  xml_rpc_variant_span_iter_init (&iter, &self->reader, span);
  for (; xml_rpc_variant_span_iter_next (&iter, &entry); is_first = FALSE)
    {
      if (!is_first)
        xml_rpc_buffer_append_byte (&self->out, ',');
      if (!add_member (self, &entry))
        return FALSE;
    }

  return TRUE;
}

static gboolean
add_struct (JsonWriter              *self,
            const XmlRpcVariantSpan *span)
{
  gboolean is_wrapped = looks_like_form (self, span);

  if (self->nesting == XML_RPC_MAX_NESTING)
    return FALSE;

  self->nesting++;
  if (is_wrapped)
    add_literal (self, "{\"$struct\":");
  xml_rpc_buffer_append_byte (&self->out, '{');
  if (!add_members (self, span))
    return FALSE;
  xml_rpc_buffer_append_byte (&self->out, '}');
  if (is_wrapped)
    xml_rpc_buffer_append_byte (&self->out, '}');
  self->nesting--;

  return TRUE;
}

static gboolean
add_special (JsonWriter              *self,
             const XmlRpcVariantSpan *span)
{
  XmlRpcVariantSpanIter iter;
  XmlRpcVariantSpan path, text;
  const XmlRpcType *type;

  if (!xml_rpc_type_is_layout_special (span->layout))
    return FALSE;

  xml_rpc_variant_span_iter_init (&iter, &self->reader, span);
  xml_rpc_variant_span_iter_next (&iter, &path);
  xml_rpc_variant_span_iter_next (&iter, &text);

  type = xml_rpc_type_find_by_path ((const char *) path.data);
  if (type == NULL)
    return FALSE;

  add_literal (self, "{\"");
  xml_rpc_buffer_append (&self->out, type->json_name, strlen (type->json_name));
  add_literal (self, "\":");
  add_string (self, &text);
  xml_rpc_buffer_append_byte (&self->out, '}');
  return TRUE;
}

static gboolean
add_array_or_struct (JsonWriter              *self,
                     const XmlRpcVariantSpan *span)
{
  const XmlRpcVariantLayout *element = xml_rpc_variant_layout_first (span->layout);

  if (element->kind == '{')
    return xml_rpc_variant_layout_is_string (xml_rpc_variant_layout_first (element)) && add_struct (self, span);

  if (element->kind != 'y')
    return add_array (self, span);

  add_base64 (self, span);
  return TRUE;
}

/* The content of a maybe or a variant, or nil if there is none. */
static gboolean
add_content (JsonWriter              *self,
             const XmlRpcVariantSpan *span)
{
  XmlRpcVariantSpanIter iter;
  XmlRpcVariantSpan content;

  if (self->n_levels == MAX_LEVELS)
    return FALSE;

  xml_rpc_variant_span_iter_init (&iter, &self->reader, span);
  if (!xml_rpc_variant_span_iter_next (&iter, &content))
    {
      add_literal (self, "null");
      return TRUE;
    }

  self->n_levels++;
  if (!add_value (self, &content))
    return FALSE;
  self->n_levels--;

  return TRUE;
}

static gboolean
add_value (JsonWriter              *self,
           const XmlRpcVariantSpan *span)
{
  switch (span->layout->kind)
    {
    case 's': case 'o': case 'g':
      add_string (self, span);
      return TRUE;

    case 'y': case 'n': case 'q': case 'i':
      add_integer (self, span);
      return TRUE;

    case 'u': case 'x': case 't':
      add_i8 (self, span);
      return span->layout->kind != 't' || xml_rpc_variant_span_get_integer (span) >= 0;

    case 'b':
      if (*span->data)
        add_literal (self, "true");
      else
        add_literal (self, "false");
      return TRUE;

    case 'd':
      add_double (self, span);
      return TRUE;

    case 'v': case 'm':
      return add_content (self, span);

    case 'a':
      return add_array_or_struct (self, span);

    case '(':
      return add_special (self, span) || add_array (self, span);

    case '{':
      return xml_rpc_variant_layout_is_string (xml_rpc_variant_layout_first (span->layout)) &&
             add_struct (self, span);

    default:
      return FALSE;
    }
}

/**
 * xml_rpc_variant_to_json:
 * @value: a value
 *
 * Writes a value as JSON (RFC 8259, in UTF-8), so that a language with a fast
 * parser of JSON need not take a [type@GLib.Variant] apart item by item.
 *
 * An int is a number without a point, a double one with a point and without an
 * exponent, nil is `null`, and booleans, strings, arrays and structs are what
 * they are in JSON. Names that a struct has twice are written twice. What JSON
 * lacks is an object with a single member:
 *
 * | XML-RPC | GVariant | JSON |
 * | --- | --- | --- |
 * | i8 | `x` | `{"$i8": "5"}`, a string, for many readers keep 53 bits |
 * | double | `d` | `{"$double": "NaN"}`, `"Infinity"`, `"-Infinity"`; all others are numbers |
 * | base64 | `ay` | `{"$base64": "AAEC"}` |
 * | dateTime.iso8601 | `(os)` | `{"$dateTime": "19980717T14:08:55"}` |
 * | ex:biginteger | `(os)` | `{"$biginteger": "9223372036854775808"}` |
 * | ex:bigdecimal | `(os)` | `{"$bigdecimal": "0.1"}` |
 * | struct | `a{sv}` | `{"$struct": {...}}` if its only name starts with `$` |
 *
 * All types that [func@XmlRpc.encode_response] takes are written, as the type
 * that their element has. [func@XmlRpc.variant_from_json] reads natural types
 * back without loss.
 *
 * Returns: (transfer full) (nullable): the JSON, or %NULL if XML-RPC has no form
 *   for @value: it has a type that XML-RPC lacks, an integer above 2⁶³ - 1, or
 *   arrays and structs nested more than 40 deep
 *
 * Since: 1.0
 */
char *
xml_rpc_variant_to_json (GVariant *value)
{
  G_GNUC_UNUSED g_autoptr (GVariant) sunk = value != NULL ? g_variant_ref_sink (value) : NULL;
  JsonWriter self = { .out = XML_RPC_BUFFER_INIT };
  gboolean is_complete;

  g_return_val_if_fail (value != NULL, NULL);

  xml_rpc_type_init ();
  xml_rpc_variant_reader_init (&self.reader, value);
  is_complete = add_value (&self, &self.reader.root);
  xml_rpc_variant_reader_clear (&self.reader);

  if (!is_complete)
    {
      xml_rpc_buffer_clear (&self.out);
      return NULL;
    }

  return xml_rpc_buffer_steal_string (&self.out);
}
