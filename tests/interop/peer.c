/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "peer.h"

#define STOP_SECONDS 10

struct _Peer
{
  GSubprocess *subprocess;
  char *line;
};

static const char *
get_python (void)
{
  const char *python = g_getenv ("PYTHON");

  return python != NULL ? python : "python3";
}

/* Starts a Python script, given by its path below the tests' directory, and
 * waits until it is ready. */
Peer *
peer_start (const char *script)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) subprocess = NULL;
  g_autoptr (GDataInputStream) output = NULL;
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, script, NULL);
  g_autofree char *line = NULL;
  Peer *self;

  subprocess = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                                 &error, get_python (), path, NULL);
  g_assert_no_error (error);

  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (subprocess));
  line = g_data_input_stream_read_line_utf8 (output, NULL, NULL, &error);
  g_assert_no_error (error);

  if (line == NULL)
    g_error ("%s ended before it was ready", script);

  self = g_new0 (Peer, 1);
  self->subprocess = g_steal_pointer (&subprocess);
  self->line = g_steal_pointer (&line);

  return self;
}

const char *
peer_get_line (Peer *self)
{
  return self->line;
}

static gboolean
kill_cb (gpointer user_data)
{
  g_subprocess_force_exit (user_data);

  return G_SOURCE_CONTINUE;
}

static void
ended_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  gboolean *ended = user_data;

  g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL);
  *ended = TRUE;
}

void
peer_stop (Peer *self)
{
  gboolean ended = FALSE;
  guint kill_id = g_timeout_add_seconds (STOP_SECONDS, kill_cb, self->subprocess);

  g_output_stream_close (g_subprocess_get_stdin_pipe (self->subprocess), NULL, NULL);
  g_subprocess_wait_async (self->subprocess, NULL, ended_cb, &ended);
  while (!ended)
    g_main_context_iteration (NULL, TRUE);

  g_source_remove (kill_id);
  g_object_unref (self->subprocess);
  g_free (self->line);
  g_free (self);
}
