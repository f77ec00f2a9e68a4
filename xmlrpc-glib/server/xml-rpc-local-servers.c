/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A synchronous call blocks its thread. If the server of the call runs in the main loop of
 * that thread, nobody answers. So the process knows its servers, each with the main context
 * that it listens in, and a call looks for its own server among them before it is sent:
 *
 * - This thread runs the context: the call cannot be answered. It fails at once.
 * - This thread has made the server, and does not run the context. Another thread may run
 *   it, or be about to. A source tells when that happens, and the call waits for it a
 *   little before it is sent, or fails.
 *
 * Servers of other threads are of no interest; and only their own threads may ask them
 * where they listen. */

#include "xml-rpc-local-servers-private.h"

#include <gio/gunixsocketaddress.h>
#include <string.h>

/* How long a main loop may take to begin, in microseconds. */
#define MAX_WAIT (5 * G_USEC_PER_SEC)
/* How often such a wait looks whether it was cancelled. */
#define SLICE (G_USEC_PER_SEC / 20)

typedef struct
{
  SoupServer   *soup_server;  /* alive until it is removed */
  GMainContext *context;
  GThread      *thread;
} Entry;

static GMutex mutex;
static GSList *entries; /* atomic, for a look without the mutex */

void
xml_rpc_local_servers_add (SoupServer *soup_server)
{
  Entry *entry = g_new (Entry, 1);
  GSList *more;

  *entry = (Entry) { soup_server, g_main_context_ref_thread_default (), g_thread_self () };

  g_mutex_lock (&mutex);
  more = g_slist_prepend (entries, entry);
  g_atomic_pointer_set (&entries, more);
  g_mutex_unlock (&mutex);
}

static int
compare_server (gconstpointer entry,
                gconstpointer soup_server)
{
  return ((const Entry *) entry)->soup_server != soup_server;
}

void
xml_rpc_local_servers_remove (SoupServer *soup_server)
{
  GSList *link;
  Entry *entry;

  g_mutex_lock (&mutex);
  link = g_slist_find_custom (entries, soup_server, compare_server);
  entry = link->data;
  g_atomic_pointer_set (&entries, g_slist_delete_link (entries, link));
  g_mutex_unlock (&mutex);

  g_main_context_unref (entry->context);
  g_free (entry);
}

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  if (address == NULL)
    return g_ascii_strcasecmp (host, "localhost") == 0;

  return g_inet_address_get_is_loopback (address);
}

static gboolean
is_inet_address_of (GInetSocketAddress *address,
                    const XmlRpcUri    *uri)
{
  GInetAddress *inet_address = g_inet_socket_address_get_address (address);
  const char *host = g_uri_get_host (uri->http);
  g_autofree char *text = g_inet_address_to_string (inet_address);

  if (g_uri_get_port (uri->http) != g_inet_socket_address_get_port (address))
    return FALSE;
  if (g_inet_address_get_is_any (inet_address))
    return is_loopback (host);

  return g_str_equal (host, text) ||
         (g_inet_address_get_is_loopback (inet_address) && g_ascii_strcasecmp (host, "localhost") == 0);
}

static gboolean
is_address_of (GSocket         *listener,
               const XmlRpcUri *uri)
{
  g_autoptr (GSocketAddress) address = g_socket_get_local_address (listener, NULL);

  if (G_IS_UNIX_SOCKET_ADDRESS (address))
    return g_strcmp0 (g_unix_socket_address_get_path (G_UNIX_SOCKET_ADDRESS (address)), uri->socket_path) == 0;

  return G_IS_INET_SOCKET_ADDRESS (address) && uri->socket_path == NULL &&
         is_inet_address_of (G_INET_SOCKET_ADDRESS (address), uri);
}

static gboolean
listens_at (SoupServer      *soup_server,
            const XmlRpcUri *uri)
{
  GSList *listeners = soup_server_get_listeners (soup_server);
  gboolean found = FALSE;

  for (GSList *link = listeners; link != NULL && !found; link = link->next)
    found = is_address_of (link->data, uri);
  g_slist_free (listeners);

  return found;
}

/* The context of a server of this thread. */
static GMainContext *
find_context (const XmlRpcUri *uri)
{
  GMainContext *context = NULL;

  g_mutex_lock (&mutex);
  for (GSList *link = entries; link != NULL && context == NULL; link = link->next)
    {
      const Entry *entry = link->data;

      if ((entry->thread == g_thread_self () || g_main_context_is_owner (entry->context)) &&
          listens_at (entry->soup_server, uri))
        context = g_main_context_ref (entry->context);
    }
  g_mutex_unlock (&mutex);

  return context;
}

/* A source that tells that some thread runs its context. */
typedef struct
{
  GMutex   mutex;
  GCond    cond;
  gboolean has_run;
} Probe;

static void
probe_clear (gpointer data)
{
  Probe *self = data;

  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
}

static void
probe_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, probe_clear);
}

static gboolean
run_probe (gpointer user_data)
{
  Probe *self = user_data;

  g_mutex_lock (&self->mutex);
  self->has_run = TRUE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);

  return G_SOURCE_REMOVE;
}

static gboolean
probe_wait (Probe        *self,
            gint64        end_time,
            GCancellable *cancellable)
{
  gboolean has_run;

  g_mutex_lock (&self->mutex);
  while (!self->has_run && g_get_monotonic_time () < end_time && !g_cancellable_is_cancelled (cancellable))
    g_cond_wait_until (&self->cond, &self->mutex, MIN (end_time, g_get_monotonic_time () + SLICE));
  has_run = self->has_run;
  g_mutex_unlock (&self->mutex);

  return has_run;
}

/* Another thread that runs the context may be busy with one method for all that time. It
 * owns the context, which is looked at once only: whoever looks owns it for a moment. */
static gboolean
is_owned (GMainContext *context)
{
  if (!g_main_context_acquire (context))
    return TRUE;

  g_main_context_release (context);
  return FALSE;
}

/* Whether another thread runs the context before the time ends. */
static gboolean
wait_for_thread (GMainContext *context,
                 gint64        end_time,
                 GCancellable *cancellable)
{
  g_autoptr (GSource) source = g_idle_source_new ();
  Probe *probe = g_atomic_rc_box_new0 (Probe);
  gboolean has_run;

  g_mutex_init (&probe->mutex);
  g_cond_init (&probe->cond);
  g_source_set_priority (source, G_PRIORITY_HIGH);
  g_source_set_callback (source, run_probe, g_atomic_rc_box_acquire (probe), probe_unref);
  g_source_attach (source, context);

  has_run = probe_wait (probe, end_time, cancellable) || is_owned (context);
  g_source_destroy (source);
  probe_unref (probe);

  return has_run;
}

gboolean
xml_rpc_local_servers_check (const XmlRpcUri  *uri,
                             guint             timeout,
                             GCancellable     *cancellable,
                             GError          **error)
{
  gint64 wait = timeout > 0 ? MIN (timeout * (gint64) 1000, MAX_WAIT) : MAX_WAIT;
  g_autoptr (GMainContext) context = NULL;

  if (g_atomic_pointer_get (&entries) == NULL)
    return TRUE;

  context = find_context (uri);
  if (context == NULL)
    return TRUE;
  if (!g_main_context_is_owner (context) &&
      wait_for_thread (context, g_get_monotonic_time () + wait, cancellable))
    return TRUE;
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK,
                       "the server of this call runs in this thread's main loop, which a synchronous call "
                       "blocks: make the call asynchronously, or from another thread");
  return FALSE;
}
