/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  XML_RPC_TAG_IS_PLAIN,
  XML_RPC_TAG_IS_CUT,     /* more text is needed to tell */
  XML_RPC_TAG_IS_OTHER,   /* there is more in it than plain XML has, or it is none */
} XmlRpcTagStatus;

/* A start tag of plain XML: its grammar is in xml-rpc-scanner.c. */
typedef struct
{
  const char *name;
  gsize       length;             /* of the name, the prefix included */
  gsize       prefix_length;      /* 0: there is none */
  const char *attributes;         /* from the blank before the first one */
  gsize       attributes_length;  /* 0: there are none */
  gboolean    is_empty;           /* it ends with "/>" */
  const char *end;                /* behind the bracket */
} XmlRpcTag;

/* Of a text that begins with "<". */
XmlRpcTagStatus xml_rpc_tag_parse (XmlRpcTag  *self,
                                   const char *text,
                                   const char *end);

G_END_DECLS
