/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "xml-rpc-invocation.h"

G_BEGIN_DECLS

/* Called once, in the thread of @context: with the value, or with an error of
 * the domain XML_RPC_FAULT. */
typedef void (*XmlRpcAnswerFunc) (gpointer      user_data,
                                  GVariant     *value,
                                  const GError *fault);

/* @message may be NULL. What is given for the answer is released with it. */
XmlRpcInvocation *xml_rpc_invocation_new        (const char        *method_name,
                                                 GVariant          *params,
                                                 SoupServerMessage *message,
                                                 XmlRpcAnswerFunc   func,
                                                 gpointer           user_data,
                                                 GDestroyNotify     destroy);

/* Before the method gets it: the parameters as its signature has them. */
void              xml_rpc_invocation_set_params (XmlRpcInvocation  *self,
                                                 GVariant          *params);

G_END_DECLS
