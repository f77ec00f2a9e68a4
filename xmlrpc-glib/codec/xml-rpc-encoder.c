/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-encoder-private.h"

#include "../variant/xml-rpc-variant-reader-private.h"
#include "../xml-rpc-error.h"
#include "xml-rpc-sink-private.h"
#include "xml-rpc-base64-private.h"
#include "xml-rpc-escape-private.h"
#include "xml-rpc-number-private.h"
#include "xml-rpc-text-private.h"
#include "xml-rpc-type-private.h"

#include <math.h>

/* Variants within variants make no element, but GVariant has a limit as well. */
#define MAX_LEVELS 128

typedef struct
{
  XmlRpcBuffer        *out;
  XmlRpcVariantReader  reader;
  guint                nesting;
  guint                n_levels;
} XmlRpcEncoder;

/* Where a value is in those around it: for errors. */
typedef struct _Place
{
  const struct _Place *outer;
  const char          *name;    /* a member's, or of the root; NULL: an item */
  gsize                index;   /* an item's */
} Place;

#define add_literal(self, literal) xml_rpc_encoder_add_literal ((self)->out, literal)

static void
append_place (const Place *place,
              GString     *path)
{
  if (place->outer != NULL)
    append_place (place->outer, path);

  if (place->name == NULL)
    g_string_append_printf (path, "[%" G_GSIZE_FORMAT "]", place->index);
  else if (place->outer != NULL)
    xml_rpc_text_append_member_name (path, place->name, strlen (place->name));
  else
    g_string_append (path, place->name);
}

static gboolean fail (const Place  *place,
                      XmlRpcError   code,
                      GError      **error,
                      const char   *format,
                      ...) G_GNUC_PRINTF (4, 5);

static gboolean
fail (const Place  *place,
      XmlRpcError   code,
      GError      **error,
      const char   *format,
      ...)
{
  g_autoptr (GString) message = g_string_new (NULL);
  va_list arguments;

  append_place (place, message);
  g_string_append (message, ": ");
  va_start (arguments, format);
  g_string_append_vprintf (message, format, arguments);
  va_end (arguments);

  g_set_error_literal (error, XML_RPC_ERROR, code, message->str);
  return FALSE;
}

/* What stands around a value that has no others in it. */
typedef struct
{
  char   start[16];
  char   end[24];
  guint8 start_length;
  guint8 end_length;
} Form;

#define FORM(name) { "<value><" name ">", "</" name "></value>", \
                     sizeof "<value><" name ">" - 1, sizeof "</" name "></value>" - 1 }

static const Form string_form = FORM ("string");
static const Form int_form = FORM ("int");
static const Form i8_form = FORM ("i8");
static const Form double_form = FORM ("double");
static const Form base64_form = FORM ("base64");

/* All of the array is copied, in one step or two, and what is too much is written over. */
static inline char *
put_start (char       *position,
           const Form *form)
{
  memcpy (position, form->start, sizeof form->start);
  return position + form->start_length;
}

static inline char *
put_end (char       *position,
         const Form *form)
{
  memcpy (position, form->end, sizeof form->end);
  return position + form->end_length;
}

/* Room for a value whose content has at most so many bytes. */
static inline char *
reserve (XmlRpcEncoder *self,
         gsize          max_length)
{
  return (char *) xml_rpc_buffer_reserve (self->out, sizeof (Form) + max_length);
}

static inline void
put_up_to (XmlRpcEncoder *self,
           const char    *position)
{
  self->out->length = (const guint8 *) position - self->out->data;
}

static gboolean
add_text (XmlRpcEncoder            *self,
          const XmlRpcVariantSpan  *span,
          const Place              *place,
          GError                  **error)
{
  const char *forbidden = xml_rpc_escape (self->out, (const char *) span->data, span->size - 1);

  if (forbidden == NULL)
    return TRUE;

  return fail (place, XML_RPC_ERROR_INVALID_VALUE, error,
               "a string with the character U+%04X, which XML cannot carry", g_utf8_get_char (forbidden));
}

static gboolean
add_string (XmlRpcEncoder            *self,
            const XmlRpcVariantSpan  *span,
            const Place              *place,
            GError                  **error)
{
  put_up_to (self, put_start (reserve (self, 0), &string_form));
  if (!add_text (self, span, place, error))
    return FALSE;
  put_up_to (self, put_end (reserve (self, 0), &string_form));

  return TRUE;
}

static void
add_integer (XmlRpcEncoder           *self,
             const XmlRpcVariantSpan *span,
             const Form              *form)
{
  char *position = put_start (reserve (self, XML_RPC_INTEGER_MAX_LENGTH), form);

  position += xml_rpc_format_integer (position, xml_rpc_variant_span_get_integer (span));
  put_up_to (self, put_end (position, form));
}

static gboolean
add_double (XmlRpcEncoder            *self,
            const XmlRpcVariantSpan  *span,
            const Place              *place,
            GError                  **error)
{
  char *position = put_start (reserve (self, XML_RPC_DOUBLE_MAX_LENGTH), &double_form);
  double value;

  memcpy (&value, span->data, sizeof value);
  if (!isfinite (value))
    return fail (place, XML_RPC_ERROR_INVALID_VALUE, error,
                 "expected a finite number, got %s", isnan (value) ? "not-a-number" : "infinity");

  position += xml_rpc_format_double (position, value);
  put_up_to (self, put_end (position, &double_form));
  return TRUE;
}

static void
add_base64 (XmlRpcEncoder           *self,
            const XmlRpcVariantSpan *span)
{
  char *position = put_start (reserve (self, XML_RPC_BASE64_ENCODED_LENGTH (span->size)), &base64_form);

  position += xml_rpc_base64_encode (span->data, span->size, position);
  put_up_to (self, put_end (position, &base64_form));
}

static gboolean
add_value (XmlRpcEncoder            *self,
           const XmlRpcVariantSpan  *span,
           const Place              *place,
           GError                  **error);

static gboolean
enter (XmlRpcEncoder  *self,
       const Place    *place,
       GError        **error)
{
  if (self->nesting == XML_RPC_MAX_NESTING)
    return fail (place, XML_RPC_ERROR_LIMIT_EXCEEDED, error,
                 "arrays and structs nested more than %d deep", XML_RPC_MAX_NESTING);

  self->nesting++;
  return TRUE;
}

static gboolean
add_array (XmlRpcEncoder            *self,
           const XmlRpcVariantSpan  *span,
           const Place              *place,
           GError                  **error)
{
  XmlRpcVariantSpanIter iter;
  XmlRpcVariantSpan item;
  Place item_place = { place, NULL, 0 };

  if (!enter (self, place, error))
    return FALSE;

  add_literal (self, "<value><array><data>");
  xml_rpc_variant_span_iter_init (&iter, &self->reader, span);
  for (; xml_rpc_variant_span_iter_next (&iter, &item); item_place.index++)
    {
      if (!add_value (self, &item, &item_place, error))
        return FALSE;
    }
  add_literal (self, "</data></array></value>");
  self->nesting--;

  return TRUE;
}

static gboolean
add_member (XmlRpcEncoder            *self,
            const XmlRpcVariantSpan  *entry,
            const Place              *place,
            GError                  **error)
{
  XmlRpcVariantSpanIter iter;
  XmlRpcVariantSpan name, value;
  Place member_place = { place, NULL, 0 };

  xml_rpc_variant_span_iter_init (&iter, &self->reader, entry);
  xml_rpc_variant_span_iter_next (&iter, &name);
  xml_rpc_variant_span_iter_next (&iter, &value);
  member_place.name = (const char *) name.data;

  add_literal (self, "<member><name>");
  if (!add_text (self, &name, &member_place, error))
    return FALSE;
  add_literal (self, "</name>");
  if (!add_value (self, &value, &member_place, error))
    return FALSE;
  add_literal (self, "</member>");

  return TRUE;
}

static gboolean
add_struct (XmlRpcEncoder            *self,
            const XmlRpcVariantSpan  *span,
            const Place              *place,
            GError                  **error)
{
  XmlRpcVariantSpanIter iter;
  XmlRpcVariantSpan entry;

  if (!enter (self, place, error))
    return FALSE;

  add_literal (self, "<value><struct>");
  if (span->layout->kind == '{')
    {
      if (!add_member (self, span, place, error))
        return FALSE;
    }
  else
    {
      xml_rpc_variant_span_iter_init (&iter, &self->reader, span);
      while (xml_rpc_variant_span_iter_next (&iter, &entry))
        {
          if (!add_member (self, &entry, place, error))
            return FALSE;
        }
    }
  add_literal (self, "</struct></value>");
  self->nesting--;

  return TRUE;
}

/* The types that are an "(os)" of their path. */
static gboolean
add_special (XmlRpcEncoder            *self,
             const XmlRpcVariantSpan  *span,
             const Place              *place,
             gboolean                 *is_special,
             GError                  **error)
{
  XmlRpcVariantSpanIter iter;
  XmlRpcVariantSpan path, text;
  const XmlRpcType *type = NULL;

  *is_special = FALSE;
  if (!xml_rpc_type_is_layout_special (span->layout))
    return TRUE;

  xml_rpc_variant_span_iter_init (&iter, &self->reader, span);
  xml_rpc_variant_span_iter_next (&iter, &path);
  xml_rpc_variant_span_iter_next (&iter, &text);

  type = xml_rpc_type_find_by_path ((const char *) path.data);
  if (type == NULL)
    return TRUE;

  *is_special = TRUE;
  xml_rpc_buffer_append (self->out, type->start, type->start_length);
  if (!add_text (self, &text, place, error))
    return FALSE;
  xml_rpc_buffer_append (self->out, type->end, type->end_length);

  return TRUE;
}

static gboolean
add_tuple (XmlRpcEncoder            *self,
           const XmlRpcVariantSpan  *span,
           const Place              *place,
           GError                  **error)
{
  gboolean is_special;

  if (!add_special (self, span, place, &is_special, error))
    return FALSE;

  return is_special || add_array (self, span, place, error);
}

static gboolean
fail_layout (const XmlRpcVariantLayout  *layout,
             const Place                *place,
             GError                    **error)
{
  return fail (place, XML_RPC_ERROR_UNSUPPORTED_TYPE, error,
               "XML-RPC has no form for the type \"%.*s\"", (int) layout->type_length, layout->type);
}

static gboolean
has_string_keys (const XmlRpcVariantLayout *entry)
{
  return xml_rpc_variant_layout_is_string (xml_rpc_variant_layout_first (entry));
}

static gboolean
add_array_or_struct (XmlRpcEncoder            *self,
                     const XmlRpcVariantSpan  *span,
                     const Place              *place,
                     GError                  **error)
{
  const XmlRpcVariantLayout *element = xml_rpc_variant_layout_first (span->layout);

  if (element->kind == '{')
    {
      if (!has_string_keys (element))
        return fail_layout (span->layout, place, error);
      return add_struct (self, span, place, error);
    }

  if (element->kind != 'y')
    return add_array (self, span, place, error);

  add_base64 (self, span);
  return TRUE;
}

/* The content of a maybe or a variant, or nil if there is none. */
static gboolean
add_content (XmlRpcEncoder            *self,
             const XmlRpcVariantSpan  *span,
             const Place              *place,
             GError                  **error)
{
  XmlRpcVariantSpanIter iter;
  XmlRpcVariantSpan content;

  if (self->n_levels == MAX_LEVELS)
    return fail (place, XML_RPC_ERROR_LIMIT_EXCEEDED, error, "variants nested more than %d deep", MAX_LEVELS);

  xml_rpc_variant_span_iter_init (&iter, &self->reader, span);
  if (!xml_rpc_variant_span_iter_next (&iter, &content))
    {
      add_literal (self, "<value><nil/></value>");
      return TRUE;
    }

  self->n_levels++;
  if (!add_value (self, &content, place, error))
    return FALSE;
  self->n_levels--;

  return TRUE;
}

static gboolean
add_container (XmlRpcEncoder            *self,
               const XmlRpcVariantSpan  *span,
               const Place              *place,
               GError                  **error)
{
  switch (span->layout->kind)
    {
    case 'v': case 'm':
      return add_content (self, span, place, error);

    case 'a':
      return add_array_or_struct (self, span, place, error);

    case '(':
      return add_tuple (self, span, place, error);

    case '{':
      if (has_string_keys (span->layout))
        return add_struct (self, span, place, error);
      G_GNUC_FALLTHROUGH;
    default:
      return fail_layout (span->layout, place, error);
    }
}

static gboolean
add_value (XmlRpcEncoder            *self,
           const XmlRpcVariantSpan  *span,
           const Place              *place,
           GError                  **error)
{
  XmlRpcVariantSpan content;

  if (span->layout->kind == 'v' && self->n_levels < MAX_LEVELS && xml_rpc_variant_span_open_basic (span, &content))
    span = &content;

  switch (span->layout->kind)
    {
    case 's': case 'o': case 'g':
      return add_string (self, span, place, error);

    case 'y': case 'n': case 'q': case 'i':
      add_integer (self, span, &int_form);
      return TRUE;

    case 't':
      if (xml_rpc_variant_span_get_integer (span) < 0)
        return fail (place, XML_RPC_ERROR_INVALID_VALUE, error,
                     "expected an integer up to %" G_GINT64_FORMAT ", got %" G_GUINT64_FORMAT,
                     G_MAXINT64, (guint64) xml_rpc_variant_span_get_integer (span));
      G_GNUC_FALLTHROUGH;
    case 'u': case 'x':
      add_integer (self, span, &i8_form);
      return TRUE;

    case 'b':
      if (*span->data)
        add_literal (self, "<value><boolean>1</boolean></value>");
      else
        add_literal (self, "<value><boolean>0</boolean></value>");
      return TRUE;

    case 'd':
      return add_double (self, span, place, error);

    default:
      return add_container (self, span, place, error);
    }
}

static void
encoder_init (XmlRpcEncoder *self,
              XmlRpcBuffer  *out,
              GVariant      *value)
{
  *self = (XmlRpcEncoder) { .out = out };
  xml_rpc_variant_reader_init (&self->reader, value);
  /* XML is longer than that, always. */
  xml_rpc_buffer_reserve (out, self->reader.root.size);
}

gboolean
xml_rpc_encoder_add_value (XmlRpcBuffer  *out,
                           GVariant      *value,
                           GError       **error)
{
  XmlRpcEncoder self;
  Place place = { NULL, "value", 0 };
  gboolean result;

  encoder_init (&self, out, value);
  result = add_value (&self, &self.reader.root, &place, error);
  xml_rpc_variant_reader_clear (&self.reader);

  return result;
}

static gboolean
add_params (XmlRpcEncoder  *self,
            GError        **error)
{
  XmlRpcVariantSpanIter iter;
  XmlRpcVariantSpan param;
  Place root = { NULL, "params", 0 };
  Place place = { &root, NULL, 0 };

  xml_rpc_variant_span_iter_init (&iter, &self->reader, &self->reader.root);
  for (; xml_rpc_variant_span_iter_next (&iter, &param); place.index++)
    {
      add_literal (self, "<param>");
      if (!add_value (self, &param, &place, error))
        return FALSE;
      add_literal (self, "</param>");
    }

  return TRUE;
}

gboolean
xml_rpc_encoder_add_params (XmlRpcBuffer  *out,
                            GVariant      *params,
                            GError       **error)
{
  XmlRpcEncoder self;
  gboolean result;

  encoder_init (&self, out, params);
  result = add_params (&self, error);
  xml_rpc_variant_reader_clear (&self.reader);

  return result;
}

gboolean
xml_rpc_encoder_add_text (XmlRpcBuffer  *out,
                          const char    *what,
                          const char    *text,
                          GError       **error)
{
  Place place = { NULL, what, 0 };
  const char *forbidden;

  if (!g_utf8_validate (text, -1, NULL))
    return fail (&place, XML_RPC_ERROR_INVALID_VALUE, error, "expected UTF-8, got bytes that are not");

  forbidden = xml_rpc_escape (out, text, strlen (text));
  if (forbidden != NULL)
    return fail (&place, XML_RPC_ERROR_INVALID_VALUE, error,
                 "the character U+%04X, which XML cannot carry", g_utf8_get_char (forbidden));

  return TRUE;
}
