/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* A SoupServer at a free port of 127.0.0.1, in a thread with a main context of its
 * own. It answers each request with an XML-RPC string, the name of the user who
 * was authenticated, or the empty string. */
typedef struct _SoupServerThread SoupServerThread;

/* Takes @server, which nothing listens to yet. */
SoupServerThread *soup_server_thread_new     (SoupServer             *server,
                                              SoupServerListenOptions options);
void              soup_server_thread_free    (SoupServerThread       *self);
guint             soup_server_thread_get_port (SoupServerThread      *self);
/* Answers given, that is, without those of 401. */
guint             soup_server_thread_get_n_answers (SoupServerThread *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SoupServerThread, soup_server_thread_free)

G_END_DECLS
