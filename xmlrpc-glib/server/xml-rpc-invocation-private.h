/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <xmlrpc-glib/xml-rpc-server.h>

#include "../codec/xml-rpc-xml-sink-private.h"
#include "xml-rpc-signatures-private.h"

G_BEGIN_DECLS

/* Takes an answer: the value, or an error of the domain XML_RPC_FAULT, which it sets
 * where the value cannot be sent. Called once, in the thread that the invocation was made
 * in. It has the call reported in the end. */
typedef void (*XmlRpcAnswerFunc) (XmlRpcInvocation  *invocation,
                                  GVariant          *value,
                                  GError           **fault,
                                  gpointer           user_data);

/* @message may be NULL. What is given for the answer is released with it; until then it
 * keeps @server. */
XmlRpcInvocation *xml_rpc_invocation_new         (XmlRpcServer      *server,
                                                  const char        *method_name,
                                                  GVariant          *params,
                                                  SoupServerMessage *message,
                                                  XmlRpcAnswerFunc   func,
                                                  gpointer           user_data,
                                                  GDestroyNotify     destroy);

/* Before the method gets it: the parameters as its signature has them, and the signatures
 * that its result has to fit, or NULL. */
void              xml_rpc_invocation_set_params  (XmlRpcInvocation  *self,
                                                  GVariant          *params,
                                                  XmlRpcSignatures  *signatures);
gboolean          xml_rpc_invocation_is_answered (XmlRpcInvocation  *self);

/* Releases something in the thread of the server. From any thread. */
void              xml_rpc_invocation_hand_back   (XmlRpcInvocation  *self,
                                                  gpointer           data,
                                                  GDestroyNotify     destroy);

/* Names come from anybody, and the fault may go into logs. */
void              xml_rpc_invocation_return_not_found (XmlRpcInvocation *self,
                                                  const char        *method_name);

/* The bodies of the messages that the call and its answer came in; -1: not known. */
void              xml_rpc_invocation_set_bytes   (XmlRpcInvocation  *self,
                                                  guint64            received,
                                                  guint64            sent);
gint64            xml_rpc_invocation_get_bytes_received (XmlRpcInvocation *self);
gint64            xml_rpc_invocation_get_bytes_sent     (XmlRpcInvocation *self);

/* When the response has been handed over: counts it, and tells those who watch the server. */
void              xml_rpc_invocation_report      (XmlRpcInvocation  *self);
/* Has an answered call within a system.multicall reported with the latter. */
void              xml_rpc_invocation_add_call    (XmlRpcInvocation  *self,
                                                  XmlRpcInvocation  *call);

/* The body of such an answer. If the value cannot be written, the fault is set and the
 * body says so. */
GBytes           *xml_rpc_answer_encode          (GVariant          *value,
                                                  GError           **fault);

/* The message of a fault, or another one in place of what XML cannot carry. */
const char       *xml_rpc_answer_check_message   (const char        *message);

/* The answer to a request that cannot be read: a fault. */
GError           *xml_rpc_answer_fault_of_error  (const GError      *error,
                                                  XmlRpcFlaw         flaw);

G_END_DECLS
