/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The body of an answer: of @value, or if that is NULL of @fault. What cannot
 * be written becomes a fault that says so. */
GBytes     *xml_rpc_answer_encode         (GVariant     *value,
                                           const GError *fault);

/* The message of a fault, or another one in place of what XML cannot carry. */
const char *xml_rpc_answer_check_message  (const char   *message);

/* The fault, an error of XML_RPC_FAULT, for a request that cannot be read. */
GError     *xml_rpc_answer_fault_of_error (const GError *error);

G_END_DECLS
