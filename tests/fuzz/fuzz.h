/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What libFuzzer calls with each input, and replay.c with each of a corpus. A
 * target aborts when something is wrong. */
int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

/* An input on its way through a target, which takes its parts one by one. */
typedef struct
{
  const guint8 *data;
  gsize         size;
} FuzzInput;

/* From here on all warnings are failures. */
FuzzInput     fuzz_input_begin      (const guint8  *data,
                                     gsize          size);
/* Up to a line feed, which is left out; and all of it where there is none. */
char         *fuzz_input_take_line  (FuzzInput     *self);
/* A line with a type that passes the check; NULL if it is no type, or another. */
GVariantType *fuzz_input_take_type  (FuzzInput     *self,
                                     gboolean     (*check) (const GVariantType *type));
/* What is left. */
GBytes       *fuzz_input_take_bytes (FuzzInput     *self);
char         *fuzz_input_take_text  (FuzzInput     *self);

/* In normal form, without GLib's having been told so. */
void          fuzz_assert_normal    (GVariant      *value);
/* One of those that messages and values may have, and fit to be shown. */
void          fuzz_assert_error     (const GError  *error);
void          fuzz_assert_same      (GVariant      *a,
                                     GVariant      *b);

/* A message that comes in pieces. */
typedef struct
{
  gboolean  is_call;
  char     *sizes;     /* each character is one */
  char     *charset;   /* of the Content-Type header; empty: none */
  GBytes   *body;
} FuzzMessage;

FuzzMessage   fuzz_input_take_message (FuzzInput         *self);
void          fuzz_message_clear      (FuzzMessage       *self);
/* A first piece of its own, unless that is 0, and others of these sizes; none: the rest
 * at once. A call is (method name, params). */
GVariant     *fuzz_message_decode     (const FuzzMessage *self,
                                       gsize              first,
                                       const char        *sizes,
                                       gboolean           scans,
                                       GError           **error);

G_END_DECLS
