/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "gxmlrpc-commands.h"

#include "gxmlrpc-advice.h"
#include "gxmlrpc-arguments.h"
#include "gxmlrpc-connection.h"
#include "gxmlrpc-output.h"
#include "gxmlrpc-printable.h"

gboolean
gxmlrpc_list (char   **argv,
              GError **error)
{
  g_autoptr (GxmlrpcConnection) connection = gxmlrpc_connection_new ();
  g_autoptr (GxmlrpcArguments) arguments = gxmlrpc_arguments_new ("URL");
  GOptionContext *context = gxmlrpc_arguments_get_context (arguments);
  g_autoptr (GString) text = g_string_new (NULL);
  g_auto (GStrv) names = NULL;

  g_option_context_set_summary (context, "Lists a server's methods, one a line.");
  gxmlrpc_connection_add_options (connection, context);

  if (!gxmlrpc_arguments_parse (arguments, argv, error) ||
      !gxmlrpc_connection_open (connection, gxmlrpc_arguments_get_name (arguments, 0), error))
    return FALSE;

  names = gxmlrpc_advice_list (connection, error);
  if (names == NULL)
    return FALSE;

  for (char **name = names; *name != NULL; name++)
    {
      g_autofree char *printable = gxmlrpc_printable_from_line (*name);

      g_string_append_printf (text, "%s\n", printable);
    }

  return gxmlrpc_output_write_styled (text->str, error);
}
