/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <xmlrpc-glib/xmlrpc-glib.h>

#include "codec.h"

static void *
decode (const char *document,
        size_t      length,
        const char *type)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = g_bytes_new_static (document, length);
  GVariant *value = xml_rpc_decode_response (body, type != NULL ? G_VARIANT_TYPE (type) : NULL, &error);

  if (value == NULL)
    codec_refuse ("%s", error->message);

  return value;
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
  GBytes *body = xml_rpc_encode_response (value, &error);

  if (body == NULL)
    {
      codec_refuse ("%s", error->message);
      return false;
    }

  text->data = g_bytes_get_data (body, &text->length);
  text->owner = body;
  return true;
}

static void
free_text (CodecText *text)
{
  g_bytes_unref (text->owner);
}

int
main (int   argc,
      char *argv[])
{
  static const Codec codec = { decode, free_value, encode, free_text };

  return codec_main (&codec, argc, argv);
}
