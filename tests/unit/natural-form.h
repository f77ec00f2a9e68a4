/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the mapping says, written down a second time and simply, to hold the
 * encoder and the decoder against. Not floating. */

/* What a value comes back as when it was written and is read without an
 * expected type. */
GVariant *natural_form (GVariant *value);

/* And when it is read with its own type: the same, but what is in variants is
 * natural, and a nil may have been any of several maybes. */
GVariant *typed_form   (GVariant *value);

G_END_DECLS
