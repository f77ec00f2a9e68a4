/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "samples.h"

/* What the first minutes may still add to: heaps of new threads, caches. */
#define WARM_UP_SHARE 0.2
/* Of the rest, the median of so much at the beginning is compared with that of as much at
 * the end: one sample depends on the calls that came last. */
#define COMPARED_SHARE (1.0 / 3)
/* Of the resident memory. */
#define TOLERATED_GROWTH 0.02
#define TOLERATED_COUNT 8
/* How much longer an honest call may take among hostile clients. */
#define TOLERATED_SLOWNESS 2

static const char head[] =
  "minutes,calls,client KiB,client descriptors,client threads,server KiB,server descriptors,server threads,"
  "client allocated KiB,server allocated KiB,alone µs,among hostile µs";

void
samples_write_head (FILE       *csv,
                    const char *kinds)
{
  printf ("                              client                             server                     median µs\n"
          "minutes      calls memory KiB allocated  files threads memory KiB allocated  files threads  alone  among\n");
  if (csv != NULL)
    fprintf (csv, "%s,%s\n", head, kinds);
}

static void
print_stock (const Stock *stock)
{
  printf (" %10" G_GSIZE_FORMAT " %9" G_GSIZE_FORMAT " %6u %7u",
          stock->census.resident, stock->allocated, stock->census.n_descriptors, stock->census.n_threads);
}

void
samples_write (FILE         *csv,
               const Sample *sample)
{
  printf ("%7.1f %10" G_GUINT64_FORMAT, sample->minutes, sample->n_sent);
  print_stock (&sample->client);
  print_stock (&sample->server);
  printf (" %6" G_GSIZE_FORMAT " %6" G_GSIZE_FORMAT "\n", sample->alone, sample->among);
  fflush (stdout);

  if (csv == NULL)
    return;

  fprintf (csv, "%.1f,%" G_GUINT64_FORMAT ",%" G_GSIZE_FORMAT ",%u,%u,%" G_GSIZE_FORMAT ",%u,%u,%" G_GSIZE_FORMAT
           ",%" G_GSIZE_FORMAT ",%" G_GSIZE_FORMAT ",%" G_GSIZE_FORMAT ",%s\n",
           sample->minutes, sample->n_sent,
           sample->client.census.resident, sample->client.census.n_descriptors, sample->client.census.n_threads,
           sample->server.census.resident, sample->server.census.n_descriptors, sample->server.census.n_threads,
           sample->client.allocated, sample->server.allocated, sample->alone, sample->among, sample->hostile);
  fflush (csv);
}

static void
sample_clear (gpointer sample)
{
  g_free (((Sample *) sample)->hostile);
}

GArray *
samples_new (void)
{
  GArray *samples = g_array_new (FALSE, FALSE, sizeof (Sample));

  g_array_set_clear_func (samples, sample_clear);
  return samples;
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  gsize x = *(const gsize *) a;
  gsize y = *(const gsize *) b;

  return (x > y) - (x < y);
}

/* Of a figure of some of the samples, which is at an offset in them. */
static gsize
get_median (GArray *samples,
            guint   first,
            guint   n,
            gsize   offset)
{
  g_autoptr (GArray) figures = g_array_sized_new (FALSE, FALSE, sizeof (gsize), n);

  for (guint i = first; i < first + n; i++)
    g_array_append_vals (figures, (const char *) &g_array_index (samples, Sample, i) + offset, 1);
  g_array_sort (figures, compare);

  return g_array_index (figures, gsize, n / 2);
}

/* TRUE unless a figure of memory has grown. */
static gboolean
is_flat (GArray     *samples,
         const char *what,
         gsize       offset,
         gsize       offset_of_resident)
{
  guint first = (guint) (samples->len * WARM_UP_SHARE);
  guint n = MAX (1, (guint) ((samples->len - first) * COMPARED_SHARE));
  gsize before = get_median (samples, first, n, offset);
  gsize after = get_median (samples, samples->len - n, n, offset);
  gsize whole = get_median (samples, first, n, offset_of_resident);
  double growth = ((double) after - (double) before) / (double) whole;

  printf ("%s: %" G_GSIZE_FORMAT " KiB, then %" G_GSIZE_FORMAT " KiB: %+.1f %% of what is resident\n",
          what, before, after, growth * 100);
  return growth <= TOLERATED_GROWTH;
}

static gboolean
has_more_of_anything (const char   *who,
                      const Census *before,
                      const Census *after)
{
  if (after->n_descriptors <= before->n_descriptors + TOLERATED_COUNT &&
      after->n_threads <= before->n_threads + TOLERATED_COUNT)
    return FALSE;

  printf ("The %s has more descriptors or threads than it had.\n", who);
  return TRUE;
}

/* A median of the medians of those minutes that have both. */
static double
get_slowness (GArray *samples)
{
  g_autoptr (GArray) alone = g_array_new (FALSE, FALSE, sizeof (gsize));
  g_autoptr (GArray) among = g_array_new (FALSE, FALSE, sizeof (gsize));

  for (guint i = 0; i < samples->len; i++)
    {
      const Sample *sample = &g_array_index (samples, Sample, i);

      if (sample->alone == 0 || sample->among == 0)
        continue;

      g_array_append_val (alone, sample->alone);
      g_array_append_val (among, sample->among);
    }
  if (alone->len == 0)
    return G_MAXDOUBLE;

  g_array_sort (alone, compare);
  g_array_sort (among, compare);
  return (double) g_array_index (among, gsize, among->len / 2) / (double) g_array_index (alone, gsize, alone->len / 2);
}

static gboolean
is_fast (GArray *samples)
{
  double slowness = get_slowness (samples);

  printf ("The median of an honest call among hostile clients is %.2f times what it is without them.\n", slowness);
  return slowness <= TOLERATED_SLOWNESS;
}

gboolean
samples_are_good (GArray *samples)
{
  static const struct
  {
    const char *what;
    gsize       offset;
    gsize       offset_of_resident;
  } figures[] = {
    { "client, resident", G_STRUCT_OFFSET (Sample, client.census.resident), G_STRUCT_OFFSET (Sample, client.census.resident) },
    { "client, allocated", G_STRUCT_OFFSET (Sample, client.allocated), G_STRUCT_OFFSET (Sample, client.census.resident) },
    { "server, resident", G_STRUCT_OFFSET (Sample, server.census.resident), G_STRUCT_OFFSET (Sample, server.census.resident) },
    { "server, allocated", G_STRUCT_OFFSET (Sample, server.allocated), G_STRUCT_OFFSET (Sample, server.census.resident) },
  };
  const Sample *warm = &g_array_index (samples, Sample, (guint) (samples->len * WARM_UP_SHARE));
  const Sample *last = &g_array_index (samples, Sample, samples->len - 1);
  gboolean is_good = is_fast (samples);

  for (gsize i = 0; i < G_N_ELEMENTS (figures); i++)
    is_good = is_flat (samples, figures[i].what, figures[i].offset, figures[i].offset_of_resident) && is_good;
  if (has_more_of_anything ("client", &warm->client.census, &last->client.census))
    is_good = FALSE;
  if (has_more_of_anything ("server", &warm->server.census, &last->server.census))
    is_good = FALSE;

  return is_good;
}
