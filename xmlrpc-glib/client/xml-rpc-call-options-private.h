/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "xml-rpc-credentials-private.h"

G_BEGIN_DECLS

/* What a program has set for its calls: those of a proxy, copied when a call begins. */
typedef struct
{
  guint              timeout;                  /* milliseconds, 0 for none */
  guint64            max_response_size;        /* bytes, 0 for none */
  guint              max_values;               /* 0 for any number */
  gboolean           idempotent;
  gboolean           authenticates_on_demand;
  GVariant          *headers;                  /* "a(ss)", or NULL for none */
  XmlRpcCredentials *credentials;              /* or NULL */
} XmlRpcCallOptions;

static inline void
xml_rpc_call_options_copy (XmlRpcCallOptions       *self,
                           const XmlRpcCallOptions *other)
{
  *self = *other;
  if (self->headers != NULL)
    g_variant_ref (self->headers);
  if (self->credentials != NULL)
    xml_rpc_credentials_ref (self->credentials);
}

static inline void
xml_rpc_call_options_clear (XmlRpcCallOptions *self)
{
  g_clear_pointer (&self->headers, g_variant_unref);
  g_clear_pointer (&self->credentials, xml_rpc_credentials_unref);
}

G_END_DECLS
