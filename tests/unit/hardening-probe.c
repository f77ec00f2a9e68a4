/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Copies its argument into a buffer that may be too small for it. The library
 * has no such place to look for: the compiler sees that all of its copies fit. */

#include <stdio.h>
#include <string.h>

int
main (int argc, char **argv)
{
  char buffer[8];

  if (argc != 2)
    return 2;

  memcpy (buffer, argv[1], strlen (argv[1]) + 1);

  return puts (buffer) < 0;
}
