/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "variant/xml-rpc-variant-writer-private.h"

G_BEGIN_DECLS

/* Writes a value again, as its public API shows it. */
void      replay_value         (XmlRpcVariantWriter  *writer,
                                XmlRpcVariantLayouts *layouts,
                                GVariant             *value);
void      replay_children      (XmlRpcVariantWriter  *writer,
                                XmlRpcVariantLayouts *layouts,
                                GVariant             *value);
GVariant *replay               (GVariant             *value);

/* That the writer's bytes are those of GLib's own serialiser. */
void      assert_written_alike (GVariant             *expected,
                                GVariant             *written);

G_END_DECLS
