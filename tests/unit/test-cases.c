/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What servers and clients in the field send, file by file of tests/data/cases, with two
 * neighbours of each: in a response, in a request to the server, within a multicall, and with
 * an HTTP status that tells an error. */

#include <string.h>

#include <xmlrpc-glib/xmlrpc-glib.h>

#include "fake-server.h"
#include "raw-client.h"
#include "server-caller.h"
#include "server-fixture.h"

#define VALUE(content) "<methodResponse><params><param><value>" content "</value></param></params></methodResponse>"
#define MEMBER(name, content) "<member><name>" name "</name><value>" content "</value></member>"
#define FAULT(members) "<methodResponse><fault><value><struct>" members "</struct></value></fault></methodResponse>"
#define DATE(text) VALUE ("<dateTime.iso8601>" text "</dateTime.iso8601>")
#define TEXT_OF_DATE(text) "(objectpath '/xmlrpc/dateTime', " text ")"

typedef struct
{
  const char *name;
  const char *xml;       /* NULL: it stands in the file of this name */
  const char *value;     /* GVariant text; NULL: an error */
  const char *message;   /* of the error, without the line */
  int         code;
  gboolean    is_fault;
  gboolean    is_alone;  /* it cannot be the value of something else */
} Case;

#define ERROR(error_code, text) .code = XML_RPC_ERROR_##error_code, .message = text
#define IS_FAULT(fault_code, text) .is_fault = TRUE, .code = fault_code, .message = text
#define OTHER(text) IS_FAULT (XML_RPC_FAULT_OTHER_CODE, text)
#define EXPONENT(text) ERROR (INVALID_VALUE, "params[0]: expected a number with an exponent from -4300 to 4300, got " text)

static const Case cases[] = {
  { "int-of-33-bits", NULL, "int64 4290772992" },
  { "i4-of-64-bits", NULL, "int64 4697620480" },
  { "i4-unsigned-in-struct", NULL, "{'FreeLo': <int64 4294967295>, 'FreeHi': <3>, 'Paused': <false>}" },
  { "int-below", VALUE ("<int>-2147483649</int>"), "int64 -2147483649" },
  { "i4-in-array", VALUE ("<array><data><value><i4>9223372036854775807</i4></value></data></array>"),
    "[<int64 9223372036854775807>]" },
  { "int-of-65-bits", VALUE ("<int>18446744073709551616</int>"),
    ERROR (INVALID_VALUE, "params[0]: expected an integer from -9223372036854775808 to 9223372036854775807, "
                          "got \"18446744073709551616\"") },

  { "fault-code-word", NULL, NULL, OTHER ("Client: Denied access to method (login)") },
  { "fault-code-text-string-empty", NULL, NULL, OTHER ("warning -- UserError\n\nNot enough stock") },
  { "fault-code-access-denied", NULL, NULL, OTHER ("AccessDenied: Access Denied") },
  { "fault-code-double", NULL, NULL, IS_FAULT (4, "x") },
  { "fault-code-nil", NULL, NULL, OTHER ("x") },
  { "fault-code-unsigned", NULL, NULL, OTHER ("4294934528: no such method") },
  { "fault-without-code", NULL, NULL, OTHER ("out of order") },
  { "fault-string-struct", NULL, NULL, IS_FAULT (5, "{message: \"oops\"}") },
  { "fault-code-int-of-33-bits", FAULT (MEMBER ("faultCode", "<int>4294934528</int>")), NULL, OTHER ("4294934528") },
  { "fault-code-array", FAULT (MEMBER ("faultCode", "<array><value>a</value></array>") MEMBER ("faultString", "b")), NULL,
    OTHER ("[\"a\"]: b") },
  { "fault-string-array", FAULT (MEMBER ("faultCode", "<i4>5</i4>") MEMBER ("faultString", "<array><int>1</int></array>")),
    NULL, IS_FAULT (5, "[1]") },

  { "fault-without-value", NULL, NULL, IS_FAULT (-506, "no such method") },
  { "array-without-data", NULL, "[<'a'>, <int64 2>]" },
  { "param-without-value", NULL, "{'a': <1>}" },
  { "fault-in-param", "<methodResponse><fault><param><value><struct>" MEMBER ("faultCode", "<int>1</int>")
    MEMBER ("faultString", "a") "</struct></value></param></fault></methodResponse>", NULL, IS_FAULT (1, "a") },
  { "value-in-params", "<methodResponse><params><value>a</value></params></methodResponse>", "'a'" },
  { "int-in-param", "<methodResponse><params><param><int>1</int></param></params></methodResponse>", "1" },
  { "int-in-params", "<methodResponse><params><int>1</int></params></methodResponse>", "1" },
  { "two-values", "<methodResponse><params><param><int>1</int><int>2</int></param></params></methodResponse>",
    ERROR (INVALID_MESSAGE, "params[0]: two values in one <param>") },

  { "several-params", NULL, "(0, 'SUCCESS')", .is_alone = TRUE },
  { "three-params", "<methodResponse><params><param><value>a</value></param><param><value><array><data/></array></value>"
    "</param><param><value><nil/></value></param></params></methodResponse>", "('a', @av [], @mv nothing)", .is_alone = TRUE },
  { "several-values-in-params", "<methodResponse><params><value>a</value><value>b</value></params></methodResponse>",
    "('a', 'b')", .is_alone = TRUE },

  { "bom-utf-8", NULL, "'Küche'" },
  { "two-marks", NULL, "1" },
  { "mark-at-the-end", NULL, "1" },
  { "declared-utf-16-is-utf-8", NULL, "'Küche'" },
  { "marks-all-around", "\xEF\xBB\xBF" VALUE ("é") "\n\xEF\xBB\xBF\xEF\xBB\xBF\n", "'é'" },
  { "mark-behind-comment", VALUE ("é") "<!-- a -->\xEF\xBB\xBF<!-- b -->", "'é'" },
  { "declared-ucs-2-is-utf-8", "<?xml version=\"1.0\" encoding=\"ISO-10646-UCS-2\"?>" VALUE ("é"), "'é'" },

  { "mismatched-end-tag", NULL, ERROR (NOT_WELL_FORMED, "not well-formed XML: expected </data>, got </array>"),
    .is_alone = TRUE },
  { "mismatched-end-tag-of-value", VALUE ("<array><data></value>"),
    ERROR (NOT_WELL_FORMED, "not well-formed XML: expected </data>, got </value>"), .is_alone = TRUE },
  { "mismatched-end-tag-with-prefix", VALUE ("<ex:i8>1</ex:i4>"),
    ERROR (NOT_WELL_FORMED, "not well-formed XML: expected </i8>, got </i4>"), .is_alone = TRUE },

  { "ex-serializable", NULL, "[byte 0xac, 0xed, 0x00, 0x05, 0x74, 0x00, 0x01, 0x61]" },
  { "serializable-without-prefix", VALUE ("<serializable>AAE=</serializable>"), "[byte 0, 1]" },
  { "ex-dom", VALUE ("<ex:dom><a/></ex:dom>"), ERROR (UNSUPPORTED_TYPE, "params[0]: the type ex:dom is not supported") },

  { "big-decimal-word", NULL, "(objectpath '/xmlrpc/bigdecimal', 'abc')" },
  { "big-decimal-exponent", NULL, EXPONENT ("\"1E200000000\"") },
  { "big-decimal-negative-exponent", VALUE ("<bigdecimal>-1.5e-4301</bigdecimal>"), EXPONENT ("\"-1.5e-4301\"") },
  { "big-decimal-largest-exponent", VALUE ("<bigdecimal>1E+4300</bigdecimal>"),
    "(objectpath '/xmlrpc/bigdecimal', '1E+4300')" },

  { "date-24-hours", NULL, TEXT_OF_DATE ("'20240101T24:00:00'") },
  { "date-pretty-printed", NULL, TEXT_OF_DATE ("'\\n   20240101T00:00:00\\n  '") },
  { "date-with-zone-without-time", NULL, TEXT_OF_DATE ("'2013-04-05+02:00'") },
  { "date-fraction-of-minute", NULL, TEXT_OF_DATE ("'20240101T14:08.5'") },
  { "date-second-60", DATE ("20161231T23:59:60z"), TEXT_OF_DATE ("'20161231T23:59:60z'") },
  { "date-week", DATE ("2024-W01-1"), TEXT_OF_DATE ("'2024-W01-1'") },
};

/* With an element of one pair in the place of another. */
static char *
replace (char       *xml,
         const char *from,
         const char *to)
{
  g_autofree char *owned = xml;
  g_auto (GStrv) parts = g_strsplit (xml, from, -1);

  return g_strjoinv (to, parts);
}

static char *
get_xml (const Case *self)
{
  g_autofree char *path = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GError) error = NULL;
  char *xml;

  if (self->xml != NULL)
    return g_strdup (self->xml);

  name = g_strconcat (self->name, ".xml", NULL);
  path = g_test_build_filename (G_TEST_DIST, "data", "cases", name, NULL);
  g_file_get_contents (path, &xml, NULL, &error);
  g_assert_no_error (error);

  return xml;
}

static GBytes *
get_body (const Case *self)
{
  char *xml = get_xml (self);

  return g_bytes_new_take (xml, strlen (xml));
}

/* What is between the elements that a value stands in. */
static char *
get_inner (const Case *self)
{
  g_autofree char *xml = get_xml (self);
  const char *start = strstr (xml, "<params>");
  const char *end = strstr (xml, "</params>");

  if (start == NULL)
    {
      start = strstr (xml, "<fault>");
      end = strstr (xml, "</fault>");
      return g_strndup (start, (gsize) (end - start) + strlen ("</fault>"));
    }

  start += strlen ("<params>");
  if (g_str_has_prefix (start, "<param>"))
    {
      start += strlen ("<param>");
      end -= strlen ("</param>");
    }

  return g_strndup (start, (gsize) (end - start));
}

static void
assert_result (const Case   *self,
               GVariant     *value,
               const GError *error)
{
  g_autoptr (GVariant) expected = NULL;
  GQuark domain;

  if (self->value == NULL)
    {
      g_assert_null (value);
      domain = self->is_fault ? XML_RPC_FAULT : XML_RPC_ERROR;
      g_assert_error (error, domain, self->code);
      if (!g_str_has_prefix (error->message, self->message))
        g_error ("expected the message: %s\ngot: %s", self->message, error->message);
      g_assert_null (strstr (error->message, "line 0"));
      return;
    }

  g_assert_no_error (error);
  expected = g_variant_ref_sink (g_variant_new_parsed (self->value));
  g_assert_cmpvariant (value, expected);
}

static void
test_response (gconstpointer data)
{
  g_autoptr (GBytes) body = get_body (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value = xml_rpc_decode_response (body, NULL, &error);

  assert_result (data, value, error);
}

/* What the bindings get: the same value. */
static void
test_json (gconstpointer data)
{
  g_autoptr (GBytes) body = get_body (data);
  g_autoptr (GError) error = NULL;
  g_autofree char *json = xml_rpc_decode_response_json (body, NULL, &error);
  g_autoptr (GVariant) value = json != NULL ? xml_rpc_variant_from_json (json, -1, NULL) : NULL;
  g_autoptr (GVariant) expected = NULL;

  if (((const Case *) data)->is_alone && json != NULL)
    {
      g_assert_true (g_str_has_prefix (json, "{\"$params\":["));
      expected = g_variant_ref_sink (g_variant_new_parsed (((const Case *) data)->value));
      g_assert_cmpint (g_variant_n_children (value), ==, g_variant_n_children (expected));
      return;
    }

  assert_result (data, value, error);
}

/* A value that was read is sent back, and is the same again. */
static void
test_round_trip (gconstpointer data)
{
  g_autoptr (GBytes) body = get_body (data);
  g_autoptr (GVariant) value = xml_rpc_decode_response (body, NULL, NULL);
  g_autoptr (GBytes) written = value != NULL ? xml_rpc_encode_response (value, NULL) : NULL;
  g_autoptr (GVariant) again = written != NULL ? xml_rpc_decode_response (written, NULL, NULL) : NULL;

  if (value != NULL && !((const Case *) data)->is_alone)
    g_assert_cmpvariant (again, value);
}

static GBytes *
create_request (const Case *self)
{
  char *xml = replace (get_xml (self), "methodResponse", "methodCall");

  xml = replace (xml, "<params>", "<methodName>echo</methodName><params>");

  return g_bytes_new_take (xml, strlen (xml));
}

/* An error is the fault that the server answers with. */
static void
test_request (gconstpointer data)
{
  const Case *self = data;
  g_auto (ServerFixture) fixture = { 0 };
  g_autoptr (GBytes) request = NULL;
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value = NULL;
  Case expected = *self;

  server_fixture_init (&fixture);
  xml_rpc_server_add_method (fixture.server, "echo", NULL, NULL, server_fixture_echo, NULL, NULL, NULL);
  request = create_request (self);
  answer = server_caller_handle (fixture.server, request);
  value = xml_rpc_decode_response (answer, NULL, &error);

  expected.is_fault = TRUE;
  expected.code = XML_RPC_FAULT_INVALID_XML_RPC;
  assert_result (&expected, value, error);
}

static GBytes *
create_multicall (const Case *self)
{
  g_autofree char *inner = get_inner (self);
  char *xml;

  if (self->is_fault)
    xml = g_strconcat ("<?xml version=\"1.0\"?><methodResponse><params><param><value><array><data><value>", inner,
                       "</value></data></array></value></param></params></methodResponse>", NULL);
  else
    xml = g_strconcat ("<?xml version=\"1.0\"?><methodResponse><params><param><value><array><data><value><array><data>",
                       inner, "</data></array></value></data></array></value></param></params></methodResponse>", NULL);

  return g_bytes_new_take (xml, strlen (xml));
}

typedef struct
{
  const char *status;
  GBytes     *body;
} Reply;

static void
reply (FakeConnection *connection,
       gpointer        user_data)
{
  const Reply *self = user_data;
  char *request;

  while ((request = fake_connection_read_request (connection)) != NULL)
    {
      g_free (request);
      fake_connection_reply (connection, self->status, NULL, self->body);
    }
}

static GVariant *
execute_multicall (GBytes  *body,
                   guint    n_calls,
                   guint    index,
                   GError **error)
{
  Reply answer = { "200 OK", body };
  g_autoptr (FakeServer) server = fake_server_new (reply, &answer);
  g_autoptr (XmlRpcServerProxy) proxy = xml_rpc_server_proxy_new (fake_server_get_uri (server), NULL);
  g_autoptr (XmlRpcMulticall) multicall = xml_rpc_multicall_new (proxy);

  for (guint i = 0; i < n_calls; i++)
    xml_rpc_multicall_add (multicall, "a", NULL, NULL);
  if (!xml_rpc_multicall_execute (multicall, NULL, error))
    return NULL;

  return xml_rpc_multicall_get_result (multicall, index, error);
}

static void
test_multicall (gconstpointer data)
{
  const Case *self = data;
  g_autoptr (GBytes) body = create_multicall (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value = execute_multicall (body, 1, 0, &error);
  assert_result (self, value, error);
}

static void
test_status (gconstpointer data)
{
  const Case *self = data;
  g_autoptr (GBytes) body = get_body (self);
  Reply answer = { self->is_fault ? "500 Internal Server Error" : "200 OK", body };
  g_autoptr (FakeServer) server = fake_server_new (reply, &answer);
  g_autoptr (XmlRpcServerProxy) proxy = xml_rpc_server_proxy_new (fake_server_get_uri (server), NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value = xml_rpc_server_proxy_call (proxy, "a", NULL, NULL, NULL, &error);

  assert_result (self, value, error);
}

static GBytes *
read_file (const char *name)
{
  const Case file = { name };

  return get_body (&file);
}

static void
test_multicall_files (void)
{
  static const struct
  {
    const char *name;
    Case        results[2];
  } files[] = {
    { "multicall-fault-code-word", { { "value", NULL, "1" }, { "fault", NULL, NULL, OTHER ("Client: denied") } } },
    { "multicall-fault-element", { { "value", NULL, "5" }, { "fault", NULL, NULL, IS_FAULT (42, "no") } } },
    { "multicall-bare-value",
      { { "int", NULL, NULL, ERROR (INVALID_MESSAGE, "call 0 (a): expected an array of one value or a fault, got int") },
        { "string", NULL, NULL, ERROR (INVALID_MESSAGE, "call 1 (a): expected an array of one value or a fault, got string") } } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GBytes) body = read_file (files[i].name);

      for (guint j = 0; j < 2; j++)
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (GVariant) value = execute_multicall (body, 2, j, &error);

          assert_result (&files[i].results[j], value, error);
        }
    }
}

static void
test_list_methods (void)
{
  static const struct
  {
    const char *xml;
    const char *message;
  } answers[] = {
    { NULL, "expected a list of methods, got struct" },
    { VALUE ("<nil/>"), "expected a list of methods, got nil" },
    { VALUE ("<array><int>1</int></array>"), "the list of methods[0]: expected string, got int" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      const Case file = { "list-methods-struct", answers[i].xml };
      g_autoptr (GBytes) body = get_body (&file);
      Reply answer = { "200 OK", body };
      g_autoptr (FakeServer) server = fake_server_new (reply, &answer);
      g_autoptr (XmlRpcServerProxy) proxy = xml_rpc_server_proxy_new (fake_server_get_uri (server), NULL);
      g_autoptr (GError) error = NULL;
      g_auto (GStrv) names = xml_rpc_server_proxy_list_methods (proxy, NULL, &error);

      g_assert_null (names);
      g_assert_error (error, XML_RPC_ERROR, XML_RPC_ERROR_TYPE_MISMATCH);
      g_assert_cmpstr (error->message, ==, answers[i].message);
    }
}

static void
assert_code_over_http (guint       port,
                       const char *request,
                       int         code)
{
  g_autoptr (RawClient) client = raw_client_new (port);
  g_autoptr (RawReply) answer = NULL;
  g_autoptr (GError) error = NULL;

  raw_client_post (client, "", request, -1);
  answer = raw_client_receive (client);
  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_null (xml_rpc_decode_response (answer->body, NULL, &error));
  g_assert_error (error, XML_RPC_FAULT, code);
}

/* Which of the specification's codes the server has for a request that it cannot read. */
static void
test_codes_of_the_server (void)
{
  static const struct
  {
    const char *body;
    int         code;
  } requests[] = {
    { "<?xml version=\"1.0\" encoding=\"x-klingon\"?><methodCall/>", XML_RPC_FAULT_UNSUPPORTED_ENCODING },
    { "\n<?xml version=\"1.0\" encoding=\"x-klingon\"?><methodCall/>", XML_RPC_FAULT_NOT_WELL_FORMED },
    { "<!-- a --><?xml version=\"1.0\" encoding=\"x-klingon\"?><methodCall/>", XML_RPC_FAULT_NOT_WELL_FORMED },
    { "\xEF\xBB\xBF<?xml version=\"1.0\" encoding=\"x-klingon\"?><methodCall", XML_RPC_FAULT_NOT_WELL_FORMED },
    { "<methodCall><methodName>caf\xE9!</methodName></methodCall>", XML_RPC_FAULT_INVALID_CHARACTER },
    { "<methodCall><?a?><methodName>caf\xC3</methodName></methodCall>", XML_RPC_FAULT_INVALID_CHARACTER },
    { "<?xml version=\"1.0\" encoding=\"us-ascii\"?><methodCall><methodName>\xC3\xA9</methodName></methodCall>",
      XML_RPC_FAULT_INVALID_CHARACTER },
    { "<?xml version=\"1.0\" encoding=\"Shift_JIS\"?><methodCall>\x81\xFF</methodCall>", XML_RPC_FAULT_INVALID_CHARACTER },
    { "<methodCall><methodName>a\x01</methodName></methodCall>", XML_RPC_FAULT_NOT_WELL_FORMED },
    { "<methodCall><a></b>\xFF</methodCall>", XML_RPC_FAULT_INVALID_XML_RPC },
    { "<methodCall></b>\xFF</methodCall>", XML_RPC_FAULT_NOT_WELL_FORMED },
    { "<methodCall/>", XML_RPC_FAULT_INVALID_XML_RPC },
  };
  g_auto (ServerFixture) fixture = { 0 };

  server_fixture_init (&fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      g_autoptr (GBytes) request = g_bytes_new_static (requests[i].body, strlen (requests[i].body));
      g_autoptr (GBytes) answer = server_caller_handle (fixture.server, request);
      g_autoptr (GError) error = NULL;
      g_autoptr (GVariant) value = xml_rpc_decode_response (answer, NULL, &error);

      g_test_message ("request %" G_GSIZE_FORMAT, i);
      g_assert_null (value);
      g_assert_error (error, XML_RPC_FAULT, requests[i].code);
      assert_code_over_http (fixture.port, requests[i].body, requests[i].code);
    }
}

static void
test_names_of_methods (void)
{
  static const struct
  {
    const char *name;
    const char *shown;
  } methods[] = {
    { "a.b", "a.b" },
    { "a\nb\tc", "a\\nb\\tc" },
    { "é\xE2\x80\xAE" "a", "é\\u202ea" },
    { "a\\n", "a\\\\n" },
    { "\xF3\xA0\x80\x81", "\\U000e0001" },
  };
  g_auto (ServerFixture) fixture = { 0 };
  g_autofree char *long_name = g_strnfill (1000, 'x');
  g_autofree char *shown = g_strnfill (200, 'x');
  g_autofree char *message = g_strdup_printf ("There is no method %s...", shown);

  server_fixture_init (&fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      g_autofree char *expected = g_strconcat ("There is no method ", methods[i].shown, NULL);

      server_caller_assert_fault (fixture.server, methods[i].name, NULL, XML_RPC_FAULT_METHOD_NOT_FOUND, expected);
    }
  server_caller_assert_fault (fixture.server, long_name, NULL, XML_RPC_FAULT_METHOD_NOT_FOUND, message);
}

/* A parameter of 33 bits fits i8 and double, and no int. */
static void
test_signatures (void)
{
  static const struct
  {
    const char *name;
    const char *signature;
    const char *expected;
  } methods[] = {
    { "i8", "i8,i8", "int64 4290772992" },
    { "double", "double,double", "4290772992.0" },
    { "int", "int,int", NULL },
  };
  g_auto (ServerFixture) fixture = { 0 };

  server_fixture_init (&fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      const char * const signatures[] = { methods[i].signature, NULL };
      g_autofree char *xml = g_strdup_printf ("<methodCall><methodName>%s</methodName><params><param><value>"
                                              "<int>4290772992</int></value></param></params></methodCall>",
                                              methods[i].name);
      g_autoptr (GBytes) request = g_bytes_new (xml, strlen (xml));
      g_autoptr (GBytes) answer = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (GVariant) value = NULL;
      const Case expected = { methods[i].name, NULL, methods[i].expected,
                              IS_FAULT (XML_RPC_FAULT_INVALID_PARAMS, "int: expected the parameters (int), got (i8)") };

      xml_rpc_server_add_method (fixture.server, methods[i].name, signatures, NULL, server_fixture_echo, NULL, NULL, NULL);
      answer = server_caller_handle (fixture.server, request);
      value = xml_rpc_decode_response (answer, NULL, &error);
      assert_result (&expected, value, error);
    }
}

/* What is too long in full is not sent either. */
static void
test_exponents_are_not_sent (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) from_json = NULL;
  g_autoptr (GBytes) written = NULL;

  written = xml_rpc_encode_response (g_variant_new_parsed ("[<(objectpath '/xmlrpc/bigdecimal', '1e-99999')>]"), &error);
  g_assert_null (written);
  g_assert_error (error, XML_RPC_ERROR, XML_RPC_ERROR_INVALID_VALUE);
  g_assert_true (g_str_has_prefix (error->message, "value[0]: expected a number with an exponent"));
  g_clear_error (&error);

  from_json = xml_rpc_variant_from_json ("{\"$bigdecimal\":\"1E200000000\"}", -1, &error);
  g_assert_null (from_json);
  g_assert_error (error, XML_RPC_ERROR, XML_RPC_ERROR_INVALID_VALUE);
}

static gboolean
is_any (const Case *self)
{
  return TRUE;
}

static gboolean
is_param (const Case *self)
{
  return !self->is_fault && !self->is_alone;
}

/* Where it is not the response as a whole that fails. */
static gboolean
is_result (const Case *self)
{
  return !self->is_alone && (self->value != NULL || self->is_fault) && strstr (self->name, "declared") == NULL;
}

int
main (int   argc,
      char *argv[])
{
  static const struct
  {
    const char   *name;
    GTestDataFunc func;
    gboolean    (*takes) (const Case *self);
  } places[] = {
    { "response", test_response, is_any },
    { "json", test_json, is_any },
    { "round-trip", test_round_trip, is_any },
    { "request", test_request, is_param },
    { "multicall", test_multicall, is_result },
    { "status", test_status, is_any },
  };

  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      for (gsize j = 0; j < G_N_ELEMENTS (cases); j++)
        {
          g_autofree char *path = g_strdup_printf ("/cases/%s/%s", places[i].name, cases[j].name);

          if (places[i].takes (&cases[j]))
            g_test_add_data_func (path, &cases[j], places[i].func);
        }
    }
  g_test_add_func ("/cases/multicall-files", test_multicall_files);
  g_test_add_func ("/cases/list-methods", test_list_methods);
  g_test_add_func ("/cases/codes-of-the-server", test_codes_of_the_server);
  g_test_add_func ("/cases/names-of-methods", test_names_of_methods);
  g_test_add_func ("/cases/signatures", test_signatures);
  g_test_add_func ("/cases/exponents-are-not-sent", test_exponents_are_not_sent);

  return g_test_run ();
}
