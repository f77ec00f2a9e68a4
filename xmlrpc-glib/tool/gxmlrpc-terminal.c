/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "gxmlrpc-terminal.h"

#include <errno.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "gxmlrpc-error.h"

#define DEFAULT_WIDTH 80
/* Longer lines are hard to read. */
#define MAX_WIDTH 100

gboolean
gxmlrpc_terminal_is_one (FILE *stream)
{
  return isatty (fileno (stream)) && g_strcmp0 (g_getenv ("TERM"), "dumb") != 0;
}

int
gxmlrpc_terminal_get_width (FILE *stream)
{
  struct winsize size;

  if (ioctl (fileno (stream), TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
    return DEFAULT_WIDTH;

  return MIN (size.ws_col, MAX_WIDTH);
}

/* https://no-color.org: any value that is not empty. */
static gboolean
are_colours_wanted (void)
{
  const char *no_color = g_getenv ("NO_COLOR");

  return no_color == NULL || *no_color == '\0';
}

const char *
gxmlrpc_terminal_style (FILE         *stream,
                        GxmlrpcStyle  style)
{
  static const char * const sequences[] = {
    [GXMLRPC_STYLE_PLAIN] = "\033[0m",
    [GXMLRPC_STYLE_BOLD] = "\033[1m",
    [GXMLRPC_STYLE_ERROR] = "\033[1;31m",
    [GXMLRPC_STYLE_WARNING] = "\033[1;33m",
  };

  return gxmlrpc_terminal_is_one (stream) && are_colours_wanted () ? sequences[style] : "";
}

/* C0 and C1, but for the ends of lines and tabulators. In a JSON text this is
 * what the string means, too. */
char *
gxmlrpc_terminal_make_printable (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autoptr (GString) printable = g_string_sized_new (strlen (valid));

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\n' || c == '\t' || !g_unichar_iscntrl (c))
        g_string_append_unichar (printable, c);
      else
        g_string_append_printf (printable, "\\u%04x", c);
    }

  return g_string_free (g_steal_pointer (&printable), FALSE);
}

gboolean
gxmlrpc_terminal_write_styled (const char  *text,
                               GError     **error)
{
  if (fputs (text, stdout) != EOF && fflush (stdout) == 0)
    return TRUE;

  g_set_error (error, GXMLRPC_ERROR, GXMLRPC_EXIT_FAILURE,
               "cannot write to standard output: %s", g_strerror (errno));
  return FALSE;
}

gboolean
gxmlrpc_terminal_write (const char  *text,
                        GError     **error)
{
  g_autofree char *printable = gxmlrpc_terminal_is_one (stdout) ? gxmlrpc_terminal_make_printable (text) : NULL;

  return gxmlrpc_terminal_write_styled (printable != NULL ? printable : text, error);
}

void
gxmlrpc_terminal_warn (const char *format,
                       ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);

  fprintf (stderr, "gxmlrpc: %swarning:%s %s\n", gxmlrpc_terminal_style (stderr, GXMLRPC_STYLE_WARNING),
           gxmlrpc_terminal_style (stderr, GXMLRPC_STYLE_PLAIN), message);
}
