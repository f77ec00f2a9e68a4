/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* User and password: when they are sent, how often, and that they are shown nowhere. */

#include <string.h>

#include "both-ways.h"
#include "fake-server.h"

/* alice:p@ss:w/rd */
#define BASIC "\nAuthorization: Basic YWxpY2U6cEBzczp3L3Jk\n"
#define USER "alice"
#define PASSWORD "p@ss:w/rd"

#define BASIC_CHALLENGE "WWW-Authenticate: Basic realm=\"x\"\r\n"
#define DIGEST_CHALLENGE "WWW-Authenticate: Digest realm=\"x\", nonce=\"1\", qop=\"auth\", algorithm=MD5\r\n"

/* What a server does with a request that has no password it takes. */
typedef struct
{
  const char *challenge;    /* headers of its 401, or NULL: none */
  const char *accepted;     /* in the head of a request that it answers */
  gboolean    closes;       /* the connection, after a 401 */
  gboolean    is_open;      /* answers all, but says who somebody is */
  int         n_basic;      /* how often a password came so */
  int         n_digest;
} Door;

static void
count_passwords (Door       *self,
                 const char *head)
{
  if (strstr (head, "\nAuthorization: Basic ") != NULL)
    g_atomic_int_inc (&self->n_basic);
  if (strstr (head, "\nAuthorization: Digest ") != NULL)
    g_atomic_int_inc (&self->n_digest);
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
      const gboolean is_known = strstr (head, self->accepted) != NULL;

      count_passwords (self, head);
      if (is_known || self->is_open)
        fake_connection_return (connection, g_variant_new_string (is_known ? "known" : "anonymous"));
      else
        fake_connection_reply (connection, "401 Unauthorized", self->challenge, NULL);
      g_free (request);

      if (!is_known && self->closes)
        return;
    }
}

static XmlRpcServerProxy *
create_proxy (FakeServer *server,
              const char *user,
              const char *password)
{
  XmlRpcServerProxy *proxy = xml_rpc_server_proxy_new (fake_server_get_uri (server), NULL);

  g_object_set (proxy, "user", user, "password", password, NULL);

  return proxy;
}

static void
assert_answer (CallFunc           call,
               XmlRpcServerProxy *proxy,
               const char        *expected)
{
  GError *error = NULL;
  g_autoptr (GVariant) value = call (proxy, "m", NULL, G_VARIANT_TYPE_STRING, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (g_variant_get_string (value, NULL), ==, expected);
}

static void
assert_refused (CallFunc           call,
                XmlRpcServerProxy *proxy)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (call (proxy, "m", NULL, NULL, NULL, &error));
  g_assert_error (error, XML_RPC_HTTP_ERROR, XML_RPC_HTTP_ERROR_UNAUTHORIZED);
}

/* DokuWiki has no challenge, Roundup lets in everybody, NZBGet hangs up. */
static const Door doors[] = {
  { .challenge = NULL, .accepted = BASIC },
  { .challenge = BASIC_CHALLENGE, .accepted = BASIC },
  { .challenge = BASIC_CHALLENGE, .accepted = BASIC, .is_open = TRUE },
  { .challenge = BASIC_CHALLENGE, .accepted = BASIC, .closes = TRUE },
};

static void
test_first_request (CallFunc call)
{
  for (gsize i = 0; i < G_N_ELEMENTS (doors); i++)
    {
      Door door = doors[i];
      g_autoptr (FakeServer) server = fake_server_new (keep_door, &door);
      g_autoptr (XmlRpcServerProxy) proxy = create_proxy (server, USER, PASSWORD);

      for (int j = 0; j < 3; j++)
        assert_answer (call, proxy, "known");
      g_assert_cmpuint (fake_server_get_n_requests (server), ==, 3);
    }
}

/* Once for each call, and in none a second time. */
static void
test_wrong_password_comes_once (CallFunc call)
{
  static const char * const challenges[] = {
    NULL, BASIC_CHALLENGE, BASIC_CHALLENGE DIGEST_CHALLENGE, DIGEST_CHALLENGE BASIC_CHALLENGE,
    "WWW-Authenticate: Negotiate\r\n", "WWW-Authenticate: basic\r\n", "WWW-Authenticate: \r\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (challenges); i++)
    {
      Door door = { .challenge = challenges[i], .accepted = BASIC };
      g_autoptr (FakeServer) server = fake_server_new (keep_door, &door);
      g_autoptr (XmlRpcServerProxy) proxy = create_proxy (server, USER, "wrong");

      for (int j = 1; j <= 3; j++)
        {
          assert_refused (call, proxy);
          g_assert_cmpint (g_atomic_int_get (&door.n_basic), ==, j);
        }
      g_assert_cmpint (g_atomic_int_get (&door.n_digest), ==, 0);

      xml_rpc_server_proxy_set_password (proxy, PASSWORD);
      assert_answer (call, proxy, "known");
    }
}

/* It was right at first, so that libsoup has been told not to be ready for 401. */
static void
test_password_that_becomes_wrong (CallFunc call)
{
  Door door = { .challenge = BASIC_CHALLENGE, .accepted = BASIC };
  g_autoptr (FakeServer) server = fake_server_new (keep_door, &door);
  g_autoptr (XmlRpcServerProxy) proxy = create_proxy (server, USER, PASSWORD);

  assert_answer (call, proxy, "known");
  assert_answer (call, proxy, "known");
  door.accepted = "nothing at all";
  assert_refused (call, proxy);
  assert_refused (call, proxy);
  g_assert_cmpint (g_atomic_int_get (&door.n_basic), ==, 4);
}

static void
test_digest (CallFunc call)
{
  Door door = { .challenge = DIGEST_CHALLENGE, .accepted = "\nAuthorization: Digest username=\"alice\"" };
  g_autoptr (FakeServer) server = fake_server_new (keep_door, &door);
  g_autoptr (XmlRpcServerProxy) proxy = create_proxy (server, USER, PASSWORD);

  for (int i = 0; i < 3; i++)
    assert_answer (call, proxy, "known");
  /* In clear once, until the server has said what it wants. */
  g_assert_cmpint (g_atomic_int_get (&door.n_basic), ==, 1);
  g_assert_cmpint (g_atomic_int_get (&door.n_digest), ==, 3);
}

/* That begins when the password is known to the server already. */
static void
test_digest_later (CallFunc call)
{
  Door door = { .challenge = DIGEST_CHALLENGE, .accepted = BASIC };
  g_autoptr (FakeServer) server = fake_server_new (keep_door, &door);
  g_autoptr (XmlRpcServerProxy) proxy = create_proxy (server, USER, PASSWORD);

  assert_answer (call, proxy, "known");
  assert_answer (call, proxy, "known");
  door.accepted = "\nAuthorization: Digest ";
  for (int i = 0; i < 3; i++)
    assert_answer (call, proxy, "known");
  g_assert_cmpint (g_atomic_int_get (&door.n_basic), ==, 3);
}

static void
test_on_demand (CallFunc call)
{
  static const struct
  {
    Door door;
    int  n_basic;
  } cases[] = {
    { { .challenge = DIGEST_CHALLENGE, .accepted = "\nAuthorization: Digest " }, 0 },
    { { .challenge = BASIC_CHALLENGE, .accepted = BASIC }, 3 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Door door = cases[i].door;
      g_autoptr (FakeServer) server = fake_server_new (keep_door, &door);
      g_autoptr (XmlRpcServerProxy) proxy = create_proxy (server, USER, PASSWORD);

      xml_rpc_server_proxy_set_authenticate_on_demand (proxy, TRUE);
      for (int j = 0; j < 3; j++)
        assert_answer (call, proxy, "known");
      g_assert_cmpint (g_atomic_int_get (&door.n_basic), ==, cases[i].n_basic);
      g_assert_cmpuint (fake_server_get_n_requests (server), ==, 4);
    }
}

/* What else is sent with it gets nothing of the password. */
static void
test_session_of_program (CallFunc call)
{
  static const char * const challenges[] = { BASIC_CHALLENGE, DIGEST_CHALLENGE };

  for (gsize i = 0; i < G_N_ELEMENTS (challenges); i++)
    {
      Door door = { .challenge = challenges[i], .accepted = "\nAuthorization: " };
      g_autoptr (FakeServer) server = fake_server_new (keep_door, &door);
      g_autoptr (SoupSession) session = soup_session_new ();
      g_autoptr (XmlRpcServerProxy) proxy = NULL;
      g_autoptr (XmlRpcServerProxy) other = NULL;

      proxy = xml_rpc_server_proxy_new_with_session (fake_server_get_uri (server), session, NULL);
      other = xml_rpc_server_proxy_new_with_session (fake_server_get_uri (server), session, NULL);
      g_object_set (proxy, "user", USER, "password", PASSWORD, "authenticate-on-demand", TRUE, NULL);

      assert_answer (call, proxy, "known");
      assert_refused (call, other);
      assert_answer (call, proxy, "known");
    }
}

static void
add_authorization (XmlRpcServerProxy *proxy,
                   SoupMessage       *message,
                   gpointer           user_data)
{
  soup_message_headers_append (soup_message_get_request_headers (message), "Authorization", "Token abc");
}

static void
test_authorization_of_program (CallFunc call)
{
  Door door = { .challenge = BASIC_CHALLENGE DIGEST_CHALLENGE, .accepted = "\nAuthorization: Token abc\n" };
  g_autoptr (FakeServer) server = fake_server_new (keep_door, &door);
  g_autoptr (XmlRpcServerProxy) proxy = create_proxy (server, USER, PASSWORD);
  g_autoptr (XmlRpcServerProxy) watched = create_proxy (server, USER, PASSWORD);

  xml_rpc_server_proxy_set_header (proxy, "authorization", "Token abc", NULL);
  assert_answer (call, proxy, "known");
  assert_answer (call, proxy, "known");

  g_signal_connect (watched, "message", G_CALLBACK (add_authorization), NULL);
  assert_answer (call, watched, "known");

  xml_rpc_server_proxy_set_header (proxy, "authorization", "Token abcd", NULL);
  assert_refused (call, proxy);
  g_assert_cmpint (g_atomic_int_get (&door.n_basic) + g_atomic_int_get (&door.n_digest), ==, 0);
}

/* A message is kept for the next call, but not what it was authorized with. */
static void
test_watched_later (CallFunc call)
{
  Door door = { .challenge = BASIC_CHALLENGE, .accepted = BASIC };
  g_autoptr (FakeServer) server = fake_server_new (keep_door, &door);
  g_autoptr (XmlRpcServerProxy) proxy = create_proxy (server, USER, PASSWORD);

  assert_answer (call, proxy, "known");
  assert_answer (call, proxy, "known");
  g_assert_cmpint (g_atomic_int_get (&door.n_basic), ==, 2);

  g_signal_connect (proxy, "message", G_CALLBACK (add_authorization), NULL);
  door.accepted = "\nAuthorization: Token abc\n";
  assert_answer (call, proxy, "known");
  assert_answer (call, proxy, "known");
  g_assert_cmpint (g_atomic_int_get (&door.n_basic), ==, 2);

  /* What is refused does not come again either. */
  door.accepted = "nothing at all";
  assert_refused (call, proxy);
  g_assert_cmpuint (fake_server_get_n_requests (server), ==, 5);
}

static void
ignore_message (XmlRpcServerProxy *proxy,
                SoupMessage       *message,
                gpointer           user_data)
{
}

static void
test_wrong_password_that_is_watched (CallFunc call)
{
  Door door = { .challenge = BASIC_CHALLENGE, .accepted = BASIC };
  g_autoptr (FakeServer) server = fake_server_new (keep_door, &door);
  g_autoptr (XmlRpcServerProxy) proxy = create_proxy (server, USER, PASSWORD);

  assert_answer (call, proxy, "known");
  g_signal_connect (proxy, "message", G_CALLBACK (ignore_message), NULL);
  door.accepted = "nothing at all";
  assert_refused (call, proxy);
  g_assert_cmpint (g_atomic_int_get (&door.n_basic), ==, 2);
}

/* libsoup remembers Digest, and would put it in the place of what the program sends. */
static void
test_authorization_after_digest (CallFunc call)
{
  Door door = { .challenge = DIGEST_CHALLENGE, .accepted = "\nAuthorization: " };
  g_autoptr (FakeServer) server = fake_server_new (keep_door, &door);
  g_autoptr (XmlRpcServerProxy) proxy = create_proxy (server, USER, PASSWORD);
  g_autoptr (XmlRpcServerProxy) watched = create_proxy (server, USER, PASSWORD);

  door.accepted = "\nAuthorization: Digest ";
  assert_answer (call, proxy, "known");
  assert_answer (call, watched, "known");
  door.accepted = "\nAuthorization: Token abc\n";
  xml_rpc_server_proxy_set_header (proxy, "Authorization", "Token abc", NULL);
  assert_answer (call, proxy, "known");
  g_signal_connect (watched, "message", G_CALLBACK (add_authorization), NULL);
  assert_answer (call, watched, "known");

  /* And back. */
  door.accepted = "\nAuthorization: Digest ";
  xml_rpc_server_proxy_set_header (proxy, "Authorization", NULL, NULL);
  assert_answer (call, proxy, "known");
}

/* What libsoup cannot answer is asked for, but it is not Basic. */
static void
test_unknown_digest (CallFunc call)
{
  Door door = { .challenge = "WWW-Authenticate: Digest realm=\"x\", nonce=\"1\", algorithm=SHA-999\r\n",
                .accepted = "nothing at all" };
  g_autoptr (FakeServer) server = fake_server_new (keep_door, &door);
  g_autoptr (XmlRpcServerProxy) proxy = create_proxy (server, USER, PASSWORD);

  for (int i = 0; i < 3; i++)
    assert_refused (call, proxy);
  g_assert_cmpint (g_atomic_int_get (&door.n_basic), ==, 1);
}

/* A server that has started anew knows no nonce of before. */
static void
forget_nonce (FakeConnection *connection,
              gpointer        user_data)
{
  int *is_forgotten = user_data;
  char *request;

  while ((request = fake_connection_read_request (connection)) != NULL)
    {
      const char *head = fake_connection_get_head (connection);
      const char *nonce = g_atomic_int_get (is_forgotten) ? "nonce=\"new\"" : "nonce=\"old\"";

      g_free (request);
      if (strstr (head, "\nAuthorization: Digest ") != NULL && strstr (head, nonce) != NULL)
        {
          fake_connection_return (connection, g_variant_new_string ("known"));
        }
      else
        {
          g_autofree char *challenge = g_strdup_printf ("WWW-Authenticate: Digest realm=\"x\", %s, qop=\"auth\"\r\n",
                                                        nonce);

          fake_connection_reply (connection, "401 Unauthorized", challenge, NULL);
        }
    }
}

static void
test_forgotten_nonce (CallFunc call)
{
  int is_forgotten = FALSE;
  g_autoptr (FakeServer) server = fake_server_new (forget_nonce, &is_forgotten);
  g_autoptr (XmlRpcServerProxy) proxy = create_proxy (server, USER, PASSWORD);

  assert_answer (call, proxy, "known");
  assert_answer (call, proxy, "known");
  g_atomic_int_set (&is_forgotten, TRUE);
  assert_answer (call, proxy, "known");
  assert_answer (call, proxy, "known");
}

static void
switch_user (XmlRpcServerProxy *proxy,
             SoupMessage       *message,
             gpointer           user_data)
{
  xml_rpc_server_proxy_set_credentials (proxy, "bob", "x");
}

/* A call of the old user is under way, and leaves nothing behind. */
static void
test_user_changes_meanwhile (CallFunc call)
{
  Door door = { .challenge = DIGEST_CHALLENGE, .accepted = "\nAuthorization: Digest username=\"bob\"" };
  g_autoptr (FakeServer) server = fake_server_new (keep_door, &door);
  g_autoptr (XmlRpcServerProxy) proxy = create_proxy (server, USER, PASSWORD);
  gulong handler = g_signal_connect (proxy, "message", G_CALLBACK (switch_user), NULL);

  assert_refused (call, proxy);
  g_signal_handler_disconnect (proxy, handler);
  assert_answer (call, proxy, "known");
  assert_answer (call, proxy, "known");
}

static void
test_who_wins (CallFunc call)
{
  Door door = { .challenge = BASIC_CHALLENGE, .accepted = BASIC };
  g_autoptr (FakeServer) server = fake_server_new (keep_door, &door);
  const char *host = strstr (fake_server_get_uri (server), "127");
  g_autofree char *of_alice = g_strdup_printf ("http://alice:wrong@%s", host);
  g_autofree char *of_bob = g_strdup_printf ("http://bob:p%%40ss%%3Aw%%2Frd@%s", host);
  g_autoptr (XmlRpcServerProxy) alice = xml_rpc_server_proxy_new (of_alice, NULL);
  g_autoptr (XmlRpcServerProxy) bob = xml_rpc_server_proxy_new (of_bob, NULL);
  g_autofree char *user = NULL;

  assert_refused (call, alice);
  xml_rpc_server_proxy_set_password (alice, PASSWORD);
  assert_answer (call, alice, "known");
  xml_rpc_server_proxy_set_password (alice, NULL);
  assert_refused (call, alice);

  /* The password is bob's. */
  xml_rpc_server_proxy_set_user (bob, USER);
  user = xml_rpc_server_proxy_get_user (bob);
  g_assert_cmpstr (user, ==, USER);
  assert_refused (call, bob);
  xml_rpc_server_proxy_set_password (bob, PASSWORD);
  assert_answer (call, bob, "known");
}

static void
assert_no_call (CallFunc           call,
                XmlRpcServerProxy *proxy,
                const char        *message)
{
  g_autoptr (GError) of_call = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (call (proxy, "m", NULL, NULL, NULL, &of_call));
  g_assert_error (of_call, XML_RPC_ERROR, XML_RPC_ERROR_INVALID_VALUE);
  g_assert_cmpstr (of_call->message, ==, message);
  g_assert_false (xml_rpc_server_proxy_check_settings (proxy, &error));
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_impossible (CallFunc call)
{
  Door door = { .challenge = BASIC_CHALLENGE, .accepted = BASIC };
  g_autoptr (FakeServer) server = fake_server_new (keep_door, &door);
  g_autoptr (XmlRpcServerProxy) proxy = create_proxy (server, "s3cret:alice", "");

  assert_no_call (call, proxy, "user: expected a name without a colon, which separates it from the password in HTTP");
  xml_rpc_server_proxy_set_user (proxy, "s3cret\r\n");
  assert_no_call (call, proxy, "user: expected a name without control characters");
  g_object_set (proxy, "user", USER, "password", "s3cret\n", NULL);
  assert_no_call (call, proxy, "password: expected a text without control characters");
  xml_rpc_server_proxy_set_password (proxy, PASSWORD);
  assert_answer (call, proxy, "known");
}

/* A proxy of HTTP reads the line, which has nothing of it. */
static void
test_http_proxy (CallFunc call)
{
  Door door = { .challenge = BASIC_CHALLENGE, .accepted = BASIC };
  g_autoptr (FakeServer) server = fake_server_new (keep_door, &door);
  g_autoptr (GProxyResolver) resolver = g_simple_proxy_resolver_new (fake_server_get_uri (server), NULL);
  g_autoptr (XmlRpcServerProxy) proxy = NULL;

  door.accepted = "POST http://server.example/RPC2 HTTP/1.1\n";
  proxy = xml_rpc_server_proxy_new ("http://alice:p%40ss%3Aw%2Frd@server.example", NULL);
  g_object_set (xml_rpc_server_proxy_get_session (proxy), "proxy-resolver", resolver, NULL);
  assert_answer (call, proxy, "known");
  g_assert_cmpint (g_atomic_int_get (&door.n_basic), ==, 1);
}

static const char * const unescaped[] = {
  "http://user:s3cret#pw@host/", "http://user:s3@cret@host/", "http://user:s3/cret@host/",
  "http://user:s3?cret@host/", "http://user:s3[cret@host/", "http://user:s3]cret@host/",
  "http://user:1234#s3cret@host/", "http://user:12?s3cret@host", "http://s3@cret:pw@host/",
  "https://user:s3/c/ret@host", "http://user:#s3cret@host/",
  "http+unix://user:s3@cret@/run/socket:/", "http://us#s3cret:pw@host/",
  "http://user:12/s3cret@host/", "http://user:12/@s3cret@host/",
};

static const char * const otherwise_wrong[] = {
  "http://user:s3%cret@host/", "http://user:s3cret@host:99999/", "http://user:s3cret@/",
  "http://user:s3cret@host:port/", "http://user:s3cret@[::1/", "gopher://user:s3cret@host/",
  "http://user:s3cret@host/%zz", "user:s3cret@host/", "//user:s3cret@host/",
  "http://user:s3cret@ho%zzst/", "http:/user:s3cret@host/", "http+unix://user:s3cret@relative:/",
};

static const char * const right[] = {
  "http://user:s3%40cret@host/", "http://host/users/@me", "http://host:80/users/@me", "http://[::1]/users/@me", "http://host/@",
  "http://[::1]:8080/@", "http://user@host/", "http://user:@host/?a@b", "http://host/?a=b@c#d@e",
  "http://user:s3cret@[::1]:80/@", "http+unix:///run/a@b.socket:/RPC2",
};

static void
test_no_error_has_it (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (unescaped); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (xml_rpc_server_proxy_new (unescaped[i], &error));
      g_assert_error (error, G_URI_ERROR, G_URI_ERROR_BAD_USER);
      g_assert_cmpstr (error->message, ==,
                       "invalid URI: in a user name and a password the characters @ / ? # [ ] have to be "
                       "escaped, as %40 %2F %3F %23 %5B %5D; or give them as properties");
    }

  for (gsize i = 0; i < G_N_ELEMENTS (otherwise_wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (xml_rpc_server_proxy_new (otherwise_wrong[i], &error));
      g_assert_nonnull (error);
      if (strstr (error->message, "cret") != NULL || strstr (error->message, "s3") != NULL)
        g_error ("%s: %s", otherwise_wrong[i], error->message);
    }

  for (gsize i = 0; i < G_N_ELEMENTS (right); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (XmlRpcServerProxy) proxy = xml_rpc_server_proxy_new (right[i], &error);

      g_assert_no_error (error);
      g_assert_nonnull (proxy);
    }
}

static void
test_properties (void)
{
  g_autoptr (XmlRpcServerProxy) proxy = xml_rpc_server_proxy_new ("http://localhost/", NULL);
  GParamSpec *password = g_object_class_find_property (G_OBJECT_GET_CLASS (proxy), "password");
  g_autofree char *user = NULL;
  gboolean on_demand = TRUE;

  g_assert_cmpint (password->flags & G_PARAM_READWRITE, ==, G_PARAM_WRITABLE);
  g_object_get (proxy, "user", &user, "authenticate-on-demand", &on_demand, NULL);
  g_assert_null (user);
  g_assert_false (on_demand);
}

static const BothWaysTest both_ways[] = {
  { "first-request", test_first_request },
  { "wrong-password-comes-once", test_wrong_password_comes_once },
  { "password-that-becomes-wrong", test_password_that_becomes_wrong },
  { "digest", test_digest },
  { "digest-later", test_digest_later },
  { "on-demand", test_on_demand },
  { "session-of-program", test_session_of_program },
  { "authorization-of-program", test_authorization_of_program },
  { "watched-later", test_watched_later },
  { "wrong-password-that-is-watched", test_wrong_password_that_is_watched },
  { "authorization-after-digest", test_authorization_after_digest },
  { "unknown-digest", test_unknown_digest },
  { "forgotten-nonce", test_forgotten_nonce },
  { "user-changes-meanwhile", test_user_changes_meanwhile },
  { "who-wins", test_who_wins },
  { "impossible", test_impossible },
  { "http-proxy", test_http_proxy },
};

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  both_ways_add ("/server-proxy-credentials", both_ways, G_N_ELEMENTS (both_ways));
  g_test_add_func ("/server-proxy-credentials/no-error-has-it", test_no_error_has_it);
  g_test_add_func ("/server-proxy-credentials/properties", test_properties);

  return g_test_run ();
}
