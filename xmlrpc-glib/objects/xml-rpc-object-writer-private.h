/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "xml-rpc-mapping-private.h"

G_BEGIN_DECLS

/* The conversion of objects to a GVariant of natural form. Both functions return NULL with
 * an error that names the place. What they return is the caller's. */

GVariant *xml_rpc_object_writer_write_object   (XmlRpcMappings           *mappings,
                                                GObject                  *object,
                                                const XmlRpcObjectPlace  *place,
                                                GError                  **error);
/* Of a property that is not NULL. */
GVariant *xml_rpc_object_writer_write_property (XmlRpcMappings           *mappings,
                                                const XmlRpcProperty     *property,
                                                const GValue             *value,
                                                const XmlRpcObjectPlace  *place,
                                                GError                  **error);

G_END_DECLS
