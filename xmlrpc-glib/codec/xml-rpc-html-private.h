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

/* The same HTML without whatever could do anything: the elements that mark text up, with no
 * attribute but links of http and https, all of them closed. NULL where libxml2 was built
 * without HTML. */
char *xml_rpc_html_sanitize (const char *html);

/* Whether the name, of that length, is that of an element which xml_rpc_html_sanitize()
 * keeps. */
gboolean xml_rpc_html_is_markup (const char *name,
                                 gsize       length);

G_END_DECLS
