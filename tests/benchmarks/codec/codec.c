/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "codec.h"

#include "measure.h"

#include <fcntl.h>
#include <malloc.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static const char tiny_document[] =
  "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
  "<methodResponse><params><param><value><array><data><value><int>7</int></value></data></array></value></param>"
  "</params></methodResponse>\n";

typedef struct
{
  const Codec *codec;
  const char  *document;
  size_t       length;
  const char  *type;
  void        *value;    /* to encode; NULL: decode */
} Job;

static char refusal[256] = "for no reason that it tells";

void
codec_refuse (const char *format,
              ...)
{
  va_list arguments;

  va_start (arguments, format);
  vsnprintf (refusal, sizeof refusal, format, arguments);
  va_end (arguments);
  refusal[strcspn (refusal, "\n")] = '\0';
}

static void
read_document (const char *path,
               Job        *job)
{
  struct stat status;
  int fd = open (path, O_RDONLY);

  if (fd < 0 || fstat (fd, &status) < 0)
    {
      perror (path);
      exit (EXIT_FAILURE);
    }

  /* All of it now: its pages are not part of what is measured. */
  job->length = (size_t) status.st_size;
  job->document = mmap (NULL, job->length, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fd, 0);
  if (job->document == MAP_FAILED)
    {
      perror (path);
      exit (EXIT_FAILURE);
    }
  close (fd);
}

static bool
decode (const Job *job)
{
  void *value = job->codec->decode (job->document, job->length, job->type);

  if (value == NULL)
    return false;

  job->codec->free_value (value);
  return true;
}

static bool
encode (const Job *job)
{
  CodecText text;

  if (!job->codec->encode (job->value, &text))
    return false;

  job->codec->free_text (&text);
  return true;
}

static bool
run (const Job *job)
{
  return job->value != NULL ? encode (job) : decode (job);
}

/* What happens once a process is not part of what is measured. */
static void
warm_up (const Codec *codec,
         bool         encodes)
{
  Job tiny = { codec, tiny_document, sizeof tiny_document - 1, NULL, NULL };

  decode (&tiny);
  if (encodes)
    {
      tiny.value = codec->decode (tiny.document, tiny.length, NULL);
      encode (&tiny);
      codec->free_value (tiny.value);
    }
}

static bool
answer_time (const Job *job,
             long       n_times)
{
  double cpu = measure_cpu_seconds ();
  double wall = measure_wall_seconds ();

  for (long i = 0; i < n_times; i++)
    {
      if (!run (job))
        return false;
    }

  printf ("%.9f %.9f\n", measure_cpu_seconds () - cpu, measure_wall_seconds () - wall);
  return true;
}

static bool
answer_memory (const Job *job)
{
  /* Or else what was freed before would hide what is needed now. */
  malloc_trim (0);
  measure_memory_begin ();
  if (!run (job))
    return false;

  printf ("%lld\n", measure_memory_peak ());
  return true;
}

static bool
answer_write (const Job  *job,
              const char *path)
{
  void *value = job->codec->decode (job->document, job->length, job->type);
  CodecText text;
  FILE *file;

  if (value == NULL || !job->codec->encode (value, &text))
    return false;

  file = fopen (path, "w");
  if (file == NULL || fwrite (text.data, 1, text.length, file) < text.length || fclose (file) != 0)
    {
      perror (path);
      exit (EXIT_FAILURE);
    }
  printf ("%zu\n", text.length);

  job->codec->free_text (&text);
  job->codec->free_value (value);
  return true;
}

static bool
answer (const Job *job,
        char      *line)
{
  line[strcspn (line, "\n")] = '\0';

  if (strncmp (line, "time ", 5) == 0)
    return answer_time (job, atol (line + 5));
  if (strcmp (line, "memory") == 0)
    return answer_memory (job);
  if (strncmp (line, "write ", 6) == 0)
    return answer_write (job, line + 6);

  codec_refuse ("there is no %s", line);
  return false;
}

int
codec_main (const Codec *codec,
            int          argc,
            char        *argv[])
{
  Job job = { codec, NULL, 0, argc > 3 ? argv[3] : NULL, NULL };
  bool encodes = argc > 2 && strcmp (argv[2], "encode") == 0;
  bool is_ready = true;
  char line[4096];

  if (argc < 3)
    {
      fprintf (stderr, "Usage: %s DOCUMENT decode|encode [TYPE]\n", argv[0]);
      return 2;
    }

  read_document (argv[1], &job);
  warm_up (codec, encodes);
  if (encodes)
    {
      job.value = codec->decode (job.document, job.length, job.type);
      is_ready = job.value != NULL;
    }

  if (is_ready)
    printf ("ready\n");
  else
    printf ("refused: %s\n", refusal);
  fflush (stdout);

  while (fgets (line, sizeof line, stdin) != NULL)
    {
      if (!answer (&job, line))
        printf ("refused: %s\n", refusal);
      fflush (stdout);
    }

  return EXIT_SUCCESS;
}
