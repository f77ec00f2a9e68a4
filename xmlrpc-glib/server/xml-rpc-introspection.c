/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-introspection-private.h"

#include "../xml-rpc-error.h"
#include "xml-rpc-system-multicall-private.h"
#include "xml-rpc-service-private.h"

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
    xml_rpc_invocation_return_fault (invocation, XML_RPC_FAULT_METHOD_NOT_FOUND, "There is no method %s", name);

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

  signatures = xml_rpc_method_get_signatures (method);
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
  static const struct {
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
    "and returns an array with the answer to each in the same order: an array with the value, "
    "or a struct with faultCode and faultString.",
    xml_rpc_system_multicall },
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

static void
add_methods (XmlRpcService      *service,
             const SystemMethod *methods,
             gsize               n_methods)
{
  for (gsize i = 0; i < n_methods; i++)
    {
      const char *signatures[] = { methods[i].signature, NULL };

      xml_rpc_service_add_method (service, methods[i].name,
                                  xml_rpc_method_new (signatures, methods[i].help, methods[i].func, service, NULL));
    }
}

void
xml_rpc_introspection_add_basics (XmlRpcService *service)
{
  add_methods (service, basics, G_N_ELEMENTS (basics));
}

void
xml_rpc_introspection_add (XmlRpcService *service)
{
  add_methods (service, introspection, G_N_ELEMENTS (introspection));
}

void
xml_rpc_introspection_remove (XmlRpcService *service)
{
  for (gsize i = 0; i < G_N_ELEMENTS (introspection); i++)
    xml_rpc_service_remove_method (service, introspection[i].name);
}
