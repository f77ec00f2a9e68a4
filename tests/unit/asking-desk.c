/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "asking-desk.h"

#include <string.h>

#define CHALLENGE "WWW-Authenticate: Basic realm=\"x\"\r\n"
/* A call has this time, and a person needs longer. */
#define TIMEOUT_MSEC 1500
#define THINKING_MSEC 2500
/* ada:lovelace */
#define BASIC "\nAuthorization: Basic YWRhOmxvdmVsYWNl\n"

static void
stall (FakeConnection *connection,
       const char     *head)
{
  fake_connection_write (connection, head, -1);
  fake_connection_wait_for_close (connection);
}

static void
reply_slowly (FakeConnection *connection)
{
  fake_connection_write (connection, "HTTP/1.1 401 Unauthorized\r\nContent-Length: 4\r\n" CHALLENGE "\r\n12", -1);
  g_usleep (400000);
  fake_connection_write (connection, "34", -1);
}

static void
keep_door (FakeConnection *connection,
           gpointer        user_data)
{
  Door *self = user_data;
  char *request;

  while ((request = fake_connection_read_request (connection)) != NULL)
    {
      const char *head = fake_connection_get_head (connection);
      const gboolean is_right = strstr (head, BASIC) != NULL;

      g_free (request);
      if (is_right && g_atomic_int_add (&self->n_right, 1) > 0 && self->forgets)
        {
          fake_connection_reply (connection, "401 Unauthorized", CHALLENGE, NULL);
          continue;
        }
      if (!is_right && strstr (head, "\nAuthorization: ") != NULL)
        g_atomic_int_inc (&self->n_wrong);

      if (is_right && self->stalls_response)
        stall (connection, "");
      else if (is_right)
        fake_connection_return (connection, g_variant_new_string ("known"));
      else if (self->slows_challenge)
        reply_slowly (connection);
      else if (self->is_too_large)
        stall (connection, "HTTP/1.1 401 Unauthorized\r\nContent-Length: 99999999999\r\n" CHALLENGE "\r\n");
      else if (self->stalls_challenge)
        stall (connection, "HTTP/1.1 401 Unauthorized\r\nContent-Length: 9\r\n" CHALLENGE "\r\n1234");
      else
        fake_connection_reply (connection, "401 Unauthorized", CHALLENGE, NULL);
    }
}

static gboolean
on_authenticate (SoupMessage *message,
                 SoupAuth    *auth,
                 gboolean     is_retry,
                 Desk        *self)
{
  g_atomic_int_inc (&self->n_questions);
  return self->on_authenticate (self, auth);
}

static void
on_message (XmlRpcServerProxy *proxy,
            SoupMessage       *message,
            Desk              *self)
{
  g_signal_connect (message, "authenticate", G_CALLBACK (on_authenticate), self);
}

void
desk_set_up (Desk          *self,
             gconstpointer  data)
{
  self->server = fake_server_new (keep_door, &self->door);
  self->proxy = xml_rpc_server_proxy_new (fake_server_get_uri (self->server), NULL);
  self->last_password = "lovelace";
  g_signal_connect (self->proxy, "message", G_CALLBACK (on_message), self);
  xml_rpc_server_proxy_set_timeout (self->proxy, TIMEOUT_MSEC);
}

void
desk_tear_down (Desk          *self,
                gconstpointer  data)
{
  g_clear_object (&self->auth);
  g_assert_finalize_object (self->proxy);
  fake_server_free (self->server);
}

/* What a person may do. */

gboolean
desk_answer_at_once (Desk     *self,
                     SoupAuth *auth)
{
  soup_auth_authenticate (auth, "ada", "lovelace");
  return TRUE;
}

gboolean
desk_answer_slowly (Desk     *self,
                    SoupAuth *auth)
{
  g_usleep (THINKING_MSEC * 1000);
  return desk_answer_at_once (self, auth);
}

gboolean
desk_have_no_answer (Desk     *self,
                     SoupAuth *auth)
{
  return FALSE;
}

gboolean
desk_have_no_answer_slowly (Desk     *self,
                            SoupAuth *auth)
{
  g_usleep (THINKING_MSEC * 1000);
  return FALSE;
}

gboolean
desk_think (Desk     *self,
            SoupAuth *auth)
{
  g_set_object (&self->auth, auth);
  return TRUE;
}

static gboolean
on_thought (gpointer user_data)
{
  Desk *self = user_data;
  g_autoptr (SoupAuth) auth = g_steal_pointer (&self->auth);

  soup_auth_authenticate (auth, "ada", self->n_answers++ == 0 ? "wrong" : self->last_password);
  return G_SOURCE_REMOVE;
}

gboolean
desk_think_twice (Desk     *self,
                  SoupAuth *auth)
{
  g_timeout_add (200, on_thought, self);
  return desk_think (self, auth);
}

static gboolean
on_late_thought (gpointer user_data)
{
  Desk *self = user_data;

  self->n_answers = 1;
  return on_thought (self);
}

gboolean
desk_think_long (Desk     *self,
                 SoupAuth *auth)
{
  g_timeout_add (THINKING_MSEC, on_late_thought, self);
  return desk_think (self, auth);
}

static gboolean
close_dialog (gpointer user_data)
{
  Desk *self = user_data;
  g_autoptr (SoupAuth) auth = g_steal_pointer (&self->auth);

  soup_auth_cancel (auth);
  return G_SOURCE_REMOVE;
}

gboolean
desk_think_and_close (Desk     *self,
                      SoupAuth *auth)
{
  g_timeout_add (200, close_dialog, self);
  return desk_think (self, auth);
}

void
desk_assert_outcome (GVariant *value,
                     GError   *error,
                     int       code)
{
  if (code == 0)
    {
      g_assert_no_error (error);
      g_assert_cmpstr (g_variant_get_string (value, NULL), ==, "known");
    }
  else if (code == XML_RPC_HTTP_ERROR_UNAUTHORIZED)
    {
      g_assert_error (error, XML_RPC_HTTP_ERROR, code);
    }
  else
    {
      g_assert_error (error, G_IO_ERROR, code);
    }
}
