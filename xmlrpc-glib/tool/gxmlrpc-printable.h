/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What may reach a terminal. Names, faults and values come from servers, which must not
 * move the cursor, turn the direction of writing round, or hide what is there. */

/* Whether a character is seen, and is nothing but a character: neither a control character,
 * a space of no width, a mark of direction, nor the end of a line. */
gboolean gxmlrpc_printable_is_safe   (gunichar     c);
/* A text with its lines and tabulators; other characters that are not safe as \u202e. */
char    *gxmlrpc_printable_from_text (const char  *text);
/* The same on one line: the end of a line is \n. */
char    *gxmlrpc_printable_from_line (const char  *text);

G_END_DECLS
