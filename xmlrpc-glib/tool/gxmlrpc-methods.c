/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "gxmlrpc-methods.h"

#include <string.h>

#include "gxmlrpc-html.h"

/* Bytes; nobody reads more. */
#define MAX_HELP 65536

typedef void (*Ask) (XmlRpcServerProxy   *proxy,
                     const char          *name,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data);

/* Puts an answer into the method. */
typedef gboolean (*Take) (GxmlrpcMethod      *method,
                          XmlRpcServerProxy  *proxy,
                          GAsyncResult       *result,
                          GError            **error);

static void
method_free (gpointer data)
{
  GxmlrpcMethod *method = data;

  g_free (method->name);
  g_strfreev (method->signatures);
  g_free (method->help);
  g_free (method);
}

static gboolean
take_signatures (GxmlrpcMethod      *method,
                 XmlRpcServerProxy  *proxy,
                 GAsyncResult       *result,
                 GError            **error)
{
  method->signatures = xml_rpc_server_proxy_get_method_signature_finish (proxy, result, error);

  return method->signatures != NULL;
}

static char *
cut (const char *help)
{
  const char *end = help + MAX_HELP;

  if (strlen (help) <= MAX_HELP)
    return g_strdup (help);

  while ((*end & 0xc0) == 0x80)
    end--;
  return g_strdup_printf ("%.*s\n\n(%" G_GSIZE_FORMAT " bytes more)", (int) (end - help), help, strlen (end));
}

static gboolean
take_help (GxmlrpcMethod      *method,
           XmlRpcServerProxy  *proxy,
           GAsyncResult       *result,
           GError            **error)
{
  g_autofree char *help = xml_rpc_server_proxy_get_method_help_finish (proxy, result, error);
  g_autofree char *short_help = NULL;

  if (help == NULL)
    return FALSE;

  /* Of lines that end as elsewhere, the end is left. */
  g_strdelimit (help, "\r", ' ');
  short_help = cut (help);
  method->help = gxmlrpc_html_to_text (short_help);
  return TRUE;
}

/* That there is nothing to be had about a method, or nothing that can be understood. */
static gboolean
is_harmless (const GError *error)
{
  return error->domain == XML_RPC_FAULT || g_error_matches (error, XML_RPC_ERROR, XML_RPC_ERROR_TYPE_MISMATCH);
}

/* All questions are in progress at once: the proxy sees to it that they are not too many. */
static gboolean
ask_all (GxmlrpcConnection  *connection,
         GPtrArray          *methods,
         guint               first,
         Ask                 ask,
         Take                take,
         GError            **error)
{
  XmlRpcServerProxy *proxy = gxmlrpc_connection_get_proxy (connection);
  g_autofree GAsyncResult **results = g_new0 (GAsyncResult *, methods->len);
  g_autoptr (GError) first_error = NULL;

  for (guint i = first; i < methods->len; i++)
    {
      const GxmlrpcMethod *method = g_ptr_array_index (methods, i);

      ask (proxy, method->name, NULL, gxmlrpc_connection_on_answer, &results[i]);
      if (gxmlrpc_connection_is_verbose (connection))
        gxmlrpc_connection_wait (connection, &results[i]);
    }

  for (guint i = first; i < methods->len; i++)
    {
      g_autoptr (GError) answer_error = NULL;

      gxmlrpc_connection_wait (connection, &results[i]);
      if (!take (g_ptr_array_index (methods, i), proxy, results[i], &answer_error) &&
          !is_harmless (answer_error) && first_error == NULL)
        first_error = g_steal_pointer (&answer_error);
      g_object_unref (results[i]);
    }

  if (first_error != NULL)
    g_propagate_error (error, g_steal_pointer (&first_error));
  return error == NULL || *error == NULL;
}

/* Asks about the first method alone, if it is not sure that the server can be asked. */
static gboolean
ask_if_possible (GxmlrpcConnection   *connection,
                 GPtrArray           *methods,
                 const char * const  *all_names,
                 const char          *asked,
                 Ask                  ask,
                 Take                 take,
                 GError             **error)
{
  XmlRpcServerProxy *proxy = gxmlrpc_connection_get_proxy (connection);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) answer_error = NULL;
  GxmlrpcMethod *method;

  if (g_strv_contains (all_names, asked) || methods->len == 0)
    return ask_all (connection, methods, 0, ask, take, error);

  method = g_ptr_array_index (methods, 0);
  ask (proxy, method->name, NULL, gxmlrpc_connection_on_answer, &result);
  gxmlrpc_connection_wait (connection, &result);
  if (take (method, proxy, result, &answer_error))
    return ask_all (connection, methods, 1, ask, take, error);

  if (is_harmless (answer_error))
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&answer_error));
  return FALSE;
}

GPtrArray *
gxmlrpc_methods_ask (GxmlrpcConnection   *connection,
                     const char * const  *names,
                     const char * const  *all_names,
                     GError             **error)
{
  g_autoptr (GPtrArray) methods = g_ptr_array_new_with_free_func (method_free);

  for (; *names != NULL; names++)
    {
      GxmlrpcMethod *method = g_new0 (GxmlrpcMethod, 1);

      method->name = g_strdup (*names);
      g_ptr_array_add (methods, method);
    }

  if (!ask_if_possible (connection, methods, all_names, "system.methodSignature",
                        xml_rpc_server_proxy_get_method_signature_async, take_signatures, error) ||
      !ask_if_possible (connection, methods, all_names, "system.methodHelp",
                        xml_rpc_server_proxy_get_method_help_async, take_help, error))
    return NULL;

  return g_steal_pointer (&methods);
}
