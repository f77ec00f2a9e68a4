/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* callers URL CLIENTS CALLS: so many clients, each with a connection of its own, call
 * journal.append() one call after the other, each with a text of its own. Prints a line for
 * each call: the text, "ok" or "failed", and why. */

#include <stdlib.h>

#include <xmlrpc-glib/xmlrpc-glib.h>

typedef struct
{
  GMainLoop *loop;
  guint      n_calls;
  guint      n_begun;
  guint      n_ended;
} Plan;

typedef struct
{
  Plan              *plan;
  XmlRpcServerProxy *proxy;
  char              *text;    /* of the call in progress */
} Caller;

static void call_next (Caller *self);

static void
on_end (GObject      *proxy,
        GAsyncResult *result,
        gpointer      user_data)
{
  Caller *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value = xml_rpc_server_proxy_call_finish (self->proxy, result, &error);

  if (value != NULL)
    g_print ("%s ok\n", self->text);
  else
    g_print ("%s failed %s: %s\n", self->text, g_quark_to_string (error->domain), error->message);
  g_clear_pointer (&self->text, g_free);

  self->plan->n_ended++;
  if (self->plan->n_ended == self->plan->n_calls)
    g_main_loop_quit (self->plan->loop);
  else
    call_next (self);
}

static void
call_next (Caller *self)
{
  if (self->plan->n_begun == self->plan->n_calls)
    return;

  self->text = g_strdup_printf ("call-%u", self->plan->n_begun++);
  xml_rpc_server_proxy_call_async (self->proxy, "journal.append", g_variant_new ("(s)", self->text),
                                   G_VARIANT_TYPE_INT32, NULL, on_end, self);
}

int
main (int   argc,
      char *argv[])
{
  Plan plan = { .n_begun = 0 };
  guint n_callers = argc == 4 ? (guint) atoi (argv[2]) : 0;
  g_autofree Caller *callers = NULL;

  if (n_callers == 0)
    return 2;

  plan.loop = g_main_loop_new (NULL, FALSE);
  plan.n_calls = (guint) atoi (argv[3]);
  callers = g_new0 (Caller, n_callers);
  for (guint i = 0; i < n_callers; i++)
    {
      callers[i] = (Caller) { .plan = &plan, .proxy = xml_rpc_server_proxy_new (argv[1], NULL) };
      call_next (&callers[i]);
    }
  g_main_loop_run (plan.loop);

  for (guint i = 0; i < n_callers; i++)
    g_object_unref (callers[i].proxy);
  g_main_loop_unref (plan.loop);

  return EXIT_SUCCESS;
}
