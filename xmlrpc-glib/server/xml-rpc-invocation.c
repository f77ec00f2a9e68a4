/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-invocation-private.h"

#include <xmlrpc-glib/xml-rpc-message.h>
#include <xmlrpc-glib/xml-rpc-error.h>

#include "../codec/xml-rpc-text-private.h"
#include "xml-rpc-fault-private.h"
#include "xml-rpc-server-private.h"

/**
 * XmlRpcInvocation:
 *
 * A call that a method has to respond to.
 *
 * A method gets it as an argument of its [callback@XmlRpc.MethodFunc] and responds once,
 * with one of the `return_` functions or with [method@XmlRpc.Invocation.take_error]. A
 * method that responds later takes a reference. Responding does not release that
 * reference. A second response is a mistake of the program: it is reported as a critical
 * warning, and ignored.
 *
 * All of these functions may be called from any thread.
 *
 * Since: 1.0
 */
struct _XmlRpcInvocation
{
  GObject            parent_instance;

  XmlRpcServer      *server;        /* alive until the answer has been delivered */
  char              *method_name;
  GVariant          *params;
  GVariant          *natural_params;   /* as they came */
  XmlRpcSignatures  *signatures;       /* that the value has to fit; NULL: it may be any */
  SoupServerMessage *message;
  GInetAddress      *client_address;   /* NULL: nobody knows */
  GMainContext      *context;
  gint64             begin;         /* monotonic time */
  gint64             received;      /* bytes; -1: not known, like the next */
  gint64             sent;
  GPtrArray         *calls;         /* those of a system.multicall that have been answered; NULL: none */
  GVariant          *value;         /* the answer, or the fault */
  GError            *fault;
  XmlRpcAnswerFunc   func;
  gpointer           user_data;
  GDestroyNotify     destroy;
  gint               is_answered;   /* atomic */
};

G_DEFINE_FINAL_TYPE (XmlRpcInvocation, xml_rpc_invocation, G_TYPE_OBJECT)

/* Puts a fault in the place of a value that is not as the signatures say. */
static void
check_value (XmlRpcInvocation *self)
{
  if (self->value == NULL || self->signatures == NULL ||
      xml_rpc_signatures_check_result (self->signatures, self->natural_params, self->value, &self->fault))
    return;

  xml_rpc_text_prefix_error (&self->fault, self->method_name);
  g_clear_pointer (&self->value, g_variant_unref);
  if (xml_rpc_signatures_warn_once (self->signatures))
    g_warning ("%s", self->fault->message);
}

/* Of an invocation that has been answered, in the thread that waits for it. */
static gboolean
deliver (gpointer user_data)
{
  XmlRpcInvocation *self = user_data;
  G_GNUC_UNUSED g_autoptr (XmlRpcServer) server = g_object_ref (self->server);

  check_value (self);
  self->func (self, self->value, &self->fault, self->user_data);
  return G_SOURCE_REMOVE;
}

static void
release_answer (gpointer user_data)
{
  XmlRpcInvocation *self = user_data;

  if (self->destroy != NULL)
    self->destroy (self->user_data);
  g_clear_pointer (&self->value, g_variant_unref);
  g_object_unref (self);
}

static void
attach_source (GMainContext   *context,
               GSourceFunc     func,
               gpointer        user_data,
               GDestroyNotify  destroy)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, func, user_data, destroy);
  g_source_attach (source, context);
}

/* Takes both, and a reference for the delivery. FALSE if there is an answer already. */
static gboolean
set_answer (XmlRpcInvocation *self,
            GVariant         *value,
            GError           *fault)
{
  if (!g_atomic_int_compare_and_exchange (&self->is_answered, FALSE, TRUE))
    {
      g_clear_pointer (&value, g_variant_unref);
      g_clear_error (&fault);
      return FALSE;
    }

  g_object_ref (self);
  self->value = value;
  self->fault = fault;

  return TRUE;
}

static void
deliver_later (XmlRpcInvocation *self)
{
  attach_source (self->context, deliver, self, release_answer);
}

/* Not g_main_context_invoke(): in another thread that runs the function at once,
 * there, whenever nobody happens to run the context. */
static void
deliver_now_or_later (XmlRpcInvocation *self)
{
  if (!g_main_context_is_owner (self->context))
    {
      deliver_later (self);
      return;
    }

  deliver (self);
  release_answer (self);
}

/* The fault that nobody has answered keeps the object alive, so nothing is passed on to
 * the parent class, which would take it apart. And it is delivered later, because those
 * who watch the server cannot be called from here: it may be the garbage collector of
 * another language that has dropped the last reference. */
static void
xml_rpc_invocation_dispose (GObject *object)
{
  XmlRpcInvocation *self = XML_RPC_INVOCATION (object);

  if (g_atomic_int_get (&self->is_answered))
    {
      G_OBJECT_CLASS (xml_rpc_invocation_parent_class)->dispose (object);
      return;
    }

  set_answer (self, NULL, g_error_new (XML_RPC_FAULT, XML_RPC_FAULT_INTERNAL_ERROR,
                                       "The method %s did not respond", self->method_name));
  deliver_later (self);
}

static gboolean
do_nothing (gpointer user_data)
{
  return G_SOURCE_REMOVE;
}

/* The last reference to an invocation may be released in any thread, but the
 * message, and with it perhaps the server, belongs to one. */
static void
release_message (XmlRpcInvocation *self)
{
  if (self->message == NULL || g_main_context_is_owner (self->context))
    g_clear_object (&self->message);
  else
    attach_source (self->context, do_nothing, g_steal_pointer (&self->message), g_object_unref);
}

static void
xml_rpc_invocation_finalize (GObject *object)
{
  XmlRpcInvocation *self = XML_RPC_INVOCATION (object);

  g_free (self->method_name);
  g_clear_pointer (&self->params, g_variant_unref);
  g_clear_pointer (&self->natural_params, g_variant_unref);
  g_clear_pointer (&self->signatures, xml_rpc_signatures_unref);
  g_clear_pointer (&self->calls, g_ptr_array_unref);
  g_clear_object (&self->client_address);
  g_clear_error (&self->fault);
  release_message (self);
  g_clear_pointer (&self->context, g_main_context_unref);

  G_OBJECT_CLASS (xml_rpc_invocation_parent_class)->finalize (object);
}

static void
xml_rpc_invocation_class_init (XmlRpcInvocationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = xml_rpc_invocation_dispose;
  object_class->finalize = xml_rpc_invocation_finalize;
}

/* One that is made by g_object_new has nobody who waits for its answer. */
static void
xml_rpc_invocation_init (XmlRpcInvocation *self)
{
  self->is_answered = TRUE;
}

XmlRpcInvocation *
xml_rpc_invocation_new (XmlRpcServer      *server,
                        const char        *method_name,
                        GVariant          *params,
                        SoupServerMessage *message,
                        XmlRpcAnswerFunc   func,
                        gpointer           user_data,
                        GDestroyNotify     destroy)
{
  XmlRpcInvocation *self = g_object_new (XML_RPC_TYPE_INVOCATION, NULL);

  self->server = server;
  self->begin = g_get_monotonic_time ();
  self->received = self->sent = -1;
  self->method_name = g_strdup (method_name);
  self->params = g_variant_ref_sink (params);
  g_set_object (&self->message, message);
  if (message != NULL)
    g_set_object (&self->client_address,
                  xml_rpc_proxies_get_client (&xml_rpc_server_get_private (server)->service.proxies, message));
  self->context = g_main_context_ref_thread_default ();
  self->func = func;
  self->user_data = user_data;
  self->destroy = destroy;
  self->is_answered = FALSE;

  return self;
}

void
xml_rpc_invocation_set_params (XmlRpcInvocation *self,
                               GVariant         *params,
                               XmlRpcSignatures *signatures)
{
  self->natural_params = g_steal_pointer (&self->params);
  self->params = g_variant_ref_sink (params);
  if (signatures != NULL)
    self->signatures = xml_rpc_signatures_ref (signatures);
}

gboolean
xml_rpc_invocation_is_answered (XmlRpcInvocation *self)
{
  return g_atomic_int_get (&self->is_answered);
}

void
xml_rpc_invocation_hand_back (XmlRpcInvocation *self,
                              gpointer          data,
                              GDestroyNotify    destroy)
{
  attach_source (self->context, do_nothing, data, destroy);
}

void
xml_rpc_invocation_set_bytes (XmlRpcInvocation *self,
                              guint64           received,
                              guint64           sent)
{
  self->received = (gint64) received;
  self->sent = (gint64) sent;
}

gint64
xml_rpc_invocation_get_bytes_received (XmlRpcInvocation *self)
{
  return self->received;
}

gint64
xml_rpc_invocation_get_bytes_sent (XmlRpcInvocation *self)
{
  return self->sent;
}

static void
count (XmlRpcInvocation *self,
       gint64            microseconds)
{
  XmlRpcCounters *counters = &xml_rpc_server_get_private (self->server)->service.counters;

  counters->n_calls++;
  if (self->fault != NULL)
    counters->n_faults++;
  counters->microseconds += (guint64) microseconds;
}

void
xml_rpc_invocation_add_call (XmlRpcInvocation *self,
                             XmlRpcInvocation *call)
{
  count (call, 0);
  if (!xml_rpc_server_has_watcher (self->server))
    return;

  if (self->calls == NULL)
    self->calls = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (self->calls, g_object_ref (call));
}

void
xml_rpc_invocation_report (XmlRpcInvocation *self)
{
  g_autoptr (GPtrArray) calls = g_steal_pointer (&self->calls);
  gint64 now = g_get_monotonic_time ();

  count (self, now - self->begin);
  if (!xml_rpc_server_has_watcher (self->server))
    return;

  for (guint i = 0; calls != NULL && i < calls->len; i++)
    {
      XmlRpcInvocation *call = g_ptr_array_index (calls, i);

      xml_rpc_server_tell_finished (self->server, call, now - call->begin);
    }
  xml_rpc_server_tell_finished (self->server, self, now - self->begin);
}

/**
 * xml_rpc_invocation_get_method_name:
 * @self: an invocation
 *
 * Gets the name of the method that is called.
 *
 * Returns: the name
 *
 * Since: 1.0
 */
const char *
xml_rpc_invocation_get_method_name (XmlRpcInvocation *self)
{
  g_return_val_if_fail (XML_RPC_IS_INVOCATION (self), NULL);

  return self->method_name;
}

/**
 * xml_rpc_invocation_get_params:
 * @self: an invocation
 *
 * Gets the parameters of the call.
 *
 * Where the method has signatures, the parameters are of exactly the types of
 * the one that they fit; otherwise of the natural types of what came.
 *
 * Returns: (transfer none): a tuple, `()` if there are none
 *
 * Since: 1.0
 */
GVariant *
xml_rpc_invocation_get_params (XmlRpcInvocation *self)
{
  g_return_val_if_fail (XML_RPC_IS_INVOCATION (self), NULL);

  return self->params;
}

/**
 * xml_rpc_invocation_get_message:
 * @self: an invocation
 *
 * Gets the HTTP request that the call came with, for its headers for example.
 *
 * It belongs to the thread of its server. Use it only there.
 *
 * Returns: (transfer none) (nullable): the message; %NULL for a call without
 *   HTTP
 *
 * Since: 1.0
 */
SoupServerMessage *
xml_rpc_invocation_get_message (XmlRpcInvocation *self)
{
  g_return_val_if_fail (XML_RPC_IS_INVOCATION (self), NULL);

  return self->message;
}

/**
 * xml_rpc_invocation_get_client_address:
 * @self: an invocation
 *
 * Gets the address of the client that called.
 *
 * It is the address that the connection comes from. Behind a proxy that
 * [property@XmlRpc.Server:trusted-proxies] lists, it is the one that the proxy reports. IPv4
 * addresses are always of the family %G_SOCKET_FAMILY_IPV4, also where the server listens
 * at an IPv6 socket.
 *
 * Treat a client without an address as unknown: a proxy may not have sent one, or something
 * that is not an address.
 *
 * Returns: (transfer none) (nullable): the address; %NULL if it is not known, as at a Unix
 *   socket and for a call without HTTP
 *
 * Since: 1.0
 */
GInetAddress *
xml_rpc_invocation_get_client_address (XmlRpcInvocation *self)
{
  g_return_val_if_fail (XML_RPC_IS_INVOCATION (self), NULL);

  return self->client_address;
}

/**
 * xml_rpc_invocation_get_fault:
 * @self: an invocation
 *
 * Gets the fault that the client gets as the response.
 *
 * Call it in handlers of [signal@XmlRpc.Server::call-finished]; before that signal the
 * response is not known.
 *
 * Returns: (transfer none) (nullable): an error of the domain `XML_RPC_FAULT`; %NULL if the
 *   client gets a value
 *
 * Since: 1.0
 */
const GError *
xml_rpc_invocation_get_fault (XmlRpcInvocation *self)
{
  g_return_val_if_fail (XML_RPC_IS_INVOCATION (self), NULL);

  return self->fault;
}

static void
answer_or_complain (XmlRpcInvocation *self,
                    GVariant         *value,
                    GError           *fault)
{
  if (set_answer (self, value, fault))
    {
      deliver_now_or_later (self);
    }
  else
    {
      g_autofree char *shown = xml_rpc_text_show (self->method_name);

      g_critical ("The call of %s has already returned; ignoring the second result", shown);
    }
}

/**
 * xml_rpc_invocation_return_value:
 * @self: an invocation
 * @value: (nullable): the value to return; %NULL for nil
 *
 * Responds to the call with a value.
 *
 * If @value is floating, it is consumed. If XML-RPC has no form for it, or if it does not
 * have a type that the signatures of the method say, the client gets the fault
 * [XML_RPC_FAULT_INTERNAL_ERROR][enum@XmlRpc.FaultCode] with the reason.
 *
 * Since: 1.0
 */
void
xml_rpc_invocation_return_value (XmlRpcInvocation *self,
                                 GVariant         *value)
{
  g_return_if_fail (XML_RPC_IS_INVOCATION (self));

  if (value == NULL)
    value = g_variant_new_maybe (G_VARIANT_TYPE_VARIANT, NULL);

  answer_or_complain (self, g_variant_ref_sink (value), NULL);
}

/**
 * xml_rpc_invocation_return_fault:
 * @self: an invocation
 * @code: the `faultCode`, one of [enum@XmlRpc.FaultCode] or any other
 * @format: the format of the `faultString`, as of printf()
 * @...: what the format takes
 *
 * Responds to the call with a fault.
 *
 * Since: 1.0
 */
void
xml_rpc_invocation_return_fault (XmlRpcInvocation *self,
                                 int               code,
                                 const char       *format,
                                 ...)
{
  va_list arguments;

  g_return_if_fail (XML_RPC_IS_INVOCATION (self));
  g_return_if_fail (format != NULL);

  va_start (arguments, format);
  answer_or_complain (self, NULL, g_error_new_valist (XML_RPC_FAULT, code, format, arguments));
  va_end (arguments);
}

/**
 * xml_rpc_invocation_return_fault_literal:
 * @self: an invocation
 * @code: the `faultCode`, one of [enum@XmlRpc.FaultCode] or any other
 * @message: the `faultString`, for people
 *
 * Responds to the call with a fault.
 *
 * Since: 1.0
 */
void
xml_rpc_invocation_return_fault_literal (XmlRpcInvocation *self,
                                         int               code,
                                         const char       *message)
{
  g_return_if_fail (XML_RPC_IS_INVOCATION (self));
  g_return_if_fail (message != NULL);

  answer_or_complain (self, NULL, g_error_new_literal (XML_RPC_FAULT, code, message));
}

/**
 * xml_rpc_invocation_return_fault_value:
 * @self: an invocation
 * @value: the fault: a struct with a `faultCode`, a `faultString`, and any other members. A
 *   floating reference is sunk
 *
 * Responds to the call with a fault of any form. Clients expect at least a `faultCode`, an
 * `int`, and a `faultString`.
 *
 * If XML-RPC has no form for @value the client gets the code and the message that
 * [func@XmlRpc.fault_new_from_value] makes of it.
 *
 * Since: 1.0
 */
void
xml_rpc_invocation_return_fault_value (XmlRpcInvocation *self,
                                       GVariant         *value)
{
  g_return_if_fail (XML_RPC_IS_INVOCATION (self));
  g_return_if_fail (value != NULL);

  answer_or_complain (self, NULL, xml_rpc_fault_new_from_value (value));
}

/**
 * xml_rpc_invocation_take_error:
 * @self: an invocation
 * @error: (transfer full): why the method failed
 *
 * Responds to the call with a fault that is made of an error.
 *
 * An error of the domain `XML_RPC_FAULT` is the fault. A fault that another server sent is
 * sent as it came (see [func@XmlRpc.fault_get_value]), unless its code or its message was
 * changed: then only these two are sent. Any other error becomes
 * [XML_RPC_FAULT_APPLICATION_ERROR][enum@XmlRpc.FaultCode] with its message, which the
 * client can read.
 *
 * Since: 1.0
 */
void
xml_rpc_invocation_take_error (XmlRpcInvocation *self,
                               GError           *error)
{
  g_return_if_fail (XML_RPC_IS_INVOCATION (self));
  g_return_if_fail (error != NULL);

  if (error->domain == XML_RPC_FAULT)
    {
      answer_or_complain (self, NULL, error);
      return;
    }

  answer_or_complain (self, NULL,
                      g_error_new_literal (XML_RPC_FAULT, XML_RPC_FAULT_APPLICATION_ERROR, error->message));
  g_error_free (error);
}

void
xml_rpc_invocation_return_not_found (XmlRpcInvocation *self,
                                     const char       *method_name)
{
  g_autofree char *shown = xml_rpc_text_show (method_name);

  xml_rpc_invocation_return_fault (self, XML_RPC_FAULT_METHOD_NOT_FOUND, "There is no method %s", shown);
}

const char *
xml_rpc_answer_check_message (const char *message)
{
  g_autoptr (GBytes) written = xml_rpc_encode_fault (0, message, NULL);

  return written != NULL ? message : "(a message that XML cannot carry)";
}

static GBytes *
encode_fault (int         code,
              const char *message)
{
  return xml_rpc_encode_fault (code, xml_rpc_answer_check_message (message), NULL);
}

static GBytes *
encode_whole_fault (const GError *fault)
{
  GVariant *value = xml_rpc_fault_get_unchanged_value (fault);
  GBytes *body = value != NULL ? xml_rpc_encode_fault_value (value, NULL) : NULL;

  return body != NULL ? body : encode_fault (fault->code, fault->message);
}

GBytes *
xml_rpc_answer_encode (GVariant  *value,
                       GError   **fault)
{
  g_autoptr (GError) error = NULL;
  GBytes *body;

  if (*fault != NULL)
    return encode_whole_fault (*fault);

  body = xml_rpc_encode_response (value, &error);
  if (body != NULL)
    return body;

  *fault = g_error_new (XML_RPC_FAULT, XML_RPC_FAULT_INTERNAL_ERROR,
                        "The method returned what XML-RPC cannot carry: %s", error->message);
  return encode_fault ((*fault)->code, (*fault)->message);
}

GError *
xml_rpc_answer_fault_of_error (const GError *error,
                               XmlRpcFlaw    flaw)
{
  int code = XML_RPC_FAULT_INVALID_XML_RPC;

  if (flaw == XML_RPC_FLAW_ENCODING)
    code = XML_RPC_FAULT_UNSUPPORTED_ENCODING;
  else if (flaw == XML_RPC_FLAW_BYTES)
    code = XML_RPC_FAULT_INVALID_CHARACTER;
  else if (!g_error_matches (error, XML_RPC_ERROR, error->code) || error->code == XML_RPC_ERROR_NOT_WELL_FORMED)
    code = XML_RPC_FAULT_NOT_WELL_FORMED;

  return g_error_new_literal (XML_RPC_FAULT, code, error->message);
}
