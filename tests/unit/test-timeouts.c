/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Timeouts that share a source: they pass in the order of their times, in the
 * main context, and may be removed at any time. */

#include "../../xmlrpc-glib/server/xml-rpc-timeouts-private.h"

#define N_TIMEOUTS 50

typedef struct
{
  XmlRpcTimeout  timeout;
  GPtrArray     *passed;
  gpointer       other;     /* to be removed, or NULL */
} Entry;

static void
on_passed (gpointer user_data)
{
  Entry *entry = user_data;
  Entry *other = entry->other;

  g_ptr_array_add (entry->passed, entry);
  if (other != NULL)
    xml_rpc_timeout_remove (&other->timeout);
}

static void
add (XmlRpcTimeouts *timeouts,
     GPtrArray      *passed,
     Entry          *entry,
     guint           milliseconds)
{
  *entry = (Entry) { .passed = passed };
  xml_rpc_timeouts_add (timeouts, &entry->timeout, milliseconds, on_passed, entry);
}

static void
wait_for (GPtrArray *passed,
          guint      n)
{
  while (passed->len < n)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_order (void)
{
  XmlRpcTimeouts *timeouts = xml_rpc_timeouts_new ();
  g_autoptr (GPtrArray) passed = g_ptr_array_new ();
  Entry entries[N_TIMEOUTS];

  for (guint i = 0; i < N_TIMEOUTS; i++)
    add (timeouts, passed, &entries[i], (guint) g_test_rand_int_range (0, 50));
  wait_for (passed, N_TIMEOUTS);

  for (guint i = 1; i < N_TIMEOUTS; i++)
    {
      const Entry *before = g_ptr_array_index (passed, i - 1);
      const Entry *after = g_ptr_array_index (passed, i);

      g_assert_cmpint (before->timeout.time, <=, after->timeout.time);
    }
  xml_rpc_timeouts_unref (timeouts);
}

static void
test_remove (void)
{
  XmlRpcTimeouts *timeouts = xml_rpc_timeouts_new ();
  g_autoptr (GPtrArray) passed = g_ptr_array_new ();
  Entry removed, last;

  add (timeouts, passed, &removed, 1);
  add (timeouts, passed, &last, 20);
  xml_rpc_timeout_remove (&removed.timeout);
  xml_rpc_timeout_remove (&removed.timeout);
  wait_for (passed, 1);

  g_assert_true (g_ptr_array_index (passed, 0) == &last);
  xml_rpc_timeout_remove (&last.timeout);
  xml_rpc_timeouts_unref (timeouts);
}

/* Two that are due at once, of which the first removes the second. */
static void
test_remove_while_passing (void)
{
  XmlRpcTimeouts *timeouts = xml_rpc_timeouts_new ();
  g_autoptr (GPtrArray) passed = g_ptr_array_new ();
  Entry first, second, last;

  add (timeouts, passed, &first, 1);
  add (timeouts, passed, &second, 2);
  add (timeouts, passed, &last, 20);
  first.other = &second;
  g_usleep (30 * 1000);
  wait_for (passed, 2);

  g_assert_true (g_ptr_array_index (passed, 0) == &first);
  g_assert_true (g_ptr_array_index (passed, 1) == &last);
  xml_rpc_timeouts_unref (timeouts);
}

/* An earlier one is not late because it was added later. */
static void
test_earlier (void)
{
  XmlRpcTimeouts *timeouts = xml_rpc_timeouts_new ();
  g_autoptr (GPtrArray) passed = g_ptr_array_new ();
  Entry late, early;

  add (timeouts, passed, &late, 1000 * 1000);
  add (timeouts, passed, &early, 1);
  wait_for (passed, 1);

  g_assert_true (g_ptr_array_index (passed, 0) == &early);
  xml_rpc_timeout_remove (&late.timeout);
  xml_rpc_timeouts_unref (timeouts);
}

/* Who made them is gone, and they pass nevertheless. */
static void
test_orphans (void)
{
  XmlRpcTimeouts *timeouts = xml_rpc_timeouts_new ();
  g_autoptr (GPtrArray) passed = g_ptr_array_new ();
  Entry entries[2];

  add (timeouts, passed, &entries[0], 1);
  add (timeouts, passed, &entries[1], 5);
  xml_rpc_timeouts_unref (timeouts);
  wait_for (passed, 2);
}

static void
test_none (void)
{
  XmlRpcTimeouts *timeouts = xml_rpc_timeouts_new ();
  XmlRpcTimeout never = { 0 };

  xml_rpc_timeout_remove (&never);
  xml_rpc_timeouts_unref (timeouts);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/timeouts/order", test_order);
  g_test_add_func ("/timeouts/remove", test_remove);
  g_test_add_func ("/timeouts/remove-while-passing", test_remove_while_passing);
  g_test_add_func ("/timeouts/earlier", test_earlier);
  g_test_add_func ("/timeouts/orphans", test_orphans);
  g_test_add_func ("/timeouts/none", test_none);

  return g_test_run ();
}
