/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Any value into an object of any of twenty classes, and back. The first letter chooses the
 * class; behind an upper-case one the value is JSON, and behind a lower-case one a line with
 * a type and the bytes of a GVariant, as for fuzz-encode. */

#include "fuzz.h"

#include <xmlrpc-glib/xmlrpc-glib.h>

#include "sample-object.h"

static GVariant *
take_value (FuzzInput *input,
            gboolean   is_json)
{
  g_autoptr (GVariantType) type = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (is_json)
    return xml_rpc_variant_from_json ((const char *) input->data, (gssize) input->size, NULL);

  type = fuzz_input_take_type (input, NULL);
  bytes = fuzz_input_take_bytes (input);

  return type != NULL ? g_variant_ref_sink (g_variant_new_from_bytes (type, bytes, FALSE)) : NULL;
}

/* What is natural can be written again, and then it stays as it is. */
static void
check_object (GType    type,
              GObject *object,
              gboolean is_natural)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) written = xml_rpc_object_to_struct (object, &error);
  g_autoptr (GObject) read = NULL;
  g_autoptr (GVariant) again = NULL;

  if (written == NULL)
    {
      g_assert_false (is_natural);
      fuzz_assert_error (error);
      return;
    }

  fuzz_assert_normal (written);
  read = xml_rpc_object_from_struct (type, written, &error);
  g_assert_no_error (error);
  again = xml_rpc_object_to_struct (read, &error);
  g_assert_no_error (error);
  fuzz_assert_same (again, written);
}

static void
check_list (GType     type,
            GVariant *value)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GListStore) store = xml_rpc_list_store_new_from_array (type, value, &error);

  if (store == NULL)
    fuzz_assert_error (error);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  FuzzInput input = fuzz_input_begin (data, size);
  g_autoptr (GVariant) value = NULL;
  g_autoptr (GObject) object = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_json;
  GType type;

  if (size == 0)
    return 0;

  is_json = g_ascii_isupper (*data);
  type = sample_object_get_type ((*data & 0x1f) % SAMPLE_N_TYPES);
  input.data++;
  input.size--;
  value = take_value (&input, is_json);
  if (value == NULL)
    return 0;

  check_list (type, value);
  object = xml_rpc_object_from_struct (type, value, &error);
  if (object != NULL)
    check_object (type, object, is_json);
  else
    fuzz_assert_error (error);

  return 0;
}
