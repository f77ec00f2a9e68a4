/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* gxmlrpc calls XML-RPC servers from the command line. Here it finds the command;
 * each has a file of its own. */

#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include <xmlrpc-glib/xmlrpc-glib.h>

#include "gxmlrpc-advice.h"
#include "gxmlrpc-commands.h"
#include "gxmlrpc-error.h"
#include "gxmlrpc-output.h"

static const struct
{
  const char *name;
  const char *arguments;
  const char *summary;
  gboolean  (*run) (char    **argv,
                    GError  **error);
} commands[] = {
  { "call", "URL METHOD [VALUE...]", "calls a method", gxmlrpc_call },
  { "multicall", "URL", "sends the calls of standard input", gxmlrpc_multicall },
  { "list", "URL", "lists a server's methods", gxmlrpc_list },
  { "describe", "URL [METHOD]", "shows signatures and help", gxmlrpc_describe },
  { "encode", "[VALUE...]", "writes a value as XML-RPC", gxmlrpc_encode },
  { "decode", "[FILE]", "reads an XML-RPC message", gxmlrpc_decode },
  { "serve", "FILE", "responds with what is recorded", gxmlrpc_serve },
  { "record", "URL FILE", "records calls and results", gxmlrpc_record },
};

static void
append_synopsis (GString    *text,
                 const char *name,
                 const char *arguments,
                 const char *summary)
{
  g_autofree char *synopsis = g_strdup_printf ("%s %s", name, arguments);

  g_string_append_printf (text, "  gxmlrpc %-28s %s\n", synopsis, summary);
}

static char *
get_help (void)
{
  g_autoptr (GString) text = g_string_new ("Usage:\n");

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    append_synopsis (text, commands[i].name, commands[i].arguments, commands[i].summary);
  g_string_append_c (text, '\n');
  append_synopsis (text, "COMMAND", "--help", "shows the options of a command");
  append_synopsis (text, "--version", "", "shows the version");
  g_string_append (text, "\nA URL is http://HOST:PORT/PATH, https://..., http+unix:///SOCKET:/PATH, scgi://HOST:PORT,\n"
                         "or scgi+unix:///SOCKET.\n");

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
run_command (char   **argv,
             GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      if (strcmp (*argv, commands[i].name) == 0)
        return commands[i].run (argv, error);
    }

  gxmlrpc_error_usage (error, "there is no command %s\nSee gxmlrpc --help.", *argv);
  return FALSE;
}

static gboolean
run (char   **argv,
     GError **error)
{
  static const char * const help_words[] = { "help", "--help", "-h", "-?", NULL };
  g_autofree char *help = NULL;

  if (argv[1] == NULL)
    {
      gxmlrpc_error_usage (error, "a command is missing\nSee gxmlrpc --help.");
      return FALSE;
    }

  if (g_strv_contains (help_words, argv[1]))
    {
      help = get_help ();
      return gxmlrpc_output_write (help, error);
    }

  if (strcmp (argv[1], "--version") == 0)
    return gxmlrpc_output_write ("gxmlrpc " XML_RPC_VERSION_S "\n", error);

  return run_command (argv + 1, error);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GError) error = NULL;
  gboolean is_done;
  g_autofree char *name = argc > 1 ? g_strdup_printf ("gxmlrpc %s", argv[1]) : g_strdup ("gxmlrpc");

  setlocale (LC_ALL, "");
  /* The help of a command begins with it. */
  g_set_prgname (name);

  is_done = run (argv, &error);
  gxmlrpc_output_close ();
  if (is_done)
    return GXMLRPC_EXIT_SUCCESS;

  gxmlrpc_error_print (error);
  return (int) gxmlrpc_error_get_exit (error);
}
