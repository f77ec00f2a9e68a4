/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Types and values for the property tests. All chance is that of
 * g_test_rand_int(), so that the seed of a failure reproduces it. */
typedef struct
{
  guint    depth;         /* how deep containers may be nested */
  guint    min_children;  /* of an array at the top; 1 also leaves out nothing */
  guint    max_children;  /* of an array at the top; fewer further down */
  guint    max_length;    /* of a string, in characters */
  gboolean is_for_xml;    /* only what XML-RPC can carry */
} RandomVariantLimits;

extern const RandomVariantLimits random_variant_small;
extern const RandomVariantLimits random_variant_big;
extern const RandomVariantLimits random_variant_for_xml;

gboolean      random_variant_chance  (guint                      one_in);
gunichar      random_variant_char    (gboolean                   is_for_xml);
char         *random_variant_string  (const RandomVariantLimits *limits);
GVariantType *random_variant_type    (const RandomVariantLimits *limits);
/* Floating, as from g_variant_new(). */
GVariant     *random_variant_of_type (const RandomVariantLimits *limits,
                                      const GVariantType        *type);
GVariant     *random_variant         (const RandomVariantLimits *limits);

/* Of natural form, with names that JSON has to take care of. */
GVariant     *random_variant_natural (gboolean                   is_for_xml,
                                      guint                      depth);

G_END_DECLS
