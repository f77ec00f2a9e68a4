/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "gxmlrpc-connection.h"

#include <math.h>
#include <string.h>

#include <gio/gunixsocketaddress.h>

#include "gxmlrpc-address.h"
#include "gxmlrpc-error.h"
#include "gxmlrpc-headers.h"
#include "gxmlrpc-progress.h"
#include "gxmlrpc-terminal.h"
#include "gxmlrpc-trace.h"

/* As of the proxy's own sessions. */
#define USER_AGENT "xmlrpc-glib/" XML_RPC_VERSION_S " "
/* Seconds: what fits into milliseconds. */
#define MAX_TIMEOUT 4000000.0

struct _GxmlrpcConnection
{
  GxmlrpcCredentials  credentials;
  char              **header_texts;
  char               *timeout;
  gboolean            insecure;
  char               *unix_socket;
  gboolean            verbose;

  GxmlrpcHeaders     *headers;
  XmlRpcServerProxy  *proxy;
  GxmlrpcProgress    *progress;
};

GxmlrpcConnection *
gxmlrpc_connection_new (void)
{
  return g_new0 (GxmlrpcConnection, 1);
}

void
gxmlrpc_connection_free (GxmlrpcConnection *self)
{
  g_free (self->credentials.user);
  g_free (self->credentials.password_file);
  g_strfreev (self->header_texts);
  g_free (self->timeout);
  g_free (self->unix_socket);
  g_clear_pointer (&self->headers, gxmlrpc_headers_free);
  g_clear_pointer (&self->progress, gxmlrpc_progress_free);
  g_clear_object (&self->proxy);
  g_free (self);
}

void
gxmlrpc_connection_add_options (GxmlrpcConnection *self,
                                GOptionContext    *context)
{
  const GOptionEntry entries[] = {
    { "user", 'u', 0, G_OPTION_ARG_FILENAME, &self->credentials.user,
      "Authenticate as NAME; the password is asked for", "NAME" },
    { "password-file", 0, 0, G_OPTION_ARG_FILENAME, &self->credentials.password_file,
      "Read the password from the first line of FILE", "FILE" },
    { "no-prompt", 0, 0, G_OPTION_ARG_NONE, &self->credentials.no_prompt,
      "Fail rather than ask for a password", NULL },
    { "header", 'H', 0, G_OPTION_ARG_FILENAME_ARRAY, &self->header_texts,
      "Send this HTTP header, too", "'NAME: VALUE'" },
    { "timeout", 't', 0, G_OPTION_ARG_FILENAME, &self->timeout,
      "Give up after so many seconds, 0: never (default: 60)", "SECONDS" },
    { "insecure", 'k', 0, G_OPTION_ARG_NONE, &self->insecure,
      "Accept any certificate", NULL },
    { "unix-socket", 0, 0, G_OPTION_ARG_FILENAME, &self->unix_socket,
      "Connect to this socket instead of the URL's host", "PATH" },
    { "verbose", 'v', 0, G_OPTION_ARG_NONE, &self->verbose,
      "Show the HTTP exchange on standard error", NULL },
    { NULL }
  };

  g_option_context_add_main_entries (context, entries, NULL);
}

static gboolean
on_accept_certificate (SoupMessage          *message,
                       GTlsCertificate      *certificate,
                       GTlsCertificateFlags  flaws,
                       gpointer              user_data)
{
  return TRUE;
}

/* After libsoup has set its own headers, of which User-Agent is one. */
static void
on_starting (SoupMessage       *message,
             GxmlrpcConnection *self)
{
  gxmlrpc_headers_apply (self->headers, message);
}

static void
on_message (XmlRpcServerProxy *proxy,
            SoupMessage       *message,
            GxmlrpcConnection *self)
{
  g_signal_connect (message, "starting", G_CALLBACK (on_starting), self);
  if (self->insecure)
    g_signal_connect (message, "accept-certificate", G_CALLBACK (on_accept_certificate), NULL);
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

  if (g_ascii_strncasecmp (uri, "http+unix:", strlen ("http+unix:")) == 0)
    {
      gxmlrpc_error_usage (error, "the URL has a socket already: --unix-socket is for http:// and https://");
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
gxmlrpc_connection_open (GxmlrpcConnection  *self,
                         const char         *uri,
                         GError            **error)
{
  g_autofree char *full_uri = NULL;
  self->headers = gxmlrpc_headers_new ((const char * const *) self->header_texts, error);
  if (self->headers == NULL)
    return FALSE;

  full_uri = gxmlrpc_address_complete (uri, &self->credentials, error);
  if (full_uri == NULL)
    return FALSE;

  self->proxy = create_proxy (self, full_uri, error);
  if (self->proxy == NULL || !set_timeout (self, error))
    return FALSE;

  if (self->insecure)
    gxmlrpc_terminal_warn ("--insecure: whoever is between here and the server can read and change everything");

  if (self->verbose)
    gxmlrpc_trace_begin (xml_rpc_server_proxy_get_session (self->proxy));

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
