/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

/* The types that GVariant lacks are tuples "(os)" of one of these paths and
 * the text as it stands in the message. */
#define XML_RPC_SPECIAL_DATE_TIME   "/xmlrpc/dateTime"
#define XML_RPC_SPECIAL_BIG_INTEGER "/xmlrpc/biginteger"
#define XML_RPC_SPECIAL_BIG_DECIMAL "/xmlrpc/bigdecimal"
