/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-window-private.h"

#include "xml-rpc-text-private.h"

/* Less than a tag may have. */
#define WINDOW (4 * 1024)

const char *
xml_rpc_window_find_end (const char *data,
                         const char *end)
{
  const char *window_end = data + MIN (end - data, WINDOW);

  while (window_end < end && xml_rpc_text_is_continuation (*window_end))
    window_end--;

  return window_end;
}

/* Bytes that are looked at together, without a branch: compilers make vectors of them. */
#define STRIDE 128

/* Whether there may be anything but text and tags without attributes: "<" with "!" or "?"
 * behind it, or "=" with a blank or a quotation mark. That it is found too often costs
 * little. */
static inline guint8
is_special (guint8 byte,
            guint8 next)
{
  return (guint8) ((byte | ('<' ^ '=')) == '=') & (guint8) ((guint8) (next < '-') | (guint8) (next == '?'));
}

static inline gboolean
has_special_in_stride (const guint8 *bytes)
{
  guint8 found = 0;

  for (gsize i = 0; i < STRIDE; i++)
    found |= is_special (bytes[i], bytes[i + 1]);

  return found != 0;
}

/* The last stride may be one that overlaps. */
gboolean
xml_rpc_window_has_specials (const char *data,
                             const char *end)
{
  const guint8 *bytes = (const guint8 *) data;
  const gsize n = (gsize) (end - data) - 1;
  guint8 found = 0;

  for (gsize i = 0; i + STRIDE <= n; i += STRIDE)
    {
      if (has_special_in_stride (bytes + i))
        return TRUE;
    }
  if (n >= STRIDE)
    return has_special_in_stride (bytes + n - STRIDE);

  for (gsize i = 0; i < n; i++)
    found |= is_special (bytes[i], bytes[i + 1]);

  return found != 0;
}

gboolean
xml_rpc_window_is_start_tag (const char *tag,
                             const char *bracket)
{
  return *bracket == '>' && tag[1] != '/' && bracket[-1] != '/' && memchr (tag, '>', (gsize) (bracket - tag)) == NULL;
}

static const char *
find_last (const char *data,
           const char *end,
           char        byte)
{
  const char *at = end;

  while (at > data)
    {
      if (*--at == byte)
        return at;
    }

  return NULL;
}

const char *
xml_rpc_window_cut (const char *data,
                    const char *end,
                    gboolean   *may_be_raw)
{
  const char *tag = find_last (data, end, '<');
  const char *bracket = tag != NULL ? find_last (tag, end, '>') : NULL;

  *may_be_raw = FALSE;
  if (tag == NULL)
    return end;
  if (bracket == NULL)
    return tag;
  if (end - bracket <= XML_RPC_WINDOW_LONG_TEXT)
    return end;

  *may_be_raw = xml_rpc_window_is_start_tag (tag, bracket);
  return bracket + 1;
}
