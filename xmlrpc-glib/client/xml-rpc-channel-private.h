/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <sys/types.h>

#include <libsoup/soup.h>

#include "xml-rpc-deadlines-private.h"
#include "xml-rpc-floor-private.h"
#include "xml-rpc-gate-private.h"
#include "xml-rpc-sockets-private.h"
#include "xml-rpc-uri-private.h"

G_BEGIN_DECLS

/* As many as there are connections. */
#define XML_RPC_CHANNEL_MAX_SPARE_REQUESTS 8

typedef struct _XmlRpcRequest XmlRpcRequest;

typedef gboolean (*XmlRpcMessageFunc)   (SoupMessage *message,
                                         gpointer     user_data);
typedef void     (*XmlRpcHttpErrorFunc) (SoupMessage *message,
                                         gpointer     user_data);

/* What the calls of one proxy share; it outlives them. */
typedef struct
{
  pid_t            process; /* that has made it */
  SoupSession     *session;
  gboolean         has_own_session;
  SoupAuthManager *auth_manager; /* of the own session, or NULL */
  XmlRpcUri       *uri; /* NULL if there can be no calls */
  XmlRpcGate      *gate;
  XmlRpcFloor      blocking_floor; /* for calls that block */
  XmlRpcFloor      floor;          /* for those that do not */
  XmlRpcDeadlines *deadlines;
  XmlRpcSockets   *sockets;
  gboolean         corks_sockets;

  /*< private >*/
  /* Called in the thread of the call: before each request is sent, which returns
   * whether anybody has seen the message, and when the call fails for the status
   * of the answer. */
  XmlRpcMessageFunc   message_func;
  XmlRpcHttpErrorFunc http_error_func;
  gpointer            func_data;

  /* Since it answered without; until it asks for it. */
  gboolean needs_no_authentication;

  /* For the next calls, or NULL. The cancellable keeps the file descriptor that a
   * synchronous call waits with, which is more work to make than all else of it; a
   * request its message and handlers, which are as much as an eighth. */
  GCancellable  *spare_cancellable;
  XmlRpcRequest *spare_requests[XML_RPC_CHANNEL_MAX_SPARE_REQUESTS];
} XmlRpcChannel;

void           xml_rpc_channel_init                     (XmlRpcChannel       *self,
                                                         XmlRpcMessageFunc    message_func,
                                                         XmlRpcHttpErrorFunc  http_error_func,
                                                         gpointer             func_data);
/* With a session of its own if @session is NULL. FALSE if nothing can be sent to
 * @uri: then there is a session, but there can be no calls. */
gboolean       xml_rpc_channel_open                     (XmlRpcChannel       *self,
                                                         const char          *uri,
                                                         SoupSession         *session,
                                                         GError             **error);
void           xml_rpc_channel_clear                    (XmlRpcChannel       *self);

/* The rest is for any thread. */

/* FALSE, with an error, in a child of fork(). It takes no lock, which might be held for ever. */
gboolean       xml_rpc_channel_check_process            (const XmlRpcChannel *self,
                                                         GError             **error);

/* Whether anybody else sees a message that is about to be sent. */
gboolean       xml_rpc_channel_show_message             (XmlRpcChannel       *self,
                                                         SoupMessage         *message);
void           xml_rpc_channel_tell_http_error          (XmlRpcChannel       *self,
                                                         SoupMessage         *message);

/* Makes an own session forget whom it has authenticated. */
void           xml_rpc_channel_forget_authentication    (XmlRpcChannel       *self);
/* Whether libsoup has to be ready to authenticate, until something else is set. */
gboolean       xml_rpc_channel_needs_authentication     (XmlRpcChannel       *self);
void           xml_rpc_channel_set_needs_authentication (XmlRpcChannel       *self,
                                                         gboolean             needed);

/* What a call takes over from an earlier one, and leaves for the next. It always gets a
 * cancellable, but a request only if one is left. */
GCancellable  *xml_rpc_channel_take_cancellable         (XmlRpcChannel       *self);
void           xml_rpc_channel_leave_cancellable        (XmlRpcChannel       *self,
                                                         GCancellable        *cancellable);
XmlRpcRequest *xml_rpc_channel_take_request             (XmlRpcChannel       *self);
void           xml_rpc_channel_leave_request            (XmlRpcChannel       *self,
                                                         XmlRpcRequest       *request);

G_END_DECLS
