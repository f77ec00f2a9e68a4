/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The XML declaration: <?xml version="1.0" encoding="..." standalone="..."?>, in which the
 * encoding is what matters. It is read from bytes that are ASCII at least there, whatever
 * the encoding is. */

#include "xml-rpc-declaration-private.h"

#include "xml-rpc-text-private.h"

#include <string.h>

#define START "<?xml"

typedef struct
{
  const char *text;
  gsize       length;
} Slice;

static gboolean
equals (const Slice *slice,
        const char  *text)
{
  return strlen (text) == slice->length && memcmp (slice->text, text, slice->length) == 0;
}

static void
skip_blanks (const char **at,
             const char  *end)
{
  while (*at < end && xml_rpc_text_is_white (**at))
    (*at)++;
}

/* Such as ' version="1.0"', with the blank before it; *at stays where it is if there is
 * something else. */
static gboolean
take_attribute (const char **at,
                const char  *end,
                const char  *name,
                Slice       *value)
{
  const char *next = *at;
  const char *quote;

  skip_blanks (&next, end);
  if (next == *at || (gsize) (end - next) < strlen (name) || memcmp (next, name, strlen (name)) != 0)
    return FALSE;
  next += strlen (name);

  skip_blanks (&next, end);
  if (next == end || *next++ != '=')
    return FALSE;

  skip_blanks (&next, end);
  if (next == end || (*next != '"' && *next != '\''))
    return FALSE;

  quote = memchr (next + 1, *next, (gsize) (end - next - 1));
  if (quote == NULL)
    return FALSE;

  *value = (Slice) { next + 1, (gsize) (quote - next - 1) };
  *at = quote + 1;
  return TRUE;
}

/* Section 4.3.3. */
static gboolean
is_name_of_encoding (const Slice *name)
{
  if (name->length == 0 || !g_ascii_isalpha (name->text[0]))
    return FALSE;

  for (gsize i = 1; i < name->length; i++)
    {
      if (!g_ascii_isalnum (name->text[i]) && name->text[i] != '.' && name->text[i] != '_' && name->text[i] != '-')
        return FALSE;
    }

  return TRUE;
}

static gboolean
parse_attributes (XmlRpcDeclaration *self,
                  const char        *at,
                  const char        *end)
{
  Slice version, encoding, standalone;

  if (!take_attribute (&at, end, "version", &version))
    return FALSE;

  self->is_plain = equals (&version, "1.0");
  if (take_attribute (&at, end, "encoding", &encoding))
    {
      self->is_plain = self->is_plain && is_name_of_encoding (&encoding);
      self->encoding = encoding.text;
      self->encoding_length = encoding.length;
    }
  if (take_attribute (&at, end, "standalone", &standalone))
    self->is_plain = self->is_plain && (equals (&standalone, "yes") || equals (&standalone, "no"));
  skip_blanks (&at, end);

  return at == end;
}

/* "?>", not within quotation marks: an encoding may be told there, even if it is none. */
static const char *
find_end (const char *at,
          const char *end)
{
  char quote = '\0';

  for (; at < end; at++)
    {
      if (quote != '\0')
        quote = *at == quote ? '\0' : quote;
      else if (*at == '"' || *at == '\'')
        quote = *at;
      else if (*at == '?')
        return at;
    }

  return NULL;
}

/* Nearly all messages begin with one of these. What parse_attributes() would find in it is
 * known before. */
static gboolean
take_usual (XmlRpcDeclaration *self,
            const char        *text,
            gsize              length)
{
  static const char start[] = "<?xml version=\"1.0\"";
  static const char * const encodings[] = { " encoding=\"UTF-8\"?>", " encoding=\"utf-8\"?>" };
  const gsize start_length = strlen (start);
  const gsize rest_length = strlen (" encoding=\"UTF-8\"?>");
  const char *rest = text + start_length;

  if (length < start_length + rest_length || memcmp (text, start, start_length) != 0)
    return FALSE;

  *self = (XmlRpcDeclaration) { .length = start_length + strlen ("?>"), .is_plain = TRUE };
  if (memcmp (rest, "?>", strlen ("?>")) == 0)
    return TRUE;

  self->length = start_length + rest_length;
  self->encoding = rest + strlen (" encoding=\"");
  self->encoding_length = strlen ("UTF-8");
  for (gsize i = 0; i < G_N_ELEMENTS (encodings); i++)
    {
      if (memcmp (rest, encodings[i], rest_length) == 0)
        return TRUE;
    }

  return FALSE;
}

XmlRpcDeclarationStatus
xml_rpc_declaration_parse (XmlRpcDeclaration *self,
                           const char        *text,
                           gsize              length)
{
  const gsize start_length = strlen (START);
  const char *end = text + length;
  const char *mark;

  if (take_usual (self, text, length))
    return XML_RPC_DECLARATION_IS_THERE;

  *self = (XmlRpcDeclaration) { 0 };

  if (memcmp (text, START, MIN (length, start_length)) != 0)
    return XML_RPC_DECLARATION_IS_MISSING;
  if (length <= start_length)
    return XML_RPC_DECLARATION_IS_CUT;
  if (!xml_rpc_text_is_white (text[start_length]))
    return XML_RPC_DECLARATION_IS_MISSING;

  mark = find_end (text + start_length, end);
  if (mark == NULL || mark + 1 == end)
    return XML_RPC_DECLARATION_IS_CUT;

  self->length = (gsize) (mark + 2 - text);
  if (mark[1] != '>' || !parse_attributes (self, text + start_length, mark))
    return XML_RPC_DECLARATION_IS_BROKEN;

  return XML_RPC_DECLARATION_IS_THERE;
}
