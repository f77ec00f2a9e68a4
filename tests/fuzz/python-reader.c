/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "python-reader.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

static int to_python = -1;
static int from_python = -1;

static void
start (void)
{
  const char *arguments[] = { PYTHON, READER, NULL };
  g_autoptr (GError) error = NULL;

  signal (SIGPIPE, SIG_IGN);
  g_spawn_async_with_pipes (NULL, (char **) arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL,
                            &to_python, &from_python, NULL, &error);
  g_assert_no_error (error);
}

static void
stop (void)
{
  close (to_python);
  close (from_python);
  to_python = from_python = -1;
}

static gboolean
send_all (gconstpointer data,
          gsize         length)
{
  for (const char *position = data; length > 0;)
    {
      gssize n_written = write (to_python, position, length);

      if (n_written < 0 && errno == EINTR)
        continue;
      if (n_written < 0)
        return FALSE;

      position += n_written;
      length -= n_written;
    }

  return TRUE;
}

static gboolean
receive_all (gpointer data,
             gsize    length)
{
  for (char *position = data; length > 0;)
    {
      gssize n_read = read (from_python, position, length);

      if (n_read < 0 && errno == EINTR)
        continue;
      if (n_read <= 0)
        return FALSE;

      position += n_read;
      length -= n_read;
    }

  return TRUE;
}

/* Texts have their length before them. */
static gboolean
send_text (gconstpointer data,
           gsize         length)
{
  guint32 header = GUINT32_TO_BE ((guint32) length);

  return send_all (&header, sizeof header) && send_all (data, length);
}

static char *
receive_text (void)
{
  g_autofree char *text = NULL;
  guint32 length;

  if (!receive_all (&length, sizeof length))
    return NULL;

  length = GUINT32_FROM_BE (length);
  text = g_malloc0 (length + 1);

  return receive_all (text, length) ? g_steal_pointer (&text) : NULL;
}

static char *
ask (GBytes     *document,
     const char *read_by_us)
{
  gsize length;
  gconstpointer data = g_bytes_get_data (document, &length);

  if (to_python < 0)
    start ();
  if (!send_text (data, length) || !send_text (read_by_us, strlen (read_by_us)))
    return NULL;

  return receive_text ();
}

char *
python_reader_compare (GBytes     *document,
                       const char *read_by_us)
{
  g_autofree char *answer = NULL;

  /* Whoever ended it need not have meant this document. */
  for (guint i = 0; i < 2 && answer == NULL; i++)
    {
      answer = ask (document, read_by_us);
      if (answer == NULL)
        stop ();
    }

  if (answer == NULL)
    return g_strdup ("Python dies of it");

  return *answer != '\0' ? g_steal_pointer (&answer) : NULL;
}
