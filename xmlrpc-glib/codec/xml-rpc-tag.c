/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-tag-private.h"

#include <string.h>

/* Of an element, no two of one name. */
#define MAX_ATTRIBUTES 4

typedef struct
{
  const char *text;
  gsize       length;
} Name;

enum
{
  NAME_START = 1 << 0,
  NAME       = 1 << 1,
  VALUE      = 1 << 2,  /* of an attribute; quotation marks, too */
};

#define N NAME | VALUE
#define S NAME_START | NAME | VALUE
#define V VALUE

static const guint8 classes[256] = {
  [' '] = V, ['!'] = V, ['"'] = V, ['#'] = V, ['$'] = V, ['%'] = V, ['\''] = V, ['('] = V, [')'] = V, ['*'] = V, ['+'] = V,
  [','] = V, ['-'] = N, ['.'] = N, ['/'] = V, ['0'] = N, ['1'] = N, ['2'] = N, ['3'] = N, ['4'] = N, ['5'] = N,
  ['6'] = N, ['7'] = N, ['8'] = N, ['9'] = N, [':'] = V, [';'] = V, ['='] = V, ['>'] = V, ['?'] = V, ['@'] = V,
  ['A'] = S, ['B'] = S, ['C'] = S, ['D'] = S, ['E'] = S, ['F'] = S, ['G'] = S, ['H'] = S, ['I'] = S, ['J'] = S,
  ['K'] = S, ['L'] = S, ['M'] = S, ['N'] = S, ['O'] = S, ['P'] = S, ['Q'] = S, ['R'] = S, ['S'] = S, ['T'] = S,
  ['U'] = S, ['V'] = S, ['W'] = S, ['X'] = S, ['Y'] = S, ['Z'] = S, ['['] = V, ['\\'] = V, [']'] = V, ['^'] = V,
  ['_'] = S, ['`'] = V,
  ['a'] = S, ['b'] = S, ['c'] = S, ['d'] = S, ['e'] = S, ['f'] = S, ['g'] = S, ['h'] = S, ['i'] = S, ['j'] = S,
  ['k'] = S, ['l'] = S, ['m'] = S, ['n'] = S, ['o'] = S, ['p'] = S, ['q'] = S, ['r'] = S, ['s'] = S, ['t'] = S,
  ['u'] = S, ['v'] = S, ['w'] = S, ['x'] = S, ['y'] = S, ['z'] = S, ['{'] = V, ['|'] = V, ['}'] = V, ['~'] = V,
};

#undef N
#undef S
#undef V

static inline gboolean
is_of (char   byte,
       guint8 class)
{
  return (classes[(guint8) byte] & class) != 0;
}

static inline const char *
skip_part (const char *part,
           const char *end)
{
  const char *at = part;

  if (at == end || !is_of (*at, NAME_START))
    return part;
  while (at < end && is_of (*at, NAME))
    at++;

  return at;
}

/* NULL: not whole. @colon: where the prefix ends, if there is one. */
static inline const char *
skip_name (const char  *name,
           const char  *end,
           const char **colon)
{
  const char *at = skip_part (name, end);

  if (at < end && at > name && G_UNLIKELY (*at == ':'))
    {
      *colon = at;
      at = skip_part (*colon + 1, end);
      if (at == *colon + 1 && at < end)
        return name;
    }

  return at < end ? at : NULL;
}

/* From the blank before it to behind the second quotation mark; NULL: not whole. */
static const char *
skip_attribute (const char *blank,
                const char *end,
                Name       *name)
{
  const char *colon;
  const char *at = skip_name (blank + 1, end, &colon);
  char quote;

  if (at == NULL || end - at < 2)
    return NULL;

  *name = (Name) { blank + 1, (gsize) (at - blank - 1) };
  if (name->length == 0 || at[0] != '=' || (at[1] != '"' && at[1] != '\''))
    return blank;

  quote = at[1];
  for (at += 2; at < end && is_of (*at, VALUE) && *at != quote; at++)
    ;
  if (at == end)
    return NULL;

  return *at == quote ? at + 1 : blank;
}

static gboolean
is_among (const Name *names,
          gsize       n_names,
          const Name *name)
{
  for (gsize i = 0; i < n_names; i++)
    {
      if (names[i].length == name->length && memcmp (names[i].text, name->text, name->length) == 0)
        return TRUE;
    }

  return FALSE;
}

/* To behind all of them, or as many as are plain: something else follows then than the
 * end of the tag. NULL: not whole. */
static const char *
skip_attributes (const char *name_end,
                 const char *end)
{
  Name names[MAX_ATTRIBUTES];
  const char *at = name_end;

  for (gsize n = 0; at < end && *at == ' '; n++)
    {
      const char *next = n < MAX_ATTRIBUTES ? skip_attribute (at, end, &names[n]) : at;

      if (next == NULL)
        return NULL;
      if (next == at || is_among (names, n, &names[n]))
        return at;
      at = next;
    }

  return at < end ? at : NULL;
}

/* ">", "/>" or " />". */
static XmlRpcTagStatus
parse_end (XmlRpcTag  *self,
           const char *at,
           const char *end)
{
  const char *slash = *at == ' ' ? at + 1 : at;

  if (slash == end)
    return XML_RPC_TAG_IS_CUT;

  self->is_empty = *slash == '/';
  if (self->is_empty)
    at = slash + 1;
  if (at == end)
    return XML_RPC_TAG_IS_CUT;

  self->end = at + 1;
  return *at == '>' ? XML_RPC_TAG_IS_PLAIN : XML_RPC_TAG_IS_OTHER;
}

XmlRpcTagStatus
xml_rpc_tag_parse (XmlRpcTag  *self,
                   const char *text,
                   const char *end)
{
  const char *name = text + 1;
  const char *colon = name;
  const char *name_end = skip_name (name, end, &colon);
  const char *at = name_end != NULL ? skip_attributes (name_end, end) : NULL;

  if (name_end == name)
    return XML_RPC_TAG_IS_OTHER;
  if (at == NULL)
    return XML_RPC_TAG_IS_CUT;

  self->name = name;
  self->length = (gsize) (name_end - name);
  self->prefix_length = (gsize) (colon - name);
  self->attributes = name_end;
  self->attributes_length = (gsize) (at - name_end);

  return parse_end (self, at, end);
}
