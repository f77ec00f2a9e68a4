/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-method-private.h"

#include <xmlrpc-glib/xml-rpc-error.h>
#include <xmlrpc-glib/xml-rpc-message.h>

struct _XmlRpcMethod
{
  XmlRpcSignatures   *signatures;
  char               *help;
  XmlRpcMethodFlags   flags;
  XmlRpcMethodFunc    func;
  gpointer            user_data;
  GDestroyNotify      destroy;
};

static gboolean
check_help (const char  *help,
            GError     **error)
{
  g_autoptr (GBytes) written = NULL;

  if (!g_utf8_validate (help, -1, NULL))
    {
      g_set_error_literal (error, XML_RPC_ERROR, XML_RPC_ERROR_INVALID_VALUE, "expected UTF-8 as the help");
      return FALSE;
    }

  written = xml_rpc_encode_response (g_variant_new_string (help), error);
  if (written == NULL)
    g_prefix_error (error, "help: ");

  return written != NULL;
}

/* What clients could not call, or not read. */
static gboolean
check_texts (const char  *name,
             const char  *help,
             GError     **error)
{
  g_autoptr (GBytes) written = xml_rpc_encode_call (name, NULL, error);

  if (written == NULL)
    return FALSE;

  if (help == NULL || check_help (help, error))
    return TRUE;

  g_prefix_error (error, "%s: ", name);
  return FALSE;
}

XmlRpcMethod *
xml_rpc_method_new (const char          *name,
                    const char * const  *signatures,
                    const char          *help,
                    XmlRpcMethodFlags    flags,
                    XmlRpcMethodFunc     func,
                    gpointer             user_data,
                    GDestroyNotify       destroy,
                    GError             **error)
{
  g_autoptr (XmlRpcMethod) self = g_rc_box_new0 (XmlRpcMethod);

  self->flags = flags;
  self->func = func;
  self->user_data = user_data;
  self->destroy = destroy;

  if (!check_texts (name, help, error))
    return NULL;
  self->help = g_strdup (help != NULL ? help : "");

  self->signatures = xml_rpc_signatures_new (signatures, error);
  if (self->signatures == NULL)
    {
      g_prefix_error (error, "%s: ", name);
      return NULL;
    }

  return g_steal_pointer (&self);
}

XmlRpcMethod *
xml_rpc_method_ref (XmlRpcMethod *self)
{
  return g_rc_box_acquire (self);
}

static void
clear_method (gpointer data)
{
  XmlRpcMethod *self = data;

  if (self->destroy != NULL)
    self->destroy (self->user_data);
  g_clear_pointer (&self->signatures, xml_rpc_signatures_unref);
  g_free (self->help);
}

void
xml_rpc_method_unref (XmlRpcMethod *self)
{
  g_rc_box_release_full (self, clear_method);
}

XmlRpcSignatures *
xml_rpc_method_get_signatures (XmlRpcMethod *self)
{
  return self->signatures;
}

const char *
xml_rpc_method_get_help (XmlRpcMethod *self)
{
  return self->help;
}

XmlRpcMethodFlags
xml_rpc_method_get_flags (XmlRpcMethod *self)
{
  return self->flags;
}

void
xml_rpc_method_call (XmlRpcMethod     *self,
                     XmlRpcServer     *server,
                     XmlRpcInvocation *invocation)
{
  self->func (server, invocation, self->user_data);
}
