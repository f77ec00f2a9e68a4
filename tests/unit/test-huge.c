/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Sizes around 2^31 and 2^32, where an int or a guint is too small. Only with
 * "-m slow": the largest need 14 GB of memory. */

#include <string.h>

#include <xmlrpc-glib/xmlrpc-glib.h>

#include "server-caller.h"
#include "server-fixture.h"

#define TWO_TO_31 ((gsize) 1 << 31)
#define TWO_TO_32 ((gsize) 1 << 32)

static const gsize sizes[] = { TWO_TO_31 - 1, TWO_TO_31, TWO_TO_31 + 1, TWO_TO_32 - 1, TWO_TO_32, TWO_TO_32 + 1 };

static GVariant *
create_string (gsize length)
{
  char *text = g_malloc (length + 1);

  memset (text, 'x', length);
  text[0] = 'a';
  text[length - 1] = 'z';
  text[length] = '\0';

  return g_variant_ref_sink (g_variant_new_take_string (text));
}

static void
assert_string (GVariant *value,
               gsize     expected)
{
  gsize length;
  const char *text = g_variant_get_string (value, &length);

  g_assert_cmpuint (length, ==, expected);
  g_assert_cmpint (text[0], ==, 'a');
  g_assert_cmpint (text[length - 1], ==, 'z');
}

static void
test_string (gconstpointer data)
{
  gsize length = *(const gsize *) data;
  g_autoptr (GVariant) value = create_string (length);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) text = xml_rpc_encode_response (value, &error);
  g_autoptr (GVariant) decoded = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (text), >, length);
  g_clear_pointer (&value, g_variant_unref);

  decoded = xml_rpc_decode_response (text, G_VARIANT_TYPE_STRING, &error);
  g_assert_no_error (error);
  assert_string (decoded, length);
}

static void
test_bytes (gconstpointer data)
{
  gsize length = *(const gsize *) data;
  g_autoptr (GBytes) zeros = g_bytes_new_take (g_malloc0 (length), length);
  g_autoptr (GVariant) value = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, zeros, TRUE));
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) text = xml_rpc_encode_response (value, &error);
  g_autoptr (GVariant) decoded = NULL;

  g_assert_no_error (error);
  g_clear_pointer (&value, g_variant_unref);
  g_clear_pointer (&zeros, g_bytes_unref);

  decoded = xml_rpc_decode_response (text, G_VARIANT_TYPE_BYTESTRING, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_variant_get_size (decoded), ==, length);
}

/* There and back. */
static void
test_http (gconstpointer data)
{
  gsize length = *(const gsize *) data;
  GVariant *value = create_string (length);
  g_auto (ServerFixture) fixture;
  g_autoptr (XmlRpcServerProxy) proxy = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GVariant) echoed = NULL;
  g_autoptr (GError) error = NULL;

  server_fixture_init (&fixture);
  xml_rpc_server_set_max_request_size (fixture.server, 0);
  xml_rpc_server_set_request_timeout (fixture.server, 0);
  proxy = xml_rpc_server_proxy_new (fixture.uri, &error);
  xml_rpc_server_proxy_set_max_response_size (proxy, 0);
  xml_rpc_server_proxy_set_timeout (proxy, 0);

  xml_rpc_server_proxy_call_async (proxy, "echo", g_variant_new_tuple (&value, 1), G_VARIANT_TYPE_STRING, NULL,
                                   server_caller_take_result, &result);
  g_variant_unref (value);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  echoed = xml_rpc_server_proxy_call_finish (proxy, result, &error);
  g_assert_no_error (error);
  assert_string (echoed, length);
}

static void
add (const char    *name,
     const gsize   *size,
     GTestDataFunc  func)
{
  g_autofree char *path = g_strdup_printf ("/huge/%s/%" G_GSIZE_FORMAT, name, *size);

  g_test_add_data_func (path, size, func);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  if (g_test_slow () && sizeof (gsize) > 4)
    {
      for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
        {
          add ("string", &sizes[i], test_string);
          if (sizes[i] <= TWO_TO_31 + 1)
            {
              add ("bytes", &sizes[i], test_bytes);
              add ("http", &sizes[i], test_http);
            }
        }
    }

  return g_test_run ();
}
