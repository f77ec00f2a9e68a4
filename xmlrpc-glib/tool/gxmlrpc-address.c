/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "gxmlrpc-address.h"

#include <string.h>

#include "gxmlrpc-error.h"
#include "gxmlrpc-password.h"

#define WITHOUT_PASSWORD \
  "other users of this machine can see a password on the command line: use --password-file, " \
  "or let gxmlrpc ask for it"

typedef struct
{
  char *before; /* up to where the user goes */
  char *after;
  char *user;   /* as it stands in the URL, escaped */
} Address;

static void
address_clear (Address *address)
{
  g_free (address->before);
  g_free (address->after);
  g_free (address->user);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Address, address_clear)

static void
report_missing_scheme (const char  *uri,
                       GError     **error)
{
  if (*uri == '/')
    gxmlrpc_error_usage (error, "\"%s\" is not a URL: did you mean http+unix://%s:/RPC2?", uri, uri);
  else
    gxmlrpc_error_usage (error, "\"%s\" is not a URL: did you mean http://%s?", uri, uri);
}

static gboolean
split (Address     *address,
       const char  *uri,
       GError     **error)
{
  const char *authority = strstr (uri, "://");
  const char *at;
  gsize length;

  if (authority == NULL)
    {
      report_missing_scheme (uri, error);
      return FALSE;
    }

  authority += strlen ("://");
  length = strcspn (authority, "/?#");
  at = g_strrstr_len (authority, (gssize) length, "@");
  address->before = g_strndup (uri, (gsize) (authority - uri));
  address->after = g_strdup (at != NULL ? at + 1 : authority);
  address->user = at != NULL ? g_strndup (authority, (gsize) (at - authority)) : NULL;

  if (address->user != NULL && strchr (address->user, ':') != NULL)
    {
      gxmlrpc_error_usage (error, WITHOUT_PASSWORD);
      return FALSE;
    }

  return TRUE;
}

/* The user's name that the options or else the URL has, or NULL. */
static char *
get_user (const Address            *address,
          const GxmlrpcCredentials *credentials)
{
  if (credentials->user != NULL)
    return g_strdup (credentials->user);

  return address->user != NULL ? g_uri_unescape_string (address->user, NULL) : NULL;
}

static char *
get_password (const Address             *address,
              const GxmlrpcCredentials  *credentials,
              const char                *user,
              GError                   **error)
{
  g_autofree char *host = NULL;

  if (credentials->password_file != NULL)
    return gxmlrpc_password_read_file (credentials->password_file, error);

  if (credentials->no_prompt)
    {
      gxmlrpc_error_usage (error, "the password of %s is missing, and --no-prompt forbids to ask: "
                           "use --password-file", user);
      return NULL;
    }

  host = *address->after == '/' ? g_strdup (address->after)
                                : g_strndup (address->after, strcspn (address->after, "/?#"));
  return gxmlrpc_password_ask (user, host, error);
}

char *
gxmlrpc_address_complete (const char                *uri,
                          const GxmlrpcCredentials  *credentials,
                          GError                   **error)
{
  g_auto (Address) address = { NULL, };
  g_autofree char *user = NULL;
  g_autofree char *password = NULL;
  g_autofree char *escaped_user = NULL;
  g_autofree char *escaped_password = NULL;

  if (!split (&address, uri, error))
    return NULL;

  user = get_user (&address, credentials);
  if (user == NULL && credentials->password_file != NULL)
    {
      gxmlrpc_error_usage (error, "--password-file needs --user");
      return NULL;
    }
  if (user == NULL)
    return g_strdup (uri);

  if (strchr (user, ':') != NULL)
    {
      gxmlrpc_error_usage (error, "--user: expected a name without a colon; " WITHOUT_PASSWORD);
      return NULL;
    }

  password = get_password (&address, credentials, user, error);
  if (password == NULL)
    return NULL;

  escaped_user = g_uri_escape_string (user, NULL, FALSE);
  escaped_password = g_uri_escape_string (password, NULL, FALSE);
  return g_strconcat (address.before, escaped_user, ":", escaped_password, "@", address.after, NULL);
}
