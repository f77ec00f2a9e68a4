/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What a server tells of its work: the access log, and its counters. */

#include "xml-rpc-server-private.h"

#include "xml-rpc-invocation-private.h"

#define LOG_DOMAIN "xmlrpc-glib-access"

/* Of the name of a method, which may be as long as a request. */
#define MAX_SHOWN 200

/* One word, whatever was sent. */
static char *
show_name (const char *name)
{
  g_autofree char *beginning = g_strndup (name, MAX_SHOWN);
  g_autofree char *escaped = g_strescape (beginning, "\"");
  g_auto (GStrv) words = g_strsplit (escaped, " ", -1);

  return *escaped != '\0' ? g_strjoinv ("\\040", words) : g_strdup ("-");
}

static char *
show_client (XmlRpcInvocation *invocation)
{
  GInetAddress *address = xml_rpc_invocation_get_client_address (invocation);

  return address != NULL ? g_inet_address_to_string (address) : g_strdup ("-");
}

static char *
show_size (gint64 size)
{
  return size >= 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, size) : g_strdup ("-");
}

static char *
show_seconds (guint64 microseconds)
{
  return g_strdup_printf ("%" G_GUINT64_FORMAT ".%06u", microseconds / G_USEC_PER_SEC,
                          (guint) (microseconds % G_USEC_PER_SEC));
}

void
xml_rpc_server_log_call (XmlRpcInvocation *invocation,
                         guint64           microseconds)
{
  const GError *fault = xml_rpc_invocation_get_fault (invocation);
  g_autofree char *client = show_client (invocation);
  g_autofree char *name = show_name (xml_rpc_invocation_get_method_name (invocation));
  g_autofree char *result = fault != NULL ? g_strdup_printf ("%d", fault->code) : g_strdup ("ok");
  g_autofree char *received = show_size (xml_rpc_invocation_get_bytes_received (invocation));
  g_autofree char *sent = show_size (xml_rpc_invocation_get_bytes_sent (invocation));
  g_autofree char *seconds = show_seconds (microseconds);

  g_log_structured (LOG_DOMAIN, G_LOG_LEVEL_MESSAGE,
                    "XMLRPC_CLIENT", client,
                    "XMLRPC_METHOD", name,
                    "XMLRPC_RESULT", result,
                    "XMLRPC_BYTES_RECEIVED", received,
                    "XMLRPC_BYTES_SENT", sent,
                    "XMLRPC_SECONDS", seconds,
                    "MESSAGE", "%s %s %s %s %s %s", client, name, result, received, sent, seconds);
}

/**
 * xml_rpc_server_get_status:
 * @self: a server
 *
 * Gets the status of the server, a struct of counters since it was made.
 *
 * | member | type | |
 * | --- | --- | --- |
 * | `calls` | `x` | calls that have finished, those within a `system.multicall` included |
 * | `faults` | `x` | of these, the calls that ended with a fault |
 * | `bytes_received` | `x` | the bytes of the bodies of requests, as they came over HTTP |
 * | `bytes_sent` | `x` | the bytes of the bodies of responses, as they were handed to the [class@Soup.Server] |
 * | `seconds` | `d` | the time that the calls took, those within a `system.multicall` not counted again |
 * | `in_progress` | `x` | requests that are being read or executed, or whose responses are being written |
 * | `in_threads` | `x` | calls that are executed in a thread now, or wait for one |
 * | `uptime` | `d` | seconds since the server was made |
 *
 * Later versions may have more.
 *
 * Returns: (transfer full): a dictionary of the type `a{sv}`
 *
 * Since: 1.0
 */
GVariant *
xml_rpc_server_get_status (XmlRpcServer *self)
{
  GVariantBuilder builder;
  const XmlRpcService *service;
  const XmlRpcCounters *counters;
  guint n_in_threads;

  g_return_val_if_fail (XML_RPC_IS_SERVER (self), NULL);

  service = &xml_rpc_server_get_private (self)->service;
  counters = &service->counters;
  n_in_threads = service->workers != NULL ? xml_rpc_workers_get_n_calls (service->workers) : 0;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&builder, "{sv}", "calls", g_variant_new_int64 ((gint64) counters->n_calls));
  g_variant_builder_add (&builder, "{sv}", "faults", g_variant_new_int64 ((gint64) counters->n_faults));
  g_variant_builder_add (&builder, "{sv}", "bytes_received", g_variant_new_int64 ((gint64) counters->bytes_received));
  g_variant_builder_add (&builder, "{sv}", "bytes_sent", g_variant_new_int64 ((gint64) counters->bytes_sent));
  g_variant_builder_add (&builder, "{sv}", "seconds",
                         g_variant_new_double ((double) counters->microseconds / G_USEC_PER_SEC));
  g_variant_builder_add (&builder, "{sv}", "in_progress", g_variant_new_int64 (service->ongoing.calls.length));
  g_variant_builder_add (&builder, "{sv}", "in_threads", g_variant_new_int64 (n_in_threads));
  g_variant_builder_add (&builder, "{sv}", "uptime",
                         g_variant_new_double ((double) (g_get_monotonic_time () - counters->begin) / G_USEC_PER_SEC));

  return g_variant_ref_sink (g_variant_builder_end (&builder));
}
