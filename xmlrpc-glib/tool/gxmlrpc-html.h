/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Help as servers write it: plain text as it is, HTML as plain text. */
char *gxmlrpc_html_to_text (const char *help);

G_END_DECLS
