/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Which web pages may call a server. */
typedef struct
{
  char     **allowed_hosts;     /* never NULL */
  char     **allowed_origins;   /* never NULL */
  gboolean   serves_pages;      /* its own pages may call it */
  gint64     next_log_time;     /* monotonic */
} XmlRpcOrigins;

void     xml_rpc_origins_init         (XmlRpcOrigins      *self);
void     xml_rpc_origins_clear        (XmlRpcOrigins      *self);

/* Whether the request comes from where it may come from: 0, or the HTTP status to decline
 * it with, which the message explains. Also answers preflights, and sets the headers
 * that let an allowed page read the response. */
guint    xml_rpc_origins_check        (XmlRpcOrigins      *self,
                                       SoupServerMessage  *message);

/* Whether a browser asks if a page may send the request that it is about to send. */
gboolean xml_rpc_origins_is_preflight (SoupServerMessage  *message);

G_END_DECLS
