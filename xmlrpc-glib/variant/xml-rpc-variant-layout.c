/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-variant-layout-private.h"

#include <string.h>

#define BASIC(name, character, size)                                                    \
  const XmlRpcVariantLayout xml_rpc_layout_##name[] = { { character, 1, 1, size, size, character[0] } };

BASIC (boolean, "b", 1)
BASIC (int32, "i", 4)
BASIC (int64, "x", 8)
BASIC (double, "d", 8)

#define STRING(character)  { character, 1, 1, 0, 1, character[0] }
#define VARIANT            { "v", 1, 1, 0, 8, 'v' }

const XmlRpcVariantLayout xml_rpc_layout_string[] = { STRING ("s") };
const XmlRpcVariantLayout xml_rpc_layout_variant[] = { VARIANT };
const XmlRpcVariantLayout xml_rpc_layout_bytes[] = { { "ay", 2, 2, 0, 1, 'a' }, { "y", 1, 1, 1, 1, 'y' } };
const XmlRpcVariantLayout xml_rpc_layout_array[] = { { "av", 2, 2, 0, 8, 'a' }, VARIANT };
const XmlRpcVariantLayout xml_rpc_layout_nothing[] = { { "mv", 2, 2, 0, 8, 'm' }, VARIANT };
const XmlRpcVariantLayout xml_rpc_layout_special[] = { { "(os)", 4, 3, 0, 1, '(' }, STRING ("o"), STRING ("s") };
const XmlRpcVariantLayout xml_rpc_layout_struct[] = { { "a{sv}", 5, 4, 0, 8, 'a' },
                                                      { "{sv}", 4, 3, 0, 8, '{' },
                                                      STRING ("s"),
                                                      VARIANT };

static const XmlRpcVariantLayout * const known_layouts[] = {
  xml_rpc_layout_struct, xml_rpc_layout_array, xml_rpc_layout_bytes, xml_rpc_layout_special,
  xml_rpc_layout_nothing, xml_rpc_layout_variant,
};

const XmlRpcVariantLayout * const xml_rpc_basic_layouts[128] = {
  ['b'] = xml_rpc_layout_boolean,
  ['d'] = xml_rpc_layout_double,
  ['i'] = xml_rpc_layout_int32,
  ['s'] = xml_rpc_layout_string,
  ['x'] = xml_rpc_layout_int64,
};

static gsize
basic_size (char kind)
{
  switch (kind)
    {
    case 'b':
    case 'y':
      return 1;
    case 'n':
    case 'q':
      return 2;
    case 'i':
    case 'u':
    case 'h':
      return 4;
    case 'x':
    case 't':
    case 'd':
      return 8;
    default:
      return 0;
    }
}

static XmlRpcVariantLayout *
describe (XmlRpcVariantLayout *self,
          const char          *type);

/* A tuple or a dictionary entry: fixed in size if all members are. */
static void
describe_members (XmlRpcVariantLayout *self)
{
  const char *member = self->type + 1;
  XmlRpcVariantLayout *layout = self + 1;
  gboolean is_fixed = TRUE;
  gsize size = 0;

  while (*member != ')' && *member != '}')
    {
      XmlRpcVariantLayout *next = describe (layout, member);

      self->alignment = MAX (self->alignment, layout->alignment);
      is_fixed &= layout->fixed_size != 0;
      size = xml_rpc_variant_align (size, layout->alignment) + layout->fixed_size;
      member += layout->type_length;
      layout = next;
    }

  /* "()" takes one byte, lest an array of it had no length. */
  if (is_fixed)
    self->fixed_size = MAX (1, xml_rpc_variant_align (size, self->alignment));
  self->type_length = member + 1 - self->type;
  self->n_layouts = layout - self;
}

/* Fills the layout of the type that begins at @type and returns where the
 * next one goes. */
static XmlRpcVariantLayout *
describe (XmlRpcVariantLayout *self,
          const char          *type)
{
  *self = (XmlRpcVariantLayout) {
    .type = type,
    .type_length = 1,
    .n_layouts = 1,
    .fixed_size = basic_size (*type),
    .alignment = MAX (1, basic_size (*type)),
    .kind = *type,
  };

  switch (*type)
    {
    case 'v':
      self->alignment = 8;
      break;

    case 'a':
    case 'm':
      describe (self + 1, type + 1);
      self->alignment = self[1].alignment;
      self->type_length += self[1].type_length;
      self->n_layouts += self[1].n_layouts;
      break;

    case '(':
    case '{':
      describe_members (self);
      break;

    default:
      break;
    }

  return self + self->n_layouts;
}

guint
xml_rpc_variant_layout_count_members (const XmlRpcVariantLayout *tuple)
{
  const XmlRpcVariantLayout *end = xml_rpc_variant_layout_next (tuple);
  const XmlRpcVariantLayout *member = xml_rpc_variant_layout_first (tuple);
  guint n = 0;

  for (; member != end; member = xml_rpc_variant_layout_next (member))
    n++;

  return n;
}

/* One block: the layouts, then the type string they point into. A type has no
 * more types in it than characters. */
static const XmlRpcVariantLayout *
add_layout (XmlRpcVariantLayouts *self,
            const char           *type,
            gsize                 length)
{
  XmlRpcVariantLayout *layout = g_malloc (length * sizeof *layout + length + 1);
  char *copy = (char *) (layout + length);

  memcpy (copy, type, length);
  copy[length] = '\0';
  describe (layout, copy);

  if (self->by_type == NULL)
    self->by_type = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_hash_table_insert (self->by_type, copy, layout);

  return layout;
}

/* @type is a valid definite type string, not necessarily terminated. */
const XmlRpcVariantLayout *
xml_rpc_variant_layouts_lookup (XmlRpcVariantLayouts *self,
                                const char           *type,
                                gsize                 length)
{
  if (length == 1 && xml_rpc_basic_layouts[(guint8) *type] != NULL)
    return xml_rpc_basic_layouts[(guint8) *type];

  for (gsize i = 0; i < G_N_ELEMENTS (known_layouts); i++)
    {
      if (known_layouts[i]->type_length == length && memcmp (known_layouts[i]->type, type, length) == 0)
        return known_layouts[i];
    }

  if (self->by_type != NULL)
    {
      g_autofree char *key = g_strndup (type, length);
      const XmlRpcVariantLayout *layout = g_hash_table_lookup (self->by_type, key);

      if (layout != NULL)
        return layout;
    }

  return add_layout (self, type, length);
}
