/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "gxmlrpc-trace.h"

#include <string.h>

#include "gxmlrpc-terminal.h"

typedef enum {
  SHOWN,
  SECRET,  /* without its value */
  OMITTED  /* SoupLogger's own */
} Treatment;

static Treatment
get_treatment (const char *line)
{
  static const struct {
    const char *name;
    Treatment   treatment;
  } headers[] = {
    { "Authorization:", SECRET },
    { "Proxy-Authorization:", SECRET },
    { "Cookie:", SECRET },
    { "Set-Cookie:", SECRET },
    { "Soup-Debug:", OMITTED },
    { "Soup-Debug-Timestamp:", OMITTED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      if (g_ascii_strncasecmp (line, headers[i].name, strlen (headers[i].name)) == 0)
        return headers[i].treatment;
    }

  return SHOWN;
}

/* The value of an Authorization begins with its scheme, which is no secret. */
static char *
hide_value (const char *line)
{
  const char *value = strchr (line, ':') + 1;
  gsize length;

  value += strspn (value, " ");
  length = g_ascii_strncasecmp (line, "Authorization:", strlen ("Authorization:")) == 0 ? strcspn (value, " ") + 1 : 0;

  return g_strdup_printf ("%.*s(hidden)", (int) (value - line + MIN (length, strlen (value))), line);
}

/* One line, which begins with the direction: '<', '>', or a space. */
static void
print_line (SoupLogger         *logger,
            SoupLoggerLogLevel  level,
            char                direction,
            const char         *line,
            gpointer            user_data)
{
  g_autofree char *hidden = NULL;
  g_autofree char *printable = NULL;

  /* The body's lines are of another level. */
  if (level != SOUP_LOGGER_LOG_BODY)
    {
      switch (get_treatment (line))
        {
        case OMITTED:
          return;
        case SECRET:
          line = hidden = hide_value (line);
          break;
        case SHOWN:
        default:
          break;
        }
    }

  printable = gxmlrpc_terminal_make_printable (line);
  fprintf (stderr, "%c %s\n", direction, printable);
}

void
gxmlrpc_trace_begin (SoupSession *session)
{
  g_autoptr (SoupLogger) logger = soup_logger_new (SOUP_LOGGER_LOG_BODY);

  soup_logger_set_printer (logger, print_line, NULL, NULL);
  soup_session_add_feature (session, SOUP_SESSION_FEATURE (logger));
}
