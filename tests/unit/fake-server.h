/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <xmlrpc-glib/xmlrpc-glib.h>

G_BEGIN_DECLS

/* An HTTP server that misbehaves as a test wants it to. Each connection is a
 * thread that plays the script of the test, over a plain socket. */
typedef struct _FakeServer     FakeServer;
typedef struct _FakeConnection FakeConnection;

/* The connection is closed when the script returns. */
typedef void (*FakeScript) (FakeConnection *connection,
                            gpointer        user_data);

FakeServer *fake_server_new                (FakeScript       script,
                                            gpointer         user_data);
FakeServer *fake_server_new_at_socket      (const char      *path,
                                            FakeScript       script,
                                            gpointer         user_data);
/* The URI is https; the file has the certificate and its key. */
FakeServer *fake_server_new_tls            (const char      *certificate_path,
                                            FakeScript       script,
                                            gpointer         user_data);
void        fake_server_free               (FakeServer      *self);
XmlRpcServerProxy *
            fake_server_create_proxy       (FakeServer      *self);
const char *fake_server_get_uri            (FakeServer      *self);
guint       fake_server_get_n_connections  (FakeServer      *self);
guint       fake_server_get_n_requests     (FakeServer      *self);
/* Waits until that many requests have been read, over all connections. */
void        fake_server_wait_for_requests  (FakeServer      *self,
                                            guint            n_requests);
void        fake_server_wait_for_connections (FakeServer    *self,
                                            guint            n_connections);
/* Until scripts have closed that many connections. */
void        fake_server_wait_for_closes    (FakeServer      *self,
                                            guint            n_closes);

/* The body of the next whole request, or NULL when there is none any more; the number
 * of the request on this connection goes from 1. */
char       *fake_connection_read_request   (FakeConnection  *self);
/* The same by SCGI: the variables become lines of the head, "NAME: value". */
char       *fake_connection_read_scgi      (FakeConnection  *self);
guint       fake_connection_get_number     (FakeConnection  *self);
/* The head of the request read last. */
const char *fake_connection_get_head       (FakeConnection  *self);
gboolean    fake_connection_write          (FakeConnection  *self,
                                            const void      *data,
                                            gssize           length);
/* An answer with a Content-Length; @headers are lines with \r\n, or NULL. */
gboolean    fake_connection_reply          (FakeConnection  *self,
                                            const char      *status,
                                            const char      *headers,
                                            GBytes          *body);
/* An XML-RPC answer. */
gboolean    fake_connection_return         (FakeConnection  *self,
                                            GVariant        *value);
/* What the call with this body, which it takes, has as its first parameter. */
gboolean    fake_connection_echo           (FakeConnection  *self,
                                            char            *request);
void        fake_connection_close          (FakeConnection  *self);
/* Likewise, so that the client gets a reset. */
void        fake_connection_reset          (FakeConnection  *self);
/* Until the client closes the connection, or the test is over. */
void        fake_connection_wait_for_close (FakeConnection  *self);

/* Scripts: they answer each call with its first parameter, or with the FakeAnswer that
 * @user_data is. */
typedef struct
{
  const char *status;
  const char *headers;
  GBytes     *body;
} FakeAnswer;

void        fake_server_echo               (FakeConnection  *connection,
                                            gpointer         user_data);
void        fake_server_answer             (FakeConnection  *connection,
                                            gpointer         user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FakeServer, fake_server_free)

G_END_DECLS
