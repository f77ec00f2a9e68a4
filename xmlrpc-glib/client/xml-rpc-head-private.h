/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <libsoup/soup.h>

/* The head of a response, whichever way it came. Borrowed from there. */
typedef struct
{
  guint               status;
  const char         *reason;        /* or NULL */
  SoupMessageHeaders *headers;
  const char         *authorization; /* that went with the request, or NULL */
  gboolean            is_compressed; /* the body still is, if the headers say so */
} XmlRpcHead;
