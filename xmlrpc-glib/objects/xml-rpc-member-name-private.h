/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* The usual rule for names of members and properties. */

/* "post-title" for "post_title", "postTitle", "PostTitle" and "POST_TITLE". */
char       *xml_rpc_member_name_fold          (const char   *name);
/* The property of exactly that name, or of one that is folded to the same; else NULL. */
GParamSpec *xml_rpc_member_name_find_property (GObjectClass *klass,
                                               const char   *member_name);
char       *xml_rpc_member_name_from_property (const char   *property_name);

G_END_DECLS
