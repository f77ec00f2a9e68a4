/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* A jar with what is in a file of cookies, of Netscape's form. A file that is not there is
 * an empty one. */
SoupCookieJar *gxmlrpc_cookies_read  (const char     *path,
                                      GError        **error);
/* Writes all cookies, those of a session too: each run of the command would be a session of
 * its own. Only the user can read the file. */
gboolean       gxmlrpc_cookies_write (SoupCookieJar  *jar,
                                      const char     *path,
                                      GError        **error);

G_END_DECLS
