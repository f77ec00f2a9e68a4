/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The serialised form of a GVariant, as its writer describes it, is read in place: a value
 * is where it begins, how long it is, and the layout of its type. */

#include "xml-rpc-variant-reader-private.h"

void
xml_rpc_variant_reader_init (XmlRpcVariantReader *self,
                             GVariant            *value)
{
  const char *type = g_variant_get_type_string (value);
  gsize size;

  self->value = g_variant_get_normal_form (value);
  size = g_variant_get_size (self->value);
  xml_rpc_variant_layouts_init (&self->layouts);
  self->root = (XmlRpcVariantSpan) {
    .layout = xml_rpc_variant_layouts_lookup (&self->layouts, type, strlen (type)),
    .data = size > 0 ? g_variant_get_data (self->value) : (gconstpointer) "",
    .size = size,
  };
}

void
xml_rpc_variant_reader_clear (XmlRpcVariantReader *self)
{
  xml_rpc_variant_layouts_clear (&self->layouts);
  g_clear_pointer (&self->value, g_variant_unref);
}

/* GLib also lets a tuple be of no bytes, where all its members are. */
static gsize
offset_width (gsize container_size)
{
  if (container_size == 0)
    return 0;
  if (container_size <= G_MAXUINT8)
    return 1;
  if (container_size <= G_MAXUINT16)
    return 2;
  if (container_size <= G_MAXUINT32)
    return 4;
  return 8;
}

/* A switch, because memcpy() of a width that the compiler does not know is a call. */
static inline gsize
read_offset (const guint8 *data,
             gsize         width)
{
  union { guint16 of_2; guint32 of_4; guint64 of_8; } offset;

  switch (width)
    {
    case 0:
      return 0;
    case 1:
      return *data;
    case 2:
      memcpy (&offset.of_2, data, 2);
      return GUINT16_FROM_LE (offset.of_2);
    case 4:
      memcpy (&offset.of_4, data, 4);
      return GUINT32_FROM_LE (offset.of_4);
    default:
      memcpy (&offset.of_8, data, 8);
      return GUINT64_FROM_LE (offset.of_8);
    }
}

/* The last offset of an array tells where the last child ends, and so where
 * the offsets begin. */
static gsize
count_elements (const XmlRpcVariantSpan *array)
{
  const XmlRpcVariantLayout *element = xml_rpc_variant_layout_first (array->layout);
  gsize width = offset_width (array->size);

  if (array->size == 0)
    return 0;
  if (element->fixed_size > 0)
    return array->size / element->fixed_size;
  return (array->size - read_offset (array->data + array->size - width, width)) / width;
}

void
xml_rpc_variant_span_iter_init (XmlRpcVariantSpanIter   *self,
                                XmlRpcVariantReader     *reader,
                                const XmlRpcVariantSpan *container)
{
  *self = (XmlRpcVariantSpanIter) {
    .reader = reader,
    .container = *container,
    .child = xml_rpc_variant_layout_first (container->layout),
    .offset_width = offset_width (container->size),
  };

  switch (container->layout->kind)
    {
    case 'a':
      self->n_left = count_elements (container);
      break;
    case 'm':
      self->n_left = container->size > 0;
      break;
    case 'v':
      self->n_left = 1;
      break;
    default:
      break;
    }
}

static gboolean
next_element (XmlRpcVariantSpanIter *self,
              XmlRpcVariantSpan     *child)
{
  gsize start, end;

  if (self->n_left == 0)
    return FALSE;

  if (self->child->fixed_size > 0)
    {
      start = self->position;
      end = start + self->child->fixed_size;
    }
  else
    {
      const guint8 *offset = self->container.data + self->container.size - self->n_left * self->offset_width;

      start = xml_rpc_variant_align (self->position, self->child->alignment);
      end = read_offset (offset, self->offset_width);
    }

  *child = (XmlRpcVariantSpan) { self->child, self->container.data + start, end - start };
  self->position = end;
  self->n_left--;

  return TRUE;
}

static gboolean
next_member (XmlRpcVariantSpanIter *self,
             XmlRpcVariantSpan     *child)
{
  const XmlRpcVariantLayout *next;
  gsize start, end;

  if (self->child == xml_rpc_variant_layout_next (self->container.layout))
    return FALSE;

  next = xml_rpc_variant_layout_next (self->child);
  start = xml_rpc_variant_align (self->position, self->child->alignment);

  if (self->child->fixed_size > 0)
    {
      end = start + self->child->fixed_size;
    }
  else
    {
      gsize offset = self->container.size - self->n_offsets * self->offset_width;

      /* The last member has no offset: it ends where they begin. */
      if (next == xml_rpc_variant_layout_next (self->container.layout))
        end = offset;
      else
        end = read_offset (self->container.data + offset - self->offset_width, self->offset_width);
      self->n_offsets++;
    }

  *child = (XmlRpcVariantSpan) { self->child, self->container.data + start, end - start };
  self->position = end;
  self->child = next;

  return TRUE;
}

static gboolean
next_just (XmlRpcVariantSpanIter *self,
           XmlRpcVariantSpan     *child)
{
  gsize zero_byte = self->child->fixed_size == 0;

  if (self->n_left == 0)
    return FALSE;

  *child = (XmlRpcVariantSpan) { self->child, self->container.data, self->container.size - zero_byte };
  self->n_left = 0;

  return TRUE;
}

static gboolean
next_content (XmlRpcVariantSpanIter *self,
              XmlRpcVariantSpan     *child)
{
  gsize zero_byte = self->container.size;
  const char *type;

  if (self->n_left == 0)
    return FALSE;

  /* Most types are of one character. */
  zero_byte -= 2;
  while (self->container.data[zero_byte] != 0)
    zero_byte--;
  type = (const char *) self->container.data + zero_byte + 1;

  *child = (XmlRpcVariantSpan) {
    .layout = xml_rpc_variant_layouts_lookup (&self->reader->layouts, type, self->container.size - zero_byte - 1),
    .data = self->container.data,
    .size = zero_byte,
  };
  self->n_left = 0;

  return TRUE;
}

gboolean
xml_rpc_variant_span_iter_next (XmlRpcVariantSpanIter *self,
                                XmlRpcVariantSpan     *child)
{
  switch (self->container.layout->kind)
    {
    case 'a':
      return next_element (self, child);
    case 'm':
      return next_just (self, child);
    case 'v':
      return next_content (self, child);
    default:
      return next_member (self, child);
    }
}

/* The only offset is that of the string, and the value ends where it begins, or earlier if
 * its size is fixed. */
void
xml_rpc_variant_span_open_pair (const XmlRpcVariantSpan *pair,
                                XmlRpcVariantSpan       *string,
                                XmlRpcVariantSpan       *value)
{
  const XmlRpcVariantLayout *layout = xml_rpc_variant_layout_first (pair->layout);
  const gsize width = offset_width (pair->size);
  const gsize offset = pair->size - width;
  gsize start;

  *string = (XmlRpcVariantSpan) { layout, pair->data, read_offset (pair->data + offset, width) };

  layout = xml_rpc_variant_layout_next (layout);
  start = xml_rpc_variant_align (string->size, layout->alignment);
  *value = (XmlRpcVariantSpan) {
    layout, pair->data + start, layout->fixed_size > 0 ? layout->fixed_size : offset - start
  };
}

gint64
xml_rpc_variant_span_get_other_integer (const XmlRpcVariantSpan *span)
{
  union { gint16 n; guint16 q; guint32 u; gint64 x; } value;

  switch (span->layout->kind)
    {
    case 'y':
      return *span->data;
    case 'n':
      memcpy (&value, span->data, sizeof value.n);
      return value.n;
    case 'q':
      memcpy (&value, span->data, sizeof value.q);
      return value.q;
    case 'u':
      memcpy (&value, span->data, sizeof value.u);
      return value.u;
    default:
      memcpy (&value, span->data, sizeof value.x);
      return value.x;
    }
}
