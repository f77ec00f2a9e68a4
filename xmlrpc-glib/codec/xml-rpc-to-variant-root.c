/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What is expected of the values at the root, and what becomes of them.
 *
 * A response has one value, but some servers send several: a status and a text, for
 * instance. They become a tuple.
 *
 * An expected tuple is read from an array in other responses, so the first value decides: an
 * array is all of the tuple, anything else is its first member. If that may be an array
 * itself, it is known only in the end which of the two it was. Then the values are read
 * as their natural types first. */

#include "xml-rpc-to-variant-private.h"

#include "xml-rpc-stream-private.h"

/* The first type within a type that no XML-RPC value could be read into: a
 * handle, or a dictionary whose keys are no strings. */
static const XmlRpcVariantLayout *
find_unsupported (const XmlRpcVariantLayout *type)
{
  for (const XmlRpcVariantLayout *layout = type; layout != xml_rpc_variant_layout_next (type); layout++)
    {
      if (layout->kind == 'h' || (layout->kind == '{' && !xml_rpc_variant_layout_is_string (layout + 1)))
        return layout;
    }

  return NULL;
}

gboolean
xml_rpc_to_variant_expect (XmlRpcToVariant    *self,
                           const GVariantType *type)
{
  const XmlRpcVariantLayout *unsupported;

  if (type == NULL)
    return TRUE;
  if (!g_variant_type_is_definite (type))
    {
      self->pattern = g_variant_type_copy (type);
      return TRUE;
    }

  self->expected = xml_rpc_variant_layouts_lookup (&self->layouts, g_variant_type_peek_string (type),
                                                   g_variant_type_get_string_length (type));
  unsupported = find_unsupported (self->expected);
  if (unsupported == NULL)
    return TRUE;

  xml_rpc_sink_fail (&self->sink, XML_RPC_ERROR_UNSUPPORTED_TYPE,
                     "XML-RPC has no form for the expected type \"%.*s\"",
                     (int) unsupported->type_length, unsupported->type);
  return FALSE;
}

void
xml_rpc_to_variant_expect_any (XmlRpcToVariant *self)
{
  self->expected = NULL;
  self->may_have_params = FALSE;
  g_clear_pointer (&self->pattern, g_variant_type_free);
  g_clear_pointer (&self->converted, g_variant_type_free);
}

static gboolean
may_be_array (const XmlRpcVariantLayout *layout)
{
  if (layout->kind == 'a')
    return layout[1].kind != '{' && layout[1].kind != 'y';

  return layout->kind == '(' || layout->kind == 'm' || layout->kind == 'v';
}

gboolean
xml_rpc_to_variant_expect_response (XmlRpcToVariant    *self,
                                    const GVariantType *type)
{
  if (!xml_rpc_to_variant_expect (self, type))
    return FALSE;

  if (self->expected == NULL || self->expected->kind != '(' || xml_rpc_type_is_layout_special (self->expected) ||
      xml_rpc_variant_layout_count_members (self->expected) < 2)
    {
      self->is_one_expected = self->expected != NULL;
    }
  else if (!may_be_array (xml_rpc_variant_layout_first (self->expected)))
    {
      self->may_have_params = TRUE;
      self->is_one_expected = TRUE;
    }
  else
    {
      self->converted = g_variant_type_copy (type);
      self->expected = NULL;
    }

  return TRUE;
}

static void
keep_value (XmlRpcToVariant *self)
{
  g_ptr_array_add (self->values, xml_rpc_variant_writer_end (&self->writer, self->result));
}

void
xml_rpc_to_variant_begin_another (XmlRpcToVariant *self)
{
  if (self->has_params)
    return;

  if (self->values == NULL)
    self->values = g_ptr_array_new_with_free_func ((GDestroyNotify) g_variant_unref);
  keep_value (self);
  self->expected = NULL;
  self->may_have_params = FALSE;
}

/* All values in one, or NULL if there may be no others. */
static GVariant *
end_values (XmlRpcToVariant  *self,
            GError          **error)
{
  if (self->values == NULL)
    return xml_rpc_variant_writer_end (&self->writer, self->result);

  keep_value (self);
  if (!self->is_one_expected)
    return g_variant_ref_sink (g_variant_new_tuple ((GVariant * const *) self->values->pdata, self->values->len));

  g_set_error (error, XML_RPC_ERROR, XML_RPC_ERROR_TYPE_MISMATCH,
               "params: expected one value, got %u", self->values->len);
  return NULL;
}

GVariant *
xml_rpc_to_variant_convert (GVariant            *value,
                            const GVariantType  *type,
                            const char          *root,
                            GError             **error)
{
  XmlRpcToVariant sink;
  GVariant *converted = NULL;

  xml_rpc_to_variant_init (&sink);
  if (xml_rpc_to_variant_expect (&sink, type))
    xml_rpc_from_variant_tell_value (value, &sink.sink);
  if (xml_rpc_sink_propagate (&sink.sink, root, error))
    converted = xml_rpc_to_variant_end (&sink, error);
  xml_rpc_to_variant_clear (&sink);

  return converted;
}

GVariant *
xml_rpc_to_variant_end (XmlRpcToVariant  *self,
                        GError          **error)
{
  g_autoptr (GVariant) value = end_values (self, error);

  if (value == NULL)
    return NULL;
  if (self->converted != NULL)
    return xml_rpc_to_variant_convert (value, self->converted, self->values != NULL ? "params" : "params[0]", error);
  if (self->pattern == NULL || g_variant_is_of_type (value, self->pattern))
    return g_steal_pointer (&value);

  g_set_error (error, XML_RPC_ERROR, XML_RPC_ERROR_TYPE_MISMATCH,
               "expected a value of the type \"%.*s\", got one of the type \"%s\"",
               (int) g_variant_type_get_string_length (self->pattern), g_variant_type_peek_string (self->pattern),
               g_variant_get_type_string (value));
  return NULL;
}
