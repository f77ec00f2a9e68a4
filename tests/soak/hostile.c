/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "hostile.h"

static char *
read_line (Hostile *self)
{
  g_autoptr (GError) error = NULL;
  char *line = g_data_input_stream_read_line_utf8 (self->output, NULL, NULL, &error);

  g_assert_no_error (error);
  if (line == NULL)
    g_error ("The hostile clients have not been treated as they should be.");
  return line;
}

static void
send_line (Hostile *self)
{
  g_autoptr (GError) error = NULL;

  g_output_stream_write_all (g_subprocess_get_stdin_pipe (self->subprocess), "\n", 1, NULL, NULL, &error);
  g_assert_no_error (error);
}

void
hostile_init (Hostile    *self,
              const char *uri)
{
  g_autoptr (GUri) parsed = g_uri_parse (uri, G_URI_FLAGS_NONE, NULL);
  g_autofree char *port = g_strdup_printf ("%d", g_uri_get_port (parsed));
  g_autoptr (GError) error = NULL;

  self->subprocess = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                                       PYTHON, HOSTILE_PROGRAM, g_uri_get_host (parsed), port, NULL);
  g_assert_no_error (error);
  self->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->subprocess));
  self->kinds = read_line (self);
}

void
hostile_clear (Hostile *self)
{
  g_output_stream_close (g_subprocess_get_stdin_pipe (self->subprocess), NULL, NULL);
  g_subprocess_wait (self->subprocess, NULL, NULL);
  g_object_unref (self->output);
  g_object_unref (self->subprocess);
  g_free (self->kinds);
}

void
hostile_begin (Hostile *self)
{
  send_line (self);
}

char *
hostile_end (Hostile *self)
{
  send_line (self);

  return read_line (self);
}
