/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* How long decoding and encoding take, and how much memory, beside the least
 * that is possible with libxml2: a parse of the same bytes whose callbacks do
 * nothing. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <xmlrpc-glib/xmlrpc-glib.h>

#include "bench-documents.h"
#include "bench-empty-parse.h"
#include "bench-measure.h"

#define N_ROUNDS      21
#define N_MEMORY_RUNS 5

#define MEGABYTE (1e6)

typedef enum
{
  EMPTY_PARSE,
  DECODE,
  ENCODE,
  N_OPERATIONS
} Operation;

static const char * const operation_names[N_OPERATIONS] = { "empty-parse", "decode", "encode" };

typedef struct
{
  const char *name;
  const char *title;
  GVariant *(*create) (void);
  guint       n_repetitions;
} Case;

static const Case cases[] = {
  { "news", "20,000 structs", bench_create_news, 1 },
  { "integers", "500,000 integers", bench_create_integers, 1 },
  { "doubles", "300,000 doubles", bench_create_doubles, 1 },
  { "binary", "a binary of 32 MiB", bench_create_binary, 1 },
  { "reply", "a short reply", bench_create_reply, 2000 },
};

#define NEWS 0

typedef struct
{
  GVariant *value;
  GBytes   *document;
} Material;

/* The most beyond what goes in, but with what comes out. */
typedef struct
{
  gint64 first;
  /* When it happens anew in the same process: by then malloc() takes large
   * blocks from the heap, where they cannot always grow in place. */
  gint64 again;
} Memory;

typedef struct
{
  /* Of one repetition. */
  double seconds[N_OPERATIONS];
  /* To the empty parse. */
  double ratios[N_OPERATIONS];
  Memory memory[N_OPERATIONS];
  gsize  document_length;
  gsize  value_length;
} Result;

static void
parse_emptily (const Material *material)
{
  bench_parse_emptily (material->document);
}

static void
decode (const Material *material)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value = xml_rpc_decode_response (material->document, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (value);
}

static void
encode (const Material *material)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) document = xml_rpc_encode_response (material->value, &error);

  g_assert_no_error (error);
  g_assert_nonnull (document);
}

static void (* const operations[N_OPERATIONS]) (const Material *material) = {
  parse_emptily,
  decode,
  encode,
};

/* All operations take turns, and ratios are taken within a turn, so that a
 * machine that slows down does so for all of them. */
static void
measure_time (const Case     *c,
              const Material *material,
              Result         *result)
{
  double seconds[N_OPERATIONS][N_ROUNDS];

  for (guint round = 0; round < N_ROUNDS; round++)
    for (guint i = 0; i < N_OPERATIONS; i++)
      {
        double start = bench_cpu_seconds ();

        for (guint repetition = 0; repetition < c->n_repetitions; repetition++)
          operations[i] (material);

        seconds[i][round] = (bench_cpu_seconds () - start) / c->n_repetitions;
      }

  /* The empty parse last, for taking a median sorts. */
  for (guint i = N_OPERATIONS; i-- > 0;)
    {
      double ratios[N_ROUNDS];

      for (guint round = 0; round < N_ROUNDS; round++)
        ratios[round] = seconds[i][round] / seconds[EMPTY_PARSE][round];

      result->ratios[i] = bench_median (ratios, N_ROUNDS);
      result->seconds[i] = bench_median (seconds[i], N_ROUNDS);
    }
}

/* So that the pages of the file count before, and not as part of the
 * operation. */
static void
touch (GBytes *bytes)
{
  gsize length;
  const volatile char *data = g_bytes_get_data (bytes, &length);

  for (gsize i = 0; i < length; i += 4096)
    (void) data[i];
}

static int
run_memory_child (const char *operation,
                  const char *path,
                  const char *type)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, &error);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GVariant) tiny_value = g_variant_ref_sink (g_variant_new_int32 (7));
  g_autoptr (GBytes) tiny_document = xml_rpc_encode_response (tiny_value, NULL);
  g_autoptr (GVariant) value = NULL;
  Material tiny = { tiny_value, tiny_document };
  gint64 first = -1;
  guint i = 0;

  g_assert_no_error (error);
  bytes = g_mapped_file_get_bytes (file);

  while (strcmp (operation_names[i], operation) != 0)
    i++;

  /* What happens once a process is not part of the operation. */
  operations[i] (&tiny);
  touch (bytes);

  if (i == ENCODE)
    value = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (type), bytes, TRUE));

  bench_memory_mark ();
  for (guint run = 0; run < N_MEMORY_RUNS; run++)
    {
      operations[i] (&(Material) { value, bytes });
      if (run == 0)
        first = bench_memory_peak ();
    }

  g_print ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", first, bench_memory_peak ());

  return EXIT_SUCCESS;
}

/* In a process of its own, whose heap has no holes left over from anything
 * before that would hide what the operation needs. */
static Memory
measure_memory (Operation       operation,
                const Material *material,
                const char     *program)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *output = NULL;
  gconstpointer data = operation == ENCODE
                     ? g_variant_get_data (material->value)
                     : g_bytes_get_data (material->document, NULL);
  gsize length = operation == ENCODE
               ? g_variant_get_size (material->value)
               : g_bytes_get_size (material->document);
  const char *argv[] = {
    program, "--memory", operation_names[operation], NULL, g_variant_get_type_string (material->value), NULL
  };
  Memory memory = { -1, -1 };
  char *rest = NULL;
  int fd = g_file_open_tmp ("bench-codec-XXXXXX", &path, &error);

  g_assert_no_error (error);
  close (fd);
  g_file_set_contents_full (path, data, (gssize) length, G_FILE_SET_CONTENTS_NONE, 0600, &error);
  g_assert_no_error (error);

  argv[3] = path;
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output, NULL, NULL, &error);
  remove (path);
  g_assert_no_error (error);

  memory.first = g_ascii_strtoll (output, &rest, 10);
  memory.again = g_ascii_strtoll (rest, NULL, 10);

  return memory;
}

static Result
measure (const Case *c,
         const char *program)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) built = c->create ();
  g_autoptr (GBytes) document = xml_rpc_encode_response (built, &error);
  g_autoptr (GVariant) value = NULL;
  Result result = { 0 };
  Material material;

  g_assert_no_error (error);
  value = xml_rpc_decode_response (document, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_variant_equal (built, value));
  g_clear_pointer (&built, g_variant_unref);

  material = (Material) { value, document };
  result.document_length = g_bytes_get_size (document);
  result.value_length = g_variant_get_size (value);

  for (guint i = 0; i < N_OPERATIONS; i++)
    result.memory[i] = measure_memory (i, &material, program);

  measure_time (c, &material, &result);

  return result;
}

static void
print_memory (const Memory *memory,
              gsize         output_length)
{
  if (memory->first < 0)
    return;

  g_print (" %8.2f MB", memory->first / MEGABYTE);
  /* Of less, the memory comes in pages and shows nothing. */
  if (output_length > MEGABYTE)
    g_print (" %5.2f x output, %5.2f x again",
             (double) memory->first / (double) output_length,
             (double) memory->again / (double) output_length);
}

static void
print_result (const Case   *c,
              const Result *result)
{
  const gsize output_lengths[N_OPERATIONS] = { 0, result->value_length, result->document_length };

  g_print ("%s (%s): %.3f MB of XML, a GVariant of %.3f MB\n",
           c->name, c->title, result->document_length / MEGABYTE, result->value_length / MEGABYTE);

  for (guint i = 0; i < N_OPERATIONS; i++)
    {
      g_print ("  %-12s %9.3f ms %8.1f MB/s %6.2f x empty parse",
               operation_names[i], result->seconds[i] * 1e3,
               result->document_length / MEGABYTE / result->seconds[i],
               result->ratios[i]);
      print_memory (&result->memory[i], output_lengths[i]);
      g_print ("\n");
    }

  g_print ("\n");
}

static void
print_goals (const Result *news)
{
  double decoding = news->ratios[DECODE];
  double memory = (double) news->memory[DECODE].first / (double) news->value_length;
  double encoding = 1 / news->ratios[ENCODE];

  bench_print_goal ("decoding the news takes at most 1.6 times the empty parse", decoding, decoding <= 1.6);
  if (news->memory[DECODE].first >= 0)
    bench_print_goal ("decoding the news needs at most 1.6 times the result's memory", memory, memory <= 1.6);
  bench_print_goal ("encoding the news is at least twice as fast as the empty parse", encoding, encoding >= 2);
}

int
main (int   argc,
      char *argv[])
{
  const char *only = NULL;
  Result news = { 0 };

  if (argc == 5 && strcmp (argv[1], "--memory") == 0)
    return run_memory_child (argv[2], argv[3], argv[4]);
  if (argc == 3 && strcmp (argv[1], "--case") == 0)
    only = argv[2];

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Result result;

      if (only != NULL && strcmp (only, cases[i].name) != 0)
        continue;

      result = measure (&cases[i], argv[0]);
      print_result (&cases[i], &result);
      if (i == NEWS)
        news = result;
    }

  if (news.document_length > 0)
    print_goals (&news);

  return EXIT_SUCCESS;
}
