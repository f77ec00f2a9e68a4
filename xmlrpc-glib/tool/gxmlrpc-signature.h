/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Signatures as servers have them: "int,string,struct", the returned type first. */

gsize  gxmlrpc_signature_count_params (const char *signature);
/* "name (string, struct) -> int" */
char  *gxmlrpc_signature_to_string    (const char *method_name,
                                       const char *signature);

G_END_DECLS
