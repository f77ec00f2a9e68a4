/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A property of a class for tests; what it holds is a letter:
 *
 *   b boolean, c char, C uchar, i int, u uint, l long, L ulong, x int64, t uint64,
 *   r an int from -10 to 10, f float, d double, s string, z the string "none" by default,
 *   e XmlRpcValueKind, F GApplicationFlags, S strv, D GDateTime, B GBytes, v any GVariant,
 *   V a GVariant of the type "a{si}", X XmlRpcValue, Y XmlRpcDateTime, p a pointer,
 *   O an object and A a GListStore of objects of the class that other returns
 */
typedef struct
{
  const char   *name;
  char          kind;
  GParamFlags   flags;      /* 0: readable and writable */
  GType       (*other) (void);
} SampleProperty;

/* Registers a class whose objects keep what their properties are set to. The properties end
 * with one without a name. */
GType sample_object_register (GType                 parent,
                              const char           *name,
                              const SampleProperty *properties);

/* Twenty classes, with all that properties can hold. */
#define SAMPLE_N_TYPES 20
GType sample_object_get_type (guint index);

/* One of them with random values. All chance is that of g_test_rand_int(). */
GObject *sample_object_new_random (guint index,
                                   guint depth);

G_END_DECLS
