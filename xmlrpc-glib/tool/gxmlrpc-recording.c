/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "gxmlrpc-recording.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#include <glib/gstdio.h>
#include <xmlrpc-glib/xmlrpc-glib.h>

#include "gxmlrpc-error.h"
#include "gxmlrpc-json.h"

/* How the file ends, which the next call is written over. */
#define END "\n]\n"

typedef struct
{
  char     *method_name;
  GVariant *params; /* NULL: any */
  GVariant *result; /* NULL: */
  GVariant *fault;
  gboolean  is_used;
} Call;

struct _GxmlrpcRecording
{
  GPtrArray *calls;
  FILE      *file;
  char      *path;
  gboolean   is_empty;
};

static void
call_free (gpointer data)
{
  Call *call = data;

  g_free (call->method_name);
  g_clear_pointer (&call->params, g_variant_unref);
  g_clear_pointer (&call->result, g_variant_unref);
  g_clear_pointer (&call->fault, g_variant_unref);
  g_free (call);
}

static GxmlrpcRecording *
recording_new (const char *path)
{
  GxmlrpcRecording *self = g_new0 (GxmlrpcRecording, 1);

  self->calls = g_ptr_array_new_with_free_func (call_free);
  self->path = g_strdup (path);
  self->is_empty = TRUE;
  return self;
}

void
gxmlrpc_recording_free (GxmlrpcRecording *self)
{
  g_ptr_array_unref (self->calls);
  g_clear_pointer (&self->file, fclose);
  g_free (self->path);
  g_free (self);
}

static Call *
parse_call (GVariant *value)
{
  g_autoptr (GVariant) object = g_variant_is_of_type (value, G_VARIANT_TYPE_VARDICT) ? g_variant_ref (value) : NULL;
  Call *call = g_new0 (Call, 1);

  if (object != NULL)
    {
      g_autoptr (GVariant) params = g_variant_lookup_value (object, "params", NULL);

      g_variant_lookup (object, "method", "s", &call->method_name);
      call->params = params != NULL ? g_variant_ref (params) : NULL;
      call->result = g_variant_lookup_value (object, "result", NULL);
      call->fault = g_variant_lookup_value (object, "fault", G_VARIANT_TYPE_VARDICT);
    }

  if (call->method_name != NULL && (call->result == NULL) != (call->fault == NULL) &&
      (call->params == NULL || g_variant_is_of_type (call->params, G_VARIANT_TYPE ("av"))))
    return call;

  call_free (call);
  return NULL;
}

static GVariant *
read_file (const char  *path,
           GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GVariant) value = NULL;

  if (g_file_get_contents (path, &text, NULL, &local_error))
    value = xml_rpc_variant_from_json (text, -1, &local_error);

  if (value == NULL)
    gxmlrpc_error_usage (error, "cannot read \"%s\": %s", path, local_error->message);
  else if (!g_variant_is_of_type (value, G_VARIANT_TYPE ("av")))
    gxmlrpc_error_usage (error, "%s: expected an array of calls", path);
  else
    return g_steal_pointer (&value);

  return NULL;
}

GxmlrpcRecording *
gxmlrpc_recording_read (const char  *path,
                        GError     **error)
{
  g_autoptr (GxmlrpcRecording) self = recording_new (path);
  g_autoptr (GVariant) array = read_file (path, error);

  for (gsize i = 0; array != NULL && i < g_variant_n_children (array); i++)
    {
      g_autoptr (GVariant) child = g_variant_get_child_value (array, i);
      g_autoptr (GVariant) value = g_variant_get_variant (child);
      Call *call = parse_call (value);

      if (call == NULL)
        {
          gxmlrpc_error_usage (error, "%s: [%" G_GSIZE_FORMAT "]: expected {\"method\": NAME, \"params\": [...], "
                               "\"result\": VALUE}, or a \"fault\" as the last", path, i);
          return NULL;
        }
      g_ptr_array_add (self->calls, call);
    }

  return array != NULL ? g_steal_pointer (&self) : NULL;
}

static gboolean
write_text (GxmlrpcRecording  *self,
            const char        *text,
            GError           **error)
{
  if (fputs (text, self->file) != EOF && fflush (self->file) == 0)
    return TRUE;

  g_set_error (error, GXMLRPC_ERROR, GXMLRPC_EXIT_FAILURE, "cannot write to %s: %s", self->path, g_strerror (errno));
  return FALSE;
}

/* Parameters may be secrets: only the user can read them. */
GxmlrpcRecording *
gxmlrpc_recording_create (const char  *path,
                          GError     **error)
{
  g_autoptr (GxmlrpcRecording) self = recording_new (path);
  const int fd = g_open (path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

  if (fd < 0)
    {
      gxmlrpc_error_usage (error, "cannot write \"%s\": %s", path, g_strerror (errno));
      return NULL;
    }

  self->file = fdopen (fd, "w");
  return write_text (self, "[" END, error) ? g_steal_pointer (&self) : NULL;
}

static gboolean is_equal (GVariant *a,
                          GVariant *b);

static gboolean
is_equal_struct (GVariant *a,
                 GVariant *b)
{
  GVariantIter iter;
  const char *name;
  GVariant *value;
  gboolean equal = g_variant_n_children (a) == g_variant_n_children (b);

  g_variant_iter_init (&iter, a);
  while (equal && g_variant_iter_next (&iter, "{&sv}", &name, &value))
    {
      g_autoptr (GVariant) other = g_variant_lookup_value (b, name, NULL);

      equal = other != NULL && is_equal (value, other);
      g_variant_unref (value);
    }

  return equal;
}

static gboolean
is_equal_array (GVariant *a,
                GVariant *b)
{
  const gsize length = g_variant_n_children (a);

  if (length != g_variant_n_children (b))
    return FALSE;

  for (gsize i = 0; i < length; i++)
    {
      g_autoptr (GVariant) child = g_variant_get_child_value (a, i);
      g_autoptr (GVariant) other_child = g_variant_get_child_value (b, i);
      g_autoptr (GVariant) value = g_variant_get_variant (child);
      g_autoptr (GVariant) other = g_variant_get_variant (other_child);

      if (!is_equal (value, other))
        return FALSE;
    }

  return TRUE;
}

/* As JSON would have them: whoever writes such a file by hand does not tell i8 from int. */
static gboolean
is_equal (GVariant *a,
          GVariant *b)
{
  g_autofree char *text = NULL;
  g_autofree char *other = NULL;

  if (g_variant_is_of_type (a, G_VARIANT_TYPE_VARDICT) && g_variant_is_of_type (b, G_VARIANT_TYPE_VARDICT))
    return is_equal_struct (a, b);
  if (g_variant_is_of_type (a, G_VARIANT_TYPE ("av")) && g_variant_is_of_type (b, G_VARIANT_TYPE ("av")))
    return is_equal_array (a, b);

  text = gxmlrpc_json_print (a, GXMLRPC_JSON_PLAIN, NULL);
  other = gxmlrpc_json_print (b, GXMLRPC_JSON_PLAIN, NULL);
  return g_strcmp0 (text, other) == 0;
}

/* The names that a client asks for, where they were not recorded. */
static GVariant *
list_methods (GxmlrpcRecording *self)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < self->calls->len; i++)
    {
      const Call *call = g_ptr_array_index (self->calls, i);

      if (!g_ptr_array_find_with_equal_func (names, call->method_name, g_str_equal, NULL))
        g_ptr_array_add (names, call->method_name);
    }

  return g_variant_ref_sink (g_variant_new_strv ((const char * const *) names->pdata, names->len));
}

/* A tuple, as calls are read, or an array as an array of variants. */
static GVariant *
make_array (GVariant *params)
{
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("av"));

  for (gsize i = 0; i < g_variant_n_children (params); i++)
    {
      g_autoptr (GVariant) child = g_variant_get_child_value (params, i);

      g_variant_builder_add_value (&builder, g_variant_is_of_type (child, G_VARIANT_TYPE_VARIANT)
                                             ? child : g_variant_new_variant (child));
    }

  return g_variant_ref_sink (g_variant_builder_end (&builder));
}

GVariant *
gxmlrpc_recording_look_up (GxmlrpcRecording  *self,
                           const char        *method_name,
                           GVariant          *params,
                           GError           **error)
{
  g_autoptr (GVariant) array = make_array (params);
  gboolean is_known = FALSE;
  Call *found = NULL;

  for (guint i = 0; i < self->calls->len; i++)
    {
      Call *call = g_ptr_array_index (self->calls, i);
      const gboolean is_same = strcmp (call->method_name, method_name) == 0;

      is_known = is_known || is_same;
      if (!is_same || (call->params != NULL && !is_equal (call->params, array)))
        continue;
      found = call;
      if (!call->is_used)
        break;
    }

  if (found == NULL && !is_known && strcmp (method_name, "system.listMethods") == 0)
    return list_methods (self);

  if (found == NULL)
    {
      g_set_error (error, XML_RPC_FAULT, is_known ? XML_RPC_FAULT_INVALID_PARAMS : XML_RPC_FAULT_METHOD_NOT_FOUND,
                   is_known ? "no recorded call of %s has these parameters" : "no call of %s is recorded", method_name);
      return NULL;
    }

  found->is_used = TRUE;
  if (found->result != NULL)
    return g_variant_ref (found->result);

  g_propagate_error (error, xml_rpc_fault_new_from_value (found->fault));
  return NULL;
}

gboolean
gxmlrpc_recording_add (GxmlrpcRecording  *self,
                       const char        *method_name,
                       GVariant          *params,
                       GVariant          *result,
                       const GError      *fault,
                       GError           **error)
{
  GVariant *fault_value = result == NULL ? xml_rpc_fault_get_value (fault) : NULL;
  g_autoptr (GVariant) name = g_variant_ref_sink (g_variant_new_string (method_name));
  g_autofree char *name_json = xml_rpc_variant_to_json (name, error);
  g_autofree char *params_json = xml_rpc_variant_to_json (params, error);
  g_autofree char *result_json = xml_rpc_variant_to_json (result != NULL ? result : fault_value, error);
  g_autofree char *text = NULL;

  if (name_json == NULL || params_json == NULL || result_json == NULL)
    return FALSE;

  text = g_strdup_printf ("%s\n{\"method\":%s,\"params\":%s,\"%s\":%s}" END, self->is_empty ? "" : ",", name_json,
                          params_json, result != NULL ? "result" : "fault", result_json);
  self->is_empty = FALSE;
  fseek (self->file, -(long) strlen (END), SEEK_CUR);
  return write_text (self, text, error);
}
