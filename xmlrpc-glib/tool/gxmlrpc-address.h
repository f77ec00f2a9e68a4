/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Who calls, as the command line has it: without a password, for other users of
 * the machine see it there. */
typedef struct
{
  char     *user;
  char     *password_file;
  gboolean  no_prompt;
} GxmlrpcCredentials;

/* The URL with user name and password, read or asked for. */
char *gxmlrpc_address_complete (const char                *uri,
                                const GxmlrpcCredentials  *credentials,
                                GError                   **error);

G_END_DECLS
