/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "../unit/both-ways.h"
#include "latencies.h"
#include "stalls.h"

G_BEGIN_DECLS

typedef enum
{
  PHASE_ALONE,
  PHASE_AMONG_HOSTILE,
  N_TIMED_PHASES,
  PHASE_OTHER = N_TIMED_PHASES
} Phase;

/* A thread that calls the server in all ways, one after the other. */
typedef struct
{
  const char        *uri;
  CallFunc           call;
  XmlRpcServerProxy *proxy;       /* that others use, too */
  XmlRpcServerProxy *own_proxy;   /* renewed now and then */
  GRand             *rand;
  gint              *phase;       /* atomic; a Phase */
  Stalls            *stalls;
  Latencies         *latencies;   /* of the smallest calls, in each timed phase */

  /* Of the calls that a method of the server's is begun for: */
  guint64            n_sent;      /* perhaps */
  guint64            n_answered;  /* certainly */
} Worker;

/* Does one of the things that can be done, and stops the program if what comes
 * of it is not what has to. */
void steps_do_any (Worker *worker);

G_END_DECLS
