/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The headers of the command line, NULL or 'NAME: VALUE' each, as the proxy takes them.
 * Whether it takes them all, it says itself. */
GVariant *gxmlrpc_headers_parse (const char * const  *texts,
                                 GError             **error);

G_END_DECLS
