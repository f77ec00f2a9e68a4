/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "gxmlrpc-credentials.h"

#include <string.h>

#include "gxmlrpc-error.h"
#include "gxmlrpc-netrc.h"
#include "gxmlrpc-password.h"

void
gxmlrpc_credentials_add_options (GxmlrpcCredentials *self,
                                 GOptionContext     *context)
{
  const GOptionEntry entries[] = {
    { "user", 'u', 0, G_OPTION_ARG_FILENAME, &self->user,
      "Authenticate as NAME; the password is asked for", "NAME" },
    { "password-file", 0, 0, G_OPTION_ARG_FILENAME, &self->password_file,
      "Read the password from the first line of FILE, or of standard input (-)", "FILE" },
    { "netrc", 'n', 0, G_OPTION_ARG_NONE, &self->netrc,
      "Take user and password from ~/.netrc, if the host is there", NULL },
    { "no-prompt", 0, 0, G_OPTION_ARG_NONE, &self->no_prompt,
      "Fail rather than ask for a password", NULL },
    { NULL }
  };

  g_option_context_add_main_entries (context, entries, NULL);
}

void
gxmlrpc_credentials_clear (GxmlrpcCredentials *self)
{
  g_free (self->user);
  g_free (self->password_file);
  g_free (self->password);
}

gboolean
gxmlrpc_credentials_read_input (GxmlrpcCredentials  *self,
                                GError             **error)
{
  if (g_strcmp0 (self->password_file, "-") != 0)
    return TRUE;

  self->password = gxmlrpc_password_read_file ("-", error);
  return self->password != NULL;
}

static gboolean
check (GxmlrpcCredentials  *self,
       const char          *user,
       GError             **error)
{
  if (self->netrc && self->password_file != NULL)
    gxmlrpc_error_usage (error, "the password comes either from --netrc or from --password-file");
  else if (user == NULL && self->password_file != NULL)
    gxmlrpc_error_usage (error, "--password-file needs --user");
  else if (user != NULL && strchr (user, ':') != NULL)
    gxmlrpc_error_usage (error, "--user: expected a name without a colon; " GXMLRPC_WITHOUT_PASSWORD);
  else
    return TRUE;

  return FALSE;
}

static char *
get_password (GxmlrpcCredentials  *self,
              const char          *user,
              const char          *host,
              GError             **error)
{
  if (self->password != NULL)
    return g_strdup (self->password);

  if (self->password_file != NULL)
    return gxmlrpc_password_read_file (self->password_file, error);

  if (!self->no_prompt)
    return gxmlrpc_password_ask (user, host, error);

  gxmlrpc_error_usage (error, "the password of %s is missing, and --no-prompt forbids to ask: "
                       "use --password-file", user);
  return NULL;
}

gboolean
gxmlrpc_credentials_apply (GxmlrpcCredentials    *self,
                           const GxmlrpcAddress  *address,
                           XmlRpcServerProxy     *proxy,
                           GError               **error)
{
  g_autofree char *user = g_strdup (self->user != NULL ? self->user : address->user);
  g_autofree char *password = NULL;

  if (!check (self, user, error) ||
      (self->netrc && !gxmlrpc_netrc_look_up (address->host, &user, &password, error)))
    return FALSE;

  if (user == NULL)
    return TRUE;

  if (password == NULL)
    password = get_password (self, user, address->host, error);
  if (password == NULL)
    return FALSE;

  xml_rpc_server_proxy_set_credentials (proxy, user, password);
  return TRUE;
}
