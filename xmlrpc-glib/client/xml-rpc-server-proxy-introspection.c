/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The calls of "XML-RPC introspection": ordinary calls of methods that many
 * servers have, with their answers made convenient. */

#include <xmlrpc-glib/xml-rpc-server-proxy.h>

#include <xmlrpc-glib/xml-rpc-error.h>

#include "../codec/xml-rpc-type-private.h"
#include "../values/xml-rpc-natural-form-private.h"

typedef struct
{
  const char    *method_name;
  gpointer     (*convert) (GVariant  *reply,
                           GError   **error);
  GDestroyNotify free_result;
} Question;

static gpointer
fail_type (GVariant    *reply,
           const char  *expected,
           GError     **error)
{
  const XmlRpcType *type = xml_rpc_type_of_natural (reply);

  g_set_error (error, XML_RPC_ERROR, XML_RPC_ERROR_TYPE_MISMATCH,
               "expected %s, got %s", expected, type != NULL ? type->name : "several values");
  return NULL;
}

/* PHP sends a list that is empty, or was filtered, as a struct. */
static gpointer
convert_to_methods (GVariant  *reply,
                    GError   **error)
{
  g_autoptr (GVariant) names = NULL;

  if (!g_variant_is_of_type (reply, G_VARIANT_TYPE ("av")))
    return fail_type (reply, "a list of methods", error);

  names = xml_rpc_natural_form_convert (reply, G_VARIANT_TYPE_STRING_ARRAY, error);
  if (names != NULL)
    return g_variant_dup_strv (names, NULL);

  g_prefix_error (error, "the list of methods");
  return NULL;
}

static gpointer
convert_to_capabilities (GVariant  *reply,
                         GError   **error)
{
  if (!g_variant_is_of_type (reply, G_VARIANT_TYPE_VARDICT))
    return fail_type (reply, "a struct of capabilities", error);

  return g_variant_ref (reply);
}

static gpointer
convert_to_help (GVariant  *reply,
                 GError   **error)
{
  if (g_variant_is_of_type (reply, G_VARIANT_TYPE_STRING))
    return g_variant_dup_string (reply, NULL);
  /* nil: the method has no help */
  if (g_variant_is_of_type (reply, G_VARIANT_TYPE_MAYBE))
    return g_strdup ("");

  return fail_type (reply, "the help as a string", error);
}

/* The types of one signature, "array,struct", or NULL if it is not one. */
static char *
join_types (GVariant *signature)
{
  g_autoptr (GPtrArray) types = g_ptr_array_new_with_free_func (g_free);
  GVariantIter iter;
  GVariant *item;

  if (!g_variant_is_of_type (signature, G_VARIANT_TYPE ("av")))
    return NULL;

  g_variant_iter_init (&iter, signature);
  while (g_variant_iter_next (&iter, "v", &item))
    {
      g_autoptr (GVariant) type = item;

      if (!g_variant_is_of_type (type, G_VARIANT_TYPE_STRING))
        return NULL;
      g_ptr_array_add (types, g_variant_dup_string (type, NULL));
    }

  if (types->len == 0)
    return NULL;

  g_ptr_array_add (types, NULL);
  return g_strjoinv (",", (char **) types->pdata);
}

/* An array of signatures, or one signature alone, as supervisord has it; anything
 * else, most often the string "undef", for a method without. */
static gpointer
convert_to_signatures (GVariant  *reply,
                       GError   **error)
{
  g_autoptr (GStrvBuilder) signatures = g_strv_builder_new ();
  g_autofree char *alone = join_types (reply);
  GVariantIter iter;
  GVariant *item;

  if (alone != NULL)
    {
      g_strv_builder_add (signatures, alone);
    }
  else if (g_variant_is_of_type (reply, G_VARIANT_TYPE ("av")))
    {
      g_variant_iter_init (&iter, reply);
      while (g_variant_iter_next (&iter, "v", &item))
        {
          g_autoptr (GVariant) signature = item;
          g_autofree char *types = join_types (signature);

          if (types != NULL)
            g_strv_builder_add (signatures, types);
        }
    }

  return g_strv_builder_end (signatures);
}

static const Question list_methods = {
  "system.listMethods", convert_to_methods, (GDestroyNotify) g_strfreev
};

static const Question method_signature = {
  "system.methodSignature", convert_to_signatures, (GDestroyNotify) g_strfreev
};

static const Question method_help = {
  "system.methodHelp", convert_to_help, g_free
};

static const Question get_capabilities = {
  "system.getCapabilities", convert_to_capabilities, (GDestroyNotify) g_variant_unref
};

/* @about is the method that the question is about, or NULL. */
static GVariant *
create_params (const char *about)
{
  return about != NULL ? g_variant_new ("(s)", about) : NULL;
}

static gpointer
ask (XmlRpcServerProxy  *self,
     const Question     *question,
     const char         *about,
     GCancellable       *cancellable,
     GError            **error)
{
  g_autoptr (GVariant) reply = xml_rpc_server_proxy_call (self, question->method_name,
                                                          create_params (about),
                                                          NULL, cancellable, error);

  return reply != NULL ? question->convert (reply, error) : NULL;
}

static void
on_answer (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  const Question *question = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GVariant) reply = xml_rpc_server_proxy_call_finish (XML_RPC_SERVER_PROXY (object),
                                                                 result, &error);
  gpointer answer = reply != NULL ? question->convert (reply, &error) : NULL;

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, answer, question->free_result);
}

static void
ask_async (XmlRpcServerProxy   *self,
           const Question      *question,
           const char          *about,
           GCancellable        *cancellable,
           GAsyncReadyCallback  callback,
           gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, (gpointer) question);
  g_task_set_task_data (task, (gpointer) question, NULL);
  xml_rpc_server_proxy_call_async (self, question->method_name, create_params (about),
                                   NULL, cancellable, on_answer, task);
}

/**
 * xml_rpc_server_proxy_list_methods:
 * @self: a proxy
 * @cancellable: (nullable): a [class@Gio.Cancellable], or %NULL
 * @error: return location for an error, or %NULL
 *
 * Gets the names of the methods of the server, with `system.listMethods` of
 * "XML-RPC introspection", and waits for the response.
 *
 * The errors are those of [method@XmlRpc.ServerProxy.call]; a server without this
 * method sends a fault.
 *
 * Returns: (transfer full) (array zero-terminated=1): the names, or %NULL on
 *   error
 *
 * Since: 1.0
 */
char **
xml_rpc_server_proxy_list_methods (XmlRpcServerProxy  *self,
                                   GCancellable       *cancellable,
                                   GError            **error)
{
  g_return_val_if_fail (XML_RPC_IS_SERVER_PROXY (self), NULL);

  return ask (self, &list_methods, NULL, cancellable, error);
}

/**
 * xml_rpc_server_proxy_list_methods_async:
 * @self: a proxy
 * @cancellable: (nullable): a [class@Gio.Cancellable], or %NULL
 * @callback: (scope async) (nullable): called when there is a response, in the
 *   thread-default main context of this call
 * @user_data: data for @callback
 *
 * Gets the names of the methods of the server, without waiting for the
 * response: see [method@XmlRpc.ServerProxy.list_methods].
 *
 * Since: 1.0
 */
void
xml_rpc_server_proxy_list_methods_async (XmlRpcServerProxy   *self,
                                         GCancellable        *cancellable,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data)
{
  g_return_if_fail (XML_RPC_IS_SERVER_PROXY (self));

  ask_async (self, &list_methods, NULL, cancellable, callback, user_data);
}

/**
 * xml_rpc_server_proxy_list_methods_finish:
 * @self: a proxy
 * @result: what the callback was given
 * @error: return location for an error, or %NULL
 *
 * Gets the result of [method@XmlRpc.ServerProxy.list_methods_async].
 *
 * Returns: (transfer full) (array zero-terminated=1): the names, or %NULL on
 *   error
 *
 * Since: 1.0
 */
char **
xml_rpc_server_proxy_list_methods_finish (XmlRpcServerProxy  *self,
                                          GAsyncResult       *result,
                                          GError            **error)
{
  g_return_val_if_fail (XML_RPC_IS_SERVER_PROXY (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, (gpointer) &list_methods), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * xml_rpc_server_proxy_get_method_signature:
 * @self: a proxy
 * @method_name: the method to ask about
 * @cancellable: (nullable): a [class@Gio.Cancellable], or %NULL
 * @error: return location for an error, or %NULL
 *
 * Gets the signatures of a method from the server, with `system.methodSignature`
 * of "XML-RPC introspection", and waits for the response.
 *
 * Each string is one signature: names of XML-RPC types separated by commas, that
 * of the returned value first, as in `array,struct`. If the server does not know any,
 * the list is empty.
 *
 * The errors are those of [method@XmlRpc.ServerProxy.call]; a server without this
 * method sends a fault.
 *
 * Returns: (transfer full) (array zero-terminated=1): the signatures, or %NULL
 *   on error
 *
 * Since: 1.0
 */
char **
xml_rpc_server_proxy_get_method_signature (XmlRpcServerProxy  *self,
                                           const char         *method_name,
                                           GCancellable       *cancellable,
                                           GError            **error)
{
  g_return_val_if_fail (XML_RPC_IS_SERVER_PROXY (self), NULL);
  g_return_val_if_fail (method_name != NULL, NULL);

  return ask (self, &method_signature, method_name, cancellable, error);
}

/**
 * xml_rpc_server_proxy_get_method_signature_async:
 * @self: a proxy
 * @method_name: the method to ask about
 * @cancellable: (nullable): a [class@Gio.Cancellable], or %NULL
 * @callback: (scope async) (nullable): called when there is a response, in the
 *   thread-default main context of this call
 * @user_data: data for @callback
 *
 * Gets the signatures of a method from the server, without waiting for the
 * response: see [method@XmlRpc.ServerProxy.get_method_signature].
 *
 * Since: 1.0
 */
void
xml_rpc_server_proxy_get_method_signature_async (XmlRpcServerProxy   *self,
                                                 const char          *method_name,
                                                 GCancellable        *cancellable,
                                                 GAsyncReadyCallback  callback,
                                                 gpointer             user_data)
{
  g_return_if_fail (XML_RPC_IS_SERVER_PROXY (self));
  g_return_if_fail (method_name != NULL);

  ask_async (self, &method_signature, method_name, cancellable, callback, user_data);
}

/**
 * xml_rpc_server_proxy_get_method_signature_finish:
 * @self: a proxy
 * @result: what the callback was given
 * @error: return location for an error, or %NULL
 *
 * Gets the result of [method@XmlRpc.ServerProxy.get_method_signature_async].
 *
 * Returns: (transfer full) (array zero-terminated=1): the signatures, or %NULL
 *   on error
 *
 * Since: 1.0
 */
char **
xml_rpc_server_proxy_get_method_signature_finish (XmlRpcServerProxy  *self,
                                                  GAsyncResult       *result,
                                                  GError            **error)
{
  g_return_val_if_fail (XML_RPC_IS_SERVER_PROXY (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, (gpointer) &method_signature), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * xml_rpc_server_proxy_get_method_help:
 * @self: a proxy
 * @method_name: the method to ask about
 * @cancellable: (nullable): a [class@Gio.Cancellable], or %NULL
 * @error: return location for an error, or %NULL
 *
 * Gets the documentation of a method from the server, with `system.methodHelp`
 * of "XML-RPC introspection", and waits for the response.
 *
 * The errors are those of [method@XmlRpc.ServerProxy.call]; a server without this
 * method sends a fault.
 *
 * Returns: (transfer full): plain text or HTML, empty when there is none, or
 *   %NULL on error
 *
 * Since: 1.0
 */
char *
xml_rpc_server_proxy_get_method_help (XmlRpcServerProxy  *self,
                                      const char         *method_name,
                                      GCancellable       *cancellable,
                                      GError            **error)
{
  g_return_val_if_fail (XML_RPC_IS_SERVER_PROXY (self), NULL);
  g_return_val_if_fail (method_name != NULL, NULL);

  return ask (self, &method_help, method_name, cancellable, error);
}

/**
 * xml_rpc_server_proxy_get_method_help_async:
 * @self: a proxy
 * @method_name: the method to ask about
 * @cancellable: (nullable): a [class@Gio.Cancellable], or %NULL
 * @callback: (scope async) (nullable): called when there is a response, in the
 *   thread-default main context of this call
 * @user_data: data for @callback
 *
 * Gets the documentation of a method from the server, without waiting for the
 * response: see [method@XmlRpc.ServerProxy.get_method_help].
 *
 * Since: 1.0
 */
void
xml_rpc_server_proxy_get_method_help_async (XmlRpcServerProxy   *self,
                                            const char          *method_name,
                                            GCancellable        *cancellable,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data)
{
  g_return_if_fail (XML_RPC_IS_SERVER_PROXY (self));
  g_return_if_fail (method_name != NULL);

  ask_async (self, &method_help, method_name, cancellable, callback, user_data);
}

/**
 * xml_rpc_server_proxy_get_method_help_finish:
 * @self: a proxy
 * @result: what the callback was given
 * @error: return location for an error, or %NULL
 *
 * Gets the result of [method@XmlRpc.ServerProxy.get_method_help_async].
 *
 * Returns: (transfer full): plain text or HTML, empty when there is none, or
 *   %NULL on error
 *
 * Since: 1.0
 */
char *
xml_rpc_server_proxy_get_method_help_finish (XmlRpcServerProxy  *self,
                                             GAsyncResult       *result,
                                             GError            **error)
{
  g_return_val_if_fail (XML_RPC_IS_SERVER_PROXY (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, (gpointer) &method_help), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * xml_rpc_server_proxy_get_capabilities:
 * @self: a proxy
 * @cancellable: (nullable): a [class@Gio.Cancellable], or %NULL
 * @error: return location for an error, or %NULL
 *
 * Gets which specifications the server follows, with `system.getCapabilities`
 * of "XML-RPC introspection", and waits for the response.
 *
 * The keys are names of specifications, such as `introspection` or
 * `faults_interop`; each value has at least `specUrl` and `specVersion`.
 *
 * The errors are those of [method@XmlRpc.ServerProxy.call]; a server without this
 * method sends a fault.
 *
 * Returns: (transfer full): a dictionary of type `a{sv}`, or %NULL on error
 *
 * Since: 1.0
 */
GVariant *
xml_rpc_server_proxy_get_capabilities (XmlRpcServerProxy  *self,
                                       GCancellable       *cancellable,
                                       GError            **error)
{
  g_return_val_if_fail (XML_RPC_IS_SERVER_PROXY (self), NULL);

  return ask (self, &get_capabilities, NULL, cancellable, error);
}

/**
 * xml_rpc_server_proxy_get_capabilities_async:
 * @self: a proxy
 * @cancellable: (nullable): a [class@Gio.Cancellable], or %NULL
 * @callback: (scope async) (nullable): called when there is a response, in the
 *   thread-default main context of this call
 * @user_data: data for @callback
 *
 * Gets which specifications the server follows, without waiting for the
 * response: see [method@XmlRpc.ServerProxy.get_capabilities].
 *
 * Since: 1.0
 */
void
xml_rpc_server_proxy_get_capabilities_async (XmlRpcServerProxy   *self,
                                             GCancellable        *cancellable,
                                             GAsyncReadyCallback  callback,
                                             gpointer             user_data)
{
  g_return_if_fail (XML_RPC_IS_SERVER_PROXY (self));

  ask_async (self, &get_capabilities, NULL, cancellable, callback, user_data);
}

/**
 * xml_rpc_server_proxy_get_capabilities_finish:
 * @self: a proxy
 * @result: what the callback was given
 * @error: return location for an error, or %NULL
 *
 * Gets the result of [method@XmlRpc.ServerProxy.get_capabilities_async].
 *
 * Returns: (transfer full): a dictionary of type `a{sv}`, or %NULL on error
 *
 * Since: 1.0
 */
GVariant *
xml_rpc_server_proxy_get_capabilities_finish (XmlRpcServerProxy  *self,
                                              GAsyncResult       *result,
                                              GError            **error)
{
  g_return_val_if_fail (XML_RPC_IS_SERVER_PROXY (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, (gpointer) &get_capabilities), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
