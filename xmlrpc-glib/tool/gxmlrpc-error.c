/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "gxmlrpc-error.h"

#include <string.h>

#include <xmlrpc-glib/xmlrpc-glib.h>

#include "gxmlrpc-printable.h"
#include "gxmlrpc-terminal.h"

/* What separates a hint from what comes before it: no message of XML can have it. */
#define SEPARATOR "\x1f"

G_DEFINE_QUARK (gxmlrpc-error-quark, gxmlrpc_error)

void
gxmlrpc_error_usage (GError     **error,
                     const char  *format,
                     ...)
{
  va_list args;

  va_start (args, format);
  g_propagate_error (error, g_error_new_valist (GXMLRPC_ERROR, GXMLRPC_EXIT_USAGE, format, args));
  va_end (args);
}

void
gxmlrpc_error_add_hint (GError     *error,
                        const char *format,
                        ...)
{
  g_autofree char *message = error->message;
  g_autofree char *hint = NULL;
  va_list args;

  va_start (args, format);
  hint = g_strdup_vprintf (format, args);
  va_end (args);

  error->message = g_strconcat (message, SEPARATOR, hint, NULL);
}

GxmlrpcExit
gxmlrpc_error_get_exit (const GError *error)
{
  if (error->domain == GXMLRPC_ERROR)
    return (GxmlrpcExit) error->code;
  if (error->domain == G_OPTION_ERROR || error->domain == G_URI_ERROR)
    return GXMLRPC_EXIT_USAGE;
  if (error->domain == XML_RPC_FAULT)
    return GXMLRPC_EXIT_FAULT;
  if (error->domain == XML_RPC_HTTP_ERROR)
    return GXMLRPC_EXIT_HTTP;
  if (error->domain == XML_RPC_ERROR)
    return GXMLRPC_EXIT_BAD_ANSWER;

  return GXMLRPC_EXIT_NETWORK;
}

/* The lines of what the command itself says, and one line of what a server says: it could
 * pretend to be the command. */
static char *
make_message (const GError *error)
{
  const gboolean is_own = error->domain == GXMLRPC_ERROR || error->domain == G_OPTION_ERROR;
  g_auto (GStrv) parts = g_strsplit (error->message, SEPARATOR, -1);

  for (char **part = parts; *part != NULL; part++)
    {
      g_autofree char *raw = *part;

      *part = part == parts && is_own ? gxmlrpc_printable_from_text (raw) : gxmlrpc_printable_from_line (raw);
    }

  return g_strjoinv ("\n", parts);
}

void
gxmlrpc_error_print (const GError *error)
{
  g_autofree char *label = g_strdup ("error");
  g_autofree char *message = make_message (error);
  const char *style = gxmlrpc_terminal_style (stderr, GXMLRPC_STYLE_ERROR);

  if (error->domain == XML_RPC_FAULT)
    {
      g_free (label);
      /* Any other code is in the message. */
      label = error->code == XML_RPC_FAULT_OTHER_CODE ? g_strdup ("fault")
                                                      : g_strdup_printf ("fault %d", error->code);
    }

  fprintf (stderr, "gxmlrpc: %s%s:%s %s\n", style, label,
           gxmlrpc_terminal_style (stderr, GXMLRPC_STYLE_PLAIN), message);
}
