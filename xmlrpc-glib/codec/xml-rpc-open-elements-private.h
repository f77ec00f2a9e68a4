/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "../variant/xml-rpc-buffer-private.h"

G_BEGIN_DECLS

typedef struct
{
  guint64 word;    /* the first eight bytes of its name, or fewer and zeros */
  gsize   length;  /* of its name */
} XmlRpcOpenElement;

/* The elements that have begun and not ended, from the outermost to the innermost. A name
 * of up to seven bytes is whole in its word, and most names are. */
typedef struct
{
  XmlRpcBuffer elements;    /* XmlRpcOpenElement */
  XmlRpcBuffer long_names;  /* of those whose name is longer, one after another */
} XmlRpcOpenElements;

void     xml_rpc_open_elements_clear       (XmlRpcOpenElements       *self);

/* Of the innermost one, of whose name this is as long. */
gboolean xml_rpc_open_elements_is_named    (const XmlRpcOpenElements *self,
                                            const char               *name);

/* Their start tags, as XML. Returns how many. */
guint    xml_rpc_open_elements_append_tags (const XmlRpcOpenElements *self,
                                            GString                  *xml);

static inline gboolean
xml_rpc_open_element_is_short (const XmlRpcOpenElement *self)
{
  return self->length < sizeof self->word;
}

static inline gboolean
xml_rpc_open_elements_is_empty (const XmlRpcOpenElements *self)
{
  return self->elements.length == 0;
}

/* There has to be one. */
static inline const XmlRpcOpenElement *
xml_rpc_open_elements_get_innermost (const XmlRpcOpenElements *self)
{
  return (const XmlRpcOpenElement *) (gconstpointer) (self->elements.data + self->elements.length) - 1;
}

static inline void
xml_rpc_open_elements_push (XmlRpcOpenElements *self,
                            const char         *name,
                            gsize               length,
                            guint64             word)
{
  const XmlRpcOpenElement element = { word, length };

  xml_rpc_buffer_append (&self->elements, &element, sizeof element);
  if (!xml_rpc_open_element_is_short (&element))
    xml_rpc_buffer_append (&self->long_names, name, length);
}

static inline void
xml_rpc_open_elements_pop (XmlRpcOpenElements *self)
{
  const XmlRpcOpenElement *innermost = xml_rpc_open_elements_get_innermost (self);

  if (!xml_rpc_open_element_is_short (innermost))
    self->long_names.length -= innermost->length;
  self->elements.length -= sizeof *innermost;
}

G_END_DECLS
