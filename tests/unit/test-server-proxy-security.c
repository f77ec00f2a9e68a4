/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Who the server is, and who the client is: authentication, HTTPS, Unix sockets. */

#include <glib/gstdio.h>
#include <string.h>

#include "both-ways.h"
#include "fake-server.h"
#include "soup-server-thread.h"

#define REALM "tests"
#define USER "alice"
#define PASSWORD "p@ss:w/rd"
#define PASSWORD_IN_URI "p%40ss%3Aw%2Frd"

/* A request whose user is not accepted gets to no handler. To ask the domain again
 * would not do: from 3.8 on libsoup takes a nonce count of Digest once only. */
static void
keep_user (SoupServerMessage *message,
           const char        *user)
{
  g_object_set_data_full (G_OBJECT (message), "user", g_strdup (user), g_free);
}

static gboolean
check_basic (SoupAuthDomain    *domain,
             SoupServerMessage *message,
             const char        *user,
             const char        *password,
             gpointer           user_data)
{
  keep_user (message, user);
  return strcmp (user, USER) == 0 && strcmp (password, PASSWORD) == 0;
}

static char *
check_digest (SoupAuthDomain    *domain,
              SoupServerMessage *message,
              const char        *user,
              gpointer           user_data)
{
  keep_user (message, user);
  return strcmp (user, USER) == 0
         ? soup_auth_domain_digest_encode_password (USER, REALM, PASSWORD) : NULL;
}

static SoupServerThread *
create_server (gboolean digest)
{
  SoupServer *server = soup_server_new (NULL, NULL);
  SoupAuthDomain *domain;

  if (digest)
    domain = soup_auth_domain_digest_new ("realm", REALM, "auth-callback", check_digest, NULL);
  else
    domain = soup_auth_domain_basic_new ("realm", REALM, "auth-callback", check_basic, NULL);
  soup_auth_domain_add_path (domain, "/RPC2");
  soup_server_add_auth_domain (server, domain);
  g_object_unref (domain);

  return soup_server_thread_new (server, 0);
}

static XmlRpcServerProxy *
create_proxy (SoupServerThread *server,
              const char       *scheme,
              const char       *userinfo,
              SoupSession      *session)
{
  g_autofree char *uri = g_strdup_printf ("%s://%s127.0.0.1:%u", scheme, userinfo,
                                          soup_server_thread_get_port (server));
  GError *error = NULL;
  XmlRpcServerProxy *proxy;

  proxy = session != NULL ? xml_rpc_server_proxy_new_with_session (uri, session, &error)
                          : xml_rpc_server_proxy_new (uri, &error);
  g_assert_no_error (error);

  return proxy;
}

static void
assert_user (CallFunc           call,
             XmlRpcServerProxy *proxy,
             const char        *user)
{
  GError *error = NULL;
  g_autoptr (GVariant) value = call (proxy, "method", g_variant_new ("(i)", 1), NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (g_variant_get_string (value, NULL), ==, user);
}

static void
test_password (CallFunc call)
{
  for (int digest = FALSE; digest <= TRUE; digest++)
    {
      g_autoptr (SoupServerThread) server = create_server (digest);
      g_autoptr (XmlRpcServerProxy) proxy = create_proxy (server, "http", USER ":" PASSWORD_IN_URI "@", NULL);

      for (int i = 0; i < 3; i++)
        assert_user (call, proxy, USER);
      g_assert_cmpuint (soup_server_thread_get_n_answers (server), ==, 3);
    }
}

static void
test_wrong_password (CallFunc call)
{
  static const struct
  {
    const char *userinfo;
    const char *message;
  } cases[] = {
    { "", "the server wants a user name and a password" },
    { USER ":secret@", "the server does not accept this user name and password" },
    { "bob:secret@", "the server does not accept this user name and password" },
  };

  for (int digest = FALSE; digest <= TRUE; digest++)
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
      {
        g_autoptr (SoupServerThread) server = create_server (digest);
        g_autoptr (XmlRpcServerProxy) proxy = create_proxy (server, "http", cases[i].userinfo, NULL);
        g_autoptr (GError) error = NULL;

        xml_rpc_server_proxy_set_timeout (proxy, 10000);
        g_assert_null (call (proxy, "method", NULL, NULL, NULL, &error));
        g_assert_error (error, XML_RPC_HTTP_ERROR, XML_RPC_HTTP_ERROR_UNAUTHORIZED);
        both_ways_assert_says (error, cases[i].message);
        both_ways_assert_says (error, "HTTP 401 Unauthorized from http://127.0.0.1:");
        g_assert_null (strstr (error->message, "secret"));
        g_assert_cmpuint (soup_server_thread_get_n_answers (server), ==, 0);
      }
}

static gboolean
authenticate (SoupMessage *message,
              SoupAuth    *auth,
              gboolean     retrying,
              gpointer     user_data)
{
  if (retrying)
    return FALSE;

  soup_auth_authenticate (auth, USER, PASSWORD);
  return TRUE;
}

static void
connect_authenticate (XmlRpcServerProxy *proxy,
                      SoupMessage       *message,
                      gpointer           user_data)
{
  g_signal_connect (message, "authenticate", G_CALLBACK (authenticate), NULL);
}

static void
test_authenticate_signal (CallFunc call)
{
  g_autoptr (SoupServerThread) server = create_server (FALSE);
  g_autoptr (XmlRpcServerProxy) proxy = create_proxy (server, "http", "", NULL);

  g_signal_connect (proxy, "message", G_CALLBACK (connect_authenticate), NULL);
  assert_user (call, proxy, USER);
}

/* A body that libsoup would keep in memory before it asks again. */
static void
answer_unauthorized (FakeConnection *connection,
                     gpointer        user_data)
{
  char *request;

  while ((request = fake_connection_read_request (connection)) != NULL)
    {
      g_autoptr (GBytes) body = g_bytes_new_take (g_strnfill (100000, 'x'), 100000);

      g_free (request);
      if (!fake_connection_reply (connection, "401 Unauthorized",
                                  "WWW-Authenticate: Basic realm=\"x\"\r\n", body))
        return;
    }
}

static void
test_large_unauthorized (CallFunc call)
{
  g_autoptr (FakeServer) server = fake_server_new (answer_unauthorized, NULL);
  g_autoptr (XmlRpcServerProxy) proxy = xml_rpc_server_proxy_new (fake_server_get_uri (server), NULL);
  g_autoptr (GError) error = NULL;

  xml_rpc_server_proxy_set_max_response_size (proxy, 99999);
  g_assert_null (call (proxy, "method", NULL, NULL, NULL, &error));
  g_assert_error (error, XML_RPC_ERROR, XML_RPC_ERROR_LIMIT_EXCEEDED);
  g_clear_error (&error);

  xml_rpc_server_proxy_set_max_response_size (proxy, 100000);
  g_assert_null (call (proxy, "method", NULL, NULL, NULL, &error));
  g_assert_error (error, XML_RPC_HTTP_ERROR, XML_RPC_HTTP_ERROR_UNAUTHORIZED);
}

/* A server, or a proxy, that asks who somebody is from some time on. */
typedef struct
{
  const char *status;
  const char *challenge;
  const char *header; /* in which the answer is */
  gsize       body_length;
  int         asks;
} Doorkeeper;

static void
answer_at_door (FakeConnection *connection,
                gpointer        user_data)
{
  Doorkeeper *self = user_data;
  gboolean is_open = TRUE;
  char *request;

  while (is_open && (request = fake_connection_read_request (connection)) != NULL)
    {
      g_autoptr (GBytes) body = g_bytes_new_take (g_strnfill (self->body_length, 'x'), self->body_length);

      g_free (request);
      if (g_atomic_int_get (&self->asks) && strstr (fake_connection_get_head (connection), self->header) == NULL)
        is_open = fake_connection_reply (connection, self->status, self->challenge, body);
      else
        is_open = fake_connection_return (connection, g_variant_new_string (USER));
    }
}

/* At first nobody asks, and so it is left out what it takes to answer. */
static void
assert_asked_later (CallFunc           call,
                    XmlRpcServerProxy *proxy,
                    FakeServer        *server,
                    Doorkeeper        *doorkeeper)
{
  for (int i = 0; i < 3; i++)
    assert_user (call, proxy, USER);
  g_assert_cmpuint (fake_server_get_n_requests (server), ==, 3);

  /* Without; with, but libsoup does not know yet what is asked; and with the answer. */
  g_atomic_int_set (&doorkeeper->asks, TRUE);
  assert_user (call, proxy, USER);
  g_assert_cmpuint (fake_server_get_n_requests (server), ==, 6);

  for (int i = 0; i < 3; i++)
    assert_user (call, proxy, USER);
  g_assert_cmpuint (fake_server_get_n_requests (server), ==, 9);
}

static const Doorkeeper server_doorkeeper = {
  "401 Unauthorized", "WWW-Authenticate: Basic realm=\"x\"\r\n", "\nAuthorization: Basic ", 10, FALSE
};

static const Doorkeeper proxy_doorkeeper = {
  "407 Proxy Authentication Required", "Proxy-Authenticate: Basic realm=\"x\"\r\n",
  "\nProxy-Authorization: Basic ", 10, FALSE
};

static char *
create_uri_with_password (FakeServer *server)
{
  const char *host = strstr (fake_server_get_uri (server), "127");

  return g_strdup_printf ("http://%s:%s@%s", USER, PASSWORD_IN_URI, host);
}

static void
test_asked_later (CallFunc call)
{
  static const gsize body_lengths[] = { 0, 10, 1000000 };

  for (gsize i = 0; i < G_N_ELEMENTS (body_lengths); i++)
    {
      Doorkeeper doorkeeper = server_doorkeeper;
      g_autoptr (FakeServer) server = fake_server_new (answer_at_door, &doorkeeper);
      g_autofree char *uri = create_uri_with_password (server);
      g_autoptr (XmlRpcServerProxy) proxy = xml_rpc_server_proxy_new (uri, NULL);

      doorkeeper.body_length = body_lengths[i];
      xml_rpc_server_proxy_set_authenticate_on_demand (proxy, TRUE);
      assert_asked_later (call, proxy, server, &doorkeeper);
    }
}

static void
test_asked_later_signal (CallFunc call)
{
  Doorkeeper doorkeeper = server_doorkeeper;
  g_autoptr (FakeServer) server = fake_server_new (answer_at_door, &doorkeeper);
  g_autoptr (XmlRpcServerProxy) proxy = xml_rpc_server_proxy_new (fake_server_get_uri (server), NULL);

  assert_user (call, proxy, USER);
  g_signal_connect (proxy, "message", G_CALLBACK (connect_authenticate), NULL);
  g_atomic_int_set (&doorkeeper.asks, TRUE);
  for (int i = 0; i < 3; i++)
    assert_user (call, proxy, USER);
}

static void
test_asked_later_in_vain (CallFunc call)
{
  Doorkeeper doorkeeper = server_doorkeeper;
  g_autoptr (FakeServer) server = fake_server_new (answer_at_door, &doorkeeper);
  g_autoptr (XmlRpcServerProxy) proxy = xml_rpc_server_proxy_new (fake_server_get_uri (server), NULL);

  for (int i = 0; i < 3; i++)
    {
      g_autoptr (GError) error = NULL;

      g_atomic_int_set (&doorkeeper.asks, FALSE);
      assert_user (call, proxy, USER);
      g_atomic_int_set (&doorkeeper.asks, TRUE);
      g_assert_cmpuint (fake_server_get_n_requests (server), ==, 2 * i + 1);
      g_assert_null (call (proxy, "method", NULL, NULL, NULL, &error));
      g_assert_error (error, XML_RPC_HTTP_ERROR, XML_RPC_HTTP_ERROR_UNAUTHORIZED);
      both_ways_assert_says (error, "the server wants a user name and a password");
    }
}

static XmlRpcServerProxy *
create_behind_proxy (FakeServer *http_proxy)
{
  g_autofree char *uri = create_uri_with_password (http_proxy);
  g_autoptr (GProxyResolver) resolver = g_simple_proxy_resolver_new (uri, NULL);
  XmlRpcServerProxy *self = xml_rpc_server_proxy_new ("http://server.example/", NULL);

  g_object_set (xml_rpc_server_proxy_get_session (self), "proxy-resolver", resolver, NULL);

  return self;
}

static void
test_proxy_password (CallFunc call)
{
  Doorkeeper doorkeeper = proxy_doorkeeper;
  g_autoptr (FakeServer) http_proxy = fake_server_new (answer_at_door, &doorkeeper);
  g_autoptr (XmlRpcServerProxy) proxy = create_behind_proxy (http_proxy);

  doorkeeper.asks = TRUE;
  for (int i = 0; i < 3; i++)
    assert_user (call, proxy, USER);
  g_assert_cmpuint (fake_server_get_n_requests (http_proxy), ==, 4);
}

static void
test_proxy_asked_later (CallFunc call)
{
  Doorkeeper doorkeeper = proxy_doorkeeper;
  g_autoptr (FakeServer) http_proxy = fake_server_new (answer_at_door, &doorkeeper);
  g_autoptr (XmlRpcServerProxy) proxy = create_behind_proxy (http_proxy);

  assert_asked_later (call, proxy, http_proxy, &doorkeeper);
}

static SoupServerThread *
create_tls_server (const char *certificate_name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "tls", certificate_name, NULL);
  GError *error = NULL;
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_file (path, &error);

  g_assert_no_error (error);
  return soup_server_thread_new (soup_server_new ("tls-certificate", certificate, NULL),
                                 SOUP_SERVER_LISTEN_HTTPS);
}

static SoupSession *
create_trusting_session (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "tls", "ca.pem", NULL);
  GError *error = NULL;
  g_autoptr (GTlsDatabase) database = g_tls_file_database_new (path, &error);

  g_assert_no_error (error);
  return soup_session_new_with_options ("tls-database", database, NULL);
}

static void
test_tls (CallFunc call)
{
  g_autoptr (SoupServerThread) server = create_tls_server ("server.pem");
  g_autoptr (SoupSession) session = create_trusting_session ();
  g_autoptr (XmlRpcServerProxy) proxy = create_proxy (server, "https", "", session);

  for (int i = 0; i < 3; i++)
    assert_user (call, proxy, "");
}

/* With much other work on the machine SoupServer 3.6.5 may disconnect a connection
 * again that ended in its handshake, and complains of itself. */
static gboolean
is_not_from_soup_server (const char     *domain,
                         GLogLevelFlags  level,
                         const char     *message,
                         gpointer        user_data)
{
  return strstr (message, "soup_server_connection_disconnect") == NULL;
}

static void
test_tls_refused (CallFunc call)
{
  static const struct
  {
    const char *certificate;
    gboolean    trust;
  } cases[] = {
    { "server.pem", FALSE },
    { "self-signed.pem", FALSE },
    { "self-signed.pem", TRUE },
    { "expired.pem", TRUE },
  };

  g_test_log_set_fatal_handler (is_not_from_soup_server, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SoupServerThread) server = create_tls_server (cases[i].certificate);
      g_autoptr (SoupSession) session = cases[i].trust ? create_trusting_session () : NULL;
      g_autoptr (XmlRpcServerProxy) proxy = create_proxy (server, "https", "", session);
      g_autoptr (GError) error = NULL;

      g_assert_null (call (proxy, "method", NULL, NULL, NULL, &error));
      g_assert_error (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE);
      g_assert_cmpuint (soup_server_thread_get_n_answers (server), ==, 0);
    }
}

/* Answers with the path and the authorization that were asked with. */
static void
describe_request (FakeConnection *connection,
                  gpointer        user_data)
{
  char *request;

  while ((request = fake_connection_read_request (connection)) != NULL)
    {
      const char *head = fake_connection_get_head (connection);
      g_autofree char *path = g_strndup (head, strcspn (head, "\n"));

      g_free (request);
      if (!fake_connection_return (connection, g_variant_new_string (path)))
        return;
    }
}

typedef struct
{
  char *directory;
  char *path;
} SocketPlace;

static SocketPlace
create_socket_place (void)
{
  GError *error = NULL;
  SocketPlace place;

  place.directory = g_dir_make_tmp ("xml rpc-XXXXXX", &error);
  g_assert_no_error (error);
  place.path = g_build_filename (place.directory, "server.sock", NULL);

  return place;
}

static void
clear_socket_place (SocketPlace *place)
{
  g_unlink (place->path);
  g_rmdir (place->directory);
  g_free (place->path);
  g_free (place->directory);
}

static void
test_unix_socket (CallFunc call)
{
  SocketPlace place = create_socket_place ();
  g_autoptr (FakeServer) server = fake_server_new_at_socket (place.path, describe_request, NULL);
  g_autofree char *as_host = g_uri_escape_string (place.path, NULL, FALSE);
  g_autofree char *as_path = g_uri_escape_string (place.path, "/", FALSE);
  const struct
  {
    char       *uri;
    const char *request;
  } cases[] = {
    { g_strdup_printf ("http+unix://%s:/RPC2", as_path), "POST /RPC2 HTTP/1.1" },
    { g_strdup_printf ("http+unix://%s:/a:/b?c", as_path), "POST /a:/b?c HTTP/1.1" },
    { g_strdup_printf ("http+unix://%s:/", as_path), "POST / HTTP/1.1" },
    { g_strdup_printf ("http+unix://%s", as_path), "POST /RPC2 HTTP/1.1" },
    { g_strdup_printf ("http+unix://%s:", as_path), "POST /RPC2 HTTP/1.1" },
    { g_strdup_printf ("http+unix://u:p@%s:/x", as_path), "POST /x HTTP/1.1" },
    { g_strdup_printf ("http+unix://%s/x", as_host), "POST /x HTTP/1.1" },
    { g_strdup_printf ("HTTP+UNIX://%s", as_host), "POST /RPC2 HTTP/1.1" },
    { g_strdup_printf ("http+unix://u:p@%s/x", as_host), "POST /x HTTP/1.1" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GError *error = NULL;
      g_autoptr (XmlRpcServerProxy) proxy = xml_rpc_server_proxy_new (cases[i].uri, &error);

      g_assert_no_error (error);
      assert_user (call, proxy, cases[i].request);
      g_free (cases[i].uri);
    }

  g_assert_cmpuint (fake_server_get_n_requests (server), ==, G_N_ELEMENTS (cases));
  clear_socket_place (&place);
}

static void
answer_basic (FakeConnection *connection,
              gpointer        user_data)
{
  char *request;

  while ((request = fake_connection_read_request (connection)) != NULL)
    {
      g_assert_nonnull (strstr (request, "</methodCall>"));
      g_free (request);
      /* alice:wonder */
      if (strstr (fake_connection_get_head (connection), "Authorization: Basic YWxpY2U6d29uZGVy\n") != NULL)
        fake_connection_return (connection, g_variant_new_string (USER));
      else
        fake_connection_reply (connection, "401 Unauthorized",
                               "WWW-Authenticate: Basic realm=\"x\"\r\n", NULL);
    }
}

static void
test_unix_socket_password (CallFunc call)
{
  SocketPlace place = create_socket_place ();
  g_autoptr (FakeServer) server = fake_server_new_at_socket (place.path, answer_basic, NULL);
  g_autofree char *as_path = g_uri_escape_string (place.path, "/", FALSE);
  g_autofree char *right = g_strdup_printf ("http+unix://alice:wonder@%s:/RPC2", as_path);
  g_autofree char *wrong = g_strdup_printf ("http+unix://alice:secret@%s:/RPC2", as_path);
  g_autoptr (XmlRpcServerProxy) proxy = xml_rpc_server_proxy_new (right, NULL);
  g_autoptr (XmlRpcServerProxy) rejected = xml_rpc_server_proxy_new (wrong, NULL);
  g_autoptr (GError) error = NULL;

  assert_user (call, proxy, USER);

  g_assert_null (call (rejected, "method", NULL, NULL, NULL, &error));
  g_assert_error (error, XML_RPC_HTTP_ERROR, XML_RPC_HTTP_ERROR_UNAUTHORIZED);
  both_ways_assert_says (error, place.path);
  g_assert_null (strstr (error->message, "secret"));
  g_assert_cmpuint (fake_server_get_n_requests (server), ==, 2);

  clear_socket_place (&place);
}

static void
test_no_unix_socket (CallFunc call)
{
  g_autoptr (XmlRpcServerProxy) proxy = xml_rpc_server_proxy_new ("http+unix:///nonexistent/s.sock:/", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (call (proxy, "method", NULL, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static void
test_unix_socket_and_session (void)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (xml_rpc_server_proxy_new_with_session ("http+unix:///run/s.sock:/", session, &error));
  g_assert_error (error, G_URI_ERROR, G_URI_ERROR_BAD_SCHEME);
  both_ways_assert_says (error, "remote-connectable");
}

static const BothWaysTest both_ways[] = {
  { "password", test_password },
  { "wrong-password", test_wrong_password },
  { "authenticate-signal", test_authenticate_signal },
  { "asked-later", test_asked_later },
  { "asked-later-signal", test_asked_later_signal },
  { "asked-later-in-vain", test_asked_later_in_vain },
  { "proxy-password", test_proxy_password },
  { "proxy-asked-later", test_proxy_asked_later },
  { "large-unauthorized", test_large_unauthorized },
  { "tls", test_tls },
  { "tls-refused", test_tls_refused },
  { "unix-socket", test_unix_socket },
  { "unix-socket-password", test_unix_socket_password },
  { "no-unix-socket", test_no_unix_socket },
};

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  both_ways_add ("/server-proxy-security", both_ways, G_N_ELEMENTS (both_ways));
  g_test_add_func ("/server-proxy-security/unix-socket-and-session", test_unix_socket_and_session);

  return g_test_run ();
}
