/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "sample-object.h"

#include <xmlrpc-glib/xmlrpc-glib.h>

#include "random-variant.h"

typedef struct
{
  const SampleProperty *properties;
  guint                 n_properties;
} Description;

/* What an object has is kept outside of it, for its parent may be any class. */
static GQuark
get_quark (void)
{
  return g_quark_from_static_string ("sample-object-values");
}

static const Description *
get_description (GType type)
{
  return g_type_get_qdata (type, get_quark ());
}

static void
free_values (gpointer data)
{
  g_ptr_array_unref (data);
}

static void
free_value (gpointer data)
{
  g_value_unset (data);
  g_free (data);
}

static GValue *
get_value (GObject    *object,
           GParamSpec *pspec)
{
  return g_ptr_array_index ((GPtrArray *) g_object_get_qdata (object, get_quark ()), pspec->param_id - 1);
}

static void
get_property (GObject    *object,
              guint       id,
              GValue     *value,
              GParamSpec *pspec)
{
  g_value_copy (get_value (object, pspec), value);
}

static void
set_property (GObject      *object,
              guint         id,
              const GValue *value,
              GParamSpec   *pspec)
{
  g_value_copy (value, get_value (object, pspec));
}

static GParamSpec *
new_number (const SampleProperty *property,
            GParamFlags           flags)
{
  const char *name = property->name;

  switch (property->kind)
    {
    case 'c':
      return g_param_spec_char (name, NULL, NULL, G_MININT8, G_MAXINT8, 0, flags);
    case 'C':
      return g_param_spec_uchar (name, NULL, NULL, 0, G_MAXUINT8, 0, flags);
    case 'i':
      return g_param_spec_int (name, NULL, NULL, G_MININT, G_MAXINT, 0, flags);
    case 'r':
      return g_param_spec_int (name, NULL, NULL, -10, 10, 5, flags);
    case 'u':
      return g_param_spec_uint (name, NULL, NULL, 0, G_MAXUINT, 0, flags);
    case 'l':
      return g_param_spec_long (name, NULL, NULL, G_MINLONG, G_MAXLONG, 0, flags);
    case 'L':
      return g_param_spec_ulong (name, NULL, NULL, 0, G_MAXULONG, 0, flags);
    case 'x':
      return g_param_spec_int64 (name, NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
    case 't':
      return g_param_spec_uint64 (name, NULL, NULL, 0, G_MAXUINT64, 0, flags);
    case 'f':
      return g_param_spec_float (name, NULL, NULL, -G_MAXFLOAT, G_MAXFLOAT, 0, flags);
    case 'd':
      return g_param_spec_double (name, NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0, flags);
    default:
      return g_param_spec_boolean (name, NULL, NULL, FALSE, flags);
    }
}

static GParamSpec *
new_pspec (const SampleProperty *property)
{
  const GParamFlags flags = (property->flags != 0 ? property->flags : G_PARAM_READWRITE) | G_PARAM_STATIC_STRINGS;
  const char *name = property->name;

  switch (property->kind)
    {
    case 's':
      return g_param_spec_string (name, NULL, NULL, NULL, flags);
    case 'z':
      return g_param_spec_string (name, NULL, NULL, "none", flags | G_PARAM_CONSTRUCT);
    case 'e':
      return g_param_spec_enum (name, NULL, NULL, XML_RPC_TYPE_VALUE_KIND, XML_RPC_VALUE_INT, flags);
    case 'F':
      return g_param_spec_flags (name, NULL, NULL, G_TYPE_APPLICATION_FLAGS, 0, flags);
    case 'S':
      return g_param_spec_boxed (name, NULL, NULL, G_TYPE_STRV, flags);
    case 'D':
      return g_param_spec_boxed (name, NULL, NULL, G_TYPE_DATE_TIME, flags);
    case 'B':
      return g_param_spec_boxed (name, NULL, NULL, G_TYPE_BYTES, flags);
    case 'v':
      return g_param_spec_variant (name, NULL, NULL, G_VARIANT_TYPE_ANY, NULL, flags);
    case 'V':
      return g_param_spec_variant (name, NULL, NULL, G_VARIANT_TYPE ("a{si}"), NULL, flags);
    case 'X':
      return g_param_spec_object (name, NULL, NULL, XML_RPC_TYPE_VALUE, flags);
    case 'Y':
      return g_param_spec_object (name, NULL, NULL, XML_RPC_TYPE_DATE_TIME, flags);
    case 'O':
      return g_param_spec_object (name, NULL, NULL, property->other (), flags);
    case 'A':
      return g_param_spec_object (name, NULL, NULL, G_TYPE_LIST_STORE, flags);
    case 'p':
      return g_param_spec_pointer (name, NULL, NULL, flags);
    default:
      return new_number (property, flags);
    }
}

static void
class_init (gpointer klass,
            gpointer data)
{
  const Description *description = data;

  G_OBJECT_CLASS (klass)->get_property = get_property;
  G_OBJECT_CLASS (klass)->set_property = set_property;

  for (guint i = 0; i < description->n_properties; i++)
    g_object_class_install_property (klass, i + 1, new_pspec (&description->properties[i]));
}

static void
instance_init (GTypeInstance *instance,
               gpointer       klass)
{
  const Description *description = get_description (G_TYPE_FROM_CLASS (klass));
  GPtrArray *values = g_ptr_array_new_with_free_func (free_value);

  for (guint i = 0; i < description->n_properties; i++)
    {
      const SampleProperty *property = &description->properties[i];
      GParamSpec *pspec = g_object_class_find_property (klass, property->name);
      GValue *value = g_new0 (GValue, 1);

      g_value_init (value, pspec->value_type);
      if (property->kind == 'A')
        g_value_take_object (value, g_list_store_new (property->other ()));
      else
        g_param_value_set_default (pspec, value);
      g_ptr_array_add (values, value);
    }

  g_object_set_qdata_full (G_OBJECT (instance), get_quark (), values, free_values);
}

GType
sample_object_register (GType                 parent,
                        const char           *name,
                        const SampleProperty *properties)
{
  Description *description = g_new0 (Description, 1);
  GTypeQuery query;
  GTypeInfo info = {
    .class_init = class_init,
    .class_data = description,
    .instance_init = instance_init,
  };
  GType type;

  /* The type has it until the end. */
  description->properties = properties;
  while (properties[description->n_properties].name != NULL)
    description->n_properties++;

  g_type_query (parent, &query);
  info.class_size = query.class_size;
  info.instance_size = query.instance_size;
  type = g_type_register_static (parent, name, &info, 0);
  g_type_set_qdata (type, get_quark (), description);

  return type;
}

static GType
get_strings_type (void)
{
  return sample_object_get_type (7);
}

static GType
get_nested_type (void)
{
  return sample_object_get_type (17);
}

static GType
get_ints_type (void)
{
  return sample_object_get_type (2);
}

static const SampleProperty properties[SAMPLE_N_TYPES][24] = {
  { { "flag", 'b' }, { "other-flag", 'b' } },
  { { "small", 'c' }, { "small-unsigned", 'C' } },
  { { "number", 'i' }, { "unsigned-number", 'u' } },
  { { "long-number", 'l' }, { "unsigned-long-number", 'L' } },
  { { "large", 'x' }, { "large-unsigned", 't' } },
  { { "ranged", 'r' }, { "title", 's', G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY } },
  { { "single", 'f' }, { "twice", 'd' } },
  { { "name", 's' }, { "post-title", 's' }, { "with-default", 'z' } },
  { { "kind", 'e' }, { "other-kind", 'e' } },
  { { "flags", 'F' }, { "other-flags", 'F' } },
  { { "tags", 'S' }, { "more-tags", 'S' } },
  { { "date", 'D' }, { "date-modified", 'D' } },
  { { "data", 'B' }, { "more-data", 'B' } },
  { { "anything", 'v' }, { "another", 'v' } },
  { { "numbers", 'V' } },
  { { "value", 'X' }, { "date", 'Y' } },
  { { "child", 'O', 0, get_strings_type }, { "other-child", 'O', 0, get_ints_type } },
  { { "name", 's' }, { "child", 'O', 0, get_nested_type } },
  { { "items", 'A', 0, get_ints_type }, { "name", 's' } },
  {
    { "flag", 'b' }, { "small", 'c' }, { "small-unsigned", 'C' }, { "number", 'i' }, { "unsigned-number", 'u' },
    { "long-number", 'l' }, { "unsigned-long-number", 'L' }, { "large", 'x' }, { "large-unsigned", 't' },
    { "single", 'f' }, { "twice", 'd' }, { "post-title", 's', G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY },
    { "kind", 'e' }, { "flags", 'F' }, { "tags", 'S' }, { "date", 'D' }, { "data", 'B' }, { "anything", 'v' },
    { "numbers", 'V' }, { "value", 'X' }, { "child", 'O', 0, get_nested_type }, { "items", 'A', 0, get_strings_type },
  },
};

GType
sample_object_get_type (guint index)
{
  static GType types[SAMPLE_N_TYPES];

  if (types[index] == 0)
    {
      g_autofree char *name = g_strdup_printf ("Sample%u", index);

      types[index] = sample_object_register (G_TYPE_OBJECT, name, properties[index]);
    }

  return types[index];
}

static void
set_random_number (GValue *value,
                   gint64  bits)
{
  switch (G_VALUE_TYPE (value))
    {
    case G_TYPE_CHAR:
      g_value_set_schar (value, (gint8) bits);
      break;
    case G_TYPE_UCHAR:
      g_value_set_uchar (value, (guchar) bits);
      break;
    case G_TYPE_INT:
      g_value_set_int (value, (int) bits);
      break;
    case G_TYPE_UINT:
      g_value_set_uint (value, (guint) bits);
      break;
    case G_TYPE_LONG:
      g_value_set_long (value, (long) bits);
      break;
    case G_TYPE_ULONG:
      g_value_set_ulong (value, (gulong) bits & G_MAXLONG);
      break;
    case G_TYPE_INT64:
      g_value_set_int64 (value, bits);
      break;
    case G_TYPE_UINT64:
      g_value_set_uint64 (value, bits & G_MAXINT64);
      break;
    case G_TYPE_FLOAT:
      g_value_set_float (value, (float) bits / 8);
      break;
    case G_TYPE_DOUBLE:
      g_value_set_double (value, (double) bits / 8);
      break;
    default:
      g_value_set_boolean (value, bits & 1);
      break;
    }
}

static GObject *
random_child (GType type,
              guint depth)
{
  for (guint i = 0; i < SAMPLE_N_TYPES; i++)
    {
      if (sample_object_get_type (i) == type)
        return depth > 0 ? sample_object_new_random (i, depth - 1) : NULL;
    }

  g_assert_not_reached ();
}

static GStrv
random_strings (void)
{
  const guint n = g_test_rand_int_range (0, 4);
  GStrv strings = g_new0 (char *, n + 1);

  for (guint i = 0; i < n; i++)
    strings[i] = random_variant_string (&random_variant_for_xml);

  return strings;
}

static GVariant *
random_numbers (void)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{si}"));
  for (int i = g_test_rand_int_range (0, 4); i > 0; i--)
    g_variant_builder_add (&builder, "{si}", "name", g_test_rand_int ());

  return g_variant_builder_end (&builder);
}

/* A variant that is NULL when it is nil. */
static GVariant *
random_natural (void)
{
  g_autoptr (GVariant) natural = g_variant_ref_sink (random_variant_natural (TRUE, 2));

  return g_variant_is_of_type (natural, G_VARIANT_TYPE_MAYBE) ? g_variant_ref_sink (g_variant_new_int32 (1))
                                                              : g_steal_pointer (&natural);
}

static void
set_random_object (GValue               *value,
                   const SampleProperty *property,
                   guint                 depth)
{
  g_autoptr (GVariant) natural = random_natural ();

  switch (property->kind)
    {
    case 'X':
      g_value_take_object (value, xml_rpc_value_new (natural, NULL));
      break;
    case 'Y':
      g_value_take_object (value, xml_rpc_date_time_new_from_unix_utc (g_test_rand_int ()));
      break;
    case 'A':
      g_value_take_object (value, g_list_store_new (property->other ()));
      for (int i = g_test_rand_int_range (0, 4); i > 0; i--)
        {
          g_autoptr (GObject) item = random_child (property->other (), 1);

          g_list_store_append (g_value_get_object (value), item);
        }
      break;
    default:
      g_value_take_object (value, random_child (property->other (), depth));
      break;
    }
}

static void
set_random (GValue               *value,
            const SampleProperty *property,
            guint                 depth)
{
  static const guint flags[] = { 0, G_APPLICATION_IS_SERVICE, G_APPLICATION_NON_UNIQUE | G_APPLICATION_SEND_ENVIRONMENT };
  const guint64 all_bits = (guint64) (guint32) g_test_rand_int () << 32 | (guint32) g_test_rand_int ();
  const gint64 bits = (gint64) all_bits >> g_test_rand_int_range (0, 63);

  switch (property->kind)
    {
    case 'r':
      g_value_set_int (value, g_test_rand_int_range (-10, 11));
      break;
    case 's':
    case 'z':
      g_value_take_string (value, random_variant_string (&random_variant_for_xml));
      break;
    case 'e':
      g_value_set_enum (value, g_test_rand_int_range (XML_RPC_VALUE_INT, XML_RPC_VALUE_BIG_DECIMAL + 1));
      break;
    case 'F':
      g_value_set_flags (value, flags[g_test_rand_int_range (0, G_N_ELEMENTS (flags))]);
      break;
    case 'S':
      g_value_take_boxed (value, random_strings ());
      break;
    case 'D':
      g_value_take_boxed (value, g_date_time_new_from_unix_utc (g_test_rand_int ()));
      break;
    case 'B':
      g_value_take_boxed (value, g_bytes_new (&bits, g_test_rand_int_range (0, sizeof bits + 1)));
      break;
    case 'v':
      g_value_take_variant (value, random_natural ());
      break;
    case 'V':
      g_value_set_variant (value, random_numbers ());
      break;
    case 'X':
    case 'Y':
    case 'O':
    case 'A':
      set_random_object (value, property, depth);
      break;
    default:
      set_random_number (value, bits);
      break;
    }
}

/* What is NULL by default stays so at times. */
GObject *
sample_object_new_random (guint index,
                          guint depth)
{
  const GType type = sample_object_get_type (index);
  g_autoptr (GTypeClass) klass = g_type_class_ref (type);
  const char *names[24];
  GValue values[24] = { G_VALUE_INIT };
  guint n = 0;
  GObject *object;

  for (const SampleProperty *property = properties[index]; property->name != NULL; property++)
    {
      if (random_variant_chance (5))
        continue;
      names[n] = property->name;
      g_value_init (&values[n], g_object_class_find_property (G_OBJECT_CLASS (klass), property->name)->value_type);
      set_random (&values[n], property, depth);
      n++;
    }

  object = g_object_new_with_properties (type, n, names, values);
  while (n > 0)
    g_value_unset (&values[--n]);

  return object;
}
