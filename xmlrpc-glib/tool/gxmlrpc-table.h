/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A value as lines and columns: an array of structs has a row for each and a column for each
 * name, a struct has a row for each member, and any other array a row for each item. On a
 * terminal the columns fit its width. NULL if the value is none of these. */
char *gxmlrpc_table_print (GVariant *value);

G_END_DECLS
