/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-answer-private.h"

#include "../codec/xml-rpc-message.h"
#include "../xml-rpc-error.h"

const char *
xml_rpc_answer_check_message (const char *message)
{
  g_autoptr (GBytes) written = xml_rpc_encode_fault (0, message, NULL);

  return written != NULL ? message : "(a message that XML cannot carry)";
}

static GBytes *
encode_fault (int         code,
              const char *message)
{
  return xml_rpc_encode_fault (code, xml_rpc_answer_check_message (message), NULL);
}

GBytes *
xml_rpc_answer_encode (GVariant     *value,
                       const GError *fault)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;
  GBytes *body;

  if (value == NULL)
    return encode_fault (fault->code, fault->message);

  body = xml_rpc_encode_response (value, &error);
  if (body != NULL)
    return body;

  message = g_strdup_printf ("The method returned what XML-RPC cannot carry: %s", error->message);
  return encode_fault (XML_RPC_FAULT_INTERNAL_ERROR, message);
}

GError *
xml_rpc_answer_fault_of_error (const GError *error)
{
  int code = XML_RPC_FAULT_INVALID_XML_RPC;

  if (!g_error_matches (error, XML_RPC_ERROR, error->code) ||
      error->code == XML_RPC_ERROR_NOT_WELL_FORMED)
    code = XML_RPC_FAULT_NOT_WELL_FORMED;

  return g_error_new_literal (XML_RPC_FAULT, code, error->message);
}
