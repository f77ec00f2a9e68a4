/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A parameter, as the help of its method names it. */
typedef struct
{
  char *name;
  char *type; /* or NULL */
} GxmlrpcParam;

/* The parameters that a help text names, in its order:
 *
 *   @param TYPE NAME, @param TYPE $NAME, @param NAME and @param NAME:   (PHP, Java, epydoc)
 *   :param NAME: and :param TYPE NAME:                                  (Sphinx)
 *   NAME (TYPE): below Args:, NAME : TYPE below Parameters              (Google, NumPy)
 *   METHOD(TYPE NAME, NAME: TYPE, NAME = DEFAULT)                       (a line of code)
 */
GPtrArray *gxmlrpc_params_find (const char *help,
                                const char *method_name);

G_END_DECLS
