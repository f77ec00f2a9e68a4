/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-libxml-private.h"

#include <xmlrpc-glib/xml-rpc-error.h>

#include "../variant/xml-rpc-buffer-private.h"
#include "xml-rpc-text-private.h"

#include <libxml/SAX2.h>
#include <libxml/parser.h>

/* All that depends on the version of libxml2. */
#if LIBXML_VERSION >= 21300
#define set_options xmlCtxtSetOptions
#else
#define set_options xmlCtxtUseOptions
#endif
#if LIBXML_VERSION >= 21200
typedef const xmlError *ParserError;
#else
typedef xmlError *ParserError;
#endif

/* The document is UTF-8 by now, even if it declares something else. Huge turns off
 * libxml2's own limits on text and nesting. */
#define OPTIONS (XML_PARSE_NONET | XML_PARSE_HUGE | XML_PARSE_IGNORE_ENC)

/* libxml2 2.9 compares a prefix with all that are declared around it, and its dictionary
 * of names slows down with each. XML-RPC needs none of them. */
#define MAX_NAMESPACES 256
#define MAX_NAMES 10000

typedef struct
{
  guint depth;
  guint n_namespaces;
} Scope;

struct _XmlRpcLibxml
{
  XmlRpcXmlSink    *sink;
  xmlParserCtxt    *context;
  guint             first_line;
  guint             n_muted_starts;
  guint             n_muted_ends;
  gboolean          has_root;       /* if only its start tag */
  gboolean          is_ending;      /* no more data is to come */
  gboolean          has_ended;      /* what libxml2 makes of it still does not count */
  guint             depth;
  GArray           *scopes;         /* of open elements that declare namespaces */
  guint             scope_depth;    /* of the innermost one; 0: there is none */
  guint             n_namespaces;   /* in all of them */
  GHashTable       *names;          /* libxml2 has each once, so that their places do */
  XmlRpcBuffer      name;           /* with its prefix */
};

static gboolean
is_over (XmlRpcLibxml *self)
{
  return self->has_ended || xml_rpc_xml_sink_is_over (self->sink);
}

static void
fail_limit (XmlRpcLibxml *self,
            const char   *what,
            guint         limit,
            const char   *things)
{
  xml_rpc_xml_sink_fail (self->sink, g_error_new (XML_RPC_ERROR, XML_RPC_ERROR_LIMIT_EXCEEDED,
                                                  "%s with more than %u %s (line %u)", what, limit, things,
                                                  xml_rpc_libxml_get_line (self)));
}

static void
note_name (XmlRpcLibxml  *self,
           const xmlChar *name)
{
  if (name == NULL)
    return;
  if (self->names == NULL)
    self->names = g_hash_table_new (NULL, NULL);
  if (g_hash_table_add (self->names, (gpointer) name) && g_hash_table_size (self->names) == MAX_NAMES + 1)
    fail_limit (self, "a document", MAX_NAMES, "names of attributes, prefixes and instructions");
}

static void
open_scope (XmlRpcLibxml *self,
            guint         n_namespaces)
{
  const Scope scope = { self->depth, n_namespaces };

  if (self->scopes == NULL)
    self->scopes = g_array_new (FALSE, FALSE, sizeof scope);
  g_array_append_val (self->scopes, scope);
  self->scope_depth = self->depth;

  self->n_namespaces += n_namespaces;
  if (self->n_namespaces > MAX_NAMESPACES)
    fail_limit (self, "an element", MAX_NAMESPACES, "namespaces declared around it");
}

static void
close_scope (XmlRpcLibxml *self)
{
  const guint n = self->scopes->len - 1;

  self->n_namespaces -= g_array_index (self->scopes, Scope, n).n_namespaces;
  self->scope_depth = n > 0 ? g_array_index (self->scopes, Scope, n - 1).depth : 0;
  g_array_set_size (self->scopes, n);
}

/* Three pointers an attribute: its name, prefix and namespace; and two that are its
 * value. Two pointers a namespace. */
static void
note_names (XmlRpcLibxml   *self,
            const xmlChar  *prefix,
            int             n_namespaces,
            const xmlChar **namespaces,
            int             n_attributes,
            const xmlChar **attributes)
{
  note_name (self, prefix);
  for (int i = 0; i < 2 * n_namespaces; i++)
    note_name (self, namespaces[i]);
  for (int i = 0; i < n_attributes; i++)
    {
      note_name (self, attributes[5 * i]);
      note_name (self, attributes[5 * i + 1]);
    }
}

static inline void
emit_start (XmlRpcLibxml  *self,
            const xmlChar *name)
{
  const char *text = (const char *) name;
  const gsize length = strlen (text);

  self->sink->events->start_element (self->sink->user_data, text, length, xml_rpc_xml_name_to_word (text, length));
}

static void
emit_prefixed_start (XmlRpcLibxml  *self,
                     const xmlChar *prefix,
                     const xmlChar *name)
{
  self->name.length = 0;
  xml_rpc_buffer_append (&self->name, prefix, strlen ((const char *) prefix));
  xml_rpc_buffer_append_byte (&self->name, ':');
  xml_rpc_buffer_append (&self->name, name, strlen ((const char *) name) + 1);

  emit_start (self, self->name.data);
}

/* One that has more than its name, or was seen by somebody else. */
static G_GNUC_NO_INLINE void
start_special_element (XmlRpcLibxml   *self,
                       const xmlChar  *name,
                       const xmlChar  *prefix,
                       int             n_namespaces,
                       const xmlChar **namespaces,
                       int             n_attributes,
                       const xmlChar **attributes)
{
  if (n_namespaces > 0)
    open_scope (self, (guint) n_namespaces);
  note_names (self, prefix, n_namespaces, namespaces, n_attributes, attributes);

  if (self->n_muted_starts > 0)
    self->n_muted_starts--;
  else if (is_over (self))
    return;
  else if (prefix != NULL)
    emit_prefixed_start (self, prefix, name);
  else
    emit_start (self, name);
}

static void
on_start_element (void           *user_data,
                  const xmlChar  *name,
                  const xmlChar  *prefix,
                  const xmlChar  *uri,
                  int             n_namespaces,
                  const xmlChar **namespaces,
                  int             n_attributes,
                  int             n_defaulted,
                  const xmlChar **attributes)
{
  XmlRpcLibxml *self = user_data;

  if (is_over (self))
    return;

  self->has_root = TRUE;
  self->depth++;
  if (G_UNLIKELY (n_namespaces + n_attributes > 0 || prefix != NULL || self->n_muted_starts > 0))
    start_special_element (self, name, prefix, n_namespaces, namespaces, n_attributes, attributes);
  else
    emit_start (self, name);
}

static void
on_end_element (void          *user_data,
                const xmlChar *name,
                const xmlChar *prefix,
                const xmlChar *uri)
{
  XmlRpcLibxml *self = user_data;

  if (is_over (self))
    return;

  if (G_UNLIKELY (self->depth == self->scope_depth))
    close_scope (self);
  self->depth--;
  if (self->n_muted_ends > 0)
    self->n_muted_ends--;
  else
    self->sink->events->end_element (self->sink->user_data);
}

static void
on_text (void          *user_data,
         const xmlChar *text,
         int            length)
{
  XmlRpcLibxml *self = user_data;

  if (!is_over (self))
    self->sink->events->text (self->sink->user_data, (const char *) text, (gsize) length);
}

static void
on_instruction (void          *user_data,
                const xmlChar *target,
                const xmlChar *data)
{
  XmlRpcLibxml *self = user_data;

  if (!is_over (self))
    note_name (self, target);
}

gboolean
xml_rpc_libxml_has_root (XmlRpcLibxml *self)
{
  return self->has_root;
}

gboolean
xml_rpc_libxml_is_in_root (XmlRpcLibxml *self)
{
  return self->depth > 0;
}

static gboolean
is_complete (XmlRpcLibxml *self)
{
  return self->has_root && !xml_rpc_libxml_is_in_root (self);
}

/* Of two elements whose names differ in their prefixes only, libxml2 tells the names
 * without. */
static char *
describe_mismatch (ParserError error)
{
  if (g_strcmp0 (error->str1, error->str2) == 0)
    return g_strdup_printf ("expected </%s>, got one with another prefix", error->str1);

  return g_strdup_printf ("expected </%s>, got </%s>", error->str1, error->str2);
}

static char *
describe_error (XmlRpcLibxml *self,
                ParserError   error)
{
  /* libxml2 says that there is too much when there is too little. */
  if (self->is_ending && !is_complete (self))
    return g_strdup ("it ends too early");
  if (error->code == XML_ERR_TAG_NAME_MISMATCH && error->str1 != NULL && error->str2 != NULL)
    return describe_mismatch (error);

  return g_strdelimit (g_strchomp (g_strdup (error->message != NULL ? error->message : "unknown error")), "\n", ' ');
}

/* Only fatal errors count: XML-RPC does not care about the others, such as a prefix that
 * is not declared. */
static void
on_error (void        *user_data,
          ParserError  error)
{
  XmlRpcLibxml *self = user_data;
  g_autofree char *message = NULL;
  g_autofree char *shown = NULL;

  if (error->level < XML_ERR_FATAL || xml_rpc_xml_sink_is_over (self->sink))
    return;

  message = describe_error (self, error);
  shown = xml_rpc_text_make_printable (message, -1);
  xml_rpc_xml_sink_fail (self->sink, g_error_new (XML_RPC_ERROR, XML_RPC_ERROR_NOT_WELL_FORMED,
                                                  "not well-formed XML: %s (line %u)",
                                                  shown, xml_rpc_libxml_get_line (self)));
}

/* By itself libxml2 sets up its encodings without a lock when it is first used. */
static void
ensure_initialized (void)
{
  static gsize is_initialized;

  if (g_once_init_enter (&is_initialized))
    {
      xmlInitParser ();
      g_once_init_leave (&is_initialized, TRUE);
    }
}

XmlRpcLibxml *
xml_rpc_libxml_new (XmlRpcXmlSink *sink,
                    guint          line)
{
  xmlSAXHandler sax = {
    .initialized = XML_SAX2_MAGIC,
    .startElementNs = on_start_element,
    .endElementNs = on_end_element,
    .characters = on_text,
    .ignorableWhitespace = on_text,
    .processingInstruction = on_instruction,
    .serror = on_error,
  };
  XmlRpcLibxml *self = g_new0 (XmlRpcLibxml, 1);

  ensure_initialized ();
  self->sink = sink;
  self->first_line = line;
  self->context = xmlCreatePushParserCtxt (&sax, self, NULL, 0, NULL);
  if (self->context == NULL)
    g_error ("no memory for an XML parser");
  set_options (self->context, OPTIONS);

  return self;
}

void
xml_rpc_libxml_free (XmlRpcLibxml *self)
{
  xmlFreeParserCtxt (self->context);
  g_clear_pointer (&self->names, g_hash_table_unref);
  g_clear_pointer (&self->scopes, g_array_unref);
  xml_rpc_buffer_clear (&self->name);
  g_free (self);
}

void
xml_rpc_libxml_mute (XmlRpcLibxml *self,
                     guint         n_starts,
                     guint         n_ends)
{
  self->n_muted_starts = n_starts;
  self->n_muted_ends = n_ends;
}

void
xml_rpc_libxml_parse (XmlRpcLibxml *self,
                      const char   *data,
                      gsize         length)
{
  if (!xml_rpc_xml_sink_is_over (self->sink))
    xmlParseChunk (self->context, data, (int) length, FALSE);
}

void
xml_rpc_libxml_begin_end (XmlRpcLibxml *self)
{
  self->is_ending = TRUE;
}

void
xml_rpc_libxml_finish (XmlRpcLibxml *self)
{
  if (xml_rpc_xml_sink_is_over (self->sink))
    return;

  self->has_ended = TRUE;
  xmlParseChunk (self->context, NULL, 0, TRUE);
  if (!is_complete (self))
    xml_rpc_xml_sink_fail (self->sink, g_error_new (XML_RPC_ERROR, XML_RPC_ERROR_NOT_WELL_FORMED,
                                                    "not well-formed XML: it ends too early (line %u)",
                                                    xml_rpc_libxml_get_line (self)));
}

guint
xml_rpc_libxml_get_line (XmlRpcLibxml *self)
{
  return self->first_line + (guint) MAX (1, xmlSAX2GetLineNumber (self->context)) - 1;
}

void
xml_rpc_libxml_add_lines (XmlRpcLibxml *self,
                          guint         n)
{
  self->first_line += n;
}
