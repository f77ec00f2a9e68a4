/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A variant in GLib's text form. */
GVariant *parse         (const char *text);
GObject  *read_as       (GType       type,
                         const char *text);
/* Reading fails with an XmlRpcError. */
void      assert_fails  (GType       type,
                         const char *text,
                         int         code,
                         const char *message);
/* The object is written as this text. */
void      assert_writes (GObject    *object,
                         const char *expected);

G_END_DECLS
