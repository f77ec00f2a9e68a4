/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "gxmlrpc-tls.h"

#include "gxmlrpc-error.h"
#include "gxmlrpc-terminal.h"

void
gxmlrpc_tls_add_options (GxmlrpcTls     *self,
                         GOptionContext *context)
{
  const GOptionEntry entries[] = {
    { "cacert", 0, 0, G_OPTION_ARG_FILENAME, &self->ca_file,
      "Trust the authorities of FILE (PEM) instead of the system's", "FILE" },
    { "cert", 0, 0, G_OPTION_ARG_FILENAME, &self->certificate_file,
      "Show the server this certificate (PEM)", "FILE" },
    { "key", 0, 0, G_OPTION_ARG_FILENAME, &self->key_file,
      "The private key of that certificate, unless it is in the same file", "FILE" },
    { "insecure", 'k', 0, G_OPTION_ARG_NONE, &self->insecure,
      "Accept any certificate", NULL },
    { NULL }
  };

  g_option_context_add_main_entries (context, entries, NULL);
}

void
gxmlrpc_tls_clear (GxmlrpcTls *self)
{
  g_free (self->ca_file);
  g_free (self->certificate_file);
  g_free (self->key_file);
  g_clear_object (&self->certificate);
}

static void
free_certificates (GList *certificates)
{
  g_list_free_full (certificates, g_object_unref);
}

static GTlsDatabase *
read_authorities (const char  *file,
                  GError     **error)
{
  g_autofree char *path = g_canonicalize_filename (file, NULL);
  g_autoptr (GError) local_error = NULL;
  GList *certificates = g_tls_certificate_list_new_from_file (path, &local_error);
  GTlsDatabase *database = NULL;

  if (certificates != NULL)
    database = g_tls_file_database_new (path, &local_error);
  free_certificates (certificates);
  if (database == NULL)
    gxmlrpc_error_usage (error, "--cacert: cannot read certificates from \"%s\": %s", file,
                         local_error != NULL ? local_error->message : "there are none in PEM");

  return database;
}

static gboolean
read_certificate (GxmlrpcTls  *self,
                  GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *key = NULL;

  self->certificate = self->key_file != NULL
                      ? g_tls_certificate_new_from_files (self->certificate_file, self->key_file, &local_error)
                      : g_tls_certificate_new_from_file (self->certificate_file, &local_error);
  if (self->certificate == NULL)
    {
      gxmlrpc_error_usage (error, "--cert: cannot read \"%s\"%s%s%s: %s", self->certificate_file,
                           self->key_file != NULL ? " with the key of \"" : "",
                           self->key_file != NULL ? self->key_file : "", self->key_file != NULL ? "\"" : "",
                           local_error->message);
      return FALSE;
    }

  g_object_get (self->certificate, "private-key-pem", &key, NULL);
  if (key != NULL)
    return TRUE;

  gxmlrpc_error_usage (error, "--cert: there is no private key in \"%s\": use --key", self->certificate_file);
  return FALSE;
}

gboolean
gxmlrpc_tls_apply (GxmlrpcTls   *self,
                   SoupSession  *session,
                   GError      **error)
{
  g_autoptr (GTlsDatabase) database = NULL;

  if (self->ca_file != NULL)
    {
      database = read_authorities (self->ca_file, error);
      if (database == NULL)
        return FALSE;
      soup_session_set_tls_database (session, database);
    }

  if (self->key_file != NULL && self->certificate_file == NULL)
    {
      gxmlrpc_error_usage (error, "--key needs --cert");
      return FALSE;
    }

  if (self->insecure)
    gxmlrpc_terminal_warn ("--insecure: whoever is between here and the server can read and change everything");

  return self->certificate_file == NULL || read_certificate (self, error);
}

static gboolean
on_accept_certificate (SoupMessage          *message,
                       GTlsCertificate      *certificate,
                       GTlsCertificateFlags  flaws,
                       gpointer              user_data)
{
  return TRUE;
}

void
gxmlrpc_tls_watch (GxmlrpcTls  *self,
                   SoupMessage *message)
{
  if (self->insecure)
    g_signal_connect (message, "accept-certificate", G_CALLBACK (on_accept_certificate), NULL);
  if (self->certificate != NULL)
    soup_message_set_tls_client_certificate (message, self->certificate);
}
