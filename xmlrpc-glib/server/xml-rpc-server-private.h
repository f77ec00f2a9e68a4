/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "xml-rpc-service-private.h"

G_BEGIN_DECLS

/* Properties that are booleans, and in a file of their own. */
typedef enum
{
  XML_RPC_SWITCH_ACCESS_LOG,
  XML_RPC_SWITCH_STATUS_METHOD,
  XML_RPC_SWITCH_DOCUMENTATION,
  XML_RPC_N_SWITCHES
} XmlRpcSwitch;

typedef struct
{
  XmlRpcService  service;
  GPtrArray     *attachments;     /* of xml-rpc-server-attach.c */
  gboolean       introspection;
  gboolean       switches[XML_RPC_N_SWITCHES];
} XmlRpcServerPrivate;

XmlRpcServerPrivate *xml_rpc_server_get_private       (XmlRpcServer     *self);

/* The properties that are limits; the functions return FALSE for another property. */
void                 xml_rpc_server_install_limits    (GObjectClass     *object_class);
void                 xml_rpc_server_init_limits       (XmlRpcServer     *self);
gboolean             xml_rpc_server_get_limit         (XmlRpcServer     *self,
                                                       guint             property_id,
                                                       GValue           *value);
gboolean             xml_rpc_server_set_limit         (XmlRpcServer     *self,
                                                       guint             property_id,
                                                       const GValue     *value);

void                 xml_rpc_server_install_switches  (GObjectClass     *object_class);
gboolean             xml_rpc_server_get_switch        (XmlRpcServer     *self,
                                                       guint             property_id,
                                                       GValue           *value);
gboolean             xml_rpc_server_set_switch        (XmlRpcServer     *self,
                                                       guint             property_id,
                                                       const GValue     *value);

void                 xml_rpc_server_install_texts     (GObjectClass     *object_class);
gboolean             xml_rpc_server_get_text          (XmlRpcServer     *self,
                                                       guint             property_id,
                                                       GValue           *value);
gboolean             xml_rpc_server_set_text          (XmlRpcServer     *self,
                                                       guint             property_id,
                                                       const GValue     *value);

/* For the array of attachments. */
void                 xml_rpc_server_attachment_free   (gpointer          attachment);

/* Whether the program lets the call be executed. */
gboolean             xml_rpc_server_authorize         (XmlRpcServer     *self,
                                                       XmlRpcInvocation *invocation);

/* Whether anybody wants to know of calls that have been answered. */
gboolean             xml_rpc_server_has_watcher       (XmlRpcServer     *self);
void                 xml_rpc_server_tell_finished     (XmlRpcServer     *self,
                                                       XmlRpcInvocation *invocation,
                                                       guint64           microseconds);
void                 xml_rpc_server_log_call          (XmlRpcInvocation *invocation,
                                                       guint64           microseconds);

G_END_DECLS
