/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A line of the file has seven fields: the domain, TRUE if its subdomains count too, the
 * path, TRUE if the cookie is for https only, when it expires (seconds since 1970, 0 for
 * never), its name and its value. */

#include "gxmlrpc-cookies.h"

#include <string.h>

#include "gxmlrpc-error.h"

#define HTTP_ONLY "#HttpOnly_"

enum { DOMAIN_FIELD, SUBDOMAINS_FIELD, PATH_FIELD, SECURE_FIELD, EXPIRES_FIELD, NAME_FIELD, VALUE_FIELD, N_FIELDS };

static void
add_line (SoupCookieJar *jar,
          const char    *line)
{
  const gboolean is_http_only = g_str_has_prefix (line, HTTP_ONLY);
  g_auto (GStrv) fields = g_strsplit (line + (is_http_only ? strlen (HTTP_ONLY) : 0), "\t", -1);
  SoupCookie *cookie;
  gint64 expires;

  if ((*line == '#' && !is_http_only) || g_strv_length (fields) < N_FIELDS)
    return;

  cookie = soup_cookie_new (fields[NAME_FIELD], fields[VALUE_FIELD], fields[DOMAIN_FIELD], fields[PATH_FIELD], -1);
  soup_cookie_set_secure (cookie, strcmp (fields[SECURE_FIELD], "TRUE") == 0);
  soup_cookie_set_http_only (cookie, is_http_only);
  expires = g_ascii_strtoll (fields[EXPIRES_FIELD], NULL, 10);
  if (expires > 0)
    {
      g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (expires);

      soup_cookie_set_expires (cookie, date);
    }
  soup_cookie_jar_add_cookie (jar, cookie);
}

SoupCookieJar *
gxmlrpc_cookies_read (const char  *path,
                      GError     **error)
{
  g_autoptr (SoupCookieJar) jar = soup_cookie_jar_new ();
  g_autoptr (GError) local_error = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (path, &text, NULL, &local_error))
    {
      if (g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        return g_steal_pointer (&jar);
      gxmlrpc_error_usage (error, "--cookie-jar: %s", local_error->message);
      return NULL;
    }

  lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    add_line (jar, g_strchomp (*line));

  return g_steal_pointer (&jar);
}

static void
append_cookie (GString    *text,
               SoupCookie *cookie)
{
  GDateTime *expires = soup_cookie_get_expires (cookie);
  const char *domain = soup_cookie_get_domain (cookie);

  g_string_append_printf (text, "%s%s\t%s\t%s\t%s\t%" G_GINT64_FORMAT "\t%s\t%s\n",
                          soup_cookie_get_http_only (cookie) ? HTTP_ONLY : "", domain,
                          *domain == '.' ? "TRUE" : "FALSE", soup_cookie_get_path (cookie),
                          soup_cookie_get_secure (cookie) ? "TRUE" : "FALSE",
                          expires != NULL ? g_date_time_to_unix (expires) : 0,
                          soup_cookie_get_name (cookie), soup_cookie_get_value (cookie));
}

gboolean
gxmlrpc_cookies_write (SoupCookieJar  *jar,
                       const char     *path,
                       GError        **error)
{
  g_autoptr (GString) text = g_string_new ("# Netscape HTTP Cookie File\n");
  GSList *cookies = soup_cookie_jar_all_cookies (jar);
  g_autoptr (GError) local_error = NULL;

  for (GSList *item = cookies; item != NULL; item = item->next)
    append_cookie (text, item->data);
  g_slist_free_full (cookies, (GDestroyNotify) soup_cookie_free);

  if (g_file_set_contents_full (path, text->str, (gssize) text->len, G_FILE_SET_CONTENTS_CONSISTENT, 0600,
                                &local_error))
    return TRUE;

  gxmlrpc_error_usage (error, "--cookie-jar: %s", local_error->message);
  return FALSE;
}
