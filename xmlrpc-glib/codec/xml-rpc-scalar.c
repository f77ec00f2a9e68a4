/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-scalar-private.h"

#include "../xml-rpc-error.h"
#include "xml-rpc-number-private.h"

#define SHOWN_LENGTH 40

typedef struct
{
  gint64 min;
  gint64 max;
} Range;

/* Returns NULL if it is not an integer. */
static inline const Range *
get_range (char kind)
{
  static const Range int32_range = { G_MININT32, G_MAXINT32 };
  static const Range int64_range = { G_MININT64, G_MAXINT64 };
  static const Range uint32_range = { 0, G_MAXUINT32 };
  static const Range uint64_range = { 0, G_MAXINT64 };
  static const Range byte_range = { 0, G_MAXUINT8 };
  static const Range int16_range = { G_MININT16, G_MAXINT16 };
  static const Range uint16_range = { 0, G_MAXUINT16 };

  switch (kind)
    {
    case 'i':
      return &int32_range;
    case 'x':
      return &int64_range;
    case 'u':
      return &uint32_range;
    case 't':
      return &uint64_range;
    case 'y':
      return &byte_range;
    case 'n':
      return &int16_range;
    case 'q':
      return &uint16_range;
    default:
      return NULL;
    }
}

static const char *
describe_layout (const XmlRpcVariantLayout *layout)
{
  switch (layout->kind)
    {
    case 'b':
      return "boolean";
    case 'y': case 'n': case 'q': case 'i': case 'u':
      return "int";
    case 'x': case 't':
      return "i8";
    case 'd':
      return "double";
    case 's': case 'o': case 'g':
      return "string";
    case '{':
      return "struct";
    case 'a':
      if (layout[1].kind == '{')
        return "struct";
      return layout[1].kind == 'y' ? "base64" : "array";
    default:
      return "array";
    }
}

gboolean
xml_rpc_scalar_mismatch (const XmlRpcVariantLayout  *expected,
                         const char                 *got,
                         GError                    **error)
{
  g_set_error (error, XML_RPC_ERROR, XML_RPC_ERROR_TYPE_MISMATCH,
               "expected %s, got %s", describe_layout (expected), got);
  return FALSE;
}

static gboolean
refuse_text (const char  *expected,
             const char  *text,
             gsize        length,
             GError     **error)
{
  g_autofree char *shown = g_utf8_make_valid (text, MIN (length, SHOWN_LENGTH));

  g_set_error (error, XML_RPC_ERROR, XML_RPC_ERROR_INVALID_VALUE,
               "expected %s, got \"%s\"%s", expected, shown, length > SHOWN_LENGTH ? "..." : "");
  return FALSE;
}

static gboolean
write_double (double                      value,
              const XmlRpcVariantLayout  *layout,
              XmlRpcVariantWriter        *writer,
              GError                    **error)
{
  if (layout->kind != 'd')
    return xml_rpc_scalar_mismatch (layout, "double", error);

  xml_rpc_variant_writer_add (writer, layout, &value);
  return TRUE;
}

/* Whether there are at most 53 bits from the first to the last. Told by integers:
 * on 32-bit x86 a conversion to double and back may keep what no double does. */
static gboolean
fits_double (gint64 value)
{
  const guint64 max = G_GUINT64_CONSTANT (1) << 53;
  const guint64 magnitude = value < 0 ? -(guint64) value : (guint64) value;

  return magnitude <= max || magnitude / (magnitude & -magnitude) <= max;
}

/* Into any integer type that can hold it, and into a double that can. */
static gboolean
write_integer (gint64                      value,
               const XmlRpcType           *type,
               const XmlRpcVariantLayout  *layout,
               XmlRpcVariantWriter        *writer,
               GError                    **error)
{
  union { guint8 y; guint16 q; guint32 u; guint64 t; } stored;
  const Range *range = get_range (layout->kind);

  if (layout->kind == 'd' && fits_double (value))
    return write_double (value, layout, writer, error);
  if (range == NULL)
    return xml_rpc_scalar_mismatch (layout, type->name, error);

  if (value < range->min || value > range->max)
    {
      g_set_error (error, XML_RPC_ERROR, XML_RPC_ERROR_TYPE_MISMATCH,
                   "expected an integer from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT ", got %" G_GINT64_FORMAT,
                   range->min, range->max, value);
      return FALSE;
    }

  switch (layout->fixed_size)
    {
    case 1:
      stored.y = value;
      break;
    case 2:
      stored.q = value;
      break;
    case 4:
      stored.u = value;
      break;
    default:
      stored.t = value;
      break;
    }
  xml_rpc_variant_writer_add (writer, layout, &stored);

  return TRUE;
}

static gboolean
read_integer (const char                 *text,
              gsize                       length,
              const XmlRpcType           *type,
              const XmlRpcVariantLayout  *layout,
              XmlRpcVariantWriter        *writer,
              GError                    **error)
{
  g_autofree char *expected = NULL;
  gint64 value;

  switch (xml_rpc_parse_integer (text, length, &value))
    {
    case XML_RPC_NUMBER_OK:
      if (value >= type->min && value <= type->max)
        return write_integer (value, type, layout, writer, error);
      break;
    case XML_RPC_NUMBER_MALFORMED:
      return refuse_text ("an integer", text, length, error);
    case XML_RPC_NUMBER_OUT_OF_RANGE:
    default:
      break;
    }

  expected = g_strdup_printf ("an integer from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, type->min, type->max);
  return refuse_text (expected, text, length, error);
}

static gboolean
read_double (const char                 *text,
             gsize                       length,
             const XmlRpcVariantLayout  *layout,
             XmlRpcVariantWriter        *writer,
             GError                    **error)
{
  double value;

  switch (xml_rpc_parse_double (text, length, &value))
    {
    case XML_RPC_NUMBER_OK:
      return write_double (value, layout, writer, error);
    case XML_RPC_NUMBER_OUT_OF_RANGE:
      return refuse_text ("a number that a double can hold", text, length, error);
    case XML_RPC_NUMBER_MALFORMED:
    default:
      return refuse_text ("a number", text, length, error);
    }
}

static void
strip_space (const char **text,
             gsize       *length)
{
  while (*length > 0 && g_ascii_isspace (**text))
    {
      (*text)++;
      (*length)--;
    }
  while (*length > 0 && g_ascii_isspace ((*text)[*length - 1]))
    (*length)--;
}

static gboolean
parse_boolean (const char *text,
               gsize       length,
               guint8     *value)
{
  static const struct {
    const char *name;
    gsize       length;
    guint8      value;
  } names[] = {
    { "1", 1, TRUE }, { "0", 1, FALSE }, { "true", 4, TRUE }, { "false", 5, FALSE },
  };

  if (length == 1 && (*text == '0' || *text == '1'))
    {
      *value = *text == '1';
      return TRUE;
    }

  strip_space (&text, &length);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (length == names[i].length && g_ascii_strncasecmp (text, names[i].name, length) == 0)
        {
          *value = names[i].value;
          return TRUE;
        }
    }

  return FALSE;
}

static gboolean
read_boolean (const char                 *text,
              gsize                       length,
              const XmlRpcVariantLayout  *layout,
              XmlRpcVariantWriter        *writer,
              GError                    **error)
{
  guint8 value;

  if (!parse_boolean (text, length, &value))
    return refuse_text ("0 or 1", text, length, error);
  if (layout->kind != 'b')
    return xml_rpc_scalar_mismatch (layout, "boolean", error);

  xml_rpc_variant_writer_add (writer, layout, &value);
  return TRUE;
}

/* The text as it came: into the special form, or where a string is expected
 * into that. */
static gboolean
read_special (const char                 *text,
              gsize                       length,
              const XmlRpcType           *type,
              const XmlRpcVariantLayout  *layout,
              XmlRpcVariantWriter        *writer,
              GError                    **error)
{
  const XmlRpcVariantLayout *member = xml_rpc_variant_layout_first (xml_rpc_layout_special);

  if (layout->kind == 's')
    {
      xml_rpc_variant_writer_add_string (writer, layout, text, length);
      return TRUE;
    }

  if (!xml_rpc_type_is_layout_special (layout))
    return xml_rpc_scalar_mismatch (layout, type->name, error);

  xml_rpc_variant_writer_open (writer, layout);
  xml_rpc_variant_writer_add_string (writer, member, type->path, strlen (type->path));
  xml_rpc_variant_writer_add_string (writer, xml_rpc_variant_layout_next (member), text, length);
  xml_rpc_variant_writer_close (writer);

  return TRUE;
}

gboolean
xml_rpc_scalar_write (const XmlRpcType           *type,
                      const char                 *text,
                      gsize                       length,
                      const XmlRpcVariantLayout  *layout,
                      XmlRpcVariantWriter        *writer,
                      GError                    **error)
{
  switch ((int) type->form)
    {
    case XML_RPC_FORM_INTEGER:
      return read_integer (text, length, type, layout, writer, error);
    case XML_RPC_FORM_BOOLEAN:
      return read_boolean (text, length, layout, writer, error);
    case XML_RPC_FORM_DOUBLE:
      return read_double (text, length, layout, writer, error);
    default:
      return read_special (text, length, type, layout, writer, error);
    }
}
