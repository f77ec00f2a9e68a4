/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#ifndef _GNU_SOURCE
#define _GNU_SOURCE   /* mremap() */
#endif

#include "xml-rpc-buffer-private.h"

#ifdef __linux__
#include <sys/mman.h>
#endif

/* Large blocks are mapped by ourselves. malloc maps them, too, but only until
 * one has been freed: from then on it takes such blocks from its heap, where
 * growing means copying, and the old and the new block are there at once. */
#define MIN_MAPPED (1024 * 1024)

/* A multiple of any page size. */
#define BLOCK_UNIT ((gsize) 64 * 1024)

/* From here on blocks are to be made of pages of 2 MiB, where the system has
 * some to spare: a page that is written to for the first time costs a visit to
 * the kernel, and there are 512 times as few of them. The last one may be all
 * but empty, which is why the block is to be large. */
#define MIN_HUGE (4 * 1024 * 1024)
#define HUGE_UNIT ((gsize) 2 * 1024 * 1024)

static gboolean
is_mapped (gsize allocated)
{
#ifdef __linux__
  return allocated >= MIN_MAPPED;
#else
  return FALSE;
#endif
}

static void
release (guint8 *data,
         gsize   allocated)
{
#ifdef __linux__
  if (is_mapped (allocated))
    {
      munmap (data, allocated);
      return;
    }
#endif
  g_free (data);
}

#ifdef __linux__
/* A mapped block of @size bytes with what was in the old one. Pages move
 * without being copied, and those that nothing was written to are none. */
static guint8 *
map (XmlRpcBuffer *self,
     gsize         size)
{
  guint8 *data;

  if (is_mapped (self->allocated))
    data = mremap (self->data, self->allocated, size, MREMAP_MAYMOVE);
  else
    data = mmap (NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (data == MAP_FAILED)
    g_error ("no memory for a buffer of %" G_GSIZE_FORMAT " bytes", size);
  /* Not all systems can, and all can do without. */
  if (size >= MIN_HUGE)
    madvise (data, size, MADV_HUGEPAGE);

  if (!is_mapped (self->allocated))
    {
      if (self->length > 0)
        memcpy (data, self->data, self->length);
      g_free (self->data);
    }

  return data;
}
#endif

static gsize
round_up (gsize size,
          gsize unit)
{
  return (size + unit - 1) & ~(unit - 1);
}

static void
resize (XmlRpcBuffer *self,
        gsize         size)
{
#ifdef __linux__
  if (size >= MIN_MAPPED)
    {
      size = round_up (size, BLOCK_UNIT);
      self->data = map (self, size);
      self->allocated = size;
      return;
    }
#endif
  self->data = g_realloc (self->data, size);
  self->allocated = size;
}

void
xml_rpc_buffer_free (XmlRpcBuffer *self)
{
  release (self->data, self->allocated);
}

/* Doubling keeps growth linear. Where pages are huge, a block of nothing else can be
 * moved as it is. */
void
xml_rpc_buffer_grow (XmlRpcBuffer *self,
                     gsize         extra)
{
  gsize needed = self->length + extra;
  gsize doubled = self->allocated < G_MAXSSIZE / 2 ? self->allocated * 2 : G_MAXSSIZE;
  gsize size;

  if (needed < extra || needed > G_MAXSSIZE)
    g_error ("a buffer of more than %" G_GSSIZE_FORMAT " bytes", G_MAXSSIZE);

  size = MAX (MAX (needed, 256), doubled);
  resize (self, size >= MIN_HUGE ? round_up (size, HUGE_UNIT) : size);
}

void
xml_rpc_buffer_move_end (XmlRpcBuffer *self,
                         gsize         position,
                         gsize         end)
{
  const gsize size = self->length - end;

  /* With room behind for what is to move. */
  xml_rpc_buffer_reserve (self, size);
  memmove (self->data + position + size, self->data + position, self->length - position);
  memcpy (self->data + position, self->data + end + size, size);
}

static void
free_block (gpointer data)
{
  XmlRpcBuffer *block = data;

  xml_rpc_buffer_clear (block);
  g_free (block);
}

/* What was written, without the room to spare. */
GBytes *
xml_rpc_buffer_steal (XmlRpcBuffer *self)
{
  XmlRpcBuffer block = *self;

  *self = (XmlRpcBuffer) XML_RPC_BUFFER_INIT;

  if (!is_mapped (block.allocated))
    return g_bytes_new_take (g_realloc (block.data, block.length), block.length);

  resize (&block, MAX (block.length, MIN_MAPPED));

  return g_bytes_new_with_free_func (block.data, block.length, free_block, g_memdup2 (&block, sizeof block));
}

char *
xml_rpc_buffer_steal_string (XmlRpcBuffer *self)
{
  XmlRpcBuffer block;
  char *string;

  xml_rpc_buffer_append_byte (self, 0);
  block = *self;
  *self = (XmlRpcBuffer) XML_RPC_BUFFER_INIT;

  if (!is_mapped (block.allocated))
    return g_realloc (block.data, block.length);

  string = g_memdup2 (block.data, block.length);
  xml_rpc_buffer_free (&block);
  return string;
}
