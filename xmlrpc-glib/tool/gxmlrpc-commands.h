/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One file each. @argv begins with the command's name. */
gboolean gxmlrpc_call      (char    **argv,
                            GError  **error);
gboolean gxmlrpc_multicall (char    **argv,
                            GError  **error);
gboolean gxmlrpc_list      (char    **argv,
                            GError  **error);
gboolean gxmlrpc_describe  (char    **argv,
                            GError  **error);
gboolean gxmlrpc_encode    (char    **argv,
                            GError  **error);
gboolean gxmlrpc_decode    (char    **argv,
                            GError  **error);
gboolean gxmlrpc_serve     (char    **argv,
                            GError  **error);
gboolean gxmlrpc_record    (char    **argv,
                            GError  **error);

G_END_DECLS
