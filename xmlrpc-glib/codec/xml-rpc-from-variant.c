/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A GVariant becomes tokens, in one walk over its serialised form. What a type of GVariant
 * is in XML-RPC stands in the table of types; beyond that
 *
 * - every array and every tuple is an array, but "ay" is a binary and "(os)" of a known
 *   path what that path says;
 * - a dictionary with strings for keys is a struct, and so is a single entry;
 * - a variant, and a maybe with something in it, is what is in it, and a maybe with nothing
 *   is nil. */

#include "xml-rpc-stream-private.h"

#include "../variant/xml-rpc-variant-reader-private.h"

/* Variants within variants leave no trace, but GVariant has a limit as well. */
#define MAX_LEVELS 128

typedef struct
{
  XmlRpcSink          *sink;
  XmlRpcVariantReader  reader;
  guint                n_levels;   /* variants and maybes around the value */
} Walk;

/* These return FALSE if the sink has failed. */
static gboolean tell_value (Walk                    *self,
                            const XmlRpcVariantSpan *span);

static gboolean
is_going_on (const Walk *self)
{
  return !xml_rpc_sink_has_failed (self->sink);
}

static gboolean
fail_layout (Walk                      *self,
             const XmlRpcVariantLayout *layout)
{
  xml_rpc_sink_fail (self->sink, XML_RPC_ERROR_UNSUPPORTED_TYPE,
                     "XML-RPC has no form for the type \"%.*s\"", (int) layout->type_length, layout->type);
  return FALSE;
}

static inline void
tell_text (Walk                    *self,
           const XmlRpcType        *type,
           const XmlRpcVariantSpan *span)
{
  xml_rpc_sink_add_whole_text (self->sink, type, (const char *) span->data, span->size - 1);
}

static inline void
tell_integer (Walk                    *self,
              const XmlRpcType        *type,
              const XmlRpcVariantSpan *span)
{
  const gint64 value = xml_rpc_variant_span_get_integer (span);

  if (G_UNLIKELY (value < 0 && span->layout->kind == 't'))
    xml_rpc_sink_fail (self->sink, XML_RPC_ERROR_INVALID_VALUE,
                       "expected an integer up to %" G_GINT64_FORMAT ", got %" G_GUINT64_FORMAT,
                       G_MAXINT64, (guint64) value);
  else
    self->sink->ops->add_integer (self->sink, type, value);
}

static inline void
tell_double (Walk                    *self,
             const XmlRpcVariantSpan *span)
{
  double value;

  memcpy (&value, span->data, sizeof value);
  self->sink->ops->add_double (self->sink, value);
}

static gboolean
tell_bytes (Walk                    *self,
            const XmlRpcVariantSpan *span)
{
  self->sink->ops->begin_bytes (self->sink);
  xml_rpc_sink_add_bytes (self->sink, span->data, span->size);
  self->sink->ops->end_bytes (self->sink);

  return is_going_on (self);
}

static gboolean
tell_array (Walk                    *self,
            const XmlRpcVariantSpan *span)
{
  XmlRpcVariantSpanIter iter;
  XmlRpcVariantSpan item;

  xml_rpc_sink_begin_array (self->sink);
  if (!is_going_on (self))
    return FALSE;

  xml_rpc_variant_span_iter_init (&iter, &self->reader, span);
  while (xml_rpc_variant_span_iter_next (&iter, &item))
    {
      xml_rpc_sink_begin_item (self->sink);
      if (!tell_value (self, &item))
        return FALSE;
    }
  xml_rpc_sink_end_array (self->sink);

  return is_going_on (self);
}

static gboolean
tell_member (Walk                    *self,
             const XmlRpcVariantSpan *entry)
{
  XmlRpcVariantSpan name, value;

  xml_rpc_variant_span_open_pair (entry, &name, &value);
  xml_rpc_sink_begin_member (self->sink, (const char *) name.data, name.size - 1);
  if (!is_going_on (self) || !tell_value (self, &value))
    return FALSE;
  xml_rpc_sink_end_member (self->sink);

  return TRUE;
}

static gboolean
tell_members (Walk                    *self,
              const XmlRpcVariantSpan *span)
{
  XmlRpcVariantSpanIter iter;
  XmlRpcVariantSpan entry;

  if (span->layout->kind == '{')
    return tell_member (self, span);

  xml_rpc_variant_span_iter_init (&iter, &self->reader, span);
  while (xml_rpc_variant_span_iter_next (&iter, &entry))
    {
      if (!tell_member (self, &entry))
        return FALSE;
    }

  return TRUE;
}

static gboolean
tell_struct (Walk                    *self,
             const XmlRpcVariantSpan *span)
{
  const XmlRpcVariantLayout *entry = span->layout->kind == '{' ? span->layout : span->layout + 1;

  if (!xml_rpc_variant_layout_is_string (xml_rpc_variant_layout_first (entry)))
    return fail_layout (self, span->layout);

  xml_rpc_sink_begin_struct (self->sink);
  if (!is_going_on (self) || !tell_members (self, span))
    return FALSE;
  xml_rpc_sink_end_struct (self->sink);

  return is_going_on (self);
}

static gboolean
tell_tuple (Walk                    *self,
            const XmlRpcVariantSpan *span)
{
  XmlRpcVariantSpan path, text;
  const XmlRpcType *type;

  if (!xml_rpc_type_is_layout_special (span->layout))
    return tell_array (self, span);

  xml_rpc_variant_span_open_pair (span, &path, &text);
  type = xml_rpc_type_find_by_path ((const char *) path.data);

  if (type == NULL)
    return tell_array (self, span);

  if (type->form == XML_RPC_FORM_DECIMAL)
    xml_rpc_sink_add_value_text (self->sink, type, (const char *) text.data, text.size - 1);
  else
    tell_text (self, type, &text);
  return is_going_on (self);
}

/* The content of a maybe or a variant, or nil if there is none. */
static gboolean
tell_content (Walk                    *self,
              const XmlRpcVariantSpan *span)
{
  XmlRpcVariantSpanIter iter;
  XmlRpcVariantSpan content;

  if (self->n_levels == MAX_LEVELS)
    {
      xml_rpc_sink_fail (self->sink, XML_RPC_ERROR_LIMIT_EXCEEDED,
                         "variants and maybes nested more than %d deep", MAX_LEVELS);
      return FALSE;
    }

  xml_rpc_variant_span_iter_init (&iter, &self->reader, span);
  if (!xml_rpc_variant_span_iter_next (&iter, &content))
    {
      self->sink->ops->add_nil (self->sink);
      return is_going_on (self);
    }

  self->n_levels++;
  if (!tell_value (self, &content))
    return FALSE;
  self->n_levels--;

  return TRUE;
}

static gboolean
tell_container (Walk                    *self,
                const XmlRpcVariantSpan *span)
{
  switch (span->layout->kind)
    {
    case 'v':
    case 'm':
      return tell_content (self, span);
    case '(':
      return tell_tuple (self, span);
    case '{':
      return tell_struct (self, span);
    case 'a':
      if (span->layout[1].kind == 'y')
        return tell_bytes (self, span);
      return span->layout[1].kind == '{' ? tell_struct (self, span) : tell_array (self, span);
    default:
      return fail_layout (self, span->layout);
    }
}

static gboolean
tell_value (Walk                    *self,
            const XmlRpcVariantSpan *span)
{
  XmlRpcVariantSpan content;
  const XmlRpcType *type;

  if (span->layout->kind == 'v' && self->n_levels < MAX_LEVELS && xml_rpc_variant_span_open_basic (span, &content))
    span = &content;

  type = xml_rpc_types_by_variant[(guint8) span->layout->kind];
  if (type == NULL)
    return tell_container (self, span);

  switch ((int) type->form)
    {
    case XML_RPC_FORM_INTEGER:
      tell_integer (self, type, span);
      break;
    case XML_RPC_FORM_TEXT:
      tell_text (self, type, span);
      break;
    case XML_RPC_FORM_DOUBLE:
      tell_double (self, span);
      break;
    default:
      self->sink->ops->add_boolean (self->sink, *span->data != 0);
      break;
    }

  return is_going_on (self);
}

static void
walk_init (Walk       *self,
           GVariant   *value,
           XmlRpcSink *sink)
{
  xml_rpc_type_init ();
  self->sink = sink;
  self->n_levels = 0;
  xml_rpc_variant_reader_init (&self->reader, value);
  /* Most of what becomes of it is as long or longer. */
  xml_rpc_buffer_reserve (sink->out, self->reader.root.size);
}

void
xml_rpc_from_variant_tell_value (GVariant   *value,
                                 XmlRpcSink *sink)
{
  Walk self;

  walk_init (&self, value, sink);
  tell_value (&self, &self.reader.root);
  xml_rpc_variant_reader_clear (&self.reader);
}

static void
tell_params (Walk *self)
{
  XmlRpcVariantSpanIter iter;
  XmlRpcVariantSpan param;

  xml_rpc_variant_span_iter_init (&iter, &self->reader, &self->reader.root);
  while (xml_rpc_variant_span_iter_next (&iter, &param))
    {
      xml_rpc_sink_begin_param (self->sink);
      if (!tell_value (self, &param))
        return;
      xml_rpc_sink_end_param (self->sink);
    }
}

void
xml_rpc_from_variant_tell_params (GVariant   *params,
                                  XmlRpcSink *sink)
{
  Walk self;

  walk_init (&self, params, sink);
  tell_params (&self);
  xml_rpc_variant_reader_clear (&self.reader);
}
