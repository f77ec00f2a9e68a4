/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

/* Large and small values, the same ones each time. */

/* 20,000 structs of seven members, 16 MB of XML. */
GVariant *bench_create_news     (void);

/* Seven of the same, 6 KB of XML. */
GVariant *bench_create_reply    (void);

/* The value of a case, or NULL if there is none of that name. */
GVariant *bench_create_document (const char *name);
