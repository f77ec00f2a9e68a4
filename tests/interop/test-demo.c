/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The demo: its client against its server. */

#include <gio/gio.h>

#include "peer.h"

typedef struct
{
  char *output;
  char *errors;
  int status;
} Run;

static Peer *server;

static void
run_clear (Run *run)
{
  g_free (run->output);
  g_free (run->errors);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

static void
run_meerkat (Run        *run,
             const char *uri,
             const char *search,
             const char *num_items)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GSubprocess) subprocess = NULL;
  g_autofree char *program = g_test_build_filename (G_TEST_BUILT, "..", "docs", "examples",
                                                    "meerkat", NULL);

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                        G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_subprocess_launcher_setenv (launcher, "LC_ALL", "C.UTF-8", TRUE);
  subprocess = g_subprocess_launcher_spawn (launcher, &error, program, uri, search, num_items, NULL);
  g_assert_no_error (error);

  g_subprocess_communicate_utf8 (subprocess, NULL, NULL, &run->output, &run->errors, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (subprocess));
  run->status = g_subprocess_get_exit_status (subprocess);
}

static void
assert_seven_items (const char *uri)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "interop", "demo-output.txt", NULL);
  g_autofree char *expected = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (Run) run = { 0, };

  g_file_get_contents (path, &expected, NULL, &error);
  g_assert_no_error (error);

  run_meerkat (&run, uri, "Python", "7");

  g_assert_cmpstr (run.errors, ==, "");
  g_assert_cmpstr (run.output, ==, expected);
  g_assert_cmpint (run.status, ==, 0);
}

static void
test_seven_items (void)
{
  assert_seven_items (peer_get_line (server));
}

static void
test_one_process (void)
{
  assert_seven_items (NULL);
}

static void
test_own_server (void)
{
  g_autoptr (Peer) own_server = peer_start_program ("../docs/examples/meerkat-server");
  g_auto (Run) nothing = { 0, };

  assert_seven_items (peer_get_line (own_server));
  run_meerkat (&nothing, peer_get_line (own_server), "COBOL", "7");
  g_assert_cmpstr (nothing.output, ==, "No news on COBOL.\n");
}

static void
test_defaults (void)
{
  g_auto (Run) given = { 0, };
  g_auto (Run) left_out = { 0, };

  run_meerkat (&given, peer_get_line (server), "Python", "7");
  run_meerkat (&left_out, peer_get_line (server), NULL, NULL);

  g_assert_cmpstr (left_out.output, ==, given.output);
}

static void
test_nothing_found (void)
{
  g_auto (Run) run = { 0, };

  run_meerkat (&run, peer_get_line (server), "COBOL", "7");

  g_assert_cmpstr (run.output, ==, "No news on COBOL.\n");
  g_assert_cmpint (run.status, ==, 0);
}

static void
test_errors (void)
{
  static const struct
  {
    const char *uri;
    const char *num_items;
  } wrong[] = {
    { "http://127.0.0.1:1/RPC2", "7" },
    { "no URI", "7" },
    { NULL, "0" },
    { NULL, "seven" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_auto (Run) run = { 0, };
      const char *uri = wrong[i].uri != NULL ? wrong[i].uri : peer_get_line (server);

      run_meerkat (&run, uri, "Python", wrong[i].num_items);

      g_assert_cmpstr (run.output, ==, "");
      g_assert_true (g_str_has_prefix (run.errors, "meerkat: "));
      g_assert_cmpint (run.status, ==, 1);
    }
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/demo/seven-items", test_seven_items);
  g_test_add_func ("/demo/one-process", test_one_process);
  g_test_add_func ("/demo/own-server", test_own_server);
  g_test_add_func ("/demo/defaults", test_defaults);
  g_test_add_func ("/demo/nothing-found", test_nothing_found);
  g_test_add_func ("/demo/errors", test_errors);

  server = peer_start ("../docs/examples/meerkat-server.py", "--until-eof");
  status = g_test_run ();
  peer_stop (server);

  return status;
}
