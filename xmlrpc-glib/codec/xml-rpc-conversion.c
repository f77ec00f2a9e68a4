/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-conversion-private.h"

#include <math.h>

#include "../values/xml-rpc-natural-form-private.h"
#include "xml-rpc-number-private.h"
#include "xml-rpc-value-decoder-private.h"

/* The value decoder gets the value told once more, element by element: so there
 * is one place that knows what fits which type. Whatever fails leaves the
 * decoder where it was, which is where the error is. */

static gboolean add_value (XmlRpcValueDecoder *decoder,
                           GVariant           *value);

static gboolean
start (XmlRpcValueDecoder *decoder,
       XmlRpcElement       element)
{
  xml_rpc_value_decoder_start_element (decoder, element);

  return decoder->error == NULL;
}

static gboolean
end (XmlRpcValueDecoder *decoder)
{
  xml_rpc_value_decoder_end_element (decoder);

  return decoder->error == NULL;
}

static gboolean
add_text (XmlRpcValueDecoder *decoder,
          XmlRpcElement       element,
          const char         *text,
          gsize               length)
{
  if (!start (decoder, element))
    return FALSE;

  xml_rpc_value_decoder_add_text (decoder, text, length);

  return decoder->error == NULL && end (decoder);
}

static gboolean
add_string (XmlRpcValueDecoder *decoder,
            XmlRpcElement       element,
            GVariant           *value)
{
  gsize length;
  const char *text = g_variant_get_string (value, &length);

  return add_text (decoder, element, text, length);
}

static gboolean
add_special (XmlRpcValueDecoder *decoder,
             XmlRpcElement       element,
             GVariant           *value)
{
  const char *text = xml_rpc_special_form_get_text (value);

  return add_text (decoder, element, text, strlen (text));
}

static gboolean
add_integer (XmlRpcValueDecoder *decoder,
             XmlRpcElement       element,
             gint64              value)
{
  char text[XML_RPC_INTEGER_MAX_LENGTH];

  return add_text (decoder, element, text, xml_rpc_format_integer (text, value));
}

static gboolean
add_double (XmlRpcValueDecoder *decoder,
            double              value)
{
  char text[XML_RPC_DOUBLE_MAX_LENGTH];

  if (isnan (value))
    return add_text (decoder, XML_RPC_ELEMENT_FIRST_TYPE + XML_RPC_VALUE_DOUBLE, "nan", 3);
  if (isinf (value))
    return add_text (decoder, XML_RPC_ELEMENT_FIRST_TYPE + XML_RPC_VALUE_DOUBLE, value < 0 ? "-inf" : "+inf", 4);

  return add_text (decoder, XML_RPC_ELEMENT_FIRST_TYPE + XML_RPC_VALUE_DOUBLE, text, xml_rpc_format_double (text, value));
}

static gboolean
add_bytes (XmlRpcValueDecoder *decoder,
           GVariant           *value)
{
  gsize length = g_variant_get_size (value);
  g_autofree char *text = g_malloc (XML_RPC_BASE64_ENCODED_LENGTH (length));

  length = xml_rpc_base64_encode (g_variant_get_data (value), length, text);

  return add_text (decoder, XML_RPC_ELEMENT_FIRST_TYPE + XML_RPC_VALUE_BASE64, text, length);
}

static gboolean
add_items (XmlRpcValueDecoder *decoder,
           GVariant           *array)
{
  gsize n_items = g_variant_n_children (array);

  if (!start (decoder, XML_RPC_ELEMENT_FIRST_TYPE + XML_RPC_VALUE_ARRAY) || !start (decoder, XML_RPC_ELEMENT_DATA))
    return FALSE;

  for (gsize i = 0; i < n_items; i++)
    {
      g_autoptr (GVariant) item = NULL;

      g_variant_get_child (array, i, "v", &item);
      if (!start (decoder, XML_RPC_ELEMENT_VALUE) || !add_value (decoder, item) || !end (decoder))
        return FALSE;
    }

  return end (decoder) && end (decoder);
}

static gboolean
add_member (XmlRpcValueDecoder *decoder,
            GVariant           *structure,
            gsize               index)
{
  g_autoptr (GVariant) value = NULL;
  const char *name;

  g_variant_get_child (structure, index, "{&sv}", &name, &value);

  return start (decoder, XML_RPC_ELEMENT_MEMBER) &&
         add_text (decoder, XML_RPC_ELEMENT_NAME, name, strlen (name)) &&
         start (decoder, XML_RPC_ELEMENT_VALUE) &&
         add_value (decoder, value) &&
         end (decoder) &&
         end (decoder);
}

static gboolean
add_members (XmlRpcValueDecoder *decoder,
             GVariant           *structure)
{
  gsize n_members = g_variant_n_children (structure);

  if (!start (decoder, XML_RPC_ELEMENT_FIRST_TYPE + XML_RPC_VALUE_STRUCT))
    return FALSE;

  for (gsize i = 0; i < n_members; i++)
    {
      if (!add_member (decoder, structure, i))
        return FALSE;
    }

  return end (decoder);
}

static gboolean
add_value (XmlRpcValueDecoder *decoder,
           GVariant           *value)
{
  switch (xml_rpc_natural_form_get_kind (value))
    {
    case XML_RPC_VALUE_INT:
      return add_integer (decoder, XML_RPC_ELEMENT_FIRST_TYPE + XML_RPC_VALUE_INT, g_variant_get_int32 (value));
    case XML_RPC_VALUE_I8:
      return add_integer (decoder, XML_RPC_ELEMENT_FIRST_TYPE + XML_RPC_VALUE_I8, g_variant_get_int64 (value));
    case XML_RPC_VALUE_BOOLEAN:
      return add_integer (decoder, XML_RPC_ELEMENT_FIRST_TYPE + XML_RPC_VALUE_BOOLEAN, g_variant_get_boolean (value));
    case XML_RPC_VALUE_DOUBLE:
      return add_double (decoder, g_variant_get_double (value));
    case XML_RPC_VALUE_STRING:
      return add_string (decoder, XML_RPC_ELEMENT_FIRST_TYPE + XML_RPC_VALUE_STRING, value);
    case XML_RPC_VALUE_BASE64:
      return add_bytes (decoder, value);
    case XML_RPC_VALUE_ARRAY:
      return add_items (decoder, value);
    case XML_RPC_VALUE_STRUCT:
      return add_members (decoder, value);
    case XML_RPC_VALUE_NIL:
      return start (decoder, XML_RPC_ELEMENT_FIRST_TYPE + XML_RPC_VALUE_NIL) && end (decoder);
    case XML_RPC_VALUE_DATE_TIME:
      return add_special (decoder, XML_RPC_ELEMENT_FIRST_TYPE + XML_RPC_VALUE_DATE_TIME, value);
    case XML_RPC_VALUE_BIG_INTEGER:
      return add_special (decoder, XML_RPC_ELEMENT_FIRST_TYPE + XML_RPC_VALUE_BIG_INTEGER, value);
    case XML_RPC_VALUE_BIG_DECIMAL:
    default:
      return add_special (decoder, XML_RPC_ELEMENT_FIRST_TYPE + XML_RPC_VALUE_BIG_DECIMAL, value);
    }
}

/* Takes the decoder's error and says where in the value it is. What it shows of
 * the value may have been cut within a character. */
static void
propagate_error (XmlRpcValueDecoder  *decoder,
                 GError             **error)
{
  g_autoptr (GString) place = g_string_new (NULL);
  g_autofree char *message = g_utf8_make_valid (decoder->error->message, -1);

  xml_rpc_value_decoder_append_place (decoder, place);
  g_set_error (error, decoder->error->domain, decoder->error->code, "%s%s%s",
               place->str, place->len > 0 ? ": " : "", message);
}

static GVariant *
convert (GVariant                   *natural,
         const XmlRpcVariantLayout  *expected,
         GError                    **error)
{
  XmlRpcValueDecoder decoder;
  GVariant *converted = NULL;

  xml_rpc_value_decoder_init (&decoder);
  xml_rpc_value_decoder_begin (&decoder, expected);

  if (add_value (&decoder, natural) && end (&decoder))
    converted = xml_rpc_variant_writer_end (&decoder.writer, decoder.result);
  else
    propagate_error (&decoder, error);

  xml_rpc_value_decoder_clear (&decoder);

  return converted;
}

GVariant *
xml_rpc_convert (GVariant            *natural,
                 const GVariantType  *type,
                 GError             **error)
{
  const XmlRpcVariantLayout *expected;
  XmlRpcVariantLayouts layouts;
  GVariant *converted = NULL;

  if (type == NULL || g_variant_is_of_type (natural, type))
    return g_variant_ref (natural);

  xml_rpc_variant_layouts_init (&layouts);
  expected = xml_rpc_variant_layouts_lookup (&layouts, g_variant_type_peek_string (type),
                                             g_variant_type_get_string_length (type));
  if (xml_rpc_value_decoder_check_type (expected, error))
    converted = convert (natural, expected, error);
  xml_rpc_variant_layouts_clear (&layouts);

  return converted;
}
