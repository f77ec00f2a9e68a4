/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "xml-rpc-documentation-private.h"

#include "../codec/xml-rpc-html-private.h"
#include "xml-rpc-response-private.h"

/* The page comes as it is from nowhere else than this path, is nobody's frame, and whatever
 * a method's help says cannot run: a second line of defence behind the sanitizer. */
#define POLICY "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

#define DEFAULT_TITLE "XML-RPC methods"

gboolean
xml_rpc_documentation_is_asked_for (SoupServerMessage *message)
{
  const char *method = soup_server_message_get_method (message);

  return method == SOUP_METHOD_GET || method == SOUP_METHOD_HEAD;
}

/* Whether there is a tag of an element that the sanitizer keeps. */
static gboolean
is_html (const char *help)
{
  for (const char *tag = strchr (help, '<'); tag != NULL; tag = strchr (tag + 1, '<'))
    {
      const char *name = tag[1] == '/' ? tag + 2 : tag + 1;
      gsize length = strcspn (name, " \t\r\n/>");

      if (name[length] != '\0' && length > 0 && xml_rpc_html_is_markup (name, length))
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_link (const char *text)
{
  return g_str_has_prefix (text, "http://") || g_str_has_prefix (text, "https://");
}

/* Without the punctuation of the sentence behind it. */
static gsize
get_link_length (const char *link)
{
  gsize length = strcspn (link, " \t\r\n<>\"'`");

  while (length > 0 && strchr (".,;:!?)", link[length - 1]) != NULL)
    length--;

  return length;
}

static void
append_escaped (GString    *html,
                const char *text,
                gsize       length)
{
  g_autofree char *escaped = g_markup_escape_text (text, (gssize) length);

  g_string_append (html, escaped);
}

static void
append_link (GString    *html,
             const char *link,
             gsize       length)
{
  g_string_append (html, "<a href=\"");
  append_escaped (html, link, length);
  g_string_append (html, "\">");
  append_escaped (html, link, length);
  g_string_append (html, "</a>");
}

static char *
format_text (const char *help)
{
  GString *html = g_string_new ("<div class=\"help text\">");
  const char *rest = help;

  for (const char *at = strstr (help, "http"); at != NULL; at = strstr (at, "http"))
    {
      gsize length = is_link (at) ? get_link_length (at) : 0;

      if (length > 0)
        {
          append_escaped (html, rest, (gsize) (at - rest));
          append_link (html, at, length);
          rest = at + length;
        }
      at += MAX (length, 1);
    }
  append_escaped (html, rest, strlen (rest));
  g_string_append (html, "</div>");

  return g_string_free (html, FALSE);
}

char *
xml_rpc_documentation_format_help (const char *help)
{
  g_autofree char *clean = is_html (help) ? xml_rpc_html_sanitize (help) : NULL;

  return clean != NULL ? g_strconcat ("<div class=\"help\">", clean, "</div>", NULL) : format_text (help);
}

static void
append_signature (GString    *html,
                  const char *name,
                  const char *signature)
{
  g_auto (GStrv) types = g_strsplit (signature, ",", -1);
  g_autofree char *parameters = g_strjoinv (", ", types + 1);
  g_autofree char *item = g_markup_printf_escaped ("<li data-signature=\"%s\"><code>%s %s (%s)</code></li>\n",
                                                   signature, types[0], name, parameters);

  g_string_append (html, item);
}

static void
append_method (GString      *html,
               const char   *name,
               XmlRpcMethod *method)
{
  const char * const *signatures = xml_rpc_signatures_get_texts (xml_rpc_method_get_signatures (method));
  const char *help = xml_rpc_method_get_help (method);
  g_autofree char *escaped = g_uri_escape_string (name, NULL, FALSE);
  g_autofree char *begin = g_markup_printf_escaped ("<section class=\"method\" id=\"%s\" data-method=\"%s\">\n"
                                                    "<h2><a href=\"#%s\">%s</a></h2>\n", name, name, escaped, name);
  g_autofree char *formatted = xml_rpc_documentation_format_help (help);

  g_string_append (html, begin);
  if (*signatures != NULL)
    {
      g_string_append (html, "<ul class=\"signatures\">\n");
      for (; *signatures != NULL; signatures++)
        append_signature (html, name, *signatures);
      g_string_append (html, "</ul>\n");
    }
  if (*help != '\0')
    g_string_append_printf (html, "%s\n", formatted);
  g_string_append (html, "</section>\n");
}

static void
append_link_to_method (GString    *html,
                       const char *name)
{
  g_autofree char *escaped = g_uri_escape_string (name, NULL, FALSE);
  g_autofree char *item = g_markup_printf_escaped ("<li><a href=\"#%s\">%s</a></li>\n", escaped, name);

  g_string_append (html, item);
}

/* The program's own first. */
static void
append_methods (XmlRpcService *service,
                gboolean       is_system,
                GString       *links,
                GString       *methods)
{
  g_autofree const char **names = xml_rpc_service_list (service);

  for (const char **name = names; *name != NULL; name++)
    {
      if (g_str_has_prefix (*name, "system.") != is_system)
        continue;
      append_link_to_method (links, *name);
      append_method (methods, *name, xml_rpc_service_lookup (service, *name));
    }
}

static GBytes *
make_page (XmlRpcService *service)
{
  GString *page = g_string_new (xml_rpc_page_html);
  const char *title = service->texts[XML_RPC_TEXT_TITLE];
  const char *introduction = service->texts[XML_RPC_TEXT_INTRODUCTION];
  g_autofree char *escaped = g_markup_escape_text (title != NULL ? title : DEFAULT_TITLE, -1);
  g_autofree char *formatted = introduction != NULL ? xml_rpc_documentation_format_help (introduction) : g_strdup ("");
  g_autoptr (GString) links = g_string_new (NULL);
  g_autoptr (GString) methods = g_string_new (NULL);

  append_methods (service, FALSE, links, methods);
  append_methods (service, TRUE, links, methods);
  g_string_replace (page, "<!--title-->", escaped, 0);
  g_string_replace (page, "<!--introduction-->", formatted, 1);
  g_string_replace (page, "<!--links-->\n", links->str, 1);
  g_string_replace (page, "<!--methods-->\n", methods->str, 1);

  return g_string_free_to_bytes (page);
}

static void
respond (SoupServerMessage *message,
         const char        *content_type,
         GBytes            *body)
{
  static const char * const headers[][2] = {
    { "Content-Security-Policy", POLICY },
    { "X-Content-Type-Options", "nosniff" },
    { "Cross-Origin-Resource-Policy", "same-origin" },
    { "Referrer-Policy", "no-referrer" },
    { "Cache-Control", "no-cache" },
  };
  SoupMessageHeaders *response = soup_server_message_get_response_headers (message);
  g_autoptr (GBytes) encoded = xml_rpc_response_encode (message, body);

  for (gsize i = 0; i < G_N_ELEMENTS (headers); i++)
    soup_message_headers_replace (response, headers[i][0], headers[i][1]);

  soup_server_message_set_response (message, content_type, SOUP_MEMORY_COPY,
                                    g_bytes_get_data (encoded, NULL), g_bytes_get_size (encoded));
}

void
xml_rpc_documentation_answer (XmlRpcService     *service,
                              SoupServerMessage *message)
{
  const char *query = g_uri_get_query (soup_server_message_get_uri (message));

  if (g_strcmp0 (query, "style") == 0)
    respond (message, "text/css; charset=utf-8", g_bytes_new_static (xml_rpc_page_css, strlen (xml_rpc_page_css)));
  else if (g_strcmp0 (query, "script") == 0)
    respond (message, "text/javascript; charset=utf-8", g_bytes_new_static (xml_rpc_page_js, strlen (xml_rpc_page_js)));
  else
    respond (message, "text/html; charset=utf-8", make_page (service));
}
