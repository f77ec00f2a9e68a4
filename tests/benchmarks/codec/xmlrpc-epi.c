/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <stdlib.h>
#include <string.h>

#include <xmlrpc-epi/xmlrpc.h>

#include "codec.h"

static void *
decode (const char *document,
        size_t      length,
        const char *type)
{
  STRUCT_XMLRPC_REQUEST_INPUT_OPTIONS options = { { "UTF-8" } };
  XMLRPC_REQUEST response = XMLRPC_REQUEST_FromXML (document, (int) length, &options);

  if (response == NULL || XMLRPC_RequestGetData (response) == NULL)
    {
      codec_refuse ("no value");
      return NULL;
    }

  return response;
}

static void
free_value (void *value)
{
  XMLRPC_RequestFree (value, 1);
}

static bool
encode (void      *value,
        CodecText *text)
{
  /* Without the white space between elements that it writes otherwise. */
  STRUCT_XMLRPC_REQUEST_OUTPUT_OPTIONS options = {
    { xml_elem_no_white_space, xml_elem_markup_escaping, "UTF-8" },
    xmlrpc_version_1_0,
  };
  int length = 0;
  char *body;

  XMLRPC_RequestSetOutputOptions (value, &options);
  body = XMLRPC_REQUEST_ToXML (value, &length);
  if (body == NULL)
    {
      codec_refuse ("no text");
      return false;
    }

  *text = (CodecText) { body, (size_t) length, body };
  return true;
}

static void
free_text (CodecText *text)
{
  free (text->owner);
}

int
main (int   argc,
      char *argv[])
{
  static const Codec codec = { decode, free_value, encode, free_text };

  return codec_main (&codec, argc, argv);
}
