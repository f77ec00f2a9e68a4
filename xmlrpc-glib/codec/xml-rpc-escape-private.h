/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "../variant/xml-rpc-buffer-private.h"

G_BEGIN_DECLS

/* Appends text with references for what means something in XML. @text is UTF-8.
 * Returns NULL, or the first character that XML 1.0 cannot carry (section 2.2 of
 * its specification). */
const char *xml_rpc_escape        (XmlRpcBuffer *out,
                                   const char   *text,
                                   gsize         length);

/* The same byte by byte, for the tests. */
const char *xml_rpc_escape_slowly (XmlRpcBuffer *out,
                                   const char   *text,
                                   gsize         length);

G_END_DECLS
