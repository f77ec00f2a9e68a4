/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-value-decoder-private.h"

#include "../xml-rpc-error.h"
#include "xml-rpc-scalar-private.h"
#include "xml-rpc-text-private.h"

typedef XmlRpcValueDecoderFrame Frame;

/* GVariant shows nothing below 128 levels, and says nothing. The limit on
 * nesting keeps natural types above that, but not any expected type with its
 * maybes. What is written within a value has up to two levels more. */
#define MAX_LEVELS (128 - 3)

void
xml_rpc_value_decoder_init (XmlRpcValueDecoder *self)
{
  /* The frames are many, and each is filled when it is used. */
  memset (self, 0, G_STRUCT_OFFSET (XmlRpcValueDecoder, frames));
  self->top = self->frames;
  xml_rpc_variant_writer_init (&self->writer);
}

void
xml_rpc_value_decoder_clear (XmlRpcValueDecoder *self)
{
  xml_rpc_variant_writer_clear (&self->writer);
  xml_rpc_buffer_clear (&self->text);
  g_clear_error (&self->error);
}

/* The first type within a type that no XML-RPC value could be read into: a
 * handle, or a dictionary whose keys are no strings. */
static const XmlRpcVariantLayout *
find_unsupported (const XmlRpcVariantLayout *type)
{
  for (const XmlRpcVariantLayout *layout = type; layout != xml_rpc_variant_layout_next (type); layout++)
    {
      if (layout->kind == 'h' || (layout->kind == '{' && !xml_rpc_variant_layout_is_string (layout + 1)))
        return layout;
    }

  return NULL;
}

gboolean
xml_rpc_value_decoder_check_type (const XmlRpcVariantLayout  *type,
                                  GError                    **error)
{
  const XmlRpcVariantLayout *unsupported = find_unsupported (type);

  if (unsupported == NULL)
    return TRUE;

  g_set_error (error, XML_RPC_ERROR, XML_RPC_ERROR_UNSUPPORTED_TYPE,
               "XML-RPC has no form for the expected type \"%.*s\"",
               (int) unsupported->type_length, unsupported->type);
  return FALSE;
}

static void
append_member_name (XmlRpcValueDecoder *self,
                    const Frame        *member,
                    GString            *path)
{
  if (member->has_name)
    xml_rpc_text_append_member_name (path, (const char *) self->writer.buffer.data + member->start);
  else
    g_string_append (path, ".?");
}

void
xml_rpc_value_decoder_append_place (XmlRpcValueDecoder *self,
                                    GString            *path)
{
  for (const Frame *frame = self->frames + 1; frame <= self->top; frame++)
    {
      if (frame->element == XML_RPC_ELEMENT_MEMBER)
        append_member_name (self, frame, path);
      else if (frame->element == XML_RPC_ELEMENT_DATA && frame->index > 0)
        g_string_append_printf (path, "[%u]", frame->index - 1);
    }
}

/* The first error counts. */
static void
take_error (XmlRpcValueDecoder *self,
            GError             *error)
{
  if (self->error == NULL)
    self->error = error;
  else
    g_error_free (error);
}

static void fail (XmlRpcValueDecoder *self,
                  XmlRpcError         code,
                  const char         *format,
                  ...) G_GNUC_PRINTF (3, 4);

static void
fail (XmlRpcValueDecoder *self,
      XmlRpcError         code,
      const char         *format,
      ...)
{
  va_list arguments;

  va_start (arguments, format);
  take_error (self, g_error_new_valist (XML_RPC_ERROR, code, format, arguments));
  va_end (arguments);
}

/* What is not to be inlined, here and below, is rare: within the functions that run
 * for each element and each text it would make these save registers, and check the
 * stack, every time. */
static G_GNUC_NO_INLINE void
fail_type (XmlRpcValueDecoder        *self,
           const XmlRpcVariantLayout *expected,
           const char                *got)
{
  GError *error = NULL;

  xml_rpc_scalar_mismatch (expected, got, &error);
  take_error (self, error);
}

/* Opens the maybes and the variant that the expected type has around a value,
 * once it is known that there is one, and tells what to write within: the
 * expected type, or the natural one. */
static const XmlRpcVariantLayout *
begin_content (XmlRpcValueDecoder        *self,
               Frame                     *value,
               const XmlRpcVariantLayout *natural)
{
  const XmlRpcVariantLayout *layout = value->layout;
  gboolean is_root = self->writer.n_frames == 0;

  while (layout != NULL && (layout->kind == 'm' || layout->kind == 'v'))
    {
      xml_rpc_variant_writer_open (&self->writer, layout);
      value->n_wrappers++;
      layout = layout->kind == 'm' ? xml_rpc_variant_layout_first (layout) : NULL;
    }

  if (self->writer.n_frames > MAX_LEVELS)
    fail (self, XML_RPC_ERROR_LIMIT_EXCEEDED, "the expected type and what is in it nested deeper than a GVariant can be");

  value->content = layout != NULL ? layout : natural;
  if (is_root)
    self->result = value->layout != NULL ? value->layout : natural;

  return value->content;
}

static void
end_content (XmlRpcValueDecoder *self,
             Frame              *value)
{
  for (; value->n_wrappers > 0; value->n_wrappers--)
    xml_rpc_variant_writer_close (&self->writer);
}

static gboolean
is_bytes (const XmlRpcVariantLayout *layout)
{
  return layout->kind == 'a' && layout[1].kind == 'y';
}

static gboolean
check_string (XmlRpcValueDecoder        *self,
              const XmlRpcVariantLayout *layout,
              const char                *text)
{
  if ((layout->kind == 'o' && !g_variant_is_object_path (text)) ||
      (layout->kind == 'g' && !g_variant_is_signature (text)))
    {
      fail (self, XML_RPC_ERROR_TYPE_MISMATCH, "expected %s, got \"%.64s\"",
            layout->kind == 'o' ? "an object path" : "a type signature", text);
      return FALSE;
    }

  return TRUE;
}

/* Ends a string whose text is in its place. */
static void
end_string (XmlRpcValueDecoder        *self,
            gsize                      start,
            const XmlRpcVariantLayout *layout)
{
  XmlRpcBuffer *buffer = &self->writer.buffer;

  xml_rpc_buffer_append_byte (buffer, 0);
  if (check_string (self, layout, (const char *) buffer->data + start))
    xml_rpc_variant_writer_end_bytes (&self->writer, layout);
}

static void
begin_string (XmlRpcValueDecoder *self,
              Frame              *frame,
              Frame              *value)
{
  const XmlRpcVariantLayout *layout = begin_content (self, value, xml_rpc_layout_string);

  if (!xml_rpc_variant_layout_is_string (layout))
    {
      fail_type (self, layout, "string");
      return;
    }
  frame->text_mode = XML_RPC_TEXT_IS_STRING;
  frame->start = self->writer.buffer.length;
}

static void
begin_base64 (XmlRpcValueDecoder *self,
              Frame              *frame,
              Frame              *value)
{
  const XmlRpcVariantLayout *layout = begin_content (self, value, xml_rpc_layout_bytes);

  if (!is_bytes (layout))
    {
      fail_type (self, layout, "base64");
      return;
    }
  frame->text_mode = XML_RPC_TEXT_IS_BASE64;
  xml_rpc_base64_decoder_init (&self->base64);
}

static void
fail_base64 (XmlRpcValueDecoder *self)
{
  guint8 wrong = self->base64.wrong;

  if (self->base64.n_padding > 0)
    fail (self, XML_RPC_ERROR_INVALID_VALUE, "expected base64, got a = that does not end it");
  else if (g_ascii_isgraph (wrong))
    fail (self, XML_RPC_ERROR_INVALID_VALUE, "expected base64, got the character %c", wrong);
  else
    fail (self, XML_RPC_ERROR_INVALID_VALUE, "expected base64, got the byte 0x%02x", wrong);
}

static G_GNUC_NO_INLINE void
add_base64 (XmlRpcValueDecoder *self,
            const char         *text,
            gsize               length)
{
  XmlRpcBuffer *buffer = &self->writer.buffer;
  guint8 *out = xml_rpc_buffer_reserve (buffer, XML_RPC_BASE64_DECODED_MAX (length));
  gsize n_written;

  if (xml_rpc_base64_decoder_feed (&self->base64, text, length, out, &n_written))
    buffer->length += n_written;
  else
    fail_base64 (self);
}

static G_GNUC_NO_INLINE void
end_base64 (XmlRpcValueDecoder *self,
            Frame              *value)
{
  XmlRpcBuffer *buffer = &self->writer.buffer;
  guint8 *out = xml_rpc_buffer_reserve (buffer, XML_RPC_BASE64_FINISH_MAX);
  gsize n_written;

  if (!xml_rpc_base64_decoder_finish (&self->base64, out, &n_written))
    {
      fail (self, XML_RPC_ERROR_INVALID_VALUE, "expected base64, got text that ends within a group of characters");
      return;
    }
  buffer->length += n_written;
  xml_rpc_variant_writer_end_bytes (&self->writer, value->content);
}

static G_GNUC_NO_INLINE void
end_scalar (XmlRpcValueDecoder *self,
            XmlRpcElement       element,
            Frame              *value)
{
  const XmlRpcType *type = xml_rpc_element_get_type (element);
  const XmlRpcVariantLayout *layout = begin_content (self, value, type->natural);
  const char *text = (const char *) xml_rpc_buffer_reserve (&self->text, 1) - self->text.length;
  GError *error = NULL;

  if (!xml_rpc_scalar_write (type, text, self->text.length, layout, &self->writer, &error))
    take_error (self, error);
}

/* The outermost maybe of the expected type has nothing in it. */
static void
end_nil (XmlRpcValueDecoder *self,
         Frame              *value)
{
  if (value->layout != NULL && value->layout->kind == 'm')
    {
      if (self->writer.n_frames == 0)
        self->result = value->layout;
      xml_rpc_variant_writer_open (&self->writer, value->layout);
    }
  else
    {
      const XmlRpcVariantLayout *layout = begin_content (self, value, xml_rpc_layout_nothing);

      if (layout->kind != 'm')
        {
          fail_type (self, layout, "nil");
          return;
        }
      xml_rpc_variant_writer_open (&self->writer, layout);
    }

  xml_rpc_variant_writer_close (&self->writer);
}

static gboolean
enter_container (XmlRpcValueDecoder *self)
{
  if (self->nesting == XML_RPC_MAX_NESTING)
    {
      fail (self, XML_RPC_ERROR_LIMIT_EXCEEDED, "arrays and structs nested more than %d deep", XML_RPC_MAX_NESTING);
      return FALSE;
    }

  self->nesting++;
  return TRUE;
}

static void
begin_array (XmlRpcValueDecoder *self,
             Frame              *frame,
             Frame              *value)
{
  const XmlRpcVariantLayout *layout;

  if (!enter_container (self))
    return;

  layout = begin_content (self, value, xml_rpc_layout_array);
  if (layout->kind != '(' && (layout->kind != 'a' || layout[1].kind == '{'))
    {
      fail_type (self, layout, "array");
      return;
    }

  xml_rpc_variant_writer_open (&self->writer, layout);
  frame->layout = xml_rpc_variant_layout_first (layout);
  if (layout->kind == '(')
    frame->end = xml_rpc_variant_layout_next (layout);
}

static void
fail_count (XmlRpcValueDecoder        *self,
            const XmlRpcVariantLayout *tuple,
            guint                      got,
            const char                *more)
{
  fail (self, XML_RPC_ERROR_TYPE_MISMATCH, "expected %u items in the array, got %u%s",
        xml_rpc_variant_layout_count_members (tuple), got, more);
}

static void
end_array (XmlRpcValueDecoder *self,
           const Frame        *frame,
           Frame              *value)
{
  if (frame->end != NULL && frame->layout != frame->end)
    {
      fail_count (self, value->content, frame->index, "");
      return;
    }

  xml_rpc_variant_writer_close (&self->writer);
  self->nesting--;
}

static void
begin_struct (XmlRpcValueDecoder *self,
              Frame              *frame,
              Frame              *value)
{
  const XmlRpcVariantLayout *layout;

  if (!enter_container (self))
    return;

  layout = begin_content (self, value, xml_rpc_layout_struct);
  if (layout->kind != '{' && (layout->kind != 'a' || layout[1].kind != '{'))
    {
      fail_type (self, layout, "struct");
      return;
    }

  frame->layout = layout;
  if (layout->kind == 'a')
    {
      xml_rpc_variant_writer_open (&self->writer, layout);
      frame->is_container = TRUE;
      frame->layout = xml_rpc_variant_layout_first (layout);
    }
}

static void
end_struct (XmlRpcValueDecoder *self,
            const Frame        *frame)
{
  if (frame->is_container)
    xml_rpc_variant_writer_close (&self->writer);
  else if (frame->index == 0)
    fail (self, XML_RPC_ERROR_TYPE_MISMATCH, "expected a struct with one member, got one without");

  self->nesting--;
}

static void
begin_member (XmlRpcValueDecoder *self,
              Frame              *member,
              Frame              *parent)
{
  const XmlRpcVariantLayout *entry = parent->layout;

  if (!parent->is_container && parent->index > 0)
    {
      fail (self, XML_RPC_ERROR_TYPE_MISMATCH, "expected a struct with one member, got more");
      return;
    }

  parent->index++;
  xml_rpc_variant_writer_open (&self->writer, entry);
  member->layout = xml_rpc_variant_layout_next (xml_rpc_variant_layout_first (entry));
  member->key = xml_rpc_variant_layout_first (entry);
  member->start = self->writer.buffer.length;
}

static void
end_member (XmlRpcValueDecoder *self,
            const Frame        *member)
{
  if (!member->has_name || !member->has_value)
    fail (self, XML_RPC_ERROR_INVALID_MESSAGE, "a member without a %s", member->has_name ? "value" : "name");
  else
    xml_rpc_variant_writer_close (&self->writer);
}

/* The name goes to its place, or when it comes after the value has to be put
 * in before it. */
static void
begin_name (XmlRpcValueDecoder *self,
            Frame              *frame,
            const Frame        *member)
{
  if (member->has_name)
    {
      fail (self, XML_RPC_ERROR_INVALID_MESSAGE, "a member with two names");
      return;
    }

  frame->text_mode = member->has_value ? XML_RPC_TEXT_IS_COLLECTED : XML_RPC_TEXT_IS_STRING;
}

static void
end_name (XmlRpcValueDecoder *self,
          Frame              *member)
{
  if (!member->has_value)
    {
      end_string (self, member->start, member->key);
    }
  else
    {
      gsize length = self->text.length;

      xml_rpc_buffer_append_byte (&self->text, 0);
      if (check_string (self, member->key, (const char *) self->text.data))
        xml_rpc_variant_writer_prepend_key (&self->writer, (const char *) self->text.data, length);
    }

  /* One that failed is nothing to show. */
  member->has_name = self->error == NULL;
}

/* Takes the layout of the next child. */
static const XmlRpcVariantLayout *
next_layout (Frame *parent)
{
  const XmlRpcVariantLayout *layout = parent->layout;

  parent->index++;
  if (parent->end != NULL)
    parent->layout = xml_rpc_variant_layout_next (layout);

  return layout;
}

/* Takes back all text that was written for a value. */
static void
rewind_value (XmlRpcValueDecoder *self,
              Frame              *value)
{
  xml_rpc_variant_writer_rewind (&self->writer, &value->mark);
  value->n_wrappers = 0;
  value->has_text = FALSE;
}

/* Writes the text of a value as a string, since it mostly is one; white space
 * before an element is taken back then. */
static G_GNUC_NO_INLINE void
add_value_text (XmlRpcValueDecoder *self,
                Frame              *value,
                const char         *text,
                gsize               length)
{
  if (!value->has_text)
    {
      const XmlRpcVariantLayout *layout = begin_content (self, value, xml_rpc_layout_string);

      if (!xml_rpc_variant_layout_is_string (layout))
        {
          if (xml_rpc_text_is_blank (text, length))
            rewind_value (self, value);
          else
            fail_type (self, layout, "string");
          return;
        }
      value->has_text = TRUE;
      value->start = self->writer.buffer.length;
    }

  xml_rpc_buffer_append (&self->writer.buffer, text, length);
}

/* The element that tells the type of a value begins. */
static void
begin_type (XmlRpcValueDecoder *self,
            Frame              *frame,
            Frame              *value)
{
  if (value->has_value)
    {
      fail (self, XML_RPC_ERROR_INVALID_MESSAGE, "two types in one <value>");
      return;
    }

  if (value->has_text)
    {
      if (!xml_rpc_text_is_blank ((const char *) self->writer.buffer.data + value->start, self->writer.buffer.length - value->start))
        {
          fail (self, XML_RPC_ERROR_INVALID_MESSAGE, "text beside <%s> in a <value>",
                xml_rpc_element_get_name (frame->element));
          return;
        }
      rewind_value (self, value);
    }

  value->has_value = TRUE;
  value->text_mode = XML_RPC_TEXT_IS_BLANK;

  switch ((int) frame->element)
    {
    case XML_RPC_ELEMENT_FIRST_TYPE + XML_RPC_VALUE_ARRAY:
      begin_array (self, frame, value);
      break;
    case XML_RPC_ELEMENT_FIRST_TYPE + XML_RPC_VALUE_STRUCT:
      begin_struct (self, frame, value);
      break;
    case XML_RPC_ELEMENT_FIRST_TYPE + XML_RPC_VALUE_STRING:
      begin_string (self, frame, value);
      break;
    case XML_RPC_ELEMENT_FIRST_TYPE + XML_RPC_VALUE_BASE64:
      begin_base64 (self, frame, value);
      break;
    case XML_RPC_ELEMENT_FIRST_TYPE + XML_RPC_VALUE_NIL:
      break;
    default:
      frame->text_mode = XML_RPC_TEXT_IS_COLLECTED;
      break;
    }
}

static void
end_type (XmlRpcValueDecoder *self,
          Frame              *frame,
          Frame              *value)
{
  switch ((int) frame->element)
    {
    case XML_RPC_ELEMENT_FIRST_TYPE + XML_RPC_VALUE_ARRAY:
      end_array (self, frame, value);
      break;
    case XML_RPC_ELEMENT_FIRST_TYPE + XML_RPC_VALUE_STRUCT:
      end_struct (self, frame);
      break;
    case XML_RPC_ELEMENT_FIRST_TYPE + XML_RPC_VALUE_STRING:
      end_string (self, frame->start, value->content);
      break;
    case XML_RPC_ELEMENT_FIRST_TYPE + XML_RPC_VALUE_BASE64:
      end_base64 (self, value);
      break;
    case XML_RPC_ELEMENT_FIRST_TYPE + XML_RPC_VALUE_NIL:
      end_nil (self, value);
      break;
    default:
      end_scalar (self, frame->element, value);
      break;
    }
}

static void
begin_value (XmlRpcValueDecoder        *self,
             Frame                     *value,
             const XmlRpcVariantLayout *layout)
{
  value->text_mode = XML_RPC_TEXT_IS_VALUE;
  value->layout = layout;
  xml_rpc_variant_writer_mark (&self->writer, &value->mark);
}

/* A value in an array or a struct. */
static void
begin_child (XmlRpcValueDecoder *self,
             Frame              *value,
             Frame              *parent)
{
  if (parent->element == XML_RPC_ELEMENT_MEMBER && parent->has_value)
    fail (self, XML_RPC_ERROR_INVALID_MESSAGE, "two values in one <member>");
  else if (parent->element == XML_RPC_ELEMENT_DATA && parent->end != NULL && parent->layout == parent->end)
    fail_count (self, parent[-2].content, parent->index + 1, " or more");
  else
    begin_value (self, value, parent->element == XML_RPC_ELEMENT_DATA ? next_layout (parent) : parent->layout);
}

static void
end_value (XmlRpcValueDecoder *self,
           Frame              *value)
{
  if (!value->has_value && !value->has_text)
    {
      const XmlRpcVariantLayout *layout = begin_content (self, value, xml_rpc_layout_string);

      if (!xml_rpc_variant_layout_is_string (layout))
        {
          fail_type (self, layout, "string");
          return;
        }
      value->start = self->writer.buffer.length;
    }

  if (!value->has_value)
    end_string (self, value->start, value->content);

  end_content (self, value);
  if (value > self->frames + 1)
    value[-1].has_value = TRUE;
}

static void
begin_data (XmlRpcValueDecoder *self,
            Frame              *data,
            Frame              *array)
{
  if (array->has_value)
    {
      fail (self, XML_RPC_ERROR_INVALID_MESSAGE, "a second <data> in an <array>");
      return;
    }

  array->has_value = TRUE;
  data->layout = array->layout;
  data->end = array->end;
}

static void
end_data (const Frame *data,
          Frame       *array)
{
  array->layout = data->layout;
  array->index = data->index;
}

static Frame *
push_frame (XmlRpcValueDecoder *self,
            XmlRpcElement       element)
{
  Frame *frame = ++self->top;

  g_assert (frame < self->frames + G_N_ELEMENTS (self->frames));

  memset (frame, 0, G_STRUCT_OFFSET (Frame, mark));
  frame->element = element;
  self->text.length = 0;

  return frame;
}

void
xml_rpc_value_decoder_begin (XmlRpcValueDecoder        *self,
                             const XmlRpcVariantLayout *layout)
{
  begin_value (self, push_frame (self, XML_RPC_ELEMENT_VALUE), layout);
}

void
xml_rpc_value_decoder_add_nothing (XmlRpcValueDecoder        *self,
                                   const XmlRpcVariantLayout *layout)
{
  Frame value = { .element = XML_RPC_ELEMENT_VALUE, .layout = layout };

  end_nil (self, &value);
  end_content (self, &value);
}

void
xml_rpc_value_decoder_start_element (XmlRpcValueDecoder *self,
                                     XmlRpcElement       element)
{
  Frame *frame = push_frame (self, element);
  Frame *parent = frame - 1;

  switch ((int) element)
    {
    case XML_RPC_ELEMENT_VALUE:
      begin_child (self, frame, parent);
      break;
    case XML_RPC_ELEMENT_DATA:
      begin_data (self, frame, parent);
      break;
    case XML_RPC_ELEMENT_MEMBER:
      begin_member (self, frame, parent);
      break;
    case XML_RPC_ELEMENT_NAME:
      begin_name (self, frame, parent);
      break;
    default:
      begin_type (self, frame, parent);
      break;
    }
}

void
xml_rpc_value_decoder_end_element (XmlRpcValueDecoder *self)
{
  Frame *frame = self->top;
  Frame *parent = frame - 1;

  switch ((int) frame->element)
    {
    case XML_RPC_ELEMENT_VALUE:
      end_value (self, frame);
      break;
    case XML_RPC_ELEMENT_DATA:
      end_data (frame, parent);
      break;
    case XML_RPC_ELEMENT_MEMBER:
      end_member (self, frame);
      break;
    case XML_RPC_ELEMENT_NAME:
      end_name (self, parent);
      break;
    default:
      end_type (self, frame, parent);
      break;
    }

  /* The place of an error is that of the element. */
  if (self->error == NULL)
    self->top--;
}

/* Between elements. */
static G_GNUC_NO_INLINE void
check_blank (XmlRpcValueDecoder *self,
             const char         *text,
             gsize               length)
{
  if (!xml_rpc_text_is_blank (text, length))
    fail (self, XML_RPC_ERROR_INVALID_MESSAGE, "unexpected text in <%s>",
          xml_rpc_element_get_name (self->top->element));
}

void
xml_rpc_value_decoder_add_text (XmlRpcValueDecoder *self,
                                const char         *text,
                                gsize               length)
{
  Frame *frame = self->top;

  switch (frame->text_mode)
    {
    case XML_RPC_TEXT_IS_STRING:
      xml_rpc_buffer_append (&self->writer.buffer, text, length);
      break;
    case XML_RPC_TEXT_IS_VALUE:
      add_value_text (self, frame, text, length);
      break;
    case XML_RPC_TEXT_IS_COLLECTED:
      xml_rpc_buffer_append (&self->text, text, length);
      break;
    case XML_RPC_TEXT_IS_BASE64:
      add_base64 (self, text, length);
      break;
    case XML_RPC_TEXT_IS_BLANK:
    default:
      check_blank (self, text, length);
      break;
    }
}

gsize
xml_rpc_value_decoder_add_raw_text (XmlRpcValueDecoder *self,
                                    const char         *text,
                                    gsize               length)
{
  XmlRpcBuffer *buffer = &self->writer.buffer;
  gsize n_read, n_written;
  guint8 *out;

  if (self->top->text_mode != XML_RPC_TEXT_IS_BASE64)
    return 0;

  out = xml_rpc_buffer_reserve (buffer, XML_RPC_BASE64_DECODED_MAX (length));
  n_read = xml_rpc_base64_decoder_feed_plain (&self->base64, text, length, out, &n_written);
  buffer->length += n_written;

  return n_read;
}
