/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-network-error-private.h"

#include "../codec/xml-rpc-text-private.h"

static gboolean
is_self_signed (GTlsCertificate *certificate)
{
  g_autofree char *subject = NULL;
  g_autofree char *issuer = NULL;

  if (certificate == NULL)
    return FALSE;

  g_object_get (certificate, "subject-name", &subject, "issuer-name", &issuer, NULL);

  return subject != NULL && g_strcmp0 (subject, issuer) == 0;
}

static const char *
describe_issuer (GTlsCertificate *certificate)
{
  return is_self_signed (certificate) ? "it is self-signed" : "its authority is unknown";
}

/* All that is wrong, for each has to be put right. */
static char *
describe_flaws (SoupMessage *message,
                const char  *host)
{
  GTlsCertificate *certificate = soup_message_get_tls_peer_certificate (message);
  const GTlsCertificateFlags flags = soup_message_get_tls_peer_certificate_errors (message);
  g_autofree char *identity = g_strdup_printf ("it is not for %s", host);
  const struct
  {
    GTlsCertificateFlags  flag;
    const char           *text;
  } flaws[] = {
    { G_TLS_CERTIFICATE_UNKNOWN_CA, describe_issuer (certificate) },
    { G_TLS_CERTIFICATE_BAD_IDENTITY, identity },
    { G_TLS_CERTIFICATE_NOT_ACTIVATED, "it is not valid yet" },
    { G_TLS_CERTIFICATE_EXPIRED, "it has expired" },
    { G_TLS_CERTIFICATE_REVOKED, "it was revoked" },
    { G_TLS_CERTIFICATE_INSECURE, "its algorithm is insecure" },
    { G_TLS_CERTIFICATE_GENERIC_ERROR, "it cannot be verified" },
  };
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();
  g_auto (GStrv) found = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (flaws); i++)
    {
      if (flags & flaws[i].flag)
        g_strv_builder_add (texts, flaws[i].text);
    }

  found = g_strv_builder_end (texts);
  return found[0] != NULL ? g_strjoinv (", ", found) : NULL;
}

static char *
describe_certificate (SoupMessage *message,
                      const char  *host)
{
  g_autofree char *flaws = describe_flaws (message, host);

  return flaws != NULL ? g_strdup_printf ("the certificate of %s is not accepted: %s", host, flaws) : NULL;
}

/* libsoup cannot tell where the body ends. */
static char *
describe_framing (SoupMessage *message,
                  const char  *host)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  static const char * const names[] = { "Transfer-Encoding", "Content-Length" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *value = soup_message_headers_get_list (headers, names[i]);
      g_autofree char *shown = value != NULL ? xml_rpc_text_show (value) : NULL;

      if (shown != NULL)
        return g_strdup_printf ("the response of %s has an invalid %s, \"%s\"", host, names[i], shown);
    }

  return NULL;
}

gboolean
xml_rpc_network_error_explain (GError      **error,
                               SoupMessage  *message,
                               const char   *host)
{
  char *text = NULL;

  if (g_error_matches (*error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE))
    text = describe_certificate (message, host);
  else if (g_error_matches (*error, SOUP_SESSION_ERROR, SOUP_SESSION_ERROR_ENCODING))
    text = describe_framing (message, host);
  else if (g_error_matches (*error, SOUP_SESSION_ERROR, SOUP_SESSION_ERROR_PARSING))
    text = g_strdup_printf ("the response of %s is not HTTP (is the port right?), or broke off in its headers; "
                            "the call may or may not have been executed: %s", host, (*error)->message);

  if (text == NULL)
    return FALSE;

  g_free ((*error)->message);
  (*error)->message = text;
  return TRUE;
}
