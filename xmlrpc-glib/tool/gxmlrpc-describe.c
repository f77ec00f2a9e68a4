/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "gxmlrpc-commands.h"

#include "gxmlrpc-advice.h"
#include "gxmlrpc-arguments.h"
#include "gxmlrpc-connection.h"
#include "gxmlrpc-description.h"
#include "gxmlrpc-error.h"
#include "gxmlrpc-methods.h"
#include "gxmlrpc-output.h"
#include "gxmlrpc-paragraphs.h"
#include "gxmlrpc-printable.h"
#include "gxmlrpc-result.h"
#include "gxmlrpc-signature.h"

#define INDENTATION 4

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

static void
append_help (GString    *text,
             const char *help)
{
  const gsize width = (gsize) gxmlrpc_terminal_get_width (stdout);
  g_autofree char *printable = gxmlrpc_printable_from_text (help);
  g_autofree char *set = gxmlrpc_paragraphs_set_in (printable, INDENTATION, width);

  g_string_append (text, set);
}

static gboolean
write_text (GPtrArray  *methods,
            GError    **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < methods->len; i++)
    {
      const GxmlrpcMethod *method = g_ptr_array_index (methods, i);

      if (i > 0)
        g_string_append_c (text, '\n');
      append_signatures (text, method->name, (const char * const *) method->signatures);
      if (method->help != NULL && *method->help != '\0')
        append_help (text, method->help);
    }

  return gxmlrpc_output_write_styled (text->str, error);
}

/* Servers say something about methods that they do not have, too. */
static gboolean
check_name (const char          *name,
            const char * const  *names,
            GError             **error)
{
  GError *name_error;
  const char *similar;

  if (g_strv_contains (names, name))
    return TRUE;

  name_error = g_error_new (GXMLRPC_ERROR, GXMLRPC_EXIT_FAULT, "the server has no method %s", name);
  similar = gxmlrpc_advice_find_similar (name, names);
  if (similar != NULL)
    gxmlrpc_error_add_hint (name_error, "Did you mean %s?", similar);
  g_propagate_error (error, name_error);
  return FALSE;
}

static gboolean
describe (GxmlrpcConnection    *connection,
          const char           *only_name,
          const GxmlrpcFormat  *format,
          GError              **error)
{
  g_auto (GStrv) all_names = gxmlrpc_advice_list (connection, error);
  const char * const *names = (const char * const *) all_names;
  const char * const only[] = { only_name, NULL };
  g_autoptr (GPtrArray) methods = NULL;
  g_autoptr (GVariant) description = NULL;

  if (all_names == NULL || (only_name != NULL && !check_name (only_name, names, error)))
    return FALSE;

  methods = gxmlrpc_methods_ask (connection, only_name != NULL ? only : names, names, error);
  if (methods == NULL)
    return FALSE;

  if (!format->json)
    return write_text (methods, error);

  description = gxmlrpc_description_create (methods);
  return gxmlrpc_result_write_json (description, FALSE, error);
}

gboolean
gxmlrpc_describe (char   **argv,
                  GError **error)
{
  g_autoptr (GxmlrpcConnection) connection = gxmlrpc_connection_new ();
  g_autoptr (GxmlrpcArguments) arguments = gxmlrpc_arguments_new ("URL [METHOD]");
  GOptionContext *context = gxmlrpc_arguments_get_context (arguments);
  g_auto (GxmlrpcFormat) format = { FALSE, };
  const GOptionEntry entries[] = {
    { "json", 'j', 0, G_OPTION_ARG_NONE, &format.json,
      "Write it as JSON, for programs", NULL },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &format.output,
      "Write it to FILE", "FILE" },
    { NULL }
  };

  g_option_context_set_summary (context, "Shows the signatures and the help of one method, or of all.");
  g_option_context_add_main_entries (context, entries, NULL);
  gxmlrpc_connection_add_options (connection, context);

  return gxmlrpc_arguments_parse (arguments, argv, error) && gxmlrpc_format_open (&format, error) &&
         gxmlrpc_connection_open (connection, gxmlrpc_arguments_get_name (arguments, 0), error) &&
         describe (connection, gxmlrpc_arguments_get_name (arguments, 1), &format, error);
}
