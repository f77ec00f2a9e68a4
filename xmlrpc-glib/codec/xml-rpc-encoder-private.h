/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "../variant/xml-rpc-buffer-private.h"

G_BEGIN_DECLS

/* What is XML already. */
#define xml_rpc_encoder_add_literal(buffer, literal) \
  xml_rpc_buffer_append ((buffer), (literal), sizeof (literal) - 1)

/* <value>...</value> */
gboolean xml_rpc_encoder_add_value  (XmlRpcBuffer  *out,
                                     GVariant      *value,
                                     GError       **error);
/* <param>...</param> for each child of the tuple */
gboolean xml_rpc_encoder_add_params (XmlRpcBuffer  *out,
                                     GVariant      *params,
                                     GError       **error);
/* Escaped; @what is for the error. */
gboolean xml_rpc_encoder_add_text   (XmlRpcBuffer  *out,
                                     const char    *what,
                                     const char    *text,
                                     GError       **error);

G_END_DECLS
