/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-channel-private.h"

#include <unistd.h>

#include <gio/gunixsocketaddress.h>

#include <xmlrpc-glib/xml-rpc-version-macros.h>

#include "xml-rpc-request-private.h"

#define MAX_CONNECTIONS_PER_HOST 8

/* The space at its end makes libsoup add its own name and version. */
#define USER_AGENT "xmlrpc-glib/" XML_RPC_VERSION_S " "

void
xml_rpc_channel_init (XmlRpcChannel       *self,
                      XmlRpcMessageFunc    message_func,
                      XmlRpcHttpErrorFunc  http_error_func,
                      gpointer             func_data)
{
  *self = (XmlRpcChannel) {
    .process = getpid (),
    .message_func = message_func,
    .http_error_func = http_error_func,
    .func_data = func_data,
  };
}

static XmlRpcUri *
parse_uri (const char   *text,
           SoupSession  *session,
           GError      **error)
{
  g_autoptr (XmlRpcUri) uri = NULL;

  if (text == NULL)
    {
      g_set_error_literal (error, G_URI_ERROR, G_URI_ERROR_FAILED,
                           "invalid URI: the proxy has none");
      return NULL;
    }

  uri = xml_rpc_uri_parse (text, error);
  if (uri != NULL && uri->is_scgi && session != NULL)
    {
      g_set_error_literal (error, G_URI_ERROR, G_URI_ERROR_BAD_SCHEME,
                           "scgi does not work with a session, which is for HTTP");
      return NULL;
    }
  if (uri != NULL && uri->socket_path != NULL && session != NULL)
    {
      g_set_error_literal (error, G_URI_ERROR, G_URI_ERROR_BAD_SCHEME,
                           "http+unix does not work with a session of the program's: set its "
                           "property remote-connectable to a GUnixSocketAddress, and use http");
      return NULL;
    }

  return g_steal_pointer (&uri);
}

static SoupSession *
create_session (const char *socket_path)
{
  g_autoptr (GSocketAddress) address = NULL;

  if (socket_path == NULL)
    return soup_session_new_with_options ("user-agent", USER_AGENT,
                                          "max-conns-per-host", MAX_CONNECTIONS_PER_HOST,
                                          NULL);

  address = g_unix_socket_address_new (socket_path);
  return soup_session_new_with_options ("user-agent", USER_AGENT,
                                        "max-conns-per-host", MAX_CONNECTIONS_PER_HOST,
                                        "remote-connectable", address,
                                        "proxy-resolver", NULL,
                                        NULL);
}

/* With TLS, several messages may share a connection. */
static gboolean
can_cork_sockets (const XmlRpcUri *uri)
{
  return xml_rpc_sockets_can_cork () && uri->socket_path == NULL && !uri->is_scgi &&
         g_str_equal (g_uri_get_scheme (uri->http), "http");
}

gboolean
xml_rpc_channel_open (XmlRpcChannel  *self,
                      const char     *uri,
                      SoupSession    *session,
                      GError        **error)
{
  self->uri = parse_uri (uri, session, error);

  self->has_own_session = session == NULL;
  if (self->has_own_session)
    {
      self->session = create_session (self->uri != NULL ? self->uri->socket_path : NULL);
      self->auth_manager = SOUP_AUTH_MANAGER (soup_session_get_feature (self->session, SOUP_TYPE_AUTH_MANAGER));
    }
  else
    {
      self->session = g_object_ref (session);
    }

  xml_rpc_floor_init (&self->blocking_floor);
  xml_rpc_floor_init (&self->floor);
  self->sockets = xml_rpc_sockets_new ();
  self->corks_sockets = self->uri != NULL && can_cork_sockets (self->uri);
  self->deadlines = xml_rpc_deadlines_new ();
  self->gate = xml_rpc_gate_new (MIN (soup_session_get_max_conns_per_host (self->session),
                                      soup_session_get_max_conns (self->session)));

  return self->uri != NULL;
}

/* A child of fork() has the connections of its parent, but not the threads that watch them,
 * and the response of one can reach the other. getpid() is a system call, but a call makes
 * dozens of them; and what pthread_atfork() does is not done for each way to fork. */
gboolean
xml_rpc_channel_check_process (const XmlRpcChannel  *self,
                               GError              **error)
{
  if (self->process == getpid ())
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
               "the proxy was made in process %d; create it after fork()", (int) self->process);
  return FALSE;
}

void
xml_rpc_channel_clear (XmlRpcChannel *self)
{
  g_clear_pointer (&self->deadlines, xml_rpc_deadlines_free);
  g_clear_pointer (&self->gate, xml_rpc_gate_free);
  xml_rpc_floor_clear (&self->blocking_floor);
  xml_rpc_floor_clear (&self->floor);
  g_clear_pointer (&self->uri, xml_rpc_uri_free);
  g_clear_object (&self->spare_cancellable);
  for (gsize i = 0; i < G_N_ELEMENTS (self->spare_requests); i++)
    g_clear_pointer (&self->spare_requests[i], xml_rpc_request_free);
  g_clear_pointer (&self->sockets, xml_rpc_sockets_free);
  g_clear_object (&self->session);
}

/* A program may do something with the messages by a signal of its session, too. */
static gboolean
is_session_watched (XmlRpcChannel *self)
{
  const guint request_queued = g_signal_lookup ("request-queued", SOUP_TYPE_SESSION);

  return g_signal_has_handler_pending (self->session, request_queued, 0, TRUE);
}

gboolean
xml_rpc_channel_show_message (XmlRpcChannel *self,
                              SoupMessage   *message)
{
  return self->message_func (message, self->func_data) || is_session_watched (self);
}

void
xml_rpc_channel_tell_http_error (XmlRpcChannel *self,
                                 SoupMessage   *message)
{
  self->http_error_func (message, self->func_data);
}

void
xml_rpc_channel_forget_authentication (XmlRpcChannel *self)
{
  if (self->auth_manager != NULL)
    soup_auth_manager_clear_cached_credentials (self->auth_manager);
}

gboolean
xml_rpc_channel_needs_authentication (XmlRpcChannel *self)
{
  return !g_atomic_int_get (&self->needs_no_authentication);
}

void
xml_rpc_channel_set_needs_authentication (XmlRpcChannel *self,
                                          gboolean       needed)
{
  g_atomic_int_set (&self->needs_no_authentication, !needed);
}

GCancellable *
xml_rpc_channel_take_cancellable (XmlRpcChannel *self)
{
  GCancellable *cancellable = g_atomic_pointer_exchange (&self->spare_cancellable, NULL);

  if (cancellable == NULL)
    {
      cancellable = g_cancellable_new ();
      g_cancellable_get_fd (cancellable);
    }

  return cancellable;
}

void
xml_rpc_channel_leave_cancellable (XmlRpcChannel *self,
                                   GCancellable  *cancellable)
{
  cancellable = g_atomic_pointer_exchange (&self->spare_cancellable, cancellable);
  g_clear_object (&cancellable);
}

XmlRpcRequest *
xml_rpc_channel_take_request (XmlRpcChannel *self)
{
  XmlRpcRequest *request = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (self->spare_requests) && request == NULL; i++)
    request = g_atomic_pointer_exchange (&self->spare_requests[i], NULL);

  return request;
}

void
xml_rpc_channel_leave_request (XmlRpcChannel *self,
                               XmlRpcRequest *request)
{
  for (gsize i = 0; i < G_N_ELEMENTS (self->spare_requests); i++)
    {
      if (g_atomic_pointer_compare_and_exchange (&self->spare_requests[i], NULL, request))
        return;
    }

  xml_rpc_request_free (request);
}
