/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-system-methods-private.h"

#include <xmlrpc-glib/xml-rpc-error.h>
#include <xmlrpc-glib/xml-rpc-message.h>

#include "../codec/xml-rpc-stream-private.h"
#include "../codec/xml-rpc-to-variant-private.h"
#include "xml-rpc-fault-private.h"
#include "xml-rpc-invocation-private.h"

static void
list_methods (XmlRpcServer     *server,
              XmlRpcInvocation *invocation,
              gpointer          user_data)
{
  g_autofree const char **names = xml_rpc_service_list (user_data);

  xml_rpc_invocation_return_value (invocation, g_variant_new_strv (names, -1));
}

/* The method that the first parameter names; if there is none, the call is
 * answered with a fault. */
static XmlRpcMethod *
find_method (XmlRpcService    *service,
             XmlRpcInvocation *invocation)
{
  const char *name;
  XmlRpcMethod *method;

  g_variant_get (xml_rpc_invocation_get_params (invocation), "(&s)", &name);
  method = xml_rpc_service_lookup (service, name);
  if (method == NULL)
    xml_rpc_invocation_return_not_found (invocation, name);

  return method;
}

/* An array of arrays of strings; or a string, if the method has none. */
static void
method_signature (XmlRpcServer     *server,
                  XmlRpcInvocation *invocation,
                  gpointer          user_data)
{
  XmlRpcMethod *method = find_method (user_data, invocation);
  const char * const *signatures;
  GVariantBuilder builder;

  if (method == NULL)
    return;

  signatures = xml_rpc_signatures_get_texts (xml_rpc_method_get_signatures (method));
  if (*signatures == NULL)
    {
      xml_rpc_invocation_return_value (invocation, g_variant_new_string ("undef"));
      return;
    }

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aas"));
  for (; *signatures != NULL; signatures++)
    {
      g_auto (GStrv) types = g_strsplit (*signatures, ",", -1);

      g_variant_builder_add_value (&builder, g_variant_new_strv ((const char * const *) types, -1));
    }
  xml_rpc_invocation_return_value (invocation, g_variant_builder_end (&builder));
}

static void
method_help (XmlRpcServer     *server,
             XmlRpcInvocation *invocation,
             gpointer          user_data)
{
  XmlRpcMethod *method = find_method (user_data, invocation);

  if (method != NULL)
    xml_rpc_invocation_return_value (invocation, g_variant_new_string (xml_rpc_method_get_help (method)));
}

/* Of the "getCapabilities" specification: the specifications that the server
 * follows, each with its address and its version. */
static void
get_capabilities (XmlRpcServer     *server,
                  XmlRpcInvocation *invocation,
                  gpointer          user_data)
{
  static const struct
  {
    const char *name;
    const char *url;
    gint32      version;
  } capabilities[] = {
    { "xmlrpc", "http://xmlrpc.com/spec.md", 1 },
    { "faults_interop", "http://xmlrpc-epi.sourceforge.net/specs/rfc.fault_codes.php", 20010516 },
    { "system.multicall", "http://www.xmlrpc.com/discuss/msgReader$1208", 1 },
    { "introspection", "http://xmlrpc-c.sourceforge.net/introspection.html", 1 },
  };
  gsize n = G_N_ELEMENTS (capabilities);
  GVariantBuilder builder;

  /* The last is introspection. */
  if (xml_rpc_service_lookup (user_data, "system.listMethods") == NULL)
    n--;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{sa{sv}}"));
  for (gsize i = 0; i < n; i++)
    {
      g_variant_builder_open (&builder, G_VARIANT_TYPE ("{sa{sv}}"));
      g_variant_builder_add (&builder, "s", capabilities[i].name);
      g_variant_builder_open (&builder, G_VARIANT_TYPE_VARDICT);
      g_variant_builder_add (&builder, "{sv}", "specUrl", g_variant_new_string (capabilities[i].url));
      g_variant_builder_add (&builder, "{sv}", "specVersion", g_variant_new_int32 (capabilities[i].version));
      g_variant_builder_close (&builder);
      g_variant_builder_close (&builder);
    }
  xml_rpc_invocation_return_value (invocation, g_variant_builder_end (&builder));
}

/* The calls of a system.multicall: the answers are collected, until the last is there. */
typedef struct
{
  XmlRpcInvocation *invocation;   /* of system.multicall */
  GVariant        **results;
  gsize             n_results;
  gsize             n_missing;
  guint64           size;         /* of the results so far, as they will be sent */
  guint64           max_size;     /* 0: no limit */
  gboolean          is_full;
} Multicall;

typedef struct
{
  Multicall *multicall;
  gsize      index;
} Call;

static void
multicall_free (Multicall *self)
{
  for (gsize i = 0; i < self->n_results; i++)
    g_clear_pointer (&self->results[i], g_variant_unref);
  g_free (self->results);
  g_object_unref (self->invocation);
  g_free (self);
}

static void
take_result (Multicall *self,
             gsize      index,
             GVariant  *result)
{
  self->results[index] = g_variant_take_ref (result);

  if (--self->n_missing == 0)
    {
      xml_rpc_invocation_return_value (self->invocation, g_variant_new_tuple (self->results, self->n_results));
      multicall_free (self);
    }
}

/* As deep as a result of a multicall will be in the end. */
static GBytes *
write_result (GVariant  *result,
              GError   **error)
{
  return xml_rpc_encode_response (g_variant_new_tuple (&result, 1), error);
}

static GVariant *
describe_fault (const GError *fault)
{
  GVariant *value = xml_rpc_fault_get_unchanged_value (fault);
  g_autoptr (GBytes) written = value != NULL ? write_result (value, NULL) : NULL;

  if (written != NULL)
    return g_variant_ref (value);

  return g_variant_new_parsed ("{'faultCode': <%i>, 'faultString': <%s>}",
                               fault->code, xml_rpc_answer_check_message (fault->message));
}

/* FALSE if there is none for a result of this size, and none for others then. */
static gboolean
take_room (Multicall *self,
           gsize      size)
{
  self->is_full = self->is_full || (self->max_size > 0 && size > self->max_size - self->size);
  if (!self->is_full)
    self->size += size;

  return !self->is_full;
}

static GError *
too_large_new (Multicall *self)
{
  return g_error_new (XML_RPC_FAULT, XML_RPC_FAULT_INTERNAL_ERROR,
                      "expected results of at most %" G_GUINT64_FORMAT " bytes in one %s, got more",
                      self->max_size, xml_rpc_invocation_get_method_name (self->invocation));
}

/* A value stands in an array of one, to tell it from a fault. Either is written here to
 * find out whether it can be, and how long it is: lest the answers of the other calls are
 * lost with it. */
static GVariant *
describe_answer (Multicall  *self,
                 GVariant   *value,
                 GError    **fault)
{
  g_autoptr (GVariant) result = g_variant_take_ref (*fault != NULL ? describe_fault (*fault)
                                                                   : g_variant_new_tuple (&value, 1));
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) written = write_result (result, &error);

  if (written != NULL && take_room (self, g_bytes_get_size (written)))
    return g_steal_pointer (&result);

  g_clear_error (fault);
  *fault = written != NULL ? too_large_new (self)
                           : g_error_new (XML_RPC_FAULT, XML_RPC_FAULT_INTERNAL_ERROR,
                                          "The method returned what XML-RPC cannot carry: %s", error->message);
  return describe_fault (*fault);
}

static void
on_answer (XmlRpcInvocation  *invocation,
           GVariant          *value,
           GError           **fault,
           gpointer           user_data)
{
  const Call *call = user_data;
  Multicall *multicall = call->multicall;
  GVariant *result = describe_answer (multicall, value, fault);

  xml_rpc_invocation_add_call (multicall->invocation, invocation);
  take_result (multicall, call->index, result);
}

/* Children of an array of values as a tuple, which parameters are: not floating. Written
 * in one piece, as an object for each child would take many times its bytes. */
static GVariant *
array_to_tuple (GVariant *array)
{
  XmlRpcToVariant tuple;
  GVariant *params;

  xml_rpc_to_variant_init (&tuple);
  xml_rpc_to_variant_begin_params (&tuple);
  xml_rpc_from_variant_tell_params (array, &tuple.sink);
  xml_rpc_to_variant_end_params (&tuple);
  params = xml_rpc_to_variant_end (&tuple, NULL);
  xml_rpc_to_variant_clear (&tuple);

  return params;
}

/* What is wrong with a call of a method that has this name: a fault, or NULL. */
static GError *
check_call (Multicall  *multicall,
            const char *name,
            GVariant   *params)
{
  if (strcmp (name, xml_rpc_invocation_get_method_name (multicall->invocation)) == 0)
    return g_error_new (XML_RPC_FAULT, XML_RPC_FAULT_INVALID_PARAMS, "%s within %s is not allowed", name, name);

  if (params != NULL && !g_variant_is_of_type (params, G_VARIANT_TYPE ("av")))
    return g_error_new (XML_RPC_FAULT, XML_RPC_FAULT_INVALID_PARAMS,
                        "expected an array as the params of %s, got another value", name);

  return multicall->is_full ? too_large_new (multicall) : NULL;
}

static XmlRpcInvocation *
call_new (XmlRpcService *service,
          Multicall     *multicall,
          gsize          index,
          const char    *name,
          GVariant      *params)
{
  Call *call = g_new (Call, 1);
  g_autoptr (GVariant) tuple = params != NULL ? array_to_tuple (params)
                                              : g_variant_ref_sink (g_variant_new_tuple (NULL, 0));

  *call = (Call) { multicall, index };
  return xml_rpc_invocation_new (service->server, name, tuple,
                                 xml_rpc_invocation_get_message (multicall->invocation),
                                 on_answer, call, g_free);
}

static void
refuse_nameless (Multicall *multicall,
                 gsize      index)
{
  g_autoptr (GError) fault = g_error_new_literal (XML_RPC_FAULT, XML_RPC_FAULT_INVALID_PARAMS,
                                                  "expected a struct with the members methodName and params, "
                                                  "got another value");

  take_result (multicall, index, describe_fault (fault));
}

static void
start_call (XmlRpcService *service,
            Multicall     *multicall,
            GVariant      *calls,
            gsize          index)
{
  g_autoptr (GVariant) child = g_variant_get_child_value (calls, index);
  g_autoptr (GVariant) description = g_variant_get_variant (child);
  g_autoptr (GVariant) params = NULL;
  g_autoptr (XmlRpcInvocation) refused = NULL;
  GError *fault;
  const char *name;

  if (!g_variant_is_of_type (description, G_VARIANT_TYPE_VARDICT) ||
      !g_variant_lookup (description, "methodName", "&s", &name))
    {
      refuse_nameless (multicall, index);
      return;
    }

  params = g_variant_lookup_value (description, "params", NULL);
  fault = check_call (multicall, name, params);
  if (fault == NULL)
    {
      xml_rpc_service_dispatch (service, call_new (service, multicall, index, name, params));
      return;
    }

  refused = call_new (service, multicall, index, name, NULL);
  xml_rpc_invocation_take_error (refused, fault);
}

static void
system_multicall (XmlRpcServer     *server,
                  XmlRpcInvocation *invocation,
                  gpointer          user_data)
{
  g_autoptr (GVariant) calls = g_variant_get_child_value (xml_rpc_invocation_get_params (invocation), 0);
  gsize n_calls = g_variant_n_children (calls);
  XmlRpcService *service = user_data;
  guint limit = service->max_multicall;
  Multicall *self;

  if (limit > 0 && n_calls > limit)
    {
      xml_rpc_invocation_return_fault (invocation, XML_RPC_FAULT_INVALID_PARAMS,
                                       "expected at most %u calls, got %" G_GSIZE_FORMAT, limit, n_calls);
      return;
    }
  if (n_calls == 0)
    {
      xml_rpc_invocation_return_value (invocation, g_variant_new_array (G_VARIANT_TYPE_VARIANT, NULL, 0));
      return;
    }

  self = g_new0 (Multicall, 1);
  self->invocation = g_object_ref (invocation);
  self->results = g_new0 (GVariant *, n_calls);
  self->n_results = self->n_missing = n_calls;
  self->max_size = service->limits[XML_RPC_LIMIT_RESPONSE_SIZE];

  /* The last answer frees it, perhaps that of the last call here. */
  for (gsize i = 0; i < n_calls; i++)
    start_call (service, self, calls, i);
}

static void
system_status (XmlRpcServer     *server,
               XmlRpcInvocation *invocation,
               gpointer          user_data)
{
  g_autoptr (GVariant) status = xml_rpc_server_get_status (server);

  xml_rpc_invocation_return_value (invocation, status);
}

typedef struct
{
  const char       *name;
  const char       *signature;
  const char       *help;
  XmlRpcMethodFunc  func;
} SystemMethod;

static const SystemMethod basics[] = {
  { "system.multicall", "array,array",
    "Calls several methods. Takes an array of structs with the members methodName and params, "
    "and returns an array with the response to each in the same order: an array with the value, "
    "or a struct with faultCode and faultString.",
    system_multicall },
  { "system.getCapabilities", "struct",
    "Returns the specifications that the server follows, each with its address and its version.",
    get_capabilities },
};

static const SystemMethod introspection[] = {
  { "system.listMethods", "array",
    "Returns the names of the methods of this server.",
    list_methods },
  { "system.methodSignature", "array,string",
    "Returns the signatures of a method: for each an array of types, the type of what it returns first. "
    "If the method has none, returns a string.",
    method_signature },
  { "system.methodHelp", "string,string",
    "Returns a description of a method, or an empty string if there is none.",
    method_help },
};

static const SystemMethod status[] = {
  { "system.status", "struct",
    "Returns how the server is doing: the numbers of calls and faults, the bytes received and sent, the seconds "
    "that the calls took, how many are in progress now, and the seconds since the server was started.",
    system_status },
};

/* Their results are as they should be, but for that of system.methodSignature. */
static void
add_methods (XmlRpcService      *service,
             const SystemMethod *methods,
             gsize               n_methods)
{
  for (gsize i = 0; i < n_methods; i++)
    {
      const char *signatures[] = { methods[i].signature, NULL };

      xml_rpc_service_add_method (service, methods[i].name,
                                  xml_rpc_method_new (methods[i].name, signatures, methods[i].help,
                                                      XML_RPC_METHOD_UNCHECKED_RESULT, methods[i].func, service, NULL, NULL));
    }
}

void
xml_rpc_system_methods_add_basics (XmlRpcService *service)
{
  add_methods (service, basics, G_N_ELEMENTS (basics));
}

void
xml_rpc_system_methods_add_introspection (XmlRpcService *service)
{
  add_methods (service, introspection, G_N_ELEMENTS (introspection));
}

void
xml_rpc_system_methods_remove_introspection (XmlRpcService *service)
{
  for (gsize i = 0; i < G_N_ELEMENTS (introspection); i++)
    xml_rpc_service_remove_method (service, introspection[i].name);
}

void
xml_rpc_system_methods_set_status (XmlRpcService *service,
                                   gboolean       is_on)
{
  if (is_on)
    add_methods (service, status, G_N_ELEMENTS (status));
  else
    xml_rpc_service_remove_method (service, status[0].name);
}
