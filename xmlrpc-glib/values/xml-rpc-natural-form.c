/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-natural-form-private.h"

#include "../codec/xml-rpc-type-private.h"
#include "../xml-rpc-error.h"
#include "../xml-rpc-limits-private.h"

/* Where in the whole a value stands, for the messages. */
typedef struct _Place Place;
struct _Place {
  const Place *outer;
  const char  *member;   /* NULL: an item */
  gsize        index;
  guint        nesting;  /* arrays and structs around it */
};

static GVariant *to_natural (GVariant     *value,
                             const Place  *place,
                             GError      **error);

static void
append_place (GString     *message,
              const Place *place)
{
  if (place->outer == NULL)
    {
      g_string_append (message, "value");
      return;
    }

  append_place (message, place->outer);
  if (place->member != NULL)
    g_string_append_printf (message, ".%s", place->member);
  else
    g_string_append_printf (message, "[%" G_GSIZE_FORMAT "]", place->index);
}

static void G_GNUC_PRINTF (4, 5)
set_error (GError      **error,
           const Place  *place,
           XmlRpcError   code,
           const char   *format,
           ...)
{
  g_autoptr (GString) message = g_string_new (NULL);
  va_list arguments;

  append_place (message, place);
  g_string_append (message, ": ");
  va_start (arguments, format);
  g_string_append_vprintf (message, format, arguments);
  va_end (arguments);

  g_set_error_literal (error, XML_RPC_ERROR, code, message->str);
}

static gboolean
find_kind (GVariant        *value,
           XmlRpcValueKind *kind)
{
  const XmlRpcType *type = xml_rpc_type_of_natural (value);

  if (type == NULL)
    return FALSE;

  *kind = type->kind;
  return TRUE;
}

static gboolean
is_natural (GVariant *value,
            guint     nesting)
{
  XmlRpcValueKind kind;
  gboolean natural = nesting < XML_RPC_MAX_NESTING;
  gsize n_children;

  if (!find_kind (value, &kind))
    return FALSE;
  if (kind == XML_RPC_VALUE_NIL)
    return g_variant_n_children (value) == 0;
  if (kind != XML_RPC_VALUE_ARRAY && kind != XML_RPC_VALUE_STRUCT)
    return TRUE;

  n_children = g_variant_n_children (value);
  for (gsize i = 0; natural && i < n_children; i++)
    {
      g_autoptr (GVariant) content = NULL;

      if (kind == XML_RPC_VALUE_ARRAY)
        g_variant_get_child (value, i, "v", &content);
      else
        g_variant_get_child (value, i, "{sv}", NULL, &content);
      natural = is_natural (content, nesting + 1);
    }

  return natural;
}

/* What is in variants in maybes in variants, which XML-RPC does not show; a maybe
 * with nothing in it is left. */
static GVariant *
unwrap (GVariant     *value,
        const Place  *place,
        GError      **error)
{
  g_autoptr (GVariant) inner = g_variant_ref (value);

  for (guint depth = 0; depth <= XML_RPC_MAX_NESTING; depth++)
    {
      GVariant *wrapper = inner;

      if ((!g_variant_is_of_type (inner, G_VARIANT_TYPE_VARIANT) &&
           !g_variant_is_of_type (inner, G_VARIANT_TYPE_MAYBE)) ||
          g_variant_n_children (inner) == 0)
        return g_steal_pointer (&inner);

      inner = g_variant_get_child_value (wrapper, 0);
      g_variant_unref (wrapper);
    }

  set_error (error, place, XML_RPC_ERROR_LIMIT_EXCEEDED,
             "variants and maybes nested more than %d deep", XML_RPC_MAX_NESTING);
  return NULL;
}

static GVariant *
from_uint64 (guint64       number,
             const Place  *place,
             GError      **error)
{
  if (number > G_MAXINT64)
    {
      set_error (error, place, XML_RPC_ERROR_INVALID_VALUE,
                 "expected at most %" G_GINT64_FORMAT ", the largest i8, got %" G_GUINT64_FORMAT,
                 G_MAXINT64, number);
      return NULL;
    }

  return g_variant_new_int64 (number);
}

static GVariant *
from_items (GVariant     *container,
            const Place  *place,
            GError      **error)
{
  g_auto(GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("av"));
  gsize n_items = g_variant_n_children (container);

  for (gsize i = 0; i < n_items; i++)
    {
      g_autoptr (GVariant) item = g_variant_get_child_value (container, i);
      Place inner = { .outer = place, .index = i, .nesting = place->nesting + 1 };
      g_autoptr (GVariant) natural = to_natural (item, &inner, error);

      if (natural == NULL)
        return NULL;
      g_variant_builder_add (&builder, "v", natural);
    }

  return g_variant_builder_end (&builder);
}

static gboolean
add_member (GVariantBuilder  *builder,
            GVariant         *entry,
            const Place      *place,
            GError          **error)
{
  g_autoptr (GVariant) key = g_variant_get_child_value (entry, 0);
  g_autoptr (GVariant) value = g_variant_get_child_value (entry, 1);
  const char *name = g_variant_get_string (key, NULL);
  Place inner = { .outer = place, .member = name, .nesting = place->nesting + 1 };
  g_autoptr (GVariant) natural = to_natural (value, &inner, error);

  if (natural == NULL)
    return FALSE;

  g_variant_builder_add (builder, "{sv}", name, natural);
  return TRUE;
}

static GVariant *
from_members (GVariant     *container,
              const Place  *place,
              GError      **error)
{
  g_auto(GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);
  GVariantIter iter;
  GVariant *next;

  if (g_variant_is_of_type (container, G_VARIANT_TYPE_DICT_ENTRY))
    return add_member (&builder, container, place, error) ? g_variant_builder_end (&builder) : NULL;

  g_variant_iter_init (&iter, container);
  while ((next = g_variant_iter_next_value (&iter)) != NULL)
    {
      g_autoptr (GVariant) entry = next;

      if (!add_member (&builder, entry, place, error))
        return NULL;
    }

  return g_variant_builder_end (&builder);
}

static GVariant *
unsupported (GVariant     *value,
             const Place  *place,
             GError      **error)
{
  set_error (error, place, XML_RPC_ERROR_UNSUPPORTED_TYPE,
             "XML-RPC has no form for the type \"%s\"", g_variant_get_type_string (value));
  return NULL;
}

static GVariant *
from_container (GVariant     *value,
                const Place  *place,
                GError      **error)
{
  const char *type = g_variant_get_type_string (value);
  const char *entry = type[0] == 'a' ? type + 1 : type;

  if (place->nesting >= XML_RPC_MAX_NESTING)
    {
      set_error (error, place, XML_RPC_ERROR_LIMIT_EXCEEDED,
                 "arrays and structs nested more than %d deep", XML_RPC_MAX_NESTING);
      return NULL;
    }

  if (entry[0] != '{')
    return from_items (value, place, error);

  if (entry[1] != 's' && entry[1] != 'o' && entry[1] != 'g')
    return unsupported (value, place, error);

  return from_members (value, place, error);
}

static GVariant *
convert (GVariant     *value,
         const Place  *place,
         GError      **error)
{
  switch (g_variant_get_type_string (value)[0])
    {
    case 'y':
      return g_variant_new_int32 (g_variant_get_byte (value));
    case 'n':
      return g_variant_new_int32 (g_variant_get_int16 (value));
    case 'q':
      return g_variant_new_int32 (g_variant_get_uint16 (value));
    case 'u':
      return g_variant_new_int64 (g_variant_get_uint32 (value));
    case 't':
      return from_uint64 (g_variant_get_uint64 (value), place, error);
    case 'o':
    case 'g':
      return g_variant_new_string (g_variant_get_string (value, NULL));
    case 'm':
      return g_variant_new_maybe (G_VARIANT_TYPE_VARIANT, NULL);
    case 'a':
    case '(':
    case '{':
      return from_container (value, place, error);
    default:
      return unsupported (value, place, error);
    }
}

static GVariant *
to_natural (GVariant     *value,
            const Place  *place,
            GError      **error)
{
  g_autoptr (GVariant) inner = unwrap (value, place, error);
  XmlRpcValueKind kind;
  GVariant *natural;

  if (inner == NULL)
    return NULL;

  if (find_kind (inner, &kind) && kind != XML_RPC_VALUE_ARRAY && kind != XML_RPC_VALUE_STRUCT)
    return g_steal_pointer (&inner);

  natural = convert (inner, place, error);
  return natural != NULL ? g_variant_ref_sink (natural) : NULL;
}

GVariant *
xml_rpc_natural_form (GVariant  *variant,
                      GError   **error)
{
  g_autoptr (GVariant) normal = g_variant_get_normal_form (variant);
  Place whole = { NULL };

  if (is_natural (normal, 0))
    return g_steal_pointer (&normal);

  return to_natural (normal, &whole, error);
}

XmlRpcValueKind
xml_rpc_natural_form_get_kind (GVariant *natural)
{
  XmlRpcValueKind kind = XML_RPC_VALUE_NIL;
  gboolean found = find_kind (natural, &kind);

  g_assert (found);

  return kind;
}

GVariant *
xml_rpc_special_form_new (XmlRpcValueKind  kind,
                          const char      *text)
{
  return g_variant_new ("(os)", xml_rpc_types[kind].path, text);
}

const char *
xml_rpc_special_form_get_text (GVariant *special)
{
  const char *text;

  g_variant_get_child (special, 1, "&s", &text);

  return text;
}
