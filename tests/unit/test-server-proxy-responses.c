/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What becomes of each kind of response: a fault, an HTTP status, a page, one that is
 * too large. */

#include <stdlib.h>
#include <string.h>

#include "both-ways.h"
#include "census.h"
#include "compressed.h"
#include "fake-server.h"

/* The error that a call gets for an answer. */
static GError *
fail_with (CallFunc    call,
           const char *status,
           const char *headers,
           const char *body)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (body, strlen (body));
  FakeAnswer answer = { status, headers, bytes };
  g_autoptr (FakeServer) server = fake_server_new (fake_server_answer, &answer);
  g_autoptr (XmlRpcServerProxy) proxy = fake_server_create_proxy (server);
  GError *error = NULL;

  /* Twice, as the first one must not spoil the connection for the second. */
  g_assert_null (call (proxy, "method", NULL, NULL, NULL, &error));
  g_clear_error (&error);
  g_assert_null (call (proxy, "method", NULL, NULL, NULL, &error));
  g_assert_cmpuint (fake_server_get_n_requests (server), ==, 2);

  return error;
}

#define FAULT "<methodResponse><fault><value><struct>" \
  "<member><name>faultCode</name><value><int>-7</int></value></member>" \
  "<member><name>faultString</name><value>No tea</value></member>" \
  "</struct></value></fault></methodResponse>"

#define ONE "<methodResponse><params><param><value><int>1</int></value></param></params></methodResponse>"

static void
test_fault (CallFunc call)
{
  static const char * const statuses[] = { "200 OK", "500 Internal Server Error", "404 Not Found", "302 Found" };

  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr (GError) error = fail_with (call, statuses[i], "Content-Type: text/xml\r\n", FAULT);

      g_assert_error (error, XML_RPC_FAULT, -7);
      g_assert_cmpstr (error->message, ==, "No tea");
    }
}

/* Whatever the code is, the status does not win, and the error has all of it. */
static void
test_whole_fault (CallFunc call)
{
  static const char * const statuses[] = { "200 OK", "500 Internal Server Error" };
  static const char body[] = "<methodResponse><fault><value><struct>"
    "<member><name>faultString</name><value>Denied</value></member>"
    "<member><name>faultCode</name><value>Client</value></member>"
    "</struct></value></fault></methodResponse>";

  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr (GError) error = fail_with (call, statuses[i], "Content-Type: text/xml\r\n", body);
      const char *code = NULL;

      g_assert_error (error, XML_RPC_FAULT, XML_RPC_FAULT_OTHER_CODE);
      g_assert_cmpstr (error->message, ==, "Client: Denied");
      g_assert_nonnull (xml_rpc_fault_get_value (error));
      g_assert_true (g_variant_lookup (xml_rpc_fault_get_value (error), "faultCode", "&s", &code));
      g_assert_cmpstr (code, ==, "Client");
    }
}

static void
test_http_error (CallFunc call)
{
  static const struct
  {
    const char *status;
    const char *body;
    int         code;
    const char *message;
  } cases[] = {
    { "404 Not Found", "<!DOCTYPE html><html>no</html>", 404, "HTTP 404 Not Found from http://127.0.0.1" },
    { "404 Not Found", "", 404, "HTTP 404 Not Found from http://127.0.0.1" },
    { "500 Internal Server Error", "Traceback", 500, "HTTP 500 Internal Server Error" },
    { "503 ", "", 503, "HTTP 503 Service Unavailable" },
    { "503 Caf\xe9", "", 503, "HTTP 503 Caf" },
    /* An answer where there should be none is not an answer. */
    { "500 Internal Server Error", ONE, 500, "HTTP 500" },
    { "401 Unauthorized", "", 401, "wants a user name and a password" },
    { "299 Odd", "", -1, NULL },
    { "600 Beyond", "", 600, "HTTP 600 Beyond" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = fail_with (call, cases[i].status, NULL, cases[i].body);

      if (cases[i].code < 0)
        {
          g_assert_error (error, XML_RPC_ERROR, XML_RPC_ERROR_NOT_WELL_FORMED);
          continue;
        }
      g_assert_error (error, XML_RPC_HTTP_ERROR, cases[i].code);
      both_ways_assert_says (error, cases[i].message);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
    }
}

static void
test_redirect (CallFunc call)
{
  static const struct
  {
    const char *location;
    const char *target;
  } cases[] = {
    { "http://other.example/xml", "redirected to http://other.example/xml" },
    { "/elsewhere", "/elsewhere" },
    { "http://user:secret@other.example/", "redirected to http://other.example/" },
    { "http://[\xff", "redirected to http://[\xef\xbf\xbd" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      static const char * const statuses[] = { "301 Moved", "302 Found", "303 See Other",
                                               "307 Temporary", "308 Permanent" };

      for (gsize j = 0; j < G_N_ELEMENTS (statuses); j++)
        {
          g_autofree char *headers = g_strdup_printf ("Location: %s\r\n", cases[i].location);
          g_autoptr (GError) error = fail_with (call, statuses[j], headers, "");

          g_assert_error (error, XML_RPC_HTTP_ERROR, atoi (statuses[j]));
          both_ways_assert_says (error, cases[i].target);
          g_assert_true (g_utf8_validate (error->message, -1, NULL));
          g_assert_null (strstr (error->message, "secret"));
        }
    }
}

static void
test_not_xml_rpc (CallFunc call)
{
  static const struct
  {
    const char *headers;
    const char *body;
    const char *message;
  } cases[] = {
    { "Content-Type: text/html; charset=utf-8\r\n", "<html><body>Log in</body></html>",
      "the response is text/html, not XML-RPC: " },
    { "Content-Type: application/json\r\n", "{\"a\": 1}", "the response is application/json, not XML-RPC: " },
    { "Content-Type: text/xml\r\n", "<rss/>", "" },
    { "Content-Type: application/xml\r\n", "nothing", "" },
    { NULL, "nothing", "" },
    { "Content-Type: text/xml\r\n", "", "the response is empty: " },
    { "Content-Type: text/xml\r\n", "<methodResponse><params><param><value>1", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = fail_with (call, "200 OK", cases[i].headers, cases[i].body);

      g_assert_true (error->domain == XML_RPC_ERROR);
      g_assert_true (g_str_has_prefix (error->message, cases[i].message));
      if (*cases[i].message == '\0')
        g_assert_null (strstr (error->message, "the response is"));
    }
}

static GVariant *
call_for (CallFunc     call,
          const char  *status,
          const char  *headers,
          GBytes      *body,
          guint64      max_response_size,
          GError     **error)
{
  FakeAnswer answer = { status, headers, body };
  g_autoptr (FakeServer) server = fake_server_new (fake_server_answer, &answer);
  g_autoptr (XmlRpcServerProxy) proxy = fake_server_create_proxy (server);

  xml_rpc_server_proxy_set_max_response_size (proxy, max_response_size);

  return call (proxy, "method", NULL, NULL, NULL, error);
}

static void
test_size_limit (CallFunc call)
{
  g_autoptr (GBytes) body = g_bytes_new_static (ONE, strlen (ONE));

  for (int below = 0; below <= 2; below++)
    {
      /* One byte more than it has, just as many, one less; 0 is no limit. */
      g_autoptr (GVariant) value = NULL;
      g_autoptr (GError) error = NULL;

      value = call_for (call, "200 OK", NULL, body, strlen (ONE) + 1 - below, &error);
      if (below < 2)
        {
          g_assert_no_error (error);
          g_assert_cmpint (g_variant_get_int32 (value), ==, 1);
        }
      else
        {
          g_assert_error (error, XML_RPC_ERROR, XML_RPC_ERROR_LIMIT_EXCEEDED);
          g_assert_null (value);
        }
    }

  {
    g_autoptr (GError) error = NULL;
    g_autoptr (GVariant) value = call_for (call, "200 OK", NULL, body, 0, &error);

    g_assert_no_error (error);
    g_assert_nonnull (value);
  }
}

static void
test_compressed (CallFunc call)
{
  g_autoptr (GBytes) body = compressed_new_text (ONE);
  g_autoptr (GVariant) value = NULL;
  GError *error = NULL;

  value = call_for (call, "200 OK", "Content-Encoding: gzip\r\n", body, strlen (ONE), &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_variant_get_int32 (value), ==, 1);
}

/* 64 MiB of spaces before the answer, in 64 KiB. */
static GBytes *
create_bomb (void)
{
  g_autofree char *plain = g_strnfill (64 * 1024 * 1024, ' ');

  return compressed_new_text (plain);
}

static void
test_bomb (CallFunc call)
{
  static const char * const statuses[] = { "200 OK", "500 Internal Server Error", "401 Unauthorized" };
  g_autoptr (GBytes) body = create_bomb ();

  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      gsize before = census_get_peak ();
      g_autoptr (GError) error = NULL;

      g_assert_null (call_for (call, statuses[i], "Content-Encoding: gzip\r\n", body, 1024 * 1024, &error));
      if (i == 0)
        g_assert_error (error, XML_RPC_ERROR, XML_RPC_ERROR_LIMIT_EXCEEDED);
      else
        g_assert_error (error, XML_RPC_HTTP_ERROR, atoi (statuses[i]));
      g_assert_cmpuint (census_get_peak () - before, <=, 16 * 1024);
    }
}

static void
test_charset (CallFunc call)
{
  static const char latin1[] = "<?xml version='1.0' encoding='utf-8'?><methodResponse><params><param>"
                               "<value>caf\xe9</value></param></params></methodResponse>";
  g_autoptr (GBytes) body = g_bytes_new_static (latin1, strlen (latin1));
  g_autoptr (GVariant) value = NULL;
  GError *error = NULL;

  value = call_for (call, "200 OK", "Content-Type: text/xml; charset=iso-8859-1\r\n", body, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (g_variant_get_string (value, NULL), ==, "caf\xc3\xa9");
}

static const BothWaysTest tests[] = {
  { "fault", test_fault },
  { "whole-fault", test_whole_fault },
  { "http-error", test_http_error },
  { "redirect", test_redirect },
  { "not-xml-rpc", test_not_xml_rpc },
  { "size-limit", test_size_limit },
  { "compressed", test_compressed },
  { "bomb", test_bomb },
  { "charset", test_charset },
};

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  both_ways_add ("/server-proxy-responses", tests, G_N_ELEMENTS (tests));

  return g_test_run ();
}
