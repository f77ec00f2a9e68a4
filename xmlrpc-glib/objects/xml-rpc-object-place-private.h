/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib-object.h>

#include <xmlrpc-glib/xml-rpc-error.h>

G_BEGIN_DECLS

/* Where in a struct or an object a value is. Each place is on the stack of the function
 * that goes into it, and knows the one around it. */
typedef struct _XmlRpcObjectPlace XmlRpcObjectPlace;

struct _XmlRpcObjectPlace
{
  const XmlRpcObjectPlace *outer;
  const char              *name;    /* of a member; NULL: an item */
  gsize                    index;   /* of an item */
  GObject                 *holder;  /* what is being written, with this within it */
};

/* NULL @place is the outermost value. These return FALSE. */
gboolean xml_rpc_object_place_fail      (const XmlRpcObjectPlace  *place,
                                         XmlRpcError               code,
                                         GError                  **error,
                                         const char               *format,
                                         ...) G_GNUC_PRINTF (4, 5);
/* The message of @problem may begin with a place of its own, within this one. */
gboolean xml_rpc_object_place_propagate (const XmlRpcObjectPlace  *place,
                                         GError                  **error,
                                         GError                   *problem);

/* Arrays and structs are nested no deeper than elsewhere. */
gboolean xml_rpc_object_place_check     (const XmlRpcObjectPlace  *place,
                                         GError                  **error);

G_END_DECLS
