/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-scgi-stream-private.h"

#include <string.h>

struct _XmlRpcScgiStream
{
  GInputStream          parent_instance;

  GIOStream            *connection;
  GPollableInputStream *input;      /* its own */
  GBytes               *begin;
  gsize                 n_begun;    /* bytes of it that were read */
  goffset               n_left;     /* bytes until the end, negative if nobody knows */
};

static void xml_rpc_scgi_stream_pollable_init (GPollableInputStreamInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (XmlRpcScgiStream, xml_rpc_scgi_stream, G_TYPE_INPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_INPUT_STREAM,
                                                      xml_rpc_scgi_stream_pollable_init))

static gsize
get_n_begin_left (XmlRpcScgiStream *self)
{
  return g_bytes_get_size (self->begin) - self->n_begun;
}

/* How much may be read at once. */
static gsize
limit (XmlRpcScgiStream *self,
       gsize             count)
{
  if (self->n_left >= 0 && (guint64) self->n_left < count)
    count = (gsize) self->n_left;
  if (get_n_begin_left (self) > 0)
    count = MIN (count, get_n_begin_left (self));

  return count;
}

static gssize
read_begin (XmlRpcScgiStream *self,
            void             *buffer,
            gsize             count)
{
  memcpy (buffer, (const char *) g_bytes_get_data (self->begin, NULL) + self->n_begun, count);
  self->n_begun += count;

  return (gssize) count;
}

static gssize
read_up_to (XmlRpcScgiStream *self,
            void             *buffer,
            gsize             count,
            gboolean          blocks,
            GCancellable     *cancellable,
            GError          **error)
{
  gssize n;

  count = limit (self, count);
  if (count == 0)
    return 0;

  if (get_n_begin_left (self) > 0)
    n = read_begin (self, buffer, count);
  else
    n = g_pollable_stream_read (G_INPUT_STREAM (self->input), buffer, count, blocks, cancellable, error);

  if (n == 0 && self->n_left > 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT,
                   "the connection was closed %" G_GOFFSET_FORMAT " bytes before the end", self->n_left);
      return -1;
    }
  if (n > 0 && self->n_left > 0)
    self->n_left -= n;

  return n;
}

static gssize
xml_rpc_scgi_stream_read (GInputStream  *stream,
                          void          *buffer,
                          gsize          count,
                          GCancellable  *cancellable,
                          GError       **error)
{
  return read_up_to (XML_RPC_SCGI_STREAM (stream), buffer, count, TRUE, cancellable, error);
}

static gssize
xml_rpc_scgi_stream_read_nonblocking (GPollableInputStream  *stream,
                                      void                  *buffer,
                                      gsize                  count,
                                      GError               **error)
{
  return read_up_to (XML_RPC_SCGI_STREAM (stream), buffer, count, FALSE, NULL, error);
}

static gboolean
xml_rpc_scgi_stream_is_readable (GPollableInputStream *stream)
{
  XmlRpcScgiStream *self = XML_RPC_SCGI_STREAM (stream);

  return get_n_begin_left (self) > 0 || self->n_left == 0 || g_pollable_input_stream_is_readable (self->input);
}

static GSource *
xml_rpc_scgi_stream_create_source (GPollableInputStream *stream,
                                   GCancellable         *cancellable)
{
  XmlRpcScgiStream *self = XML_RPC_SCGI_STREAM (stream);
  g_autoptr (GSource) source = NULL;

  if (get_n_begin_left (self) > 0 || self->n_left == 0)
    source = g_timeout_source_new (0);
  else
    source = g_pollable_input_stream_create_source (self->input, cancellable);

  return g_pollable_source_new_full (stream, source, cancellable);
}

static gboolean
xml_rpc_scgi_stream_close (GInputStream  *stream,
                           GCancellable  *cancellable,
                           GError       **error)
{
  return g_io_stream_close (XML_RPC_SCGI_STREAM (stream)->connection, cancellable, error);
}

static void
xml_rpc_scgi_stream_finalize (GObject *object)
{
  XmlRpcScgiStream *self = XML_RPC_SCGI_STREAM (object);

  g_object_unref (self->connection);
  g_bytes_unref (self->begin);

  G_OBJECT_CLASS (xml_rpc_scgi_stream_parent_class)->finalize (object);
}

static void
xml_rpc_scgi_stream_class_init (XmlRpcScgiStreamClass *klass)
{
  GInputStreamClass *stream_class = G_INPUT_STREAM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = xml_rpc_scgi_stream_finalize;
  stream_class->read_fn = xml_rpc_scgi_stream_read;
  stream_class->close_fn = xml_rpc_scgi_stream_close;
}

static void
xml_rpc_scgi_stream_pollable_init (GPollableInputStreamInterface *iface)
{
  iface->is_readable = xml_rpc_scgi_stream_is_readable;
  iface->create_source = xml_rpc_scgi_stream_create_source;
  iface->read_nonblocking = xml_rpc_scgi_stream_read_nonblocking;
}

static void
xml_rpc_scgi_stream_init (XmlRpcScgiStream *self)
{
}

GInputStream *
xml_rpc_scgi_stream_new (GIOStream *connection,
                         GBytes    *begin,
                         goffset    length)
{
  XmlRpcScgiStream *self = g_object_new (XML_RPC_TYPE_SCGI_STREAM, NULL);

  self->connection = g_object_ref (connection);
  self->input = G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (connection));
  self->begin = g_bytes_ref (begin);
  self->n_left = length;

  return G_INPUT_STREAM (self);
}
