/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <xmlrpc-glib/xmlrpc-glib.h>

G_BEGIN_DECLS

/* One of the two ways to call, so that each test is run with both. */
typedef struct
{
  const char *name;
  gboolean asynchronous;
} Caller;

#define N_CALLERS 2
extern const Caller callers[N_CALLERS];

GVariant  *caller_call             (const Caller       *self,
                                    XmlRpcServerProxy  *proxy,
                                    const char         *method_name,
                                    GVariant           *params,
                                    const char         *reply_type,
                                    GError            **error);
GVariant  *caller_call_ok          (const Caller       *self,
                                    XmlRpcServerProxy  *proxy,
                                    const char         *method_name,
                                    GVariant           *params,
                                    const char         *reply_type);
char     **caller_list_methods     (const Caller       *self,
                                    XmlRpcServerProxy  *proxy);
char     **caller_method_signature (const Caller       *self,
                                    XmlRpcServerProxy  *proxy,
                                    const char         *method_name);
char      *caller_method_help      (const Caller       *self,
                                    XmlRpcServerProxy  *proxy,
                                    const char         *method_name);
void       caller_execute          (const Caller       *self,
                                    XmlRpcMulticall    *multicall);

G_END_DECLS
