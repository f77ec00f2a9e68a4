/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "gxmlrpc-address.h"

#include <string.h>

#include "gxmlrpc-credentials.h"
#include "gxmlrpc-error.h"

static void
report_missing_scheme (const char  *uri,
                       GError     **error)
{
  if (*uri == '/')
    gxmlrpc_error_usage (error, "\"%s\" is not a URL: did you mean http+unix://%s:/RPC2?", uri, uri);
  else
    gxmlrpc_error_usage (error, "\"%s\" is not a URL: did you mean http://%s?", uri, uri);
}

/* unix:///run/a.sock, as other programs have it. */
static gboolean
check_scheme (const char  *uri,
              GError     **error)
{
  const char *path = uri + strlen ("unix:");

  if (g_ascii_strncasecmp (uri, "unix:", strlen ("unix:")) == 0)
    {
      if (g_str_has_prefix (path, "//"))
        path += 2;
      gxmlrpc_error_usage (error, "\"%s\" is not a URL of HTTP: did you mean http+unix://%s%s?", uri, path,
                           strchr (path, ':') == NULL ? ":/RPC2" : "");
      return FALSE;
    }

  if (strstr (uri, "://") != NULL)
    return TRUE;

  report_missing_scheme (uri, error);
  return FALSE;
}

gboolean
gxmlrpc_address_parse (GxmlrpcAddress  *self,
                       const char      *uri,
                       GError         **error)
{
  const char *authority;
  const char *at;
  const char *rest;
  gsize length;

  if (!check_scheme (uri, error))
    return FALSE;

  authority = strstr (uri, "://") + strlen ("://");
  length = strcspn (authority, "/?#");
  at = g_strrstr_len (authority, (gssize) length, "@");
  rest = at != NULL ? at + 1 : authority;

  if (at != NULL)
    {
      g_autofree char *escaped = g_strndup (authority, (gsize) (at - authority));

      if (strchr (escaped, ':') != NULL)
        {
          gxmlrpc_error_usage (error, GXMLRPC_WITHOUT_PASSWORD);
          return FALSE;
        }
      self->user = g_uri_unescape_string (escaped, NULL);
    }

  self->host = *rest == '/' ? g_strdup (rest) : g_strndup (rest, strcspn (rest, "/?#"));
  self->uri = g_strdup_printf ("%.*s%s", (int) (authority - uri), uri, rest);
  return TRUE;
}

void
gxmlrpc_address_clear (GxmlrpcAddress *self)
{
  g_free (self->uri);
  g_free (self->user);
  g_free (self->host);
}
