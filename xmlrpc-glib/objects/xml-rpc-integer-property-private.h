/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* The eight types of integers that properties have. */

typedef struct
{
  gint64 min;
  gint64 max;
} XmlRpcIntegerRange;

/* What the property allows, or else its type, of what XML-RPC has. */
XmlRpcIntegerRange xml_rpc_integer_property_get_range (GParamSpec   *pspec);

/* A value in that range. */
void               xml_rpc_integer_property_set       (GValue       *value,
                                                       gint64        number);
/* FALSE if it is beyond what XML-RPC has. */
gboolean           xml_rpc_integer_property_get       (const GValue *value,
                                                       gint64       *number);

G_END_DECLS
