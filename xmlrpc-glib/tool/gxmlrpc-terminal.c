/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "gxmlrpc-terminal.h"

#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "gxmlrpc-printable.h"

#define DEFAULT_WIDTH 80
/* Longer lines are hard to read. */
#define MAX_WIDTH 100

gboolean
gxmlrpc_terminal_is_one (FILE *stream)
{
  return isatty (fileno (stream)) && g_strcmp0 (g_getenv ("TERM"), "dumb") != 0;
}

int
gxmlrpc_terminal_get_columns (FILE *stream)
{
  struct winsize size;

  return ioctl (fileno (stream), TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : DEFAULT_WIDTH;
}

int
gxmlrpc_terminal_get_width (FILE *stream)
{
  return MIN (gxmlrpc_terminal_get_columns (stream), MAX_WIDTH);
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
    [GXMLRPC_STYLE_NAME] = "\033[1;34m",
    [GXMLRPC_STYLE_STRING] = "\033[32m",
    [GXMLRPC_STYLE_NUMBER] = "\033[36m",
  };

  return gxmlrpc_terminal_is_one (stream) && are_colours_wanted () ? sequences[style] : "";
}

void
gxmlrpc_terminal_warn (const char *format,
                       ...)
{
  g_autofree char *message = NULL;
  g_autofree char *printable = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  printable = gxmlrpc_printable_from_line (message);

  fprintf (stderr, "gxmlrpc: %swarning:%s %s\n", gxmlrpc_terminal_style (stderr, GXMLRPC_STYLE_WARNING),
           gxmlrpc_terminal_style (stderr, GXMLRPC_STYLE_PLAIN), printable);
}
