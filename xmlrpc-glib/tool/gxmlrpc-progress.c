/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "gxmlrpc-progress.h"

#include "gxmlrpc-terminal.h"

/* Milliseconds. */
#define DELAY 1000
#define INTERVAL 100

/* Characters; the text before it takes less. */
#define TEXT_WIDTH 48
#define MAX_BAR_WIDTH 40

struct _GxmlrpcProgress
{
  SoupMessage *message;
  gint64       begin; /* monotonic microseconds */
  guint        timer;
  gboolean     is_drawn;
};

typedef struct
{
  const char *what;
  guint64     done;
  guint64     total; /* 0: not known */
} State;

GxmlrpcProgress *
gxmlrpc_progress_new (void)
{
  return g_new0 (GxmlrpcProgress, 1);
}

void
gxmlrpc_progress_free (GxmlrpcProgress *self)
{
  gxmlrpc_progress_end (self);
  g_clear_object (&self->message);
  g_free (self);
}

void
gxmlrpc_progress_watch (GxmlrpcProgress *self,
                        SoupMessage     *message)
{
  soup_message_add_flags (message, SOUP_MESSAGE_COLLECT_METRICS);
  g_set_object (&self->message, message);
}

static guint64
get_length (SoupMessageHeaders *headers)
{
  if (soup_message_headers_get_encoding (headers) != SOUP_ENCODING_CONTENT_LENGTH)
    return 0;

  return (guint64) soup_message_headers_get_content_length (headers);
}

/* What goes over the wire, which may be compressed: so are the lengths. */
static State
get_state (GxmlrpcProgress *self)
{
  SoupMessageMetrics *metrics = self->message != NULL ? soup_message_get_metrics (self->message) : NULL;
  State state = { "Waiting", 0, 0 };
  guint64 sent, length;

  if (metrics == NULL)
    return state;

  state.done = soup_message_metrics_get_response_body_bytes_received (metrics);
  if (state.done > 0)
    {
      state.what = "Receiving";
      state.total = get_length (soup_message_get_response_headers (self->message));
      return state;
    }

  sent = soup_message_metrics_get_request_body_bytes_sent (metrics);
  length = get_length (soup_message_get_request_headers (self->message));
  if (sent > 0 && sent < length)
    state = (State) { "Sending", sent, length };

  return state;
}

static void
append_bar (GString     *line,
            const State *state)
{
  const int width = MIN (gxmlrpc_terminal_get_width (stderr) - TEXT_WIDTH, MAX_BAR_WIDTH);
  const double part = MIN ((double) state->done / (double) state->total, 1.0);

  if (width > 0)
    {
      const int filled = (int) (part * width);

      g_string_append (line, " [");
      for (int i = 0; i < width; i++)
        g_string_append_c (line, i < filled ? '#' : ' ');
      g_string_append_c (line, ']');
    }

  g_string_append_printf (line, " %d %%", (int) (part * 100));
}

static gboolean
draw (gpointer user_data)
{
  GxmlrpcProgress *self = user_data;
  const gint64 elapsed = (g_get_monotonic_time () - self->begin) / G_TIME_SPAN_SECOND;
  const State state = get_state (self);
  g_autoptr (GString) line = g_string_new (state.what);
  g_autofree char *done = g_format_size (state.done);
  g_autofree char *total = g_format_size (state.total);

  if (state.done > 0)
    g_string_append_printf (line, " %s", done);
  if (state.total > 0)
    {
      g_string_append_printf (line, " of %s", total);
      append_bar (line, &state);
    }
  g_string_append_printf (line, " %" G_GINT64_FORMAT " s", elapsed);

  fprintf (stderr, "\r%s\033[K", line->str);
  fflush (stderr);
  self->is_drawn = TRUE;

  return G_SOURCE_CONTINUE;
}

static gboolean
draw_first (gpointer user_data)
{
  GxmlrpcProgress *self = user_data;

  draw (self);
  self->timer = g_timeout_add (INTERVAL, draw, self);

  return G_SOURCE_REMOVE;
}

void
gxmlrpc_progress_begin (GxmlrpcProgress *self)
{
  self->begin = g_get_monotonic_time ();
  if (gxmlrpc_terminal_is_one (stderr))
    self->timer = g_timeout_add (DELAY, draw_first, self);
}

void
gxmlrpc_progress_end (GxmlrpcProgress *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);

  if (self->is_drawn)
    fputs ("\r\033[K", stderr);
  self->is_drawn = FALSE;
}
