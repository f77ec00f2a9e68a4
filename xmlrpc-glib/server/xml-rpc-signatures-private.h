/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The signatures of a method, perhaps none. They may be shared by threads. */
typedef struct _XmlRpcSignatures XmlRpcSignatures;

/* @signatures may be NULL. Fails where one is not types separated by commas, as
 * "array,struct". */
XmlRpcSignatures   *xml_rpc_signatures_new          (const char * const  *signatures,
                                                     GError             **error);
XmlRpcSignatures   *xml_rpc_signatures_ref          (XmlRpcSignatures    *self);
void                xml_rpc_signatures_unref        (XmlRpcSignatures    *self);

/* Without white space. */
const char * const *xml_rpc_signatures_get_texts    (XmlRpcSignatures    *self);

/* The parameters, which are of natural types, in the exact types of the first
 * signature that they fit; not floating. Fails with a fault. */
GVariant           *xml_rpc_signatures_check_params (XmlRpcSignatures    *self,
                                                     GVariant            *params,
                                                     GError             **error);

/* Whether a method may return the value to the parameters, which are as they came. Of the
 * signatures that the parameters fit, each counts. Fails with a fault. */
gboolean            xml_rpc_signatures_check_result (XmlRpcSignatures    *self,
                                                     GVariant            *params,
                                                     GVariant            *value,
                                                     GError             **error);

/* TRUE the first time. In the thread of the server. */
gboolean            xml_rpc_signatures_warn_once    (XmlRpcSignatures    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (XmlRpcSignatures, xml_rpc_signatures_unref)

G_END_DECLS
