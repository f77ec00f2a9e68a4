/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-service-private.h"

#include <xmlrpc-glib/xml-rpc-error.h>

#include "../codec/xml-rpc-text-private.h"
#include "xml-rpc-invocation-private.h"
#include "xml-rpc-server-private.h"

void
xml_rpc_service_init (XmlRpcService *self,
                      XmlRpcServer  *server)
{
  *self = (XmlRpcService) { .server = server, .counters.begin = g_get_monotonic_time () };
  self->methods = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) xml_rpc_method_unref);
  xml_rpc_origins_init (&self->origins);
  xml_rpc_proxies_init (&self->proxies);
}

void
xml_rpc_service_clear (XmlRpcService *self)
{
  g_hash_table_unref (self->methods);
  g_clear_pointer (&self->workers, xml_rpc_workers_free);
  xml_rpc_origins_clear (&self->origins);
  for (guint i = 0; i < XML_RPC_N_TEXTS; i++)
    g_free (self->texts[i]);
  xml_rpc_proxies_clear (&self->proxies);
}

/* In place of one that has that name. Takes the method. */
void
xml_rpc_service_add_method (XmlRpcService *self,
                            const char    *name,
                            XmlRpcMethod  *method)
{
  g_hash_table_replace (self->methods, g_strdup (name), method);
}

gboolean
xml_rpc_service_remove_method (XmlRpcService *self,
                               const char    *name)
{
  return g_hash_table_remove (self->methods, name);
}

XmlRpcMethod *
xml_rpc_service_lookup (XmlRpcService *self,
                        const char    *name)
{
  return g_hash_table_lookup (self->methods, name);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

const char **
xml_rpc_service_list (XmlRpcService *self)
{
  guint n_names;
  const char **names = (const char **) g_hash_table_get_keys_as_array (self->methods, &n_names);

  qsort (names, n_names, sizeof *names, compare_names);

  return names;
}

/* Whether the method is to be called. A handler that has answered in its place has
 * decided, whatever it returned. */
static gboolean
is_authorized (XmlRpcService    *self,
               XmlRpcInvocation *invocation)
{
  gboolean is_authorized = xml_rpc_server_authorize (self->server, invocation);

  if (xml_rpc_invocation_is_answered (invocation))
    return FALSE;

  if (!is_authorized)
    xml_rpc_invocation_return_fault_literal (invocation, XML_RPC_FAULT_APPLICATION_ERROR, "not authorized");
  return is_authorized;
}

/* Those that the results have to fit, or NULL. */
static XmlRpcSignatures *
get_result_signatures (XmlRpcMethod *method)
{
  XmlRpcSignatures *signatures = xml_rpc_method_get_signatures (method);

  if ((xml_rpc_method_get_flags (method) & XML_RPC_METHOD_UNCHECKED_RESULT) != 0 ||
      *xml_rpc_signatures_get_texts (signatures) == NULL)
    return NULL;

  return signatures;
}

static void
call (XmlRpcService    *self,
      XmlRpcMethod     *method,
      XmlRpcInvocation *invocation)
{
  if ((xml_rpc_method_get_flags (method) & XML_RPC_METHOD_IN_THREAD) == 0)
    {
      xml_rpc_method_call (method, self->server, invocation);
      return;
    }

  if (self->workers == NULL)
    self->workers = xml_rpc_workers_new ((guint) self->limits[XML_RPC_LIMIT_THREADS]);
  xml_rpc_workers_call (self->workers, (guint) self->limits[XML_RPC_LIMIT_QUEUED_CALLS],
                        method, self->server, invocation);
}

void
xml_rpc_service_dispatch (XmlRpcService    *self,
                          XmlRpcInvocation *invocation)
{
  const char *name = xml_rpc_invocation_get_method_name (invocation);
  g_autoptr (XmlRpcInvocation) owned = invocation;
  XmlRpcMethod *found = xml_rpc_service_lookup (self, name);
  g_autoptr (XmlRpcMethod) method = NULL;
  g_autoptr (GVariant) params = NULL;
  GError *fault = NULL;

  if (found == NULL)
    {
      xml_rpc_invocation_return_not_found (owned, name);
      return;
    }

  /* It may remove itself while it runs. */
  method = xml_rpc_method_ref (found);
  params = xml_rpc_signatures_check_params (xml_rpc_method_get_signatures (method),
                                            xml_rpc_invocation_get_params (owned), &fault);
  if (params == NULL)
    {
      xml_rpc_text_prefix_error (&fault, name);
      xml_rpc_invocation_take_error (owned, fault);
      return;
    }

  xml_rpc_invocation_set_params (owned, params, get_result_signatures (method));
  if (is_authorized (self, owned))
    call (self, method, owned);
}
