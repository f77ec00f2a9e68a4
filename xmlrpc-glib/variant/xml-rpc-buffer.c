/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-buffer-private.h"

/* Doubling keeps growth linear. Memory that nothing was written to yet costs
 * addresses only, and realloc moves large blocks without copying them. */
void
xml_rpc_buffer_grow (XmlRpcBuffer *self,
                     gsize         extra)
{
  gsize needed = self->length + extra;

  if (needed < extra)
    g_error ("a buffer of more than %" G_GSIZE_FORMAT " bytes", G_MAXSIZE);

  self->allocated = MAX (MAX (needed, 256), self->allocated < G_MAXSIZE / 2 ? self->allocated * 2 : G_MAXSIZE);
  self->data = g_realloc (self->data, self->allocated);
}

/* What was written, without the room to spare. */
GBytes *
xml_rpc_buffer_steal (XmlRpcBuffer *self)
{
  gsize length = self->length;
  guint8 *data = g_realloc (g_steal_pointer (&self->data), length);

  self->length = self->allocated = 0;

  return g_bytes_new_take (data, length);
}
