/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <libsoup/soup.h>

#include "xml-rpc-call-options-private.h"
#include "xml-rpc-channel-private.h"
#include "xml-rpc-question-private.h"

G_BEGIN_DECLS

/* How many interim responses (1xx) there may be before the answer. libsoup reads them
 * as fast as they come, without a turn for the main loop, and so for our timeout. */
#define XML_RPC_REQUEST_MAX_INTERIM_ANSWERS 1000

typedef struct _XmlRpcCall XmlRpcCall;

/* A message with its handlers, and the call that has it. */
struct _XmlRpcRequest
{
  SoupMessage       *message;
  XmlRpcCall        *call;              /* NULL between two */
  gboolean           is_seen;           /* by the program */
  gboolean           is_plain;          /* it is not, and nothing but the answer came */
  gboolean           authenticates;     /* or else libsoup is not to do that */
  gboolean           has_basic;         /* the password is in it */
  gboolean           has_authorization; /* the program's own */
  gboolean           has_answered;      /* a challenge of the server's */
  gboolean           is_postponed;      /* until another call knows the password */
  XmlRpcQuestion    *question;          /* that the program has been asked, or NULL */
  goffset            n_written;         /* of the body, in bytes */
  gboolean           is_compressed;     /* the answer, and libsoup leaves it so */
  GVariant          *headers;           /* that it was made with, or NULL */
  XmlRpcCredentials *credentials;       /* likewise */
};

XmlRpcRequest *xml_rpc_request_new             (XmlRpcChannel           *channel,
                                                const XmlRpcCallOptions *options);
void           xml_rpc_request_free            (XmlRpcRequest           *self);
/* Whether one that is made with these options would be the same. */
gboolean       xml_rpc_request_fits            (const XmlRpcRequest     *self,
                                                const XmlRpcCallOptions *options);

/* Gives it to a call, with the body of that. */
void           xml_rpc_request_attach          (XmlRpcRequest       *self,
                                                XmlRpcCall          *call);
/* Takes it from its call, when that is over. FALSE if it is of no use to another. */
gboolean       xml_rpc_request_detach          (XmlRpcRequest       *self);

/* Whether the answer asks to authenticate. */
gboolean       xml_rpc_request_is_unauthorized (const XmlRpcRequest *self);
/* Whether there is a password for what it asks, which it has not seen yet. */
gboolean       xml_rpc_request_has_password    (const XmlRpcRequest *self);
/* Ends the wait for the program, if there is one, as nobody needs its answer any more. */
void           xml_rpc_request_withdraw        (XmlRpcRequest       *self);
/* Whether libsoup reads the body before it says what came. */
gboolean       xml_rpc_request_may_be_repeated (const XmlRpcRequest *self);

G_END_DECLS
