/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "news-server.h"

#include <string.h>

#include <json-glib/json-glib.h>

#define DEFAULT_NUM_ITEMS 10

typedef struct
{
  GVariant *item;   /* a{sv}, as clients get it */
  char     *text;   /* to search in */
} News;

static void
news_free (gpointer data)
{
  News *news = data;

  g_variant_unref (news->item);
  g_free (news->text);
  g_free (news);
}

/* An item of the file, where all is strings; the date becomes one of XML-RPC. */
static News *
news_new (GVariant  *strings,
          GError   **error)
{
  const char *title = "", *link = "", *date = "", *description = "";
  g_autoptr (XmlRpcDateTime) date_time = NULL;
  g_autofree char *text = NULL;
  News *news;

  g_variant_lookup (strings, "title", "&s", &title);
  g_variant_lookup (strings, "link", "&s", &link);
  g_variant_lookup (strings, "date", "&s", &date);
  g_variant_lookup (strings, "description", "&s", &description);

  date_time = xml_rpc_date_time_new_from_iso8601 (date, error);
  if (date_time == NULL)
    return NULL;

  text = g_strjoin (" ", title, description, NULL);
  news = g_new (News, 1);
  news->item = g_variant_new_parsed ("{'title': <%s>, 'link': <%s>, 'date': <%*>, 'description': <%s>}",
                                     title, link, xml_rpc_value_get_variant (XML_RPC_VALUE (date_time)), description);
  g_variant_ref_sink (news->item);
  news->text = g_utf8_casefold (text, -1);

  return news;
}

static GPtrArray *
load_news (GError **error)
{
  g_autoptr (GBytes) json = g_resources_lookup_data ("/meerkat/news.json", 0, error);
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (news_free);
  g_autoptr (GVariant) items = NULL;

  if (json == NULL)
    return NULL;

  items = json_gvariant_deserialize_data (g_bytes_get_data (json, NULL), g_bytes_get_size (json), "aa{ss}", error);
  if (items == NULL)
    return NULL;

  for (gsize i = 0; i < g_variant_n_children (items); i++)
    {
      g_autoptr (GVariant) strings = g_variant_get_child_value (items, i);
      News *news = news_new (strings, error);

      if (news == NULL)
        return NULL;
      g_ptr_array_add (all, news);
    }

  return g_steal_pointer (&all);
}

static gboolean
has_all (const News *news,
         char      **words)
{
  for (; *words != NULL; words++)
    {
      if (strstr (news->text, *words) == NULL)
        return FALSE;
    }

  return TRUE;
}

static void
get_items (XmlRpcServer     *server,
           XmlRpcInvocation *invocation,
           gpointer          user_data)
{
  GPtrArray *all = user_data;
  g_autoptr (GVariant) query = g_variant_get_child_value (xml_rpc_invocation_get_params (invocation), 0);
  g_autofree char *folded = NULL;
  g_auto (GStrv) words = NULL;
  const char *search = "";
  int num_items = DEFAULT_NUM_ITEMS;
  GVariantBuilder found;

  g_variant_lookup (query, "search", "&s", &search);
  g_variant_lookup (query, "num_items", "i", &num_items);
  folded = g_utf8_casefold (search, -1);
  words = g_strsplit_set (folded, " \t\r\n", -1);

  g_variant_builder_init (&found, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < all->len && num_items > 0; i++)
    {
      const News *news = g_ptr_array_index (all, i);

      if (has_all (news, words))
        {
          g_variant_builder_add_value (&found, news->item);
          num_items--;
        }
    }

  xml_rpc_invocation_return_value (invocation, g_variant_builder_end (&found));
}

XmlRpcServer *
news_server_new (GError **error)
{
  static const char * const signatures[] = { "array,struct", NULL };
  GPtrArray *all = load_news (error);
  XmlRpcServer *server;

  if (all == NULL)
    return NULL;

  server = xml_rpc_server_new ();
  xml_rpc_server_add_method (server, "meerkat.getItems", signatures,
                             "Returns the newest items that have all the words of `search`.\n\n"
                             "`search` (string) is looked for in titles and descriptions, in any case; "
                             "`num_items` (int) is how many items to return at most (10).",
                             get_items, all, (GDestroyNotify) g_ptr_array_unref, NULL);

  return server;
}
