/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <xmlrpc-glib/xmlrpc-glib.h>

#include "gxmlrpc-address.h"

G_BEGIN_DECLS

#define GXMLRPC_WITHOUT_PASSWORD \
  "other users of this machine can see a password on the command line: use --password-file, " \
  "or let gxmlrpc ask for it"

/* Who calls, as the command line has it: without a password, for other users of
 * the machine see it there. */
typedef struct
{
  char     *user;
  char     *password_file;
  gboolean  netrc;
  gboolean  no_prompt;
  char     *password; /* that of standard input */
} GxmlrpcCredentials;

void     gxmlrpc_credentials_add_options (GxmlrpcCredentials    *self,
                                          GOptionContext        *context);
void     gxmlrpc_credentials_clear       (GxmlrpcCredentials    *self);

/* Reads a password that stands on standard input, before the values there. */
gboolean gxmlrpc_credentials_read_input  (GxmlrpcCredentials    *self,
                                          GError               **error);

/* Gives the proxy user and password, read or asked for; none where there is no user. */
gboolean gxmlrpc_credentials_apply       (GxmlrpcCredentials    *self,
                                          const GxmlrpcAddress  *address,
                                          XmlRpcServerProxy     *proxy,
                                          GError               **error);

G_END_DECLS
