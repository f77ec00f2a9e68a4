/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "bench-documents.h"

#include <math.h>
#include <string.h>

#define N_NEWS       20000
#define N_REPLY      7
#define N_INTEGERS   250000
#define N_DOUBLES    150000
#define N_STRINGS     50000
#define N_MEMBERS    10000
#define BINARY_BYTES (32 * 1024 * 1024)
#define MAX_NESTING  40

#define SEED 1999

static const char * const words[] = {
  "the", "release", "of", "a", "library", "for", "remote", "procedure", "calls", "brings",
  "faster", "parsing", "and", "less", "memory", "with", "new", "bindings", "in", "Python",
  "JavaScript", "Vala", "over", "HTTP", "while", "old", "servers", "still", "answer", "every",
  "question", "R&D", "AT&T", "<b>bold</b>", "x < y", "\"quoted\"", "it's", "100%", "news", "today",
};

static const char * const foreign_words[] = {
  "für", "größer", "naïve", "café", "señor", "Москва", "новости", "東京", "速報", "Αθήνα",
  "—", "“quoted”", "…", "€", "Łódź", "Kraków", "İstanbul", "Ñandú", "смысл", "★",
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

/* Measured to the last bit. */
static GVariant *
create_double (GRand *rand)
{
  return g_variant_new_double (g_rand_double_range (rand, -10000, 10000));
}

/* With at most four decimals, as prices have. */
static GVariant *
create_decimal (GRand *rand)
{
  static const double scales[] = { 1, 10, 100, 1000, 10000 };
  double scale = scales[g_rand_int_range (rand, 0, G_N_ELEMENTS (scales))];

  return g_variant_new_double (rint (g_rand_double_range (rand, -10000, 10000) * scale) / scale);
}

/* Half of its words are not ASCII, and a quarter have to be escaped. */
static GVariant *
create_string (GRand *rand)
{
  static const char * const escaped_words[] = { "R&D", "<b>", "</b>", "x < y", "a > b", "\"&\"", "it's" };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < 16; i++)
    {
      const char *word;

      switch (g_rand_int_range (rand, 0, 4))
        {
        case 0:
          word = pick (rand, words, 30);
          break;
        case 1:
          word = pick (rand, escaped_words, G_N_ELEMENTS (escaped_words));
          break;
        default:
          word = pick (rand, foreign_words, G_N_ELEMENTS (foreign_words));
          break;
        }
      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", word);
    }

  return g_variant_new_take_string (g_string_free (text, FALSE));
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

static GVariant *
create_integers (void)
{
  return create_array (N_INTEGERS, create_integer);
}

static GVariant *
create_doubles (void)
{
  return create_array (N_DOUBLES, create_double);
}

static GVariant *
create_decimals (void)
{
  return create_array (N_DOUBLES, create_decimal);
}

static GVariant *
create_strings (void)
{
  return create_array (N_STRINGS, create_string);
}

static GVariant *
create_binary (void)
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

/* Arrays and structs by turns, each with a number beside the next. */
static GVariant *
create_nested (void)
{
  GVariant *value = g_variant_new_int32 (MAX_NESTING);

  for (gint32 level = MAX_NESTING; level > 0; level--)
    {
      if (level % 2 == 0)
        value = g_variant_new_parsed ("{'level': <%i>, 'inner': <%@*>}", level, value);
      else
        value = g_variant_new_parsed ("[<%i>, <%@*>]", level, value);
    }

  return g_variant_ref_sink (value);
}

static GVariant *
create_wide (void)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  for (gint32 i = 0; i < N_MEMBERS; i++)
    {
      g_autofree char *name = g_strdup_printf ("member%d", i);

      g_variant_builder_add (&builder, "{sv}", name, g_variant_new_int32 (i));
    }

  return g_variant_ref_sink (g_variant_builder_end (&builder));
}

static GVariant *
create_short (void)
{
  return g_variant_ref_sink (
    g_variant_new_string ("7 items found, the newest of them is from 17 July 1998"));
}

static const struct
{
  const char *name;
  GVariant *(*create) (void);
} documents[] = {
  { "news", bench_create_news },
  { "integers", create_integers },
  { "doubles", create_doubles },
  { "decimals", create_decimals },
  { "strings", create_strings },
  { "binary", create_binary },
  { "nested", create_nested },
  { "wide", create_wide },
  { "reply", bench_create_reply },
  { "short", create_short },
};

GVariant *
bench_create_document (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (documents); i++)
    {
      if (strcmp (name, documents[i].name) == 0)
        return documents[i].create ();
    }

  return NULL;
}
