/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Asks a news server for the newest items on a subject:
 *
 *   meerkat [URL [SEARCH [NUM_ITEMS]]]
 *
 * Without a URL it asks a server of its own, on the same main loop.
 */

#include <locale.h>
#include <stdlib.h>

#include <xmlrpc-glib/xmlrpc-glib.h>

#include "news-server.h"
#include "serve.h"

static void
print_item (gsize     number,
            GVariant *item)
{
  const char *title = "(no title)";
  const char *link = "";
  const char *description = "";

  g_variant_lookup (item, "title", "&s", &title);
  g_variant_lookup (item, "link", "&s", &link);
  g_variant_lookup (item, "description", "&s", &description);

  g_print ("%" G_GSIZE_FORMAT ". %s\n   %s\n   %s\n\n", number, title, link,
           *description != '\0' ? description : "(no description)");
}

static void
answered_cb (GObject      *proxy,
             GAsyncResult *result,
             gpointer      user_data)
{
  GAsyncResult **location = user_data;

  *location = g_object_ref (result);
}

static gboolean
print_news (const char  *uri,
            const char  *search,
            int          num_items,
            GError     **error)
{
  g_autoptr (XmlRpcServerProxy) proxy = xml_rpc_server_proxy_new (uri, error);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GVariant) items = NULL;
  GVariantDict query;

  if (proxy == NULL)
    return FALSE;

  g_variant_dict_init (&query, NULL);
  g_variant_dict_insert (&query, "search", "s", search);
  g_variant_dict_insert (&query, "num_items", "i", num_items);

  xml_rpc_server_proxy_call_async (proxy, "meerkat.getItems",
                                   g_variant_new ("(@a{sv})", g_variant_dict_end (&query)),
                                   G_VARIANT_TYPE ("aa{sv}"),
                                   NULL, answered_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  items = xml_rpc_server_proxy_call_finish (proxy, result, error);
  if (items == NULL)
    return FALSE;

  if (g_variant_n_children (items) == 0)
    g_print ("No news on %s.\n", search);

  for (gsize i = 0; i < g_variant_n_children (items); i++)
    {
      g_autoptr (GVariant) item = g_variant_get_child_value (items, i);

      print_item (i + 1, item);
    }

  return TRUE;
}

static gboolean
print_own_news (const char  *search,
                int          num_items,
                GError     **error)
{
  g_autoptr (XmlRpcServer) server = news_server_new (error);
  g_autoptr (SoupServer) soup_server = soup_server_new (NULL, NULL);
  g_autofree char *uri = NULL;
  gboolean printed;

  if (server == NULL)
    return FALSE;

  uri = serve_begin (server, soup_server, 0, error);
  if (uri == NULL)
    return FALSE;

  printed = print_news (uri, search, num_items, error);
  xml_rpc_server_detach (server, soup_server);

  return printed;
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GError) error = NULL;
  const char *search = argc > 2 ? argv[2] : "Python";
  gint64 num_items = 7;
  gboolean printed;

  setlocale (LC_ALL, "");

  if (argc > 4)
    {
      g_printerr ("Usage: meerkat [URL [SEARCH [NUM_ITEMS]]]\n");
      return 2;
    }

  if (argc == 4 && !g_ascii_string_to_signed (argv[3], 10, 1, G_MAXINT, &num_items, &error))
    printed = FALSE;
  else if (argc == 1)
    printed = print_own_news (search, (int) num_items, &error);
  else
    printed = print_news (argv[1], search, (int) num_items, &error);

  if (!printed)
    {
      if (error->domain == XML_RPC_FAULT)
        g_printerr ("meerkat: fault %d from the server: %s\n", error->code, error->message);
      else
        g_printerr ("meerkat: %s\n", error->message);

      return EXIT_FAILURE;
    }

  return EXIT_SUCCESS;
}
