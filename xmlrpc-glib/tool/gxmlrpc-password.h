/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The first line of a file, or of standard input where that is "-". */
char *gxmlrpc_password_read_file (const char  *path,
                                  GError     **error);
/* What is typed on the terminal, unseen, even where standard input is none. */
char *gxmlrpc_password_ask       (const char  *user,
                                  const char  *host,
                                  GError     **error);

G_END_DECLS
