/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  XML_RPC_DECLARATION_IS_MISSING,
  XML_RPC_DECLARATION_IS_CUT,     /* more text is needed to tell */
  XML_RPC_DECLARATION_IS_BROKEN,
  XML_RPC_DECLARATION_IS_THERE,
} XmlRpcDeclarationStatus;

/* An XML declaration, "<?xml version=... ?>" (section 2.8 of XML 1.0). */
typedef struct
{
  gsize       length;           /* of all of it */
  const char *encoding;         /* within the text; NULL: none */
  gsize       encoding_length;
  gboolean    is_plain;         /* there is nothing in it that XML 1.0 does not have */
} XmlRpcDeclaration;

/* Of a text that begins with one, in any encoding that has ASCII's characters. */
XmlRpcDeclarationStatus xml_rpc_declaration_parse (XmlRpcDeclaration *self,
                                                   const char        *text,
                                                   gsize              length);

G_END_DECLS
