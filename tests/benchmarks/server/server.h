/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <libsoup/soup.h>

/* Listens on a free port, prints the URL, and serves until the standard input
 * ends. Returns what main() returns. */
int server_run (SoupServer *server);
