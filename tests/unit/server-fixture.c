/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "server-fixture.h"

#include <string.h>

#define PATIENCE_SECONDS 20

void
server_fixture_echo (XmlRpcServer     *server,
                     XmlRpcInvocation *invocation,
                     gpointer          user_data)
{
  g_autoptr (GVariant) param = g_variant_get_child_value (xml_rpc_invocation_get_params (invocation), 0);

  xml_rpc_invocation_return_value (invocation, param);
}

static void
count_and_echo (XmlRpcServer     *server,
                XmlRpcInvocation *invocation,
                gpointer          user_data)
{
  ServerFixture *self = user_data;

  self->n_calls++;
  server_fixture_echo (server, invocation, NULL);
}

static void
listen_with (ServerFixture           *self,
             GTlsCertificate         *certificate,
             SoupServerListenOptions  options)
{
  g_autoptr (GError) error = NULL;
  GSList *uris;

  self->n_calls = 0;
  self->soup_server = soup_server_new ("tls-certificate", certificate, NULL);
  self->server = xml_rpc_server_new ();
  xml_rpc_server_add_method (self->server, "echo", NULL, NULL, count_and_echo, self, NULL, NULL);
  xml_rpc_server_attach (self->server, self->soup_server, "/RPC2");

  soup_server_listen_local (self->soup_server, 0, options | SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);

  uris = soup_server_get_uris (self->soup_server);
  self->port = g_uri_get_port (uris->data);
  self->uri = g_strdup_printf ("%s://127.0.0.1:%u/RPC2", g_uri_get_scheme (uris->data), self->port);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
}

void
server_fixture_init (ServerFixture *self)
{
  listen_with (self, NULL, 0);
}

void
server_fixture_init_tls (ServerFixture *self,
                         const char    *certificate_path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_file (certificate_path, &error);

  g_assert_no_error (error);
  listen_with (self, certificate, SOUP_SERVER_LISTEN_HTTPS);
}

static gboolean
wake_up (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* A thread that has answered may still hold what it answered. */
static void
wait_for_end (gpointer object)
{
  gint64 deadline = g_get_monotonic_time () + PATIENCE_SECONDS * G_USEC_PER_SEC;
  guint timer = g_timeout_add (1, wake_up, NULL);
  gpointer weak_pointer = object;

  g_object_add_weak_pointer (object, &weak_pointer);
  g_object_unref (object);
  while (weak_pointer != NULL && g_get_monotonic_time () < deadline)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (weak_pointer);

  g_source_remove (timer);
}

/* Both are gone then: nothing holds them but the fixture. */
void
server_fixture_clear (ServerFixture *self)
{
  xml_rpc_server_detach (self->server, self->soup_server);
  soup_server_disconnect (self->soup_server);
  while (g_main_context_iteration (NULL, FALSE))
    ;

  wait_for_end (self->soup_server);
  wait_for_end (self->server);
  g_free (self->uri);
}

void
server_fixture_set_up (ServerFixture *self,
                       gconstpointer  data)
{
  server_fixture_init (self);
}

void
server_fixture_tear_down (ServerFixture *self,
                          gconstpointer  data)
{
  server_fixture_clear (self);
}

static gboolean
check_password (SoupAuthDomain    *domain,
                SoupServerMessage *message,
                const char        *user,
                const char        *password,
                gpointer           user_data)
{
  return strcmp (user, "mole") == 0 && strcmp (password, "secret") == 0;
}

void
server_fixture_protect (ServerFixture *self,
                        const char    *path)
{
  g_autoptr (SoupAuthDomain) domain = soup_auth_domain_basic_new ("realm", "test", NULL);

  soup_auth_domain_basic_set_auth_callback (domain, check_password, NULL, NULL);
  soup_auth_domain_add_path (domain, path);
  soup_server_add_auth_domain (self->soup_server, domain);
}
