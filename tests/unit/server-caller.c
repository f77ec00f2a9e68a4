/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "server-caller.h"

void
server_caller_take_result (GObject      *source,
                           GAsyncResult *result,
                           gpointer      user_data)
{
  GAsyncResult **slot = user_data;

  *slot = g_object_ref (result);
}

GBytes *
server_caller_handle (XmlRpcServer *server,
                      GBytes       *request)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GBytes *answer;

  xml_rpc_server_handle_async (server, request, NULL, server_caller_take_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  answer = xml_rpc_server_handle_finish (server, result, &error);
  g_assert_no_error (error);

  return answer;
}

GVariant *
server_caller_call (XmlRpcServer  *server,
                    const char    *method_name,
                    GVariant      *params,
                    GError       **error)
{
  g_autoptr (GError) encode_error = NULL;
  g_autoptr (GBytes) request = xml_rpc_encode_call (method_name, params, &encode_error);
  g_autoptr (GBytes) answer = NULL;

  g_assert_no_error (encode_error);
  answer = server_caller_handle (server, request);

  return xml_rpc_decode_response (answer, NULL, error);
}

void
server_caller_assert_returns (XmlRpcServer *server,
                              const char   *method_name,
                              GVariant     *params,
                              const char   *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value = server_caller_call (server, method_name, params, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = g_variant_print (value, TRUE);
  g_assert_cmpstr (text, ==, expected);
}

void
server_caller_assert_fault (XmlRpcServer *server,
                            const char   *method_name,
                            GVariant     *params,
                            int           code,
                            const char   *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (server_caller_call (server, method_name, params, &error));
  g_assert_error (error, XML_RPC_FAULT, code);
  g_assert_cmpstr (error->message, ==, message);
}

void
server_caller_wait_for (const gboolean *condition)
{
  while (!*condition)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
set_true (gpointer user_data)
{
  gboolean *is_set = user_data;

  *is_set = TRUE;

  return G_SOURCE_REMOVE;
}

void
server_caller_wait (guint milliseconds)
{
  gboolean is_over = FALSE;

  g_timeout_add (milliseconds, set_true, &is_over);
  server_caller_wait_for (&is_over);
}
