/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A server on the paths of SoupServers. */

#include "xml-rpc-server-private.h"

#include "xml-rpc-connection-private.h"
#include "xml-rpc-exchange-private.h"
#include "xml-rpc-local-servers-private.h"

/* A path of a SoupServer. */
typedef struct
{
  XmlRpcServer   *server;
  SoupServer     *soup_server;
  char           *path;
  XmlRpcTimeouts *timeouts;      /* of requests */
  XmlRpcTimeouts *deliveries;    /* of responses: a queue is quick if all of it take the same time */
  gulong          handler;
} Attachment;

void
xml_rpc_server_attachment_free (gpointer data)
{
  Attachment *attachment = data;

  soup_server_remove_handler (attachment->soup_server, attachment->path);
  g_signal_handler_disconnect (attachment->soup_server, attachment->handler);
  xml_rpc_local_servers_remove (attachment->soup_server);
  g_object_unref (attachment->soup_server);
  xml_rpc_timeouts_unref (attachment->timeouts);
  xml_rpc_timeouts_unref (attachment->deliveries);
  g_free (attachment->path);
  g_free (attachment);
}

/* SoupServer also gives us all below the path, which is not ours: NULL. */
static const Attachment *
find_attachment (XmlRpcServer *self,
                 SoupServer   *soup_server,
                 const char   *path)
{
  const GPtrArray *attachments = xml_rpc_server_get_private (self)->attachments;

  for (guint i = 0; i < attachments->len; i++)
    {
      const Attachment *attachment = g_ptr_array_index (attachments, i);

      if (attachment->soup_server == soup_server &&
          (attachment->path == NULL || strcmp (attachment->path, path) == 0))
        return attachment;
    }

  return NULL;
}

static void
on_headers (SoupServer        *soup_server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  XmlRpcServer *self = user_data;
  const Attachment *attachment = find_attachment (self, soup_server, path);

  if (attachment != NULL)
    xml_rpc_exchange_begin (&xml_rpc_server_get_private (self)->service, attachment->timeouts, message);
  else
    soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
}

static void
on_request (SoupServer        *soup_server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  XmlRpcServer *self = user_data;
  const Attachment *attachment = find_attachment (self, soup_server, path);

  if (attachment != NULL)
    xml_rpc_exchange_answer (&xml_rpc_server_get_private (self)->service, attachment->deliveries, message);
  else if (soup_server_message_get_status (message) == 0)
    soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
}

static void
on_request_started (SoupServer        *soup_server,
                    SoupServerMessage *message,
                    Attachment        *attachment)
{
  XmlRpcService *service = &xml_rpc_server_get_private (attachment->server)->service;

  xml_rpc_exchange_watch (service, attachment->timeouts, message, attachment->path);
}

/**
 * xml_rpc_server_attach:
 * @self: a server
 * @soup_server: the HTTP server
 * @path: (nullable): the path to serve, such as `/RPC2`; %NULL for all that nothing
 *   else of @soup_server serves
 *
 * Serves a path of an HTTP server, and replaces what @soup_server did with requests to it
 * before. Paths below it are not found.
 *
 * A server may be attached to several paths, and to several HTTP servers. They do not hold
 * a reference to it: when the program releases its last one, the server is detached.
 *
 * Since: 1.0
 */
void
xml_rpc_server_attach (XmlRpcServer *self,
                       SoupServer   *soup_server,
                       const char   *path)
{
  Attachment *attachment;

  g_return_if_fail (XML_RPC_IS_SERVER (self));
  g_return_if_fail (SOUP_IS_SERVER (soup_server));
  g_return_if_fail (path == NULL || *path == '/');

  xml_rpc_connections_watch (soup_server);
  attachment = g_new (Attachment, 1);
  *attachment = (Attachment) {
    .server = self,
    .soup_server = g_object_ref (soup_server),
    .path = g_strdup (path),
    .timeouts = xml_rpc_timeouts_new (),
    .deliveries = xml_rpc_timeouts_new (),
    .handler = g_signal_connect (soup_server, "request-started", G_CALLBACK (on_request_started), attachment),
  };
  g_ptr_array_add (xml_rpc_server_get_private (self)->attachments, attachment);
  xml_rpc_local_servers_add (soup_server);

  soup_server_add_early_handler (soup_server, path, on_headers, self, NULL);
  soup_server_add_handler (soup_server, path, on_request, self, NULL);
}

/**
 * xml_rpc_server_detach:
 * @self: a server
 * @soup_server: the HTTP server
 *
 * Stops serving all paths of an HTTP server. Requests that have been read still get their
 * responses.
 *
 * Since: 1.0
 */
void
xml_rpc_server_detach (XmlRpcServer *self,
                       SoupServer   *soup_server)
{
  GPtrArray *attachments;

  g_return_if_fail (XML_RPC_IS_SERVER (self));
  g_return_if_fail (SOUP_IS_SERVER (soup_server));

  attachments = xml_rpc_server_get_private (self)->attachments;
  for (guint i = attachments->len; i-- > 0;)
    {
      Attachment *attachment = g_ptr_array_index (attachments, i);

      if (attachment->soup_server == soup_server)
        g_ptr_array_remove_index (attachments, i);
    }
}
