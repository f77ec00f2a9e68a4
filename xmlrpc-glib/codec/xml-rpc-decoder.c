/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A message is read as it comes, in one pass:
 *
 *   methodCall     = methodName [params]       params = param*
 *   methodResponse = [params | fault]          param, fault = value
 *
 * This part knows the frame; what is in a value is told to a sink. An element has to stand
 * where the table of elements lets it, or where it could if one around it had not been left
 * out: <params>, <param>, <value> and <data> are implied by what is in them. The first error
 * ends it all, except one in text: whether that is text at all is known only when markup
 * follows, so that the same message fails in the same way however it was cut. */

#include "xml-rpc-decoder-private.h"

#include <xmlrpc-glib/xml-rpc-error.h>

#include "xml-rpc-from-xml-private.h"
#include "xml-rpc-parser-private.h"
#include "xml-rpc-text-private.h"
#include "xml-rpc-stream-private.h"
#include "xml-rpc-to-variant-private.h"

/* The elements around a value: methodResponse, params, param. */
#define MAX_ELEMENTS 3

#define SHOWN_LENGTH 64

#define MAX_WRONG_TEXT (64 * 1024)

struct _XmlRpcDecoder
{
  XmlRpcParser     parser;
  XmlRpcElement    message;       /* methodCall or methodResponse */
  gboolean         has_params;
  gboolean         has_value;     /* the open param or fault */
  gboolean         is_fault;
  gboolean         makes_json;    /* unless the response is a fault */
  char            *method_name;
  XmlRpcBuffer     text;          /* of the method name */
  GError          *text_error;    /* in the text since the last tag */
  gsize            wrong_length;  /* of that text, from there on */
  XmlRpcElement    elements[MAX_ELEMENTS];
  gboolean         is_implied[MAX_ELEMENTS];   /* it was left out */
  guint            n_elements;
  XmlRpcFromXml    values;
  XmlRpcSink      *sink;          /* one of these: */
  XmlRpcToVariant  variant;
  XmlRpcSink       json;
};

/* From here on it is this sink that is told values. */
static void
tell (XmlRpcDecoder *self,
      XmlRpcSink    *sink)
{
  self->sink = sink;
  self->values.sink = sink;
}

static XmlRpcElement
get_element (XmlRpcDecoder *self)
{
  if (xml_rpc_from_xml_is_open (&self->values))
    return xml_rpc_from_xml_get_element (&self->values);

  return self->n_elements > 0 ? self->elements[self->n_elements - 1] : XML_RPC_ELEMENT_DOCUMENT;
}

/* The innermost one that was not left out. */
static XmlRpcElement
get_named_element (XmlRpcDecoder *self)
{
  const XmlRpcFromXmlFrame *top = self->values.top;

  if (xml_rpc_from_xml_is_open (&self->values) && top->text_mode == XML_RPC_TEXT_IS_IMPLIED)
    return (XmlRpcElement) top[-1].element;

  return get_element (self);
}

/* What the outermost value is called in places; empty above the parameters. */
static const char *
get_root (XmlRpcDecoder *self)
{
  if (self->n_elements < 2)
    return "";
  if (self->elements[1] == XML_RPC_ELEMENT_FAULT)
    return "fault";

  return self->elements[1] == XML_RPC_ELEMENT_PARAMS ? "params" : "";
}

/* What the sink says, and whoever tells it something. */
static GError *
steal_error (XmlRpcDecoder *self)
{
  g_autoptr (GError) error = xml_rpc_sink_steal_error (self->sink, get_root (self));

  return g_error_new (error->domain, error->code, "%s (line %u)",
                      error->message, xml_rpc_parser_get_line (&self->parser));
}

static void fail (XmlRpcDecoder *self,
                  const char    *format,
                  ...) G_GNUC_PRINTF (2, 3);

static void
fail (XmlRpcDecoder *self,
      const char    *format,
      ...)
{
  va_list arguments;

  va_start (arguments, format);
  xml_rpc_sink_take_error (self->sink, g_error_new_valist (XML_RPC_ERROR, XML_RPC_ERROR_INVALID_MESSAGE,
                                                           format, arguments));
  va_end (arguments);
}

static guint
count_params (XmlRpcDecoder *self)
{
  return (guint) self->sink->places[0].index;
}

static void
fail_for_two_values (XmlRpcDecoder *self)
{
  fail (self, "two values in one <%s>", xml_rpc_element_get_name (get_element (self)));
}

/* A fault has one value, in a param or not. */
static void
begin_param (XmlRpcDecoder *self)
{
  if (!self->is_fault)
    {
      self->has_value = FALSE;
      if (self->message == XML_RPC_ELEMENT_METHOD_RESPONSE && count_params (self) > 0 && !self->makes_json)
        xml_rpc_to_variant_begin_another (&self->variant);
      xml_rpc_sink_begin_param (self->sink);
    }
  else if (self->has_value)
    {
      fail_for_two_values (self);
    }
}

/* The value of a param or a fault. */
static void
begin_value (XmlRpcDecoder *self)
{
  if (self->has_value)
    {
      fail_for_two_values (self);
      return;
    }

  self->has_value = TRUE;
  xml_rpc_from_xml_begin (&self->values);
}

/* Of the message, around the values; not inlined, as the values are more. */
static G_GNUC_NO_INLINE void
begin_element (XmlRpcDecoder *self,
               XmlRpcElement  element)
{
  if (element == XML_RPC_ELEMENT_VALUE)
    {
      begin_value (self);
      return;
    }

  g_assert (self->n_elements < MAX_ELEMENTS);

  switch ((int) element)
    {
    case XML_RPC_ELEMENT_METHOD_NAME:
      if (self->method_name != NULL)
        fail (self, "a second <methodName>");
      break;
    case XML_RPC_ELEMENT_PARAMS:
      if (self->has_params || self->is_fault)
        fail (self, "<params> a second time, or beside <fault>");
      self->has_params = TRUE;
      break;
    case XML_RPC_ELEMENT_PARAM:
      begin_param (self);
      break;
    case XML_RPC_ELEMENT_FAULT:
      if (self->has_params || self->is_fault)
        fail (self, "<fault> a second time, or beside <params>");
      self->is_fault = TRUE;
      xml_rpc_to_variant_expect_any (&self->variant);
      break;
    default:
      if (element != self->message)
        fail (self, "expected <%s>, got <%s>",
              xml_rpc_element_get_name (self->message), xml_rpc_element_get_name (element));
      break;
    }

  /* The place of an error is that of the element around it. */
  if (xml_rpc_sink_has_failed (self->sink))
    return;

  self->is_implied[self->n_elements] = FALSE;
  self->elements[self->n_elements++] = element;
  if (self->is_fault)
    tell (self, &self->variant.sink);
}

/* Of Apache's types, which all others know that have them: what is in it is any XML. */
static gboolean
is_unsupported_type (const char *name,
                     gsize       length)
{
  return (length == 3 && memcmp (name, "dom", 3) == 0) || (length > 3 && memcmp (name + length - 4, ":dom", 4) == 0);
}

/* One that is unknown, or not where it may be. */
static G_GNUC_NO_INLINE void
refuse_element (XmlRpcDecoder *self,
                const char    *name,
                gsize          length)
{
  XmlRpcElement outer = get_named_element (self);
  int shown_length = (int) MIN (length, SHOWN_LENGTH);

  if (outer == XML_RPC_ELEMENT_DOCUMENT)
    fail (self, "expected <%s>, got <%.*s>",
          xml_rpc_element_get_name (self->message), shown_length, name);
  else if (outer == XML_RPC_ELEMENT_VALUE && is_unsupported_type (name, length))
    xml_rpc_sink_fail (self->sink, XML_RPC_ERROR_UNSUPPORTED_TYPE, "the type %.*s is not supported",
                       shown_length, name);
  else
    fail (self, "unexpected element <%.*s> in <%s>",
          shown_length, name, xml_rpc_element_get_name (outer));
}

static void
end_method_name (XmlRpcDecoder *self)
{
  xml_rpc_buffer_append_byte (&self->text, 0);
  self->method_name = g_strstrip (g_strdup ((const char *) self->text.data));
  if (*self->method_name == '\0')
    fail (self, "expected the name of a method, got an empty <methodName>");
}

/* Of a param or a fault. */
static void
end_value (XmlRpcDecoder *self)
{
  if (!self->has_value)
    fail (self, "a <%s> without a <value>", xml_rpc_element_get_name (get_element (self)));
  else if (!self->is_fault)
    xml_rpc_sink_end_param (self->sink);
}

static void
end_method_call (XmlRpcDecoder *self)
{
  if (self->method_name == NULL)
    fail (self, "a <methodCall> without a <methodName>");
  else
    xml_rpc_to_variant_end_params (&self->variant);
}

/* Some servers answer without a value where a method returns nothing. */
static void
end_method_response (XmlRpcDecoder *self)
{
  if (count_params (self) == 0 && !self->is_fault)
    self->sink->ops->add_nil (self->sink);
  if (self->variant.has_params)
    xml_rpc_to_variant_end_params (&self->variant);
}

static void
end_innermost (XmlRpcDecoder *self)
{
  switch ((int) get_element (self))
    {
    case XML_RPC_ELEMENT_METHOD_NAME:
      end_method_name (self);
      break;
    case XML_RPC_ELEMENT_PARAM:
    case XML_RPC_ELEMENT_FAULT:
      end_value (self);
      break;
    case XML_RPC_ELEMENT_METHOD_CALL:
      end_method_call (self);
      break;
    case XML_RPC_ELEMENT_METHOD_RESPONSE:
      end_method_response (self);
      break;
    default:
      break;
    }

  if (!xml_rpc_sink_has_failed (self->sink))
    self->n_elements--;
}

/* Those that were left out end with the one around them, which ends then. */
static G_GNUC_NO_INLINE void
end_element (XmlRpcDecoder *self)
{
  while (self->is_implied[self->n_elements - 1] && !xml_rpc_sink_has_failed (self->sink))
    end_innermost (self);
  if (!xml_rpc_sink_has_failed (self->sink))
    end_innermost (self);
}

static gboolean
is_allowed (const XmlRpcElementName *name,
            XmlRpcElement            outer)
{
  return (name->parents & (1u << outer)) != 0;
}

/* Whether an element can stand there, or in those that were left out there. */
static gboolean
leads_to (XmlRpcElement            outer,
          const XmlRpcElementName *name)
{
  while (outer != XML_RPC_ELEMENT_UNKNOWN && !is_allowed (name, outer))
    outer = xml_rpc_element_get_implied (outer);

  return outer != XML_RPC_ELEMENT_UNKNOWN;
}

/* Ends those that were left out and cannot be around what comes next. */
static void
end_implied (XmlRpcDecoder           *self,
             const XmlRpcElementName *next)
{
  while (!xml_rpc_from_xml_is_open (&self->values) && self->n_elements > 0 &&
         self->is_implied[self->n_elements - 1] && !xml_rpc_sink_has_failed (self->sink) &&
         (get_element (self) == XML_RPC_ELEMENT_PARAM || !leads_to (get_element (self), next)))
    end_innermost (self);
}

/* Those that were left out around it. Returns whether the last is a <value>. */
static gboolean
begin_implied (XmlRpcDecoder           *self,
               const XmlRpcElementName *next)
{
  XmlRpcElement element = XML_RPC_ELEMENT_UNKNOWN;

  while (!is_allowed (next, get_element (self)) && !xml_rpc_sink_has_failed (self->sink))
    {
      element = xml_rpc_element_get_implied (get_element (self));

      if (element == XML_RPC_ELEMENT_DATA)
        {
          xml_rpc_from_xml_imply_data (&self->values);
        }
      else if (xml_rpc_from_xml_is_open (&self->values))
        {
          xml_rpc_from_xml_start_element (&self->values, element);
        }
      else
        {
          begin_element (self, element);
          if (element != XML_RPC_ELEMENT_VALUE && !xml_rpc_sink_has_failed (self->sink))
            self->is_implied[self->n_elements - 1] = TRUE;
        }
    }

  return element == XML_RPC_ELEMENT_VALUE;
}

/* An element that is known and, one way or another, may stand there. */
static void
begin_known (XmlRpcDecoder           *self,
             const XmlRpcElementName *name)
{
  const gboolean is_in_implied_value = begin_implied (self, name);

  if (xml_rpc_sink_has_failed (self->sink))
    return;

  if (!xml_rpc_from_xml_is_open (&self->values))
    {
      begin_element (self, name->element);
      return;
    }

  xml_rpc_from_xml_start_element (&self->values, name->element);
  if (is_in_implied_value)
    xml_rpc_from_xml_imply_value (&self->values);
}

static void
check_values (XmlRpcDecoder *self)
{
  if (xml_rpc_sink_has_failed (self->sink))
    xml_rpc_parser_fail (&self->parser, steal_error (self));
}

/* Text that is wrong counts when it is certain to be text, which it is when there is
 * markup behind it: else it would depend on how much came at a time whether the same
 * message was not well-formed or had text where there is none. That is not waited for
 * without end. */
static G_GNUC_NO_INLINE void
fail_for_text (XmlRpcDecoder *self)
{
  xml_rpc_parser_fail (&self->parser, g_steal_pointer (&self->text_error));
}

/* One that may not stand here, but could if others were around it. */
static G_GNUC_NO_INLINE void
start_misplaced_element (XmlRpcDecoder           *self,
                         const XmlRpcElementName *found,
                         const char              *name,
                         gsize                    length)
{
  XmlRpcElementName in_value;

  if (found != NULL && found->element == XML_RPC_ELEMENT_FAULT && xml_rpc_from_xml_takes_fault (&self->values))
    {
      in_value = *found;
      in_value.parents = 1u << XML_RPC_ELEMENT_VALUE;
      found = &in_value;
    }

  if (found != NULL)
    end_implied (self, found);
  if (found != NULL && leads_to (get_element (self), found))
    begin_known (self, found);
  else
    refuse_element (self, name, length);
}

/* Not within a value, or not as it should be. */
static G_GNUC_NO_INLINE void
start_other_element (XmlRpcDecoder           *self,
                     const XmlRpcElementName *found,
                     const char              *name,
                     gsize                    length)
{
  const gboolean is_in_implied = self->n_elements > 0 && self->is_implied[self->n_elements - 1];

  if (self->text_error != NULL)
    fail_for_text (self);
  else if (G_LIKELY (found != NULL && is_allowed (found, get_element (self)) && !is_in_implied))
    begin_element (self, found->element);
  else
    start_misplaced_element (self, found, name, length);
  check_values (self);
}

static void
on_start_element (gpointer    user_data,
                  const char *name,
                  gsize       length,
                  guint64     word)
{
  XmlRpcDecoder *self = user_data;
  const XmlRpcElementName *found = xml_rpc_element_find (name, length, word);

  if (G_LIKELY (found != NULL && self->text_error == NULL && xml_rpc_from_xml_is_open (&self->values) &&
                (found->parents & (1u << xml_rpc_from_xml_get_element (&self->values))) != 0))
    {
      xml_rpc_from_xml_start_element (&self->values, found->element);
      check_values (self);
    }
  else
    {
      start_other_element (self, found, name, length);
    }
}

static void
on_end_element (gpointer user_data)
{
  XmlRpcDecoder *self = user_data;

  if (G_UNLIKELY (self->text_error != NULL))
    {
      fail_for_text (self);
    }
  else
    {
      if (xml_rpc_from_xml_is_open (&self->values))
        xml_rpc_from_xml_end_element (&self->values);
      else
        end_element (self);
      check_values (self);
    }
}

static void
add_text (XmlRpcDecoder *self,
          const char    *text,
          gsize          length)
{
  if (xml_rpc_from_xml_is_open (&self->values))
    xml_rpc_from_xml_add_text (&self->values, text, length);
  else if (get_element (self) == XML_RPC_ELEMENT_METHOD_NAME)
    xml_rpc_buffer_append (&self->text, text, length);
  else if (!xml_rpc_text_is_blank (text, length))
    fail (self, "unexpected text in <%s>", xml_rpc_element_get_name (get_element (self)));

  if (xml_rpc_sink_has_failed (self->sink))
    self->text_error = steal_error (self);
}

static void
on_text (gpointer    user_data,
         const char *text,
         gsize       length)
{
  XmlRpcDecoder *self = user_data;

  if (G_LIKELY (self->text_error == NULL))
    add_text (self, text, length);
  if (G_LIKELY (self->text_error == NULL))
    return;

  self->wrong_length += length;
  if (self->wrong_length > MAX_WRONG_TEXT)
    fail_for_text (self);
}

static gsize
on_raw_text (gpointer    user_data,
             const char *data,
             gsize       length)
{
  XmlRpcDecoder *self = user_data;

  if (self->text_error != NULL || !xml_rpc_from_xml_is_open (&self->values))
    return 0;

  return xml_rpc_from_xml_add_raw_text (&self->values, data, length);
}

static XmlRpcDecoder *
decoder_new (XmlRpcElement message)
{
  static const XmlRpcXmlEvents events = { on_start_element, on_end_element, on_text, on_raw_text };
  XmlRpcDecoder *self = g_new (XmlRpcDecoder, 1);

  /* The values, which are large, do that for themselves. */
  memset (self, 0, G_STRUCT_OFFSET (XmlRpcDecoder, values));
  self->message = message;
  xml_rpc_element_init ();
  xml_rpc_parser_init (&self->parser, &events, self);
  xml_rpc_to_variant_init (&self->variant);
  xml_rpc_from_xml_init (&self->values);
  tell (self, &self->variant.sink);

  return self;
}

XmlRpcDecoder *
xml_rpc_decoder_new_call (const GVariantType *params_type)
{
  XmlRpcDecoder *self = decoder_new (XML_RPC_ELEMENT_METHOD_CALL);

  if (!xml_rpc_to_variant_expect (&self->variant, params_type))
    check_values (self);
  xml_rpc_to_variant_begin_params (&self->variant);

  return self;
}

XmlRpcDecoder *
xml_rpc_decoder_new_response (const GVariantType *type)
{
  XmlRpcDecoder *self = decoder_new (XML_RPC_ELEMENT_METHOD_RESPONSE);

  if (!xml_rpc_to_variant_expect_response (&self->variant, type))
    check_values (self);

  return self;
}

XmlRpcDecoder *
xml_rpc_decoder_new_response_to_json (void)
{
  XmlRpcDecoder *self = xml_rpc_decoder_new_response (NULL);

  xml_rpc_sink_init (&self->json, &xml_rpc_to_json_ops);
  self->makes_json = TRUE;
  tell (self, &self->json);

  return self;
}

void
xml_rpc_decoder_free (XmlRpcDecoder *self)
{
  xml_rpc_parser_clear (&self->parser);
  xml_rpc_from_xml_clear (&self->values);
  xml_rpc_to_variant_clear (&self->variant);
  if (self->makes_json)
    xml_rpc_sink_clear (&self->json);
  xml_rpc_buffer_clear (&self->text);
  g_clear_error (&self->text_error);
  g_free (self->method_name);
  g_free (self);
}

void
xml_rpc_decoder_set_charset (XmlRpcDecoder *self,
                             const char    *charset)
{
  if (charset != NULL)
    xml_rpc_parser_set_charset (&self->parser, charset);
}

void
xml_rpc_decoder_set_max_values (XmlRpcDecoder *self,
                                guint          max_values)
{
  self->values.max_values = max_values > 0 ? max_values : G_MAXSIZE;
}

void
xml_rpc_decoder_disable_scanner (XmlRpcDecoder *self)
{
  xml_rpc_parser_disable_scanner (&self->parser);
}

gboolean
xml_rpc_decoder_feed (XmlRpcDecoder  *self,
                      const void     *data,
                      gsize           length,
                      GError        **error)
{
  return xml_rpc_parser_feed (&self->parser, data, length, error);
}

XmlRpcFlaw
xml_rpc_decoder_get_flaw (XmlRpcDecoder *self)
{
  return self->parser.sink.flaw;
}

gboolean
xml_rpc_decoder_finish_call (XmlRpcDecoder  *self,
                             char          **method_name,
                             GVariant      **params,
                             GError        **error)
{
  if (!xml_rpc_parser_finish (&self->parser, error))
    return FALSE;

  *params = xml_rpc_to_variant_end (&self->variant, error);
  if (*params == NULL)
    return FALSE;

  *method_name = g_steal_pointer (&self->method_name);
  return TRUE;
}

/* TRUE if there is a value. */
static gboolean
finish_response (XmlRpcDecoder  *self,
                 GError        **error)
{
  g_autoptr (GVariant) fault = NULL;

  if (!xml_rpc_parser_finish (&self->parser, error))
    return FALSE;
  if (!self->is_fault)
    return TRUE;

  fault = xml_rpc_to_variant_end (&self->variant, NULL);
  g_propagate_error (error, xml_rpc_fault_new_from_value (fault));
  return FALSE;
}

GVariant *
xml_rpc_decoder_finish_response (XmlRpcDecoder  *self,
                                 GError        **error)
{
  return finish_response (self, error) ? xml_rpc_to_variant_end (&self->variant, error) : NULL;
}

GBytes *
xml_rpc_decoder_finish_response_to_json (XmlRpcDecoder  *self,
                                         GError        **error)
{
  if (!finish_response (self, error))
    return NULL;

  return count_params (self) > 1 ? xml_rpc_to_json_end_values (&self->json) : xml_rpc_to_json_end_as_bytes (&self->json);
}
