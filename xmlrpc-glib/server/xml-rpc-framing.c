/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-framing-private.h"

/* Where a request ends, and whom it is for.
 *
 * A proxy in front of a server sends the requests of many clients over one connection. If
 * the two see the end of a request at different places, a client can hide a second request
 * in the first: the proxy has not checked it, and its response goes to somebody else. So RFC
 * 9112 says what makes the end unclear, and that such a request is to be refused and its
 * connection closed.
 *
 * libsoup reads the bytes. What it hands over is looked at here, whole: the names of the
 * fields, the hosts, the lengths and the codings. But it drops some lines of a head without
 * telling ("Transfer-Encoding : chunked", for the blank), and of a body it only gives the
 * data: strtoul() reads the sizes of its chunks, what is no number is the last chunk, and
 * the first line of a trailer ends it (3.2 to 3.6). There is nothing to look at then, and to
 * read the bytes ourselves would make a second reader of the kind that this is about.
 *
 * A second request can be kept from being read, though: the connection is closed behind each
 * request that has chunks, or a head that is not right. That holds for all requests to the
 * SoupServer, since whoever hides one chooses the path of the other. A client with chunks
 * connects anew for each call; nearly all clients of XML-RPC send a length.
 *
 * docs/SECURITY.md has a table of what is seen, what is hidden, and what proxies do. */

/* So that a length is below 2^63. */
#define MAX_LENGTH_DIGITS 18

#define TOKEN_CHARACTERS "!#$%&'*+-.^_`|~"

/* libsoup has refused a slash. */
#define NOT_IN_HOST " \t\"#,<>?@\\^`{|}"

/* strspn() would go through all of the set for each name. */
static gboolean
is_token (const char *text)
{
  while (g_ascii_isalnum (*text) || (*text != '\0' && strchr (TOKEN_CHARACTERS, *text) != NULL))
    text++;

  return *text == '\0';
}

/* A field that decides over the framing, and is not for the next hop alone. */
static gboolean
loses_framing (SoupMessageHeaders *headers)
{
  const char *connection = soup_message_headers_get_list (headers, "Connection");

  return connection != NULL &&
         (soup_header_contains (connection, "Content-Length") ||
          soup_header_contains (connection, "Transfer-Encoding") ||
          soup_header_contains (connection, "Host"));
}

/* The fields one by one: NULL, or what is wrong. */
static const char *
check_fields (SoupServerMessage *message)
{
  SoupMessageHeadersIter iter;
  const char *name, *value;
  guint n_hosts = 0;

  soup_message_headers_iter_init (&iter, soup_server_message_get_request_headers (message));
  while (soup_message_headers_iter_next (&iter, &name, &value))
    {
      if (!is_token (name))
        return "a header has a name that is not valid";
      if (g_ascii_strcasecmp (name, "Host") != 0)
        continue;
      if (++n_hosts > 1)
        return "expected one Host, got several";
      if (strpbrk (value, NOT_IN_HOST) != NULL)
        return "the Host is not valid";
    }

  return n_hosts == 0 && soup_server_message_get_http_version (message) == SOUP_HTTP_1_1 ? "there is no Host" : NULL;
}

static gboolean
is_length (const char *text)
{
  gsize n_digits = strspn (text, "0123456789");

  return 0 < n_digits && n_digits <= MAX_LENGTH_DIGITS && text[n_digits] == '\0';
}

/* One length, a number, or else chunks (RFC 9112, section 6.3): NULL, or what is wrong. */
static const char *
check_length (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *length = soup_message_headers_get_list (headers, "Content-Length");
  const char *coding = soup_message_headers_get_list (headers, "Transfer-Encoding");

  if (coding != NULL && length != NULL)
    return "expected Content-Length or Transfer-Encoding, got both";
  if (coding != NULL && g_ascii_strcasecmp (coding, "chunked") != 0)
    return "expected the Transfer-Encoding chunked, got another one";
  if (coding != NULL && soup_server_message_get_http_version (message) == SOUP_HTTP_1_0)
    return "HTTP/1.0 has no Transfer-Encoding";
  if (length != NULL && !is_length (length))
    return "the Content-Length is not one number";

  return NULL;
}

static const char *
find_fault (SoupServerMessage *message)
{
  const char *fault = check_fields (message);

  if (fault == NULL)
    fault = check_length (message);
  if (fault == NULL && loses_framing (soup_server_message_get_request_headers (message)))
    fault = "Connection names a header that is not for one connection";

  return fault;
}

static void
close_behind (SoupServerMessage *message)
{
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Connection", "close");
}

static gboolean
has_chunks (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  return soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CHUNKED;
}

guint
xml_rpc_framing_check (SoupServerMessage  *message,
                       const char        **why)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  *why = find_fault (message);
  if (*why != NULL)
    return SOUP_STATUS_BAD_REQUEST;

  if (has_chunks (message))
    close_behind (message);
  if (soup_server_message_get_method (message) != SOUP_METHOD_POST ||
      soup_message_headers_get_encoding (headers) != SOUP_ENCODING_NONE)
    return 0;

  *why = "expected a Content-Length, or chunks";
  return SOUP_STATUS_LENGTH_REQUIRED;
}

void
xml_rpc_framing_guard (SoupServerMessage *message)
{
  if (has_chunks (message) || find_fault (message) != NULL)
    close_behind (message);
}
