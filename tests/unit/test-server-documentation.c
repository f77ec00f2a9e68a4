/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The page of a server for people. What it does in a browser is tested by
 * test-documentation-page.py. */

#include <libxml/xmlversion.h>

#include "server/xml-rpc-documentation-private.h"

#include "raw-client.h"
#include "server-fixture.h"
#include "test-table.h"

#define ECHO "<methodCall><methodName>echo</methodName><params><param><value>a</value></param></params></methodCall>"

static void
set_up (ServerFixture *self,
        gconstpointer  data)
{
  server_fixture_init (self);
  xml_rpc_server_set_documentation (self->server, TRUE);
}

static RawReply *
request (ServerFixture *self,
         const char    *method,
         const char    *query,
         const char    *headers)
{
  g_autoptr (RawClient) client = raw_client_new (self->port);
  g_autofree char *head = g_strdup_printf ("%s /RPC2%s HTTP/1.1\r\n%s\r\n", method, query, headers);

  raw_client_send (client, head, -1);

  return raw_client_receive (client);
}

static RawReply *
get (ServerFixture *self,
     const char    *query)
{
  return request (self, "GET", query, "Host: localhost\r\n");
}

static char *
get_page (ServerFixture *self)
{
  g_autoptr (RawReply) reply = get (self, "");

  g_assert_cmpuint (reply->status, ==, 200);

  return raw_reply_get_text (reply);
}

static void
assert_has (const char *page,
            const char *part)
{
  if (strstr (page, part) == NULL)
    g_error ("there is no %s in %s", part, page);
}

static void
assert_in_order (const char *page,
                 const char *first,
                 const char *second)
{
  assert_has (page, first);
  assert_has (page, second);
  g_assert_true (strstr (page, first) < strstr (page, second));
}

static void
test_off (ServerFixture *self,
          gconstpointer  data)
{
  g_autoptr (XmlRpcServer) server = xml_rpc_server_new ();
  g_autoptr (RawReply) reply = NULL;

  g_assert_false (xml_rpc_server_get_documentation (server));
  g_object_set (self->server, "documentation", FALSE, NULL);
  reply = get (self, "");
  g_assert_cmpuint (reply->status, ==, 405);
  raw_reply_assert_header (reply, "Allow", "POST");
}

static void
test_other_methods (ServerFixture *self,
                    gconstpointer  data)
{
  g_autoptr (RawReply) reply = request (self, "DELETE", "", "Host: localhost\r\n");

  g_assert_cmpuint (reply->status, ==, 405);
  raw_reply_assert_header (reply, "Allow", "GET, HEAD, POST");
}

static void
assert_is_safe (RawReply   *reply,
                const char *content_type)
{
  g_assert_cmpuint (reply->status, ==, 200);
  raw_reply_assert_header (reply, "Content-Type", content_type);
  raw_reply_assert_header (reply, "Content-Security-Policy",
                           "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
  raw_reply_assert_header (reply, "X-Content-Type-Options", "nosniff");
  raw_reply_assert_header (reply, "Cross-Origin-Resource-Policy", "same-origin");
  raw_reply_assert_header (reply, "Referrer-Policy", "no-referrer");
}

static void
test_files (ServerFixture *self,
            gconstpointer  data)
{
  g_autoptr (RawReply) page = get (self, "");
  g_autoptr (RawReply) other = get (self, "?other");
  g_autoptr (RawReply) style = get (self, "?style");
  g_autoptr (RawReply) script = get (self, "?script");
  g_autofree char *html = raw_reply_get_text (page);
  g_autofree char *css = raw_reply_get_text (style);
  g_autofree char *js = raw_reply_get_text (script);

  assert_is_safe (page, "text/html; charset=utf-8");
  assert_is_safe (other, "text/html; charset=utf-8");
  assert_is_safe (style, "text/css; charset=utf-8");
  assert_is_safe (script, "text/javascript; charset=utf-8");
  assert_has (html, "<link rel=\"stylesheet\" href=\"?style\">");
  assert_has (html, "<script src=\"?script\" defer></script>");
  assert_has (css, "prefers-color-scheme: dark");
  assert_has (js, "DOMParser");
  /* Nothing of what could be loaded is elsewhere. */
  g_assert_null (strstr (html, "http"));
  g_assert_null (strstr (css, "url("));
}

static void
test_head (ServerFixture *self,
           gconstpointer  data)
{
  g_autoptr (RawClient) client = raw_client_new (self->port);

  raw_client_send (client, "HEAD /RPC2 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", -1);
  /* A reply would wait for the body that is announced. */
  g_assert_null (raw_client_receive (client));
}

static void
test_compressed (ServerFixture *self,
                 gconstpointer  data)
{
  g_autoptr (RawReply) reply = request (self, "GET", "?script", "Host: localhost\r\nAccept-Encoding: gzip\r\n");

  g_assert_cmpuint (reply->status, ==, 200);
  raw_reply_assert_header (reply, "Content-Encoding", "gzip");
}

static void
test_methods (ServerFixture *self,
              gconstpointer  data)
{
  static const char * const signatures[] = { "int,int,double", "array", NULL };
  g_autofree char *page = NULL;

  xml_rpc_server_add_method (self->server, "z.last", signatures, "Adds <two> & more.", server_fixture_echo,
                             NULL, NULL, NULL);
  xml_rpc_server_add_method (self->server, "a.\"b\"/<c> d", NULL, NULL, server_fixture_echo, NULL, NULL, NULL);
  page = get_page (self);

  assert_in_order (page, "<section class=\"method\" id=\"z.last\" data-method=\"z.last\">", "id=\"system.listMethods\"");
  assert_in_order (page, "<li data-signature=\"int,int,double\"><code>int z.last (int, double)</code></li>",
                   "<li data-signature=\"array\"><code>array z.last ()</code></li>");
  assert_has (page, "<div class=\"help text\">Adds &lt;two&gt; &amp; more.</div>");
  assert_has (page, "<li><a href=\"#a.%22b%22%2F%3Cc%3E%20d\">a.&quot;b&quot;/&lt;c&gt; d</a></li>");
  assert_has (page, "data-method=\"a.&quot;b&quot;/&lt;c&gt; d\"");

  /* As it is now. */
  xml_rpc_server_remove_method (self->server, "z.last");
  g_free (page);
  page = get_page (self);
  g_assert_null (strstr (page, "z.last"));
}

static void
test_texts (ServerFixture *self,
            gconstpointer  data)
{
  g_autofree char *before = get_page (self);
  g_autofree char *page = NULL;
  g_autofree char *title = NULL;

  assert_has (before, "<title>XML-RPC methods</title>");
  g_object_set (self->server, "documentation-title", "Books & <more>", "documentation-text", "<p>Call <b>us</b>", NULL);
  g_object_get (self->server, "documentation-title", &title, NULL);
  g_assert_cmpstr (title, ==, "Books & <more>");
  g_assert_cmpstr (xml_rpc_server_get_documentation_text (self->server), ==, "<p>Call <b>us</b>");
  page = get_page (self);
  assert_has (page, "<title>Books &amp; &lt;more&gt;</title>");
  assert_has (page, "<h1>Books &amp; &lt;more&gt;</h1>");
  assert_in_order (page, "<b>us</b>", "<section");

  xml_rpc_server_set_documentation_title (self->server, NULL);
  g_assert_null (xml_rpc_server_get_documentation_title (self->server));
}

typedef struct
{
  const char *help;
  const char *expected;
} Help;

static const Help helps[] = {
  { "", "<div class=\"help text\"></div>" },
  { "Two\nlines", "<div class=\"help text\">Two\nlines</div>" },
  { "a < b && c > d", "<div class=\"help text\">a &lt; b &amp;&amp; c &gt; d</div>" },
  { "a list<int>", "<div class=\"help text\">a list&lt;int&gt;</div>" },
  { "<script>alert(1)</script>", "<div class=\"help text\">&lt;script&gt;alert(1)&lt;/script&gt;</div>" },
  { "See http://a.example/b?c=d&e=\"f.", "<div class=\"help text\">See <a href=\"http://a.example/b?c=d&amp;e=\">"
                                         "http://a.example/b?c=d&amp;e=</a>&quot;f.</div>" },
  { "(https://a.example/.) http", "<div class=\"help text\">(<a href=\"https://a.example/\">https://a.example/</a>.)"
                                  " http</div>" },
};

static const Help html_helps[] = {
  { "<p>One</p><p>two", "<div class=\"help\"><p>One</p><p>two</p></div>" },
  { "<B>bold</B>", "<div class=\"help\"><b>bold</b></div>" },
  { "<ul><li>a<li>b</ul>", "<div class=\"help\"><ul><li>a</li><li>b</li></ul></div>" },
  { "<i>a<b>b", "<div class=\"help\"><i>a<b>b</b></i></div>" },
  { "<i>&lt;script&gt; &amp;</i>", "<div class=\"help\"><i>&lt;script&gt; &amp;</i></div>" },
  { "<i>a</i><br>b<hr/>", "<div class=\"help\"><i>a</i><br>b<hr></div>" },
  { "<p onclick=x() style='a' class=b id=c>a</p>", "<div class=\"help\"><p>a</p></div>" },
  { "<p><a href='https://a.example/?b&c=\"'>a</a></p>",
    "<div class=\"help\"><p><a href=\"https://a.example/?b&amp;c=&quot;\">a</a></p></div>" },
  { "<p><a href='javascript:x()'>a</a><a href=' javascript:x()'>b</a><a href=//c.example>c</a>"
    "<a HREF=HTTP://d.example target=_blank>d</a></p>",
    "<div class=\"help\"><p><a>a</a><a>b</a><a>c</a><a href=\"HTTP://d.example\">d</a></p></div>" },
  { "<p>a<script>x()</script>b<style>c</style><iframe src=x>d</iframe><svg><text>e</text></svg></p>",
    "<div class=\"help\"><p>ab</p></div>" },
  { "<p>a<img src=x onerror=y><input value=z><custom-tag>b</custom-tag><form action=x>c</form></p>",
    "<div class=\"help\"><p>ab</p>c</div>" },
  { "<p>a<!-- <b>c</b> --></p></div></section><b>d", "<div class=\"help\"><p>a</p><b>d</b></div>" },
};

static void
assert_help (const Help *help)
{
  g_autofree char *html = xml_rpc_documentation_format_help (help->help);

  g_assert_cmpstr (html, ==, help->expected);
}

static void
test_help (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (helps); i++)
    assert_help (&helps[i]);
}

static void
test_html_help (void)
{
#ifdef LIBXML_HTML_ENABLED
  for (gsize i = 0; i < G_N_ELEMENTS (html_helps); i++)
    assert_help (&html_helps[i]);
#else
  const Help help = { "<b>bold</b>", "<div class=\"help text\">&lt;b&gt;bold&lt;/b&gt;</div>" };

  assert_help (&help);
  g_assert_cmpuint (G_N_ELEMENTS (html_helps), >, 0);
#endif
}

static guint
post (ServerFixture *self,
      const char    *headers)
{
  g_autoptr (RawClient) client = raw_client_new (self->port);
  g_autoptr (RawReply) reply = NULL;

  raw_client_post (client, headers, ECHO, -1);
  reply = raw_client_receive (client);

  return reply->status;
}

static void
test_who_may_call (ServerFixture *self,
                   gconstpointer  data)
{
  /* That of the Host that is sent with it. */
  const char *own = "Origin: http://127.0.0.1\r\nSec-Fetch-Site: same-origin\r\n";

  g_assert_cmpuint (post (self, ""), ==, 200);
  g_assert_cmpuint (post (self, own), ==, 200);
  g_assert_cmpuint (post (self, "Origin: http://127.0.0.1:1\r\n"), ==, 403);
  g_assert_cmpuint (post (self, "Origin: https://a.example\r\n"), ==, 403);
  g_assert_cmpuint (post (self, "Origin: null\r\n"), ==, 403);
  g_assert_cmpuint (post (self, "Sec-Fetch-Site: cross-site\r\n"), ==, 403);

  xml_rpc_server_set_documentation (self->server, FALSE);
  g_assert_cmpuint (post (self, own), ==, 403);
}

/* Links lead to it from anywhere; names that were rebound do not. */
static void
test_who_may_read (ServerFixture *self,
                   gconstpointer  data)
{
  g_autoptr (RawReply) linked = request (self, "GET", "", "Host: localhost\r\nSec-Fetch-Site: cross-site\r\n");
  g_autoptr (RawReply) rebound = request (self, "GET", "", "Host: evil.example\r\n");
  g_autofree char *allowed = raw_reply_get_header (linked, "Access-Control-Allow-Origin");

  g_assert_cmpuint (linked->status, ==, 200);
  g_assert_null (allowed);
  g_assert_cmpuint (rebound->status, ==, 403);
}

static void
test_password (ServerFixture *self,
               gconstpointer  data)
{
  g_autoptr (RawReply) refused = NULL;
  g_autoptr (RawReply) admitted = NULL;

  server_fixture_protect (self, "/RPC2");
  refused = get (self, "");
  g_assert_cmpuint (refused->status, ==, 401);
  admitted = request (self, "GET", "", "Host: localhost\r\n" SERVER_FIXTURE_PASSWORD);
  assert_is_safe (admitted, "text/html; charset=utf-8");
}

static void
test_shut_down (ServerFixture *self,
                gconstpointer  data)
{
  g_autoptr (RawReply) reply = NULL;

  xml_rpc_server_shutdown_async (self->server, 0, NULL, NULL, NULL);
  reply = get (self, "");
  g_assert_cmpuint (reply->status, ==, 503);
}

static const TEST_ROW (ServerFixture) tests[] = {
  { "off", test_off },
  { "other-methods", test_other_methods },
  { "files", test_files },
  { "head", test_head },
  { "compressed", test_compressed },
  { "methods", test_methods },
  { "texts", test_texts },
  { "who-may-call", test_who_may_call },
  { "who-may-read", test_who_may_read },
  { "password", test_password },
  { "shut-down", test_shut_down },
};

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  TEST_TABLE_ADD_FIXTURE ("/server-documentation", tests, ServerFixture, set_up, server_fixture_tear_down);
  g_test_add_func ("/server-documentation/help", test_help);
  g_test_add_func ("/server-documentation/html-help", test_html_help);

  return g_test_run ();
}
