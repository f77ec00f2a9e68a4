/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "gxmlrpc-headers.h"

#include <string.h>

#include "gxmlrpc-error.h"

/* The characters of a token, beside letters and digits (RFC 9110, 5.6.2). */
#define TOKEN_MARKS "!#$%&'*+-.^_`|~"

typedef struct
{
  char *name;
  char *value;
} Header;

struct _GxmlrpcHeaders
{
  GPtrArray *items;
};

static void
header_free (gpointer data)
{
  Header *header = data;

  g_free (header->name);
  g_free (header->value);
  g_free (header);
}

static gboolean
is_token (const char *text)
{
  const char *p = text;

  while (g_ascii_isalnum (*p) || (*p != '\0' && strchr (TOKEN_MARKS, *p) != NULL))
    p++;

  return p > text && *p == '\0';
}

static Header *
parse_header (const char  *text,
              GError     **error)
{
  const char *colon = strchr (text, ':');
  Header *header;

  if (colon == NULL || strpbrk (text, "\r\n") != NULL)
    {
      gxmlrpc_error_usage (error, "--header: expected 'NAME: VALUE', got '%s'", text);
      return NULL;
    }

  header = g_new0 (Header, 1);
  header->name = g_strndup (text, (gsize) (colon - text));
  header->value = g_strstrip (g_strdup (colon + 1));
  if (is_token (header->name))
    return header;

  gxmlrpc_error_usage (error, "--header: \"%s\" is not the name of a header", header->name);
  header_free (header);
  return NULL;
}

GxmlrpcHeaders *
gxmlrpc_headers_new (const char * const  *texts,
                     GError             **error)
{
  g_autoptr (GxmlrpcHeaders) self = g_new0 (GxmlrpcHeaders, 1);

  self->items = g_ptr_array_new_with_free_func (header_free);
  for (; texts != NULL && *texts != NULL; texts++)
    {
      Header *header = parse_header (*texts, error);

      if (header == NULL)
        return NULL;
      g_ptr_array_add (self->items, header);
    }

  return g_steal_pointer (&self);
}

void
gxmlrpc_headers_free (GxmlrpcHeaders *self)
{
  g_ptr_array_unref (self->items);
  g_free (self);
}

void
gxmlrpc_headers_apply (GxmlrpcHeaders *self,
                       SoupMessage    *message)
{
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  for (guint i = 0; i < self->items->len; i++)
    {
      const Header *header = g_ptr_array_index (self->items, i);

      soup_message_headers_remove (headers, header->name);
    }

  for (guint i = 0; i < self->items->len; i++)
    {
      const Header *header = g_ptr_array_index (self->items, i);

      soup_message_headers_append (headers, header->name, header->value);
    }
}
