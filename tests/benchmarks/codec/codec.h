/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* One library's way to read and to write a response. Nothing of GLib here: a
 * program has to do with its own library only. */

#pragma once

#include <stdbool.h>
#include <stddef.h>

typedef struct
{
  const char *data;
  size_t      length;
  void       *owner;    /* for free_text() */
} CodecText;

typedef struct
{
  /* The value of a <methodResponse>, or NULL. @type: the GVariant type to
   * expect, or NULL. */
  void *(*decode)     (const char *document,
                       size_t      length,
                       const char *type);
  void  (*free_value) (void       *value);
  /* The <methodResponse> of a value that was decoded. */
  bool  (*encode)     (void       *value,
                       CodecText  *text);
  void  (*free_text)  (CodecText  *text);
} Codec;

/* Says why decode() or encode() failed. */
void codec_refuse (const char  *format,
                   ...) __attribute__ ((format (printf, 1, 2)));

/* PROGRAM DOCUMENT decode|encode [TYPE], told on its standard input what to do
 * with it. Each line is answered with one:
 *
 *   time N      N times: the processor's seconds, and those on the wall
 *   memory      once: by how many bytes the process grew at most
 *   write FILE  decodes, encodes, and writes the text: its length
 *
 * The first line comes unasked: "ready", or "refused" and why. */
int  codec_main   (const Codec *codec,
                   int          argc,
                   char        *argv[]);
