/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A server in a process of its own. It prints one line when it is ready, such
 * as its URL. A script ends when its standard input is closed, a program on
 * SIGTERM, which it also gets when the test ends: so neither can outlive it. */
typedef struct _Peer Peer;

Peer       *peer_start         (const char *script,
                                const char *option);
Peer       *peer_start_program (const char *program);
const char *peer_get_line      (Peer       *self);
void        peer_stop          (Peer       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Peer, peer_stop)

G_END_DECLS
