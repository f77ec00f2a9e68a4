/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What becomes of "--json=exact": an option of GLib's either has a value or has none. */
#define GXMLRPC_JSON_EXACT_OPTION "json-exact"

/* What a command gets beside its options: some names, such as a URL and a method,
 * and values for those commands that take them. */
typedef struct _GxmlrpcArguments GxmlrpcArguments;

/* @usage is as people read it: "URL [METHOD]", "URL METHOD [VALUE...]". */
GxmlrpcArguments *gxmlrpc_arguments_new          (const char        *usage);
void              gxmlrpc_arguments_free         (GxmlrpcArguments  *self);

/* A context for the command's other options. */
GOptionContext   *gxmlrpc_arguments_get_context  (GxmlrpcArguments  *self);
/* Reads a command line, which begins with the command's name. */
gboolean          gxmlrpc_arguments_parse        (GxmlrpcArguments  *self,
                                                  char             **argv,
                                                  GError           **error);

/* NULL for an optional one that is not there. */
const char       *gxmlrpc_arguments_get_name     (GxmlrpcArguments  *self,
                                                  guint              index);
guint             gxmlrpc_arguments_get_n_values (GxmlrpcArguments  *self);
/* All values, as a tuple. */
GVariant         *gxmlrpc_arguments_get_values   (GxmlrpcArguments  *self,
                                                  gboolean           json,
                                                  GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxmlrpcArguments, gxmlrpc_arguments_free)

G_END_DECLS
