/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <xmlrpc-glib/xml-rpc-invocation.h>

G_BEGIN_DECLS

/* Takes an answer: the value, or an error of the domain XML_RPC_FAULT. Called once,
 * in the thread that the invocation was made in. */
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

/* The body of such an answer. What cannot be written becomes a fault that says so. */
GBytes           *xml_rpc_answer_encode         (GVariant          *value,
                                                 const GError      *fault);

/* The message of a fault, or another one in place of what XML cannot carry. */
const char       *xml_rpc_answer_check_message  (const char        *message);

/* The answer to a request that cannot be read: a fault. */
GError           *xml_rpc_answer_fault_of_error (const GError      *error);

G_END_DECLS
