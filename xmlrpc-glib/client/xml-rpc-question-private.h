/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* The password that a server wants and the program is asked for. The program may answer when
 * it likes, in any thread, by soup_auth_authenticate() or soup_auth_cancel(). */
typedef struct _XmlRpcQuestion XmlRpcQuestion;

/* In the thread of the call, once. */
typedef void (*XmlRpcQuestionFunc) (gboolean is_answered,
                                    gpointer user_data);

/* @context is that of the call, or NULL if the call blocks: then nobody can answer but in
 * a handler, and @func is called within it. */
XmlRpcQuestion *xml_rpc_question_new      (SoupAuth           *auth,
                                           GMainContext       *context,
                                           XmlRpcQuestionFunc  func,
                                           gpointer            user_data);
/* @func is not called any more. */
void            xml_rpc_question_free     (XmlRpcQuestion     *self);

/* Lets libsoup go on with a call that waits for an answer, as nobody needs it now. */
void            xml_rpc_question_withdraw (XmlRpcQuestion     *self);

G_END_DECLS
