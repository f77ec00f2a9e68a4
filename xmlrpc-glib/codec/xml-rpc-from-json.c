/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A JSON text becomes tokens, by recursive descent. An object with a single member whose
 * name starts with '$' stands for a type that JSON lacks, which the table of types has. The
 * scanner looks ahead for that, since any other object is a struct, whatever its first name.
 *
 * A whole number without a point and an exponent is an int, or an i8 if it is too large. */

#include "xml-rpc-stream-private.h"

#include "xml-rpc-json-scanner-private.h"
#include "xml-rpc-number-private.h"

typedef struct
{
  XmlRpcSink        *sink;
  XmlRpcJsonScanner  scanner;
  XmlRpcBuffer       text;      /* a string that had to be unescaped */
} Walk;

/* These return FALSE if the sink has failed. */
static gboolean tell_value (Walk *self);

static gboolean
is_going_on (const Walk *self)
{
  return !xml_rpc_sink_has_failed (self->sink);
}

static gboolean
tell_text (Walk             *self,
           const XmlRpcType *type)
{
  gsize length;
  const char *text = xml_rpc_json_scanner_read_string (&self->scanner, &self->text, &length);

  if (text == NULL)
    return FALSE;

  xml_rpc_sink_add_whole_text (self->sink, type, text, length);
  return is_going_on (self);
}

/* What is between two brackets, the first of which is behind. */
static gboolean
tell_list (Walk       *self,
           char        end,
           const char *expected,
           gboolean  (*tell) (Walk *self))
{
  if (xml_rpc_json_scanner_skip (&self->scanner, end))
    return TRUE;

  do
    {
      if (!tell (self))
        return FALSE;
    }
  while (xml_rpc_json_scanner_skip (&self->scanner, ','));

  return xml_rpc_json_scanner_skip (&self->scanner, end) || xml_rpc_json_scanner_fail (&self->scanner, expected);
}

static gboolean
tell_item (Walk *self)
{
  xml_rpc_sink_begin_item (self->sink);
  return tell_value (self);
}

/* What follows the bracket. */
static gboolean
tell_array (Walk *self)
{
  xml_rpc_sink_begin_array (self->sink);
  if (!is_going_on (self) || !tell_list (self, ']', "',' or ']'", tell_item))
    return FALSE;
  xml_rpc_sink_end_array (self->sink);

  return is_going_on (self);
}

/* A name that had to be unescaped is kept by the sink, while there may be others within. */
static gboolean
begin_member (Walk *self)
{
  XmlRpcBuffer *names = &self->sink->names;
  gsize length;
  const char *name = xml_rpc_json_scanner_read_string (&self->scanner, &self->text, &length);

  if (name == NULL)
    return FALSE;

  self->sink->place->name_start = names->length;
  if (name >= self->scanner.start && name < self->scanner.end)
    {
      xml_rpc_sink_begin_member (self->sink, name, length);
    }
  else
    {
      xml_rpc_buffer_reserve (names, 1);
      xml_rpc_buffer_append (names, name, length);
      xml_rpc_sink_begin_collected_member (self->sink);
    }

  return is_going_on (self);
}

static gboolean
tell_member (Walk *self)
{
  if (!begin_member (self))
    return FALSE;
  if (!xml_rpc_json_scanner_skip (&self->scanner, ':'))
    return xml_rpc_json_scanner_fail (&self->scanner, "':'");
  if (!tell_value (self))
    return FALSE;

  self->sink->names.length = self->sink->place->name_start;
  xml_rpc_sink_end_member (self->sink);
  return TRUE;
}

/* What follows the brace. */
static gboolean
tell_struct (Walk *self)
{
  xml_rpc_sink_begin_struct (self->sink);
  if (!is_going_on (self) || !tell_list (self, '}', "',' or '}'", tell_member))
    return FALSE;
  xml_rpc_sink_end_struct (self->sink);

  return is_going_on (self);
}

static gboolean
tell_number (Walk *self)
{
  XmlRpcJsonNumber number;
  XmlRpcValueKind kind = XML_RPC_VALUE_I8;
  gint64 value;

  if (!xml_rpc_json_scanner_read_number (&self->scanner, &number))
    return FALSE;

  if (!number.is_whole)
    {
      xml_rpc_sink_add_value_text (self->sink, &xml_rpc_types[XML_RPC_VALUE_DOUBLE], number.start, number.length);
    }
  else if (xml_rpc_parse_integer (number.start, number.length, &value) == XML_RPC_NUMBER_OK)
    {
      if (value >= G_MININT32 && value <= G_MAXINT32)
        kind = XML_RPC_VALUE_INT;
      self->sink->ops->add_integer (self->sink, &xml_rpc_types[kind], value);
    }
  else
    {
      /* Which says why. */
      xml_rpc_sink_add_value_text (self->sink, &xml_rpc_types[kind], number.start, number.length);
    }

  return is_going_on (self);
}

/* A number, or a string of one. */
static gboolean
tell_number_or_text (Walk             *self,
                     const XmlRpcType *type)
{
  XmlRpcJsonNumber number;

  if (xml_rpc_json_scanner_peek (&self->scanner) == '"')
    number.start = xml_rpc_json_scanner_read_string (&self->scanner, &self->text, &number.length);
  else if (!xml_rpc_json_scanner_read_number (&self->scanner, &number))
    return FALSE;

  if (number.start != NULL)
    xml_rpc_sink_add_value_text (self->sink, type, number.start, number.length);
  return is_going_on (self);
}

static gboolean
tell_decimal (Walk             *self,
              const XmlRpcType *type)
{
  gsize length;
  const char *text = xml_rpc_json_scanner_read_string (&self->scanner, &self->text, &length);

  if (text == NULL)
    return FALSE;

  xml_rpc_sink_add_value_text (self->sink, type, text, length);
  return is_going_on (self);
}

static gboolean
tell_bytes (Walk *self)
{
  XmlRpcBase64Decoder decoder;
  gsize length;
  const char *text = xml_rpc_json_scanner_read_string (&self->scanner, &self->text, &length);

  if (text == NULL)
    return FALSE;

  xml_rpc_base64_decoder_init (&decoder);
  self->sink->ops->begin_bytes (self->sink);
  xml_rpc_sink_add_base64 (self->sink, &decoder, text, length);
  if (is_going_on (self))
    xml_rpc_sink_end_base64 (self->sink, &decoder);

  return is_going_on (self);
}

/* What stands for a value of this type. */
static gboolean
tell_named (Walk             *self,
            const XmlRpcType *type)
{
  switch ((int) type->form)
    {
    case XML_RPC_FORM_TEXT:
      return tell_text (self, type);
    case XML_RPC_FORM_DECIMAL:
      return tell_decimal (self, type);
    case XML_RPC_FORM_BYTES:
      return tell_bytes (self);
    case XML_RPC_FORM_STRUCT:
      if (xml_rpc_json_scanner_skip (&self->scanner, '{'))
        return tell_struct (self);
      return xml_rpc_json_scanner_fail (&self->scanner, "'{'");
    default:
      return tell_number_or_text (self, type);
    }
}

/* The values of a response that has several, which are an array here. */
static gboolean
tell_values (Walk *self)
{
  if (!xml_rpc_json_scanner_skip (&self->scanner, '['))
    return xml_rpc_json_scanner_fail (&self->scanner, "'['");

  return tell_array (self);
}

static gboolean
is_values (const char *name,
           gsize       length)
{
  return length == strlen (XML_RPC_JSON_VALUES) && memcmp (name, XML_RPC_JSON_VALUES, length) == 0;
}

static gboolean
tell_form (Walk *self)
{
  const XmlRpcType *type;
  gsize length;
  const char *name = xml_rpc_json_scanner_read_string (&self->scanner, &self->text, &length);

  if (name == NULL)
    return FALSE;
  if (!xml_rpc_json_scanner_skip (&self->scanner, ':'))
    return xml_rpc_json_scanner_fail (&self->scanner, "':'");

  type = xml_rpc_type_find_by_json (name, length);
  if (type == NULL && is_values (name, length))
    {
      if (!tell_values (self))
        return FALSE;
    }
  else if (type == NULL)
    {
      xml_rpc_sink_fail_text (self->sink, "one of the names that stand for a type", name, length);
      return FALSE;
    }
  else if (!tell_named (self, type))
    {
      return FALSE;
    }

  return xml_rpc_json_scanner_skip (&self->scanner, '}') || xml_rpc_json_scanner_fail (&self->scanner, "'}'");
}

static gboolean
tell_word (Walk *self)
{
  const XmlRpcSinkOps *ops = self->sink->ops;

  if (xml_rpc_json_scanner_skip_word (&self->scanner, "true"))
    ops->add_boolean (self->sink, TRUE);
  else if (xml_rpc_json_scanner_skip_word (&self->scanner, "false"))
    ops->add_boolean (self->sink, FALSE);
  else if (xml_rpc_json_scanner_skip_word (&self->scanner, "null"))
    ops->add_nil (self->sink);
  else
    return xml_rpc_json_scanner_fail (&self->scanner, "a value");

  return is_going_on (self);
}

static gboolean
tell_value (Walk *self)
{
  XmlRpcJsonScanner *scanner = &self->scanner;
  const char next = xml_rpc_json_scanner_peek (scanner);

  if (next == '"')
    return tell_text (self, &xml_rpc_types[XML_RPC_VALUE_STRING]);
  if (next == '-' || g_ascii_isdigit (next))
    return tell_number (self);
  if (xml_rpc_json_scanner_skip (scanner, '['))
    return tell_array (self);
  if (xml_rpc_json_scanner_skip (scanner, '{'))
    return xml_rpc_json_scanner_is_at_form (scanner) ? tell_form (self) : tell_struct (self);

  return tell_word (self);
}

static void
tell_end (Walk *self)
{
  if (xml_rpc_json_scanner_peek (&self->scanner) != '\0')
    xml_rpc_json_scanner_fail (&self->scanner, "the end of the text");
}

static gboolean
walk_init (Walk       *self,
           const char *json,
           gssize      length,
           XmlRpcSink *sink)
{
  const gsize size = length >= 0 ? (gsize) length : strlen (json);

  *self = (Walk) { .sink = sink, .scanner = { sink, json, json, json + size } };
  if (g_utf8_validate (json, (gssize) size, NULL))
    return TRUE;

  xml_rpc_sink_fail (sink, XML_RPC_ERROR_NOT_WELL_FORMED, "expected UTF-8, got bytes that are not");
  return FALSE;
}

void
xml_rpc_from_json_tell_value (const char *json,
                              gssize      length,
                              XmlRpcSink *sink)
{
  Walk self;

  if (walk_init (&self, json, length, sink) && tell_value (&self))
    tell_end (&self);
  xml_rpc_buffer_clear (&self.text);
}

static gboolean
tell_param (Walk *self)
{
  xml_rpc_sink_begin_param (self->sink);
  if (!tell_value (self))
    return FALSE;
  xml_rpc_sink_end_param (self->sink);

  return TRUE;
}

static gboolean
tell_params (Walk *self)
{
  if (xml_rpc_json_scanner_skip (&self->scanner, '['))
    return tell_list (self, ']', "',' or ']'", tell_param);

  xml_rpc_sink_fail (self->sink, XML_RPC_ERROR_TYPE_MISMATCH, "expected an array of JSON");
  return FALSE;
}

void
xml_rpc_from_json_tell_params (const char *json,
                               XmlRpcSink *sink)
{
  Walk self;

  if (walk_init (&self, json, -1, sink) && tell_params (&self))
    tell_end (&self);
  xml_rpc_buffer_clear (&self.text);
}
