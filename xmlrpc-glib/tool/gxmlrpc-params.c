/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "gxmlrpc-params.h"

#include <string.h>

#define MAX_PARAMS 64
#define BLANKS " \t"
#define NAME_BYTES "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"

static void
param_free (gpointer data)
{
  GxmlrpcParam *param = data;

  g_free (param->name);
  g_free (param->type);
  g_free (param);
}

/* Without what marks a name as such: $name, &$name, *args. Takes both strings. */
static gboolean
add (GPtrArray *params,
     char      *name,
     char      *type)
{
  const char *begin = name + strspn (name, "$&*.`");
  const gsize length = strspn (begin, NAME_BYTES);
  GxmlrpcParam *param;

  if (length == 0 || g_ascii_isdigit (*begin) || params->len >= MAX_PARAMS)
    {
      g_free (name);
      g_free (type);
      return FALSE;
    }

  param = g_new0 (GxmlrpcParam, 1);
  param->name = g_strndup (begin, length);
  param->type = type;
  g_free (name);
  g_ptr_array_add (params, param);
  return TRUE;
}

static gboolean
is_name (const char *word)
{
  const gsize length = strspn (word, NAME_BYTES);

  return length > 0 && word[length] == '\0' && !g_ascii_isdigit (*word);
}

/* Whether a word is a type rather than a name: there are types of PHP, of Python, and of
 * XML-RPC; "@param date the day" names a parameter. */
static gboolean
is_type (const char *word,
         const char *next)
{
  static const char types[] =
    " int i4 i8 integer long bool boolean str string double float number numeric struct array list dict "
    "dictionary hash base64 bytes binary datetime datetime.iso8601 any mixed object nil null undef ";
  static const char articles[] = " a an the is of to in for and or if that which ";
  g_autofree char *lower = g_ascii_strdown (word, (gssize) strcspn (word, "|[<"));
  g_autofree char *key = g_strdup_printf (" %s ", lower);
  g_autofree char *next_key = g_strdup_printf (" %s ", next);

  return strstr (types, key) != NULL && is_name (next) && strstr (articles, next_key) == NULL;
}

/* The next word of a text, which moves on; empty at its end. */
static char *
take_word (const char **text)
{
  const char *begin = *text + strspn (*text, BLANKS);
  const gsize length = strcspn (begin, BLANKS);

  *text = begin + length;
  return g_strndup (begin, length);
}

/* What follows @param. */
static void
add_tagged (GPtrArray  *params,
            const char *text)
{
  g_autofree char *first = take_word (&text);
  g_autofree char *second = take_word (&text);
  const gsize marks = strspn (second, "$&.*");

  if (marks > 0 && g_ascii_isalpha (second[marks]))
    add (params, g_steal_pointer (&second), g_steal_pointer (&first));
  else if (*first != '$' && !g_str_has_suffix (first, ":") && is_type (first, second))
    add (params, g_steal_pointer (&second), g_steal_pointer (&first));
  else
    add (params, g_steal_pointer (&first), NULL);
}

/* What follows :param, up to the second colon. */
static void
add_field (GPtrArray  *params,
           const char *text)
{
  g_autofree char *field = g_strstrip (g_strndup (text, strcspn (text, ":")));
  char *space = strrchr (field, ' ');

  if (strchr (text, ':') == NULL)
    return;

  if (space == NULL)
    add (params, g_steal_pointer (&field), NULL);
  else
    add (params, g_strdup (space + 1), g_strstrip (g_strndup (field, (gsize) (space - field))));
}

static void
find_tags (GPtrArray *params,
           char     **lines)
{
  for (; *lines != NULL; lines++)
    {
      const char *line = *lines + strspn (*lines, BLANKS "*/");

      if (g_str_has_prefix (line, "@param ") || g_str_has_prefix (line, "@param\t"))
        add_tagged (params, line + strlen ("@param"));
      else if (g_str_has_prefix (line, ":param "))
        add_field (params, line + strlen (":param"));
    }
}

static gboolean
begins_section (char **lines)
{
  static const char * const headings[] = { "Args:", "Arguments:", "Parameters:", "Params:", NULL };
  g_autofree char *line = g_strstrip (g_strdup (*lines));

  return g_strv_contains (headings, line) ||
         (strcmp (line, "Parameters") == 0 && lines[1] != NULL && strstr (lines[1], "---") != NULL);
}

/* "name (type): text", "name: text" or "name : type". */
static void
add_item (GPtrArray  *params,
          const char *line)
{
  const gsize length = strspn (line, "*" NAME_BYTES);
  const char *rest = line + length + strspn (line + length, BLANKS);
  g_autofree char *type = NULL;

  if (length == 0)
    return;

  if (*rest == '(' && strchr (rest, ')') != NULL)
    {
      type = g_strndup (rest + 1, strcspn (rest, "),") - strlen ("("));
      rest = strchr (rest, ')') + 1;
    }
  else if (*rest == ':' && rest > line + length)
    {
      type = g_strstrip (g_strndup (rest + 1, strcspn (rest + 1, ",")));
    }

  if (*rest == ':')
    add (params, g_strndup (line, length), g_steal_pointer (&type));
}

/* The items of a section are those that are set in least; it ends at an empty line. */
static void
find_section (GPtrArray *params,
              char     **lines)
{
  gsize indentation = 0;

  while (*lines != NULL && !begins_section (lines))
    lines++;
  if (*lines == NULL)
    return;

  lines++;
  if (*lines != NULL && strstr (*lines, "---") != NULL)
    lines++;
  for (gboolean is_first = TRUE; *lines != NULL; lines++, is_first = FALSE)
    {
      const gsize own = strspn (*lines, BLANKS);

      if ((*lines)[own] == '\0' || (*lines)[own] == '\r' || (!is_first && own < indentation))
        break;
      if (is_first)
        indentation = own;
      if (own == indentation)
        add_item (params, *lines + own);
    }
}

/* One of a list: "type $name", "type name", "name: type", "name=default". */
static gboolean
add_argument (GPtrArray  *params,
              const char *text)
{
  g_autofree char *argument = g_strstrip (g_strdup (text));
  char *mark = strpbrk (argument, ":=");
  const gboolean has_type = mark != NULL && *mark == ':';
  g_autofree char *type = has_type ? g_strstrip (g_strndup (mark + 1, strcspn (mark + 1, "="))) : NULL;
  char *space;

  if (mark != NULL)
    *mark = '\0';
  g_strchomp (argument);
  space = strrchr (argument, ' ');
  if (space == NULL)
    return is_name (argument + strspn (argument, "$&*.")) &&
           add (params, g_steal_pointer (&argument), g_steal_pointer (&type));

  return is_name (space + 1 + strspn (space + 1, "$&*.")) && strcspn (argument, "\"'{[") == strlen (argument) &&
         add (params, g_strdup (space + 1), g_strndup (argument, (gsize) (space - argument)));
}

/* What stands in parentheses behind the method's name, if these are names. */
static void
find_code (GPtrArray  *params,
           const char *help,
           const char *method_name)
{
  const char *dot = strrchr (method_name, '.');
  const char *name = dot != NULL ? dot + 1 : method_name;
  const char *call = *name != '\0' ? strstr (help, name) : NULL;
  const char *list;
  g_autofree char *text = NULL;
  g_auto (GStrv) arguments = NULL;

  if (call == NULL)
    return;

  list = call + strlen (name);
  list += strspn (list, " ");
  if (*list != '(' || strcspn (list, ")\n") == strcspn (list, "\n"))
    return;

  text = g_strndup (list + 1, strcspn (list + 1, ")"));
  arguments = g_strsplit (text, ",", -1);
  for (char **argument = arguments; *argument != NULL; argument++)
    {
      if (!add_argument (params, *argument))
        {
          g_ptr_array_set_size (params, 0);
          return;
        }
    }
}

GPtrArray *
gxmlrpc_params_find (const char *help,
                     const char *method_name)
{
  GPtrArray *params = g_ptr_array_new_with_free_func (param_free);
  g_auto (GStrv) lines = g_strsplit (help, "\n", -1);

  find_tags (params, lines);
  if (params->len == 0)
    find_section (params, lines);
  if (params->len == 0)
    find_code (params, help, method_name);

  return params;
}
