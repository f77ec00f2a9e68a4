/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Whoever writes a URI must not write headers. */

#include <string.h>

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>

#include "both-ways.h"
#include "fake-server.h"

static const char * const bad_hosts[] = {
  "a%0d%0aX-Evil%3A%201",
  "a%0d%0aX-Evil:%201%0d%0aY",
  "a\r\nX-Evil: 1",
  "a%0aX-Evil",
  "a%0dX-Evil",
  "a%00b",
  "a%1bb",
  "a%7fb",
  "a%c2%85b",
  "a%20b",
  "a b",
  "a\tb",
  "a%c2%a0b",
  "a%e3%80%80b",
  "a%e2%80%aeb",
  "a%2fb",
  "a%3fb",
  "a%23b",
  "a%40b",
  "a%3a80",
  "a%5cb",
  "a%5b",
  "a%25b",
  "a%22b",
  "a%ffb",
  "[::1%250d%0aX-Evil]",
  "[fe80::1%25a%20b]",
  "[::1%0d%0a]",
};

/* Returns the head of each request. */
static void
tell_head (FakeConnection *connection,
           gpointer        user_data)
{
  g_autofree char *request = NULL;

  while ((request = fake_connection_read_request (connection)) != NULL)
    {
      fake_connection_return (connection, g_variant_new_string (fake_connection_get_head (connection)));
      g_clear_pointer (&request, g_free);
    }
}

static void
tell_scgi (FakeConnection *connection,
           gpointer        user_data)
{
  g_autofree char *request = fake_connection_read_scgi (connection);

  fake_connection_return (connection, g_variant_new_string (fake_connection_get_head (connection)));
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

/* Those with which the library or libsoup does not look up a host. */
static GPtrArray *
create_sessions (void)
{
  GPtrArray *sessions = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new ("/nowhere/socket");
  g_autoptr (GProxyResolver) resolver = g_simple_proxy_resolver_new ("http://127.0.0.1:1/", NULL);

  g_ptr_array_add (sessions, soup_session_new_with_options ("remote-connectable", address, NULL));
  g_ptr_array_add (sessions, soup_session_new_with_options ("proxy-resolver", resolver, NULL));

  return sessions;
}

static void
assert_refused (GError *error)
{
  g_assert_nonnull (error);
  g_assert_cmpstr (g_quark_to_string (error->domain), ==, "g-uri-quark");
  g_assert_true (g_str_has_prefix (error->message, "invalid URI: "));
  g_error_free (error);
}

static void
check_refused (CallFunc    call,
               const char *uri)
{
  g_autoptr (GPtrArray) sessions = create_sessions ();
  g_autoptr (XmlRpcServerProxy) unchecked = g_object_new (XML_RPC_TYPE_SERVER_PROXY, "uri", uri, NULL);
  GError *error = NULL;

  g_test_message ("%s", uri);
  g_assert_null (xml_rpc_server_proxy_new (uri, &error));
  assert_refused (g_steal_pointer (&error));

  g_assert_null (call (unchecked, "m", NULL, NULL, NULL, &error));
  assert_refused (g_steal_pointer (&error));

  for (guint i = 0; i < sessions->len; i++)
    {
      g_assert_null (xml_rpc_server_proxy_new_with_session (uri, g_ptr_array_index (sessions, i), &error));
      assert_refused (g_steal_pointer (&error));
    }
}

static void
test_refused (CallFunc call)
{
  static const char * const schemes[] = { "http", "https", "scgi" };

  for (gsize i = 0; i < G_N_ELEMENTS (bad_hosts); i++)
    {
      for (gsize j = 0; j < G_N_ELEMENTS (schemes); j++)
        {
          g_autofree char *uri = g_strdup_printf ("%s://user:pass@%s:80/", schemes[j], bad_hosts[i]);

          check_refused (call, uri);
        }
    }
}

static void
test_socket_refused (CallFunc call)
{
  static const char * const uris[] = {
    "http+unix://%2Frun%2Fa%0d%0aX-Evil/",
    "http+unix://%2Frun%2Fa%1b[2J/",
    "http+unix:///run/a%0d%0aX-Evil:/",
    "http+unix:///run/a\r\nX-Evil:/",
    "http+unix:///run/a%00b:/",
    "scgi+unix://%2Frun%2Fa%0a/",
    "scgi+unix:///run/a%7f:/",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (uris); i++)
    {
      GError *error = NULL;

      g_test_message ("%s", uris[i]);
      g_assert_null (xml_rpc_server_proxy_new (uris[i], &error));
      assert_refused (error);
    }
}

static void
assert_one_host (const char *head,
                 const char *host)
{
  g_autofree char *line = g_strdup_printf ("\nHost: %s", host);
  const char *found = strstr (head, line);

  g_assert_nonnull (found);
  g_assert_nonnull (strchr ("\r\n", found[strlen (line)]));
  g_assert_null (strstr (found + 1, "\nHost:"));
  g_assert_null (strstr (head, "\nX-Evil"));
}

/* A path of a file may have blanks; it is not sent. */
static void
test_blank_in_socket_path (CallFunc call)
{
  g_autofree char *folder = g_dir_make_tmp ("hosts XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "a socket", NULL);
  g_autofree char *escaped = g_uri_escape_string (path, NULL, FALSE);
  g_autoptr (FakeServer) server = fake_server_new_at_socket (path, tell_head, NULL);
  g_autofree char *as_host = g_strdup_printf ("http+unix://%s/a%%0d%%0aX-Evil:1", escaped);
  g_autofree char *as_path = g_strdup_printf ("http+unix://%s:/a\r\nX-Evil:1", path);
  const char * const uris[] = { as_host, as_path };

  for (gsize i = 0; i < G_N_ELEMENTS (uris); i++)
    {
      g_autoptr (XmlRpcServerProxy) proxy = xml_rpc_server_proxy_new (uris[i], NULL);
      g_autofree char *head = get_head (call, proxy);

      g_assert_true (g_str_has_prefix (head, "POST /a%0D%0AX-Evil:1 HTTP/1.1"));
      assert_one_host (head, "localhost");
    }

  g_unlink (path);
  g_rmdir (folder);
}

/* What is behind the host, and before it, by an HTTP proxy. */
static void
test_neighbours (CallFunc call)
{
  static const struct
  {
    const char *uri;
    const char *line;
    const char *host;
  } cases[] = {
    { "http://a_b.example/x%0d%0aX-Evil:1", "POST http://a_b.example/x%0D%0AX-Evil:1 HTTP/1.1", "a_b.example" },
    { "http://a.example/x\r\nX-Evil:1", "POST http://a.example/x%0D%0AX-Evil:1 HTTP/1.1", "a.example" },
    { "http://a.example/x HTTP/1.1", "POST http://a.example/x%20HTTP/1.1 HTTP/1.1", "a.example" },
    { "http://a.example/?q\r\nX-Evil:1", "POST http://a.example/?q%0D%0AX-Evil:1 HTTP/1.1", "a.example" },
    { "http://a.example/#f\r\nX-Evil:1", "POST http://a.example/ HTTP/1.1", "a.example" },
    { "http://us%20er:p%20w@a.example/", "POST http://a.example/ HTTP/1.1", "a.example" },
    { "http://[::1]:81/", "POST http://[::1]:81/ HTTP/1.1", "[::1]:81" },
  };
  g_autoptr (FakeServer) server = fake_server_new (tell_head, NULL);
  g_autoptr (GProxyResolver) resolver = g_simple_proxy_resolver_new (fake_server_get_uri (server), NULL);
  g_autoptr (SoupSession) session = soup_session_new_with_options ("proxy-resolver", resolver, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (XmlRpcServerProxy) proxy = xml_rpc_server_proxy_new_with_session (cases[i].uri, session, NULL);
      g_autofree char *head = get_head (call, proxy);

      g_test_message ("%s", cases[i].uri);
      if (!g_str_has_prefix (head, cases[i].line))
        g_error ("expected \"%s\", got \"%s\"", cases[i].line, head);
      assert_one_host (head, cases[i].host);
    }
}

static void
test_user (CallFunc call)
{
  static const char * const users[] = { "a%0d%0aX-Evil:1", "a\r\nX-Evil:1", "a:b%0d%0aX-Evil", "a%1b", "a%7f:b" };

  for (gsize i = 0; i < G_N_ELEMENTS (users); i++)
    {
      g_autofree char *uri = g_strdup_printf ("http://%s@localhost/", users[i]);
      g_autoptr (GError) error = NULL;

      g_assert_null (xml_rpc_server_proxy_new (uri, &error));
      g_assert_error (error, XML_RPC_ERROR, XML_RPC_ERROR_INVALID_VALUE);
      g_assert_null (strstr (error->message, "X-Evil"));
    }
}

static void
test_scgi (CallFunc call)
{
  g_autoptr (FakeServer) server = fake_server_new (tell_scgi, NULL);
  g_autoptr (GUri) at = g_uri_parse (fake_server_get_uri (server), G_URI_FLAGS_NONE, NULL);
  g_autofree char *uri = g_strdup_printf ("scgi://127.0.0.1:%d/a%%0d%%0aX-Evil:%%001?b\r\nX-Evil:1", g_uri_get_port (at));
  g_autoptr (XmlRpcServerProxy) proxy = xml_rpc_server_proxy_new (uri, NULL);
  g_autofree char *head = get_head (call, proxy);

  g_assert_nonnull (strstr (head, "REQUEST_URI: /a%0D%0AX-Evil:%001?b%0D%0AX-Evil:1"));
  g_assert_null (strstr (head, "\nX-Evil"));
}

int
main (int   argc,
      char *argv[])
{
  static const BothWaysTest tests[] = {
    { "refused", test_refused },
    { "socket-refused", test_socket_refused },
    { "blank-in-socket-path", test_blank_in_socket_path },
    { "neighbours", test_neighbours },
    { "user", test_user },
    { "scgi", test_scgi },
  };

  g_test_init (&argc, &argv, NULL);
  both_ways_add ("/hosts", tests, G_N_ELEMENTS (tests));

  return g_test_run ();
}
