/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <stdint.h>
#include <stdlib.h>

#include <xmlrpc-c/base.h>
#include <xmlrpc-c/util.h>

#include "codec.h"

static void *
decode (const char *document,
        size_t      length,
        const char *type)
{
  xmlrpc_env env;
  xmlrpc_value *value = NULL;
  int fault_code;
  const char *fault_string = NULL;

  xmlrpc_env_init (&env);
  xmlrpc_parse_response2 (&env, document, length, &value, &fault_code, &fault_string);
  if (env.fault_occurred)
    codec_refuse ("%s", env.fault_string);
  xmlrpc_env_clean (&env);

  return value;
}

static void
free_value (void *value)
{
  xmlrpc_DECREF (value);
}

static bool
encode (void      *value,
        CodecText *text)
{
  xmlrpc_env env;
  xmlrpc_mem_block *block;
  bool is_done;

  xmlrpc_env_init (&env);
  block = xmlrpc_mem_block_new (&env, 0);
  xmlrpc_serialize_response2 (&env, block, value, xmlrpc_dialect_i8);
  is_done = !env.fault_occurred;
  if (is_done)
    *text = (CodecText) { xmlrpc_mem_block_contents (block), xmlrpc_mem_block_size (block), block };
  else
    codec_refuse ("%s", env.fault_string);
  xmlrpc_env_clean (&env);

  return is_done;
}

static void
free_text (CodecText *text)
{
  xmlrpc_mem_block_free (text->owner);
}

int
main (int   argc,
      char *argv[])
{
  static const Codec codec = { decode, free_value, encode, free_text };

  xmlrpc_limit_set (XMLRPC_XML_SIZE_LIMIT_ID, SIZE_MAX / 2);
  xmlrpc_limit_set (XMLRPC_NESTING_LIMIT_ID, 1000);

  return codec_main (&codec, argc, argv);
}
