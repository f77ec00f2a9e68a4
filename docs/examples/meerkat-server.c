/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The server of the demo: news over XML-RPC. Prints its URL, and serves until it
 * gets SIGTERM or SIGINT. */

#include <stdlib.h>

#include "news-server.h"
#include "serve.h"

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XmlRpcServer) server = news_server_new (&error);

  if (server == NULL || !serve_until_signal (server, 0, &error))
    {
      g_printerr ("meerkat-server: %s\n", error->message);
      return EXIT_FAILURE;
    }

  return EXIT_SUCCESS;
}
