/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "caller.h"

const Caller callers[N_CALLERS] = {
  { "sync", FALSE },
  { "async", TRUE },
};

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  GAsyncResult **slot = user_data;

  *slot = g_object_ref (result);
}

static void
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

GVariant *
caller_call (const Caller       *self,
             XmlRpcServerProxy  *proxy,
             const char         *method_name,
             GVariant           *params,
             const char         *reply_type,
             GError            **error)
{
  g_autoptr (GVariantType) type = reply_type != NULL ? g_variant_type_new (reply_type) : NULL;
  g_autoptr (GAsyncResult) result = NULL;

  if (!self->asynchronous)
    return xml_rpc_server_proxy_call (proxy, method_name, params, type, NULL, error);

  xml_rpc_server_proxy_call_async (proxy, method_name, params, type, NULL, done_cb, &result);
  wait_for (&result);

  return xml_rpc_server_proxy_call_finish (proxy, result, error);
}

GVariant *
caller_call_ok (const Caller      *self,
                XmlRpcServerProxy *proxy,
                const char        *method_name,
                GVariant          *params,
                const char        *reply_type)
{
  g_autoptr (GError) error = NULL;
  GVariant *reply = caller_call (self, proxy, method_name, params, reply_type, &error);

  g_assert_no_error (error);
  g_assert_nonnull (reply);

  return reply;
}

char **
caller_list_methods (const Caller      *self,
                     XmlRpcServerProxy *proxy)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char **methods;

  if (self->asynchronous)
    {
      xml_rpc_server_proxy_list_methods_async (proxy, NULL, done_cb, &result);
      wait_for (&result);
      methods = xml_rpc_server_proxy_list_methods_finish (proxy, result, &error);
    }
  else
    {
      methods = xml_rpc_server_proxy_list_methods (proxy, NULL, &error);
    }

  g_assert_no_error (error);

  return methods;
}

char **
caller_method_signature (const Caller      *self,
                         XmlRpcServerProxy *proxy,
                         const char        *method_name)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char **signatures;

  if (self->asynchronous)
    {
      xml_rpc_server_proxy_get_method_signature_async (proxy, method_name, NULL, done_cb, &result);
      wait_for (&result);
      signatures = xml_rpc_server_proxy_get_method_signature_finish (proxy, result, &error);
    }
  else
    {
      signatures = xml_rpc_server_proxy_get_method_signature (proxy, method_name, NULL, &error);
    }

  g_assert_no_error (error);

  return signatures;
}

char *
caller_method_help (const Caller      *self,
                    XmlRpcServerProxy *proxy,
                    const char        *method_name)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char *help;

  if (self->asynchronous)
    {
      xml_rpc_server_proxy_get_method_help_async (proxy, method_name, NULL, done_cb, &result);
      wait_for (&result);
      help = xml_rpc_server_proxy_get_method_help_finish (proxy, result, &error);
    }
  else
    {
      help = xml_rpc_server_proxy_get_method_help (proxy, method_name, NULL, &error);
    }

  g_assert_no_error (error);

  return help;
}

void
caller_execute (const Caller    *self,
                XmlRpcMulticall *multicall)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gboolean executed;

  if (self->asynchronous)
    {
      xml_rpc_multicall_execute_async (multicall, NULL, done_cb, &result);
      wait_for (&result);
      executed = xml_rpc_multicall_execute_finish (multicall, result, &error);
    }
  else
    {
      executed = xml_rpc_multicall_execute (multicall, NULL, &error);
    }

  g_assert_no_error (error);
  g_assert_true (executed);
}
