/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <xmlrpc-glib/xml-rpc-value.h>

G_BEGIN_DECLS

struct _XmlRpcValue
{
  GObject parent_instance;
};

struct _XmlRpcValueClass
{
  GObjectClass parent_class;
};

/* Makes sure that a subclass holds a value of its kind: where there is none, or
 * (which is a critical) one of another kind, it is the fallback, whose floating
 * reference is taken either way. */
void xml_rpc_value_require (XmlRpcValue     *self,
                            XmlRpcValueKind  kind,
                            GVariant        *fallback);

G_END_DECLS
