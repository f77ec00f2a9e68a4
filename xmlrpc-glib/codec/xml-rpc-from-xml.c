/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The elements of a <value> become tokens. A stack has an entry for each open element;
 * what is to be done with text depends on the innermost one.
 *
 * - Text in a <value> is a string, if no element follows. White space is kept back until
 *   that is known, and anything else decides it.
 * - The text of a number or a boolean is collected, and read when its element ends. All
 *   other text is told as it comes, that of <base64> decoded.
 * - A member begins for the sink with its name, or with its value if that comes first:
 *   then the name is put before it afterwards. */

#include "xml-rpc-from-xml-private.h"

#include "xml-rpc-text-private.h"

typedef XmlRpcFromXmlFrame Frame;

void
xml_rpc_from_xml_init (XmlRpcFromXml *self)
{
  /* The frames are many, and each is filled when it is used. */
  memset (self, 0, G_STRUCT_OFFSET (XmlRpcFromXml, frames));
  self->top = self->frames;
  self->max_values = G_MAXSIZE;
}

void
xml_rpc_from_xml_clear (XmlRpcFromXml *self)
{
  xml_rpc_buffer_clear (&self->text);
}

static G_GNUC_NO_INLINE void
fail (XmlRpcFromXml *self,
      const char    *message)
{
  xml_rpc_sink_fail (self->sink, XML_RPC_ERROR_INVALID_MESSAGE, "%s", message);
}

static G_GNUC_NO_INLINE void
fail_count (XmlRpcFromXml *self)
{
  xml_rpc_sink_fail (self->sink, XML_RPC_ERROR_LIMIT_EXCEEDED,
                     "expected a message with at most %" G_GSIZE_FORMAT " values, got more", self->max_values);
}

/* The element that tells the type of a value begins. */
static void
begin_type (XmlRpcFromXml *self,
            Frame         *frame,
            Frame         *value)
{
  const XmlRpcType *type = xml_rpc_element_get_type ((XmlRpcElement) frame->element);

  if (value->has_value)
    {
      fail (self, "two types in one <value>");
      return;
    }

  if (value->has_text)
    {
      xml_rpc_sink_fail (self->sink, XML_RPC_ERROR_INVALID_MESSAGE, "text beside <%s> in a <value>", type->name);
      return;
    }

  value->has_value = TRUE;
  value->text_mode = XML_RPC_TEXT_IS_BLANK;

  switch (type->form)
    {
    case XML_RPC_FORM_ARRAY:
      xml_rpc_sink_begin_array (self->sink);
      break;
    case XML_RPC_FORM_STRUCT:
      xml_rpc_sink_begin_struct (self->sink);
      break;
    case XML_RPC_FORM_TEXT:
      frame->text_mode = XML_RPC_TEXT_IS_TEXT;
      self->sink->ops->begin_text (self->sink, type);
      break;
    case XML_RPC_FORM_BYTES:
      frame->text_mode = XML_RPC_TEXT_IS_BASE64;
      xml_rpc_base64_decoder_init (&self->base64);
      self->sink->ops->begin_bytes (self->sink);
      break;
    case XML_RPC_FORM_NIL:
      break;
    case XML_RPC_FORM_INTEGER:
    case XML_RPC_FORM_DOUBLE:
    case XML_RPC_FORM_DECIMAL:
    case XML_RPC_FORM_BOOLEAN:
    default:
      frame->text_mode = XML_RPC_TEXT_IS_COLLECTED;
      break;
    }
}

static void
end_type (XmlRpcFromXml *self,
          const Frame   *frame)
{
  const XmlRpcType *type = xml_rpc_element_get_type ((XmlRpcElement) frame->element);

  switch (type->form)
    {
    case XML_RPC_FORM_ARRAY:
      xml_rpc_sink_end_array (self->sink);
      break;
    case XML_RPC_FORM_STRUCT:
      xml_rpc_sink_end_struct (self->sink);
      break;
    case XML_RPC_FORM_TEXT:
      self->sink->ops->end_text (self->sink);
      break;
    case XML_RPC_FORM_BYTES:
      xml_rpc_sink_end_base64 (self->sink, &self->base64);
      break;
    case XML_RPC_FORM_NIL:
      self->sink->ops->add_nil (self->sink);
      break;
    case XML_RPC_FORM_INTEGER:
    case XML_RPC_FORM_DOUBLE:
    case XML_RPC_FORM_DECIMAL:
    case XML_RPC_FORM_BOOLEAN:
    default:
      xml_rpc_sink_add_value_text (self->sink, type,
                                   (const char *) xml_rpc_buffer_reserve (&self->text, 1) - self->text.length,
                                   self->text.length);
      break;
    }
}

/* A value in an array or a struct. */
static void
begin_child (XmlRpcFromXml *self,
             Frame         *value,
             const Frame   *parent)
{
  value->text_mode = XML_RPC_TEXT_IS_VALUE;

  if (parent->element == XML_RPC_ELEMENT_DATA)
    xml_rpc_sink_begin_item (self->sink);
  else if (parent->has_value)
    xml_rpc_sink_fail (self->sink, XML_RPC_ERROR_INVALID_MESSAGE, "two values in one <%s>",
                       xml_rpc_element_get_name ((XmlRpcElement) parent->element));
  else if (!parent->has_text)
    xml_rpc_sink_begin_unnamed_member (self->sink);

  if (G_UNLIKELY (++self->n_values > self->max_values))
    fail_count (self);
}

/* Text of a value, which is a string then. */
static void
begin_string (XmlRpcFromXml *self)
{
  self->sink->ops->begin_text (self->sink, &xml_rpc_types[XML_RPC_VALUE_STRING]);
  xml_rpc_sink_add_text (self->sink, (const char *) self->text.data, self->text.length);
}

static G_GNUC_NO_INLINE void
add_value_text (XmlRpcFromXml *self,
                Frame         *value,
                const char    *text,
                gsize          length)
{
  if (!value->has_text && xml_rpc_text_is_blank (text, length))
    {
      xml_rpc_buffer_append (&self->text, text, length);
      return;
    }

  if (!value->has_text)
    {
      value->has_text = TRUE;
      begin_string (self);
    }
  xml_rpc_sink_add_text (self->sink, text, length);
}

static void
end_value (XmlRpcFromXml *self,
           Frame         *value)
{
  if (!value->has_value)
    {
      if (!value->has_text)
        begin_string (self);
      self->sink->ops->end_text (self->sink);
    }

  value[-1].has_value = TRUE;
}

static void
begin_data (XmlRpcFromXml *self,
            Frame         *array)
{
  if (array->has_value)
    fail (self, "a second <data> in an <array>");

  array->has_value = TRUE;
}

/* What is in it takes the place of the value around it. That has no member to be named, as
 * the fault itself is one that has its name. */
static G_GNUC_NO_INLINE void
begin_fault (XmlRpcFromXml *self,
             Frame         *fault,
             Frame         *value)
{
  if (value->has_value || value->has_text)
    {
      fail (self, "a <fault> beside something else in a <value>");
      return;
    }

  value->has_value = TRUE;
  value->text_mode = XML_RPC_TEXT_IS_BLANK;
  fault->has_text = TRUE;
}

/* Within such a fault. */
static G_GNUC_NO_INLINE void
begin_param (XmlRpcFromXml *self,
             Frame         *param,
             const Frame   *fault)
{
  param->has_text = TRUE;
  if (fault->has_value)
    fail (self, "two values in one <fault>");
}

static void
begin_name (XmlRpcFromXml *self,
            Frame         *name,
            const Frame   *member)
{
  if (member->has_text)
    {
      fail (self, "a member with two names");
      return;
    }

  /* An empty one is to have its place, too. */
  xml_rpc_buffer_reserve (&self->sink->names, 1);
  name->text_mode = XML_RPC_TEXT_IS_NAME;
  self->sink->place->name_start = self->sink->names.length;
}

static void
end_name (XmlRpcFromXml *self,
          Frame         *member)
{
  member->has_text = TRUE;
  if (member->has_value)
    xml_rpc_sink_prepend_collected_name (self->sink);
  else
    xml_rpc_sink_begin_collected_member (self->sink);
}

static void
end_member (XmlRpcFromXml *self,
            const Frame   *member)
{
  if (!member->has_text || !member->has_value)
    {
      fail (self, member->has_text ? "a member without a value" : "a member without a name");
      return;
    }

  self->sink->names.length = self->sink->place->name_start;
  xml_rpc_sink_end_member (self->sink);
}

static inline Frame *
push_frame (XmlRpcFromXml *self,
            XmlRpcElement  element)
{
  Frame *frame = ++self->top;

  g_assert (frame < self->frames + G_N_ELEMENTS (self->frames));

  *frame = (Frame) { .element = (guint8) element, .text_mode = XML_RPC_TEXT_IS_BLANK };
  self->text.length = 0;

  return frame;
}

void
xml_rpc_from_xml_begin (XmlRpcFromXml *self)
{
  push_frame (self, XML_RPC_ELEMENT_VALUE)->text_mode = XML_RPC_TEXT_IS_VALUE;
  if (++self->n_values > self->max_values)
    fail_count (self);
}

void
xml_rpc_from_xml_start_element (XmlRpcFromXml *self,
                                XmlRpcElement  element)
{
  Frame *frame = push_frame (self, element);
  Frame *parent = frame - 1;

  switch ((int) element)
    {
    case XML_RPC_ELEMENT_VALUE:
      begin_child (self, frame, parent);
      break;
    case XML_RPC_ELEMENT_DATA:
      begin_data (self, parent);
      break;
    case XML_RPC_ELEMENT_MEMBER:
      self->sink->place->kind = XML_RPC_PLACE_UNNAMED;
      break;
    case XML_RPC_ELEMENT_NAME:
      begin_name (self, frame, parent);
      break;
    case XML_RPC_ELEMENT_FAULT:
      begin_fault (self, frame, parent);
      break;
    case XML_RPC_ELEMENT_PARAM:
      begin_param (self, frame, parent);
      break;
    default:
      begin_type (self, frame, parent);
      break;
    }
}

void
xml_rpc_from_xml_imply_data (XmlRpcFromXml *self)
{
  xml_rpc_from_xml_start_element (self, XML_RPC_ELEMENT_DATA);
  self->top->text_mode = XML_RPC_TEXT_IS_IMPLIED;
}

void
xml_rpc_from_xml_imply_value (XmlRpcFromXml *self)
{
  self->top[-1].text_mode = XML_RPC_TEXT_IS_IMPLIED;
}

gboolean
xml_rpc_from_xml_takes_fault (XmlRpcFromXml *self)
{
  const gsize depth = (gsize) (self->top - self->frames);

  if (depth == 3)
    return self->top->element == XML_RPC_ELEMENT_DATA;

  return depth == 4 && self->top[-1].element == XML_RPC_ELEMENT_DATA;
}

/* A value that was left out ends with what is in it. */
static inline void
end_implied_value (XmlRpcFromXml *self,
                   const Frame   *content)
{
  if (G_UNLIKELY (content[-1].text_mode == XML_RPC_TEXT_IS_IMPLIED))
    end_value (self, self->top--);
}

/* Or of a param in it, which is the value of the fault then. */
static G_GNUC_NO_INLINE void
end_fault (XmlRpcFromXml *self,
           Frame         *fault)
{
  if (!fault->has_value)
    xml_rpc_sink_fail (self->sink, XML_RPC_ERROR_INVALID_MESSAGE, "a <%s> without a <value>",
                       xml_rpc_element_get_name ((XmlRpcElement) fault->element));

  fault[-1].has_value = TRUE;
  end_implied_value (self, fault);
}

/* The end of <array> when <data> was left out. */
static G_GNUC_NO_INLINE void
end_array_without_data (XmlRpcFromXml *self)
{
  const Frame *array = self->top--;

  end_type (self, array);
  end_implied_value (self, array);
}

void
xml_rpc_from_xml_end_element (XmlRpcFromXml *self)
{
  Frame *frame = self->top--;

  switch (frame->element)
    {
    case XML_RPC_ELEMENT_VALUE:
      end_value (self, frame);
      break;
    case XML_RPC_ELEMENT_DATA:
      if (G_UNLIKELY (frame->text_mode == XML_RPC_TEXT_IS_IMPLIED))
        end_array_without_data (self);
      break;
    case XML_RPC_ELEMENT_FAULT:
    case XML_RPC_ELEMENT_PARAM:
      end_fault (self, frame);
      break;
    case XML_RPC_ELEMENT_MEMBER:
      end_member (self, frame);
      break;
    case XML_RPC_ELEMENT_NAME:
      end_name (self, frame - 1);
      break;
    default:
      end_type (self, frame);
      end_implied_value (self, frame);
      break;
    }
}

/* Between elements. */
static G_GNUC_NO_INLINE void
check_blank (XmlRpcFromXml *self,
             const char    *text,
             gsize          length)
{
  if (!xml_rpc_text_is_blank (text, length))
    xml_rpc_sink_fail (self->sink, XML_RPC_ERROR_INVALID_MESSAGE, "unexpected text in <%s>",
                       xml_rpc_element_get_name (xml_rpc_from_xml_get_element (self)));
}

void
xml_rpc_from_xml_add_text (XmlRpcFromXml *self,
                           const char    *text,
                           gsize          length)
{
  switch (self->top->text_mode)
    {
    case XML_RPC_TEXT_IS_TEXT:
      xml_rpc_sink_add_text (self->sink, text, length);
      break;
    case XML_RPC_TEXT_IS_VALUE:
      add_value_text (self, self->top, text, length);
      break;
    case XML_RPC_TEXT_IS_COLLECTED:
      xml_rpc_buffer_append (&self->text, text, length);
      break;
    case XML_RPC_TEXT_IS_NAME:
      xml_rpc_buffer_append (&self->sink->names, text, length);
      break;
    case XML_RPC_TEXT_IS_BASE64:
      xml_rpc_sink_add_base64 (self->sink, &self->base64, text, length);
      break;
    case XML_RPC_TEXT_IS_BLANK:
    default:
      check_blank (self, text, length);
      break;
    }
}

gsize
xml_rpc_from_xml_add_raw_text (XmlRpcFromXml *self,
                               const char    *text,
                               gsize          length)
{
  gsize n_read, n_written;
  guint8 *out;

  if (self->top->text_mode != XML_RPC_TEXT_IS_BASE64)
    return 0;

  out = xml_rpc_sink_reserve_bytes (self->sink, XML_RPC_BASE64_DECODED_MAX (length));
  n_read = xml_rpc_base64_decoder_feed_plain (&self->base64, text, length, out, &n_written);
  xml_rpc_sink_commit_bytes (self->sink, n_written);

  return n_read;
}
