/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* fldigi's edition of XmlRpc++. */

#include <string>

#include <flxmlrpc/XmlRpcValue.h>

extern "C"
{
#include "codec.h"
}

using XmlRpc::XmlRpcValue;

/* Its client has the response in such a string, too. */
static const std::string &
get_text (const char *document,
          size_t      length)
{
  static std::string text;

  if (text.size () != length)
    text.assign (document, length);

  return text;
}

static void *
decode (const char *document,
        size_t      length,
        const char *)
{
  const std::string &text = get_text (document, length);
  const size_t start = text.find ("<value>");
  int offset = static_cast<int> (start);
  XmlRpcValue *value = new XmlRpcValue ();

  if (start != std::string::npos && value->fromXml (text, &offset))
    return value;

  delete value;
  codec_refuse ("no value");
  return nullptr;
}

static void
free_value (void *value)
{
  delete static_cast<XmlRpcValue *> (value);
}

static bool
encode (void      *value,
        CodecText *text)
{
  std::string *body = new std::string ("<?xml version=\"1.0\"?>\r\n<methodResponse><params><param>");

  *body += static_cast<XmlRpcValue *> (value)->toXml ();
  *body += "</param></params></methodResponse>\r\n";
  *text = { body->data (), body->size (), body };
  return true;
}

static void
free_text (CodecText *text)
{
  delete static_cast<std::string *> (text->owner);
}

int
main (int   argc,
      char *argv[])
{
  static const Codec codec = { decode, free_value, encode, free_text };

  return codec_main (&codec, argc, argv);
}
