/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-origins-private.h"

#include "xml-rpc-documentation-private.h"
#include "xml-rpc-refusal-private.h"

/* Web pages as clients.
 *
 * A server that listens at the loopback interface is out of reach of other computers, but
 * not of their web pages: a browser on this computer runs them, and sends what they want
 * to http://localhost:8080/RPC2. A page may not read the response, nor send the content type
 * text/xml without asking first. But it may send the call without any type, and a call that
 * was sent is executed.
 *
 * A page can also rebind its name: it comes from evil.example, whose address is then
 * changed to 127.0.0.1. For the browser the server is where the page comes from, so it may
 * send and read all. The name is still in the request: the browser sends it as Host.
 *
 * So three things are looked at, in this order, before anything is executed:
 *
 *   1. The authority, which is the host of the request's URI (from Host, an absolute form
 *      or :authority). At a loopback address it has to be a name that nobody can rebind, or
 *      one that the program allows. Elsewhere the names of the computer are not known.
 *   2. Origin, if there is one: it has to be allowed by the program, or to be the server's own
 *      where the server has pages. Nothing else counts then.
 *   3. Without Origin, Sec-Fetch-Site: a browser says by it that a page of another origin
 *      is behind the request. Programs send neither.
 *
 * Schemes are not compared for the server's own origin, since TLS may end before us. An
 * allowed origin gets the headers of CORS, so that its pages can send what they like and
 * read the responses, without the cookies and passwords that the browser has. */

/* Names that are shown have no more characters than DNS admits. */
#define MAX_SHOWN 253

/* So that whoever wants to cannot fill the log. */
#define LOG_INTERVAL (10 * G_USEC_PER_SEC)

/* How long a browser may remember the answer to a preflight. */
#define PREFLIGHT_SECONDS "600"

void
xml_rpc_origins_init (XmlRpcOrigins *self)
{
  *self = (XmlRpcOrigins) {
    .allowed_hosts = g_new0 (char *, 1),
    .allowed_origins = g_new0 (char *, 1),
  };
}

void
xml_rpc_origins_clear (XmlRpcOrigins *self)
{
  g_strfreev (self->allowed_hosts);
  g_strfreev (self->allowed_origins);
}

/* On one line, whatever was sent. */
static char *
show (const char *text)
{
  g_autofree char *beginning = g_strndup (text, MAX_SHOWN);

  return g_strescape (beginning, NULL);
}

/* Explains and logs why the request is not allowed, with @why, which is taken. */
static guint
forbid (XmlRpcOrigins     *self,
        SoupServerMessage *message,
        char              *why)
{
  g_autofree char *owned = why;
  gint64 now = g_get_monotonic_time ();

  if (now >= self->next_log_time)
    {
      self->next_log_time = now + LOG_INTERVAL;
      g_message ("Refused a request: %s", owned);
    }

  xml_rpc_explain (message, "%s", owned);
  return SOUP_STATUS_FORBIDDEN;
}

static guint
forbid_host (XmlRpcOrigins     *self,
             SoupServerMessage *message,
             const char        *host)
{
  g_autofree char *shown = show (host);

  return forbid (self, message, g_strdup_printf ("the host \"%s\" is not in allowed-hosts", shown));
}

static guint
forbid_origin (XmlRpcOrigins     *self,
               SoupServerMessage *message,
               const char        *origin)
{
  g_autofree char *shown = show (origin);

  return forbid (self, message, g_strdup_printf ("the origin \"%s\" is not in allowed-origins", shown));
}

static guint
forbid_site (XmlRpcOrigins     *self,
             SoupServerMessage *message,
             const char        *site)
{
  g_autofree char *shown = show (site);

  return forbid (self, message,
                 g_strdup_printf ("a web page of another origin sent this (Sec-Fetch-Site: \"%s\"), "
                                  "without an Origin that could be in allowed-origins", shown));
}

static gboolean
is_loopback (GSocketAddress *address)
{
  static const guint8 mapped[] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 127 };
  GInetAddress *inet;

  if (!G_IS_INET_SOCKET_ADDRESS (address))
    return FALSE;

  inet = g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address));
  return g_inet_address_get_is_loopback (inet) ||
         (g_inet_address_get_family (inet) == G_SOCKET_FAMILY_IPV6 &&
          memcmp (g_inet_address_to_bytes (inet), mapped, sizeof mapped) == 0);
}

/* Not where the program gave SoupServer a stream of its own, of which nobody knows the
 * address. */
static gboolean
is_at_loopback (SoupServerMessage *message)
{
  return soup_server_message_get_socket (message) != NULL &&
         is_loopback (soup_server_message_get_local_address (message));
}

/* "*.example.org" are all names below example.org. */
static gboolean
matches (const char *pattern,
         const char *host)
{
  g_autofree char *ascii = g_hostname_to_ascii (pattern);
  gsize length = strlen (host);
  gsize suffix_length;

  if (ascii == NULL)
    return FALSE;
  if (*ascii != '*')
    return g_ascii_strcasecmp (ascii, host) == 0;

  suffix_length = strlen (ascii + 1);
  return length > suffix_length && g_ascii_strcasecmp (ascii + 1, host + length - suffix_length) == 0;
}

static gboolean
is_host_allowed (XmlRpcOrigins *self,
                 const char    *host)
{
  static const char * const local[] = { "localhost", "*.localhost", NULL };

  if (g_hostname_is_ip_address (host) || g_ascii_strcasecmp (host, g_get_host_name ()) == 0)
    return TRUE;

  for (const char * const *pattern = local; *pattern != NULL; pattern++)
    {
      if (matches (*pattern, host))
        return TRUE;
    }
  for (char **pattern = self->allowed_hosts; *pattern != NULL; pattern++)
    {
      if (matches (*pattern, host))
        return TRUE;
    }

  return FALSE;
}

/* The authority of the request, without the point at the end of a name that is whole. */
static char *
get_host (SoupServerMessage *message)
{
  char *host = g_strdup (g_uri_get_host (soup_server_message_get_uri (message)));
  gsize length = strlen (host);

  if (length > 1 && host[length - 1] == '.')
    host[length - 1] = '\0';

  return host;
}

static guint
check_host (XmlRpcOrigins     *self,
            SoupServerMessage *message)
{
  g_autofree char *host = NULL;

  if (!is_at_loopback (message))
    return 0;

  host = get_host (message);
  return is_host_allowed (self, host) ? 0 : forbid_host (self, message, host);
}

/* NULL: it is none, as "null" is none. */
static GUri *
parse_origin (const char *text)
{
  g_autoptr (GUri) uri = g_uri_parse (text, G_URI_FLAGS_NONE, NULL);
  const char *path;

  if (uri == NULL || g_uri_get_userinfo (uri) != NULL || g_uri_get_query (uri) != NULL ||
      g_uri_get_fragment (uri) != NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0')
    return NULL;

  path = g_uri_get_path (uri);
  return *path == '\0' || strcmp (path, "/") == 0 ? g_steal_pointer (&uri) : NULL;
}

static int
get_default_port (const char *scheme)
{
  return g_ascii_strcasecmp (scheme, "https") == 0 ? 443 : 80;
}

/* The port of a URI that one with @scheme would mean, since the port of Host is left out
 * where it is that of the client's scheme. */
static int
get_port (GUri       *uri,
          const char *scheme)
{
  int port = g_uri_get_port (uri);

  return port <= 0 || port == get_default_port (g_uri_get_scheme (uri)) ? get_default_port (scheme) : port;
}

static gboolean
has_same_place (GUri *uri,
                GUri *origin)
{
  const char *scheme = g_uri_get_scheme (origin);

  return g_ascii_strcasecmp (g_uri_get_host (uri), g_uri_get_host (origin)) == 0 &&
         get_port (uri, scheme) == get_port (origin, scheme);
}

static gboolean
is_origin_allowed (XmlRpcOrigins *self,
                   GUri          *origin)
{
  for (char **text = self->allowed_origins; *text != NULL; text++)
    {
      g_autoptr (GUri) allowed = parse_origin (*text);

      if (allowed != NULL && has_same_place (allowed, origin) &&
          g_ascii_strcasecmp (g_uri_get_scheme (allowed), g_uri_get_scheme (origin)) == 0)
        return TRUE;
    }

  return FALSE;
}

gboolean
xml_rpc_origins_is_preflight (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  return soup_server_message_get_method (message) == SOUP_METHOD_OPTIONS &&
         soup_message_headers_get_one (headers, "Origin") != NULL &&
         soup_message_headers_get_one (headers, "Access-Control-Request-Method") != NULL;
}

/* What a browser wants to know before it sends a request of a page. Those who ask for a
 * password would refuse it: browsers send none with it. libsoup closes the connection
 * behind a 204. */
static guint
answer_preflight (SoupServerMessage *message)
{
  SoupMessageHeaders *request = soup_server_message_get_request_headers (message);
  SoupMessageHeaders *response = soup_server_message_get_response_headers (message);
  const char *names = soup_message_headers_get_list (request, "Access-Control-Request-Headers");

  soup_message_headers_replace (response, "Access-Control-Allow-Methods", "POST");
  if (names != NULL)
    soup_message_headers_replace (response, "Access-Control-Allow-Headers", names);
  soup_message_headers_replace (response, "Access-Control-Max-Age", PREFLIGHT_SECONDS);
  soup_message_headers_remove (response, "WWW-Authenticate");

  return SOUP_STATUS_OK;
}

static guint
check_origin (XmlRpcOrigins     *self,
              SoupServerMessage *message,
              const char        *text)
{
  SoupMessageHeaders *response = soup_server_message_get_response_headers (message);
  g_autoptr (GUri) origin = parse_origin (text);

  if (origin == NULL)
    return forbid_origin (self, message, text);
  if (self->serves_pages && has_same_place (soup_server_message_get_uri (message), origin))
    return 0;
  if (!is_origin_allowed (self, origin))
    return forbid_origin (self, message, text);

  soup_message_headers_replace (response, "Access-Control-Allow-Origin", text);
  soup_message_headers_append (response, "Vary", "Origin");

  return xml_rpc_origins_is_preflight (message) ? answer_preflight (message) : 0;
}

guint
xml_rpc_origins_check (XmlRpcOrigins     *self,
                       SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *origin = soup_message_headers_get_list (headers, "Origin");
  const char *site = soup_message_headers_get_list (headers, "Sec-Fetch-Site");
  guint status = check_host (self, message);

  if (status != 0)
    return status;
  /* A link may lead to the page from anywhere. Nobody else can read it, or frame it. */
  if (self->serves_pages && xml_rpc_documentation_is_asked_for (message))
    return 0;
  if (origin != NULL)
    return check_origin (self, message, origin);
  if (site != NULL && strcmp (site, "none") != 0 && strcmp (site, "same-origin") != 0)
    return forbid_site (self, message, site);

  return 0;
}
