/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* A line on standard error that tells how far a call is, once it takes more than
 * a second, and where that is a terminal. */
typedef struct _GxmlrpcProgress GxmlrpcProgress;

GxmlrpcProgress *gxmlrpc_progress_new   (void);
void             gxmlrpc_progress_free  (GxmlrpcProgress *self);

/* The request to tell about; the last one counts. */
void             gxmlrpc_progress_watch (GxmlrpcProgress *self,
                                         SoupMessage     *message);
void             gxmlrpc_progress_begin (GxmlrpcProgress *self);
void             gxmlrpc_progress_end   (GxmlrpcProgress *self);

G_END_DECLS
