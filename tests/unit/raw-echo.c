/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "raw-echo.h"

#include <string.h>

#define ECHO_FORMAT "<methodCall><methodName>echo</methodName>" \
                    "<params><param><value>%s</value></param></params></methodCall>"

char *
raw_echo_body (const char *text)
{
  return g_strdup_printf (ECHO_FORMAT, text);
}

char *
raw_echo_body_of_size (gsize size)
{
  g_autofree char *text = g_strnfill (size - (strlen (ECHO_FORMAT) - strlen ("%s")), 'x');

  return raw_echo_body (text);
}

static char *
create_request (const char *path,
                const char *headers,
                const char *body)
{
  return g_strdup_printf ("POST %s HTTP/1.1\r\nHost: localhost\r\n%sContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s",
                          path, headers, strlen (body), body);
}

char *
raw_echo_request (const char *headers,
                  const char *body)
{
  return create_request ("/RPC2", headers, body);
}

void
raw_echo_send_to (RawClient  *client,
                  const char *path,
                  const char *body)
{
  g_autofree char *request = create_request (path, "Content-Type: text/xml\r\n", body);

  raw_client_send (client, request, -1);
}

void
raw_echo_send_chunked (RawClient  *client,
                       const char *headers,
                       const char *body,
                       gsize       length,
                       gsize       chunk_size)
{
  g_autofree char *head = g_strdup_printf ("POST /RPC2 HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml\r\n"
                                           "%sTransfer-Encoding: chunked\r\n\r\n", headers);

  raw_client_send (client, head, -1);
  for (gsize i = 0; i < length; i += chunk_size)
    {
      gsize size = MIN (chunk_size, length - i);
      g_autofree char *size_line = g_strdup_printf ("%" G_GSIZE_MODIFIER "x\r\n", size);

      raw_client_send_what_goes (client, size_line, strlen (size_line));
      raw_client_send_what_goes (client, body + i, size);
      raw_client_send_what_goes (client, "\r\n", 2);
    }
  raw_client_send_what_goes (client, "0\r\n\r\n", 5);
}

void
raw_echo_assert_status (RawClient *client,
                        guint      status)
{
  g_autoptr (RawReply) reply = raw_client_receive (client);

  g_assert_nonnull (reply);
  g_assert_cmpuint (reply->status, ==, status);
}

void
raw_echo_assert_echoed (RawClient  *client,
                        const char *text)
{
  g_autoptr (RawReply) reply = raw_client_receive (client);
  g_autoptr (GVariant) value = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (reply);
  g_assert_cmpuint (reply->status, ==, 200);
  value = xml_rpc_decode_response (reply->body, G_VARIANT_TYPE_STRING, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (g_variant_get_string (value, NULL), ==, text);
}

void
raw_echo_assert_fault (RawClient *client,
                       int        code)
{
  g_autoptr (RawReply) reply = raw_client_receive (client);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (reply);
  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_null (xml_rpc_decode_response (reply->body, NULL, &error));
  g_assert_error (error, XML_RPC_FAULT, code);
}

void
raw_echo_assert_still_served (RawClient *client)
{
  g_autofree char *body = raw_echo_body ("again");

  raw_client_post (client, "", body, -1);
  raw_echo_assert_echoed (client, "again");
}

void
echo_fixture_set_up (EchoFixture   *self,
                     gconstpointer  data)
{
  server_fixture_init (&self->base);
  self->client = raw_client_new (self->base.port);
}

void
echo_fixture_tear_down (EchoFixture   *self,
                        gconstpointer  data)
{
  raw_client_free (self->client);
  server_fixture_clear (&self->base);
}
