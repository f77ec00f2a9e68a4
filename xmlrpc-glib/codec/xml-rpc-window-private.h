/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A few kilobytes of XML that stand outside of tags and markup at their beginning. They
 * are looked through at once: most windows have nothing special in them. */

/* A text from here on may be a large binary. */
#define XML_RPC_WINDOW_LONG_TEXT 1024

/* Between two characters. */
const char *xml_rpc_window_find_end     (const char *data,
                                         const char *end);

/* Whether there may be anything but text and tags without attributes. That it is found
 * too often costs little. */
gboolean    xml_rpc_window_has_specials (const char *data,
                                         const char *end);

/* Of a window without specials: up to the end of the last tag, if a long text follows;
 * before a tag that is not whole; or up to the end. @may_be_raw: a start tag is before
 * a long text. */
const char *xml_rpc_window_cut          (const char *data,
                                         const char *end,
                                         gboolean   *may_be_raw);

/* Of a whole tag. */
gboolean    xml_rpc_window_is_start_tag (const char *tag,
                                         const char *bracket);

G_END_DECLS
