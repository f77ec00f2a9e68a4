/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

/* Bytes that grow at their end. Unlike GByteArray and GString it hands out
 * room to write into, and counts in gsize. */
typedef struct
{
  guint8 *data;
  gsize   length;
  gsize   allocated;
} XmlRpcBuffer;

#define XML_RPC_BUFFER_INIT { NULL, 0, 0 }

void    xml_rpc_buffer_grow  (XmlRpcBuffer *self,
                              gsize         extra);
void    xml_rpc_buffer_free  (XmlRpcBuffer *self);   /* one that has data */
/* Moves what was written from @end on to before @position, and what is between up. */
void    xml_rpc_buffer_move_end (XmlRpcBuffer *self,
                                 gsize         position,
                                 gsize         end);
GBytes *xml_rpc_buffer_steal (XmlRpcBuffer *self);
/* What was written as a string, to be freed with g_free(). */
char   *xml_rpc_buffer_steal_string (XmlRpcBuffer *self);

static inline void
xml_rpc_buffer_clear (XmlRpcBuffer *self)
{
  if (self->data == NULL)
    return;

  xml_rpc_buffer_free (self);
  *self = (XmlRpcBuffer) XML_RPC_BUFFER_INIT;
}

/* Room for @size bytes at the end; what is used of it is added to length. No
 * bytes have their place, too: <= sees to it that there is a buffer. */
static inline guint8 *
xml_rpc_buffer_reserve (XmlRpcBuffer *self,
                        gsize         size)
{
  if (G_UNLIKELY (self->allocated - self->length <= size))
    xml_rpc_buffer_grow (self, size);
  return self->data + self->length;
}

static inline void
xml_rpc_buffer_append (XmlRpcBuffer *self,
                       const void   *data,
                       gsize         size)
{
  if (size > 0)
    memcpy (xml_rpc_buffer_reserve (self, size), data, size);
  self->length += size;
}

static inline void
xml_rpc_buffer_append_byte (XmlRpcBuffer *self,
                            guint8        byte)
{
  *xml_rpc_buffer_reserve (self, 1) = byte;
  self->length++;
}

G_END_DECLS
