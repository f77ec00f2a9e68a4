/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "xml-rpc-head-private.h"

G_BEGIN_DECLS

/* How much of a body is kept to be quoted. */
#define XML_RPC_EXCERPT_MAX_HEAD (8 * 1024)

/* The first line that a server says in the body of its response, which begins with @begin: as text, in one line, to be quoted in an error. NULL if it says nothing but
 * what its status does. */
char *xml_rpc_excerpt_create (const XmlRpcHead *head,
                              const char  *begin,
                              gsize        length);

G_END_DECLS
