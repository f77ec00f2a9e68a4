/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The program with the hostile clients of hostile.py. */
typedef struct
{
  GSubprocess      *subprocess;
  GDataInputStream *output;
  char             *kinds;    /* as CSV */
} Hostile;

void  hostile_init  (Hostile    *self,
                     const char *uri);
void  hostile_clear (Hostile    *self);

void  hostile_begin (Hostile    *self);
/* Waits until all connections are closed. Returns how often each kind has done what it
 * does, as CSV. */
char *hostile_end   (Hostile    *self);

G_END_DECLS
