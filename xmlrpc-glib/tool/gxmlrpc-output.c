/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "gxmlrpc-output.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "gxmlrpc-error.h"
#include "gxmlrpc-printable.h"

/* NULL: standard output. */
static FILE *file;
static char *file_path;
static gboolean is_new;
static gboolean is_written;

static FILE *
get_stream (void)
{
  return file != NULL ? file : stdout;
}

static int
open_file (const char *path)
{
  const int fd = g_open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);

  is_new = fd >= 0;
  return is_new || errno != EEXIST ? fd : g_open (path, O_WRONLY | O_CLOEXEC, 0);
}

gboolean
gxmlrpc_output_open (const char  *path,
                     GError     **error)
{
  int fd;

  if (path == NULL || strcmp (path, "-") == 0)
    return TRUE;

  fd = open_file (path);
  if (fd < 0)
    {
      gxmlrpc_error_usage (error, "--output: cannot write \"%s\": %s", path, g_strerror (errno));
      return FALSE;
    }

  file = fdopen (fd, "w");
  file_path = g_strdup (path);
  return TRUE;
}

void
gxmlrpc_output_close (void)
{
  if (file == NULL)
    return;

  fclose (file);
  if (is_new && !is_written)
    g_unlink (file_path);
  g_free (file_path);
  file = NULL;
}

gboolean
gxmlrpc_output_is_terminal (void)
{
  return gxmlrpc_terminal_is_one (get_stream ());
}

const char *
gxmlrpc_output_style (GxmlrpcStyle style)
{
  return gxmlrpc_terminal_style (get_stream (), style);
}

/* A device cannot be cut. */
static void
begin_file (void)
{
  if (file != NULL && !is_written && ftruncate (fileno (file), 0) != 0)
    errno = 0;
  is_written = TRUE;
}

gboolean
gxmlrpc_output_write_bytes (const void  *data,
                            gsize        size,
                            GError     **error)
{
  FILE *stream = get_stream ();

  begin_file ();
  if (fwrite (data, 1, size, stream) == size && fflush (stream) == 0)
    return TRUE;

  g_set_error (error, GXMLRPC_ERROR, GXMLRPC_EXIT_FAILURE, "cannot write to %s: %s",
               file != NULL ? file_path : "standard output", g_strerror (errno));
  return FALSE;
}

gboolean
gxmlrpc_output_write_styled (const char  *text,
                             GError     **error)
{
  return gxmlrpc_output_write_bytes (text, strlen (text), error);
}

gboolean
gxmlrpc_output_write_line (const char  *text,
                           GError     **error)
{
  g_autofree char *line = g_strconcat (text, "\n", NULL);

  return gxmlrpc_output_write_styled (line, error);
}

gboolean
gxmlrpc_output_write (const char  *text,
                      GError     **error)
{
  g_autofree char *printable = gxmlrpc_output_is_terminal () ? gxmlrpc_printable_from_text (text) : NULL;

  return gxmlrpc_output_write_styled (printable != NULL ? printable : text, error);
}
