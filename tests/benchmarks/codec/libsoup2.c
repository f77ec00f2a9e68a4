/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* libsoup 2.4, which cannot be in one process with libsoup 3. */

#include <string.h>

#include <libsoup/soup.h>

#include "codec.h"

static void *
decode (const char *document,
        size_t      length,
        const char *type)
{
  g_autoptr (GError) error = NULL;
  GVariant *value = soup_xmlrpc_parse_response (document, (int) length, type, &error);

  if (value == NULL)
    {
      codec_refuse ("%s", error->message);
      return NULL;
    }

  return g_variant_ref_sink (value);
}

static void
free_value (void *value)
{
  g_variant_unref (value);
}

static bool
encode (void      *value,
        CodecText *text)
{
  g_autoptr (GError) error = NULL;
  char *body = soup_xmlrpc_build_response (value, &error);

  if (body == NULL)
    {
      codec_refuse ("%s", error->message);
      return false;
    }

  *text = (CodecText) { body, strlen (body), body };
  return true;
}

static void
free_text (CodecText *text)
{
  g_free (text->owner);
}

int
main (int   argc,
      char *argv[])
{
  static const Codec codec = { decode, free_value, encode, free_text };

  return codec_main (&codec, argc, argv);
}
