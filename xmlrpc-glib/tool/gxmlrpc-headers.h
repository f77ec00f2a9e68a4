/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* The HTTP headers of the command line. */
typedef struct _GxmlrpcHeaders GxmlrpcHeaders;

/* @texts is NULL, or ends with NULL. */
GxmlrpcHeaders *gxmlrpc_headers_new   (const char * const  *texts,
                                       GError             **error);
void            gxmlrpc_headers_free  (GxmlrpcHeaders      *self);

/* They replace those that are there; one that is given twice is sent twice. */
void            gxmlrpc_headers_apply (GxmlrpcHeaders      *self,
                                       SoupMessage         *message);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxmlrpcHeaders, gxmlrpc_headers_free)

G_END_DECLS
