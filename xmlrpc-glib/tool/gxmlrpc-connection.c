/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "gxmlrpc-connection.h"

#include <math.h>
#include <string.h>

#include <gio/gunixsocketaddress.h>

#include "gxmlrpc-address.h"
#include "gxmlrpc-cookies.h"
#include "gxmlrpc-credentials.h"
#include "gxmlrpc-error.h"
#include "gxmlrpc-headers.h"
#include "gxmlrpc-progress.h"
#include "gxmlrpc-terminal.h"
#include "gxmlrpc-tls.h"
#include "gxmlrpc-trace.h"

/* As of the proxy's own sessions. */
#define USER_AGENT "xmlrpc-glib/" XML_RPC_VERSION_S " "
/* How the proxy begins what it says about headers. */
#define HEADERS_PREFIX "headers: "
/* Seconds: what fits into milliseconds. */
#define MAX_TIMEOUT 4000000.0

struct _GxmlrpcConnection
{
  GxmlrpcCredentials  credentials;
  GxmlrpcTls          tls;
  char              **headers;
  char               *cookie_file;
  char               *timeout;
  char               *unix_socket;
  gboolean            verbose;

  SoupCookieJar      *cookies;
  XmlRpcServerProxy  *proxy;
  GxmlrpcProgress    *progress;
};

GxmlrpcConnection *
gxmlrpc_connection_new (void)
{
  return g_new0 (GxmlrpcConnection, 1);
}

/* Those that failed calls brought are kept, too. */
static void
write_cookies (GxmlrpcConnection *self)
{
  g_autoptr (GError) error = NULL;

  if (self->cookies != NULL && !gxmlrpc_cookies_write (self->cookies, self->cookie_file, &error))
    gxmlrpc_terminal_warn ("%s", error->message);
}

void
gxmlrpc_connection_free (GxmlrpcConnection *self)
{
  write_cookies (self);
  gxmlrpc_credentials_clear (&self->credentials);
  gxmlrpc_tls_clear (&self->tls);
  g_strfreev (self->headers);
  g_free (self->cookie_file);
  g_free (self->timeout);
  g_free (self->unix_socket);
  g_clear_object (&self->cookies);
  g_clear_pointer (&self->progress, gxmlrpc_progress_free);
  g_clear_object (&self->proxy);
  g_free (self);
}

void
gxmlrpc_connection_add_options (GxmlrpcConnection *self,
                                GOptionContext    *context)
{
  const GOptionEntry entries[] = {
    { "header", 'H', 0, G_OPTION_ARG_FILENAME_ARRAY, &self->headers,
      "Send this HTTP header, too", "'NAME: VALUE'" },
    { "cookie-jar", 'b', 0, G_OPTION_ARG_FILENAME, &self->cookie_file,
      "Send the cookies of FILE, and keep there what the server sets", "FILE" },
    { "timeout", 't', 0, G_OPTION_ARG_FILENAME, &self->timeout,
      "Give up after so many seconds, 0: never (default: 60)", "SECONDS" },
    { "unix-socket", 0, 0, G_OPTION_ARG_FILENAME, &self->unix_socket,
      "Connect to this socket instead of the URL's host", "PATH" },
    { "verbose", 'v', 0, G_OPTION_ARG_NONE, &self->verbose,
      "Show the HTTP exchange on standard error", NULL },
    { NULL }
  };

  gxmlrpc_credentials_add_options (&self->credentials, context);
  gxmlrpc_tls_add_options (&self->tls, context);
  g_option_context_add_main_entries (context, entries, NULL);
}

static void
on_message (XmlRpcServerProxy *proxy,
            SoupMessage       *message,
            GxmlrpcConnection *self)
{
  gxmlrpc_tls_watch (&self->tls, message);
  if (self->verbose)
    gxmlrpc_trace_watch (message);
  gxmlrpc_progress_watch (self->progress, message);
}

static XmlRpcServerProxy *
create_proxy (GxmlrpcConnection  *self,
              const char         *uri,
              GError            **error)
{
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (SoupSession) session = NULL;

  if (self->unix_socket == NULL)
    return xml_rpc_server_proxy_new (uri, error);

  if (g_ascii_strncasecmp (uri, "http+unix:", strlen ("http+unix:")) == 0 ||
      g_ascii_strncasecmp (uri, "scgi+unix:", strlen ("scgi+unix:")) == 0)
    {
      gxmlrpc_error_usage (error, "the URL has a socket already: --unix-socket is for http:// and https://");
      return NULL;
    }

  if (g_ascii_strncasecmp (uri, "scgi:", strlen ("scgi:")) == 0)
    {
      gxmlrpc_error_usage (error, "--unix-socket is for http:// and https://: did you mean scgi+unix://%s?",
                           self->unix_socket);
      return NULL;
    }

  address = g_unix_socket_address_new (self->unix_socket);
  session = soup_session_new_with_options ("user-agent", USER_AGENT,
                                           "remote-connectable", address,
                                           "proxy-resolver", NULL,
                                           NULL);
  return xml_rpc_server_proxy_new_with_session (uri, session, error);
}

static gboolean
set_timeout (GxmlrpcConnection  *self,
             GError            **error)
{
  double seconds;
  char *end;

  if (self->timeout == NULL)
    return TRUE;

  seconds = g_ascii_strtod (self->timeout, &end);
  if (end == self->timeout || *end != '\0' || !(seconds >= 0 && seconds <= MAX_TIMEOUT))
    {
      gxmlrpc_error_usage (error, "--timeout: expected seconds from 0 to %.0f, got %s", MAX_TIMEOUT, self->timeout);
      return FALSE;
    }

  /* 0 is for ever, and nothing else is. */
  xml_rpc_server_proxy_set_timeout (self->proxy, (guint) ceil (seconds * 1000));
  return TRUE;
}

gboolean
gxmlrpc_connection_read_input (GxmlrpcConnection  *self,
                               GError            **error)
{
  return gxmlrpc_credentials_read_input (&self->credentials, error);
}

static gboolean
set_headers (GxmlrpcConnection  *self,
             GError            **error)
{
  g_autoptr (GVariant) headers = gxmlrpc_headers_parse ((const char * const *) self->headers, error);
  g_autoptr (GError) settings_error = NULL;
  const char *message;

  if (headers == NULL)
    return FALSE;

  xml_rpc_server_proxy_set_headers (self->proxy, headers);
  if (xml_rpc_server_proxy_check_settings (self->proxy, &settings_error))
    return TRUE;

  message = settings_error->message;
  gxmlrpc_error_usage (error, "--header: %s",
                       message + (g_str_has_prefix (message, HEADERS_PREFIX) ? strlen (HEADERS_PREFIX) : 0));
  return FALSE;
}

static gboolean
set_cookies (GxmlrpcConnection  *self,
             SoupSession        *session,
             GError            **error)
{
  if (self->cookie_file == NULL)
    return TRUE;

  self->cookies = gxmlrpc_cookies_read (self->cookie_file, error);
  if (self->cookies == NULL)
    return FALSE;

  soup_session_add_feature (session, SOUP_SESSION_FEATURE (self->cookies));
  return TRUE;
}

gboolean
gxmlrpc_connection_open (GxmlrpcConnection  *self,
                         const char         *uri,
                         GError            **error)
{
  g_auto (GxmlrpcAddress) address = { NULL, };
  SoupSession *session;

  if (!gxmlrpc_address_parse (&address, uri, error))
    return FALSE;

  self->proxy = create_proxy (self, address.uri, error);
  if (self->proxy == NULL)
    return FALSE;

  session = xml_rpc_server_proxy_get_session (self->proxy);
  if (!set_timeout (self, error) || !set_headers (self, error) || !set_cookies (self, session, error) ||
      !gxmlrpc_tls_apply (&self->tls, session, error) ||
      !gxmlrpc_credentials_apply (&self->credentials, &address, self->proxy, error))
    return FALSE;

  if (self->verbose)
    gxmlrpc_trace_begin (session);

  self->progress = gxmlrpc_progress_new ();
  g_signal_connect (self->proxy, "message", G_CALLBACK (on_message), self);

  return TRUE;
}

gboolean
gxmlrpc_connection_is_verbose (GxmlrpcConnection *self)
{
  return self->verbose;
}

XmlRpcServerProxy *
gxmlrpc_connection_get_proxy (GxmlrpcConnection *self)
{
  return self->proxy;
}

void
gxmlrpc_connection_on_answer (GObject      *proxy,
                              GAsyncResult *result,
                              gpointer      location)
{
  *(GAsyncResult **) location = g_object_ref (result);
}

GAsyncResult *
gxmlrpc_connection_wait (GxmlrpcConnection  *self,
                         GAsyncResult      **location)
{
  gxmlrpc_progress_begin (self->progress);
  while (*location == NULL)
    g_main_context_iteration (NULL, TRUE);
  gxmlrpc_progress_end (self->progress);

  return *location;
}

GVariant *
gxmlrpc_connection_call (GxmlrpcConnection  *self,
                         const char         *method_name,
                         GVariant           *params,
                         GError            **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  xml_rpc_server_proxy_call_async (self->proxy, method_name, params, NULL, NULL,
                                   gxmlrpc_connection_on_answer, &result);
  return xml_rpc_server_proxy_call_finish (self->proxy, gxmlrpc_connection_wait (self, &result), error);
}

char **
gxmlrpc_connection_list (GxmlrpcConnection  *self,
                         GError            **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  xml_rpc_server_proxy_list_methods_async (self->proxy, NULL, gxmlrpc_connection_on_answer, &result);
  return xml_rpc_server_proxy_list_methods_finish (self->proxy, gxmlrpc_connection_wait (self, &result), error);
}

char **
gxmlrpc_connection_signatures (GxmlrpcConnection  *self,
                               const char         *method_name,
                               GError            **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  xml_rpc_server_proxy_get_method_signature_async (self->proxy, method_name, NULL, gxmlrpc_connection_on_answer, &result);
  return xml_rpc_server_proxy_get_method_signature_finish (self->proxy, gxmlrpc_connection_wait (self, &result), error);
}
