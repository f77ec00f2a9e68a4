/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* How many values a message may have, and how much memory they take. */

#include <string.h>

#include <xmlrpc-glib/xmlrpc-glib.h>

#include "../../xmlrpc-glib/codec/xml-rpc-decoder-private.h"
#include "server-caller.h"
#include "server-fixture.h"

#if defined (__GLIBC__) && __GLIBC_PREREQ (2, 33)
#include <malloc.h>
#define HAVE_MALLINFO2
#endif

#define CALL(params) "<methodCall><methodName>echo</methodName><params>" params "</params></methodCall>"
#define PARAM(value) "<param>" value "</param>"

/* Each value counts, whatever is in it. */
static const struct
{
  const char *name;
  const char *body;
  guint       n_values;
} calls[] = {
  { "none", CALL (""), 0 },
  { "params", CALL (PARAM ("<value/>") PARAM ("<value>x</value>") PARAM ("<value><nil/></value>")), 3 },
  { "array", CALL (PARAM ("<value><array><data><value/><value><int>1</int></value></data></array></value>")), 3 },
  { "empty", CALL (PARAM ("<value><array><data/></array></value>") PARAM ("<value><struct/></value>")), 2 },
  { "struct", CALL (PARAM ("<value><struct><member><name>a</name><value/></member>"
                           "<member><value><boolean>1</boolean></value><name>b</name></member></struct></value>")), 3 },
  { "nested", CALL (PARAM ("<value><array><data><value><array><data><value><base64/></value></data></array></value>"
                           "</data></array></value>")), 3 },
};

static gboolean
decode (const char  *body,
        guint        max_values,
        gsize        piece_length,
        GError     **error)
{
  g_autoptr (XmlRpcDecoder) decoder = xml_rpc_decoder_new_call (NULL);
  g_autofree char *method_name = NULL;
  g_autoptr (GVariant) params = NULL;
  gsize length = strlen (body);

  xml_rpc_decoder_set_max_values (decoder, max_values);
  for (gsize i = 0; i < length; i += piece_length)
    {
      if (!xml_rpc_decoder_feed (decoder, body + i, MIN (piece_length, length - i), error))
        return FALSE;
    }

  return xml_rpc_decoder_finish_call (decoder, &method_name, &params, error);
}

static void
test_count (void)
{
  static const gsize piece_lengths[] = { 1, 7, G_MAXSIZE / 2 };

  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      for (gsize j = 0; j < G_N_ELEMENTS (piece_lengths); j++)
        {
          g_autoptr (GError) error = NULL;

          g_test_message ("%s in pieces of %" G_GSIZE_FORMAT, calls[i].name, piece_lengths[j]);
          g_assert_true (decode (calls[i].body, 0, piece_lengths[j], &error));
          g_assert_true (decode (calls[i].body, MAX (calls[i].n_values, 1), piece_lengths[j], &error));
          if (calls[i].n_values < 2)
            continue;
          g_assert_false (decode (calls[i].body, calls[i].n_values - 1, piece_lengths[j], &error));
          g_assert_error (error, XML_RPC_ERROR, XML_RPC_ERROR_LIMIT_EXCEEDED);
        }
    }
}

static void
test_message (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (decode (calls[2].body, 2, 1000, &error));
  g_assert_cmpstr (error->message, ==, "params[0][1]: expected a message with at most 2 values, got more (line 1)");
}

static GVariant *
create_numbers (guint n)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("(ai)"));
  g_variant_builder_open (&builder, G_VARIANT_TYPE ("ai"));
  for (guint i = 0; i < n; i++)
    g_variant_builder_add (&builder, "i", i);
  g_variant_builder_close (&builder);

  return g_variant_builder_end (&builder);
}

static void
test_server (void)
{
  g_autoptr (XmlRpcServer) server = xml_rpc_server_new ();

  xml_rpc_server_add_method (server, "echo", NULL, NULL, server_fixture_echo, NULL, NULL, NULL);
  xml_rpc_server_set_max_values (server, 3);
  server_caller_assert_returns (server, "echo", create_numbers (2), "[<0>, <1>]");
  server_caller_assert_fault (server, "echo", create_numbers (3), XML_RPC_FAULT_INVALID_XML_RPC,
                              "params[0][2]: expected a message with at most 3 values, got more (line 2)");
  xml_rpc_server_set_max_values (server, 0);
  server_caller_assert_returns (server, "echo", create_numbers (3), "[<0>, <1>, <2>]");
}

static GVariant *
call_over_http (XmlRpcServerProxy  *proxy,
                GVariant           *params,
                GError            **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  xml_rpc_server_proxy_call_async (proxy, "echo", params, NULL, NULL, server_caller_take_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return xml_rpc_server_proxy_call_finish (proxy, result, error);
}

static void
assert_over_http (XmlRpcServerProxy *proxy,
                  guint              n_numbers,
                  GQuark             domain,
                  int                code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value = call_over_http (proxy, create_numbers (n_numbers), &error);

  if (domain != 0)
    g_assert_error (error, domain, code);
  else
    g_assert_no_error (error);
}

/* Both ends at once: the response has as many as the request. */
static void
test_proxy (void)
{
  g_auto (ServerFixture) fixture;
  g_autoptr (XmlRpcServerProxy) proxy = NULL;
  guint max_values;

  server_fixture_init (&fixture);
  proxy = xml_rpc_server_proxy_new (fixture.uri, NULL);
  g_object_get (proxy, "max-values", &max_values, NULL);
  g_assert_cmpuint (max_values, ==, 10 * 1000 * 1000);
  g_object_set (proxy, "max-values", 100, NULL);
  g_assert_cmpuint (xml_rpc_server_proxy_get_max_values (proxy), ==, 100);

  assert_over_http (proxy, 99, 0, 0);
  assert_over_http (proxy, 100, XML_RPC_ERROR, XML_RPC_ERROR_LIMIT_EXCEEDED);
  xml_rpc_server_proxy_set_max_values (proxy, 0);
  assert_over_http (proxy, 100, 0, 0);
  xml_rpc_server_set_max_values (fixture.server, 100);
  assert_over_http (proxy, 99, 0, 0);
  assert_over_http (proxy, 100, XML_RPC_FAULT, XML_RPC_FAULT_INVALID_XML_RPC);
}

#ifdef HAVE_MALLINFO2

static gsize
get_used (void)
{
  struct mallinfo2 info = mallinfo2 ();

  return info.uordblks + info.hblkhd;
}

static void
note_memory (XmlRpcServer     *server,
             XmlRpcInvocation *invocation,
             gpointer          user_data)
{
  gsize *used = user_data;

  *used = get_used ();
  xml_rpc_invocation_return_value (invocation, NULL);
}

static GBytes *
create_multicall (const char *value,
                  gsize       length)
{
  GString *body = g_string_new ("<methodCall><methodName>system.multicall</methodName><params><param><value><array><data>"
                                "<value><struct><member><name>methodName</name><value>note</value></member>"
                                "<member><name>params</name><value><array><data>");

  while (body->len < length)
    g_string_append (body, value);
  g_string_append (body, "</data></array></value></member></struct></value></data></array></value></param></params></methodCall>");

  return g_string_free_to_bytes (body);
}

/* What a method finds allocated for its call is less than ten times the request, whatever
 * that is full of. */
static void
test_memory (void)
{
  static const char * const values[] = {
    "<value/>",
    "<value><nil/></value>",
    "<value><boolean>1</boolean></value>",
    "<value><int>1</int></value>",
    "<value><i8>1</i8></value>",
    "<value><base64/></value>",
    "<value><struct/></value>",
    "<value><array><data/></array></value>",
    "<value><dateTime.iso8601/></value>",
    "<value><ex:bigdecimal/></value>",
    "<value><struct><member><name/><value/></member></struct></value>",
  };
  const gsize length = 1024 * 1024;

  if (get_used () == 0)
    {
      g_test_skip ("a sanitizer's malloc() does not count");
      return;
    }

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autoptr (XmlRpcServer) server = xml_rpc_server_new ();
      g_autoptr (GBytes) request = create_multicall (values[i], length);
      g_autoptr (GBytes) response = NULL;
      gsize used = 0;
      gsize before;

      xml_rpc_server_set_max_values (server, 0);
      xml_rpc_server_add_method (server, "note", NULL, NULL, note_memory, &used, NULL, NULL);
      before = get_used ();
      response = server_caller_handle (server, request);
      g_test_message ("%s: %.1f times", values[i], ((double) used - before) / length);
      g_assert_cmpuint (used, >, 0);
      g_assert_cmpuint (used, <, before + 10 * length);
    }
}

#endif

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/max-values/count", test_count);
  g_test_add_func ("/max-values/message", test_message);
  g_test_add_func ("/max-values/server", test_server);
  g_test_add_func ("/max-values/proxy", test_proxy);
#ifdef HAVE_MALLINFO2
  g_test_add_func ("/max-values/memory", test_memory);
#endif

  return g_test_run ();
}
