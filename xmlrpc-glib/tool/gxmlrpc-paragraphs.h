/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Text in lines of a certain width, out of words that come one by one. */
typedef struct _GxmlrpcParagraphs GxmlrpcParagraphs;

GxmlrpcParagraphs *gxmlrpc_paragraphs_new        (int                 width);
void               gxmlrpc_paragraphs_free       (GxmlrpcParagraphs  *self);

/* Text that stays together with what comes before and after, unless there is a
 * space between. */
void               gxmlrpc_paragraphs_add        (GxmlrpcParagraphs  *self,
                                                  const char         *text,
                                                  gsize               length);
void               gxmlrpc_paragraphs_add_space  (GxmlrpcParagraphs  *self);
/* Ends the line if there is one, and leaves an empty one if that is wanted. */
void               gxmlrpc_paragraphs_break      (GxmlrpcParagraphs  *self,
                                                  gboolean            with_empty_line);
/* Text as it is, with its spaces and lines; lines that are too long go on in the
 * next one. */
void               gxmlrpc_paragraphs_add_lines  (GxmlrpcParagraphs  *self,
                                                  const char         *text,
                                                  gsize               length);
/* How far the lines that follow are set in, more or less than now. */
void               gxmlrpc_paragraphs_indent     (GxmlrpcParagraphs  *self,
                                                  int                 change);

char              *gxmlrpc_paragraphs_end        (GxmlrpcParagraphs  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxmlrpcParagraphs, gxmlrpc_paragraphs_free)

G_END_DECLS
