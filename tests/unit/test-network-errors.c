/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What a call fails with where there is no answer of the server: the domains of GIO and
 * libsoup, and what the messages say. */

#include <string.h>

#include "both-ways.h"
#include "fake-server.h"

static void
assert_fails (CallFunc           call,
              XmlRpcServerProxy *proxy,
              GQuark             domain,
              int                code,
              const char        *pattern)
{
  g_autoptr (GError) error = NULL;

  xml_rpc_server_proxy_set_timeout (proxy, 30000);
  g_assert_null (call (proxy, "m", NULL, NULL, NULL, &error));
  g_assert_error (error, domain, code);
  if (!g_pattern_match_simple (pattern, error->message))
    g_error ("expected \"%s\", got \"%s\"", pattern, error->message);
}

static void
answer (FakeConnection *connection,
        gpointer        user_data)
{
  g_autofree char *request = fake_connection_read_request (connection);

  if (request != NULL)
    fake_connection_return (connection, g_variant_new_int32 (1));
}

static FakeServer *
create_tls_server (const char *certificate_name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "tls", certificate_name, NULL);

  return fake_server_new_tls (path, answer, NULL);
}

/* Knows the authority of the tests. */
static SoupSession *
create_trusting_session (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "tls", "ca.pem", NULL);
  GError *error = NULL;
  g_autoptr (GTlsDatabase) database = g_tls_file_database_new (path, &error);

  g_assert_no_error (error);
  return soup_session_new_with_options ("tls-database", database, NULL);
}

typedef struct
{
  const char           *certificate;
  gboolean              is_authority_known;
  const char           *host;
  const char           *message;
  GTlsCertificateFlags  flags;
} Flaw;

static const Flaw flaws[] = {
  { "server.pem", FALSE, "localhost", "the certificate of localhost is not accepted: its authority is unknown",
    G_TLS_CERTIFICATE_UNKNOWN_CA },
  { "self-signed.pem", FALSE, "localhost", "the certificate of localhost is not accepted: it is self-signed",
    G_TLS_CERTIFICATE_UNKNOWN_CA },
  { "self-signed.pem", TRUE, "localhost", "the certificate of localhost is not accepted: it is self-signed",
    G_TLS_CERTIFICATE_UNKNOWN_CA },
  { "expired.pem", TRUE, "localhost", "the certificate of localhost is not accepted: it has expired",
    G_TLS_CERTIFICATE_EXPIRED },
  { "server.pem", TRUE, "other.localhost", "the certificate of other.localhost is not accepted: it is not for other.localhost",
    G_TLS_CERTIFICATE_BAD_IDENTITY },
  { "expired.pem", FALSE, "other.localhost",
    "the certificate of other.localhost is not accepted: its authority is unknown, it is not for other.localhost, it has expired",
    G_TLS_CERTIFICATE_UNKNOWN_CA | G_TLS_CERTIFICATE_BAD_IDENTITY | G_TLS_CERTIFICATE_EXPIRED },
};

/* GLib knows that all that ends with .localhost is this computer (RFC 6761, section 6.3). */
static XmlRpcServerProxy *
create_flawed_proxy (const Flaw *flaw,
                     FakeServer *server)
{
  const char *port = strrchr (fake_server_get_uri (server), ':');
  g_autoptr (SoupSession) session = flaw->is_authority_known ? create_trusting_session () : soup_session_new ();
  g_autofree char *uri = g_strdup_printf ("https://%s%s", flaw->host, port);
  GError *error = NULL;
  XmlRpcServerProxy *proxy = xml_rpc_server_proxy_new_with_session (uri, session, &error);

  g_assert_no_error (error);
  return proxy;
}

static void
test_certificates (CallFunc call)
{
  for (gsize i = 0; i < G_N_ELEMENTS (flaws); i++)
    {
      g_autoptr (FakeServer) server = create_tls_server (flaws[i].certificate);
      g_autoptr (XmlRpcServerProxy) proxy = create_flawed_proxy (&flaws[i], server);

      assert_fails (call, proxy, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE, flaws[i].message);
      assert_fails (call, proxy, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE, flaws[i].message);
    }
}

typedef struct
{
  GTlsCertificateFlags flags;
  gboolean             accept;
} Judge;

static gboolean
judge_certificate (SoupMessage          *message,
                   GTlsCertificate      *certificate,
                   GTlsCertificateFlags  flags,
                   Judge                *judge)
{
  judge->flags = flags;
  return judge->accept;
}

static void
watch (XmlRpcServerProxy *proxy,
       SoupMessage       *message,
       Judge             *judge)
{
  g_signal_connect (message, "accept-certificate", G_CALLBACK (judge_certificate), judge);
}

/* A program that looks at the certificate itself. */
static void
test_program_judges (CallFunc call)
{
  for (gsize i = 0; i < G_N_ELEMENTS (flaws); i++)
    {
      g_autoptr (FakeServer) server = create_tls_server (flaws[i].certificate);
      g_autoptr (XmlRpcServerProxy) proxy = create_flawed_proxy (&flaws[i], server);
      g_autoptr (GVariant) value = NULL;
      g_autoptr (GError) error = NULL;
      Judge judge = { 0, FALSE };

      g_signal_connect (proxy, "message", G_CALLBACK (watch), &judge);
      assert_fails (call, proxy, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE, flaws[i].message);
      g_assert_cmpuint (judge.flags, ==, flaws[i].flags);

      judge.accept = TRUE;
      value = call (proxy, "m", NULL, NULL, NULL, &error);
      g_assert_no_error (error);
    }
}

static void
test_refused (CallFunc call)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  g_autofree char *uri = g_strdup_printf ("http://127.0.0.1:%u/", port);
  g_autoptr (XmlRpcServerProxy) proxy = xml_rpc_server_proxy_new (uri, NULL);

  g_socket_listener_close (listener);
  assert_fails (call, proxy, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED, "*");
}

/* A name of which a system asks nobody. */
static void
test_no_such_host (CallFunc call)
{
  g_autoptr (XmlRpcServerProxy) proxy = xml_rpc_server_proxy_new ("http://host..invalid/", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (call (proxy, "m", NULL, NULL, NULL, &error));
  g_assert_cmpuint (error->domain, ==, G_RESOLVER_ERROR);
  g_assert_nonnull (strstr (error->message, "host..invalid"));
}

static void
test_no_such_socket (CallFunc call)
{
  g_autoptr (XmlRpcServerProxy) proxy = xml_rpc_server_proxy_new ("http+unix:///nowhere/at/all.sock:/RPC2", NULL);

  assert_fails (call, proxy, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "*");
}

static void
greet (FakeConnection *connection,
       gpointer        user_data)
{
  fake_connection_write (connection, "220 mail.example.com ESMTP\r\n", -1);
}

/* A plain answer where TLS is expected, and the other way round. */
static void
test_tls_or_not (CallFunc call)
{
  g_autoptr (FakeServer) plain = fake_server_new (greet, NULL);
  g_autoptr (FakeServer) tls = create_tls_server ("server.pem");
  g_autofree char *uri = g_strconcat ("https", fake_server_get_uri (plain) + strlen ("http"), NULL);
  g_autofree char *other_uri = g_strconcat ("http", fake_server_get_uri (tls) + strlen ("https"), NULL);
  g_autoptr (XmlRpcServerProxy) proxy = xml_rpc_server_proxy_new (uri, NULL);
  g_autoptr (XmlRpcServerProxy) other = xml_rpc_server_proxy_new (other_uri, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) other_error = NULL;

  g_assert_null (call (proxy, "m", NULL, NULL, NULL, &error));
  g_assert_true (error->domain == G_TLS_ERROR || error->domain == G_IO_ERROR);

  g_assert_null (call (other, "m", NULL, NULL, NULL, &other_error));
  g_assert_true (other_error->domain == SOUP_SESSION_ERROR || other_error->domain == G_IO_ERROR);
}

int
main (int   argc,
      char *argv[])
{
  static const BothWaysTest tests[] = {
    { "certificates", test_certificates },
    { "program-judges", test_program_judges },
    { "refused", test_refused },
    { "no-such-host", test_no_such_host },
    { "no-such-socket", test_no_such_socket },
    { "tls-or-not", test_tls_or_not },
  };

  g_test_init (&argc, &argv, NULL);
  both_ways_add ("/network-errors", tests, G_N_ELEMENTS (tests));

  return g_test_run ();
}
