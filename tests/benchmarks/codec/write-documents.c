/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* write-documents DIRECTORY NAME...: writes the response of each case to
 * DIRECTORY/NAME.xml. */

#include <stdlib.h>

#include <xmlrpc-glib/xmlrpc-glib.h>

#include "bench-documents.h"

static gboolean
write_document (const char  *directory,
                const char  *name,
                GError     **error)
{
  g_autofree char *path = g_strdup_printf ("%s/%s.xml", directory, name);
  g_autoptr (GVariant) value = bench_create_document (name);
  g_autoptr (GBytes) document = NULL;

  if (value == NULL)
    g_error ("There is no case %s", name);
  document = xml_rpc_encode_response (value, error);
  if (document == NULL)
    return FALSE;

  return g_file_set_contents (path, g_bytes_get_data (document, NULL), (gssize) g_bytes_get_size (document), error);
}

int
main (int   argc,
      char *argv[])
{
  for (int i = 2; i < argc; i++)
    {
      g_autoptr (GError) error = NULL;

      if (!write_document (argv[1], argv[i], &error))
        {
          g_printerr ("write-documents: %s\n", error->message);
          return EXIT_FAILURE;
        }
    }

  return EXIT_SUCCESS;
}
