/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <xmlrpc-glib/xmlrpc-glib.h>

#include "server.h"

static void
add (XmlRpcServer     *server,
     XmlRpcInvocation *invocation,
     gpointer          user_data)
{
  gint32 a, b;

  g_variant_get (xml_rpc_invocation_get_params (invocation), "(ii)", &a, &b);
  xml_rpc_invocation_return_value (invocation, g_variant_new_int32 (a + b));
}

int
main (void)
{
  static const char * const signatures[] = { "int,int,int", NULL };
  g_autoptr (SoupServer) soup_server = soup_server_new (NULL, NULL);
  g_autoptr (XmlRpcServer) server = xml_rpc_server_new ();

  xml_rpc_server_add_method (server, "sample.add", signatures, "Adds two integers.", add, NULL, NULL, NULL);
  xml_rpc_server_attach (server, soup_server, NULL);

  return server_run (soup_server);
}
