/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* How time and memory grow with a message:
 *
 *     growth decode|encode SIZE TIMES
 *
 * Messages of about SIZE bytes come from another process through a pipe, and
 * are never in memory whole. Prints the bytes of one, those of its value, the
 * processor's seconds that each took to decode or encode, and by how many bytes
 * the process grew at most. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <xmlrpc-glib/xml-rpc-message.h>

#include "bench-documents.h"
#include "measure.h"
#include "codec/xml-rpc-decoder-private.h"

#define MESSAGE_START "<?xml version=\"1.0\"?>\n<methodResponse><params><param><value><array><data>"
#define MESSAGE_END   "</data></array></value></param></params></methodResponse>\n"

/* A pipe holds 64 KiB. */
#define CHUNK_LENGTH (64 * 1024)

/* A struct of the news, as it stands in a message. */
static char *
create_item (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = bench_create_reply ();
  g_autoptr (GVariant) item = g_variant_get_child_value (reply, 0);
  g_autoptr (GBytes) body = xml_rpc_encode_response (item, &error);
  const char *start, *end;

  g_assert_no_error (error);
  start = strstr (g_bytes_get_data (body, NULL), "<value>");
  end = strstr (start, "</param>");

  return g_strndup (start, end - start);
}

static void
write_messages (int         fd,
                const char *item,
                gsize       n_items,
                guint       n_messages)
{
  FILE *file = fdopen (fd, "w");

  setvbuf (file, NULL, _IOFBF, CHUNK_LENGTH);
  for (guint i = 0; i < n_messages; i++)
    {
      fputs (MESSAGE_START, file);
      for (gsize j = 0; j < n_items; j++)
        fputs (item, file);
      fputs (MESSAGE_END, file);
    }
  fclose (file);
}

static GVariant *
decode_message (int   fd,
                gsize length)
{
  g_autoptr (GError) error = NULL;
  XmlRpcDecoder *decoder = xml_rpc_decoder_new_response (NULL);
  GVariant *value;

  while (length > 0)
    {
      char chunk[CHUNK_LENGTH];
      gssize n_read = read (fd, chunk, MIN (length, sizeof chunk));

      g_assert_cmpint (n_read, >, 0);
      xml_rpc_decoder_feed (decoder, chunk, (gsize) n_read, &error);
      g_assert_no_error (error);
      length -= (gsize) n_read;
    }

  value = xml_rpc_decoder_finish_response (decoder, &error);
  g_assert_no_error (error);
  xml_rpc_decoder_free (decoder);

  return value;
}

static void
encode_message (GVariant *value)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = xml_rpc_encode_response (value, &error);

  g_assert_no_error (error);
}

typedef struct
{
  gsize     length;
  gsize     value_length;
  double    seconds;
  long long memory;
} Figures;

/* The first time is not part of it: memory that a virtual machine has not used before
 * takes longer than all the rest. */
static void
measure_decoding (int      fd,
                  guint    n_times,
                  Figures *figures)
{
  double start = 0;

  measure_memory_begin ();
  for (guint i = 0; i <= n_times; i++)
    {
      g_autoptr (GVariant) value = decode_message (fd, figures->length);

      figures->value_length = g_variant_get_size (value);
      if (i == 0)
        start = measure_cpu_seconds ();
    }
  figures->seconds = (measure_cpu_seconds () - start) / n_times;
  figures->memory = measure_memory_peak ();
}

static void
measure_encoding (int      fd,
                  guint    n_times,
                  Figures *figures)
{
  g_autoptr (GVariant) value = decode_message (fd, figures->length);
  double start;

  measure_memory_begin ();
  encode_message (value);
  start = measure_cpu_seconds ();
  for (guint i = 0; i < n_times; i++)
    encode_message (value);
  figures->seconds = (measure_cpu_seconds () - start) / n_times;
  figures->value_length = g_variant_get_size (value);
  figures->memory = measure_memory_peak ();
}

/* What happens once a process is not part of what is measured. */
static void
warm_up (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value = g_variant_ref_sink (g_variant_new_int32 (7));
  g_autoptr (GBytes) body = xml_rpc_encode_response (value, &error);
  g_autoptr (GVariant) decoded = NULL;

  g_assert_no_error (error);
  decoded = xml_rpc_decode_response (body, NULL, &error);
  g_assert_no_error (error);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *item = create_item ();
  gsize n_items;
  guint n_times;
  gboolean encodes;
  Figures figures = { 0 };
  int fds[2];
  pid_t writer;

  if (argc != 4)
    {
      fprintf (stderr, "Usage: growth decode|encode SIZE TIMES\n");
      return 2;
    }

  encodes = strcmp (argv[1], "encode") == 0;
  n_items = MAX (1, (gsize) atoll (argv[2]) / strlen (item));
  n_times = (guint) atoi (argv[3]);
  figures.length = strlen (MESSAGE_START) + n_items * strlen (item) + strlen (MESSAGE_END);

  if (pipe (fds) < 0)
    g_error ("No pipe");
  writer = fork ();
  if (writer == 0)
    {
      write_messages (fds[1], item, n_items, encodes ? 1 : 1 + n_times);
      return EXIT_SUCCESS;
    }
  close (fds[1]);

  warm_up ();
  if (encodes)
    measure_encoding (fds[0], n_times, &figures);
  else
    measure_decoding (fds[0], n_times, &figures);
  waitpid (writer, NULL, 0);

  printf ("%" G_GSIZE_FORMAT " %" G_GSIZE_FORMAT " %.9f %lld\n",
          figures.length, figures.value_length, figures.seconds, figures.memory);

  return EXIT_SUCCESS;
}
