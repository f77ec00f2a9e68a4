/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Tokens become a GVariant. What the expected type wants next is not kept, since the
 * writer has open what is around the value: in an array each item is of the element's
 * type, in a tuple the next member follows the last one that was written, in a dictionary
 * entry the value is of the second type, and in a "v" anything is of its natural type.
 * Maybes and variants that the expected type has around a value are opened with it and
 * closed behind it. So each open "m" and "v" has one value in it that is not complete.
 *
 * Natural types are "v" wherever there is a choice. Values without others in them are
 * written into one in a single step. */

#include "xml-rpc-to-variant-private.h"

/* GVariant shows nothing below 128 levels, and says nothing. The limit on nesting keeps
 * natural types above that, but not any expected type with its maybes. What is written
 * within a value has up to two levels more. */
#define MAX_LEVELS (128 - 3)

typedef struct
{
  gint64 min;
  gint64 max;
} Range;

/* Any basic value, in the machine's byte order. */
typedef union
{
  guint8  of_1;
  guint16 of_2;
  guint32 of_4;
  guint64 of_8;
  double  number;
} Fixed;

static inline XmlRpcToVariant *
get_self (XmlRpcSink *sink)
{
  return (XmlRpcToVariant *) sink;
}

static inline const XmlRpcVariantWriterFrame *
get_frame (const XmlRpcToVariant *self)
{
  return &self->writer.frames[self->writer.n_frames - 1];
}

/* What an error calls a type, by the XML-RPC type that is read into it. */
static const char *
describe_layout (const XmlRpcVariantLayout *layout)
{
  const XmlRpcType *type = xml_rpc_types_by_variant[(guint8) layout->kind];
  XmlRpcValueKind kind = XML_RPC_VALUE_ARRAY;

  if (type != NULL)
    return type->name;

  if (xml_rpc_type_is_layout_special (layout))
    kind = XML_RPC_VALUE_DATE_TIME;
  else if (layout->kind == '{' || (layout->kind == 'a' && layout[1].kind == '{'))
    kind = XML_RPC_VALUE_STRUCT;
  else if (layout->kind == 'a' && layout[1].kind == 'y')
    kind = XML_RPC_VALUE_BASE64;

  return xml_rpc_types[kind].name;
}

/* Whether this is the value that would have been an array, if it were the only one. */
static gboolean
is_first_param (const XmlRpcToVariant *self)
{
  return self->may_have_params && self->has_params && self->writer.n_frames == 1 &&
         self->sink.places[0].index == 1;
}

/* What is not to be inlined, here and below, is rare: within the functions that run
 * for each value it would make these save registers every time. */
static G_GNUC_NO_INLINE void
fail_type (XmlRpcToVariant           *self,
           const XmlRpcVariantLayout *expected,
           const char                *got)
{
  xml_rpc_sink_fail (&self->sink, XML_RPC_ERROR_TYPE_MISMATCH, "expected %s%s, got %s",
                     is_first_param (self) ? "array or " : "", describe_layout (expected), got);
}

static void
fail_count (XmlRpcToVariant           *self,
            const XmlRpcVariantLayout *tuple,
            gsize                      got,
            const char                *more)
{
  guint expected = xml_rpc_variant_layout_count_members (tuple);

  if (self->writer.n_frames == 1 && self->has_params)
    xml_rpc_sink_fail (&self->sink, XML_RPC_ERROR_TYPE_MISMATCH, "expected %s%u parameter%s, got %" G_GSIZE_FORMAT "%s",
                       self->may_have_params && got == 1 ? "an array or " : "", expected, expected == 1 ? "" : "s", got, more);
  else
    xml_rpc_sink_fail (&self->sink, XML_RPC_ERROR_TYPE_MISMATCH,
                       "expected %u items in the array, got %" G_GSIZE_FORMAT "%s", expected, got, more);
}

/* What comes next in an open tuple; behind its layout if that is full. */
static const XmlRpcVariantLayout *
get_next_member (const XmlRpcVariantWriterFrame *tuple)
{
  return tuple->child != NULL ? xml_rpc_variant_layout_next (tuple->child)
                              : xml_rpc_variant_layout_first (tuple->layout);
}

static gboolean
is_full (const XmlRpcVariantWriterFrame *tuple)
{
  return get_next_member (tuple) == xml_rpc_variant_layout_next (tuple->layout);
}

static G_GNUC_NO_INLINE const XmlRpcVariantLayout *
expect_member (XmlRpcToVariant *self)
{
  const XmlRpcVariantWriterFrame *tuple = get_frame (self);

  if (!is_full (tuple))
    return get_next_member (tuple);

  fail_count (self, tuple->layout, self->sink.place->index, " or more");
  return NULL;
}

/* The first value of a tuple, as an array is not asked for. */
static G_GNUC_NO_INLINE const XmlRpcVariantLayout *
expect_at_root (XmlRpcToVariant *self)
{
  if (!self->may_have_params)
    return self->expected;

  xml_rpc_to_variant_begin_params (self);
  return expect_member (self);
}

/* The type that the next value is to be of. NULL: its natural type. */
static inline const XmlRpcVariantLayout *
get_expected (XmlRpcToVariant *self)
{
  const XmlRpcVariantLayout *layout;

  if (self->writer.n_frames == 0)
    return expect_at_root (self);

  layout = get_frame (self)->layout;
  if (layout == NULL)
    return NULL;
  if (G_LIKELY (layout->kind == 'a'))
    return xml_rpc_variant_layout_first (layout);
  if (layout->kind == '{')
    return xml_rpc_variant_layout_next (xml_rpc_variant_layout_first (layout));

  return expect_member (self);
}

/* Whether the next value is just to stand in a variant. */
static inline gboolean
is_plain_variant (XmlRpcToVariant           *self,
                  const XmlRpcVariantLayout *expected)
{
  return expected != NULL && expected->kind == 'v' && self->writer.n_frames > 0 && self->writer.n_frames < MAX_LEVELS;
}

/* Opens the maybes and the variant that the expected type has around a value, and
 * tells what to write within: the expected type, or the natural one. */
static const XmlRpcVariantLayout *
begin_content (XmlRpcToVariant           *self,
               const XmlRpcVariantLayout *expected,
               const XmlRpcVariantLayout *natural)
{
  const XmlRpcVariantLayout *layout = expected;

  if (self->writer.n_frames == 0)
    self->result = expected != NULL ? expected : natural;

  while (layout != NULL && (layout->kind == 'm' || layout->kind == 'v'))
    {
      xml_rpc_variant_writer_open (&self->writer, layout);
      layout = layout->kind == 'm' ? xml_rpc_variant_layout_first (layout) : NULL;
    }

  if (self->writer.n_frames > MAX_LEVELS)
    xml_rpc_sink_fail (&self->sink, XML_RPC_ERROR_LIMIT_EXCEEDED,
                       "the expected type and what is in it nested deeper than a GVariant can be");

  return layout != NULL ? layout : natural;
}

static void
end_content (XmlRpcToVariant *self)
{
  while (self->writer.n_frames > 0)
    {
      const XmlRpcVariantLayout *layout = get_frame (self)->layout;

      if (layout == NULL || (layout->kind != 'm' && layout->kind != 'v'))
        return;
      xml_rpc_variant_writer_close (&self->writer);
    }
}

static void
begin_array (XmlRpcSink *sink)
{
  XmlRpcToVariant *self = get_self (sink);
  const XmlRpcVariantLayout *expected = self->writer.n_frames == 0 ? self->expected : get_expected (self);
  const XmlRpcVariantLayout *layout = begin_content (self, expected, xml_rpc_layout_array);

  if (layout->kind == '(' || (layout->kind == 'a' && layout[1].kind != '{'))
    xml_rpc_variant_writer_open (&self->writer, layout);
  else
    fail_type (self, layout, xml_rpc_types[XML_RPC_VALUE_ARRAY].name);
}

static void
end_array (XmlRpcSink *sink,
           gsize       n_items)
{
  XmlRpcToVariant *self = get_self (sink);
  const XmlRpcVariantWriterFrame *frame = get_frame (self);

  if (frame->layout->kind == '(' && !is_full (frame))
    {
      fail_count (self, frame->layout, n_items, "");
      return;
    }

  xml_rpc_variant_writer_close (&self->writer);
  end_content (self);
}

/* An array of entries, or one entry. */
static void
begin_struct (XmlRpcSink *sink)
{
  XmlRpcToVariant *self = get_self (sink);
  const XmlRpcVariantLayout *layout = begin_content (self, get_expected (self), xml_rpc_layout_struct);

  if (layout->kind == '{' || (layout->kind == 'a' && layout[1].kind == '{'))
    xml_rpc_variant_writer_open (&self->writer, layout);
  else
    fail_type (self, layout, xml_rpc_types[XML_RPC_VALUE_STRUCT].name);
}

static void
end_struct (XmlRpcSink *sink)
{
  XmlRpcToVariant *self = get_self (sink);
  const XmlRpcVariantWriterFrame *frame = get_frame (self);

  if (frame->layout->kind == '{' && frame->child == NULL)
    {
      xml_rpc_sink_fail (sink, XML_RPC_ERROR_TYPE_MISMATCH, "expected a struct with one member, got one without");
      return;
    }

  xml_rpc_variant_writer_close (&self->writer);
  end_content (self);
}

/* @text ends with a zero byte. */
static gboolean
check_string (XmlRpcToVariant           *self,
              const XmlRpcVariantLayout *layout,
              const char                *text)
{
  if (G_LIKELY (layout->kind == 's') ||
      (layout->kind == 'o' ? g_variant_is_object_path (text) : g_variant_is_signature (text)))
    return TRUE;

  xml_rpc_sink_fail (&self->sink, XML_RPC_ERROR_TYPE_MISMATCH, "expected %s, got \"%.64s\"",
                     layout->kind == 'o' ? "an object path" : "a type signature", text);
  return FALSE;
}

/* Ends a string whose text is in its place. */
static gboolean
end_string (XmlRpcToVariant           *self,
            gsize                      start,
            const XmlRpcVariantLayout *layout)
{
  XmlRpcBuffer *buffer = &self->writer.buffer;

  xml_rpc_buffer_append_byte (buffer, 0);
  if (!check_string (self, layout, (const char *) buffer->data + start))
    return FALSE;

  xml_rpc_variant_writer_end_bytes (&self->writer, layout);
  return TRUE;
}

static void
begin_member (XmlRpcSink *sink,
              const char *name,
              gsize       length)
{
  XmlRpcToVariant *self = get_self (sink);
  const XmlRpcVariantLayout *layout = get_frame (self)->layout;
  gsize start;

  if (layout->kind == 'a')
    {
      layout = xml_rpc_variant_layout_first (layout);
      xml_rpc_variant_writer_open (&self->writer, layout);
    }
  else if (sink->place->index > 1)
    {
      xml_rpc_sink_fail (sink, XML_RPC_ERROR_TYPE_MISMATCH, "expected a struct with one member, got more");
      return;
    }

  if (name == NULL)
    return;

  start = self->writer.buffer.length;
  xml_rpc_buffer_append (&self->writer.buffer, name, length);
  end_string (self, start, xml_rpc_variant_layout_first (layout));
}

static void
prepend_name (XmlRpcSink *sink,
              const char *name,
              gsize       length)
{
  XmlRpcToVariant *self = get_self (sink);
  const XmlRpcVariantLayout *key = xml_rpc_variant_layout_first (get_frame (self)->layout);
  g_autofree char *string = g_strndup (name, length);

  if (check_string (self, key, string))
    xml_rpc_variant_writer_prepend_key (&self->writer, string, length);
}

/* The entry, unless it is the whole struct. */
static void
end_member (XmlRpcSink *sink)
{
  XmlRpcToVariant *self = get_self (sink);
  const XmlRpcVariantWriterFrame *frame = get_frame (self);

  if (self->writer.n_frames > 1 && frame[-1].layout != NULL && frame[-1].layout->kind == 'a')
    xml_rpc_variant_writer_close (&self->writer);
}

/* FALSE if the type is no integer. XML-RPC has none beyond 63 bits and a sign. */
static gboolean
get_range (const XmlRpcVariantLayout *layout,
           Range                     *range)
{
  const gboolean is_signed = strchr ("nix", layout->kind) != NULL;
  guint n_bits;

  if (!is_signed && strchr ("yqut", layout->kind) == NULL)
    return FALSE;

  n_bits = (guint) layout->fixed_size * 8 - is_signed;
  range->max = (gint64) (G_MAXUINT64 >> MAX (64 - n_bits, 1));
  range->min = is_signed ? -range->max - 1 : 0;
  return TRUE;
}

/* Whether there are at most 53 bits from the first to the last. Told by integers:
 * on 32-bit x86 a conversion to double and back may keep what no double does. */
static gboolean
fits_double (gint64 value)
{
  const guint64 max = G_GUINT64_CONSTANT (1) << 53;
  const guint64 magnitude = value < 0 ? -(guint64) value : (guint64) value;

  return magnitude <= max || magnitude / (magnitude & -magnitude) <= max;
}

static inline Fixed
pack_integer (gint64                     value,
              const XmlRpcVariantLayout *layout)
{
  Fixed fixed = { .of_8 = 0 };

  switch (layout->fixed_size)
    {
    case 1:
      fixed.of_1 = (guint8) value;
      break;
    case 2:
      fixed.of_2 = (guint16) value;
      break;
    case 4:
      fixed.of_4 = (guint32) value;
      break;
    default:
      fixed.of_8 = (guint64) value;
      break;
    }

  return fixed;
}

static void
add_double_as (XmlRpcToVariant           *self,
               double                     value,
               const XmlRpcVariantLayout *layout)
{
  if (layout->kind == 'd')
    xml_rpc_variant_writer_add (&self->writer, layout, &value);
  else
    fail_type (self, layout, xml_rpc_types[XML_RPC_VALUE_DOUBLE].name);
}

/* Into any integer type that can hold it, and into a double that can. */
static void
add_integer_as (XmlRpcToVariant           *self,
                const XmlRpcType          *type,
                gint64                     value,
                const XmlRpcVariantLayout *layout)
{
  Range range;

  if (layout->kind == 'd' && fits_double (value))
    {
      add_double_as (self, (double) value, layout);
    }
  else if (!get_range (layout, &range))
    {
      fail_type (self, layout, type->name);
    }
  else if (value < range.min || value > range.max)
    {
      xml_rpc_sink_fail (&self->sink, XML_RPC_ERROR_TYPE_MISMATCH,
                         "expected an integer from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT ", got %" G_GINT64_FORMAT,
                         range.min, range.max, value);
    }
  else
    {
      Fixed fixed = pack_integer (value, layout);

      xml_rpc_variant_writer_add (&self->writer, layout, &fixed);
    }
}

static void
add_integer (XmlRpcSink       *sink,
             const XmlRpcType *type,
             gint64            value)
{
  XmlRpcToVariant *self = get_self (sink);
  const XmlRpcVariantLayout *expected = get_expected (self);

  if (G_LIKELY (is_plain_variant (self, expected)))
    {
      Fixed fixed = pack_integer (value, type->natural);

      xml_rpc_variant_writer_add_in_variant (&self->writer, expected, type->natural, &fixed);
      return;
    }

  add_integer_as (self, type, value, begin_content (self, expected, type->natural));
  end_content (self);
}

static void
add_double (XmlRpcSink *sink,
            double      value)
{
  XmlRpcToVariant *self = get_self (sink);
  const XmlRpcVariantLayout *expected = get_expected (self);

  if (G_LIKELY (is_plain_variant (self, expected)))
    {
      xml_rpc_variant_writer_add_in_variant (&self->writer, expected, xml_rpc_layout_double, &value);
      return;
    }

  add_double_as (self, value, begin_content (self, expected, xml_rpc_layout_double));
  end_content (self);
}

static void
add_boolean (XmlRpcSink *sink,
             gboolean    value)
{
  XmlRpcToVariant *self = get_self (sink);
  const XmlRpcVariantLayout *layout = begin_content (self, get_expected (self), xml_rpc_layout_boolean);
  const guint8 byte = value ? 1 : 0;

  if (layout->kind == 'b')
    xml_rpc_variant_writer_add (&self->writer, layout, &byte);
  else
    fail_type (self, layout, xml_rpc_types[XML_RPC_VALUE_BOOLEAN].name);
  end_content (self);
}

/* The outermost maybe of the expected type has nothing in it. */
static void
add_nil (XmlRpcSink *sink)
{
  XmlRpcToVariant *self = get_self (sink);
  const XmlRpcVariantLayout *layout = get_expected (self);

  if (layout != NULL && layout->kind == 'm')
    {
      if (self->writer.n_frames == 0)
        self->result = layout;
    }
  else
    {
      layout = begin_content (self, layout, xml_rpc_layout_nothing);
      if (layout->kind != 'm')
        {
          fail_type (self, layout, xml_rpc_types[XML_RPC_VALUE_NIL].name);
          return;
        }
    }

  xml_rpc_variant_writer_open (&self->writer, layout);
  xml_rpc_variant_writer_close (&self->writer);
  end_content (self);
}

/* What GVariant lacks stands behind its path, or where a string is expected for itself. */
static void
begin_special (XmlRpcToVariant           *self,
               const XmlRpcType          *type,
               const XmlRpcVariantLayout *layout)
{
  const XmlRpcVariantLayout *member = xml_rpc_variant_layout_first (layout);

  xml_rpc_variant_writer_open (&self->writer, layout);
  xml_rpc_variant_writer_add_string (&self->writer, member, type->path, strlen (type->path));
  self->content = xml_rpc_variant_layout_next (member);
  self->is_special = TRUE;
}

static void
begin_text (XmlRpcSink       *sink,
            const XmlRpcType *type)
{
  XmlRpcToVariant *self = get_self (sink);
  const XmlRpcVariantLayout *expected = get_expected (self);

  self->is_special = FALSE;
  if (G_LIKELY (type->path == NULL && is_plain_variant (self, expected)))
    {
      xml_rpc_variant_writer_begin_variant (&self->writer);
      self->content = expected;
    }
  else if (expected != NULL && expected->kind == 's' && self->writer.n_frames > 0)
    {
      self->content = expected;
    }
  else
    {
      self->content = begin_content (self, expected, type->natural);
      if (type->path != NULL && xml_rpc_type_is_layout_special (self->content))
        begin_special (self, type, self->content);
      else if (self->content->kind != 's' && (type->path != NULL || !xml_rpc_variant_layout_is_string (self->content)))
        fail_type (self, self->content, type->name);
    }

  self->start = self->writer.buffer.length;
}

static void
end_text (XmlRpcSink *sink)
{
  XmlRpcToVariant *self = get_self (sink);

  if (G_LIKELY (self->content->kind == 'v'))
    {
      xml_rpc_buffer_append_byte (&self->writer.buffer, 0);
      xml_rpc_variant_writer_end_variant (&self->writer, self->content, xml_rpc_layout_string);
      return;
    }

  if (!end_string (self, self->start, self->content))
    return;
  if (self->is_special)
    xml_rpc_variant_writer_close (&self->writer);
  end_content (self);
}

static void
begin_bytes (XmlRpcSink *sink)
{
  XmlRpcToVariant *self = get_self (sink);

  self->content = begin_content (self, get_expected (self), xml_rpc_layout_bytes);
  if (self->content->kind != 'a' || self->content[1].kind != 'y')
    fail_type (self, self->content, xml_rpc_types[XML_RPC_VALUE_BASE64].name);
}

static void
end_bytes (XmlRpcSink *sink)
{
  XmlRpcToVariant *self = get_self (sink);

  xml_rpc_variant_writer_end_bytes (&self->writer, self->content);
  end_content (self);
}

static const XmlRpcSinkOps ops = {
  .begin_array = begin_array,
  .end_array = end_array,
  .begin_struct = begin_struct,
  .end_struct = end_struct,
  .begin_member = begin_member,
  .prepend_name = prepend_name,
  .end_member = end_member,
  .add_integer = add_integer,
  .add_double = add_double,
  .add_boolean = add_boolean,
  .add_nil = add_nil,
  .begin_text = begin_text,
  .end_text = end_text,
  .begin_bytes = begin_bytes,
  .end_bytes = end_bytes,
};

void
xml_rpc_to_variant_init (XmlRpcToVariant *self)
{
  memset (&self->writer, 0, sizeof *self - G_STRUCT_OFFSET (XmlRpcToVariant, writer));
  xml_rpc_type_init ();
  xml_rpc_sink_init (&self->sink, &ops);
  self->sink.out = self->sink.room = &self->writer.buffer;
  xml_rpc_variant_writer_init (&self->writer);
  xml_rpc_variant_layouts_init (&self->layouts);
}

void
xml_rpc_to_variant_clear (XmlRpcToVariant *self)
{
  xml_rpc_sink_clear (&self->sink);
  xml_rpc_variant_writer_clear (&self->writer);
  xml_rpc_variant_layouts_clear (&self->layouts);
  g_clear_pointer (&self->pattern, g_variant_type_free);
  g_clear_pointer (&self->converted, g_variant_type_free);
  g_clear_pointer (&self->values, g_ptr_array_unref);
}

void
xml_rpc_to_variant_begin_params (XmlRpcToVariant *self)
{
  self->has_params = TRUE;
  if (self->expected != NULL)
    xml_rpc_variant_writer_open (&self->writer, self->expected);
  else
    xml_rpc_variant_writer_open_tuple (&self->writer);
}

void
xml_rpc_to_variant_end_params (XmlRpcToVariant *self)
{
  const XmlRpcVariantWriterFrame *frame = get_frame (self);

  if (frame->layout != NULL && !is_full (frame))
    {
      fail_count (self, frame->layout, self->sink.places[0].index, "");
      return;
    }

  xml_rpc_variant_writer_close (&self->writer);
  self->result = self->expected;
}
