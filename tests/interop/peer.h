/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A server in a process of its own. It prints one line when it is ready, such
 * as its URL, and ends when its standard input is closed: so it cannot outlive
 * the test, however the test ends. */
typedef struct _Peer Peer;

Peer       *peer_start    (const char *script);
const char *peer_get_line (Peer       *self);
void        peer_stop     (Peer       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Peer, peer_stop)

G_END_DECLS
