/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

/* The same values every time, in the types that decoding gives them without an
 * expected type, and in normal form. */

/* 20,000 structs of seven members, as from a news aggregator: 16 MB of XML. */
GVariant *bench_create_news     (void);

GVariant *bench_create_integers (void);
GVariant *bench_create_doubles  (void);
GVariant *bench_create_binary   (void);

/* Seven of the structs: 6 KB of XML. */
GVariant *bench_create_reply    (void);
