/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <xmlrpc-glib/xmlrpc-glib.h>

G_BEGIN_DECLS

/* A server with the method meerkat.getItems, over the news of news.json. */
XmlRpcServer *news_server_new (GError **error);

G_END_DECLS
