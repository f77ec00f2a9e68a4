/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A line with the sizes of the pieces, a line with the charset of the Content-Type header,
 * or an empty one, and a message: read with the scanner for plain XML and without it, the
 * same comes out, wherever it is cut. */

#include "fuzz.h"

#include <xmlrpc-glib/xml-rpc-error.h>

/* Up to here it is cut at each place. */
#define MAX_CUTS 200

static void
assert_same (const FuzzMessage *message,
             gsize              first,
             const char        *sizes,
             gboolean           scans,
             GVariant          *expected,
             const GError      *expected_error)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value = fuzz_message_decode (message, first, sizes, scans, &error);

  if (expected == NULL)
    {
      g_assert_null (value);
      fuzz_assert_error (error);
      g_assert_error (error, expected_error->domain, expected_error->code);
      return;
    }

  g_assert_no_error (error);
  fuzz_assert_normal (value);
  fuzz_assert_same (value, expected);
}

static void
compare (const FuzzMessage *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value = fuzz_message_decode (message, 0, "", FALSE, &error);
  const gsize length = g_bytes_get_size (message->body);

  assert_same (message, 0, "", TRUE, value, error);
  assert_same (message, 0, message->sizes, TRUE, value, error);
  assert_same (message, 0, message->sizes, FALSE, value, error);
  for (gsize cut = 1; cut < length && length <= MAX_CUTS; cut++)
    assert_same (message, cut, "", TRUE, value, error);
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
