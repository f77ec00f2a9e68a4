/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The text of a page of HTML, or of its beginning, in UTF-8, with a line for each block.
 * The title comes last, for most pages repeat it. NULL where libxml2 was built without
 * HTML. */
char *xml_rpc_html_to_text (const char *html,
                            gsize       length);

G_END_DECLS
