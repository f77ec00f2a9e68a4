/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "../variant/xml-rpc-variant-writer-private.h"
#include "xml-rpc-type-private.h"

G_BEGIN_DECLS

/* The values whose text is short and has to be read as a whole: numbers,
 * booleans, dates. Errors do not say where: the caller knows. */

gboolean                   xml_rpc_scalar_write      (const XmlRpcType           *type,
                                                      const char                 *text,
                                                      gsize                       length,
                                                      const XmlRpcVariantLayout  *layout,
                                                      XmlRpcVariantWriter        *writer,
                                                      GError                    **error);

/* That one type was expected and another came; always FALSE. */
gboolean                   xml_rpc_scalar_mismatch   (const XmlRpcVariantLayout  *expected,
                                                      const char                 *got,
                                                      GError                    **error);

G_END_DECLS
