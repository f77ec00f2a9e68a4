/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "both-ways.h"

#include <string.h>

#include "server-caller.h"

static void
run_sync (gconstpointer data)
{
  const BothWaysTest *test = data;

  test->test (xml_rpc_server_proxy_call);
}

static void
run_async (gconstpointer data)
{
  const BothWaysTest *test = data;

  test->test (both_ways_call_async);
}

void
both_ways_add (const char         *prefix,
               const BothWaysTest *tests,
               gsize               n_tests)
{
  for (gsize i = 0; i < n_tests; i++)
    {
      g_autofree char *sync_path = g_strdup_printf ("%s/sync/%s", prefix, tests[i].name);
      g_autofree char *async_path = g_strdup_printf ("%s/async/%s", prefix, tests[i].name);

      g_test_add_data_func (sync_path, &tests[i], run_sync);
      g_test_add_data_func (async_path, &tests[i], run_async);
    }
}

GVariant *
both_ways_call_async (XmlRpcServerProxy   *proxy,
                      const char          *method_name,
                      GVariant            *params,
                      const GVariantType  *reply_type,
                      GCancellable        *cancellable,
                      GError             **error)
{
  GMainContext *context = g_main_context_get_thread_default ();
  g_autoptr (GAsyncResult) result = NULL;

  xml_rpc_server_proxy_call_async (proxy, method_name, params, reply_type, cancellable,
                                   server_caller_take_result, &result);
  while (result == NULL)
    g_main_context_iteration (context, TRUE);

  return xml_rpc_server_proxy_call_finish (proxy, result, error);
}

void
both_ways_assert_says (const GError *error,
                       const char   *part)
{
  if (strstr (error->message, part) == NULL)
    g_error ("no \"%s\" in \"%s\"", part, error->message);
}
