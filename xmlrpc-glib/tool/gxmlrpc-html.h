/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether a text has tags or character references of HTML. */
gboolean  gxmlrpc_html_is_html (const char *text);
/* As text for people, in lines of @width characters, set in by @indentation. */
char     *gxmlrpc_html_to_text (const char *html,
                                int         indentation,
                                int         width);

G_END_DECLS
