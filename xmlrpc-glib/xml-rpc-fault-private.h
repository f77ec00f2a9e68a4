/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <xmlrpc-glib/xml-rpc-error.h>

G_BEGIN_DECLS

/* Takes a failure, and tells the caller of it: a fault as JSON in @fault if that is not
 * NULL, anything else as an error. For bindings that lose what a GError has beside its
 * code and message. */
void      xml_rpc_fault_propagate           (GError        *failure,
                                             char         **fault,
                                             GError       **error);

/* Whether this is a struct with a code or a text, as any reader would know a fault. */
gboolean  xml_rpc_fault_is_usual            (GVariant      *value);

/* The value of a fault, to be sent to others: NULL if it is not a usual one, or if somebody
 * has changed the code or the message since. Then these are what is meant. */
GVariant *xml_rpc_fault_get_unchanged_value (const GError  *fault);

G_END_DECLS
