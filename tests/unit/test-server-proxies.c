/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Whom a call comes from, behind proxies that are trusted and others. */

#include <string.h>
#include <unistd.h>

#include <gio/gunixsocketaddress.h>
#include <xmlrpc-glib/xmlrpc-glib.h>

#include "raw-client.h"
#include "server-caller.h"
#include "server-fixture.h"
#include "test-table.h"

#define CALL "<methodCall><methodName>whoami</methodName></methodCall>"
#define TWO_CALLS \
  "<methodCall><methodName>system.multicall</methodName><params><param><value><array><data>" ONE_OF_THEM ONE_OF_THEM \
  "</data></array></value></param></params></methodCall>"
#define ONE_OF_THEM \
  "<value><struct><member><name>methodName</name><value>whoami</value></member>" \
  "<member><name>params</name><value><array><data/></array></value></member></struct></value>"
#define FORWARDED "X-Forwarded-For: "

static char *
show (GInetAddress *address)
{
  return address != NULL ? g_inet_address_to_string (address) : g_strdup ("nobody");
}

static void
tell_client (XmlRpcServer     *server,
             XmlRpcInvocation *invocation,
             gpointer          user_data)
{
  g_autofree char *text = show (xml_rpc_invocation_get_client_address (invocation));

  xml_rpc_invocation_return_value (invocation, g_variant_new_string (text));
}

static void
fixture_init (ServerFixture *self,
              gconstpointer  user_data)
{
  server_fixture_init (self);
  xml_rpc_server_add_method (self->server, "whoami", NULL, NULL, tell_client, NULL, NULL, NULL);
}

static void
assert_client (ServerFixture *fixture,
               const char    *headers,
               const char    *body,
               const char    *expected)
{
  g_autoptr (RawClient) client = raw_client_new (fixture->port);
  g_autofree char *value = g_strdup_printf ("<string>%s</string>", expected);
  g_autoptr (RawReply) reply = NULL;
  const char *text;

  g_test_message ("%s", headers);
  raw_client_post (client, headers, body, -1);
  reply = raw_client_receive (client);
  g_assert_cmpuint (reply->status, ==, 200);
  text = g_strstr_len (g_bytes_get_data (reply->body, NULL), g_bytes_get_size (reply->body), value);
  if (text == NULL)
    g_error ("%s: expected %s, got %s", headers, expected, (const char *) g_bytes_get_data (reply->body, NULL));
}

static void
test_nobody_trusted (ServerFixture *fixture,
                     gconstpointer  user_data)
{
  g_assert_cmpstr (xml_rpc_server_get_trusted_proxies (fixture->server)[0], ==, NULL);

  assert_client (fixture, "", CALL, "127.0.0.1");
  assert_client (fixture, FORWARDED "192.0.2.1\r\n", CALL, "127.0.0.1");
  assert_client (fixture, "Forwarded: for=192.0.2.1\r\n", CALL, "127.0.0.1");
}

static const struct
{
  const char *headers;
  const char *client;
} chains[] = {
  { "", "127.0.0.1" },
  { FORWARDED "203.0.113.7\r\n", "203.0.113.7" },
  { FORWARDED " 203.0.113.7 \r\n", "203.0.113.7" },
  { FORWARDED "203.0.113.7:4711\r\n", "203.0.113.7" },
  { FORWARDED "2001:db8:1::7\r\n", "2001:db8:1::7" },
  { FORWARDED "[2001:db8:1::7]\r\n", "2001:db8:1::7" },
  { FORWARDED "[2001:db8:1::7]:4711\r\n", "2001:db8:1::7" },
  { FORWARDED "::ffff:203.0.113.7\r\n", "203.0.113.7" },
  /* Through proxies of ours. */
  { FORWARDED "203.0.113.7, 192.0.2.9\r\n", "203.0.113.7" },
  { FORWARDED "203.0.113.7,192.0.2.9,2001:db8::9\r\n", "203.0.113.7" },
  { FORWARDED "203.0.113.7, ::ffff:192.0.2.9\r\n", "203.0.113.7" },
  { FORWARDED "203.0.113.7\r\n" FORWARDED "192.0.2.9\r\n", "203.0.113.7" },
  { FORWARDED "192.0.2.8, 192.0.2.9\r\n", "192.0.2.8" },
  /* What the client claims. */
  { FORWARDED "127.0.0.1, 203.0.113.7\r\n", "203.0.113.7" },
  { FORWARDED "192.0.2.9, 203.0.113.7, 192.0.2.9\r\n", "203.0.113.7" },
  { FORWARDED "198.51.100.1\r\n" FORWARDED "203.0.113.7\r\n", "203.0.113.7" },
  { FORWARDED "unknown, , 203.0.113.7\r\n", "203.0.113.7" },
  { "X-Real-IP: 198.51.100.1\r\nForwarded: for=198.51.100.1\r\n", "127.0.0.1" },
  /* What is no address. */
  { FORWARDED "unknown\r\n", "nobody" },
  { FORWARDED "203.0.113.7, unknown\r\n", "nobody" },
  { FORWARDED "203.0.113.7, unknown, 192.0.2.9\r\n", "nobody" },
  { FORWARDED "\r\n", "nobody" },
  { FORWARDED "203.0.113.7,\r\n", "nobody" },
  { FORWARDED "203.0.113\r\n", "nobody" },
  { FORWARDED "0xcb.0.113.7\r\n", "nobody" },
  { FORWARDED "203.0.113.7 192.0.2.9\r\n", "nobody" },
  { FORWARDED "203.0.113.7;192.0.2.9\r\n", "nobody" },
  { FORWARDED "[2001:db8:1::7\r\n", "nobody" },
  { FORWARDED "[2001:db8:1::7]x\r\n", "nobody" },
  { FORWARDED "[]\r\n", "nobody" },
  { FORWARDED ":\r\n", "nobody" },
  { FORWARDED "\"203.0.113.7\"\r\n", "nobody" },
  { FORWARDED "client.example\r\n", "nobody" },
};

static void
test_chains (ServerFixture *fixture,
             gconstpointer  user_data)
{
  static const char * const trusted[] = { "127.0.0.0/8", "192.0.2.0/24", "2001:db8::9", NULL };

  xml_rpc_server_set_trusted_proxies (fixture->server, trusted);
  for (gsize i = 0; i < G_N_ELEMENTS (chains); i++)
    assert_client (fixture, chains[i].headers, CALL, chains[i].client);
}

/* A list with everybody in it ends at the left. */
static void
test_everybody_trusted (ServerFixture *fixture,
                        gconstpointer  user_data)
{
  static const char * const trusted[] = { "0.0.0.0/0", "::/0", NULL };
  GString *headers = g_string_new (FORWARDED "203.0.113.7");

  for (guint i = 0; i < 1000; i++)
    g_string_append_printf (headers, ", 192.0.2.%u", i % 256);
  g_string_append (headers, "\r\n");

  xml_rpc_server_set_trusted_proxies (fixture->server, trusted);
  assert_client (fixture, headers->str, CALL, "203.0.113.7");
  g_string_free (headers, TRUE);
}

/* IPv4 addresses are the same however they are written. */
static void
test_mapped (ServerFixture *fixture,
             gconstpointer  user_data)
{
  static const char * const whole[] = { "::ffff:127.0.0.1", NULL };
  static const char * const network[] = { "::ffff:127.0.0.0/104", NULL };

  xml_rpc_server_set_trusted_proxies (fixture->server, whole);
  assert_client (fixture, FORWARDED "203.0.113.7\r\n", CALL, "203.0.113.7");
  xml_rpc_server_set_trusted_proxies (fixture->server, network);
  assert_client (fixture, FORWARDED "203.0.113.7\r\n", CALL, "203.0.113.7");
}

static void
test_multicall (ServerFixture *fixture,
                gconstpointer  user_data)
{
  static const char * const trusted[] = { "127.0.0.1", NULL };

  xml_rpc_server_set_trusted_proxies (fixture->server, trusted);
  assert_client (fixture, FORWARDED "203.0.113.7\r\n", TWO_CALLS, "203.0.113.7");
}

static void
test_list (void)
{
  static const char * const names[] = { "192.0.2.1", "unix", NULL };
  g_autoptr (XmlRpcServer) server = g_object_new (XML_RPC_TYPE_SERVER, "trusted-proxies", names, NULL);
  g_auto (GStrv) now = NULL;

  g_object_get (server, "trusted-proxies", &now, NULL);
  g_assert_true (g_strv_equal ((const char * const *) now, names));

  xml_rpc_server_set_trusted_proxies (server, xml_rpc_server_get_trusted_proxies (server) + 1);
  g_assert_cmpstr (xml_rpc_server_get_trusted_proxies (server)[0], ==, "unix");
  xml_rpc_server_set_trusted_proxies (server, NULL);
  g_assert_cmpstr (xml_rpc_server_get_trusted_proxies (server)[0], ==, NULL);
}

/* A wrong name trusts nobody, and the others are as they were. */
static void
test_wrong_names (ServerFixture *fixture,
                  gconstpointer  user_data)
{
  static const char * const wrong[] = { "localhost", "", "*", "127.0.0.1/33", "127.0.0.1/8", "127.1", "unix:", NULL };

  for (gsize i = 0; wrong[i] != NULL; i++)
    {
      const char *names[] = { wrong[i], "192.0.2.1", NULL };
      const char *trusted[] = { wrong[i], "127.0.0.1", NULL };

      g_test_expect_message ("xmlrpc-glib", G_LOG_LEVEL_WARNING, "trusted-proxies: expected an address*");
      xml_rpc_server_set_trusted_proxies (fixture->server, names);
      g_test_assert_expected_messages ();
      assert_client (fixture, FORWARDED "203.0.113.7\r\n", CALL, "127.0.0.1");

      g_test_expect_message ("xmlrpc-glib", G_LOG_LEVEL_WARNING, "trusted-proxies: *which is ignored");
      xml_rpc_server_set_trusted_proxies (fixture->server, trusted);
      g_test_assert_expected_messages ();
      assert_client (fixture, FORWARDED "203.0.113.7\r\n", CALL, "203.0.113.7");
    }
}

static void
assert_unix_client (const char *path,
                    const char *headers,
                    const char *expected)
{
  g_autofree char *uri = NULL;
  g_autofree char *escaped = g_uri_escape_string (path, NULL, FALSE);
  g_autoptr (XmlRpcServerProxy) proxy = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GVariant) value = NULL;
  g_autoptr (GError) error = NULL;

  uri = g_strdup_printf ("http+unix://%s/RPC2", escaped);
  proxy = xml_rpc_server_proxy_new (uri, NULL);
  if (headers != NULL)
    xml_rpc_server_proxy_set_header (proxy, "X-Forwarded-For", headers, NULL);
  xml_rpc_server_proxy_call_async (proxy, "whoami", NULL, G_VARIANT_TYPE_STRING, NULL,
                                   server_caller_take_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  value = xml_rpc_server_proxy_call_finish (proxy, result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (g_variant_get_string (value, NULL), ==, expected);
}

static void
test_unix_socket (ServerFixture *fixture,
                  gconstpointer  user_data)
{
  static const char * const trusted[] = { "unix", NULL };
  g_autofree char *directory = g_dir_make_tmp ("xmlrpc-glib-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (directory, "socket", NULL);
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr (GError) error = NULL;

  soup_server_listen (fixture->soup_server, address, 0, &error);
  g_assert_no_error (error);

  assert_unix_client (path, NULL, "nobody");
  assert_unix_client (path, "203.0.113.7", "nobody");
  xml_rpc_server_set_trusted_proxies (fixture->server, trusted);
  assert_unix_client (path, NULL, "nobody");
  assert_unix_client (path, "198.51.100.1, 203.0.113.7", "203.0.113.7");
  assert_client (fixture, FORWARDED "203.0.113.7\r\n", CALL, "127.0.0.1");

  unlink (path);
  rmdir (directory);
}

/* Another thread may ask, and when the client is gone. */
static void
test_in_thread (ServerFixture *fixture,
                gconstpointer  user_data)
{
  static const char * const trusted[] = { "127.0.0.1", NULL };

  xml_rpc_server_set_trusted_proxies (fixture->server, trusted);
  xml_rpc_server_add_method_full (fixture->server, "whoami", NULL, NULL, XML_RPC_METHOD_IN_THREAD, tell_client,
                                  NULL, NULL, NULL);
  assert_client (fixture, FORWARDED "203.0.113.7\r\n", CALL, "203.0.113.7");
}

static void
test_without_http (void)
{
  g_autoptr (XmlRpcServer) server = xml_rpc_server_new ();

  xml_rpc_server_add_method (server, "whoami", NULL, NULL, tell_client, NULL, NULL, NULL);
  server_caller_assert_returns (server, "whoami", g_variant_new_tuple (NULL, 0), "'nobody'");
}

static const TEST_ROW (ServerFixture) tests[] = {
  { "nobody-trusted", test_nobody_trusted },
  { "chains", test_chains },
  { "everybody-trusted", test_everybody_trusted },
  { "mapped", test_mapped },
  { "multicall", test_multicall },
  { "wrong-names", test_wrong_names },
  { "unix-socket", test_unix_socket },
  { "in-thread", test_in_thread },
};

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/server-proxies/list", test_list);
  g_test_add_func ("/server-proxies/without-http", test_without_http);
  TEST_TABLE_ADD_FIXTURE ("/server-proxies", tests, ServerFixture, fixture_init, server_fixture_tear_down);

  return g_test_run ();
}
