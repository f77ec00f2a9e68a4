/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Classes derived from XmlRpcServer. */

#include <xmlrpc-glib/xmlrpc-glib.h>

#include "server-caller.h"

#define TEST_TYPE_API (test_api_get_type ())
G_DECLARE_FINAL_TYPE (TestApi, test_api, TEST, API, XmlRpcServer)

struct _TestApi
{
  XmlRpcServer  parent_instance;

  int           total;
};

G_DEFINE_TYPE (TestApi, test_api, XML_RPC_TYPE_SERVER)

static void
add_to_total (XmlRpcServer     *server,
              XmlRpcInvocation *invocation,
              gpointer          user_data)
{
  TestApi *self = TEST_API (server);
  int number;

  g_variant_get (xml_rpc_invocation_get_params (invocation), "(i)", &number);
  self->total += number;
  xml_rpc_invocation_return_value (invocation, g_variant_new_int32 (self->total));
}

static void
test_api_class_init (TestApiClass *klass)
{
}

static void
test_api_init (TestApi *self)
{
  self->total = 100;
  xml_rpc_server_add_method (XML_RPC_SERVER (self), "add", NULL, NULL, add_to_total, NULL, NULL);
}

static void
test_derived (void)
{
  g_autoptr (XmlRpcServer) server = g_object_new (TEST_TYPE_API, "max-multicall", 3, NULL);

  g_assert_cmpuint (xml_rpc_server_get_max_multicall (server), ==, 3);
  server_caller_assert_returns (server, "add", g_variant_new ("(i)", 1), "101");
  server_caller_assert_returns (server, "add", g_variant_new ("(i)", 2), "103");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/server-class/derived", test_derived);

  return g_test_run ();
}
