/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

#include <xmlrpc-glib/xml-rpc-value.h>

G_BEGIN_DECLS

/* The variant in natural form, a new reference: shared where it already is. The
 * caller has sunk the variant. */
GVariant        *xml_rpc_natural_form           (GVariant  *variant,
                                                 GError   **error);
/* The same of a part of something; @root is what errors call the part. */
GVariant        *xml_rpc_natural_form_within    (GVariant    *variant,
                                                 const char  *root,
                                                 GError     **error);
XmlRpcValueKind  xml_rpc_natural_form_get_kind  (GVariant  *natural);

/* A value that was decoded to its natural type, as decoding it with an expected
 * type would have given it, with the same errors. NULL @type: as it is. Returns
 * a reference of the caller's. Nothing stands before the place that errors name. */
GVariant        *xml_rpc_natural_form_convert   (GVariant            *natural,
                                                 const GVariantType  *type,
                                                 GError             **error);

/* What xml_rpc_value_equal() and xml_rpc_value_to_string() document. */
gboolean         xml_rpc_natural_form_equal     (GVariant  *a,
                                                 GVariant  *b);
char            *xml_rpc_natural_form_to_string (GVariant  *natural);

/* The special form `(os)` of what GVariant has no type for. */
GVariant        *xml_rpc_special_form_new      (XmlRpcValueKind  kind,
                                                const char      *text);
const char      *xml_rpc_special_form_get_text (GVariant        *special);

G_END_DECLS
