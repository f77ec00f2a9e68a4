/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* One connection that says whatever a test wants, as bytes. Whatever waits
 * iterates the default main context, where the server is, and fails the test
 * when it takes too long. */
typedef struct _RawClient RawClient;

typedef struct
{
  guint     status;
  char     *head;    /* the status line and all headers */
  GBytes   *body;
} RawReply;

RawClient  *raw_client_new              (guint          port);
void        raw_client_free             (RawClient     *self);
/* It will end with a reset, not with an end of what was sent. */
void        raw_client_reset            (RawClient     *self);
void        raw_client_send             (RawClient     *self,
                                         const void    *data,
                                         gssize         length);
/* As much as goes before the server has closed the connection; returns that. */
gsize       raw_client_send_what_goes   (RawClient     *self,
                                         const void    *data,
                                         gsize          length);
/* Sends a call of XML-RPC; @headers are lines with \r\n. */
void        raw_client_post             (RawClient     *self,
                                         const char    *headers,
                                         const void    *body,
                                         gssize         length);
/* The next reply, NULL when the server closes the connection before one. */
RawReply   *raw_client_receive          (RawClient     *self);
/* Takes at least so much of the next reply from the kernel. */
void        raw_client_read_some        (RawClient     *self,
                                         gsize          length);
gboolean    raw_client_has_data         (RawClient     *self);
void        raw_client_wait_for_close   (RawClient     *self);

char       *raw_reply_get_header        (RawReply      *self,
                                         const char    *name);
/* NULL: there is no such header. */
void        raw_reply_assert_header     (RawReply      *self,
                                         const char    *name,
                                         const char    *expected);
char       *raw_reply_get_text          (RawReply      *self);
void        raw_reply_free              (RawReply      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RawClient, raw_client_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RawReply, raw_reply_free)

G_END_DECLS
