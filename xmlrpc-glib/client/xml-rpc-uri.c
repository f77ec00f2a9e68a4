/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-uri-private.h"

#include <string.h>
#include <sys/un.h>

#include <libsoup/soup.h>

#include "../codec/xml-rpc-text-private.h"

/* What other XML-RPC clients ask for when the URI has no path. */
#define DEFAULT_PATH "/RPC2"

/* The system would cut a longer one, and connect to another socket. */
#define MAX_SOCKET_PATH (sizeof ((struct sockaddr_un *) NULL)->sun_path - 1)

#define SPLIT_FLAGS (G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_ENCODED_PATH | G_URI_FLAGS_ENCODED_QUERY)

#define SCHEMES "http, https, http+unix, scgi or scgi+unix"

/* What no name of a host has. A URI may hold them with % escapes. Sent in a Host header, or
 * in the first line to an HTTP proxy, some of them would end it, and others would name
 * another host to whoever reads it. */
#define NOT_IN_HOSTS " \"#%/<>?@[\\]^`{|}"

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

static gboolean
is_ip_address (const char *host,
               gsize       length)
{
  g_autofree char *address = g_strndup (host, length);

  return g_hostname_is_ip_address (address);
}

static gboolean
check_host (const char  *host,
            GError     **error)
{
  const gboolean has_colon = strchr (host, ':') != NULL;
  const gsize address_length = strcspn (host, "%");

  if (has_colon && !is_ip_address (host, address_length))
    {
      g_set_error_literal (error, G_URI_ERROR, G_URI_ERROR_BAD_HOST,
                           "invalid URI: the host has a colon, but is not an IPv6 address");
      return FALSE;
    }

  for (const char *p = host; *p != '\0'; p++)
    {
      /* An IPv6 address may have a zone. */
      if (has_colon && p == host + address_length)
        continue;
      if (!g_ascii_iscntrl (*p) && strchr (NOT_IN_HOSTS, *p) == NULL)
        continue;

      g_set_error (error, G_URI_ERROR, G_URI_ERROR_BAD_HOST,
                   "invalid URI: the host has the character U+%04X, which no host has", (guint) *p);
      return FALSE;
    }

  return TRUE;
}

static GUri *
build_http (const Parts  *parts,
            const char   *scheme,
            const char   *host,
            const char   *path,
            GError      **error)
{
  /* Parsed once more, so that the port is filled in as libsoup wants it. */
  g_autofree char *text = g_uri_join (SOUP_HTTP_URI_FLAGS, scheme, NULL, host, parts->port,
                                      *path != '\0' ? path : DEFAULT_PATH, parts->query, NULL);

  return g_uri_parse (text, SOUP_HTTP_URI_FLAGS, error);
}

static gboolean
parse_host (XmlRpcUri    *self,
            const Parts  *parts,
            const char   *scheme,
            GError      **error)
{
  if (parts->host == NULL || *parts->host == '\0')
    {
      g_set_error_literal (error, G_URI_ERROR, G_URI_ERROR_BAD_HOST,
                           "invalid URI: there is no host in it");
      return FALSE;
    }
  if (!check_host (parts->host, error))
    return FALSE;

  self->http = build_http (parts, scheme, parts->host, parts->path, error);
  if (self->http == NULL)
    return FALSE;

  self->host = g_strdup (parts->host);
  return TRUE;
}

static gboolean
parse_http (XmlRpcUri    *self,
            const Parts  *parts,
            GError      **error)
{
  if (!parse_host (self, parts, parts->scheme, error))
    return FALSE;

  self->display = g_uri_to_string (self->http);
  return TRUE;
}

/* For messages. */
static char *
replace_scheme (GUri       *uri,
                const char *scheme)
{
  g_autofree char *text = g_uri_to_string (uri);

  return g_strconcat (scheme, strchr (text, ':'), NULL);
}

/* There is no port that all use. */
static gboolean
parse_scgi (XmlRpcUri    *self,
            const Parts  *parts,
            GError      **error)
{
  if (parts->port <= 0)
    {
      g_set_error_literal (error, G_URI_ERROR, G_URI_ERROR_BAD_PORT,
                           "invalid URI: expected the port of the SCGI server, as in scgi://localhost:5000");
      return FALSE;
    }

  self->is_scgi = TRUE;
  if (!parse_host (self, parts, "http", error))
    return FALSE;

  self->display = replace_scheme (self->http, parts->scheme);
  return TRUE;
}

/* A blank is right in a path, which is not sent. A control character is in messages only. */
static gboolean
check_socket_path (const char  *path,
                   const char  *scheme,
                   GError     **error)
{
  if (path == NULL || *path != '/' || path[1] == '\0')
    {
      g_set_error (error, G_URI_ERROR, G_URI_ERROR_BAD_HOST,
                   "invalid URI: expected the absolute path of a socket, "
                   "as in %s:///run/server.sock:" DEFAULT_PATH, scheme);
      return FALSE;
    }

  if (strlen (path) > MAX_SOCKET_PATH)
    {
      g_set_error (error, G_URI_ERROR, G_URI_ERROR_BAD_HOST,
                   "invalid URI: the path of the socket has more than %" G_GSIZE_FORMAT " bytes", MAX_SOCKET_PATH);
      return FALSE;
    }

  for (const char *p = path; *p != '\0'; p++)
    {
      if (!g_ascii_iscntrl (*p))
        continue;

      g_set_error (error, G_URI_ERROR, G_URI_ERROR_BAD_HOST,
                   "invalid URI: the path of the socket has the control character U+%04X", (guint) *p);
      return FALSE;
    }

  return TRUE;
}

/* http+unix:///run/server.sock:/RPC2, or the socket as the host, %-encoded:
 * http+unix://%2Frun%2Fserver.sock/RPC2 */
static gboolean
parse_unix (XmlRpcUri    *self,
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

  if (!check_socket_path (self->socket_path, parts->scheme, error))
    return FALSE;

  self->http = build_http (parts, "http", SOCKET_HOST, path, error);
  if (self->http == NULL)
    return FALSE;

  self->host = g_strdup (self->socket_path);
  self->display = g_strdup_printf ("%s://%s:%s", parts->scheme, self->socket_path,
                                   g_uri_get_path (self->http));
  return TRUE;
}

static gboolean
parse_scgi_unix (XmlRpcUri    *self,
                 const Parts  *parts,
                 GError      **error)
{
  self->is_scgi = TRUE;
  return parse_unix (self, parts, error);
}

static gboolean
is_port (const char *start,
         const char *end)
{
  while (start < end && g_ascii_isdigit (*start))
    start++;

  return start == end;
}

static const char *
describe_error (const GError *error)
{
  switch (error->code)
    {
    case G_URI_ERROR_BAD_USER:
    case G_URI_ERROR_BAD_PASSWORD:
      return "the user name or the password is not escaped as it should be";
    case G_URI_ERROR_BAD_HOST:
      return "its host is invalid";
    case G_URI_ERROR_BAD_PORT:
      return "its port is not a number from 0 to 65535";
    case G_URI_ERROR_BAD_PATH:
    case G_URI_ERROR_BAD_QUERY:
      return "its path or its query is not escaped as it should be";
    default:
      return "it is not well-formed";
    }
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
  { "http+unix", parse_unix },
  { "scgi", parse_scgi },
  { "scgi+unix", parse_scgi_unix },
};

static gboolean
parse_parts (XmlRpcUri    *self,
             const Parts  *parts,
             GError      **error)
{
  if (parts->scheme == NULL)
    {
      g_set_error_literal (error, G_URI_ERROR, G_URI_ERROR_BAD_SCHEME,
                           "invalid URI: expected " SCHEMES ", got no scheme");
      return FALSE;
    }

  for (gsize i = 0; i < G_N_ELEMENTS (schemes); i++)
    {
      if (g_ascii_strcasecmp (parts->scheme, schemes[i].name) == 0)
        return schemes[i].parse (self, parts, error);
    }

  g_set_error (error, G_URI_ERROR, G_URI_ERROR_BAD_SCHEME,
               "invalid URI: expected " SCHEMES ", got \"%s\"", parts->scheme);
  return FALSE;
}

/* Whether what is behind the authority is a path, and not the rest of a password, although
 * there is an '@' in it: behind a port it may be anywhere but in the first segment. */
static gboolean
is_path (const char *colon,
         const char *end)
{
  if (*end != '/' || colon == NULL)
    return *end == '/';

  return is_port (colon + 1, end) && end[1 + strcspn (end + 1, "/@")] != '@';
}

/* A password that has such a character in it ends too early, or too late, and the rest of
 * it is taken for something that is shown or asked for: a port, a host, a path. Where
 * there is an '@' behind, that is what it was meant to end with. Nothing is quoted. */
static gboolean
check_authority (const char  *text,
                 GError     **error)
{
  const char *start = strstr (text, "://");
  const char *end, *last_at, *colon;

  if (start == NULL)
    return TRUE;

  start += strlen ("://");
  end = start + strcspn (start, "/?#");
  last_at = g_strrstr_len (start, end - start, "@");
  colon = g_strrstr_len (start, end - start, ":");

  if (last_at != NULL)
    {
      if (strcspn (start, "@[]") == (gsize) (last_at - start))
        return TRUE;
    }
  else if (strchr (end, '@') == NULL || *start == '[' || is_path (colon, end))
    {
      return TRUE;
    }

  g_set_error_literal (error, G_URI_ERROR, G_URI_ERROR_BAD_USER,
                       "invalid URI: in a user name and a password the characters @ / ? # [ ] have to be "
                       "escaped, as %40 %2F %3F %23 %5B %5D; or give them as properties");
  return FALSE;
}

/* What GLib says quotes what it did not understand, which may be a part of a password. */
static gboolean
split (const char  *text,
       Parts       *parts,
       GError     **error)
{
  g_autoptr (GError) local_error = NULL;

  if (g_uri_split_with_user (text, SPLIT_FLAGS, &parts->scheme, &parts->user, &parts->password, NULL,
                             &parts->host, &parts->port, &parts->path, &parts->query, NULL,
                             &local_error))
    return TRUE;

  if (strchr (text, '@') != NULL)
    g_set_error (error, G_URI_ERROR, local_error->code, "invalid URI: %s", describe_error (local_error));
  else
    g_propagate_prefixed_error (error, g_steal_pointer (&local_error), "invalid URI: ");
  return FALSE;
}

XmlRpcUri *
xml_rpc_uri_parse (const char  *text,
                   GError     **error)
{
  g_autoptr (XmlRpcUri) self = g_new0 (XmlRpcUri, 1);
  g_auto (Parts) parts = { NULL, };

  g_assert (text != NULL);

  if (!check_authority (text, error) || !split (text, &parts, error) || !parse_parts (self, &parts, error))
    return NULL;

  self->user = g_steal_pointer (&parts.user);
  self->password = g_steal_pointer (&parts.password);
  return g_steal_pointer (&self);
}

void
xml_rpc_uri_free (XmlRpcUri *self)
{
  g_clear_pointer (&self->http, g_uri_unref);
  g_free (self->socket_path);
  g_free (self->host);
  g_free (self->display);
  g_free (self->user);
  g_free (self->password);
  g_free (self);
}

char *
xml_rpc_uri_resolve (const XmlRpcUri *self,
                     const char      *reference)
{
  g_autoptr (GUri) target = g_uri_parse_relative (self->http, reference, SOUP_HTTP_URI_FLAGS, NULL);

  if (target == NULL)
    return xml_rpc_text_show (reference);

  return g_uri_to_string_partial (target, G_URI_HIDE_USERINFO);
}
