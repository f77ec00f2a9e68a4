/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "gxmlrpc-advice.h"

#include <string.h>

#include "gxmlrpc-error.h"
#include "gxmlrpc-signature.h"

/* Longer names are nobody's typing error. */
#define MAX_NAME_LENGTH 200

/* More are no help. */
#define MAX_SIGNATURES 10

/* The code with which xmlrpc-c refuses a parameter's type. */
#define XML_RPC_C_TYPE_ERROR -501

static gsize
min3 (gsize a,
      gsize b,
      gsize c)
{
  return MIN (MIN (a, b), c);
}

/* How many characters have to be added, removed or replaced; case does not
 * count. */
static gsize
get_distance (const char *a,
              const char *b)
{
  gsize row[MAX_NAME_LENGTH + 1];
  const gsize length = strlen (b);

  for (gsize j = 0; j <= length; j++)
    row[j] = j;

  for (gsize i = 0; a[i] != '\0'; i++)
    {
      gsize diagonal = row[0];

      row[0] = i + 1;
      for (gsize j = 0; j < length; j++)
        {
          const gsize replaced = diagonal + (g_ascii_tolower (a[i]) != g_ascii_tolower (b[j]));

          diagonal = row[j + 1];
          row[j + 1] = min3 (replaced, row[j] + 1, row[j + 1] + 1);
        }
    }

  return row[length];
}

/* Whether their lengths differ by less than that. */
static gboolean
is_near (const char *a,
         const char *b,
         gsize       distance)
{
  return strlen (a) < strlen (b) + distance && strlen (b) < strlen (a) + distance;
}

/* Behind the last dot, for those who leave the name space out. */
static const char *
get_last_part (const char *name)
{
  const char *dot = strrchr (name, '.');

  return dot != NULL ? dot + 1 : name;
}

const char *
gxmlrpc_advice_find_similar (const char         *name,
                             const char * const *names)
{
  gsize best = MAX (strlen (name) / 3, 1) + 1;
  const char *similar = NULL;

  if (strlen (name) > MAX_NAME_LENGTH)
    return NULL;

  for (; *names != NULL; names++)
    {
      gsize distance;

      /* A server may have very many. */
      if (strlen (*names) > MAX_NAME_LENGTH)
        continue;

      distance = is_near (name, *names, best) ? get_distance (name, *names) : G_MAXSIZE;
      if (g_ascii_strcasecmp (name, get_last_part (*names)) == 0)
        distance = 0;
      if (distance < best)
        {
          best = distance;
          similar = *names;
        }
    }

  return similar;
}

/* Other flaws of a certificate stay flaws, whoever has signed it. */
static gboolean
is_about_authority (const GError *error)
{
  return strstr (error->message, "self-signed") != NULL || strstr (error->message, "authority") != NULL;
}

void
gxmlrpc_advice_add (GError            *error,
                    GxmlrpcConnection *connection)
{
  g_autofree char *user = xml_rpc_server_proxy_get_user (gxmlrpc_connection_get_proxy (connection));

  if (g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE))
    gxmlrpc_error_add_hint (error, "%s--insecure accepts any certificate.",
                            is_about_authority (error) ? "--cacert FILE trusts the authorities in it, " : "");
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    gxmlrpc_error_add_hint (error, "--timeout SECONDS allows more.");
  else if (g_error_matches (error, XML_RPC_HTTP_ERROR, XML_RPC_HTTP_ERROR_UNAUTHORIZED) && user == NULL)
    gxmlrpc_error_add_hint (error, "Use --user NAME, and --password-file FILE or answer the question.");
  else if (g_error_matches (error, XML_RPC_HTTP_ERROR, XML_RPC_HTTP_ERROR_NOT_FOUND) ||
           g_error_matches (error, XML_RPC_HTTP_ERROR, XML_RPC_HTTP_ERROR_METHOD_NOT_ALLOWED))
    gxmlrpc_error_add_hint (error, "Is the path right? Most servers listen at /RPC2 or /.");
}

/* Whether a fault is about parameters: by its code, of those who agree on codes and of
 * xmlrpc-c (a wrong type), or by what it says. */
static gboolean
is_about_params (const GError *fault)
{
  static const char * const words[] = { "param", "argument", "signature" };
  g_autofree char *text = g_ascii_strdown (fault->message, -1);

  if (fault->code == XML_RPC_FAULT_INVALID_PARAMS || fault->code == XML_RPC_C_TYPE_ERROR)
    return TRUE;

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (strstr (text, words[i]) != NULL)
        return TRUE;
    }

  return FALSE;
}

/* Shows the signatures, if there are some. A fault that only mentions parameters is about
 * them if no signature has so many. */
static void
advise_on_params (GError            *error,
                  GxmlrpcConnection *connection,
                  const char        *method_name,
                  gsize              n_params)
{
  g_auto (GStrv) signatures = is_about_params (error)
                              ? gxmlrpc_connection_signatures (connection, method_name, NULL) : NULL;

  if (signatures == NULL || *signatures == NULL)
    return;

  for (char **p = signatures; *p != NULL; p++)
    {
      if (gxmlrpc_signature_count_params (*p) == n_params && error->code != XML_RPC_FAULT_INVALID_PARAMS &&
          error->code != XML_RPC_C_TYPE_ERROR)
        return;
    }

  for (char **p = signatures; *p != NULL && p < signatures + MAX_SIGNATURES; p++)
    {
      g_autofree char *text = gxmlrpc_signature_to_string (method_name, *p);

      gxmlrpc_error_add_hint (error, "%s %s", p == signatures ? "Expected:" : "      or:", text);
    }
}

void
gxmlrpc_advice_add_call (GError            *error,
                         GxmlrpcConnection *connection,
                         const char        *method_name,
                         gsize              n_params)
{
  g_auto (GStrv) names = NULL;
  const char *similar;

  if (error->domain != XML_RPC_FAULT)
    {
      gxmlrpc_advice_add (error, connection);
      return;
    }

  names = gxmlrpc_connection_list (connection, NULL);
  if (names == NULL)
    return;

  if (g_strv_contains ((const char * const *) names, method_name))
    {
      advise_on_params (error, connection, method_name, n_params);
      return;
    }

  similar = gxmlrpc_advice_find_similar (method_name, (const char * const *) names);
  if (similar != NULL)
    gxmlrpc_error_add_hint (error, "Did you mean %s?", similar);
}

char **
gxmlrpc_advice_list (GxmlrpcConnection  *connection,
                     GError            **error)
{
  GError *list_error = NULL;
  char **names = gxmlrpc_connection_list (connection, &list_error);

  if (names == NULL)
    {
      gxmlrpc_advice_add (list_error, connection);
      g_propagate_error (error, list_error);
    }

  return names;
}
