/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Classes that programs derive from XmlRpcServerProxy. */

#include <string.h>

#include "fake-server.h"

#include <xmlrpc-glib/xmlrpc-glib.h>

#define TEST_TYPE_BLOG (blog_get_type ())
G_DECLARE_FINAL_TYPE (Blog, blog, TEST, BLOG, XmlRpcServerProxy)

/* Its first call has a header of its own, and it remembers what failed. */
struct _Blog
{
  XmlRpcServerProxy parent_instance;

  guint n_messages;
  guint last_status;
};

G_DEFINE_FINAL_TYPE (Blog, blog, XML_RPC_TYPE_SERVER_PROXY)

static void
blog_message (XmlRpcServerProxy *proxy,
              SoupMessage       *message)
{
  Blog *self = TEST_BLOG (proxy);

  if (self->n_messages++ == 0)
    soup_message_headers_append (soup_message_get_request_headers (message), "X-Blog", "first");
}

static void
blog_http_error (XmlRpcServerProxy *proxy,
                 SoupMessage       *message)
{
  TEST_BLOG (proxy)->last_status = soup_message_get_status (message);
}

static void
blog_class_init (BlogClass *klass)
{
  XmlRpcServerProxyClass *proxy_class = XML_RPC_SERVER_PROXY_CLASS (klass);

  proxy_class->message = blog_message;
  proxy_class->http_error = blog_http_error;
}

static void
blog_init (Blog *self)
{
}

/* Says whether the header was there; "fail" is not answered with a value. */
static void
tell_header (FakeConnection *connection,
             gpointer        user_data)
{
  char *body;

  while ((body = fake_connection_read_request (connection)) != NULL)
    {
      if (strstr (body, "fail") != NULL)
        fake_connection_reply (connection, "503 Busy", NULL, NULL);
      else
        fake_connection_return (connection, g_variant_new_boolean (strstr (fake_connection_get_head (connection),
                                                                           "X-Blog") != NULL));
      g_free (body);
    }
}

static gboolean
call_for_boolean (Blog *blog)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value = xml_rpc_server_proxy_call (XML_RPC_SERVER_PROXY (blog), "tell", NULL,
                                                          G_VARIANT_TYPE_BOOLEAN, NULL, &error);

  g_assert_no_error (error);

  return g_variant_get_boolean (value);
}

/* The class sees each message, and none is used for the next call. */
static void
test_slots (void)
{
  g_autoptr (FakeServer) server = fake_server_new (tell_header, NULL);
  g_autoptr (Blog) blog = g_object_new (TEST_TYPE_BLOG, "uri", fake_server_get_uri (server), NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (call_for_boolean (blog));
  g_assert_false (call_for_boolean (blog));
  g_assert_false (call_for_boolean (blog));
  g_assert_cmpuint (blog->n_messages, ==, 3);

  g_assert_null (xml_rpc_server_proxy_call (XML_RPC_SERVER_PROXY (blog), "fail", NULL, NULL, NULL, &error));
  g_assert_error (error, XML_RPC_HTTP_ERROR, 503);
  g_assert_cmpuint (blog->n_messages, ==, 4);
  g_assert_cmpuint (blog->last_status, ==, 503);
}

/* What is wrong is known at once to who asks, and at the first call in any case. */
static void
test_settings (void)
{
  g_autoptr (Blog) good = g_object_new (TEST_TYPE_BLOG, "uri", "http://localhost/", NULL);
  g_autoptr (Blog) bad = g_object_new (TEST_TYPE_BLOG, "uri", "gopher://localhost/", NULL);
  g_autoptr (Blog) none = g_object_new (TEST_TYPE_BLOG, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) of_call = NULL;
  g_autoptr (GError) of_none = NULL;

  g_assert_true (xml_rpc_server_proxy_check_settings (XML_RPC_SERVER_PROXY (good), &error));
  g_assert_no_error (error);

  g_assert_false (xml_rpc_server_proxy_check_settings (XML_RPC_SERVER_PROXY (bad), &error));
  g_assert_error (error, G_URI_ERROR, G_URI_ERROR_BAD_SCHEME);
  g_assert_null (xml_rpc_server_proxy_call (XML_RPC_SERVER_PROXY (bad), "a", NULL, NULL, NULL, &of_call));
  g_assert_cmpstr (of_call->message, ==, error->message);

  g_assert_false (xml_rpc_server_proxy_check_settings (XML_RPC_SERVER_PROXY (none), &of_none));
  g_assert_error (of_none, G_URI_ERROR, G_URI_ERROR_FAILED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/server-proxy-class/slots", test_slots);
  g_test_add_func ("/server-proxy-class/settings", test_settings);

  return g_test_run ();
}
