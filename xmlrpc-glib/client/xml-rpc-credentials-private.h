/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A user and a password, and what is known about sending them. May be used by many
 * threads, and does not change otherwise. */
typedef struct
{
  gatomicrefcount  ref_count;
  char            *user;
  char            *password;
  char            *basic;            /* the header Authorization of Basic (RFC 7617) */
  int              is_basic_refused; /* the server wants something else */
  int              is_replaced;      /* by others, in the proxy */
} XmlRpcCredentials;

/* Fails if there is no way to send these. NULL @password: an empty one. */
XmlRpcCredentials *xml_rpc_credentials_new              (const char         *user,
                                                         const char         *password,
                                                         GError            **error);
XmlRpcCredentials *xml_rpc_credentials_ref              (XmlRpcCredentials  *self);
void               xml_rpc_credentials_unref            (XmlRpcCredentials  *self);

void               xml_rpc_credentials_refuse_basic     (XmlRpcCredentials  *self);
gboolean           xml_rpc_credentials_is_basic_refused (XmlRpcCredentials  *self);
/* A call that is under way with them answers no challenge any more: libsoup would remember
 * the answer, and give it for those who come after. */
void               xml_rpc_credentials_replace          (XmlRpcCredentials  *self);
gboolean           xml_rpc_credentials_is_replaced      (XmlRpcCredentials  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (XmlRpcCredentials, xml_rpc_credentials_unref)

G_END_DECLS
