/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "variant/xml-rpc-buffer-private.h"

#define MIB (1024 * 1024)

/* Around the first block, and around the size from which blocks are mapped. */
static const gsize sizes[] = { 0, 1, 255, 256, 257, 4096, MIB - 1, MIB, MIB + 1, 2 * MIB, 5 * MIB + 3, 9 * MIB + 1 };

static void
append_pattern (XmlRpcBuffer *buffer,
                gsize         size)
{
  while (size > 0)
    {
      guint8 piece[1000];
      gsize length = MIN (size, sizeof piece);

      for (gsize i = 0; i < length; i++)
        piece[i] = (buffer->length + i) % 251 + 1;
      xml_rpc_buffer_append (buffer, piece, length);
      size -= length;
    }
}

static void
assert_pattern (const guint8 *data,
                gsize         size)
{
  for (gsize i = 0; i < size; i++)
    {
      if (data[i] != i % 251 + 1)
        g_error ("byte %" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT " is %u", i, size, data[i]);
    }
}

static void
assert_is_new (const XmlRpcBuffer *buffer)
{
  g_assert_null (buffer->data);
  g_assert_cmpuint (buffer->length, ==, 0);
  g_assert_cmpuint (buffer->allocated, ==, 0);
}

static void
test_steal (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      XmlRpcBuffer buffer = XML_RPC_BUFFER_INIT;
      g_autoptr (GBytes) bytes = NULL;
      gsize size;
      const guint8 *data;

      append_pattern (&buffer, sizes[i]);
      bytes = xml_rpc_buffer_steal (&buffer);
      assert_is_new (&buffer);

      data = g_bytes_get_data (bytes, &size);
      g_assert_cmpuint (size, ==, sizes[i]);
      assert_pattern (data, size);
    }
}

static void
test_steal_string (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      XmlRpcBuffer buffer = XML_RPC_BUFFER_INIT;
      g_autofree char *string = NULL;

      append_pattern (&buffer, sizes[i]);
      string = xml_rpc_buffer_steal_string (&buffer);
      assert_is_new (&buffer);

      g_assert_cmpuint (strlen (string), ==, sizes[i]);
      assert_pattern ((const guint8 *) string, sizes[i]);
    }
}

/* What a rewind leaves: a large block with little in it. */
static void
test_steal_little_of_much (void)
{
  XmlRpcBuffer buffer = XML_RPC_BUFFER_INIT;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *string = NULL;

  append_pattern (&buffer, 5 * MIB);
  buffer.length = 3;
  bytes = xml_rpc_buffer_steal (&buffer);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "\1\2\3", 3);

  append_pattern (&buffer, 5 * MIB);
  buffer.length = 3;
  string = xml_rpc_buffer_steal_string (&buffer);
  g_assert_cmpstr (string, ==, "\1\2\3");
}

static void
test_reserve (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      XmlRpcBuffer buffer = XML_RPC_BUFFER_INIT;

      append_pattern (&buffer, 300);
      memset (xml_rpc_buffer_reserve (&buffer, sizes[i]), 0xff, sizes[i]);
      g_assert_cmpuint (buffer.length, ==, 300);
      g_assert_cmpuint (buffer.allocated, >=, 300 + sizes[i]);
      assert_pattern (buffer.data, 300);

      xml_rpc_buffer_clear (&buffer);
      assert_is_new (&buffer);
    }
}

static void
test_no_bytes_have_their_place (void)
{
  XmlRpcBuffer buffer = XML_RPC_BUFFER_INIT;

  g_assert_nonnull (xml_rpc_buffer_reserve (&buffer, 0));
  xml_rpc_buffer_append (&buffer, NULL, 0);
  g_assert_cmpuint (buffer.length, ==, 0);
  xml_rpc_buffer_clear (&buffer);
}

static void
test_used_again (void)
{
  XmlRpcBuffer buffer = XML_RPC_BUFFER_INIT;

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      append_pattern (&buffer, sizes[i]);
      assert_pattern (buffer.data, sizes[i]);
      if (i % 2 == 0)
        xml_rpc_buffer_clear (&buffer);
      buffer.length = 0;
    }

  xml_rpc_buffer_clear (&buffer);
  xml_rpc_buffer_clear (&buffer);
  assert_is_new (&buffer);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/buffer/steal", test_steal);
  g_test_add_func ("/buffer/steal-string", test_steal_string);
  g_test_add_func ("/buffer/steal-little-of-much", test_steal_little_of_much);
  g_test_add_func ("/buffer/reserve", test_reserve);
  g_test_add_func ("/buffer/no-bytes-have-their-place", test_no_bytes_have_their_place);
  g_test_add_func ("/buffer/used-again", test_used_again);

  return g_test_run ();
}
