/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A server's URL, taken apart. */
typedef struct
{
  char *uri;  /* without a user */
  char *user; /* as people write it, or NULL */
  char *host; /* with its port, or the path of a socket */
} GxmlrpcAddress;

/* Refuses a URL with a password. */
gboolean gxmlrpc_address_parse (GxmlrpcAddress  *self,
                                const char      *uri,
                                GError         **error);
void     gxmlrpc_address_clear (GxmlrpcAddress  *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GxmlrpcAddress, gxmlrpc_address_clear)

G_END_DECLS
