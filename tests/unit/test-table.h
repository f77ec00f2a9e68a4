/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The tests of a program, as a table: a name and a function in each row.
 *
 *     static const TestRow tests[] = {
 *       { "keeps-its-value", test_keeps_its_value },
 *     };
 *
 * main() adds it with TEST_TABLE_ADD ("/boolean", tests). */
typedef struct
{
  const char *name;
  GTestFunc   func;
} TestRow;

#define TEST_TABLE_ADD(prefix, table) \
  G_STMT_START { \
    for (gsize i_ = 0; i_ < G_N_ELEMENTS (table); i_++) \
      { \
        g_autofree char *path_ = g_strdup_printf ("%s/%s", prefix, (table)[i_].name); \
        g_test_add_func (path_, (table)[i_].func); \
      } \
  } G_STMT_END

/* Likewise for functions that get a fixture, and the data of their row:
 *
 *     static const TEST_ROW (Fixture) tests[] = { ...
 *
 * and TEST_TABLE_ADD_FIXTURE ("/server-slow", tests, Fixture, set_up, tear_down). */
#define TEST_ROW(Fixture) \
  struct { \
    const char   *name; \
    void        (*func) (Fixture *fixture, gconstpointer data); \
    gconstpointer data; \
  }

#define TEST_TABLE_ADD_FIXTURE(prefix, table, Fixture, set_up, tear_down) \
  G_STMT_START { \
    for (gsize i_ = 0; i_ < G_N_ELEMENTS (table); i_++) \
      { \
        g_autofree char *path_ = g_strdup_printf ("%s/%s", prefix, (table)[i_].name); \
        g_test_add (path_, Fixture, (table)[i_].data, set_up, (table)[i_].func, tear_down); \
      } \
  } G_STMT_END

G_END_DECLS
