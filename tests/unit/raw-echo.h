/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "raw-client.h"

G_BEGIN_DECLS

/* Calls of the server fixture's method "echo", byte by byte. */

char *raw_echo_body                (const char *text);
/* A body of exactly so many bytes. */
char *raw_echo_body_of_size        (gsize       size);

void  raw_echo_send_to             (RawClient  *client,
                                    const char *path,
                                    const char *body);
/* @headers are lines with \r\n. */
void  raw_echo_send_chunked        (RawClient  *client,
                                    const char *headers,
                                    const char *body,
                                    gsize       length,
                                    gsize       chunk_size);

/* What the next reply is. */
void  raw_echo_assert_status       (RawClient  *client,
                                    guint       status);
void  raw_echo_assert_echoed       (RawClient  *client,
                                    const char *text);
void  raw_echo_assert_fault        (RawClient  *client,
                                    int         code);
/* The client goes on as if nothing had been. */
void  raw_echo_assert_still_served (RawClient  *client);

G_END_DECLS
