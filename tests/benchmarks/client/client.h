/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* One library's way to call a server. Nothing of GLib here: a program has to do
 * with its own library only. */

#pragma once

#include <stdbool.h>

/* The methods are "sample.add", which adds two integers, "sample.news", which
 * returns 16 MB, and one of the validator suite, which adds the integers of a
 * struct. */
#define CLIENT_ADD     "sample.add"
#define CLIENT_NEWS    "sample.news"
#define CLIENT_NOTHING "sample.nothing"
#define CLIENT_STOOGES "validator1.easyStructTest"

typedef struct
{
  void (*open)      (const char *uri);
  /* One call, waiting for its reply. */
  bool (*call)      (const char *method);
  /* Many, of which some are under way at a time; NULL: it cannot. */
  bool (*call_many) (const char *method,
                     long        n_calls,
                     long        n_in_flight);
  /* Which client this thread calls with: 0, which is the first, or one of its own. NULL: it
   * cannot. */
  void (*select)    (int         number);
  /* Whether several threads may call with one. */
  bool  is_shareable;
} Client;

#define CLIENT_MAX_THREADS 16

/* Says why a call failed. */
void client_refuse (const char   *format,
                    ...) __attribute__ ((format (printf, 1, 2)));

/* PROGRAM URI, told on its standard input what to do. Each line is answered with
 * one:
 *
 *   time METHOD N M     N calls, M of them in flight, or with M = 0 each when the
 *                       one before is over: the processor's seconds, and those
 *                       on the wall
 *   memory METHOD N M   the same: by how many bytes the process grew at most
 *   shared METHOD N M   N calls by M threads, each of which waits for its calls: the same
 *                       as of time
 *   apart METHOD N M    likewise, but each thread has a client of its own
 *
 * The first line comes unasked: "ready". An answer may be "refused", and why. */
int  client_main   (const Client *client,
                    int           argc,
                    char         *argv[]);
