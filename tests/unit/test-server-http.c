/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The HTTP of a server: what it takes, what it refuses, and in what time. */

#include <string.h>

#include <xmlrpc-glib/xmlrpc-glib.h>

#include "raw-client.h"
#include "raw-echo.h"
#include "server-caller.h"
#include "test-table.h"

static void
test_answer (EchoFixture   *self,
             gconstpointer  data)
{
  g_autoptr (RawReply) reply = NULL;
  g_autofree char *body = raw_echo_body ("hello");

  raw_client_post (self->client, "Accept-Encoding: gzip\r\n", body, -1);
  reply = raw_client_receive (self->client);

  g_assert_cmpuint (reply->status, ==, 200);
  raw_reply_assert_header (reply, "Content-Type", "text/xml");
  raw_reply_assert_header (reply, "Content-Encoding", NULL);
  g_assert_cmpuint (g_bytes_get_size (reply->body), >, 0);
}

static void
test_keep_alive (EchoFixture   *self,
                 gconstpointer  data)
{
  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", i);
      g_autofree char *body = raw_echo_body (text);

      raw_client_post (self->client, "", body, -1);
      raw_echo_assert_echoed (self->client, text);
    }
}

static void
test_connection_close (EchoFixture   *self,
                       gconstpointer  data)
{
  g_autofree char *body = raw_echo_body ("last");

  raw_client_post (self->client, "Connection: close\r\n", body, -1);
  raw_echo_assert_echoed (self->client, "last");
  raw_client_wait_for_close (self->client);
}

static void
test_http_1_0 (EchoFixture   *self,
               gconstpointer  data)
{
  g_autofree char *body = raw_echo_body ("old");
  g_autofree char *request = g_strdup_printf ("POST /RPC2 HTTP/1.0\r\nContent-Type: text/xml\r\n"
                                              "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s",
                                              strlen (body), body);

  raw_client_send (self->client, request, -1);
  raw_echo_assert_echoed (self->client, "old");
  raw_client_wait_for_close (self->client);
}

static void
test_byte_by_byte (EchoFixture   *self,
                   gconstpointer  data)
{
  g_autofree char *body = raw_echo_body ("Z\303\274rich");
  g_autofree char *request = raw_echo_request ("Content-Type: text/xml\r\n", body);

  for (const char *byte = request; *byte != '\0'; byte++)
    {
      raw_client_send (self->client, byte, 1);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
  raw_echo_assert_echoed (self->client, "Z\303\274rich");
}

static void
test_only_post (EchoFixture   *self,
                gconstpointer  data)
{
  static const char * const methods[] = { "GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "post" };

  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      g_autoptr (RawClient) client = raw_client_new (self->base.port);
      g_autofree char *request = g_strdup_printf ("%s /RPC2 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n", methods[i]);
      g_autoptr (RawReply) reply = NULL;

      raw_client_send (client, request, -1);
      reply = raw_client_receive (client);
      g_assert_cmpuint (reply->status, ==, 405);
      raw_reply_assert_header (reply, "Allow", "POST");
    }
}

static const struct
{
  const char *type;
  gboolean    is_taken;
} content_types[] = {
  { "Content-Type: text/xml", TRUE },
  { "Content-Type: TEXT/XML", TRUE },
  { "Content-Type: text/xml; charset=utf-8", TRUE },
  { "Content-Type: application/xml", TRUE },
  { "X-None: ", TRUE },
  { "Content-Type: text/xml;", TRUE },
  { "Content-Type:", FALSE },
  { "Content-Type: garbage", FALSE },
  { "Content-Type: */*", FALSE },
  { "Content-Type: text/", FALSE },
  { "Content-Type: text/xml\r\nContent-Type: text/plain", FALSE },
  { "Content-Type: text/plain\r\nContent-Type: text/xml", FALSE },
  { "Content-Type: text/xml\r\nContent-Type: text/xml", FALSE },
  { "Content-Type: text/xml, text/plain", FALSE },
  { "Content-Type: text/plain; a=b, text/xml", FALSE },
  { "Content-Type: text/plain;text/xml", FALSE },
  { "Content-Type: text/xml-external-parsed-entity", FALSE },
  { "Content-Type: text/plain", FALSE },
  { "Content-Type: application/json", FALSE },
  { "Content-Type: application/x-www-form-urlencoded", FALSE },
  { "Content-Type: multipart/form-data; boundary=x", FALSE },
};

static void
test_content_types (EchoFixture   *self,
                    gconstpointer  data)
{
  g_autofree char *body = raw_echo_body ("x");

  for (gsize i = 0; i < G_N_ELEMENTS (content_types); i++)
    {
      g_autoptr (RawClient) client = raw_client_new (self->base.port);
      g_autofree char *headers = g_strconcat (content_types[i].type, "\r\n", NULL);
      g_autofree char *request = raw_echo_request (headers, body);

      g_test_message ("%s", content_types[i].type);
      raw_client_send (client, request, -1);
      raw_echo_assert_status (client, content_types[i].is_taken ? 200 : 415);
      raw_echo_assert_still_served (client);
    }
}

static void
test_charset (EchoFixture   *self,
              gconstpointer  data)
{
  g_autofree char *body = raw_echo_body ("Z\374rich");
  g_autofree char *request = raw_echo_request ("Content-Type: text/xml; charset=iso-8859-1\r\n", body);

  raw_client_send (self->client, request, -1);
  raw_echo_assert_echoed (self->client, "Z\303\274rich");
}

static void
test_bad_bodies_are_faults (EchoFixture   *self,
                            gconstpointer  data)
{
  static const struct
  {
    const char *body;
    int         code;
  } bad[] = {
    { "", XML_RPC_FAULT_NOT_WELL_FORMED },
    { "not XML", XML_RPC_FAULT_NOT_WELL_FORMED },
    { "<methodCall><methodName>echo", XML_RPC_FAULT_NOT_WELL_FORMED },
    { "<?xml version=\"1.0\"?><a/>", XML_RPC_FAULT_INVALID_XML_RPC },
    { "<methodCall><methodName>none</methodName></methodCall>", XML_RPC_FAULT_METHOD_NOT_FOUND },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      raw_client_post (self->client, "", bad[i].body, -1);
      raw_echo_assert_fault (self->client, bad[i].code);
    }
  raw_echo_assert_still_served (self->client);
}

static void
test_chunked (EchoFixture   *self,
              gconstpointer  data)
{
  g_autofree char *body = raw_echo_body ("in pieces");

  for (gsize chunk_size = 1; chunk_size < strlen (body); chunk_size *= 3)
    {
      g_autoptr (RawClient) client = raw_client_new (self->base.port);

      raw_echo_send_chunked (client, "", body, strlen (body), chunk_size);
      raw_echo_assert_echoed (client, "in pieces");
    }
}

static void
test_expect_continue (EchoFixture   *self,
                      gconstpointer  data)
{
  g_autofree char *body = raw_echo_body ("go on");
  g_autofree char *head = g_strdup_printf ("POST /RPC2 HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml\r\n"
                                           "Expect: 100-continue\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n",
                                           strlen (body));

  raw_client_send (self->client, head, -1);
  raw_echo_assert_status (self->client, 100);
  raw_client_send (self->client, body, -1);
  raw_echo_assert_echoed (self->client, "go on");
  raw_echo_assert_still_served (self->client);
}

static void
test_expect_continue_refused (EchoFixture   *self,
                              gconstpointer  data)
{
  static const struct
  {
    const char *headers;
    guint       status;
  } refused[] = {
    { "Content-Type: text/xml\r\nContent-Length: 10000000000", 413 },
    { "Content-Type: text/xml\r\nContent-Length: 8388609", 413 },
    { "Content-Type: text/plain\r\nContent-Length: 100", 415 },
    { "Content-Type: text/xml\r\nContent-Encoding: br\r\nContent-Length: 100", 415 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (RawClient) client = raw_client_new (self->base.port);
      g_autofree char *head = g_strdup_printf ("POST /RPC2 HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n%s\r\n\r\n",
                                               refused[i].headers);

      raw_client_send (client, head, -1);
      raw_echo_assert_status (client, refused[i].status);
    }
}

/* Each sends a part of a request and no more. */
static void
test_request_timeout (EchoFixture   *self,
                      gconstpointer  data)
{
  static const char * const parts[] = {
    "P",
    "POST /RPC2 HTTP/1.1\r\nHo",
    "POST /RPC2 HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml\r\nContent-Length: 100\r\n\r\n",
    "POST /RPC2 HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml\r\nContent-Length: 100\r\n\r\n<methodCall>",
    "POST /RPC2 HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml\r\nTransfer-Encoding: chunked\r\n\r\nc\r\n<methodCall>\r\n",
    "POST /RPC2 HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml\r\nExpect: 100-continue\r\nContent-Length: 100\r\n\r\n",
  };

  xml_rpc_server_set_request_timeout (self->base.server, 100);
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autoptr (RawClient) client = raw_client_new (self->base.port);
      g_autoptr (RawReply) reply = NULL;

      g_test_message ("%s", parts[i]);
      raw_client_send (client, parts[i], -1);
      reply = raw_client_receive (client);
      if (reply != NULL && reply->status == 100)
        {
          raw_reply_free (reply);
          reply = raw_client_receive (client);
        }
      g_assert_true (reply == NULL || reply->status == 408);
      raw_client_wait_for_close (client);
    }
}

/* The time counts from a request's first byte: a connection may be idle. */
static void
test_idle_is_no_timeout (EchoFixture   *self,
                         gconstpointer  data)
{
  xml_rpc_server_set_request_timeout (self->base.server, 100);
  raw_echo_assert_still_served (self->client);
  server_caller_wait (400);
  raw_echo_assert_still_served (self->client);
}

static void
answer_after_timeout (XmlRpcServer     *server,
                      XmlRpcInvocation *invocation,
                      gpointer          user_data)
{
  server_caller_wait (400);
  server_fixture_echo (server, invocation, NULL);
}

/* The time is the client's, not the method's. */
static void
test_method_may_take_longer (EchoFixture   *self,
                             gconstpointer  data)
{
  xml_rpc_server_set_request_timeout (self->base.server, 100);
  xml_rpc_server_add_method (self->base.server, "echo", NULL, NULL, answer_after_timeout, NULL, NULL, NULL);
  raw_echo_assert_still_served (self->client);
}

static void
test_hang_up_anywhere (EchoFixture   *self,
                       gconstpointer  data)
{
  g_autoptr (RawClient) last = NULL;
  g_autofree char *body = raw_echo_body ("x");
  g_autofree char *request = raw_echo_request ("Content-Type: text/xml\r\n", body);

  for (gsize length = 0; length <= strlen (request); length++)
    {
      g_autoptr (RawClient) client = raw_client_new (self->base.port);

      raw_client_send (client, request, length);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }

  last = raw_client_new (self->base.port);
  raw_echo_assert_still_served (last);
}

static void
keep_message (SoupServer        *soup_server,
              SoupServerMessage *message,
              gpointer           user_data)
{
  SoupServerMessage **kept = user_data;

  g_set_object (kept, message);
}

/* Somebody else may hold the message longer than there is a connection. */
static void
test_disconnected_before_timeout (EchoFixture   *self,
                                  gconstpointer  data)
{
  g_autoptr (SoupServerMessage) message = NULL;

  xml_rpc_server_set_request_timeout (self->base.server, 100);
  g_signal_connect (self->base.soup_server, "request-started", G_CALLBACK (keep_message), &message);
  raw_client_send (self->client,
                   "POST /RPC2 HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml\r\nContent-Length: 100\r\n\r\n", -1);
  server_caller_wait (20);
  g_assert_nonnull (message);
  soup_server_disconnect (self->base.soup_server);
  raw_client_wait_for_close (self->client);
  server_caller_wait (200);
  g_clear_object (&message);
}

static const TEST_ROW (EchoFixture) tests[] = {
  { "answer", test_answer },
  { "keep-alive", test_keep_alive },
  { "connection-close", test_connection_close },
  { "http-1.0", test_http_1_0 },
  { "byte-by-byte", test_byte_by_byte },
  { "only-post", test_only_post },
  { "content-types", test_content_types },
  { "charset", test_charset },
  { "bad-bodies-are-faults", test_bad_bodies_are_faults },
  { "chunked", test_chunked },
  { "expect-continue", test_expect_continue },
  { "expect-continue-refused", test_expect_continue_refused },
  { "request-timeout", test_request_timeout },
  { "disconnected-before-timeout", test_disconnected_before_timeout },
  { "idle-is-no-timeout", test_idle_is_no_timeout },
  { "method-may-take-longer", test_method_may_take_longer },
  { "hang-up-anywhere", test_hang_up_anywhere },
};

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  TEST_TABLE_ADD_FIXTURE ("/server-http", tests, EchoFixture, echo_fixture_set_up, echo_fixture_tear_down);

  return g_test_run ();
}
