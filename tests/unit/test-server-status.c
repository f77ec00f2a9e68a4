/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What a server tells of its work: the access log, the counters, system.status. */

#include <xmlrpc-glib/xmlrpc-glib.h>

#include "raw-client.h"
#include "server-caller.h"
#include "server-fixture.h"
#include "test-table.h"

#define CALL "<methodCall><methodName>%s</methodName></methodCall>"
#define ECHO "<methodCall><methodName>echo</methodName><params><param><value>a</value></param></params></methodCall>"

/* The lines of the access log, and the fields of the last. */
static GPtrArray  *lines;
static GHashTable *last_fields;

static GLogWriterOutput
write_log (GLogLevelFlags   level,
           const GLogField *fields,
           gsize            n_fields,
           gpointer         user_data)
{
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (gsize i = 0; i < n_fields; i++)
    g_hash_table_insert (found, g_strdup (fields[i].key), g_strdup (fields[i].value));

  if (g_strcmp0 (g_hash_table_lookup (found, "GLIB_DOMAIN"), "xmlrpc-glib-access") != 0)
    return g_log_writer_default (level, fields, n_fields, user_data);

  g_assert_cmpint (level & G_LOG_LEVEL_MASK, ==, G_LOG_LEVEL_MESSAGE);
  g_ptr_array_add (lines, g_strdup (g_hash_table_lookup (found, "MESSAGE")));
  g_clear_pointer (&last_fields, g_hash_table_unref);
  last_fields = g_steal_pointer (&found);

  return G_LOG_WRITER_HANDLED;
}

static void
fail (XmlRpcServer     *server,
      XmlRpcInvocation *invocation,
      gpointer          user_data)
{
  xml_rpc_invocation_return_fault_literal (invocation, 7, "seven");
}

static void
fixture_set_up (ServerFixture *self,
                gconstpointer  data)
{
  server_fixture_init (self);
  xml_rpc_server_add_method (self->server, "fail", NULL, NULL, fail, NULL, NULL, NULL);
  lines = g_ptr_array_new_with_free_func (g_free);
}

static void
fixture_tear_down (ServerFixture *self,
                   gconstpointer  data)
{
  server_fixture_clear (self);
  g_clear_pointer (&lines, g_ptr_array_unref);
  g_clear_pointer (&last_fields, g_hash_table_unref);
}

/* The length of the response. */
static gsize
post_with (ServerFixture *self,
           const char    *headers,
           const char    *body)
{
  g_autoptr (RawClient) client = raw_client_new (self->port);
  g_autoptr (RawReply) reply = NULL;

  raw_client_post (client, headers, body, -1);
  reply = raw_client_receive (client);
  g_assert_cmpuint (reply->status, ==, 200);

  return g_bytes_get_size (reply->body);
}

static gsize
post (ServerFixture *self,
      const char    *body)
{
  return post_with (self, "", body);
}

/* All but the seconds, which are some. */
static void
assert_line (guint       index,
             const char *expected)
{
  g_autofree char *pattern = g_strdup_printf ("^%s [0-9]+\\.[0-9]{6}$", expected);

  g_assert_cmpuint (index, <, lines->len);
  if (!g_regex_match_simple (pattern, lines->pdata[index], 0, 0))
    g_error ("expected %s, got %s", pattern, (char *) lines->pdata[index]);
}

static void
test_log_is_off (ServerFixture *self,
                 gconstpointer  data)
{
  post (self, ECHO);
  g_assert_cmpuint (lines->len, ==, 0);
}

static void
test_log (ServerFixture *self,
          gconstpointer  data)
{
  g_autofree char *fail_call = g_strdup_printf (CALL, "fail");
  g_autofree char *nowhere_call = g_strdup_printf (CALL, "no where\\&#10;&#xe9;");
  g_autofree char *expected = NULL;
  gsize sent;

  xml_rpc_server_set_access_log (self->server, TRUE);
  sent = post (self, ECHO);
  expected = g_strdup_printf ("127\\.0\\.0\\.1 echo ok %zu %zu", strlen (ECHO), sent);
  assert_line (0, expected);
  post (self, fail_call);
  assert_line (1, "127\\.0\\.0\\.1 fail 7 54 [0-9]+");
  post (self, nowhere_call);
  assert_line (2, "127\\.0\\.0\\.1 no\\\\040where\\\\\\\\\\\\n\\\\303\\\\251 -32601 [0-9]+ [0-9]+");

  xml_rpc_server_set_access_log (self->server, FALSE);
  post (self, ECHO);
  g_assert_cmpuint (lines->len, ==, 3);
}

/* The client is the one that called, not the proxy in front of the server. */
static void
test_client (ServerFixture *self,
             gconstpointer  data)
{
  const char * const proxies[] = { "127.0.0.1", NULL };

  xml_rpc_server_set_access_log (self->server, TRUE);
  xml_rpc_server_set_trusted_proxies (self->server, proxies);
  post_with (self, "X-Forwarded-For: 2001:db8::7\r\n", ECHO);
  assert_line (0, "2001:db8::7 echo ok [0-9]+ [0-9]+");
  post_with (self, "X-Forwarded-For: unknown\r\n", ECHO);
  assert_line (1, "- echo ok [0-9]+ [0-9]+");
}

static void
assert_field (const char *name,
              const char *expected)
{
  g_assert_cmpstr (g_hash_table_lookup (last_fields, name), ==, expected);
}

static void
test_fields (ServerFixture *self,
             gconstpointer  data)
{
  g_autofree char *received = g_strdup_printf ("%zu", strlen (ECHO));
  g_autofree char *sent = NULL;

  xml_rpc_server_set_access_log (self->server, TRUE);
  sent = g_strdup_printf ("%zu", post (self, ECHO));
  assert_field ("XMLRPC_CLIENT", "127.0.0.1");
  assert_field ("XMLRPC_METHOD", "echo");
  assert_field ("XMLRPC_RESULT", "ok");
  assert_field ("XMLRPC_BYTES_RECEIVED", received);
  assert_field ("XMLRPC_BYTES_SENT", sent);
  g_assert_true (g_str_has_suffix (lines->pdata[0], g_hash_table_lookup (last_fields, "XMLRPC_SECONDS")));
}

/* Each call of it, and then itself. Without HTTP there are no bytes and no client. */
static void
test_multicall (ServerFixture *self,
                gconstpointer  data)
{
  xml_rpc_server_set_access_log (self->server, TRUE);
  server_caller_assert_returns (self->server, "system.multicall",
                                g_variant_new_parsed ("([{'methodName': <'fail'>},"
                                                      "  {'methodName': <'echo'>, 'params': <[<1>]>}],)"),
                                "[<{'faultCode': <7>, 'faultString': <'seven'>}>, <[<1>]>]");
  assert_line (0, "- fail 7 - -");
  assert_line (1, "- echo ok - -");
  assert_line (2, "- system\\.multicall ok - -");
}

static void
test_long_name (ServerFixture *self,
                gconstpointer  data)
{
  g_autofree char *name = g_strnfill (100000, 'x');
  g_autofree char *call = g_strdup_printf (CALL, name);

  xml_rpc_server_set_access_log (self->server, TRUE);
  post (self, call);
  assert_line (0, "127\\.0\\.0\\.1 x{200} -32601 [0-9]+ [0-9]+");
}

static gint64
get_count (ServerFixture *self,
           const char    *name)
{
  g_autoptr (GVariant) status = xml_rpc_server_get_status (self->server);
  gint64 value = -1;

  g_assert_true (g_variant_is_of_type (status, G_VARIANT_TYPE_VARDICT));
  g_assert_true (g_variant_lookup (status, name, "x", &value));

  return value;
}

static double
get_seconds (ServerFixture *self,
             const char    *name)
{
  g_autoptr (GVariant) status = xml_rpc_server_get_status (self->server);
  double value = -1;

  g_assert_true (g_variant_lookup (status, name, "d", &value));

  return value;
}

static void
test_counters (ServerFixture *self,
               gconstpointer  data)
{
  g_autofree char *fail_call = g_strdup_printf (CALL, "fail");
  gsize sent = 0;

  g_assert_cmpint (get_count (self, "calls"), ==, 0);
  g_assert_cmpfloat (get_seconds (self, "seconds"), ==, 0);
  sent += post (self, ECHO);
  sent += post (self, ECHO);
  sent += post (self, fail_call);

  g_assert_cmpint (get_count (self, "calls"), ==, 3);
  g_assert_cmpint (get_count (self, "faults"), ==, 1);
  g_assert_cmpint (get_count (self, "bytes_received"), ==, 2 * strlen (ECHO) + strlen (fail_call));
  g_assert_cmpint (get_count (self, "bytes_sent"), ==, sent);
  g_assert_cmpfloat (get_seconds (self, "seconds"), >, 0);
  g_assert_cmpfloat (get_seconds (self, "seconds"), <, get_seconds (self, "uptime"));
  g_assert_cmpint (get_count (self, "in_threads"), ==, 0);
  while (get_count (self, "in_progress") > 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_counters_of_multicall (ServerFixture *self,
                            gconstpointer  data)
{
  server_caller_assert_returns (self->server, "system.multicall",
                                g_variant_new_parsed ("([{'methodName': <'fail'>},"
                                                      "  {'methodName': <'echo'>, 'params': <[<1>]>}],)"),
                                "[<{'faultCode': <7>, 'faultString': <'seven'>}>, <[<1>]>]");
  g_assert_cmpint (get_count (self, "calls"), ==, 3);
  g_assert_cmpint (get_count (self, "faults"), ==, 1);
}

static void
keep (XmlRpcServer     *server,
      XmlRpcInvocation *invocation,
      gpointer          user_data)
{
  *(XmlRpcInvocation **) user_data = g_object_ref (invocation);
}

static void
test_in_progress (ServerFixture *self,
                  gconstpointer  data)
{
  g_autoptr (XmlRpcInvocation) kept = NULL;
  g_autoptr (RawClient) client = raw_client_new (self->port);
  g_autoptr (RawReply) reply = NULL;
  g_autofree char *keep_call = g_strdup_printf (CALL, "keep");

  xml_rpc_server_add_method (self->server, "keep", NULL, NULL, keep, &kept, NULL, NULL);
  raw_client_post (client, "", keep_call, -1);
  while (kept == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (get_count (self, "in_progress"), ==, 1);

  xml_rpc_invocation_return_value (kept, NULL);
  reply = raw_client_receive (client);
  while (get_count (self, "in_progress") > 0)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
refuse (XmlRpcServer     *server,
        XmlRpcInvocation *invocation,
        gpointer          user_data)
{
  return FALSE;
}

static void
test_method (ServerFixture *self,
             gconstpointer  data)
{
  g_autoptr (GVariant) status = NULL;
  gint64 n_calls;

  server_caller_assert_fault (self->server, "system.status", NULL, XML_RPC_FAULT_METHOD_NOT_FOUND,
                              "There is no method system.status");

  xml_rpc_server_set_status_method (self->server, TRUE);
  status = server_caller_call (self->server, "system.status", NULL, NULL);
  g_assert_true (g_variant_lookup (status, "calls", "x", &n_calls));
  g_assert_cmpint (n_calls, ==, 1);
  server_caller_assert_returns (self->server, "system.methodSignature", g_variant_new ("(s)", "system.status"),
                                "[<[<'struct'>]>]");

  g_signal_connect (self->server, "authorize-call", G_CALLBACK (refuse), NULL);
  server_caller_assert_fault (self->server, "system.status", NULL, XML_RPC_FAULT_APPLICATION_ERROR, "not authorized");

  xml_rpc_server_set_status_method (self->server, FALSE);
  server_caller_assert_fault (self->server, "system.status", NULL, XML_RPC_FAULT_METHOD_NOT_FOUND,
                              "There is no method system.status");
}

static void
test_properties (ServerFixture *self,
                 gconstpointer  data)
{
  gboolean access_log, status_method;

  g_object_get (self->server, "access-log", &access_log, "status-method", &status_method, NULL);
  g_assert_false (access_log);
  g_assert_false (status_method);

  g_object_set (self->server, "access-log", TRUE, "status-method", TRUE, NULL);
  g_assert_true (xml_rpc_server_get_access_log (self->server));
  g_assert_true (xml_rpc_server_get_status_method (self->server));
}

static const TEST_ROW (ServerFixture) tests[] = {
  { "log/off", test_log_is_off },
  { "log/lines", test_log },
  { "log/client", test_client },
  { "log/fields", test_fields },
  { "log/multicall", test_multicall },
  { "log/long-name", test_long_name },
  { "counters/calls", test_counters },
  { "counters/multicall", test_counters_of_multicall },
  { "counters/in-progress", test_in_progress },
  { "method", test_method },
  { "properties", test_properties },
};

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_log_set_writer_func (write_log, NULL, NULL);

  TEST_TABLE_ADD_FIXTURE ("/server-status", tests, ServerFixture, fixture_set_up, fixture_tear_down);

  return g_test_run ();
}
