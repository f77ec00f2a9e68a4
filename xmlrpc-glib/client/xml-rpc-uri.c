/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-uri-private.h"

#include <libsoup/soup.h>

/* What other XML-RPC clients ask for when the URI has no path. */
#define DEFAULT_PATH "/RPC2"

#define SPLIT_FLAGS (G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_ENCODED_PATH | G_URI_FLAGS_ENCODED_QUERY)

/* libsoup connects to the socket whatever the host is; this one is sent in the
 * Host header. */
#define SOCKET_HOST "localhost"

typedef struct
{
  char *scheme;
  char *user;
  char *password;
  char *host;
  int   port;
  char *path;
  char *query;
} Parts;

static void
parts_clear (Parts *parts)
{
  g_free (parts->scheme);
  g_free (parts->user);
  g_free (parts->password);
  g_free (parts->host);
  g_free (parts->path);
  g_free (parts->query);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Parts, parts_clear)

static GUri *
build_http (const Parts  *parts,
            const char   *scheme,
            const char   *host,
            const char   *path,
            GError      **error)
{
  /* Parsed once more, so that the port is filled in as libsoup wants it. */
  g_autofree char *text = g_uri_join_with_user (SOUP_HTTP_URI_FLAGS, scheme,
                                                parts->user, parts->password, NULL,
                                                host, parts->port,
                                                *path != '\0' ? path : DEFAULT_PATH,
                                                parts->query, NULL);

  return g_uri_parse (text, SOUP_HTTP_URI_FLAGS, error);
}

static gboolean
parse_http (XmlRpcUri    *self,
            const Parts  *parts,
            GError      **error)
{
  if (parts->host == NULL || *parts->host == '\0')
    {
      g_set_error_literal (error, G_URI_ERROR, G_URI_ERROR_BAD_HOST,
                           "invalid URI: there is no host in it");
      return FALSE;
    }

  self->http = build_http (parts, parts->scheme, parts->host, parts->path, error);
  if (self->http == NULL)
    return FALSE;

  self->host = g_strdup (parts->host);
  self->display = g_uri_to_string_partial (self->http, G_URI_HIDE_USERINFO);
  return TRUE;
}

/* http+unix:///run/server.sock:/RPC2, or the socket as the host, %-encoded:
 * http+unix://%2Frun%2Fserver.sock/RPC2 */
static gboolean
parse_http_unix (XmlRpcUri    *self,
                 const Parts  *parts,
                 GError      **error)
{
  const char *path = parts->path;

  if (parts->host != NULL && *parts->host != '\0')
    {
      self->socket_path = g_strdup (parts->host);
    }
  else
    {
      const char *colon = strstr (parts->path, ":/");

      if (colon == NULL && g_str_has_suffix (parts->path, ":"))
        colon = parts->path + strlen (parts->path) - 1;

      path = colon != NULL ? colon + 1 : "";
      self->socket_path = g_uri_unescape_segment (parts->path, colon, NULL);
    }

  if (self->socket_path == NULL || *self->socket_path != '/' || self->socket_path[1] == '\0')
    {
      g_set_error_literal (error, G_URI_ERROR, G_URI_ERROR_BAD_HOST,
                           "invalid URI: expected the absolute path of a socket, "
                           "as in http+unix:///run/server.sock:" DEFAULT_PATH);
      return FALSE;
    }

  self->http = build_http (parts, "http", SOCKET_HOST, path, error);
  if (self->http == NULL)
    return FALSE;

  self->host = g_strdup (self->socket_path);
  self->display = g_strdup_printf ("%s://%s:%s", parts->scheme, self->socket_path,
                                   g_uri_get_path (self->http));
  return TRUE;
}

static const struct
{
  const char *name;
  gboolean  (*parse) (XmlRpcUri    *self,
                      const Parts  *parts,
                      GError      **error);
} schemes[] = {
  { "http", parse_http },
  { "https", parse_http },
  { "http+unix", parse_http_unix },
};

static gboolean
parse_parts (XmlRpcUri    *self,
             const Parts  *parts,
             GError      **error)
{
  if (parts->scheme == NULL)
    {
      g_set_error_literal (error, G_URI_ERROR, G_URI_ERROR_BAD_SCHEME,
                           "invalid URI: expected http, https or http+unix, got no scheme");
      return FALSE;
    }

  for (gsize i = 0; i < G_N_ELEMENTS (schemes); i++)
    {
      if (g_ascii_strcasecmp (parts->scheme, schemes[i].name) == 0)
        return schemes[i].parse (self, parts, error);
    }

  g_set_error (error, G_URI_ERROR, G_URI_ERROR_BAD_SCHEME,
               "invalid URI: expected http, https or http+unix, got \"%s\"", parts->scheme);
  return FALSE;
}

XmlRpcUri *
xml_rpc_uri_parse (const char  *text,
                   GError     **error)
{
  g_autoptr (XmlRpcUri) self = g_new0 (XmlRpcUri, 1);
  g_auto (Parts) parts = { NULL, };

  g_assert (text != NULL);

  if (!g_uri_split_with_user (text, SPLIT_FLAGS, &parts.scheme,
                              &parts.user, &parts.password, NULL,
                              &parts.host, &parts.port, &parts.path, &parts.query, NULL,
                              error))
    {
      g_prefix_error_literal (error, "invalid URI: ");
      return NULL;
    }

  if (!parse_parts (self, &parts, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
xml_rpc_uri_free (XmlRpcUri *self)
{
  g_clear_pointer (&self->http, g_uri_unref);
  g_free (self->socket_path);
  g_free (self->host);
  g_free (self->display);
  g_free (self);
}

gboolean
xml_rpc_uri_has_user (const XmlRpcUri *self)
{
  return g_uri_get_user (self->http) != NULL;
}

char *
xml_rpc_uri_resolve (const XmlRpcUri *self,
                     const char      *reference)
{
  g_autoptr (GUri) target = g_uri_parse_relative (self->http, reference, SOUP_HTTP_URI_FLAGS, NULL);

  if (target == NULL)
    return g_utf8_make_valid (reference, -1);

  return g_uri_to_string_partial (target, G_URI_HIDE_USERINFO);
}
