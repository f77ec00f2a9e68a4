/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Which proxies are believed when they say whom a request comes from. */
typedef struct
{
  char      **names;         /* as the program wrote them; never NULL */
  GPtrArray  *masks;         /* of GInetAddressMask */
  gboolean    trusts_unix;   /* whoever connects to a Unix socket */
} XmlRpcProxies;

void          xml_rpc_proxies_init        (XmlRpcProxies       *self);
void          xml_rpc_proxies_clear       (XmlRpcProxies       *self);
/* FALSE if that is what it had. */
gboolean      xml_rpc_proxies_set_names   (XmlRpcProxies       *self,
                                           const char * const  *names);

/* The client of the request, which the message remembers; NULL: nobody knows. */
GInetAddress *xml_rpc_proxies_get_client  (const XmlRpcProxies *self,
                                           SoupServerMessage   *message);

G_END_DECLS
