/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A program whose calls are asked for a password, the person in front of it, and the server that
 * asks. */

#pragma once

#include <xmlrpc-glib/xmlrpc-glib.h>

#include "fake-server.h"

/* A server that wants a password. */
typedef struct
{
  gboolean stalls_challenge; /* its body never ends */
  gboolean stalls_response;  /* that to the right password never comes */
  gboolean slows_challenge;  /* its body takes longer than the person */
  gboolean is_too_large;     /* what the challenge announces */
  gboolean forgets;          /* the right password, when it came once */
  int      n_right;
  int      n_wrong;          /* passwords */
} Door;

typedef struct _Desk Desk;

struct _Desk
{
  Door               door;
  FakeServer        *server;
  XmlRpcServerProxy *proxy;
  gboolean         (*on_authenticate) (Desk     *self,
                                       SoupAuth *auth);
  int                n_questions;
  SoupAuth          *auth;          /* that waits for an answer */
  int                n_answers;     /* of those that the person has given */
  const char        *last_password; /* after wrong ones */
};

void desk_set_up (Desk *self, gconstpointer data);
void desk_tear_down (Desk *self, gconstpointer data);

/* What the person may do, as on_authenticate. */
gboolean desk_answer_at_once (Desk     *self,
                              SoupAuth *auth);
gboolean desk_answer_slowly (Desk     *self,
                             SoupAuth *auth);
gboolean desk_have_no_answer (Desk     *self,
                              SoupAuth *auth);
gboolean desk_have_no_answer_slowly (Desk     *self,
                                     SoupAuth *auth);
gboolean desk_think (Desk     *self,
                     SoupAuth *auth);
gboolean desk_think_twice (Desk     *self,
                           SoupAuth *auth);
gboolean desk_think_long (Desk     *self,
                          SoupAuth *auth);
gboolean desk_think_and_close (Desk     *self,
                               SoupAuth *auth);

/* The code is 0 if the call has returned, or that of an HTTP error or a GIOError. */
void desk_assert_outcome (GVariant *value, GError *error, int code);
