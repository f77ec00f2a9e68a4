/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-credentials-private.h"

#include <string.h>

#include <xmlrpc-glib/xml-rpc-error.h>

static gboolean
has_control_character (const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    {
      if (g_ascii_iscntrl (*p))
        return TRUE;
    }

  return FALSE;
}

/* Neither is shown: who has mixed them up would see the password. */
static gboolean
check (const char  *user,
       const char  *password,
       GError     **error)
{
  const char *problem = NULL;

  if (strchr (user, ':') != NULL)
    problem = "user: expected a name without a colon, which separates it from the password in HTTP";
  else if (has_control_character (user))
    problem = "user: expected a name without control characters";
  else if (has_control_character (password))
    problem = "password: expected a text without control characters";

  if (problem == NULL)
    return TRUE;

  g_set_error_literal (error, XML_RPC_ERROR, XML_RPC_ERROR_INVALID_VALUE, problem);
  return FALSE;
}

XmlRpcCredentials *
xml_rpc_credentials_new (const char  *user,
                         const char  *password,
                         GError     **error)
{
  g_autofree char *pair = NULL;
  g_autofree char *encoded = NULL;
  XmlRpcCredentials *self;

  if (password == NULL)
    password = "";
  if (!check (user, password, error))
    return NULL;

  pair = g_strconcat (user, ":", password, NULL);
  encoded = g_base64_encode ((const guint8 *) pair, strlen (pair));

  self = g_new0 (XmlRpcCredentials, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->user = g_strdup (user);
  self->password = g_strdup (password);
  self->basic = g_strconcat ("Basic ", encoded, NULL);

  return self;
}

XmlRpcCredentials *
xml_rpc_credentials_ref (XmlRpcCredentials *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
xml_rpc_credentials_unref (XmlRpcCredentials *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->user);
  g_free (self->password);
  g_free (self->basic);
  g_free (self);
}

void
xml_rpc_credentials_refuse_basic (XmlRpcCredentials *self)
{
  g_atomic_int_set (&self->is_basic_refused, TRUE);
}

gboolean
xml_rpc_credentials_is_basic_refused (XmlRpcCredentials *self)
{
  return g_atomic_int_get (&self->is_basic_refused);
}

void
xml_rpc_credentials_replace (XmlRpcCredentials *self)
{
  g_atomic_int_set (&self->is_replaced, TRUE);
}

gboolean
xml_rpc_credentials_is_replaced (XmlRpcCredentials *self)
{
  return g_atomic_int_get (&self->is_replaced);
}
