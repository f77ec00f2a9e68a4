/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the command's values have beyond GVariant text, wherever a value may stand:
 * 2026-11-23T08:40:00 is a date, an integer that needs more than 32 bits needs no type, and
 * @FILE is the bytes of a file. */

/* GVariant text for such a text. The names of the files are added to @files, unless it is
 * NULL: then @FILE is nothing special. */
char     *gxmlrpc_literals_expand     (const char  *text,
                                       GPtrArray   *files);
/* A value in which the files stand, read. */
GVariant *gxmlrpc_literals_read_files (GVariant    *value,
                                       GPtrArray   *files,
                                       GError     **error);
/* JSON in which the files of {"$base64": "@FILE"} stand, read; or NULL with @error set. */
char     *gxmlrpc_literals_read_json  (const char  *json,
                                       GError     **error);
/* The text as people write it, of GVariant text. */
char     *gxmlrpc_literals_abbreviate (const char  *text);

G_END_DECLS
