/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-natural-form-private.h"

#include <math.h>
#include <string.h>

#define MIN_DOUBLE_DIGITS 15
#define MAX_DOUBLE_DIGITS 17

typedef void (*AppendFunc) (GString  *text,
                            GVariant *value);

static void append_value (GString  *text,
                          GVariant *value);

static void
append_int (GString  *text,
            GVariant *value)
{
  g_string_append_printf (text, "%" G_GINT32_FORMAT, g_variant_get_int32 (value));
}

static void
append_i8 (GString  *text,
           GVariant *value)
{
  g_string_append_printf (text, "%" G_GINT64_FORMAT, g_variant_get_int64 (value));
}

static void
append_boolean (GString  *text,
                GVariant *value)
{
  g_string_append (text, g_variant_get_boolean (value) ? "true" : "false");
}

static void
append_double (GString  *text,
               GVariant *value)
{
  double number = g_variant_get_double (value);
  char format[sizeof "%.17g"];
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  /* C libraries write some of them with a sign. */
  if (isnan (number))
    {
      g_string_append (text, "nan");
      return;
    }

  for (int precision = MIN_DOUBLE_DIGITS; precision <= MAX_DOUBLE_DIGITS; precision++)
    {
      g_snprintf (format, sizeof format, "%%.%dg", precision);
      g_ascii_formatd (digits, sizeof digits, format, number);
      if (g_ascii_strtod (digits, NULL) == number)
        break;
    }

  g_string_append (text, digits);
  if (strspn (digits, "-0123456789") == strlen (digits))
    g_string_append (text, ".0");
}

static void
append_string (GString  *text,
               GVariant *value)
{
  g_string_append_printf (text, "\"%s\"", g_variant_get_string (value, NULL));
}

static void
append_special (GString  *text,
                GVariant *value)
{
  g_string_append (text, xml_rpc_special_form_get_text (value));
}

static void
append_base64 (GString  *text,
               GVariant *value)
{
  gsize size = g_variant_get_size (value);

  g_string_append_printf (text, "<%" G_GSIZE_FORMAT " byte%s>", size, size == 1 ? "" : "s");
}

static void
append_array (GString  *text,
              GVariant *value)
{
  GVariantIter iter;
  GVariant *item;
  const char *separator = "";

  g_string_append_c (text, '[');
  g_variant_iter_init (&iter, value);
  while (g_variant_iter_loop (&iter, "v", &item))
    {
      g_string_append (text, separator);
      append_value (text, item);
      separator = ", ";
    }
  g_string_append_c (text, ']');
}

static void
append_struct (GString  *text,
               GVariant *value)
{
  GVariantIter iter;
  const char *name;
  GVariant *member;
  const char *separator = "";

  g_string_append_c (text, '{');
  g_variant_iter_init (&iter, value);
  while (g_variant_iter_loop (&iter, "{&sv}", &name, &member))
    {
      g_string_append_printf (text, "%s%s: ", separator, name);
      append_value (text, member);
      separator = ", ";
    }
  g_string_append_c (text, '}');
}

static void
append_nil (GString  *text,
            GVariant *value)
{
  g_string_append (text, "nil");
}

static const AppendFunc append_funcs[] = {
  [XML_RPC_VALUE_INT]         = append_int,
  [XML_RPC_VALUE_I8]          = append_i8,
  [XML_RPC_VALUE_BOOLEAN]     = append_boolean,
  [XML_RPC_VALUE_DOUBLE]      = append_double,
  [XML_RPC_VALUE_STRING]      = append_string,
  [XML_RPC_VALUE_DATE_TIME]   = append_special,
  [XML_RPC_VALUE_BASE64]      = append_base64,
  [XML_RPC_VALUE_ARRAY]       = append_array,
  [XML_RPC_VALUE_STRUCT]      = append_struct,
  [XML_RPC_VALUE_NIL]         = append_nil,
  [XML_RPC_VALUE_BIG_INTEGER] = append_special,
  [XML_RPC_VALUE_BIG_DECIMAL] = append_special,
};

static void
append_value (GString  *text,
              GVariant *value)
{
  append_funcs[xml_rpc_natural_form_get_kind (value)] (text, value);
}

char *
xml_rpc_natural_form_to_string (GVariant *natural)
{
  GString *text;

  if (g_variant_is_of_type (natural, G_VARIANT_TYPE_STRING))
    return g_variant_dup_string (natural, NULL);

  text = g_string_new (NULL);
  append_value (text, natural);

  return g_string_free (text, FALSE);
}
