/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Asks a news server for the newest items on a subject:
 *
 *   meerkat URL [SEARCH [NUM_ITEMS]]
 */

#include <locale.h>
#include <stdlib.h>

#include <xmlrpc-glib/xmlrpc-glib.h>

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

static gboolean
print_news (const char  *uri,
            const char  *search,
            int          num_items,
            GError     **error)
{
  g_autoptr (XmlRpcServerProxy) proxy = xml_rpc_server_proxy_new (uri, error);
  g_autoptr (GVariant) items = NULL;
  GVariantDict query;

  if (proxy == NULL)
    return FALSE;

  g_variant_dict_init (&query, NULL);
  g_variant_dict_insert (&query, "search", "s", search);
  g_variant_dict_insert (&query, "num_items", "i", num_items);

  items = xml_rpc_server_proxy_call (proxy, "meerkat.getItems",
                                     g_variant_new ("(@a{sv})", g_variant_dict_end (&query)),
                                     G_VARIANT_TYPE ("aa{sv}"),
                                     NULL, error);
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

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GError) error = NULL;
  const char *search = argc > 2 ? argv[2] : "Python";
  gint64 num_items = 7;

  setlocale (LC_ALL, "");

  if (argc < 2 || argc > 4)
    {
      g_printerr ("Usage: meerkat URL [SEARCH [NUM_ITEMS]]\n");
      return 2;
    }

  if ((argc == 4 && !g_ascii_string_to_signed (argv[3], 10, 1, G_MAXINT, &num_items, &error)) ||
      !print_news (argv[1], search, (int) num_items, &error))
    {
      if (error->domain == XML_RPC_FAULT)
        g_printerr ("meerkat: fault %d from the server: %s\n", error->code, error->message);
      else
        g_printerr ("meerkat: %s\n", error->message);

      return EXIT_FAILURE;
    }

  return EXIT_SUCCESS;
}
