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
  GString      *log;
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

static gboolean
test_api_authorize_call (XmlRpcServer     *server,
                         XmlRpcInvocation *invocation)
{
  return strcmp (xml_rpc_invocation_get_method_name (invocation), "system.listMethods") != 0 &&
         XML_RPC_SERVER_CLASS (test_api_parent_class)->authorize_call (server, invocation);
}

static void
test_api_call_finished (XmlRpcServer     *server,
                        XmlRpcInvocation *invocation,
                        guint64           microseconds)
{
  const GError *fault = xml_rpc_invocation_get_fault (invocation);

  g_string_append_printf (TEST_API (server)->log, "%s:%d ", xml_rpc_invocation_get_method_name (invocation),
                          fault != NULL ? fault->code : 0);
  XML_RPC_SERVER_CLASS (test_api_parent_class)->call_finished (server, invocation, microseconds);
}

static void
test_api_finalize (GObject *object)
{
  g_string_free (TEST_API (object)->log, TRUE);

  G_OBJECT_CLASS (test_api_parent_class)->finalize (object);
}

static void
test_api_class_init (TestApiClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = test_api_finalize;
  XML_RPC_SERVER_CLASS (klass)->authorize_call = test_api_authorize_call;
  XML_RPC_SERVER_CLASS (klass)->call_finished = test_api_call_finished;
}

static void
test_api_init (TestApi *self)
{
  self->total = 100;
  self->log = g_string_new (NULL);
  xml_rpc_server_add_method (XML_RPC_SERVER (self), "add", NULL, NULL, add_to_total, NULL, NULL, NULL);
}

static void
test_derived (void)
{
  g_autoptr (XmlRpcServer) server = g_object_new (TEST_TYPE_API, "max-multicall", 3, NULL);

  g_assert_cmpuint (xml_rpc_server_get_max_multicall (server), ==, 3);
  server_caller_assert_returns (server, "add", g_variant_new ("(i)", 1), "101");
  server_caller_assert_returns (server, "add", g_variant_new ("(i)", 2), "103");
}

/* Nobody has connected to the signals. */
static void
test_overridden (void)
{
  g_autoptr (XmlRpcServer) server = g_object_new (TEST_TYPE_API, NULL);

  server_caller_assert_returns (server, "add", g_variant_new ("(i)", 1), "101");
  server_caller_assert_fault (server, "system.listMethods", NULL, XML_RPC_FAULT_APPLICATION_ERROR, "not authorized");
  g_assert_cmpstr (TEST_API (server)->log->str, ==, "add:0 system.listMethods:-32500 ");
}

static void
on_notify (GObject    *object,
           GParamSpec *pspec,
           gpointer    user_data)
{
  guint *n_notified = user_data;

  (*n_notified)++;
}

static void
test_lists (void)
{
  static const char * const names[] = { "a", "b", NULL };
  g_autoptr (XmlRpcServer) server = g_object_new (XML_RPC_TYPE_SERVER, "allowed-hosts", names,
                                                  "allowed-origins", names, NULL);
  g_auto (GStrv) hosts_now = NULL;
  g_auto (GStrv) origins_now = NULL;
  guint n_notified = 0;

  g_object_get (server, "allowed-hosts", &hosts_now, "allowed-origins", &origins_now, NULL);
  g_assert_true (g_strv_equal ((const char * const *) hosts_now, names));
  g_assert_true (g_strv_equal ((const char * const *) origins_now, names));

  g_signal_connect (server, "notify", G_CALLBACK (on_notify), &n_notified);
  xml_rpc_server_set_allowed_hosts (server, names);
  xml_rpc_server_set_allowed_origins (server, names);
  g_assert_cmpuint (n_notified, ==, 0);
  xml_rpc_server_set_allowed_hosts (server, names + 1);
  g_object_set (server, "allowed-origins", NULL, NULL);
  g_assert_cmpuint (n_notified, ==, 2);
  g_assert_cmpstr (xml_rpc_server_get_allowed_hosts (server)[0], ==, "b");
  g_assert_cmpstr (xml_rpc_server_get_allowed_origins (server)[0], ==, NULL);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/server-class/derived", test_derived);
  g_test_add_func ("/server-class/overridden", test_overridden);
  g_test_add_func ("/server-class/lists", test_lists);

  return g_test_run ();
}
