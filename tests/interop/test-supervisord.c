/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Against supervisord, over its Unix socket and over TCP with a password. */

#include <xmlrpc-glib/xmlrpc-glib.h>

#include "caller.h"
#include "peer.h"

static char *unix_uri;
static char *tcp_uri;
static char *wrong_password_uri;

static XmlRpcServerProxy *
connect_to (const char *uri)
{
  g_autoptr (GError) error = NULL;
  XmlRpcServerProxy *proxy = xml_rpc_server_proxy_new (uri, &error);

  g_assert_no_error (error);

  return proxy;
}

static void
test_list_methods (XmlRpcServerProxy *proxy,
                   const Caller      *caller)
{
  g_auto (GStrv) methods = caller_list_methods (caller, proxy);

  g_assert_true (g_strv_contains ((const char * const *) methods, "system.listMethods"));
  g_assert_true (g_strv_contains ((const char * const *) methods, "supervisor.getAllProcessInfo"));
}

static void
test_method_signature (XmlRpcServerProxy *proxy,
                       const Caller      *caller)
{
  static const char * const expected[] = { "struct,string", NULL };
  g_auto (GStrv) signatures = caller_method_signature (caller, proxy, "supervisor.getProcessInfo");

  g_assert_cmpstrv (signatures, expected);
}

static void
test_method_help (XmlRpcServerProxy *proxy,
                  const Caller      *caller)
{
  g_autofree char *help = caller_method_help (caller, proxy, "supervisor.getProcessInfo");

  g_assert_nonnull (strstr (help, "@return struct result"));
}

static void
test_process_info (XmlRpcServerProxy *proxy,
                   const Caller      *caller)
{
  g_autoptr (GVariant) processes = caller_call_ok (caller, proxy, "supervisor.getAllProcessInfo",
                                                   NULL, "aa{sv}");
  g_autoptr (GVariant) idler = NULL;
  const char *name = NULL;
  const char *state = NULL;
  int pid = 0;

  g_assert_cmpuint (g_variant_n_children (processes), ==, 1);
  idler = g_variant_get_child_value (processes, 0);

  g_assert_true (g_variant_lookup (idler, "name", "&s", &name));
  g_assert_true (g_variant_lookup (idler, "statename", "&s", &state));
  g_assert_true (g_variant_lookup (idler, "pid", "i", &pid));
  g_assert_cmpstr (name, ==, "idler");
  g_assert_cmpstr (state, ==, "RUNNING");
  g_assert_cmpint (pid, >, 1);
}

static void
test_restart (XmlRpcServerProxy *proxy,
              const Caller      *caller)
{
  g_autoptr (GVariant) stopped = caller_call_ok (caller, proxy, "supervisor.stopProcess",
                                                 g_variant_new ("(sb)", "idler", TRUE), "b");
  g_autoptr (GVariant) info = caller_call_ok (caller, proxy, "supervisor.getProcessInfo",
                                              g_variant_new ("(s)", "idler"), "a{sv}");
  g_autoptr (GVariant) started = caller_call_ok (caller, proxy, "supervisor.startProcess",
                                                 g_variant_new ("(sb)", "idler", TRUE), "b");
  const char *state = NULL;

  g_assert_true (g_variant_get_boolean (stopped));
  g_assert_true (g_variant_get_boolean (started));
  g_assert_true (g_variant_lookup (info, "statename", "&s", &state));
  g_assert_cmpstr (state, ==, "STOPPED");
}

static void
test_fault (XmlRpcServerProxy *proxy,
            const Caller      *caller)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (caller_call (caller, proxy, "supervisor.getProcessInfo",
                              g_variant_new ("(s)", "nobody"), "a{sv}", &error));
  g_assert_error (error, XML_RPC_FAULT, 10);
  g_assert_cmpstr (error->message, ==, "BAD_NAME: nobody");
}

static const struct
{
  const char *name;
  void (* func) (XmlRpcServerProxy *proxy,
                 const Caller      *caller);
} tests[] = {
  { "list-methods", test_list_methods },
  { "method-signature", test_method_signature },
  { "method-help", test_method_help },
  { "process-info", test_process_info },
  { "restart", test_restart },
  { "fault", test_fault },
};

static void
test_over_all (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  const char *uris[] = { unix_uri, tcp_uri };

  for (gsize u = 0; u < G_N_ELEMENTS (uris); u++)
    for (gsize c = 0; c < N_CALLERS; c++)
      {
        g_autoptr (XmlRpcServerProxy) proxy = connect_to (uris[u]);

        g_test_message ("%s, %s", uris[u], callers[c].name);
        tests[i].func (proxy, &callers[c]);
      }
}

static void
test_wrong_password (gconstpointer data)
{
  g_autoptr (XmlRpcServerProxy) proxy = connect_to (wrong_password_uri);
  g_autoptr (GError) error = NULL;

  g_assert_null (caller_call (data, proxy, "system.listMethods", NULL, NULL, &error));
  g_assert_error (error, XML_RPC_HTTP_ERROR, XML_RPC_HTTP_ERROR_UNAUTHORIZED);
}

static void
set_uris (Peer *server)
{
  g_auto (GStrv) words = g_strsplit (peer_get_line (server), " ", 2);

  g_assert_cmpuint (g_strv_length (words), ==, 2);
  unix_uri = g_strdup_printf ("http+unix://%s:/RPC2", words[0]);
  tcp_uri = g_strdup_printf ("http://user:s3cret@127.0.0.1:%s/RPC2", words[1]);
  wrong_password_uri = g_strdup_printf ("http://user:guess@127.0.0.1:%s/RPC2", words[1]);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *program = g_find_program_in_path ("supervisord");
  Peer *server;
  int status;

  g_test_init (&argc, &argv, NULL);

  if (program == NULL)
    {
      g_print ("1..0 # SKIP supervisord is not installed\n");
      return 0;
    }

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strdup_printf ("/supervisord/%s", tests[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_over_all);
    }
  g_test_add_data_func ("/supervisord/wrong-password/sync", &callers[0], test_wrong_password);
  g_test_add_data_func ("/supervisord/wrong-password/async", &callers[1], test_wrong_password);

  server = peer_start ("interop/supervisord.py", NULL);
  set_uris (server);
  status = g_test_run ();
  peer_stop (server);

  g_free (unix_uri);
  g_free (tcp_uri);
  g_free (wrong_password_uri);

  return status;
}
