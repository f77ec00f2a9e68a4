/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What is asked for, and whom, by the URI; and cookies. */

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
      g_autoptr (GVariant) head = g_variant_ref_sink (g_variant_new_string (fake_connection_get_head (connection)));
      g_autoptr (GBytes) body = xml_rpc_encode_response (head, NULL);

      fake_connection_reply (connection, "200 OK", "Content-Type: text/xml\r\nSet-Cookie: session=s3cret; HttpOnly\r\n", body);
      g_free (request);
    }
}

static guint
get_port (FakeServer *server)
{
  g_autoptr (GUri) uri = g_uri_parse (fake_server_get_uri (server), SOUP_HTTP_URI_FLAGS, NULL);

  return (guint) g_uri_get_port (uri);
}

static char *
get_head (CallFunc           call,
          XmlRpcServerProxy *proxy)
{
  GError *error = NULL;
  g_autoptr (GVariant) value = NULL;

  xml_rpc_server_proxy_set_timeout (proxy, 30000);
  value = call (proxy, "m", NULL, G_VARIANT_TYPE_STRING, NULL, &error);
  g_assert_no_error (error);

  return g_variant_dup_string (value, NULL);
}

static void
test_path_and_query (CallFunc call)
{
  static const struct
  {
    const char *rest;
    const char *asked;
  } cases[] = {
    { "", "/RPC2" },
    { "/", "/" },
    { "/a/b", "/a/b" },
    { "/a%2Fb%20c", "/a%2Fb%20c" },
    { "?x=1&y=%26", "/RPC2?x=1&y=%26" },
    { "/a?", "/a?" },
    { "/a?b?c=/", "/a?b?c=/" },
    { "/a;b=c?d;e", "/a;b=c?d;e" },
    { "/a#part", "/a" },
    { "/?q#part", "/?q" },
    { "#part", "/RPC2" },
    { "/ä?ü", "/%C3%A4?%C3%BC" },
    { "/a/../b", "/b" },
  };
  g_autoptr (FakeServer) server = fake_server_new (tell_head, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *uri = g_strdup_printf ("http://127.0.0.1:%u%s", get_port (server), cases[i].rest);
      g_autoptr (XmlRpcServerProxy) proxy = xml_rpc_server_proxy_new (uri, NULL);
      g_autofree char *head = get_head (call, proxy);
      g_autofree char *line = g_strdup_printf ("POST %s HTTP/1.1\n", cases[i].asked);

      g_strdelimit (head, "\r", ' ');
      if (!g_str_has_prefix (head, line))
        g_error ("%s: expected \"%s\", got \"%s\"", uri, line, head);
    }
}

static void
test_host (CallFunc call)
{
  static const struct
  {
    const char *host;
    const char *sent;
  } cases[] = {
    { "bücher.example", "\nHost: xn--bcher-kva.example" },
    { "B%C3%BCcher.example", "\nHost: xn--bcher-kva.example" },
    { "例え.テスト", "\nHost: xn--r8jz45g.xn--zckzah" },
    { "[::1]", "\nHost: [::1]" },
    { "[fe80::1%25eth0]", "\nHost: [fe80::1]" },
    { "example.com:80", "\nHost: example.com" },
    { "example.com:81", "\nHost: example.com:81" },
  };
  g_autoptr (FakeServer) server = fake_server_new (tell_head, NULL);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", get_port (server));

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SoupSession) session = soup_session_new_with_options ("remote-connectable", address, NULL);
      g_autofree char *uri = g_strdup_printf ("http://%s/", cases[i].host);
      g_autoptr (XmlRpcServerProxy) proxy = xml_rpc_server_proxy_new_with_session (uri, session, NULL);
      g_autofree char *head = get_head (call, proxy);
      const char *found = strstr (head, cases[i].sent);

      if (found == NULL || strchr ("\r\n", found[strlen (cases[i].sent)]) == NULL)
        g_error ("%s: expected \"%s\", got \"%s\"", uri, cases[i].sent, head);
    }
}

static gboolean
has_cookie (CallFunc           call,
            XmlRpcServerProxy *proxy)
{
  g_autofree char *head = get_head (call, proxy);

  return strstr (head, "\nCookie: session=s3cret") != NULL;
}

/* One line, and whoever logs in by a cookie is known from then on. */
static void
test_cookie (CallFunc call)
{
  g_autoptr (FakeServer) server = fake_server_new (tell_head, NULL);
  g_autoptr (XmlRpcServerProxy) proxy = xml_rpc_server_proxy_new (fake_server_get_uri (server), NULL);

  g_assert_false (has_cookie (call, proxy));
  g_assert_false (has_cookie (call, proxy));

  soup_session_add_feature_by_type (xml_rpc_server_proxy_get_session (proxy), SOUP_TYPE_COOKIE_JAR);
  g_assert_false (has_cookie (call, proxy));
  for (int i = 0; i < 3; i++)
    g_assert_true (has_cookie (call, proxy));

  soup_session_remove_feature_by_type (xml_rpc_server_proxy_get_session (proxy), SOUP_TYPE_COOKIE_JAR);
  g_assert_false (has_cookie (call, proxy));
}

/* Two of one name are both sent, by every call. */
static void
test_two_of_one_name (CallFunc call)
{
  static const char * const names[] = { "Cookie", "Authorization", "X-A" };
  g_autoptr (FakeServer) server = fake_server_new (tell_head, NULL);
  g_autoptr (XmlRpcServerProxy) proxy = xml_rpc_server_proxy_new (fake_server_get_uri (server), NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_assert_true (xml_rpc_server_proxy_add_header (proxy, names[i], "a=1", NULL));
      g_assert_true (xml_rpc_server_proxy_add_header (proxy, names[i], "b=2", NULL));
    }

  for (int n = 0; n < 3; n++)
    {
      g_autofree char *head = get_head (call, proxy);

      for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
        {
          g_autofree char *first = g_strdup_printf ("\n%s: a=1", names[i]);
          g_autofree char *second = g_strdup_printf ("\n%s: b=2", names[i]);

          g_assert_nonnull (strstr (head, first));
          g_assert_nonnull (strstr (head, second));
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  static const BothWaysTest tests[] = {
    { "path-and-query", test_path_and_query },
    { "host", test_host },
    { "cookie", test_cookie },
    { "two-of-one-name", test_two_of_one_name },
  };

  g_test_init (&argc, &argv, NULL);
  both_ways_add ("/what-is-sent", tests, G_N_ELEMENTS (tests));

  return g_test_run ();
}
