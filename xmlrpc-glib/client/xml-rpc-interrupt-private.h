/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <gio/gio.h>

#include <xmlrpc-glib/xml-rpc-interrupt.h>

G_BEGIN_DECLS

/* Around a synchronous call: what cancels it. The call around it, if any, is what to end
 * with. Nobody cancels the call after its end. */
GCancellable *xml_rpc_interrupt_begin  (GCancellable *cancellable);
void          xml_rpc_interrupt_end    (GCancellable *outer);

G_END_DECLS
