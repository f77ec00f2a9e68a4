/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-fault-private.h"

#include "../xml-rpc-error.h"

/* Servers write the code as an integer; some as text. */
static gboolean
get_fault_code (GVariant *fault,
                gint64   *code)
{
  g_autoptr (GVariant) value = g_variant_lookup_value (fault, "faultCode", NULL);

  if (value == NULL)
    return FALSE;

  if (g_variant_is_of_type (value, G_VARIANT_TYPE_INT32))
    *code = g_variant_get_int32 (value);
  else if (g_variant_is_of_type (value, G_VARIANT_TYPE_INT64))
    *code = g_variant_get_int64 (value);
  else if (!g_variant_is_of_type (value, G_VARIANT_TYPE_STRING) ||
           !g_ascii_string_to_signed (g_variant_get_string (value, NULL), 10, G_MININT, G_MAXINT, code, NULL))
    return FALSE;

  return TRUE;
}

void
xml_rpc_fault_to_error (GVariant  *fault,
                        GError   **error)
{
  const char *message = "";
  gint64 code;

  if (!g_variant_is_of_type (fault, G_VARIANT_TYPE_VARDICT) || !get_fault_code (fault, &code))
    {
      g_set_error (error, XML_RPC_ERROR, XML_RPC_ERROR_INVALID_MESSAGE,
                   "expected a fault with an integer faultCode and a faultString, got one without");
      return;
    }

  if (code < G_MININT || code > G_MAXINT)
    {
      g_set_error (error, XML_RPC_ERROR, XML_RPC_ERROR_INVALID_MESSAGE,
                   "expected a faultCode of 32 bits, got %" G_GINT64_FORMAT, code);
      return;
    }

  g_variant_lookup (fault, "faultString", "&s", &message);
  g_set_error_literal (error, XML_RPC_FAULT, code, message);
}
