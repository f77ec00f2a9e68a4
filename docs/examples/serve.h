/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <xmlrpc-glib/xmlrpc-glib.h>

G_BEGIN_DECLS

/* Puts a server at the path /RPC2 of the loopback interface, at a free port if
 * @port is 0. Returns the URL. */
char     *serve_begin        (XmlRpcServer  *server,
                              SoupServer    *soup_server,
                              guint          port,
                              GError       **error);

/* The same; prints the URL, and serves until SIGTERM or SIGINT. Calls in progress are
 * finished. */
gboolean  serve_until_signal (XmlRpcServer  *server,
                              guint          port,
                              GError       **error);

G_END_DECLS
