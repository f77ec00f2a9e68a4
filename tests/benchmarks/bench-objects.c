/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* 20,000 structs become a list store: this may take five times as long as decoding them,
 * and fails above that. */

#include <xmlrpc-glib/xmlrpc-glib.h>

#include "bench-documents.h"
#include "measure.h"

#define N_TURNS   7
#define MAX_RATIO 5.0

/* A class as programs have it, with all that the structs have. */
G_DECLARE_FINAL_TYPE (NewsItem, news_item, NEWS, ITEM, GObject)

enum { PROP_0, PROP_NUMBER, PROP_TITLE, PROP_LINK, PROP_DESCRIPTION, PROP_DATE, PROP_SCORE, PROP_READ, N_PROPS };

struct _NewsItem
{
  GObject    parent_instance;
  int        number;
  char      *texts[PROP_DESCRIPTION + 1];
  GDateTime *date;
  double     score;
  gboolean   is_read;
};

G_DEFINE_FINAL_TYPE (NewsItem, news_item, G_TYPE_OBJECT)

static void
news_item_set_property (GObject      *object,
                        guint         id,
                        const GValue *value,
                        GParamSpec   *pspec)
{
  NewsItem *self = NEWS_ITEM (object);

  switch (id)
    {
    case PROP_NUMBER:
      self->number = g_value_get_int (value);
      break;
    case PROP_DATE:
      self->date = g_value_dup_boxed (value);
      break;
    case PROP_SCORE:
      self->score = g_value_get_double (value);
      break;
    case PROP_READ:
      self->is_read = g_value_get_boolean (value);
      break;
    default:
      self->texts[id] = g_value_dup_string (value);
      break;
    }
}

static void
news_item_finalize (GObject *object)
{
  NewsItem *self = NEWS_ITEM (object);

  for (guint i = PROP_TITLE; i <= PROP_DESCRIPTION; i++)
    g_free (self->texts[i]);
  g_clear_pointer (&self->date, g_date_time_unref);

  G_OBJECT_CLASS (news_item_parent_class)->finalize (object);
}

static void
news_item_class_init (NewsItemClass *klass)
{
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;
  GParamSpec *properties[N_PROPS] = {
    [PROP_NUMBER] = g_param_spec_int ("number", NULL, NULL, G_MININT, G_MAXINT, 0, flags),
    [PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags),
    [PROP_LINK] = g_param_spec_string ("link", NULL, NULL, NULL, flags),
    [PROP_DESCRIPTION] = g_param_spec_string ("description", NULL, NULL, NULL, flags),
    [PROP_DATE] = g_param_spec_boxed ("date", NULL, NULL, G_TYPE_DATE_TIME, flags),
    [PROP_SCORE] = g_param_spec_double ("score", NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0, flags),
    [PROP_READ] = g_param_spec_boolean ("read", NULL, NULL, FALSE, flags),
  };

  G_OBJECT_CLASS (klass)->set_property = news_item_set_property;
  G_OBJECT_CLASS (klass)->finalize = news_item_finalize;
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);
}

static void
news_item_init (NewsItem *self)
{
}

/* The shortest of some turns, in seconds of CPU time. */
static void
take_turn (GBytes *body,
           double *decoding,
           double *making)
{
  const double begin = measure_cpu_seconds ();
  g_autoptr (GVariant) news = xml_rpc_decode_response (body, NULL, NULL);
  const double decoded = measure_cpu_seconds ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GListStore) store = xml_rpc_list_store_new_from_array (news_item_get_type (), news, &error);

  *making = MIN (*making, measure_cpu_seconds () - decoded);
  *decoding = MIN (*decoding, decoded - begin);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (store)), ==, g_variant_n_children (news));
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GVariant) news = bench_create_news ();
  g_autoptr (GBytes) body = xml_rpc_encode_response (news, NULL);
  double decoding = G_MAXDOUBLE, making = G_MAXDOUBLE;

  for (guint i = 0; i < N_TURNS; i++)
    take_turn (body, &decoding, &making);

  g_print ("%" G_GSIZE_FORMAT " structs: decoded in %.1f ms, a list store in %.1f ms, %.2f times as long\n",
           g_variant_n_children (news), decoding * 1e3, making * 1e3, making / decoding);

  return making <= MAX_RATIO * decoding ? 0 : 1;
}
