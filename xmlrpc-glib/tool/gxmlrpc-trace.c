/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "gxmlrpc-trace.h"

#include <stdio.h>
#include <string.h>

#include "gxmlrpc-printable.h"

static gboolean
is_one_of (const char         *name,
           const char * const *names)
{
  for (; *names != NULL; names++)
    {
      if (g_ascii_strcasecmp (name, *names) == 0)
        return TRUE;
    }

  return FALSE;
}

static void
print_line (char        direction,
            const char *line)
{
  g_autofree char *printable = gxmlrpc_printable_from_line (line);

  fprintf (stderr, "%c %s\n", direction, printable);
}

/* The value of an Authorization begins with its scheme, which is no secret. */
static void
print_header (char        direction,
              const char *name,
              const char *value)
{
  static const char * const credentials[] = { "Authorization", "Proxy-Authorization", NULL };
  static const char * const secrets[] = { "Cookie", "Set-Cookie", NULL };
  const char *space = strchr (value, ' ');
  g_autofree char *line = NULL;

  if (is_one_of (name, secrets) || (is_one_of (name, credentials) && space == NULL))
    line = g_strdup_printf ("%s: (hidden)", name);
  else if (is_one_of (name, credentials))
    line = g_strdup_printf ("%s: %.*s (hidden)", name, (int) (space - value), value);
  else
    line = g_strdup_printf ("%s: %s", name, value);

  print_line (direction, line);
}

/* What SoupLogger tells once there is an answer: the bodies, and the headers that
 * came. Those that were sent are shown already. */
static void
on_log (SoupLogger         *logger,
        SoupLoggerLogLevel  level,
        char                direction,
        const char         *line,
        gpointer            user_data)
{
  static const char * const own_headers[] = { "Soup-Debug", "Soup-Debug-Timestamp", NULL };
  const char *separator = strstr (line, ": ");
  g_autofree char *name = NULL;

  if (level == SOUP_LOGGER_LOG_BODY)
    {
      print_line (direction, line);
      return;
    }

  if (direction == '>')
    return;

  name = separator != NULL ? g_strndup (line, (gsize) (separator - line)) : NULL;
  if (name == NULL)
    print_line (direction, line);
  else if (!is_one_of (name, own_headers))
    print_header (direction, name, separator + strlen (": "));
}

void
gxmlrpc_trace_begin (SoupSession *session)
{
  g_autoptr (SoupLogger) logger = soup_logger_new (SOUP_LOGGER_LOG_BODY);

  soup_logger_set_printer (logger, on_log, NULL, NULL);
  soup_session_add_feature (session, SOUP_SESSION_FEATURE (logger));
}

static void
print_request_header (const char *name,
                      const char *value,
                      gpointer    user_data)
{
  print_header ('>', name, value);
}

static void
on_wrote_headers (SoupMessage *message,
                  gpointer     user_data)
{
  GUri *uri = soup_message_get_uri (message);
  const char *query = g_uri_get_query (uri);
  g_autofree char *line = g_strdup_printf ("%s %s%s%s %s", soup_message_get_method (message), g_uri_get_path (uri),
                                           query != NULL ? "?" : "", query != NULL ? query : "",
                                           soup_message_get_http_version (message) == SOUP_HTTP_2_0 ? "HTTP/2"
                                                                                                   : "HTTP/1.1");

  print_line ('>', line);
  soup_message_headers_foreach (soup_message_get_request_headers (message), print_request_header, NULL);
}

static void
on_network_event (SoupMessage        *message,
                  GSocketClientEvent  event,
                  GIOStream          *connection,
                  gpointer            user_data)
{
  static const char * const names[] = {
    [G_SOCKET_CLIENT_RESOLVING] = "resolving the name of the host",
    [G_SOCKET_CLIENT_CONNECTING] = "connecting",
    [G_SOCKET_CLIENT_PROXY_NEGOTIATING] = "negotiating with the proxy",
    [G_SOCKET_CLIENT_TLS_HANDSHAKING] = "beginning TLS",
    [G_SOCKET_CLIENT_COMPLETE] = "connected",
  };

  if (event < G_N_ELEMENTS (names) && names[event] != NULL)
    print_line ('*', names[event]);
}

void
gxmlrpc_trace_watch (SoupMessage *message)
{
  g_signal_connect (message, "network-event", G_CALLBACK (on_network_event), NULL);
  g_signal_connect (message, "wrote-headers", G_CALLBACK (on_wrote_headers), NULL);
}
