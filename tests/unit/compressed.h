/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Bodies of messages as HTTP compresses them. */

GBytes *compressed_new      (const void            *data,
                             gsize                  length,
                             GZlibCompressorFormat  format);
GBytes *compressed_new_text (const char            *text);
/* The text of what has the format gzip. */
char   *compressed_get_text (GBytes                *self);

G_END_DECLS
