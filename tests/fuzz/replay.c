/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* In the place of libFuzzer: gives a target each file of a folder, as a test. */

#include "fuzz.h"

#include <string.h>

static void
replay (gconstpointer path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = NULL;
  g_autofree guint8 *data = NULL;
  gsize size;

  g_file_get_contents (path, &contents, &size, &error);
  g_assert_no_error (error);

  /* Without the NUL at its end: there is none in a fuzzer's input, either. */
  data = g_malloc (MAX (size, 1));
  memcpy (data, contents, size);
  LLVMFuzzerTestOneInput (data, size);
}

static void
replay_nothing (void)
{
  LLVMFuzzerTestOneInput (NULL, 0);
}

static void
add_file (const char *folder,
          const char *name)
{
  g_autofree char *test_path = g_strconcat ("/", folder, "/", name, NULL);

  g_test_add_data_func_full (test_path, g_build_filename (folder, name, NULL), replay, g_free);
}

static void
add_folder (const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  const char *name;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL)
    add_file (folder, name);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);

  g_test_add_func ("/nothing", replay_nothing);
  add_folder (argv[1]);

  return g_test_run ();
}
