/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "heap.h"

#if defined (__GLIBC__) && __GLIBC_PREREQ (2, 33)

#include <malloc.h>

gsize
heap_get_allocated (void)
{
  struct mallinfo2 info;

  malloc_trim (0);
  info = mallinfo2 ();
  return (info.uordblks + info.hblkhd) / 1024;
}

void
heap_share_arena (void)
{
  mallopt (M_ARENA_MAX, 1);
}

#else

gsize
heap_get_allocated (void)
{
  return 0;
}

void
heap_share_arena (void)
{
}

#endif
