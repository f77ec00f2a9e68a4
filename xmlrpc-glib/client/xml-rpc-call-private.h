/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <libsoup/soup.h>

#include "xml-rpc-call-options-private.h"
#include "xml-rpc-channel-private.h"
#include "xml-rpc-clock-private.h"
#include "xml-rpc-reply-private.h"
#include "xml-rpc-request-private.h"
#include "xml-rpc-scgi-private.h"

G_BEGIN_DECLS

/* How many bytes are read at once; few enough for the stack. */
#define XML_RPC_CALL_CHUNK (16 * 1024)

/* In the thread of the call. */
typedef struct
{
  void (*got_headers) (gpointer user_data);
  /* libsoup has done with the message, and has its connection back. */
  void (*finished)    (gpointer user_data);
} XmlRpcCallEvents;

/* One call in flight. */
struct _XmlRpcCall
{
  GObject             *owner;      /* of the channel: a handler may drop the last other reference */
  XmlRpcChannel       *channel;
  XmlRpcCallOptions    options;
  GBytes              *body;
  GVariantType        *reply_type;
  gboolean             wants_json;  /* natural types, as bytes of JSON */

  /* The program's cancellable, if any, cancels ours, and so does the deadline:
   * libsoup sees only ours. That is made when the call begins. */
  GCancellable        *user_cancellable;
  GCancellable        *cancellable;
  XmlRpcClock          clock;
  gboolean             timed_out;

  /* Of a call that does not block: what it does when its message tells something. */
  const XmlRpcCallEvents *events;   /* NULL for one that blocks */
  gpointer             event_data;
  GMainContext        *context;     /* of its task, or NULL */

  XmlRpcRequest       *request;  /* of the current attempt */
  SoupMessage         *message;  /* its message */
  XmlRpcScgi          *scgi;     /* in place of both, if that is how the call goes */
  guint                n_interim_answers;
  gboolean             too_large;
  gboolean             retried;

  /* While it has the right to ask the program for a password, or waits for that. */
  XmlRpcFloor         *floor;       /* NULL if it has not */
  int                  n_refusals;  /* of others, when it began to wait */
};

XmlRpcCall  *xml_rpc_call_new             (GObject                  *owner,
                                           XmlRpcChannel            *channel,
                                           const XmlRpcCallOptions  *options,
                                           GBytes                   *body,
                                           const GVariantType       *reply_type,
                                           GCancellable             *cancellable);
void         xml_rpc_call_free            (XmlRpcCall               *self);

/* The two ways to make the call. The asynchronous one borrows the call until it
 * returns a value, or an error, from @task, which it takes. The value is a GVariant, or
 * a string of JSON. */
gpointer     xml_rpc_call_send            (XmlRpcCall               *self,
                                           GError                  **error);
void         xml_rpc_call_send_async      (XmlRpcCall               *self,
                                           GTask                    *task);

/* The steps that both ways take. */
gboolean     xml_rpc_call_begin           (XmlRpcCall               *self,
                                           GError                  **error);
void         xml_rpc_call_renew_scgi      (XmlRpcCall               *self);
/* Takes the message of an earlier call, if there is one, and leaves it for the next when
 * nobody else has it any more. */
void         xml_rpc_call_reuse_message   (XmlRpcCall               *self);
void         xml_rpc_call_renew_message   (XmlRpcCall               *self);
void         xml_rpc_call_leave_message   (XmlRpcCall               *self);
gboolean     xml_rpc_call_take_retry      (XmlRpcCall               *self);
void         xml_rpc_call_learn_authentication (XmlRpcCall          *self);
gboolean     xml_rpc_call_take_authentication  (XmlRpcCall          *self);
/* Whether this call may ask the program for a password; if not, another one does. */
gboolean     xml_rpc_call_take_floor      (XmlRpcCall               *self);
/* Whether another call has found out meanwhile that there is no password. */
gboolean     xml_rpc_call_is_refused      (XmlRpcCall               *self);
void         xml_rpc_call_leave_floor     (XmlRpcCall               *self);
XmlRpcFloor *xml_rpc_call_get_floor       (XmlRpcCall               *self);
XmlRpcReply *xml_rpc_call_create_reply    (XmlRpcCall               *self);
gboolean     xml_rpc_call_can_poll        (GInputStream             *stream);
/* For the response whose head has come. */
gsize        xml_rpc_call_get_buffer_size (XmlRpcCall               *self);
/* No longer than until @end_time, in monotonic microseconds, 0 for no limit. */
gssize       xml_rpc_call_read_nonblocking (XmlRpcCall              *self,
                                           GInputStream             *stream,
                                           char                     *buffer,
                                           gsize                     size,
                                           gint64                    end_time,
                                           GError                  **error);
void         xml_rpc_call_abandon_stream  (XmlRpcCall               *self,
                                           GInputStream             *stream);
void         xml_rpc_call_explain_error   (XmlRpcCall               *self,
                                           GError                  **error);
void         xml_rpc_call_tell_error      (XmlRpcCall               *self,
                                           const GError             *error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (XmlRpcCall, xml_rpc_call_free)

G_END_DECLS
