/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Headers that a program sends with every call. */

#include <string.h>

#include "both-ways.h"
#include "fake-server.h"

/* Returns the head of each request. */
static void
tell_head (FakeConnection *connection,
           gpointer        user_data)
{
  char *request;

  while ((request = fake_connection_read_request (connection)) != NULL)
    {
      fake_connection_return (connection, g_variant_new_string (fake_connection_get_head (connection)));
      g_free (request);
    }
}

static char *
get_head (CallFunc           call,
          XmlRpcServerProxy *proxy)
{
  GError *error = NULL;
  g_autoptr (GVariant) value = call (proxy, "m", NULL, G_VARIANT_TYPE_STRING, NULL, &error);

  g_assert_no_error (error);

  return g_variant_dup_string (value, NULL);
}

/* The lines of a name, with a comma between them; "" if there is none. */
static char *
get_lines (CallFunc           call,
           XmlRpcServerProxy *proxy,
           const char        *name)
{
  g_autofree char *head = get_head (call, proxy);
  g_auto (GStrv) lines = g_strsplit (head, "\n", -1);
  GString *found = g_string_new (NULL);
  g_autofree char *start = g_strconcat (name, ": ", NULL);

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      if (g_ascii_strncasecmp (lines[i], start, strlen (start)) == 0)
        g_string_append_printf (found, "%s%s", found->len > 0 ? "," : "", g_strchomp (lines[i] + strlen (start)));
    }

  return g_string_free (found, FALSE);
}

static void
assert_lines (CallFunc           call,
              XmlRpcServerProxy *proxy,
              const char        *name,
              const char        *expected)
{
  g_autofree char *lines = get_lines (call, proxy, name);

  g_assert_cmpstr (lines, ==, expected);
}

static void
test_set_and_add (CallFunc call)
{
  g_autoptr (FakeServer) server = fake_server_new (tell_head, NULL);
  g_autoptr (XmlRpcServerProxy) proxy = xml_rpc_server_proxy_new (fake_server_get_uri (server), NULL);
  GError *error = NULL;

  assert_lines (call, proxy, "X-A", "");
  g_assert_true (xml_rpc_server_proxy_set_header (proxy, "X-A", "1", &error));
  assert_lines (call, proxy, "X-A", "1");
  g_assert_true (xml_rpc_server_proxy_add_header (proxy, "x-a", "2", &error));
  assert_lines (call, proxy, "X-A", "1,2");
  assert_lines (call, proxy, "X-A", "1,2");
  g_assert_true (xml_rpc_server_proxy_set_header (proxy, "X-B", "", &error));
  g_assert_true (xml_rpc_server_proxy_set_header (proxy, "x-A", "3 ü", &error));
  assert_lines (call, proxy, "X-A", "3 ü");
  g_assert_true (xml_rpc_server_proxy_set_header (proxy, "X-A", NULL, &error));
  assert_lines (call, proxy, "X-A", "");
  g_assert_true (xml_rpc_server_proxy_set_header (proxy, "X-B", NULL, &error));
  g_assert_null (xml_rpc_server_proxy_get_headers (proxy));
  g_assert_no_error (error);
}

/* In the place of those that would be there otherwise, once. */
static void
test_replaced (CallFunc call)
{
  static const char * const names[] = { "User-Agent", "Accept-Encoding", "Content-Type", "Accept-Language" };
  g_autoptr (FakeServer) server = fake_server_new (tell_head, NULL);
  g_autoptr (XmlRpcServerProxy) proxy = xml_rpc_server_proxy_new (fake_server_get_uri (server), NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_true (xml_rpc_server_proxy_set_header (proxy, names[i], "a/b", NULL));

  for (int again = FALSE; again <= TRUE; again++)
    for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
      assert_lines (call, proxy, names[i], "a/b");

  g_object_set (proxy, "headers", NULL, NULL);
  assert_lines (call, proxy, "Content-Type", "text/xml");
}

static const struct
{
  const char *name;
  const char *value;
  const char *message;
} refused[] = {
  { "Host", "a", "headers: Host is set by HTTP itself" },
  { "content-length", "1", "headers: Content-Length is set by HTTP itself" },
  { "Transfer-Encoding", "chunked", "headers: Transfer-Encoding is set by HTTP itself" },
  { "CONNECTION", "close", "headers: Connection is set by HTTP itself" },
  { "", "a", "headers: expected the name of a header, got \"\"" },
  { "X A", "a", "headers: expected the name of a header, got \"X A\"" },
  { "X:", "a", "headers: expected the name of a header, got \"X:\"" },
  { "X\r\nY", "a", "headers: expected the name of a header, got \"X\r\nY\"" },
  { "Ü", "a", "headers: expected the name of a header, got \"Ü\"" },
  { "X", "s3cret\r\nY: b", "headers: expected one line as the value of X, got more" },
  { "X", "s3cret\n", "headers: expected one line as the value of X, got more" },
};

static void
test_refused (CallFunc call)
{
  g_autoptr (FakeServer) server = fake_server_new (tell_head, NULL);
  g_autoptr (XmlRpcServerProxy) proxy = xml_rpc_server_proxy_new (fake_server_get_uri (server), NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) of_set = NULL;
      g_autoptr (GError) of_add = NULL;
      g_autoptr (GError) of_call = NULL;
      GVariant *headers = g_variant_new_parsed ("[('X-A', 'b'), (%s, %s)]", refused[i].name, refused[i].value);

      g_assert_false (xml_rpc_server_proxy_set_header (proxy, refused[i].name, refused[i].value, &of_set));
      g_assert_error (of_set, XML_RPC_ERROR, XML_RPC_ERROR_INVALID_VALUE);
      g_assert_cmpstr (of_set->message, ==, refused[i].message);
      g_assert_false (xml_rpc_server_proxy_add_header (proxy, refused[i].name, refused[i].value, &of_add));
      g_assert_cmpstr (of_add->message, ==, refused[i].message);
      g_assert_null (xml_rpc_server_proxy_get_headers (proxy));

      g_object_set (proxy, "headers", headers, NULL);
      g_assert_null (call (proxy, "m", NULL, NULL, NULL, &of_call));
      g_assert_error (of_call, XML_RPC_ERROR, XML_RPC_ERROR_INVALID_VALUE);
      g_assert_cmpstr (of_call->message, ==, refused[i].message);
      g_object_set (proxy, "headers", NULL, NULL);
    }

  g_assert_cmpuint (fake_server_get_n_requests (server), ==, 0);
  assert_lines (call, proxy, "Connection", "Keep-Alive");
}

static void
count (guint *n)
{
  (*n)++;
}

static void
test_property (void)
{
  g_autoptr (XmlRpcServerProxy) proxy = xml_rpc_server_proxy_new ("http://localhost/", NULL);
  g_autoptr (GVariant) headers = g_variant_ref_sink (g_variant_new_parsed ("[('A', 'b'), ('A', 'c')]"));
  g_autoptr (GVariant) got = NULL;
  guint n_notified = 0;

  g_signal_connect_swapped (proxy, "notify::headers", G_CALLBACK (count), &n_notified);
  g_object_set (proxy, "headers", headers, NULL);
  g_object_get (proxy, "headers", &got, NULL);
  g_assert_cmpvariant (got, headers);
  g_assert_cmpuint (n_notified, ==, 1);
  g_object_set (proxy, "headers", headers, NULL);
  g_assert_true (xml_rpc_server_proxy_set_header (proxy, "B", NULL, NULL));
  g_assert_cmpuint (n_notified, ==, 1);
  g_assert_true (xml_rpc_server_proxy_set_header (proxy, "A", NULL, NULL));
  g_assert_cmpuint (n_notified, ==, 2);
  g_assert_null (xml_rpc_server_proxy_get_headers (proxy));
  xml_rpc_server_proxy_set_headers (proxy, g_variant_new_array (G_VARIANT_TYPE ("(ss)"), NULL, 0));
  g_assert_null (xml_rpc_server_proxy_get_headers (proxy));
  g_assert_cmpuint (n_notified, ==, 2);
}

static void
test_wrong_type (void)
{
  g_autoptr (XmlRpcServerProxy) proxy = xml_rpc_server_proxy_new ("http://localhost/", NULL);
  g_autoptr (GError) error = NULL;

  xml_rpc_server_proxy_set_headers (proxy, g_variant_new_string ("A: b"));
  g_assert_false (xml_rpc_server_proxy_check_settings (proxy, &error));
  g_assert_error (error, XML_RPC_ERROR, XML_RPC_ERROR_INVALID_VALUE);
  g_assert_cmpstr (error->message, ==, "headers: expected pairs of a name and a value, \"a(ss)\", got the type \"s\"");
  xml_rpc_server_proxy_set_headers (proxy, NULL);
  g_assert_true (xml_rpc_server_proxy_check_settings (proxy, NULL));
}

static gpointer
add_headers (gpointer data)
{
  for (int i = 0; i < 50; i++)
    xml_rpc_server_proxy_add_header (data, "A", "b", NULL);

  return NULL;
}

static void
test_threads (void)
{
  g_autoptr (XmlRpcServerProxy) proxy = xml_rpc_server_proxy_new ("http://localhost/", NULL);
  g_autoptr (GVariant) headers = NULL;
  GThread *threads[4];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("headers", add_headers, proxy);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  headers = xml_rpc_server_proxy_get_headers (proxy);
  g_assert_cmpuint (g_variant_n_children (headers), ==, 50 * G_N_ELEMENTS (threads));
}

static const BothWaysTest both_ways[] = {
  { "set-and-add", test_set_and_add },
  { "replaced", test_replaced },
  { "refused", test_refused },
};

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  both_ways_add ("/server-proxy-headers", both_ways, G_N_ELEMENTS (both_ways));
  g_test_add_func ("/server-proxy-headers/property", test_property);
  g_test_add_func ("/server-proxy-headers/wrong-type", test_wrong_type);
  g_test_add_func ("/server-proxy-headers/threads", test_threads);

  return g_test_run ();
}
