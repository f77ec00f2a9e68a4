/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The serialised form of a GVariant, in one pass. Each value is aligned, counted from the
 * beginning, and containers say where the children end whose size is not fixed:
 *
 *   array       children, then where each ends
 *   tuple       children, then in reverse order where each ends, but for the last
 *   maybe       the child, and a zero byte if its size is not fixed; or nothing
 *   variant     the child, a zero byte, its type
 *
 * These framing offsets are as wide as the container needs, which is known only when it
 * closes. Until then they are kept on a stack. */

#include "xml-rpc-variant-writer-private.h"

/* Ends of children are kept in 32 bits, two slots each in a container above
 * 4 GiB, so that millions of small children do not cost more here than in the
 * result. */
#define WIDE_SLOTS (sizeof (guint64) / sizeof (guint32))

#define MAX_ALIGNMENT 8

void
xml_rpc_variant_writer_init (XmlRpcVariantWriter *self)
{
  *self = (XmlRpcVariantWriter) { .tuple_alignment = 1 };
}

void
xml_rpc_variant_writer_clear (XmlRpcVariantWriter *self)
{
  xml_rpc_buffer_clear (&self->buffer);
  g_clear_pointer (&self->frames, g_free);
  g_clear_pointer (&self->ends, g_free);
  if (self->tuple_type != NULL)
    g_string_free (g_steal_pointer (&self->tuple_type), TRUE);
}

static inline XmlRpcVariantWriterFrame *
top_frame (XmlRpcVariantWriter *self)
{
  return &self->frames[self->n_frames - 1];
}

static inline void
align_buffer (XmlRpcVariantWriter *self,
              gsize                alignment)
{
  gsize padding = xml_rpc_variant_align (self->buffer.length, alignment) - self->buffer.length;

  if (padding > 0)
    {
      /* As much as there can be: memset() of a length that the compiler does not
       * know is a call. */
      memset (xml_rpc_buffer_reserve (&self->buffer, MAX_ALIGNMENT), 0, MAX_ALIGNMENT);
      self->buffer.length += padding;
    }
}

static void
grow_ends (XmlRpcVariantWriter *self,
           gsize                n)
{
  self->n_ends_allocated = MAX (self->n_ends + n, MAX (16, self->n_ends_allocated * 2));
  self->ends = g_renew (guint32, self->ends, self->n_ends_allocated);
}

/* As in the buffer, no ends have their place, too. */
static inline guint32 *
reserve_ends (XmlRpcVariantWriter *self,
              gsize                n)
{
  if (G_UNLIKELY (self->n_ends_allocated - self->n_ends <= n))
    grow_ends (self, n);

  return self->ends + self->n_ends;
}

static inline guint64
nth_end (XmlRpcVariantWriter            *self,
         const XmlRpcVariantWriterFrame *frame,
         gsize                           n)
{
  guint64 end;

  if (!frame->has_wide_ends)
    return self->ends[frame->first_end + n];

  memcpy (&end, &self->ends[frame->first_end + n * WIDE_SLOTS], sizeof end);
  return end;
}

static void
widen_ends (XmlRpcVariantWriter      *self,
            XmlRpcVariantWriterFrame *frame)
{
  gsize n = self->n_ends - frame->first_end;

  reserve_ends (self, n);
  for (gsize i = n; i-- > 0;)
    {
      guint64 end = self->ends[frame->first_end + i];
      memcpy (&self->ends[frame->first_end + i * WIDE_SLOTS], &end, sizeof end);
    }
  self->n_ends += n;
  frame->has_wide_ends = TRUE;
}

static inline void
push_end (XmlRpcVariantWriter      *self,
          XmlRpcVariantWriterFrame *frame,
          guint64                   end)
{
  if (G_UNLIKELY (end > G_MAXUINT32 && !frame->has_wide_ends))
    widen_ends (self, frame);

  if (G_LIKELY (!frame->has_wide_ends))
    {
      *reserve_ends (self, 1) = end;
      self->n_ends++;
    }
  else
    {
      memcpy (reserve_ends (self, WIDE_SLOTS), &end, sizeof end);
      self->n_ends += WIDE_SLOTS;
    }
}

/* Tells the open container that a child is complete. */
static inline void
end_child (XmlRpcVariantWriter       *self,
           const XmlRpcVariantLayout *layout)
{
  XmlRpcVariantWriterFrame *frame;

  if (self->n_frames == 0)
    return;

  frame = top_frame (self);
  frame->child = layout;

  if (layout->fixed_size == 0)
    push_end (self, frame, self->buffer.length - frame->start);

  if (frame->layout == NULL)
    {
      g_string_append_len (self->tuple_type, layout->type, layout->type_length);
      self->tuple_alignment = MAX (self->tuple_alignment, layout->alignment);
    }
}

static void
push_frame (XmlRpcVariantWriter       *self,
            const XmlRpcVariantLayout *layout)
{
  if (self->n_frames == self->n_frames_allocated)
    {
      self->n_frames_allocated = MAX (16, self->n_frames_allocated * 2);
      self->frames = g_renew (XmlRpcVariantWriterFrame, self->frames, self->n_frames_allocated);
    }

  self->frames[self->n_frames++] = (XmlRpcVariantWriterFrame) {
    .layout = layout,
    .start = self->buffer.length,
    .first_end = self->n_ends,
  };
}

void
xml_rpc_variant_writer_open (XmlRpcVariantWriter       *self,
                             const XmlRpcVariantLayout *layout)
{
  align_buffer (self, layout->alignment);
  push_frame (self, layout);
}

void
xml_rpc_variant_writer_open_tuple (XmlRpcVariantWriter *self)
{
  g_assert (self->n_frames == 0 && self->buffer.length == 0);

  self->tuple_type = g_string_new ("(");
  push_frame (self, NULL);
}

static gsize
offset_width (gsize body,
              gsize n_offsets)
{
  if (body + n_offsets <= G_MAXUINT8)
    return 1;
  if (body + n_offsets * 2 <= G_MAXUINT16)
    return 2;
  if (body + n_offsets * 4 <= G_MAXUINT32)
    return 4;
  return 8;
}

/* A switch, because memcpy() of a width that the compiler does not know is a call. */
static inline void
write_offset (guint8  *out,
              gsize    width,
              guint64  end)
{
  end = GUINT64_TO_LE (end);

  switch (width)
    {
    case 1:
      memcpy (out, &end, 1);
      break;
    case 2:
      memcpy (out, &end, 2);
      break;
    case 4:
      memcpy (out, &end, 4);
      break;
    default:
      memcpy (out, &end, 8);
      break;
    }
}

/* Those of a container below 256 bytes, which most are. */
static inline void
write_short_offsets (guint8        *out,
                     const guint32 *ends,
                     gsize          n,
                     gboolean       reverse)
{
  for (gsize i = 0; i < n; i++)
    out[i] = (guint8) ends[reverse ? n - 1 - i : i];
}

/* The framing offsets, each as wide as the whole container needs: those of a
 * tuple stand in reverse order, and its last child ends where they begin. */
static void
write_offsets (XmlRpcVariantWriter      *self,
               XmlRpcVariantWriterFrame *frame,
               gboolean                  reverse)
{
  gsize n = (self->n_ends - frame->first_end) / (frame->has_wide_ends ? WIDE_SLOTS : 1);
  gsize width;
  guint8 *out;

  if (reverse && n > 0 && frame->child->fixed_size == 0)
    n--;

  width = offset_width (self->buffer.length - frame->start, n);
  out = xml_rpc_buffer_reserve (&self->buffer, n * width);
  self->buffer.length += n * width;

  if (width == 1 && !frame->has_wide_ends)
    {
      write_short_offsets (out, self->ends + frame->first_end, n, reverse);
      return;
    }

  for (gsize i = 0; i < n; i++, out += width)
    write_offset (out, width, nth_end (self, frame, reverse ? n - 1 - i : i));
}

static void
close_members (XmlRpcVariantWriter      *self,
               XmlRpcVariantWriterFrame *frame)
{
  if (self->n_ends > frame->first_end)
    write_offsets (self, frame, TRUE);
  else if (frame->child == NULL)
    xml_rpc_buffer_append_byte (&self->buffer, 0);
  else
    align_buffer (self, frame->layout != NULL ? frame->layout->alignment : self->tuple_alignment);
}

/* What a variant ends with. Most types are of one character. */
static inline void
write_type (XmlRpcVariantWriter       *self,
            const XmlRpcVariantLayout *layout)
{
  guint8 *out = xml_rpc_buffer_reserve (&self->buffer, 1 + layout->type_length);

  out[0] = 0;
  if (layout->type_length == 1)
    out[1] = (guint8) layout->kind;
  else
    memcpy (out + 1, layout->type, layout->type_length);
  self->buffer.length += 1 + layout->type_length;
}

void
xml_rpc_variant_writer_close (XmlRpcVariantWriter *self)
{
  XmlRpcVariantWriterFrame *frame = top_frame (self);
  const XmlRpcVariantLayout *layout = frame->layout;

  switch (layout != NULL ? layout->kind : '(')
    {
    case 'a':
      if (self->n_ends > frame->first_end)
        write_offsets (self, frame, FALSE);
      break;

    case 'm':
      if (frame->child != NULL && frame->child->fixed_size == 0)
        xml_rpc_buffer_append_byte (&self->buffer, 0);
      break;

    case 'v':
      write_type (self, frame->child);
      break;

    default:
      close_members (self, frame);
      break;
    }

  self->n_ends = frame->first_end;
  self->n_frames--;

  if (layout != NULL)
    end_child (self, layout);
}

/* As in write_offset(). */
static inline void
append_fixed (XmlRpcBuffer *buffer,
              const void   *value,
              gsize         size)
{
  guint8 *out = xml_rpc_buffer_reserve (buffer, sizeof (guint64));

  switch (size)
    {
    case 4:
      memcpy (out, value, 4);
      break;
    case 8:
      memcpy (out, value, 8);
      break;
    default:
      memcpy (out, value, size);
      break;
    }
  buffer->length += size;
}

void
xml_rpc_variant_writer_add (XmlRpcVariantWriter       *self,
                            const XmlRpcVariantLayout *layout,
                            const void                *value)
{
  align_buffer (self, layout->alignment);
  append_fixed (&self->buffer, value, layout->fixed_size);
  end_child (self, layout);
}

void
xml_rpc_variant_writer_add_in_variant (XmlRpcVariantWriter       *self,
                                       const XmlRpcVariantLayout *variant,
                                       const XmlRpcVariantLayout *layout,
                                       const void                *value)
{
  guint8 *out;

  align_buffer (self, MAX_ALIGNMENT);
  out = xml_rpc_buffer_reserve (&self->buffer, sizeof (guint64) + 2);
  memcpy (out, value, sizeof (guint64));
  out += layout->fixed_size;
  out[0] = 0;
  out[1] = (guint8) layout->kind;
  self->buffer.length += layout->fixed_size + 2;
  end_child (self, variant);
}

void
xml_rpc_variant_writer_begin_variant (XmlRpcVariantWriter *self)
{
  align_buffer (self, MAX_ALIGNMENT);
}

void
xml_rpc_variant_writer_end_variant (XmlRpcVariantWriter       *self,
                                    const XmlRpcVariantLayout *variant,
                                    const XmlRpcVariantLayout *content)
{
  write_type (self, content);
  end_child (self, variant);
}

void
xml_rpc_variant_writer_add_string (XmlRpcVariantWriter       *self,
                                   const XmlRpcVariantLayout *layout,
                                   const char                *string,
                                   gsize                      length)
{
  xml_rpc_buffer_append (&self->buffer, string, length);
  xml_rpc_buffer_append_byte (&self->buffer, 0);
  end_child (self, layout);
}

void
xml_rpc_variant_writer_end_bytes (XmlRpcVariantWriter       *self,
                                  const XmlRpcVariantLayout *layout)
{
  end_child (self, layout);
}

/* The value moves up by a multiple of its alignment, and nothing within it
 * knows where it stands: framing offsets count from their container. */
void
xml_rpc_variant_writer_prepend_key (XmlRpcVariantWriter *self,
                                    const char          *key,
                                    gsize                length)
{
  XmlRpcVariantWriterFrame *frame = top_frame (self);
  gsize size = self->buffer.length - frame->start;
  gsize shift = xml_rpc_variant_align (length + 1, frame->child->alignment);

  xml_rpc_buffer_reserve (&self->buffer, shift);
  memmove (self->buffer.data + frame->start + shift, self->buffer.data + frame->start, size);
  memset (self->buffer.data + frame->start, 0, shift);
  memcpy (self->buffer.data + frame->start, key, length);
  self->buffer.length += shift;

  self->n_ends = frame->first_end;
  frame->has_wide_ends = FALSE;
  push_end (self, frame, length + 1);
  if (frame->child->fixed_size == 0)
    push_end (self, frame, shift + size);
}

GVariant *
xml_rpc_variant_writer_end (XmlRpcVariantWriter       *self,
                            const XmlRpcVariantLayout *layout)
{
  g_autoptr (GBytes) bytes = NULL;
  const char *type;

  g_assert (self->n_frames == 0);

  if (layout == NULL)
    g_string_append_c (self->tuple_type, ')');
  type = layout != NULL ? layout->type : self->tuple_type->str;
  bytes = xml_rpc_buffer_steal (&self->buffer);

  /* A type ends by itself, wherever the string does. It is not checked once more. */
  return g_variant_ref_sink (g_variant_new_from_bytes ((const GVariantType *) type, bytes, TRUE));
}
