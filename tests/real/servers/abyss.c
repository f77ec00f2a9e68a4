/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <stdlib.h>
#include <string.h>

#include <xmlrpc-c/base.h>
#include <xmlrpc-c/server.h>
#include <xmlrpc-c/server_abyss.h>

static xmlrpc_value *
echo (xmlrpc_env   *env,
      xmlrpc_value *params,
      void         *server_info,
      void         *call_info)
{
  xmlrpc_value *value = NULL;

  xmlrpc_array_read_item (env, params, 0, &value);

  return value;
}

static xmlrpc_value *
add (xmlrpc_env   *env,
     xmlrpc_value *params,
     void         *server_info,
     void         *call_info)
{
  xmlrpc_int32 a, b;

  xmlrpc_decompose_value (env, params, "(ii)", &a, &b);

  return env->fault_occurred ? NULL : xmlrpc_int_new (env, a + b);
}

static xmlrpc_value *
fail (xmlrpc_env   *env,
      xmlrpc_value *params,
      void         *server_info,
      void         *call_info)
{
  xmlrpc_int32 code;
  const char *message;

  xmlrpc_decompose_value (env, params, "(is)", &code, &message);
  if (!env->fault_occurred)
    xmlrpc_env_set_fault (env, code, message);

  return NULL;
}

int
main (int   argc,
      char *argv[])
{
  struct xmlrpc_method_info3 methods[] = {
    { .methodName = "echo", .methodFunction = echo },
    { .methodName = "add", .methodFunction = add },
    { .methodName = "fail", .methodFunction = fail },
  };
  xmlrpc_env env;
  xmlrpc_registry *registry;
  xmlrpc_server_abyss_parms parms = { .config_file_name = NULL };

  xmlrpc_env_init (&env);
  xmlrpc_limit_set (XMLRPC_XML_SIZE_LIMIT_ID, 16 << 20);
  registry = xmlrpc_registry_new (&env);
  for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++)
    xmlrpc_registry_add_method3 (&env, registry, &methods[i]);

  parms.registryP = registry;
  parms.port_number = (unsigned int) atoi (argv[1]);
  xmlrpc_server_abyss (&env, &parms, XMLRPC_APSIZE (port_number));

  return env.fault_occurred ? EXIT_FAILURE : EXIT_SUCCESS;
}
