/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A line with the sizes of the pieces, a line with the charset of the
 * Content-Type header, or an empty one, and a message: however it is cut, the
 * same comes out. */

#include "fuzz.h"

#include "xml-rpc-error.h"

/* Of two errors in a document either may be found first, if one of them is in
 * its XML. */
static void
assert_same_error (const GError *error,
                   const GError *whole)
{
  fuzz_assert_error (whole);
  fuzz_assert_error (error);
  g_assert_cmpint (error->domain, ==, whole->domain);
  if (error->code != XML_RPC_ERROR_NOT_WELL_FORMED && whole->code != XML_RPC_ERROR_NOT_WELL_FORMED)
    g_assert_cmpint (error->code, ==, whole->code);
}

static void
compare (const FuzzMessage *message)
{
  g_autoptr (GError) whole_error = NULL;
  g_autoptr (GVariant) whole = fuzz_message_decode (message, 0, "", TRUE, &whole_error);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value = fuzz_message_decode (message, 0, message->sizes, TRUE, &error);

  if (whole == NULL)
    {
      g_assert_null (value);
      assert_same_error (error, whole_error);
      return;
    }

  g_assert_no_error (error);
  fuzz_assert_normal (value);
  fuzz_assert_same (value, whole);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  FuzzInput input = fuzz_input_begin (data, size);
  FuzzMessage message = fuzz_input_take_message (&input);

  compare (&message);
  fuzz_message_clear (&message);

  return 0;
}
