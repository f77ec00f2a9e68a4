/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-decoder-private.h"

#include "../variant/xml-rpc-variant-writer-private.h"
#include "../xml-rpc-error.h"
#include "xml-rpc-base64-private.h"
#include "xml-rpc-element-private.h"
#include "xml-rpc-limits-private.h"
#include "xml-rpc-parser-private.h"
#include "xml-rpc-scalar-private.h"

/* The most elements that are open at a time: an array or a struct has three
 * (value, array, data), around them are methodResponse, params, param, and
 * within the innermost a value and its type. */
#define MAX_ELEMENTS (3 * XML_RPC_MAX_NESTING + 8)

/* What to do with text, by the innermost open element. */
typedef enum
{
  TEXT_IS_BLANK,     /* white space between elements */
  TEXT_IS_VALUE,     /* a value without a type: a string unless an element follows */
  TEXT_IS_STRING,    /* goes straight to its place in the result */
  TEXT_IS_BASE64,    /* goes there decoded */
  TEXT_IS_COLLECTED, /* until the element ends */
} TextMode;

/* An open element. */
typedef struct
{
  XmlRpcElement              element;
  TextMode                   text_mode;
  /* Of a value, or of the next child of a params, an array, a struct, a
   * member. NULL: natural types. */
  const XmlRpcVariantLayout *layout;
  const XmlRpcVariantLayout *end;           /* a tuple's: behind the layout of its last child */
  const XmlRpcVariantLayout *key;           /* a member's: of its name */
  const XmlRpcVariantLayout *content;       /* a value's: within maybes and variants */
  guint                      n_wrappers;    /* these maybes and variants, while they are open */
  gboolean                   is_container;  /* a variant container is open for it */
  gboolean                   has_value;     /* a value: its type; others: their value, their data */
  gboolean                   has_text;      /* a value */
  gboolean                   has_name;      /* a member */
  guint                      index;         /* children so far */
  gsize                      start;         /* in the buffer: of text, of a member's name */
  XmlRpcVariantWriterMark    mark;          /* before a value */
} Frame;

struct _XmlRpcDecoder
{
  XmlRpcParser              *parser;
  XmlRpcVariantWriter        writer;
  XmlRpcVariantLayouts       layouts;
  const XmlRpcVariantLayout *expected;      /* NULL: natural types */
  const XmlRpcVariantLayout *result;        /* what was written; NULL: a tuple of natural types */
  XmlRpcElement              message;       /* methodCall or methodResponse */
  gboolean                   has_result;
  gboolean                   is_fault;
  char                      *method_name;
  XmlRpcBuffer               text;          /* collected */
  XmlRpcBase64Decoder        base64;
  guint                      nesting;
  Frame                      params;        /* as far as they have been read */
  guint                      n_frames;
  Frame                      frames[MAX_ELEMENTS];
};

static inline Frame *
top_frame (XmlRpcDecoder *self)
{
  return &self->frames[self->n_frames - 1];
}

/* Names that are no identifiers stand in brackets and quotes. */
static void
append_member_name (XmlRpcDecoder *self,
                    const Frame   *member,
                    GString       *path)
{
  const char *name = (const char *) self->writer.buffer.data + member->start;

  if (!member->has_name)
    {
      g_string_append (path, ".?");
    }
  else if (*name != '\0' && strspn (name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_-") == strlen (name))
    {
      g_string_append_printf (path, ".%.64s", name);
    }
  else
    {
      g_autofree char *shown = g_utf8_substring (name, 0, MIN (64, g_utf8_strlen (name, -1)));
      g_string_append_printf (path, "[\"%s\"]", shown);
    }
}

/* Where in the message the innermost open element is, as in
 * "params[0].items[3].date"; empty above the parameters. */
static char *
describe_place (XmlRpcDecoder *self)
{
  GString *path = g_string_new (NULL);

  for (guint i = 0; i < self->n_frames; i++)
    {
      const Frame *frame = &self->frames[i];

      if (frame->element == XML_RPC_ELEMENT_FAULT)
        g_string_append (path, "fault");
      else if (frame->element == XML_RPC_ELEMENT_PARAMS)
        g_string_append (path, "params");
      else if (frame->element == XML_RPC_ELEMENT_MEMBER)
        append_member_name (self, frame, path);

      if (frame->index > 0 &&
          (frame->element == XML_RPC_ELEMENT_PARAMS || frame->element == XML_RPC_ELEMENT_DATA))
        g_string_append_printf (path, "[%u]", frame->index - 1);
    }

  return g_string_free (path, FALSE);
}

/* Takes an error that says what is wrong, and says where. */
static void
fail_with (XmlRpcDecoder *self,
           GError        *error)
{
  g_autofree char *place = describe_place (self);

  xml_rpc_parser_fail (self->parser,
                       g_error_new (error->domain, error->code, "%s%s%s (line %u)",
                                    place, *place != '\0' ? ": " : "", error->message,
                                    xml_rpc_parser_get_line (self->parser)));
  g_error_free (error);
}

static void fail (XmlRpcDecoder *self,
                  XmlRpcError    code,
                  const char    *format,
                  ...) G_GNUC_PRINTF (3, 4);

static void
fail (XmlRpcDecoder *self,
      XmlRpcError    code,
      const char    *format,
      ...)
{
  va_list arguments;

  va_start (arguments, format);
  fail_with (self, g_error_new_valist (XML_RPC_ERROR, code, format, arguments));
  va_end (arguments);
}

static void
fail_type (XmlRpcDecoder             *self,
           const XmlRpcVariantLayout *expected,
           const char                *got)
{
  GError *error = NULL;

  xml_rpc_scalar_mismatch (expected, got, &error);
  fail_with (self, error);
}

/* Opens the maybes and the variant that the expected type has around a value,
 * once it is known that there is one, and tells what to write within: the
 * expected type, or the natural one. */
static const XmlRpcVariantLayout *
begin_content (XmlRpcDecoder             *self,
               Frame                     *value,
               const XmlRpcVariantLayout *natural)
{
  const XmlRpcVariantLayout *layout = value->layout;

  while (layout != NULL && (layout->kind == 'm' || layout->kind == 'v'))
    {
      xml_rpc_variant_writer_open (&self->writer, layout);
      value->n_wrappers++;
      layout = layout->kind == 'm' ? xml_rpc_variant_layout_first (layout) : NULL;
    }

  value->content = layout != NULL ? layout : natural;
  if (self->writer.n_frames == 0)
    self->result = value->content;

  return value->content;
}

static void
end_content (XmlRpcDecoder *self,
             Frame         *value)
{
  for (; value->n_wrappers > 0; value->n_wrappers--)
    xml_rpc_variant_writer_close (&self->writer);
}

static gboolean
is_string (const XmlRpcVariantLayout *layout)
{
  return layout->kind == 's' || layout->kind == 'o' || layout->kind == 'g';
}

static gboolean
is_bytes (const XmlRpcVariantLayout *layout)
{
  return layout->kind == 'a' && layout[1].kind == 'y';
}

/* libxml2 lets some sequences pass that are no UTF-8 (overlong ones), and what
 * it takes for a character GVariant may not. Most text is ASCII. */
static gboolean
is_utf8 (const char *text,
         gsize       length)
{
  guint64 bits = 0;
  gsize i;

  for (i = 0; i + sizeof bits <= length; i += sizeof bits)
    {
      guint64 word;

      memcpy (&word, text + i, sizeof word);
      bits |= word;
    }
  for (; i < length; i++)
    bits |= (guint8) text[i];

  return (bits & G_GUINT64_CONSTANT (0x8080808080808080)) == 0 || g_utf8_validate (text, length, NULL);
}

static gboolean
check_string (XmlRpcDecoder             *self,
              const XmlRpcVariantLayout *layout,
              const char                *text,
              gsize                      length)
{
  if (!is_utf8 (text, length))
    {
      fail (self, XML_RPC_ERROR_NOT_WELL_FORMED, "expected UTF-8, got bytes that are not");
      return FALSE;
    }

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
end_string (XmlRpcDecoder             *self,
            gsize                      start,
            const XmlRpcVariantLayout *layout)
{
  XmlRpcBuffer *buffer = &self->writer.buffer;
  gsize length = buffer->length - start;

  xml_rpc_buffer_append_byte (buffer, 0);
  if (check_string (self, layout, (const char *) buffer->data + start, length))
    xml_rpc_variant_writer_end_bytes (&self->writer, layout);
}

static void
begin_string (XmlRpcDecoder *self,
              Frame         *frame,
              Frame         *value)
{
  const XmlRpcVariantLayout *layout = begin_content (self, value, xml_rpc_layout_string);

  if (!is_string (layout))
    {
      fail_type (self, layout, "string");
      return;
    }
  frame->text_mode = TEXT_IS_STRING;
  frame->start = self->writer.buffer.length;
}

static void
begin_base64 (XmlRpcDecoder *self,
              Frame         *frame,
              Frame         *value)
{
  const XmlRpcVariantLayout *layout = begin_content (self, value, xml_rpc_layout_bytes);

  if (!is_bytes (layout))
    {
      fail_type (self, layout, "base64");
      return;
    }
  frame->text_mode = TEXT_IS_BASE64;
  xml_rpc_base64_decoder_init (&self->base64);
}

static void
add_base64 (XmlRpcDecoder *self,
            const char    *text,
            gsize          length)
{
  XmlRpcBuffer *buffer = &self->writer.buffer;
  guint8 *out = xml_rpc_buffer_reserve (buffer, XML_RPC_BASE64_DECODED_MAX (length));
  gsize n_written;

  if (xml_rpc_base64_decoder_feed (&self->base64, text, length, out, &n_written))
    buffer->length += n_written;
  else
    fail (self, XML_RPC_ERROR_INVALID_VALUE, "expected base64, got other characters");
}

static void
end_base64 (XmlRpcDecoder *self,
            Frame         *value)
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

static void
end_scalar (XmlRpcDecoder *self,
            XmlRpcElement  element,
            Frame         *value)
{
  const XmlRpcVariantLayout *layout = begin_content (self, value, xml_rpc_scalar_get_layout (element));
  const char *text = (const char *) xml_rpc_buffer_reserve (&self->text, 1) - self->text.length;
  GError *error = NULL;

  if (!is_utf8 (text, self->text.length))
    fail (self, XML_RPC_ERROR_NOT_WELL_FORMED, "expected UTF-8, got bytes that are not");
  else if (!xml_rpc_scalar_write (element, text, self->text.length, layout, &self->writer, &error))
    fail_with (self, error);
}

/* The outermost maybe of the expected type has nothing in it. */
static void
end_nil (XmlRpcDecoder *self,
         Frame         *value)
{
  if (value->layout != NULL && value->layout->kind == 'm')
    {
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
enter_container (XmlRpcDecoder *self)
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
begin_array (XmlRpcDecoder *self,
             Frame         *frame,
             Frame         *value)
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

static guint
count_members (const XmlRpcVariantLayout *tuple)
{
  guint n = 0;

  for (const XmlRpcVariantLayout *member = xml_rpc_variant_layout_first (tuple);
       member != xml_rpc_variant_layout_next (tuple);
       member = xml_rpc_variant_layout_next (member))
    n++;

  return n;
}

static void
fail_count (XmlRpcDecoder             *self,
            const XmlRpcVariantLayout *tuple,
            const char                *items,
            guint                      got,
            const char                *more)
{
  fail (self, XML_RPC_ERROR_TYPE_MISMATCH, "expected %u %s, got %u%s", count_members (tuple), items, got, more);
}

static void
end_array (XmlRpcDecoder *self,
           const Frame   *frame,
           Frame         *value)
{
  if (frame->end != NULL && frame->layout != frame->end)
    {
      fail_count (self, value->content, "items in the array", frame->index, "");
      return;
    }

  xml_rpc_variant_writer_close (&self->writer);
  self->nesting--;
}

static void
begin_struct (XmlRpcDecoder *self,
              Frame         *frame,
              Frame         *value)
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
end_struct (XmlRpcDecoder *self,
            const Frame   *frame)
{
  if (frame->is_container)
    xml_rpc_variant_writer_close (&self->writer);
  else if (frame->index == 0)
    fail (self, XML_RPC_ERROR_TYPE_MISMATCH, "expected a struct with one member, got one without");

  self->nesting--;
}

static void
begin_member (XmlRpcDecoder *self,
              Frame         *member,
              Frame         *parent)
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
end_member (XmlRpcDecoder *self,
            const Frame   *member)
{
  if (!member->has_name || !member->has_value)
    fail (self, XML_RPC_ERROR_INVALID_MESSAGE, "a member without a %s", member->has_name ? "value" : "name");
  else
    xml_rpc_variant_writer_close (&self->writer);
}

/* The name goes to its place, or when it comes after the value has to be put
 * in before it. */
static void
begin_name (XmlRpcDecoder *self,
            Frame         *frame,
            const Frame   *member)
{
  if (member->has_name)
    {
      fail (self, XML_RPC_ERROR_INVALID_MESSAGE, "a member with two names");
      return;
    }

  frame->text_mode = member->has_value ? TEXT_IS_COLLECTED : TEXT_IS_STRING;
}

static void
end_name (XmlRpcDecoder *self,
          Frame         *member)
{
  if (!member->has_value)
    {
      end_string (self, member->start, member->key);
    }
  else
    {
      gsize length = self->text.length;

      xml_rpc_buffer_append_byte (&self->text, 0);
      if (check_string (self, member->key, (const char *) self->text.data, length))
        xml_rpc_variant_writer_prepend_key (&self->writer, (const char *) self->text.data, length);
    }

  member->has_name = TRUE;
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

static void
begin_value (XmlRpcDecoder *self,
             Frame         *value,
             Frame         *parent)
{
  if (parent->has_value)
    {
      fail (self, XML_RPC_ERROR_INVALID_MESSAGE, "two values in one <%s>", xml_rpc_element_get_name (parent->element));
      return;
    }

  if (parent->element == XML_RPC_ELEMENT_DATA && parent->end != NULL && parent->layout == parent->end)
    {
      fail_count (self, parent[-2].content, "items in the array", parent->index + 1, " or more");
      return;
    }

  value->text_mode = TEXT_IS_VALUE;
  value->layout = parent->element == XML_RPC_ELEMENT_DATA ? next_layout (parent) : parent->layout;
  xml_rpc_variant_writer_mark (&self->writer, &value->mark);
}

static gboolean
is_blank (const char *text,
          gsize       length)
{
  for (gsize i = 0; i < length; i++)
    {
      if (text[i] != ' ' && text[i] != '\t' && text[i] != '\r' && text[i] != '\n')
        return FALSE;
    }

  return TRUE;
}

/* Takes back all text that was written for a value. */
static void
rewind_value (XmlRpcDecoder *self,
              Frame         *value)
{
  xml_rpc_variant_writer_rewind (&self->writer, &value->mark);
  value->n_wrappers = 0;
  value->has_text = FALSE;
}

/* Writes the text of a value as a string, since it mostly is one; white space
 * before an element is taken back then. */
static void
add_value_text (XmlRpcDecoder *self,
                Frame         *value,
                const char    *text,
                gsize          length)
{
  if (!value->has_text)
    {
      const XmlRpcVariantLayout *layout = begin_content (self, value, xml_rpc_layout_string);

      if (!is_string (layout))
        {
          if (is_blank (text, length))
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
begin_type (XmlRpcDecoder *self,
            Frame         *frame,
            Frame         *value)
{
  if (value->has_value)
    {
      fail (self, XML_RPC_ERROR_INVALID_MESSAGE, "two types in one <value>");
      return;
    }

  if (value->has_text)
    {
      if (!is_blank ((const char *) self->writer.buffer.data + value->start, self->writer.buffer.length - value->start))
        {
          fail (self, XML_RPC_ERROR_INVALID_MESSAGE, "text beside <%s> in a <value>",
                xml_rpc_element_get_name (frame->element));
          return;
        }
      rewind_value (self, value);
    }

  value->has_value = TRUE;
  value->text_mode = TEXT_IS_BLANK;

  switch ((int) frame->element)
    {
    case XML_RPC_ELEMENT_ARRAY:
      begin_array (self, frame, value);
      break;
    case XML_RPC_ELEMENT_STRUCT:
      begin_struct (self, frame, value);
      break;
    case XML_RPC_ELEMENT_STRING:
      begin_string (self, frame, value);
      break;
    case XML_RPC_ELEMENT_BASE64:
      begin_base64 (self, frame, value);
      break;
    case XML_RPC_ELEMENT_NIL:
      break;
    default:
      frame->text_mode = TEXT_IS_COLLECTED;
      break;
    }
}

static void
end_type (XmlRpcDecoder *self,
          Frame         *frame,
          Frame         *value)
{
  switch ((int) frame->element)
    {
    case XML_RPC_ELEMENT_ARRAY:
      end_array (self, frame, value);
      break;
    case XML_RPC_ELEMENT_STRUCT:
      end_struct (self, frame);
      break;
    case XML_RPC_ELEMENT_STRING:
      end_string (self, frame->start, value->content);
      break;
    case XML_RPC_ELEMENT_BASE64:
      end_base64 (self, value);
      break;
    case XML_RPC_ELEMENT_NIL:
      end_nil (self, value);
      break;
    default:
      end_scalar (self, frame->element, value);
      break;
    }
}

static void
end_value (XmlRpcDecoder *self,
           Frame         *value,
           Frame         *parent)
{
  if (!value->has_value && !value->has_text)
    {
      const XmlRpcVariantLayout *layout = begin_content (self, value, xml_rpc_layout_string);

      if (!is_string (layout))
        {
          fail_type (self, layout, "string");
          return;
        }
      value->start = self->writer.buffer.length;
    }

  if (!value->has_value)
    end_string (self, value->start, value->content);

  end_content (self, value);
  parent->has_value = parent->element != XML_RPC_ELEMENT_DATA;
}

static void
begin_params (XmlRpcDecoder *self,
              Frame         *frame)
{
  if (self->params.has_value || self->is_fault)
    {
      fail (self, XML_RPC_ERROR_INVALID_MESSAGE, "<params> a second time, or beside <fault>");
      return;
    }

  self->params.has_value = TRUE;
  frame->layout = self->params.layout;
  frame->end = self->params.end;
}

static void
begin_param (XmlRpcDecoder *self,
             Frame         *param,
             Frame         *params)
{
  if (self->message == XML_RPC_ELEMENT_METHOD_RESPONSE && params->index > 0)
    fail (self, XML_RPC_ERROR_INVALID_MESSAGE, "expected one <param> in a response, got more");
  else if (params->end != NULL && params->layout == params->end)
    fail_count (self, self->expected, "parameters", params->index + 1, " or more");
  else
    param->layout = next_layout (params);
}

static void
end_param (XmlRpcDecoder *self,
           const Frame   *param)
{
  if (!param->has_value)
    fail (self, XML_RPC_ERROR_INVALID_MESSAGE, "a <param> without a <value>");
  self->has_result = TRUE;
}

static void
begin_fault (XmlRpcDecoder *self)
{
  if (self->params.has_value || self->is_fault)
    fail (self, XML_RPC_ERROR_INVALID_MESSAGE, "<fault> a second time, or beside <params>");
  self->is_fault = TRUE;
}

static void
end_fault (XmlRpcDecoder *self,
           const Frame   *fault)
{
  if (!fault->has_value)
    fail (self, XML_RPC_ERROR_INVALID_MESSAGE, "a <fault> without a <value>");
  self->has_result = TRUE;
}

static void
begin_method_name (XmlRpcDecoder *self,
                   Frame         *frame)
{
  if (self->method_name != NULL)
    fail (self, XML_RPC_ERROR_INVALID_MESSAGE, "a second <methodName>");
  frame->text_mode = TEXT_IS_COLLECTED;
}

static void
end_method_name (XmlRpcDecoder *self)
{
  if (!is_utf8 ((const char *) self->text.data, self->text.length))
    {
      fail (self, XML_RPC_ERROR_NOT_WELL_FORMED, "expected UTF-8, got bytes that are not");
      return;
    }

  self->method_name = g_strstrip (g_strndup ((const char *) self->text.data, self->text.length));
  if (*self->method_name == '\0')
    fail (self, XML_RPC_ERROR_INVALID_MESSAGE, "expected the name of a method, got an empty <methodName>");
}

static void
end_method_call (XmlRpcDecoder *self)
{
  if (self->method_name == NULL)
    fail (self, XML_RPC_ERROR_INVALID_MESSAGE, "a <methodCall> without a <methodName>");
  else if (self->params.layout != self->params.end)
    fail_count (self, self->expected, "parameters", self->params.index, "");
  else
    xml_rpc_variant_writer_close (&self->writer);
}

/* Some servers answer without a value where a method returns nothing. */
static void
end_method_response (XmlRpcDecoder *self)
{
  if (!self->has_result)
    {
      Frame nothing = { .element = XML_RPC_ELEMENT_VALUE, .layout = self->expected };

      end_nil (self, &nothing);
      end_content (self, &nothing);
    }
}

static void
begin_message (XmlRpcDecoder *self,
               XmlRpcElement  element)
{
  if (element != self->message)
    fail (self, XML_RPC_ERROR_INVALID_MESSAGE, "expected <%s>, got <%s>",
          xml_rpc_element_get_name (self->message), xml_rpc_element_get_name (element));
}

static void
begin_data (XmlRpcDecoder *self,
            Frame         *data,
            Frame         *array)
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
on_start_element (gpointer    user_data,
                  const char *name)
{
  XmlRpcDecoder *self = user_data;
  guint32 parents;
  XmlRpcElement element = xml_rpc_element_from_name (name, &parents);
  Frame *parent = self->n_frames > 0 ? top_frame (self) : NULL;
  XmlRpcElement outer = parent != NULL ? parent->element : XML_RPC_ELEMENT_DOCUMENT;
  Frame *frame;

  if ((parents & (1u << outer)) == 0)
    {
      fail (self, XML_RPC_ERROR_INVALID_MESSAGE, "unexpected element <%.64s>%s%s%s", name,
            parent != NULL ? " in <" : "", parent != NULL ? xml_rpc_element_get_name (outer) : "",
            parent != NULL ? ">" : "");
      return;
    }

  g_assert (self->n_frames < MAX_ELEMENTS);
  frame = &self->frames[self->n_frames++];
  *frame = (Frame) { .element = element };
  self->text.length = 0;

  switch ((int) element)
    {
    case XML_RPC_ELEMENT_METHOD_CALL:
    case XML_RPC_ELEMENT_METHOD_RESPONSE:
      begin_message (self, element);
      break;
    case XML_RPC_ELEMENT_METHOD_NAME:
      begin_method_name (self, frame);
      break;
    case XML_RPC_ELEMENT_FAULT:
      begin_fault (self);
      break;
    case XML_RPC_ELEMENT_PARAMS:
      begin_params (self, frame);
      break;
    case XML_RPC_ELEMENT_PARAM:
      begin_param (self, frame, parent);
      break;
    case XML_RPC_ELEMENT_VALUE:
      begin_value (self, frame, parent);
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

static void
on_end_element (gpointer user_data)
{
  XmlRpcDecoder *self = user_data;
  Frame *frame = top_frame (self);
  Frame *parent = frame - 1;

  switch ((int) frame->element)
    {
    case XML_RPC_ELEMENT_METHOD_CALL:
      end_method_call (self);
      break;
    case XML_RPC_ELEMENT_METHOD_RESPONSE:
      end_method_response (self);
      break;
    case XML_RPC_ELEMENT_METHOD_NAME:
      end_method_name (self);
      break;
    case XML_RPC_ELEMENT_FAULT:
      end_fault (self, frame);
      break;
    case XML_RPC_ELEMENT_PARAMS:
      self->params.layout = frame->layout;
      self->params.index = frame->index;
      break;
    case XML_RPC_ELEMENT_PARAM:
      end_param (self, frame);
      break;
    case XML_RPC_ELEMENT_VALUE:
      end_value (self, frame, parent);
      break;
    case XML_RPC_ELEMENT_DATA:
      parent->layout = frame->layout;
      parent->index = frame->index;
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

  self->n_frames--;
}

static void
on_text (gpointer    user_data,
         const char *text,
         gsize       length)
{
  XmlRpcDecoder *self = user_data;
  Frame *frame = top_frame (self);

  switch (frame->text_mode)
    {
    case TEXT_IS_STRING:
      xml_rpc_buffer_append (&self->writer.buffer, text, length);
      break;
    case TEXT_IS_VALUE:
      add_value_text (self, frame, text, length);
      break;
    case TEXT_IS_COLLECTED:
      xml_rpc_buffer_append (&self->text, text, length);
      break;
    case TEXT_IS_BASE64:
      add_base64 (self, text, length);
      break;
    case TEXT_IS_BLANK:
    default:
      if (!is_blank (text, length))
        fail (self, XML_RPC_ERROR_INVALID_MESSAGE, "unexpected text in <%s>",
              xml_rpc_element_get_name (frame->element));
      break;
    }
}

/* The first type within a type that no XML-RPC value could be read into: a
 * handle, or a dictionary whose keys are no strings. */
static const XmlRpcVariantLayout *
find_unsupported (const XmlRpcVariantLayout *type)
{
  for (const XmlRpcVariantLayout *layout = type; layout != xml_rpc_variant_layout_next (type); layout++)
    {
      if (layout->kind == 'h' ||
          (layout->kind == '{' && !is_string (xml_rpc_variant_layout_first (layout))))
        return layout;
    }

  return NULL;
}

static void
expect_type (XmlRpcDecoder      *self,
             const GVariantType *type)
{
  const XmlRpcVariantLayout *unsupported;

  self->expected = xml_rpc_variant_layouts_lookup (&self->layouts, g_variant_type_peek_string (type),
                                                   g_variant_type_get_string_length (type));
  self->result = self->expected;

  unsupported = find_unsupported (self->expected);
  if (unsupported != NULL)
    fail (self, XML_RPC_ERROR_UNSUPPORTED_TYPE, "XML-RPC has no form for the expected type \"%.*s\"",
          (int) unsupported->type_length, unsupported->type);
}

static XmlRpcDecoder *
decoder_new (XmlRpcElement       message,
             const GVariantType *type)
{
  static const XmlRpcParserEvents events = { on_start_element, on_end_element, on_text };
  XmlRpcDecoder *self = g_new (XmlRpcDecoder, 1);

  /* The frames are many, and each is filled when it is used. */
  memset (self, 0, G_STRUCT_OFFSET (XmlRpcDecoder, frames));
  self->message = message;
  self->parser = xml_rpc_parser_new (&events, self);
  xml_rpc_variant_writer_init (&self->writer);
  xml_rpc_variant_layouts_init (&self->layouts);
  if (type != NULL)
    expect_type (self, type);

  return self;
}

XmlRpcDecoder *
xml_rpc_decoder_new_call (const GVariantType *params_type)
{
  XmlRpcDecoder *self = decoder_new (XML_RPC_ELEMENT_METHOD_CALL, params_type);

  if (self->expected != NULL)
    {
      xml_rpc_variant_writer_open (&self->writer, self->expected);
      self->params.layout = xml_rpc_variant_layout_first (self->expected);
      self->params.end = xml_rpc_variant_layout_next (self->expected);
    }
  else
    {
      xml_rpc_variant_writer_open_tuple (&self->writer);
    }

  return self;
}

XmlRpcDecoder *
xml_rpc_decoder_new_response (const GVariantType *type)
{
  XmlRpcDecoder *self = decoder_new (XML_RPC_ELEMENT_METHOD_RESPONSE, type);

  self->params.layout = self->expected;

  return self;
}

void
xml_rpc_decoder_free (XmlRpcDecoder *self)
{
  xml_rpc_parser_free (self->parser);
  xml_rpc_variant_writer_clear (&self->writer);
  xml_rpc_variant_layouts_clear (&self->layouts);
  xml_rpc_buffer_clear (&self->text);
  g_free (self->method_name);
  g_free (self);
}

void
xml_rpc_decoder_set_charset (XmlRpcDecoder *self,
                             const char    *charset)
{
  if (charset != NULL)
    xml_rpc_parser_set_charset (self->parser, charset);
}

gboolean
xml_rpc_decoder_feed (XmlRpcDecoder  *self,
                      const void     *data,
                      gsize           length,
                      GError        **error)
{
  return xml_rpc_parser_feed (self->parser, data, length, error);
}

gboolean
xml_rpc_decoder_finish_call (XmlRpcDecoder  *self,
                             char          **method_name,
                             GVariant      **params,
                             GError        **error)
{
  if (!xml_rpc_parser_finish (self->parser, error))
    return FALSE;

  *method_name = g_steal_pointer (&self->method_name);
  *params = xml_rpc_variant_writer_end (&self->writer, self->result);

  return TRUE;
}

/* Servers write the code as an integer; some as text. */
static gboolean
get_fault_code (GVariant *fault,
                gint64   *code)
{
  g_autoptr (GVariant) value = g_variant_lookup_value (fault, "faultCode", NULL);

  if (value == NULL)
    return FALSE;

  if (g_variant_is_of_type (value, G_VARIANT_TYPE_INT32))
    *code = g_variant_get_int32 (value);
  else if (g_variant_is_of_type (value, G_VARIANT_TYPE_INT64))
    *code = g_variant_get_int64 (value);
  else if (!g_variant_is_of_type (value, G_VARIANT_TYPE_STRING) ||
           !g_ascii_string_to_signed (g_variant_get_string (value, NULL), 10, G_MININT, G_MAXINT, code, NULL))
    return FALSE;

  return *code >= G_MININT && *code <= G_MAXINT;
}

static void
set_fault (GVariant  *fault,
           GError   **error)
{
  const char *message = "";
  gint64 code;

  if (!g_variant_is_of_type (fault, G_VARIANT_TYPE_VARDICT) || !get_fault_code (fault, &code))
    {
      g_set_error (error, XML_RPC_ERROR, XML_RPC_ERROR_INVALID_MESSAGE,
                   "expected a fault with an integer faultCode and a faultString, got one without");
      return;
    }

  g_variant_lookup (fault, "faultString", "&s", &message);
  g_set_error_literal (error, XML_RPC_FAULT, code, message);
}

GVariant *
xml_rpc_decoder_finish_response (XmlRpcDecoder  *self,
                                 GError        **error)
{
  g_autoptr (GVariant) value = NULL;

  if (!xml_rpc_parser_finish (self->parser, error))
    return NULL;

  value = xml_rpc_variant_writer_end (&self->writer, self->result);
  if (self->is_fault)
    {
      set_fault (value, error);
      return NULL;
    }

  return g_steal_pointer (&value);
}
