/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "bench-documents.h"

#include <math.h>

#define N_NEWS       20000
#define N_REPLY      7
#define N_INTEGERS   500000
#define N_DOUBLES    300000
#define BINARY_BYTES (32 * 1024 * 1024)

#define SEED 1999

static const char * const words[] = {
  "the", "release", "of", "a", "library", "for", "remote", "procedure", "calls", "brings",
  "faster", "parsing", "and", "less", "memory", "with", "new", "bindings", "in", "Python",
  "JavaScript", "Vala", "over", "HTTP", "while", "old", "servers", "still", "answer", "every",
  "question", "R&D", "AT&T", "<b>bold</b>", "x < y", "\"quoted\"", "it's", "100%", "news", "today",
};

static const char * const foreign_words[] = {
  "für", "größer", "naïve", "café", "señor", "Москва", "новости", "東京", "速報", "Αθήνα",
  "—", "“quoted”", "…", "€", "Łódź", "Kraków", "İstanbul", "Ñandú", "смысл", "🎉",
};

static const char *
pick (GRand              *rand,
      const char * const *from,
      gsize               n)
{
  return from[g_rand_int_range (rand, 0, (gint32) n)];
}

static GVariant *
create_title (GRand *rand)
{
  GString *text = g_string_new (NULL);
  gint n_words = g_rand_int_range (rand, 4, 10);

  for (gint i = 0; i < n_words; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", pick (rand, words, G_N_ELEMENTS (words)));

  return g_variant_new_take_string (g_string_free (text, FALSE));
}

static GVariant *
create_description (GRand *rand)
{
  GString *text = g_string_new (NULL);
  gint n_words = g_rand_int_range (rand, 10, 40);

  for (gint i = 0; i < n_words; i++)
    {
      const char *word = g_rand_int_range (rand, 0, 8) == 0
                       ? pick (rand, foreign_words, G_N_ELEMENTS (foreign_words))
                       : pick (rand, words, G_N_ELEMENTS (words));

      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", word);
    }

  return g_variant_new_take_string (g_string_free (text, FALSE));
}

static GVariant *
create_link (GRand *rand)
{
  return g_variant_new_take_string (
    g_strdup_printf ("https://news.example.org/%d/%02d/%s-%s?id=%u&from=feed",
                     g_rand_int_range (rand, 1998, 2030),
                     g_rand_int_range (rand, 1, 13),
                     pick (rand, words, 30),
                     pick (rand, words, 30),
                     g_rand_int (rand)));
}

static GVariant *
create_date (GRand *rand)
{
  g_autofree char *text = g_strdup_printf ("%04d%02d%02dT%02d:%02d:%02d",
                                           g_rand_int_range (rand, 1998, 2030),
                                           g_rand_int_range (rand, 1, 13),
                                           g_rand_int_range (rand, 1, 29),
                                           g_rand_int_range (rand, 0, 24),
                                           g_rand_int_range (rand, 0, 60),
                                           g_rand_int_range (rand, 0, 60));

  return g_variant_new ("(os)", "/xmlrpc/dateTime", text);
}

static GVariant *
create_item (GRand *rand)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&builder, "{sv}", "number", g_variant_new_int32 (g_rand_int_range (rand, 0, 1000000)));
  g_variant_builder_add (&builder, "{sv}", "title", create_title (rand));
  g_variant_builder_add (&builder, "{sv}", "link", create_link (rand));
  g_variant_builder_add (&builder, "{sv}", "description", create_description (rand));
  g_variant_builder_add (&builder, "{sv}", "date", create_date (rand));
  g_variant_builder_add (&builder, "{sv}", "score",
                         g_variant_new_double (rint (g_rand_double_range (rand, 0, 1000) * 100) / 100));
  g_variant_builder_add (&builder, "{sv}", "read", g_variant_new_boolean (g_rand_boolean (rand)));

  return g_variant_builder_end (&builder);
}

static GVariant *
create_integer (GRand *rand)
{
  /* As many short ones as long ones. */
  return g_variant_new_int32 ((gint32) g_rand_int (rand) >> g_rand_int_range (rand, 0, 32));
}

static GVariant *
create_double (GRand *rand)
{
  /* Half of them prices, half of them measured to the last bit. */
  double value = g_rand_double_range (rand, -10000, 10000);

  return g_variant_new_double (g_rand_boolean (rand) ? rint (value * 100) / 100 : value);
}

static GVariant *
create_array (guint      n,
              GVariant *(*create) (GRand *rand))
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED);
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("av"));
  for (guint i = 0; i < n; i++)
    g_variant_builder_add (&builder, "v", create (rand));

  return g_variant_ref_sink (g_variant_builder_end (&builder));
}

GVariant *
bench_create_news (void)
{
  return create_array (N_NEWS, create_item);
}

GVariant *
bench_create_reply (void)
{
  return create_array (N_REPLY, create_item);
}

GVariant *
bench_create_integers (void)
{
  return create_array (N_INTEGERS, create_integer);
}

GVariant *
bench_create_doubles (void)
{
  return create_array (N_DOUBLES, create_double);
}

GVariant *
bench_create_binary (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED);
  gsize n_words = BINARY_BYTES / sizeof (guint32);
  guint32 *data = g_new (guint32, n_words);
  g_autoptr (GBytes) bytes = NULL;

  for (gsize i = 0; i < n_words; i++)
    data[i] = g_rand_int (rand);
  bytes = g_bytes_new_take (data, BINARY_BYTES);

  return g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, bytes, TRUE));
}
