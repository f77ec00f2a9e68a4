/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "random-variant.h"

#include <math.h>
#include <string.h>

const RandomVariantLimits random_variant_small = { .depth = 4, .max_children = 6, .max_length = 12 };
const RandomVariantLimits random_variant_big = { .depth = 3, .max_children = 60, .max_length = 600 };
const RandomVariantLimits random_variant_for_xml = { .depth = 4, .max_children = 6, .max_length = 12, .is_for_xml = TRUE };

gboolean
random_variant_chance (guint one_in)
{
  return g_test_rand_int_range (0, one_in) == 0;
}

static guint
up_to (guint maximum)
{
  return g_test_rand_int_range (0, maximum + 1);
}

static char
pick (const char *characters)
{
  return characters[up_to (strlen (characters) - 1)];
}

static RandomVariantLimits
below (const RandomVariantLimits *limits)
{
  RandomVariantLimits lower = *limits;

  lower.depth = MAX (limits->depth, 1) - 1;
  lower.max_children = MAX (limits->min_children, limits->max_children / 4 + 1);

  return lower;
}

static char
random_basic_type (const RandomVariantLimits *limits)
{
  return pick (limits->is_for_xml ? "bynqiuxtdsog" : "bynqiuxtdsogh");
}

static void
append_type (GString                   *string,
             const RandomVariantLimits *limits);

/* XML-RPC has no form for the key of an entry that is not text. */
static void
append_entry (GString                   *string,
              const RandomVariantLimits *limits)
{
  g_string_append_c (string, '{');
  g_string_append_c (string, limits->is_for_xml ? pick ("sog") : random_basic_type (limits));
  append_type (string, limits);
  g_string_append_c (string, '}');
}

static void
append_tuple (GString                   *string,
              const RandomVariantLimits *limits)
{
  guint n_members = up_to (4);

  g_string_append_c (string, '(');
  for (guint i = 0; i < n_members; i++)
    append_type (string, limits);
  g_string_append_c (string, ')');
}

static void
append_container (GString                   *string,
                  const RandomVariantLimits *limits)
{
  RandomVariantLimits lower = below (limits);
  char kind = pick ("a{(mv");

  switch (kind)
    {
    case '{':
      if (random_variant_chance (2))
        g_string_append_c (string, 'a');
      append_entry (string, &lower);
      break;

    case '(':
      append_tuple (string, &lower);
      break;

    case 'v':
      g_string_append_c (string, 'v');
      break;

    default:
      g_string_append_c (string, kind);
      append_type (string, &lower);
      break;
    }
}

static void
append_type (GString                   *string,
             const RandomVariantLimits *limits)
{
  if (limits->depth == 0 || random_variant_chance (3))
    g_string_append_c (string, random_basic_type (limits));
  else
    append_container (string, limits);
}

GVariantType *
random_variant_type (const RandomVariantLimits *limits)
{
  g_autoptr (GString) string = g_string_new (NULL);

  append_type (string, limits);

  return g_variant_type_new (string->str);
}

static gboolean
is_xml_char (gunichar c)
{
  return (c >= 0x20 || c == '\t' || c == '\n' || c == '\r') && c != 0xFFFE && c != 0xFFFF;
}

gunichar
random_variant_char (gboolean is_for_xml)
{
  static const gunichar above[] = { 0x7F, 0xFF, 0x7FF, 0xFFFF, 0x10FFFF };

  for (;;)
    {
      gunichar c = 1 + up_to (above[up_to (4)] - 1);

      if (random_variant_chance (3))
        c = pick ("<>&\"'\r\n\t ]");
      if (g_unichar_validate (c) && (!is_for_xml || is_xml_char (c)))
        return c;
    }
}

char *
random_variant_string (const RandomVariantLimits *limits)
{
  GString *string = g_string_new (NULL);
  guint length = up_to (limits->max_length);

  for (guint i = 0; i < length; i++)
    g_string_append_unichar (string, random_variant_char (limits->is_for_xml));

  return g_string_free (string, FALSE);
}

static char *
random_object_path (void)
{
  GString *path = g_string_new ("/");
  guint n_elements = up_to (3);

  for (guint i = 0; i < n_elements; i++)
    g_string_append_printf (path, "%s%c%u", i > 0 ? "/" : "", pick ("abXY_0"), up_to (1000));

  return g_string_free (path, FALSE);
}

static char *
random_signature (void)
{
  static const char * const types[] = { "i", "s", "as", "a{sv}", "(isd)", "aa{s(ov)}" };
  GString *signature = g_string_new (NULL);
  guint n_types = up_to (3);

  for (guint i = 0; i < n_types; i++)
    g_string_append (signature, types[up_to (G_N_ELEMENTS (types) - 1)]);

  return g_string_free (signature, FALSE);
}

/* Small numbers and those at the borders are as likely as any other. */
static guint64
random_bits (void)
{
  guint64 bits = (guint64) g_test_rand_int () << 32 | (guint32) g_test_rand_int ();

  switch (up_to (3))
    {
    case 0:
      return bits >> up_to (63);
    case 1:
      return -(bits >> up_to (63));
    case 2:
      return (G_GUINT64_CONSTANT (1) << up_to (63)) - up_to (1);
    default:
      return bits;
    }
}

static double
random_double (const RandomVariantLimits *limits)
{
  double number;

  do
    {
      guint64 bits = random_bits ();

      if (random_variant_chance (2))
        number = (gint64) bits / 100.0;
      else
        memcpy (&number, &bits, sizeof number);
    }
  while (limits->is_for_xml && !isfinite (number));

  return number;
}

static GVariant *
random_text (const RandomVariantLimits *limits,
             char                       kind)
{
  g_autofree char *text = NULL;

  switch (kind)
    {
    case 'o':
      text = random_object_path ();
      return g_variant_new_object_path (text);
    case 'g':
      text = random_signature ();
      return g_variant_new_signature (text);
    default:
      text = random_variant_string (limits);
      return g_variant_new_string (text);
    }
}

static GVariant *
random_basic (const RandomVariantLimits *limits,
              char                       kind)
{
  guint64 bits = random_bits ();

  switch (kind)
    {
    case 'b':
      return g_variant_new_boolean (bits & 1);
    case 'y':
      return g_variant_new_byte (bits);
    case 'n':
      return g_variant_new_int16 (bits);
    case 'q':
      return g_variant_new_uint16 (bits);
    case 'i':
      return g_variant_new_int32 (bits);
    case 'u':
      return g_variant_new_uint32 (bits);
    case 'h':
      return g_variant_new_handle (bits);
    case 'x':
      return g_variant_new_int64 (bits);
    case 't':
      return g_variant_new_uint64 (limits->is_for_xml ? bits & G_MAXINT64 : bits);
    case 'd':
      return g_variant_new_double (random_double (limits));
    default:
      return random_text (limits, kind);
    }
}

static void
add_members (GVariantBuilder           *builder,
             const RandomVariantLimits *limits,
             const GVariantType        *type)
{
  const GVariantType *member = g_variant_type_first (type);

  for (; member != NULL; member = g_variant_type_next (member))
    g_variant_builder_add_value (builder, random_variant_of_type (limits, member));
}

static GVariant *
random_container (const RandomVariantLimits *limits,
                  const GVariantType        *type)
{
  RandomVariantLimits lower = below (limits);
  g_auto (GVariantBuilder) builder;

  g_variant_builder_init (&builder, type);

  if (g_variant_type_is_variant (type))
    {
      g_variant_builder_add_value (&builder, random_variant (&lower));
    }
  else if (g_variant_type_is_tuple (type) || g_variant_type_is_dict_entry (type))
    {
      add_members (&builder, &lower, type);
    }
  else
    {
      guint maximum = g_variant_type_is_maybe (type) ? 1 : limits->max_children;
      guint n_children = g_test_rand_int_range (limits->min_children, maximum + 1);

      while (n_children-- > 0)
        g_variant_builder_add_value (&builder, random_variant_of_type (&lower, g_variant_type_element (type)));
    }

  return g_variant_builder_end (&builder);
}

GVariant *
random_variant_of_type (const RandomVariantLimits *limits,
                        const GVariantType        *type)
{
  if (g_variant_type_is_basic (type))
    return random_basic (limits, *g_variant_type_peek_string (type));
  return random_container (limits, type);
}

GVariant *
random_variant (const RandomVariantLimits *limits)
{
  g_autoptr (GVariantType) type = random_variant_type (limits);

  return random_variant_of_type (limits, type);
}

static GVariant *
random_natural_container (gboolean is_for_xml,
                          guint    depth,
                          gboolean is_struct)
{
  static const char * const names[] = { "$i8", "$struct", "$", "a", "", "$base64", "\"", "/o" };
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (is_struct ? G_VARIANT_TYPE ("a{sv}") : G_VARIANT_TYPE ("av"));

  for (guint n = up_to (4); n > 0; n--)
    {
      GVariant *child = random_variant_natural (is_for_xml, depth - 1);

      if (is_struct)
        g_variant_builder_add (&builder, "{sv}", names[g_test_rand_int_range (0, G_N_ELEMENTS (names))], child);
      else
        g_variant_builder_add (&builder, "v", child);
    }

  return g_variant_builder_end (&builder);
}

GVariant *
random_variant_natural (gboolean is_for_xml,
                        guint    depth)
{
  static const char * const basic[] = { "i", "x", "b", "d", "s", "ay" };
  static const char * const paths[] = { "/xmlrpc/dateTime", "/xmlrpc/biginteger", "/xmlrpc/bigdecimal" };
  RandomVariantLimits limits = random_variant_small;
  guint kind = g_test_rand_int_range (0, depth > 0 ? 12 : 8);

  limits.is_for_xml = is_for_xml;
  if (kind < G_N_ELEMENTS (basic))
    return random_variant_of_type (&limits, G_VARIANT_TYPE (basic[kind]));
  if (kind == 6)
    return g_variant_new_maybe (G_VARIANT_TYPE_VARIANT, NULL);
  if (kind == 7)
    {
      g_autofree char *text = random_variant_string (&limits);

      return g_variant_new ("(os)", paths[g_test_rand_int_range (0, G_N_ELEMENTS (paths))], text);
    }

  return random_natural_container (is_for_xml, depth, kind % 2 == 0);
}
