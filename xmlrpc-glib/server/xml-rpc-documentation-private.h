/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "xml-rpc-service-private.h"

G_BEGIN_DECLS

/* The page that tells people of the methods, and lets them call each. */

/* Whether a request is for the page, where there is one. */
gboolean  xml_rpc_documentation_is_asked_for (SoupServerMessage *message);
/* Sets the response: the page, or with a query its style or its script. */
void      xml_rpc_documentation_answer       (XmlRpcService     *service,
                                              SoupServerMessage *message);

/* Help as HTML that can do nothing. What is not HTML stays as it is, but for links. */
char     *xml_rpc_documentation_format_help  (const char        *help);

/* The files of the folder page. */
extern const char xml_rpc_page_html[];
extern const char xml_rpc_page_css[];
extern const char xml_rpc_page_js[];

G_END_DECLS
