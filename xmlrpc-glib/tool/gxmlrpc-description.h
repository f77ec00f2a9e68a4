/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What describe --json writes about some GxmlrpcMethods; docs/command-line.md has the form. */
GVariant *gxmlrpc_description_create (GPtrArray *methods);

G_END_DECLS
