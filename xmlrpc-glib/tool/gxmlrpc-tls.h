/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Whom a call over https trusts, and how it shows who it is. */
typedef struct
{
  gboolean         insecure;
  char            *ca_file;
  char            *certificate_file;
  char            *key_file;
  GTlsCertificate *certificate;
} GxmlrpcTls;

void     gxmlrpc_tls_add_options (GxmlrpcTls      *self,
                                  GOptionContext  *context);
void     gxmlrpc_tls_clear       (GxmlrpcTls      *self);

/* Reads the files, for all messages of a session. */
gboolean gxmlrpc_tls_apply       (GxmlrpcTls      *self,
                                  SoupSession     *session,
                                  GError         **error);
/* What has to be done for each message. */
void     gxmlrpc_tls_watch       (GxmlrpcTls      *self,
                                  SoupMessage     *message);

G_END_DECLS
