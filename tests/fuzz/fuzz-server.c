/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The body of a request, answered by a server without HTTP: there is an answer
 * to everything, and a client can read it. */

#include "fuzz.h"

#include <xmlrpc-glib/xmlrpc-glib.h>

#include "server-caller.h"

static void
echo (XmlRpcServer     *server,
      XmlRpcInvocation *invocation,
      gpointer          user_data)
{
  xml_rpc_invocation_return_value (invocation, xml_rpc_invocation_get_params (invocation));
}

static void
fail (XmlRpcServer     *server,
      XmlRpcInvocation *invocation,
      gpointer          user_data)
{
  g_autofree char *text = g_variant_print (xml_rpc_invocation_get_params (invocation), TRUE);

  xml_rpc_invocation_return_fault_literal (invocation, -1, text);
}

static void
forget (XmlRpcServer     *server,
        XmlRpcInvocation *invocation,
        gpointer          user_data)
{
}

static gboolean
answer_later (gpointer invocation)
{
  xml_rpc_invocation_return_value (invocation, xml_rpc_invocation_get_params (invocation));

  return G_SOURCE_REMOVE;
}

static void
wait (XmlRpcServer     *server,
      XmlRpcInvocation *invocation,
      gpointer          user_data)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, answer_later, g_object_ref (invocation), g_object_unref);
}

static XmlRpcServer *
create_server (void)
{
  static const char * const typed[] = {
    "array,int,i8,boolean,double", "array,string", "array,struct,array", "array,dateTime.iso8601,base64,nil", NULL
  };
  XmlRpcServer *server = xml_rpc_server_new ();

  xml_rpc_server_set_max_multicall (server, 20);
  xml_rpc_server_add_method (server, "echo", NULL, NULL, echo, NULL, NULL, NULL);
  xml_rpc_server_add_method (server, "typed", typed, "Takes what it says.", echo, NULL, NULL, NULL);
  xml_rpc_server_add_method (server, "fail", NULL, NULL, fail, NULL, NULL, NULL);
  xml_rpc_server_add_method (server, "forget", NULL, NULL, forget, NULL, NULL, NULL);
  xml_rpc_server_add_method (server, "wait", NULL, NULL, wait, NULL, NULL, NULL);

  return server;
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  static XmlRpcServer *server;
  FuzzInput input = fuzz_input_begin (data, size);
  g_autoptr (GBytes) request = fuzz_input_take_bytes (&input);
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GVariant) value = NULL;
  g_autoptr (GError) error = NULL;

  if (server == NULL)
    server = create_server ();

  answer = server_caller_handle (server, request);
  value = xml_rpc_decode_response (answer, NULL, &error);
  if (value == NULL)
    g_assert_cmpint (error->domain, ==, XML_RPC_FAULT);

  return 0;
}
