/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-delivery-private.h"

#include "xml-rpc-connection-private.h"
#include "xml-rpc-turn-private.h"

/* A response that fits into what the kernel takes at least is as good as written: it is not
 * watched byte by byte, which would cost each call something. */
#define MAX_UNWATCHED (64 * 1024)

/* Writing a byte is so much cheaper than reading one. */
#define BYTES_PER_COST 16

static G_DEFINE_QUARK (xml-rpc-delivery, delivery)

typedef struct
{
  XmlRpcService     *service;
  XmlRpcTimeouts    *timeouts;
  SoupServerMessage *message;   /* that this belongs to */
  XmlRpcTimeout      timeout;   /* until there has to be progress */
  XmlRpcTurn         turn;
  gsize              size;
} Delivery;

gboolean
xml_rpc_delivery_fits (const XmlRpcService *service,
                       gsize                size)
{
  guint64 limit = service->limits[XML_RPC_LIMIT_RESPONSE_BACKLOG];

  return limit == 0 || (size <= limit && service->response_backlog <= limit - size);
}

gboolean
xml_rpc_delivery_is_full (const XmlRpcService *service)
{
  guint64 limit = service->limits[XML_RPC_LIMIT_RESPONSE_BACKLOG];

  return limit > 0 && service->response_backlog >= limit;
}

static void
delivery_free (Delivery *self)
{
  self->service->response_backlog -= self->size;
  xml_rpc_timeout_remove (&self->timeout);
  xml_rpc_timeouts_unref (self->timeouts);
  xml_rpc_turn_clear (&self->turn);
  g_object_unref (self->service->server);
  g_free (self);
}

static void expect_progress (Delivery *self);

/* If the main loop was held up, progress may have been, too. */
static gboolean
is_late (Delivery *self)
{
  guint64 milliseconds = self->service->limits[XML_RPC_LIMIT_WRITE_TIMEOUT];

  return (guint64) (g_get_monotonic_time () - self->timeout.time) / 1000 > milliseconds / 4;
}

static void
on_timeout (gpointer user_data)
{
  Delivery *self = user_data;
  g_autoptr (SoupServerMessage) message = g_object_ref (self->message);

  if (is_late (self))
    {
      expect_progress (self);
      return;
    }

  xml_rpc_delivery_end (message);
  xml_rpc_connection_break (message);
}

static void
expect_progress (Delivery *self)
{
  guint milliseconds = (guint) self->service->limits[XML_RPC_LIMIT_WRITE_TIMEOUT];

  xml_rpc_timeout_remove (&self->timeout);
  if (milliseconds > 0)
    xml_rpc_timeouts_add (self->timeouts, &self->timeout, milliseconds, on_timeout, self);
}

static void
on_progress (SoupServerMessage *message,
             guint              n_written,
             Delivery          *self)
{
  expect_progress (self);
  xml_rpc_turn_spend (&self->turn, n_written / BYTES_PER_COST);
}

void
xml_rpc_delivery_begin (XmlRpcService     *service,
                        XmlRpcTimeouts    *timeouts,
                        SoupServerMessage *message,
                        gsize              size)
{
  Delivery *self = g_new0 (Delivery, 1);

  self->service = service;
  g_object_ref (service->server);
  self->timeouts = xml_rpc_timeouts_ref (timeouts);
  self->message = message;
  self->size = size;
  service->response_backlog += size;
  xml_rpc_turn_init (&self->turn, message, NULL, NULL);
  expect_progress (self);
  g_object_set_qdata_full (G_OBJECT (message), delivery_quark (), self, (GDestroyNotify) delivery_free);

  if (size > MAX_UNWATCHED)
    g_signal_connect (message, "wrote-body-data", G_CALLBACK (on_progress), self);
}

void
xml_rpc_delivery_end (SoupServerMessage *message)
{
  Delivery *self = g_object_get_qdata (G_OBJECT (message), delivery_quark ());

  if (self == NULL)
    return;

  if (self->size > MAX_UNWATCHED)
    g_signal_handlers_disconnect_by_data (message, self);
  g_object_set_qdata (G_OBJECT (message), delivery_quark (), NULL);
}
