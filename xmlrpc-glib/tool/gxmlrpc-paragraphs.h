/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A text set in, without what all its lines are set in by already, as in a docstring; lines
 * that are too long go on in the next one. */
char *gxmlrpc_paragraphs_set_in (const char *text,
                                 gsize       indentation,
                                 gsize       width);

G_END_DECLS
