/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where a server is: what the URI that a program wrote means to libsoup. */
typedef struct
{
  GUri    *http;        /* what is sent to, http or https, without user and password */
  gboolean is_scgi;     /* that is the transport, and http has only the host and the path */
  char    *socket_path; /* of the Unix socket, or NULL */
  char    *host;        /* for messages: the host, or the path of the socket */
  char    *display;     /* for messages: the URI without user and password */
  char    *user;        /* or NULL */
  char    *password;    /* or NULL */
} XmlRpcUri;

XmlRpcUri *xml_rpc_uri_parse          (const char       *text,
                                       GError          **error);
void       xml_rpc_uri_free           (XmlRpcUri        *self);
/* The target of a redirect, for messages: absolute, without user and password. */
char      *xml_rpc_uri_resolve        (const XmlRpcUri  *self,
                                       const char       *reference);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (XmlRpcUri, xml_rpc_uri_free)

G_END_DECLS
