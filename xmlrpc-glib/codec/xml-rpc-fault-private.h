/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The error that a fault, of its natural type, stands for: an XML_RPC_FAULT, or
 * another one if it is no fault. */
void xml_rpc_fault_to_error (GVariant  *fault,
                             GError   **error);

G_END_DECLS
