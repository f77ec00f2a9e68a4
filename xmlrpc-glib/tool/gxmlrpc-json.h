/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A value as JSON. */
typedef enum
{
  GXMLRPC_JSON_PLAIN    = 0,      /* numbers, and strings for what JSON lacks */
  GXMLRPC_JSON_EXACT    = 1 << 0, /* what JSON lacks as objects such as {"$i8": "5"} */
  GXMLRPC_JSON_TERMINAL = 1 << 1  /* for people: lines, indentation, colours; and no harm done */
} GxmlrpcJsonFlags;

char *gxmlrpc_json_print (GVariant          *value,
                          GxmlrpcJsonFlags   flags,
                          GError           **error);

G_END_DECLS
