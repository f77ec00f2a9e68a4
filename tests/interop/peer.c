/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "peer.h"

#include <signal.h>

#ifdef __linux__
#include <sys/prctl.h>
#endif

#define STOP_SECONDS 10

struct _Peer
{
  GSubprocess *subprocess;
  char *line;
  gboolean ends_on_signal;
};

static const char *
get_python (void)
{
  const char *python = g_getenv ("PYTHON");

  return python != NULL ? python : "python3";
}

/* Waits until it is ready. */
static Peer *
peer_new (GSubprocess *subprocess,
          const char  *name,
          gboolean     ends_on_signal)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDataInputStream) output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (subprocess));
  Peer *self = g_new0 (Peer, 1);

  self->line = g_data_input_stream_read_line_utf8 (output, NULL, NULL, &error);
  g_assert_no_error (error);
  if (self->line == NULL)
    g_error ("%s ended before it was ready", name);

  self->subprocess = subprocess;
  self->ends_on_signal = ends_on_signal;

  return self;
}

/* Starts a Python script, given by its path below the tests' directory, with an
 * option or NULL. */
Peer *
peer_start (const char *script,
            const char *option)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, script, NULL);
  GSubprocess *subprocess = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                                              &error, get_python (), path, option, NULL);

  g_assert_no_error (error);

  return peer_new (subprocess, script, FALSE);
}

static void
end_with_parent (gpointer user_data)
{
#ifdef __linux__
  prctl (PR_SET_PDEATHSIG, SIGTERM);
#endif
}

/* Starts a program, given by its path below the tests' directory of the build. */
Peer *
peer_start_program (const char *program)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_test_build_filename (G_TEST_BUILT, program, NULL);
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  GSubprocess *subprocess;

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_subprocess_launcher_set_child_setup (launcher, end_with_parent, NULL, NULL);
  subprocess = g_subprocess_launcher_spawn (launcher, &error, path, NULL);
  g_assert_no_error (error);

  return peer_new (subprocess, program, TRUE);
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

  if (self->ends_on_signal)
    g_subprocess_send_signal (self->subprocess, SIGTERM);
  else
    g_output_stream_close (g_subprocess_get_stdin_pipe (self->subprocess), NULL, NULL);
  g_subprocess_wait_async (self->subprocess, NULL, ended_cb, &ended);
  while (!ended)
    g_main_context_iteration (NULL, TRUE);

  g_source_remove (kill_id);
  g_object_unref (self->subprocess);
  g_free (self->line);
  g_free (self);
}
