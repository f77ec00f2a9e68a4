/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

/* What an XML document is turned into. Names are as they stand there, with a prefix
 * if they have one; @word is the first eight bytes, the first one the lowest, or less
 * and zeros. Text is UTF-8, cut anywhere but within a character. */
typedef struct
{
  void  (*start_element) (gpointer    user_data,
                          const char *name,
                          gsize       length,
                          guint64     word);
  void  (*end_element)   (gpointer    user_data);
  void  (*text)          (gpointer    user_data,
                          const char *text,
                          gsize       length);
  /* Text may come next, and is not parsed yet. Takes the bytes at the beginning that are
   * text in any case, and returns how many. */
  gsize (*raw_text)      (gpointer    user_data,
                          const char *data,
                          gsize       length);
} XmlRpcXmlEvents;

/* What is wrong with the encoding of a document, where that is the error. */
typedef enum
{
  XML_RPC_FLAW_OTHER,
  XML_RPC_FLAW_ENCODING,   /* the declaration tells one that is unknown */
  XML_RPC_FLAW_BYTES,      /* they are no characters in theirs */
} XmlRpcFlaw;

/* The receiver of the events, and the first error, whoever reports it. There are no more
 * events after that. */
typedef struct
{
  const XmlRpcXmlEvents *events;
  gpointer               user_data;
  GError                *error;
  XmlRpcFlaw             flaw;      /* that the error is about */
} XmlRpcXmlSink;

/* Takes the error. */
static inline void
xml_rpc_xml_sink_fail_for (XmlRpcXmlSink *self,
                           XmlRpcFlaw     flaw,
                           GError        *error)
{
  if (self->error != NULL)
    {
      g_error_free (error);
      return;
    }

  self->error = error;
  self->flaw = flaw;
}

static inline void
xml_rpc_xml_sink_fail (XmlRpcXmlSink *self,
                       GError        *error)
{
  xml_rpc_xml_sink_fail_for (self, XML_RPC_FLAW_OTHER, error);
}

static inline gboolean
xml_rpc_xml_sink_is_over (const XmlRpcXmlSink *self)
{
  return G_UNLIKELY (self->error != NULL);
}

/* Computes @word from the beginning of a name. Two numbers that overlap are read, which
 * needs no loop. */
static inline guint64
xml_rpc_xml_name_to_word (const char *name,
                          gsize       length)
{
  const guint8 *bytes = (const guint8 *) name;
  guint32 start, end;
  guint64 word;

  if (length >= sizeof word)
    {
      memcpy (&word, name, sizeof word);
      return GUINT64_FROM_LE (word);
    }
  if (length >= sizeof start)
    {
      memcpy (&start, name, sizeof start);
      memcpy (&end, name + length - sizeof end, sizeof end);
      return GUINT32_FROM_LE (start) | (guint64) GUINT32_FROM_LE (end) << 8 * (length - sizeof end);
    }
  if (length == 0)
    return 0;

  return bytes[0] | (guint64) bytes[length / 2] << 8 * (length / 2) | (guint64) bytes[length - 1] << 8 * (length - 1);
}

G_END_DECLS
