/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "gxmlrpc-commands.h"

#include <string.h>

#include "gxmlrpc-advice.h"
#include "gxmlrpc-arguments.h"
#include "gxmlrpc-connection.h"
#include "gxmlrpc-error.h"
#include "gxmlrpc-html.h"
#include "gxmlrpc-output.h"
#include "gxmlrpc-paragraphs.h"
#include "gxmlrpc-printable.h"
#include "gxmlrpc-signature.h"
#include "gxmlrpc-terminal.h"

#define INDENTATION 4

/* One method, and the answers to what was asked about it. */
typedef struct
{
  char         *name;
  GAsyncResult *signatures;
  GAsyncResult *help;
} Method;

static void
method_free (gpointer data)
{
  Method *method = data;

  g_free (method->name);
  g_clear_object (&method->signatures);
  g_clear_object (&method->help);
  g_free (method);
}

static void
wait_for_method (GxmlrpcConnection *connection,
                 Method            *method)
{
  gxmlrpc_connection_wait (connection, &method->signatures);
  gxmlrpc_connection_wait (connection, &method->help);
}

/* All questions are under way at once: the proxy sees to it that they are not too
 * many. */
static GPtrArray *
ask (GxmlrpcConnection  *connection,
     const char * const *names)
{
  XmlRpcServerProxy *proxy = gxmlrpc_connection_get_proxy (connection);
  GPtrArray *methods = g_ptr_array_new_with_free_func (method_free);

  for (; *names != NULL; names++)
    {
      Method *method = g_new0 (Method, 1);

      method->name = g_strdup (*names);
      xml_rpc_server_proxy_get_method_signature_async (proxy, *names, NULL, gxmlrpc_connection_on_answer,
                                                       &method->signatures);
      if (gxmlrpc_connection_is_verbose (connection))
        gxmlrpc_connection_wait (connection, &method->signatures);
      xml_rpc_server_proxy_get_method_help_async (proxy, *names, NULL, gxmlrpc_connection_on_answer, &method->help);
      if (gxmlrpc_connection_is_verbose (connection))
        wait_for_method (connection, method);
      g_ptr_array_add (methods, method);
    }

  for (guint i = 0; i < methods->len; i++)
    wait_for_method (connection, g_ptr_array_index (methods, i));

  return methods;
}

static void
append_signatures (GString             *text,
                   const char          *name,
                   const char * const  *signatures)
{
  const char *bold = gxmlrpc_output_style (GXMLRPC_STYLE_BOLD);
  const char *plain = gxmlrpc_output_style (GXMLRPC_STYLE_PLAIN);
  g_autofree char *printable_name = gxmlrpc_printable_from_line (name);

  if (signatures == NULL || *signatures == NULL)
    g_string_append_printf (text, "%s%s%s (...)\n", bold, printable_name, plain);

  for (; signatures != NULL && *signatures != NULL; signatures++)
    {
      g_autofree char *signature = gxmlrpc_signature_to_string ("", *signatures);
      g_autofree char *printable = gxmlrpc_printable_from_line (signature);

      g_string_append_printf (text, "%s%s%s%s\n", bold, printable_name, plain, printable);
    }
}

/* How far all lines of a text are set in, but for the first: as in a docstring. */
static gsize
get_common_indentation (char **lines)
{
  gsize common = G_MAXSIZE;

  for (char **line = lines + 1; *lines != NULL && *line != NULL; line++)
    {
      const gsize indentation = strspn (*line, " \t");

      if ((*line)[indentation] != '\0')
        common = MIN (common, indentation);
    }

  return common;
}

/* Plain text, with its own lines. */
static char *
set_in (const char *help)
{
  g_autoptr (GxmlrpcParagraphs) paragraphs = gxmlrpc_paragraphs_new (gxmlrpc_terminal_get_width (stdout));
  g_autofree char *valid = g_utf8_make_valid (help, -1);
  g_auto (GStrv) lines = g_strsplit (g_strstrip (valid), "\n", -1);
  const gsize common = get_common_indentation (lines);
  g_autoptr (GString) text = g_string_new (NULL);

  for (char **line = lines; *line != NULL; line++)
    g_string_append_printf (text, "%s\n", *line + (line == lines ? 0 : MIN (common, strlen (*line))));

  gxmlrpc_paragraphs_indent (paragraphs, INDENTATION);
  gxmlrpc_paragraphs_add_lines (paragraphs, text->str, text->len);
  return gxmlrpc_paragraphs_end (paragraphs);
}

static void
append_help (GString    *text,
             const char *help)
{
  g_autofree char *readable = gxmlrpc_html_is_html (help)
                              ? gxmlrpc_html_to_text (help, INDENTATION, gxmlrpc_terminal_get_width (stdout))
                              : set_in (help);
  g_autofree char *printable = gxmlrpc_printable_from_text (readable);

  g_string_append (text, printable);
}

/* Servers need not have everything: only other errors than faults are ours. */
static gboolean
append_method (GString            *text,
               XmlRpcServerProxy  *proxy,
               Method             *method,
               GError            **error)
{
  g_autoptr (GError) signature_error = NULL;
  g_autoptr (GError) help_error = NULL;
  g_auto (GStrv) signatures = xml_rpc_server_proxy_get_method_signature_finish (proxy, method->signatures,
                                                                                &signature_error);
  g_autofree char *help = xml_rpc_server_proxy_get_method_help_finish (proxy, method->help, &help_error);

  if (signature_error != NULL && (signature_error->domain != XML_RPC_FAULT || help_error != NULL))
    {
      g_propagate_error (error, g_steal_pointer (&signature_error));
      return FALSE;
    }
  if (help_error != NULL && help_error->domain != XML_RPC_FAULT)
    {
      g_propagate_error (error, g_steal_pointer (&help_error));
      return FALSE;
    }

  append_signatures (text, method->name, (const char * const *) signatures);
  if (help != NULL)
    append_help (text, help);

  return TRUE;
}

static gboolean
describe (GxmlrpcConnection   *connection,
          const char * const  *names,
          GError             **error)
{
  g_autoptr (GPtrArray) methods = ask (connection, names);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < methods->len; i++)
    {
      if (i > 0)
        g_string_append_c (text, '\n');
      if (!append_method (text, gxmlrpc_connection_get_proxy (connection), g_ptr_array_index (methods, i), error))
        return FALSE;
    }

  return gxmlrpc_output_write_styled (text->str, error);
}

/* Servers say something about methods that they do not have, too. */
static gboolean
check_name (const char          *name,
            const char * const  *names,
            GError             **error)
{
  const char *similar;

  if (g_strv_contains (names, name))
    return TRUE;

  similar = gxmlrpc_advice_find_similar (name, names);
  g_set_error (error, GXMLRPC_ERROR, GXMLRPC_EXIT_FAULT, "the server has no method %s%s%s%s", name,
               similar != NULL ? "\nDid you mean " : "", similar != NULL ? similar : "", similar != NULL ? "?" : "");
  return FALSE;
}

gboolean
gxmlrpc_describe (char   **argv,
                  GError **error)
{
  g_autoptr (GxmlrpcConnection) connection = gxmlrpc_connection_new ();
  g_autoptr (GxmlrpcArguments) arguments = gxmlrpc_arguments_new ("URL [METHOD]");
  GOptionContext *context = gxmlrpc_arguments_get_context (arguments);
  g_auto (GStrv) names = NULL;
  const char *only[] = { NULL, NULL };

  g_option_context_set_summary (context, "Shows the signatures and the help of one method, or of all.");
  gxmlrpc_connection_add_options (connection, context);

  if (!gxmlrpc_arguments_parse (arguments, argv, error) ||
      !gxmlrpc_connection_open (connection, gxmlrpc_arguments_get_name (arguments, 0), error))
    return FALSE;

  names = gxmlrpc_advice_list (connection, error);
  if (names == NULL)
    return FALSE;

  only[0] = gxmlrpc_arguments_get_name (arguments, 1);
  if (only[0] == NULL)
    return describe (connection, (const char * const *) names, error);

  return check_name (only[0], (const char * const *) names, error) && describe (connection, only, error);
}
