/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "gxmlrpc-netrc.h"

#include <string.h>

#include "gxmlrpc-error.h"

#define BLANKS " \t\r\n"

typedef struct
{
  gboolean is_of_host;
  char    *user;
  char    *password;
} Entry;

static void
entry_clear (Entry *entry)
{
  g_clear_pointer (&entry->user, g_free);
  g_clear_pointer (&entry->password, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Entry, entry_clear)

/* The next word, or NULL at the end. One in quotes may have blanks, and \ before any
 * character. */
static char *
read_word (const char **text)
{
  g_autoptr (GString) word = g_string_new (NULL);
  gboolean is_quoted;
  const char *p = *text + strspn (*text, BLANKS);

  if (*p == '\0')
    return NULL;

  is_quoted = *p == '"';
  p += is_quoted;
  while (*p != '\0' && strchr (is_quoted ? "\"" : BLANKS, *p) == NULL)
    {
      if (is_quoted && *p == '\\' && p[1] != '\0')
        p++;
      g_string_append_c (word, *p++);
    }
  *text = p + (is_quoted && *p == '"');

  return g_string_free (g_steal_pointer (&word), FALSE);
}

/* A macro ends at an empty line. */
static void
skip_macro (const char **text)
{
  const char *end = strstr (*text, "\n\n");

  *text = end != NULL ? end : *text + strlen (*text);
}

static gboolean
is_found (const Entry *entry,
          const char  *user)
{
  return entry->is_of_host && entry->user != NULL && entry->password != NULL &&
         (user == NULL || strcmp (entry->user, user) == 0);
}

static gboolean
find (const char *text,
      const char *name,
      const char *user,
      Entry      *entry)
{
  g_autofree char *word = NULL;

  while ((word = read_word (&text)) != NULL)
    {
      const gboolean is_default = strcmp (word, "default") == 0;

      if (is_default || strcmp (word, "machine") == 0)
        {
          g_autofree char *machine = is_default ? g_strdup (name) : read_word (&text);

          if (is_found (entry, user))
            return TRUE;
          entry_clear (entry);
          entry->is_of_host = machine != NULL && g_ascii_strcasecmp (machine, name) == 0;
        }
      else if (strcmp (word, "login") == 0)
        {
          g_free (entry->user);
          entry->user = read_word (&text);
        }
      else if (strcmp (word, "password") == 0)
        {
          g_free (entry->password);
          entry->password = read_word (&text);
        }
      else if (strcmp (word, "macdef") == 0)
        {
          skip_macro (&text);
        }
      else if (*word == '#')
        {
          text += strcspn (text, "\n");
        }

      g_clear_pointer (&word, g_free);
    }

  return is_found (entry, user);
}

/* Without the port, which such files do not have. */
static char *
get_name (const char *host)
{
  if (*host == '[')
    return g_strndup (host + 1, strcspn (host + 1, "]"));

  return g_strndup (host, *host == '/' ? strlen (host) : strcspn (host, ":"));
}

gboolean
gxmlrpc_netrc_look_up (const char  *host,
                       char       **user,
                       char       **password,
                       GError     **error)
{
  const char *variable = g_getenv ("NETRC");
  g_autofree char *path = variable != NULL && *variable != '\0'
                          ? g_strdup (variable)
                          : g_build_filename (g_get_home_dir (), ".netrc", NULL);
  g_autoptr (GError) local_error = NULL;
  g_autofree char *name = get_name (host);
  g_autofree char *text = NULL;
  g_auto (Entry) entry = { FALSE, };

  if (!g_file_get_contents (path, &text, NULL, &local_error))
    {
      gxmlrpc_error_usage (error, "--netrc: %s", local_error->message);
      return FALSE;
    }

  if (find (text, name, *user, &entry))
    {
      g_free (*user);
      *user = g_steal_pointer (&entry.user);
      *password = g_steal_pointer (&entry.password);
    }

  return TRUE;
}
