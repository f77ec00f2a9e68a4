/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-open-elements-private.h"

#include "xml-rpc-xml-sink-private.h"

void
xml_rpc_open_elements_clear (XmlRpcOpenElements *self)
{
  xml_rpc_buffer_clear (&self->elements);
  xml_rpc_buffer_clear (&self->long_names);
}

gboolean
xml_rpc_open_elements_is_named (const XmlRpcOpenElements *self,
                                const char               *name)
{
  const XmlRpcOpenElement *innermost = xml_rpc_open_elements_get_innermost (self);
  const gsize length = innermost->length;

  if (xml_rpc_open_element_is_short (innermost))
    return xml_rpc_xml_name_to_word (name, length) == innermost->word;

  return memcmp (name, self->long_names.data + self->long_names.length - length, length) == 0;
}

guint
xml_rpc_open_elements_append_tags (const XmlRpcOpenElements *self,
                                   GString                  *xml)
{
  const XmlRpcOpenElement *elements = (const XmlRpcOpenElement *) (gconstpointer) self->elements.data;
  const char *long_name = (const char *) self->long_names.data;
  const guint n = (guint) (self->elements.length / sizeof *elements);

  for (guint i = 0; i < n; i++)
    {
      const guint64 word = GUINT64_TO_LE (elements[i].word);
      const gssize length = (gssize) elements[i].length;

      g_string_append_c (xml, '<');
      if (xml_rpc_open_element_is_short (&elements[i]))
        {
          g_string_append_len (xml, (const char *) &word, length);
        }
      else
        {
          g_string_append_len (xml, long_name, length);
          long_name += length;
        }
      g_string_append_c (xml, '>');
    }

  return n;
}
