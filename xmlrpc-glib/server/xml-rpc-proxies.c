/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-proxies-private.h"

#include <gio/gunixsocketaddress.h>
#include <string.h>

/* Whom a request comes from.
 *
 * A proxy appends the address of its own peer to X-Forwarded-For, whatever its peer has
 * written there:
 *
 *   X-Forwarded-For: CLAIM, CLIENT, FIRST-PROXY
 *
 * and the last proxy is the peer of our connection. So the addresses are read from the right,
 * starting with that peer. As long as the address is that of a trusted proxy, the one to
 * its left is believed; the first one that is not trusted is the client, and what stands
 * left of it is only a claim. If all are trusted, the leftmost is the client.
 *
 * A proxy may also write what is no address, "unknown" for example. Then nobody knows
 * the client. The address of the proxy in its place would be worse than none: programs
 * allow more to their own network.
 *
 * Forwarded of RFC 7239 is not looked at. A proxy that adds one of both headers passes on
 * the other as the client sent it, and who believes both believes the client. */

#define UNIX_NAME "unix"
#define MAPPED_BITS 96

static G_DEFINE_QUARK (xml-rpc-client, client)

/* An IPv6 socket shows IPv4 addresses so: ::ffff:192.0.2.1. */
static gboolean
is_mapped (GInetAddress *address)
{
  static const guint8 prefix[MAPPED_BITS / 8] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };

  return g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6 &&
         memcmp (g_inet_address_to_bytes (address), prefix, sizeof prefix) == 0;
}

static GInetAddress *
unmap (GInetAddress *address)
{
  if (!is_mapped (address))
    return g_object_ref (address);

  return g_inet_address_new_from_bytes (g_inet_address_to_bytes (address) + MAPPED_BITS / 8, G_SOCKET_FAMILY_IPV4);
}

/* NULL: it is none. */
static GInetAddressMask *
parse_mask (const char *name)
{
  g_autoptr (GInetAddressMask) mask = g_inet_address_mask_new_from_string (name, NULL);
  g_autoptr (GInetAddress) address = NULL;
  guint length;

  if (mask == NULL)
    return NULL;

  length = g_inet_address_mask_get_length (mask);
  if (!is_mapped (g_inet_address_mask_get_address (mask)) || length < MAPPED_BITS)
    return g_steal_pointer (&mask);

  address = unmap (g_inet_address_mask_get_address (mask));
  return g_inet_address_mask_new (address, length - MAPPED_BITS, NULL);
}

void
xml_rpc_proxies_init (XmlRpcProxies *self)
{
  *self = (XmlRpcProxies) {
    .names = g_new0 (char *, 1),
    .masks = g_ptr_array_new_with_free_func (g_object_unref),
  };
}

void
xml_rpc_proxies_clear (XmlRpcProxies *self)
{
  g_strfreev (self->names);
  g_ptr_array_unref (self->masks);
}

static void
add_mask (XmlRpcProxies *self,
          const char    *name)
{
  GInetAddressMask *mask = parse_mask (name);

  if (mask != NULL)
    g_ptr_array_add (self->masks, mask);
  else if (strcmp (name, UNIX_NAME) != 0)
    g_warning ("trusted-proxies: expected an address, a network such as 192.0.2.0/24, or \"unix\", "
               "got \"%s\", which is ignored", name);
}

gboolean
xml_rpc_proxies_set_names (XmlRpcProxies      *self,
                           const char * const *names)
{
  static const char * const none[] = { NULL };
  char **owned;

  if (names == NULL)
    names = none;
  if (g_strv_equal ((const char * const *) self->names, names))
    return FALSE;

  /* They may be a part of the old ones. */
  owned = g_strdupv ((char **) names);
  g_strfreev (self->names);
  self->names = owned;

  g_ptr_array_set_size (self->masks, 0);
  self->trusts_unix = g_strv_contains ((const char * const *) self->names, UNIX_NAME);
  for (char **name = self->names; *name != NULL; name++)
    add_mask (self, *name);

  return TRUE;
}

static gboolean
trusts (const XmlRpcProxies *self,
        GInetAddress        *address)
{
  for (guint i = 0; i < self->masks->len; i++)
    {
      if (g_inet_address_mask_matches (self->masks->pdata[i], address))
        return TRUE;
    }

  return FALSE;
}

/* With a port or without: 192.0.2.1, 192.0.2.1:80, 2001:db8::1, [2001:db8::1], [2001:db8::1]:80.
 * NULL: it is none of these. */
static GInetAddress *
parse_address (const char *begin,
               gsize       length)
{
  g_autofree char *text = g_strstrip (g_strndup (begin, length));
  g_autoptr (GInetAddress) address = NULL;
  char *host = text;
  char *end = NULL;

  if (*text == '[')
    {
      host++;
      end = strchr (host, ']');
      if (end == NULL || (end[1] != '\0' && end[1] != ':'))
        return NULL;
    }
  else if (strchr (text, ':') == strrchr (text, ':'))
    {
      end = strchr (text, ':');
    }
  if (end != NULL)
    *end = '\0';

  address = g_inet_address_new_from_string (host);
  return address != NULL ? unmap (address) : NULL;
}

/* Takes the address of a trusted proxy. */
static GInetAddress *
follow (const XmlRpcProxies *self,
        const char          *list,
        GInetAddress        *proxy)
{
  g_autoptr (GInetAddress) client = proxy;
  gsize end = strlen (list);

  while (client == NULL || trusts (self, client))
    {
      gsize begin = end;

      while (begin > 0 && list[begin - 1] != ',')
        begin--;
      g_clear_object (&client);
      client = parse_address (list + begin, end - begin);
      if (begin == 0 || client == NULL)
        break;
      end = begin - 1;
    }

  return g_steal_pointer (&client);
}

static GInetAddress *
find_client (const XmlRpcProxies *self,
             SoupServerMessage   *message)
{
  GSocket *socket = soup_server_message_get_socket (message);
  g_autoptr (GSocketAddress) peer = socket != NULL ? g_socket_get_remote_address (socket, NULL) : NULL;
  g_autoptr (GInetAddress) address = NULL;
  gboolean is_trusted;
  const char *list;

  if (G_IS_INET_SOCKET_ADDRESS (peer))
    address = unmap (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (peer)));

  is_trusted = address != NULL ? trusts (self, address) : self->trusts_unix && G_IS_UNIX_SOCKET_ADDRESS (peer);
  if (!is_trusted)
    return g_steal_pointer (&address);

  list = soup_message_headers_get_list (soup_server_message_get_request_headers (message), "X-Forwarded-For");
  return list != NULL ? follow (self, list, g_steal_pointer (&address)) : g_steal_pointer (&address);
}

GInetAddress *
xml_rpc_proxies_get_client (const XmlRpcProxies *self,
                            SoupServerMessage   *message)
{
  GInetAddress *client = g_object_get_qdata (G_OBJECT (message), client_quark ());

  /* The calls of a system.multicall may come when the connection is gone. */
  if (client == NULL)
    {
      client = find_client (self, message);
      g_object_set_qdata_full (G_OBJECT (message), client_quark (), client, g_object_unref);
    }

  return client;
}
