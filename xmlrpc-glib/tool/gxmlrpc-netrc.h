/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Looks a host up in ~/.netrc, or in the file that the environment's NETRC names. If
 * *@user is there already, only an entry of this user counts. Without an entry both stay
 * as they are. Fails if the file cannot be read. */
gboolean gxmlrpc_netrc_look_up (const char  *host,
                                char       **user,
                                char       **password,
                                GError     **error);

G_END_DECLS
