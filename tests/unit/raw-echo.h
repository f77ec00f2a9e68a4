/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "raw-client.h"
#include "server-fixture.h"

G_BEGIN_DECLS

/* Calls of the server fixture's method "echo", byte by byte. */

char *raw_echo_body                (const char *text);
/* A body of exactly so many bytes. */
char *raw_echo_body_of_size        (gsize       size);

/* A whole request; @headers are lines with \r\n. */
char *raw_echo_request             (const char *headers,
                                    const char *body);
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

/* A server, and a client that is connected to it, for g_test_add(). */
typedef struct
{
  ServerFixture  base;
  RawClient     *client;
} EchoFixture;

void  echo_fixture_set_up          (EchoFixture   *self,
                                    gconstpointer  data);
void  echo_fixture_tear_down       (EchoFixture   *self,
                                    gconstpointer  data);

G_END_DECLS
