/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-headers-private.h"

#include <string.h>

#include <xmlrpc-glib/xml-rpc-error.h>

/* The characters of a token, besides letters and digits (RFC 9110, 5.6.2). */
#define TOKEN_MARKS "!#$%&'*+-.^_`|~"

/* These say where a message ends and where it goes to: a wrong one would let a server read
 * another request than was sent. */
static const char * const refused_names[] = { "Host", "Content-Length", "Transfer-Encoding", "Connection" };

static gboolean
is_token (const char *text)
{
  const char *p = text;

  while (g_ascii_isalnum (*p) || (*p != '\0' && strchr (TOKEN_MARKS, *p) != NULL))
    p++;

  return p > text && *p == '\0';
}

/* Values are not shown: some are secret. */
static gboolean
check_header (const char  *name,
              const char  *value,
              GError     **error)
{
  if (!is_token (name))
    {
      g_set_error (error, XML_RPC_ERROR, XML_RPC_ERROR_INVALID_VALUE,
                   "headers: expected the name of a header, got \"%s\"", name);
      return FALSE;
    }

  for (gsize i = 0; i < G_N_ELEMENTS (refused_names); i++)
    {
      if (g_ascii_strcasecmp (name, refused_names[i]) == 0)
        {
          g_set_error (error, XML_RPC_ERROR, XML_RPC_ERROR_INVALID_VALUE,
                       "headers: %s is set by HTTP itself", refused_names[i]);
          return FALSE;
        }
    }

  if (strpbrk (value, "\r\n") != NULL)
    {
      g_set_error (error, XML_RPC_ERROR, XML_RPC_ERROR_INVALID_VALUE,
                   "headers: expected one line as the value of %s, got more", name);
      return FALSE;
    }

  return TRUE;
}

gboolean
xml_rpc_headers_check (GVariant  *headers,
                       GError   **error)
{
  GVariantIter iter;
  const char *name, *value;

  if (headers == NULL)
    return TRUE;

  if (!g_variant_is_of_type (headers, G_VARIANT_TYPE ("a(ss)")))
    {
      g_set_error (error, XML_RPC_ERROR, XML_RPC_ERROR_INVALID_VALUE,
                   "headers: expected pairs of a name and a value, \"a(ss)\", got the type \"%s\"",
                   g_variant_get_type_string (headers));
      return FALSE;
    }

  g_variant_iter_init (&iter, headers);
  while (g_variant_iter_next (&iter, "(&s&s)", &name, &value))
    {
      if (!check_header (name, value, error))
        return FALSE;
    }

  return TRUE;
}

/* All that are not of this name. */
static void
copy_others (GVariantBuilder *builder,
             GVariant        *headers,
             const char      *but_name)
{
  GVariantIter iter;
  const char *name, *value;

  g_variant_builder_init (builder, G_VARIANT_TYPE ("a(ss)"));
  if (headers == NULL)
    return;

  g_variant_iter_init (&iter, headers);
  while (g_variant_iter_next (&iter, "(&s&s)", &name, &value))
    {
      if (but_name == NULL || g_ascii_strcasecmp (name, but_name) != 0)
        g_variant_builder_add (builder, "(ss)", name, value);
    }
}

static GVariant *
end_headers (GVariantBuilder *builder)
{
  g_autoptr (GVariant) headers = g_variant_ref_sink (g_variant_builder_end (builder));

  return g_variant_n_children (headers) > 0 ? g_steal_pointer (&headers) : NULL;
}

GVariant *
xml_rpc_headers_set (GVariant   *headers,
                     const char *name,
                     const char *value)
{
  GVariantBuilder builder;

  copy_others (&builder, headers, name);
  if (value != NULL)
    g_variant_builder_add (&builder, "(ss)", name, value);

  return end_headers (&builder);
}

GVariant *
xml_rpc_headers_add (GVariant   *headers,
                     const char *name,
                     const char *value)
{
  GVariantBuilder builder;

  copy_others (&builder, headers, NULL);
  g_variant_builder_add (&builder, "(ss)", name, value);

  return end_headers (&builder);
}

const char *
xml_rpc_headers_lookup (GVariant   *headers,
                        const char *wanted)
{
  GVariantIter iter;
  const char *name, *value;

  if (headers == NULL)
    return NULL;

  g_variant_iter_init (&iter, headers);
  while (g_variant_iter_next (&iter, "(&s&s)", &name, &value))
    {
      if (g_ascii_strcasecmp (name, wanted) == 0)
        return value;
    }

  return NULL;
}

void
xml_rpc_headers_apply (GVariant    *headers,
                       SoupMessage *message)
{
  SoupMessageHeaders *sent = soup_message_get_request_headers (message);
  GVariantIter iter;
  const char *name, *value;

  if (headers == NULL)
    return;

  g_variant_iter_init (&iter, headers);
  while (g_variant_iter_next (&iter, "(&s&s)", &name, &value))
    soup_message_headers_remove (sent, name);

  g_variant_iter_init (&iter, headers);
  while (g_variant_iter_next (&iter, "(&s&s)", &name, &value))
    soup_message_headers_append (sent, name, value);
}
