/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

/* The least that reading a document with libxml2 takes: the options, pieces
 * and callbacks are those of the library, and the callbacks do nothing. */
void bench_parse_emptily (GBytes *document);
