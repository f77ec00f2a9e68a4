/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* aria2 in C: adds a torrent, asks for its name and hash, removes it, and tells
 * what a wrong secret gets.
 *
 * aria2 URL SECRET TORRENT */

#include <stdlib.h>

#include <xmlrpc-glib/xmlrpc-glib.h>

static GVariant *
call (XmlRpcServerProxy  *proxy,
      const char         *method_name,
      GVariant           *params,
      const char         *type)
{
  g_autoptr (GVariantType) reply_type = g_variant_type_new (type);
  g_autoptr (GError) error = NULL;
  GVariant *result = xml_rpc_server_proxy_call (proxy, method_name, params, reply_type, NULL, &error);

  g_assert_no_error (error);

  return result;
}

static void
print_version (XmlRpcServerProxy *proxy,
               const char        *token)
{
  g_autoptr (GVariant) version = call (proxy, "aria2.getVersion", g_variant_new ("(s)", token), "a{sv}");
  const char *text;

  g_assert_true (g_variant_lookup (version, "version", "&s", &text));
  g_print ("%s ", text);
}

static char *
add_torrent (XmlRpcServerProxy *proxy,
             const char        *token,
             const char        *file)
{
  g_autofree char *content = NULL;
  g_autoptr (GVariant) gid = NULL;
  gsize length;
  GVariantDict options = G_VARIANT_DICT_INIT (NULL);

  g_assert_true (g_file_get_contents (file, &content, &length, NULL));
  g_variant_dict_insert (&options, "pause", "s", "true");
  gid = call (proxy,
              "aria2.addTorrent",
              g_variant_new ("(s@ay@as@a{sv})",
                             token,
                             g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, content, length, 1),
                             g_variant_new_strv (NULL, 0),
                             g_variant_dict_end (&options)),
              "s");

  return g_variant_dup_string (gid, NULL);
}

static void
print_status (XmlRpcServerProxy *proxy,
              const char        *token,
              const char        *gid)
{
  g_autoptr (GVariant) status = call (proxy, "aria2.tellStatus", g_variant_new ("(ss)", token, gid), "a{sv}");
  g_autoptr (GVariant) torrent = g_variant_lookup_value (status, "bittorrent", G_VARIANT_TYPE_VARDICT);
  g_autoptr (GVariant) info = g_variant_lookup_value (torrent, "info", G_VARIANT_TYPE_VARDICT);
  const char *name, *hash;

  g_assert_true (g_variant_lookup (info, "name", "&s", &name));
  g_assert_true (g_variant_lookup (status, "infoHash", "&s", &hash));
  g_print ("%s %s\n", name, hash);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XmlRpcServerProxy) proxy = xml_rpc_server_proxy_new (argv[1], &error);
  g_autofree char *token = g_strconcat ("token:", argv[2], NULL);
  g_autofree char *gid = NULL;
  g_autoptr (GVariant) removed = NULL;
  g_autoptr (GVariant) refused = NULL;

  g_assert_no_error (error);
  print_version (proxy, token);
  gid = add_torrent (proxy, token, argv[3]);
  print_status (proxy, token, gid);
  removed = call (proxy, "aria2.remove", g_variant_new ("(ss)", token, gid), "s");

  refused = xml_rpc_server_proxy_call (proxy, "aria2.getVersion", g_variant_new ("(s)", "token:other"), NULL, NULL,
                                       &error);
  g_assert_error (error, XML_RPC_FAULT, 1);
  g_print ("%s\n", error->message);

  return EXIT_SUCCESS;
}
