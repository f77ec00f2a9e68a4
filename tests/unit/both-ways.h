/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <xmlrpc-glib/xmlrpc-glib.h>

G_BEGIN_DECLS

/* A test of a call is run with the synchronous and with the asynchronous
 * function; this is how it calls. */
typedef GVariant *(*CallFunc) (XmlRpcServerProxy   *proxy,
                               const char          *method_name,
                               GVariant            *params,
                               const GVariantType  *reply_type,
                               GCancellable        *cancellable,
                               GError             **error);

typedef struct
{
  const char *name;
  void      (*test) (CallFunc call);
} BothWaysTest;

/* Adds prefix/sync/name and prefix/async/name; the tests must be static. */
void      both_ways_add        (const char          *prefix,
                                const BothWaysTest  *tests,
                                gsize                n_tests);
/* The asynchronous call, made and waited for in the thread-default context. */
GVariant *both_ways_call_async (XmlRpcServerProxy   *proxy,
                                const char          *method_name,
                                GVariant            *params,
                                const GVariantType  *reply_type,
                                GCancellable        *cancellable,
                                GError             **error);

/* The error of a call says this. */
void      both_ways_assert_says (const GError       *error,
                                const char          *part);

G_END_DECLS
