/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Nothing but XML's white space. */
gboolean xml_rpc_text_is_blank (const char *text,
                                gsize       length);

/* libxml2 lets some sequences pass that are no UTF-8 (overlong ones), and what
 * it takes for a character GVariant may not. */
gboolean xml_rpc_text_is_utf8  (const char *text,
                                gsize       length);

/* A member's name in the place that an error names: ".a", or "[\"a b\"]". Of a
 * long one the beginning. */
void     xml_rpc_text_append_member_name (GString    *place,
                                          const char *name);

G_END_DECLS
