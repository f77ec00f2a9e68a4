/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <xmlrpc-glib/xmlrpc-glib.h>

G_BEGIN_DECLS

/* An XmlRpcServer at /RPC2 of a SoupServer, at a free port of 127.0.0.1. All in
 * the thread of the test: whatever waits iterates the default main context. */
typedef struct
{
  SoupServer   *soup_server;
  XmlRpcServer *server;
  guint         port;
  char         *uri;
  guint         n_calls;   /* of its method "echo" */
} ServerFixture;

void  server_fixture_init      (ServerFixture *self);
/* With a certificate: the URI is https. */
void  server_fixture_init_tls  (ServerFixture *self,
                                const char    *certificate_path);
void  server_fixture_clear     (ServerFixture *self);
/* The same, for g_test_add(). */
void  server_fixture_set_up    (ServerFixture *self,
                                gconstpointer  data);
void  server_fixture_tear_down (ServerFixture *self,
                                gconstpointer  data);

/* From now on a path is for those who have the password. */
#define SERVER_FIXTURE_PASSWORD       "Authorization: Basic bW9sZTpzZWNyZXQ=\r\n"
#define SERVER_FIXTURE_WRONG_PASSWORD "Authorization: Basic bW9sZTp3cm9uZw==\r\n"
void  server_fixture_protect   (ServerFixture *self,
                                const char    *path);

/* Returns its only parameter. */
void  server_fixture_echo      (XmlRpcServer     *server,
                                XmlRpcInvocation *invocation,
                                gpointer          user_data);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ServerFixture, server_fixture_clear)

G_END_DECLS
