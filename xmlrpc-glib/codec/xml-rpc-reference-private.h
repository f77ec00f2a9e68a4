/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The character that a reference of XML stands for, "&amp;" or "&#38;", from its "&" up to
 * its @semicolon, a few bytes; 0 if there is none, or the name is not one of XML's own
 * five. */
gunichar xml_rpc_reference_parse (const char *reference,
                                  const char *semicolon);

G_END_DECLS
