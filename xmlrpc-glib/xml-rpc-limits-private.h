/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

/* How deep arrays and structs may be nested: GVariant refuses more than 128
 * levels, and a struct member costs three of them. */
#define XML_RPC_MAX_NESTING 40
