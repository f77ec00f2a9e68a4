/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Whatever a server sends, the message of an error is one line that can be printed. */

#include <string.h>

#include "both-ways.h"
#include "fake-server.h"

#define ESC "\x1b"
#define CSI "\xc2\x9b"             /* U+009B */
#define TURN "\xe2\x80\xae"        /* U+202E, from right to left */
#define ZERO_WIDTH "\xe2\x80\x8c"  /* U+200C, which names of XML may have */
#define LINE "\xe2\x80\xa8"        /* U+2028 */

#define XML "Content-Type: text/xml\r\n"
#define RESPONSE(value) "<methodResponse><params><param><value>" value "</value></param></params></methodResponse>"

typedef struct
{
  const char *status;
  const char *headers;
  const char *body;
  const char *shown;   /* in the message */
} Case;

static const Case cases[] = {
  /* The reason. */
  { "500 B" ESC "[2Jad", "", "", "HTTP 500 B\\u001b[2Jad from" },
  { "500 B" CSI "2Jad" TURN "x", "", "", "HTTP 500 B\\u009b2Jad\\u202ex from" },
  { "500 B\xff", "", "", "HTTP 500 B" },
  { "404 a\tb\x7f", "", "", "HTTP 404 a\\tb\\u007f from" },
  /* The type, and its charset. */
  { "200 OK", "Content-Type: text/" ESC "[31mhtml\r\n", "Hello", "the response is text/\\u001b[31mhtml, not" },
  { "200 OK", "Content-Type: a" TURN "/b" CSI "1m\r\n", "Hello", "the response is a\\u202e/b\\u009b1m, not" },
  { "200 OK", "Content-Type: text/xml; charset=\"x" CSI "1m\"\r\n", "<a/>", "" },
  { "200 OK", XML, "<?xml version='1.0' encoding='a" CSI "'?><a/>", "" },
  /* Where it leads to. */
  { "302 Found", "Location: http://[" ESC "[2J\r\n", "", "redirected to http://[\\u001b[2J" },
  { "302 Found", "Location: http://a.example/" ESC "[2J" TURN "\r\n", "", "redirected to http://a.example/%1B[2J%E2%80%AE" },
  { "302 Found", "Location: " CSI "x\r\n", "", "redirected to http://127.0.0.1" },
  /* The body. */
  { "500 Bad", "Content-Type: text/plain\r\n", ESC "]0;owned\x07Hello", "says \"\\u001b]0;owned\\u0007Hello\"" },
  { "500 Bad", "Content-Type: text/html\r\n", "<p>Hel" TURN "lo" CSI "1m</p>", "says \"Hel\\u202elo\\u009b1m\"" },
  { "200 OK", "Content-Type: text/plain\r\n", "Hello" ESC "[1m", "\"Hello\\u001b[1m\"" },
  { "200 OK", XML, "Hello" CSI "1m\nworld", "expected XML, got \"Hello\\u009b1m world\"" },
  /* A value. */
  { "200 OK", XML, RESPONSE ("<int>1" CSI "2J</int>"), "got \"1\\u009b2J\"" },
  { "200 OK", XML, RESPONSE ("<int>1\n2</int>"), "got \"1\\n2\"" },
  { "200 OK", XML, RESPONSE ("<int>a&#x202e;b</int>"), "got \"a\\u202eb\"" },
  { "200 OK", XML, RESPONSE ("<boolean>" LINE "</boolean>"), "got \"\\u2028\"" },
  { "200 OK", XML, RESPONSE ("<double>&#x9b;</double>"), "got \"\\u009b\"" },
  { "200 OK", XML, RESPONSE ("<struct><member><name>a" TURN CSI "</name><value><int>x</int></value></member></struct>"),
    "[\"a\\u202e\\u009b\"]" },
  /* The elements. */
  { "200 OK", XML, "<a" ZERO_WIDTH "b/>", "a\\u200cb" },
  { "200 OK", XML, RESPONSE ("<a" ZERO_WIDTH "b/>"), "" },
  { "200 OK", XML, "<methodResponse><a" ZERO_WIDTH "b></c></methodResponse>", "a\\u200cb" },
  { "200 OK", XML, "<methodResponse>&a" ZERO_WIDTH "b;</methodResponse>", "" },
  /* How it is sent. */
  { "200 OK", "Transfer-Encoding: a" ESC "[1m\r\n", "", "" },
};

static void
send_case (FakeConnection *connection,
           gpointer        user_data)
{
  const Case *each = user_data;
  g_autoptr (GBytes) body = g_bytes_new_static (each->body, strlen (each->body));
  g_autofree char *request = fake_connection_read_request (connection);

  if (request != NULL)
    fake_connection_reply (connection, each->status, each->headers, body);
}

static gboolean
is_printable (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      const GUnicodeType type = g_unichar_type (g_utf8_get_char (p));

      if (type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT || type == G_UNICODE_LINE_SEPARATOR)
        return FALSE;
    }

  return TRUE;
}

static void
check (CallFunc    call,
       const Case *each)
{
  g_autoptr (FakeServer) server = fake_server_new (send_case, (gpointer) each);
  g_autoptr (XmlRpcServerProxy) proxy = xml_rpc_server_proxy_new (fake_server_get_uri (server), NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value = call (proxy, "m", NULL, NULL, NULL, &error);

  g_assert_null (value);
  g_assert_nonnull (error);
  g_test_message ("%s", error->message);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_true (is_printable (error->message));
  if (strstr (error->message, each->shown) == NULL)
    g_error ("expected \"%s\" in \"%s\"", each->shown, error->message);
}

static void
test_printable (CallFunc call)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    check (call, &cases[i]);
}

static void
send_fault (FakeConnection *connection,
            gpointer        user_data)
{
  g_autoptr (GBytes) body = xml_rpc_encode_fault_value (user_data, NULL);
  g_autofree char *request = fake_connection_read_request (connection);

  if (request != NULL)
    fake_connection_reply (connection, "200 OK", XML, body);
}

/* The text of a fault is what the method returned: a value, as any other. */
static void
test_fault_is_as_sent (CallFunc call)
{
  const char *text = "line\n\tline " TURN CSI "1m \\";
  g_autoptr (GVariant) fault =
    g_variant_ref_sink (g_variant_new_parsed ("{'faultCode': <5>, 'faultString': <%s>}", text));
  g_autoptr (FakeServer) server = fake_server_new (send_fault, fault);
  g_autoptr (XmlRpcServerProxy) proxy = xml_rpc_server_proxy_new (fake_server_get_uri (server), NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (call (proxy, "m", NULL, NULL, NULL, &error));
  g_assert_error (error, XML_RPC_FAULT, 5);
  g_assert_cmpstr (error->message, ==, text);
  g_assert_cmpvariant (xml_rpc_fault_get_value (error), fault);
}

/* Of characters of three bytes, so that 64 KB end within one. */
static void
test_long_fault_is_cut (CallFunc call)
{
  const gsize n_characters = 10 * 1024 * 1024;
  g_autoptr (GString) text = g_string_sized_new (3 * n_characters);
  g_autoptr (GVariant) fault = NULL;
  g_autoptr (FakeServer) server = NULL;
  g_autoptr (XmlRpcServerProxy) proxy = NULL;
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < n_characters; i++)
    g_string_append (text, "\xe2\x82\xac");
  fault = g_variant_ref_sink (g_variant_new_parsed ("{'faultCode': <5>, 'faultString': <%s>}", text->str));
  server = fake_server_new (send_fault, fault);
  proxy = xml_rpc_server_proxy_new (fake_server_get_uri (server), NULL);

  g_assert_null (call (proxy, "m", NULL, NULL, NULL, &error));
  g_assert_error (error, XML_RPC_FAULT, 5);
  g_assert_cmpuint (strlen (error->message), ==, 64 * 1024 / 3 * 3);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_cmpvariant (xml_rpc_fault_get_value (error), fault);
}

int
main (int   argc,
      char *argv[])
{
  static const BothWaysTest tests[] = {
    { "printable", test_printable },
    { "fault-is-as-sent", test_fault_is_as_sent },
    { "long-fault-is-cut", test_long_fault_is_cut },
  };

  g_test_init (&argc, &argv, NULL);
  both_ways_add ("/error-text", tests, G_N_ELEMENTS (tests));

  return g_test_run ();
}
