/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "gxmlrpc-password.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "gxmlrpc-error.h"
#include "gxmlrpc-printable.h"

#define MAX_LENGTH 1024

/* The first line of standard input, and no byte more: what follows may be a value. */
static char *
read_input (GError **error)
{
  g_autoptr (GString) line = g_string_new (NULL);
  gssize length;
  char c;

  while ((length = read (STDIN_FILENO, &c, 1)) > 0 && c != '\n')
    g_string_append_c (line, c);

  if (length >= 0 && (length > 0 || line->len > 0))
    return g_string_free (g_steal_pointer (&line), FALSE);

  gxmlrpc_error_usage (error, "cannot read the password: %s",
                       length < 0 ? g_strerror (errno) : "standard input is empty");
  return NULL;
}

static char *
read_file (const char  *path,
           GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, &local_error))
    gxmlrpc_error_usage (error, "cannot read the password: %s", local_error->message);

  return text;
}

char *
gxmlrpc_password_read_file (const char  *path,
                            GError     **error)
{
  char *text = strcmp (path, "-") == 0 ? read_input (error) : read_file (path, error);

  if (text != NULL)
    text[strcspn (text, "\r\n")] = '\0';

  return text;
}

/* The terminal as it was: for the signal handler, too. */
static int terminal;
static struct termios saved;

static void
restore_and_die (int signal_number)
{
  tcsetattr (terminal, TCSAFLUSH, &saved);
  raise (signal_number);
}

static const int deadly_signals[] = { SIGHUP, SIGINT, SIGQUIT, SIGTERM };

static void
hide_typing (struct sigaction *old_actions)
{
  struct sigaction action = { .sa_handler = restore_and_die, .sa_flags = (int) SA_RESETHAND };
  struct termios hidden;

  tcgetattr (terminal, &saved);
  for (gsize i = 0; i < G_N_ELEMENTS (deadly_signals); i++)
    sigaction (deadly_signals[i], &action, &old_actions[i]);

  hidden = saved;
  hidden.c_lflag &= ~(tcflag_t) (ECHO | ECHOE | ECHOK);
  hidden.c_lflag |= ECHONL;
  tcsetattr (terminal, TCSAFLUSH, &hidden);
}

static void
show_typing (const struct sigaction *old_actions)
{
  tcsetattr (terminal, TCSAFLUSH, &saved);
  for (gsize i = 0; i < G_N_ELEMENTS (deadly_signals); i++)
    sigaction (deadly_signals[i], &old_actions[i], NULL);
}

/* NULL at the end of the input. */
static char *
read_line (void)
{
  char line[MAX_LENGTH];
  gssize length = read (terminal, line, sizeof line);

  if (length <= 0)
    return NULL;

  if (line[length - 1] == '\n')
    length--;
  return g_strndup (line, (gsize) length);
}

char *
gxmlrpc_password_ask (const char  *user,
                      const char  *host,
                      GError     **error)
{
  struct sigaction old_actions[G_N_ELEMENTS (deadly_signals)];
  g_autofree char *raw = g_strdup_printf ("Password of %s for %s: ", user, host);
  g_autofree char *prompt = gxmlrpc_printable_from_line (raw);
  char *password = NULL;

  terminal = open ("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (terminal < 0)
    {
      gxmlrpc_error_usage (error, "there is no terminal to ask for the password of %s: "
                           "use --password-file", user);
      return NULL;
    }

  hide_typing (old_actions);
  if (write (terminal, prompt, strlen (prompt)) > 0)
    password = read_line ();
  show_typing (old_actions);
  close (terminal);

  if (password == NULL)
    gxmlrpc_error_usage (error, "no password was given for %s", user);
  return password;
}
