/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include "../values/xml-rpc-special-private.h"

/* What JSON lacks is an object with one of these as its single member. */
#define XML_RPC_JSON_I8      "$i8"
#define XML_RPC_JSON_DOUBLE  "$double"
#define XML_RPC_JSON_BASE64  "$base64"
#define XML_RPC_JSON_STRUCT  "$struct"

static const struct {
  const char *name;
  const char *path;
} xml_rpc_json_specials[] = {
  { "$dateTime", XML_RPC_SPECIAL_DATE_TIME },
  { "$biginteger", XML_RPC_SPECIAL_BIG_INTEGER },
  { "$bigdecimal", XML_RPC_SPECIAL_BIG_DECIMAL },
};
