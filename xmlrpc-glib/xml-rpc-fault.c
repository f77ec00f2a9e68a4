/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A fault is a struct with a faultCode and a faultString, and a GError is an int and a text.
 * Servers put words into the code, leave either out, or send no struct at all. None of that
 * loses a fault: what the GError cannot say in its code it says in its message, and the
 * value is kept as it came, in the private data of the error. g_error_copy() and
 * g_propagate_error() keep it, too. */

#include "xml-rpc-fault-private.h"

#include <math.h>
#include <string.h>

#include <xmlrpc-glib/xml-rpc-json.h>

#include "codec/xml-rpc-number-private.h"
#include "values/xml-rpc-natural-form-private.h"

#define MAX_MESSAGE_LENGTH (64 * 1024)

typedef struct
{
  GVariant *value; /* NULL: the error came from no message */
} FaultPrivate;

/* Before the error, aligned as GLib aligns it. */
static FaultPrivate *
get_private (const GError *error)
{
  const gsize alignment = 2 * sizeof (gsize);
  const gsize size = (sizeof (FaultPrivate) + alignment - 1) / alignment * alignment;

  return (FaultPrivate *) (gpointer) ((guint8 *) error - size);
}

static void
init_private (GError *error)
{
  get_private (error)->value = NULL;
}

static void
copy_private (const GError *source,
              GError       *copy)
{
  GVariant *value = get_private (source)->value;

  get_private (copy)->value = value != NULL ? g_variant_ref (value) : NULL;
}

/* For bindings that know the code and the message of an error only, and free it before they
 * throw an exception. Nothing is kept in programs that never ask. */
static GPrivate last_value = G_PRIVATE_INIT ((GDestroyNotify) g_variant_unref);
static gint keeps_last_value; /* atomic */

static void
clear_private (GError *error)
{
  GVariant *value = g_steal_pointer (&get_private (error)->value);

  if (value == NULL)
    return;

  if (g_atomic_int_get (&keeps_last_value))
    g_private_replace (&last_value, value);
  else
    g_variant_unref (value);
}

/**
 * xml_rpc_fault_quark:
 *
 * Gets the error domain of faults.
 *
 * Returns: the quark of `XML_RPC_FAULT`
 *
 * Since: 1.0
 */
GQuark
xml_rpc_fault_quark (void)
{
  static gsize quark = 0;

  /* Not with G_DEFINE_EXTENDED_ERROR(), which names a domain after a C type. */
  if (g_once_init_enter (&quark))
    g_once_init_leave (&quark, g_error_domain_register_static ("xml-rpc-fault-quark", sizeof (FaultPrivate),
                                                               init_private, copy_private, clear_private));

  return (GQuark) quark;
}

static gboolean
read_integer_of_text (const char *text,
                      gint64     *integer)
{
  return xml_rpc_parse_integer (text, strlen (text), integer) == XML_RPC_NUMBER_OK;
}

static gboolean
read_integer_of_double (double  number,
                        gint64 *integer)
{
  if (!(number >= G_MININT && number <= G_MAXINT) || number != trunc (number))
    return FALSE;

  *integer = (gint64) number;
  return TRUE;
}

static gboolean
read_integer (GVariant *value,
              gint64   *integer)
{
  switch ((int) xml_rpc_natural_form_get_kind (value))
    {
    case XML_RPC_VALUE_INT:
      *integer = g_variant_get_int32 (value);
      return TRUE;
    case XML_RPC_VALUE_I8:
      *integer = g_variant_get_int64 (value);
      return TRUE;
    case XML_RPC_VALUE_DOUBLE:
      return read_integer_of_double (g_variant_get_double (value), integer);
    case XML_RPC_VALUE_STRING:
      return read_integer_of_text (g_variant_get_string (value, NULL), integer);
    case XML_RPC_VALUE_BIG_INTEGER:
      return read_integer_of_text (xml_rpc_special_form_get_text (value), integer);
    default:
      return FALSE;
    }
}

/* FALSE, and the code for others, if this is not an integer of 32 bits. */
static gboolean
read_code (GVariant *value,
           int      *code)
{
  gint64 integer;

  *code = XML_RPC_FAULT_OTHER_CODE;
  if (value == NULL || !read_integer (value, &integer) || integer < G_MININT || integer > G_MAXINT)
    return FALSE;

  *code = (int) integer;
  return TRUE;
}

/* For people; what is not there is an empty text, and so is nil. */
static char *
describe (GVariant *value)
{
  if (value == NULL || xml_rpc_natural_form_get_kind (value) == XML_RPC_VALUE_NIL)
    return g_strdup ("");

  return xml_rpc_natural_form_to_string (value);
}

/* Shortens the message to what fits, without half a character at its end, and gives back
 * the memory of the rest. */
static void
cut_message (GError *fault)
{
  const char *end;

  if (strlen (fault->message) <= MAX_MESSAGE_LENGTH)
    return;

  end = g_utf8_find_prev_char (fault->message, fault->message + MAX_MESSAGE_LENGTH + 1);
  fault->message[end - fault->message] = '\0';
  fault->message = g_realloc (fault->message, strlen (fault->message) + 1);
}

/* Neither code nor text: any value that stands where a fault should. */
static GError *
new_from_other_value (GVariant *value)
{
  g_autofree char *message = describe (value);

  return g_error_new_literal (XML_RPC_FAULT, XML_RPC_FAULT_OTHER_CODE,
                              *message != '\0' ? message : "a fault without a faultCode and a faultString");
}

static GError *
new_from_natural_form (GVariant *value)
{
  g_autoptr (GVariant) code_value = NULL;
  g_autoptr (GVariant) text_value = NULL;
  g_autofree char *code_text = NULL;
  g_autofree char *text = NULL;
  int code;

  if (g_variant_is_of_type (value, G_VARIANT_TYPE_VARDICT))
    {
      code_value = g_variant_lookup_value (value, "faultCode", NULL);
      text_value = g_variant_lookup_value (value, "faultString", NULL);
    }
  text = describe (text_value);
  if (read_code (code_value, &code))
    return g_error_new_literal (XML_RPC_FAULT, code, text);

  code_text = describe (code_value);
  if (*code_text == '\0' && *text == '\0')
    return new_from_other_value (value);

  return g_error_new (XML_RPC_FAULT, code, "%s%s%s",
                      code_text, *code_text != '\0' && *text != '\0' ? ": " : "", text);
}

/**
 * xml_rpc_fault_new_from_value:
 * @value: what a server sent, or is to send, as a fault: a struct with a `faultCode` and
 *   a `faultString`. A floating reference is sunk
 *
 * Creates the error that a fault stands for, as a call fails with it.
 *
 * The code is the `faultCode` if that is an integer of 32 bits; digits in a string are
 * one, and so is a double without a fraction. The message is the `faultString`. Any other
 * `faultCode`, or none, is [XML_RPC_FAULT_OTHER_CODE][enum@XmlRpc.FaultCode]. The message is
 * then "CODE: TEXT", or only the one of the two that the fault has. A `faultString` that is
 * not a string, and a fault that is not a struct, become a text for people, as of
 * [method@XmlRpc.Value.to_string].
 *
 * The message has at most 64 KiB. The value is whole:
 * [func@XmlRpc.fault_get_value] returns it.
 *
 * A method of a server returns such a fault with
 * [method@XmlRpc.Invocation.return_fault_value].
 *
 * Returns: (transfer full): an error of the domain `XML_RPC_FAULT`
 *
 * Since: 1.0
 */
GError *
xml_rpc_fault_new_from_value (GVariant *value)
{
  g_autoptr (GVariant) sunk = value != NULL ? g_variant_ref_sink (value) : NULL;
  g_autoptr (GVariant) natural = NULL;
  GError *fault;

  g_return_val_if_fail (value != NULL, NULL);

  natural = xml_rpc_natural_form (sunk, NULL);
  if (natural != NULL)
    fault = new_from_natural_form (natural);
  else
    fault = g_error_new_literal (XML_RPC_FAULT, XML_RPC_FAULT_OTHER_CODE, "a fault that XML-RPC cannot carry");

  cut_message (fault);
  get_private (fault)->value = natural != NULL ? g_steal_pointer (&natural) : g_steal_pointer (&sunk);

  return fault;
}

/**
 * xml_rpc_fault_get_value:
 * @fault: an error
 *
 * Gets the fault of an error as the server sent it.
 *
 * This is a struct (`a{sv}`) of natural types with the members `faultCode` and
 * `faultString`, and with the other members that the server sent. The code may be a word,
 * which the code of a [type@GLib.Error] cannot be. If a server sends something else than a
 * struct as a fault, it is that value.
 *
 * Copies of an error have the value, too. In Python a `GLib.Error` does not keep it, but the
 * exceptions of `XmlRpc.ServerProxy` have it as `value`.
 *
 * Returns: (transfer none) (nullable): the value, or %NULL if @fault did not come from a
 *   message, or is not of the domain `XML_RPC_FAULT`
 *
 * Since: 1.0
 */
GVariant *
xml_rpc_fault_get_value (const GError *fault)
{
  g_return_val_if_fail (fault != NULL, NULL);

  return fault->domain == XML_RPC_FAULT ? get_private (fault)->value : NULL;
}

/**
 * xml_rpc_fault_take_last_value:
 *
 * Takes the value of the fault that this thread freed last.
 *
 * This is for language bindings that make an exception of the code and the message of a
 * [type@GLib.Error] and free it at once, as PyGObject does. Call it next, and compare: with
 * the same code and message, [func@XmlRpc.fault_new_from_value] makes the same error of the
 * value. In C, use [func@XmlRpc.fault_get_value].
 *
 * The first call returns %NULL. It makes the library keep such values from then on, one a
 * thread.
 *
 * Returns: (transfer full) (nullable): the value, or %NULL if there is none
 *
 * Since: 1.0
 */
GVariant *
xml_rpc_fault_take_last_value (void)
{
  GVariant *value = g_private_get (&last_value);

  g_atomic_int_set (&keeps_last_value, TRUE);
  g_private_set (&last_value, NULL);

  return value;
}

void
xml_rpc_fault_propagate (GError  *failure,
                         char   **fault,
                         GError **error)
{
  GVariant *value = xml_rpc_fault_get_value (failure);

  if (fault != NULL && value != NULL)
    *fault = xml_rpc_variant_to_json (value, NULL);

  if (fault != NULL && *fault != NULL)
    g_error_free (failure);
  else
    g_propagate_error (error, failure);
}

static gboolean
has_member (GVariant   *value,
            const char *name)
{
  g_autoptr (GVariant) member = g_variant_lookup_value (value, name, NULL);

  return member != NULL;
}

gboolean
xml_rpc_fault_is_usual (GVariant *value)
{
  return g_variant_is_of_type (value, G_VARIANT_TYPE_VARDICT) &&
         (has_member (value, "faultCode") || has_member (value, "faultString"));
}

GVariant *
xml_rpc_fault_get_unchanged_value (const GError *fault)
{
  GVariant *value = xml_rpc_fault_get_value (fault);
  g_autoptr (GError) unchanged = NULL;

  if (value == NULL || !xml_rpc_fault_is_usual (value))
    return NULL;

  unchanged = xml_rpc_fault_new_from_value (value);
  if (unchanged->code != fault->code || !g_str_equal (unchanged->message, fault->message))
    return NULL;

  return value;
}
