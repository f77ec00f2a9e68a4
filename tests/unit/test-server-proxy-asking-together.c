/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Calls that are asked for a password at the same time, of one main loop or of several threads: one
 * of them asks, the time of all stands still, and cancelling ends each. */

#include "asking-desk.h"

#define N_CALLS 5

typedef struct
{
  Desk         *desk;
  GCancellable *cancellable;
  GVariant     *value;
  GError       *error;
  gboolean      is_done;
} Call;

static void
call_clear (Call *self)
{
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->value, g_variant_unref);
  g_clear_error (&self->error);
}

static void
on_called (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  Call *self = user_data;

  self->value = xml_rpc_server_proxy_call_finish (XML_RPC_SERVER_PROXY (object), result, &self->error);
  self->is_done = TRUE;
}

static void
on_called_full (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  Call *self = user_data;

  self->value = xml_rpc_server_proxy_call_full_finish (XML_RPC_SERVER_PROXY (object), result, &self->error);
  self->is_done = TRUE;
}

static void
begin_call (Desk *self,
            Call *call)
{
  *call = (Call) { .desk = self, .cancellable = g_cancellable_new () };
  xml_rpc_server_proxy_call_async (self->proxy, "m", NULL, NULL, call->cancellable, on_called, call);
}

static void
begin_calls (Desk *self,
             Call *calls)
{
  for (int i = 0; i < N_CALLS; i++)
    begin_call (self, &calls[i]);
}

static void
wait_for (const gboolean *condition)
{
  while (!*condition)
    g_main_context_iteration (NULL, TRUE);
}

static void
end_calls (Call      *calls,
           const int *codes)
{
  for (int i = 0; i < N_CALLS; i++)
    wait_for (&calls[i].is_done);
  for (int i = 0; i < N_CALLS; i++)
    {
      desk_assert_outcome (calls[i].value, calls[i].error, codes != NULL ? codes[i] : 0);
      call_clear (&calls[i]);
    }
}

/* Each call has got its 401, and waits for the person. */
static void
wait_for_challenges (Desk *self)
{
  while (fake_server_get_n_requests (self->server) < N_CALLS || self->auth == NULL)
    g_main_context_iteration (NULL, FALSE);
  for (int i = 0; i < 100; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
  g_assert_cmpint (self->n_questions, ==, 1);
}

static void
test_one_asks_for_all (Desk          *self,
                       gconstpointer  data)
{
  Call calls[N_CALLS];

  self->on_authenticate = desk_think_long;
  begin_calls (self, calls);
  end_calls (calls, NULL);
  g_assert_cmpint (self->n_questions, ==, 1);
  g_assert_cmpint (g_atomic_int_get (&self->door.n_wrong), ==, 0);
}

/* It comes to the server once, not once for each call. */
static void
test_wrong_password_comes_once (Desk          *self,
                                gconstpointer  data)
{
  Call calls[N_CALLS];

  self->on_authenticate = desk_think_twice;
  begin_calls (self, calls);
  end_calls (calls, NULL);
  g_assert_cmpint (self->n_questions, ==, 2);
  g_assert_cmpint (g_atomic_int_get (&self->door.n_wrong), ==, 1);
}

/* Those that wait do so for the person, not for a server that takes its time with the
 * answer. */
static void
test_waiting_calls_end_in_time (Desk          *self,
                                gconstpointer  data)
{
  const int codes[N_CALLS] = { G_IO_ERROR_CANCELLED, G_IO_ERROR_TIMED_OUT, G_IO_ERROR_TIMED_OUT,
                               G_IO_ERROR_TIMED_OUT, G_IO_ERROR_TIMED_OUT };
  Call calls[N_CALLS];

  self->on_authenticate = desk_think_long;
  self->door.stalls_response = TRUE;
  calls[0] = (Call) { .desk = self, .cancellable = g_cancellable_new () };
  xml_rpc_server_proxy_call_full_async (self->proxy, "m", NULL, NULL, XML_RPC_CALL_FLAGS_NONE, 0,
                                        calls[0].cancellable, on_called_full, &calls[0]);
  while (self->n_questions == 0)
    g_main_context_iteration (NULL, TRUE);
  for (int i = 1; i < N_CALLS; i++)
    begin_call (self, &calls[i]);

  for (int i = 1; i < N_CALLS; i++)
    wait_for (&calls[i].is_done);
  g_cancellable_cancel (calls[0].cancellable);
  end_calls (calls, codes);
  g_assert_cmpint (self->n_questions, ==, 1);
}

/* libsoup itself sends the request again whose challenge is still coming in when another
 * call has the answer. Nothing is executed twice. */
static void
test_nothing_is_sent_twice (Desk          *self,
                            gconstpointer  data)
{
  Call calls[N_CALLS];

  self->on_authenticate = desk_think_twice;
  self->n_answers = 1;
  self->door.slows_challenge = TRUE;
  begin_calls (self, calls);
  end_calls (calls, NULL);
  g_assert_cmpint (self->n_questions, ==, 1);
  g_assert_cmpint (g_atomic_int_get (&self->door.n_right), ==, N_CALLS);
}

/* A call that was sent again asks by itself then, and nobody waits for ever. */
static void
test_forgotten_password (Desk          *self,
                         gconstpointer  data)
{
  Call calls[N_CALLS];

  self->on_authenticate = desk_think_twice;
  self->n_answers = 1;
  self->door.slows_challenge = TRUE;
  self->door.forgets = TRUE;
  begin_calls (self, calls);
  while (self->n_questions < 2)
    g_main_context_iteration (NULL, TRUE);
  self->on_authenticate = desk_think_and_close;
  for (int i = 0; i < N_CALLS; i++)
    {
      wait_for (&calls[i].is_done);
      call_clear (&calls[i]);
    }

  /* So does the next one. */
  self->door = (Door) { .n_wrong = 0 };
  self->on_authenticate = desk_answer_at_once;
  begin_calls (self, calls);
  end_calls (calls, NULL);
}

/* The call is refused before anybody is asked, or has gone when the answer comes. */
static void
test_too_large_challenge (Desk          *self,
                          gconstpointer  data)
{
  Call calls[N_CALLS];
  GMainContext *context = NULL;

  self->on_authenticate = desk_think;
  self->door.is_too_large = TRUE;
  begin_calls (self, calls);
  for (int i = 0; i < N_CALLS; i++)
    {
      wait_for (&calls[i].is_done);
      g_assert_error (calls[i].error, XML_RPC_ERROR, XML_RPC_ERROR_LIMIT_EXCEEDED);
      call_clear (&calls[i]);
    }
  g_assert_cmpint (self->n_questions, ==, 0);
  while (g_main_context_iteration (context, FALSE))
    continue;
}

static void
test_no_answer_is_for_all (Desk          *self,
                           gconstpointer  data)
{
  const int codes[N_CALLS] = { 401, 401, 401, 401, 401 };
  Call calls[N_CALLS];

  self->on_authenticate = desk_think_and_close;
  begin_calls (self, calls);
  end_calls (calls, codes);
  g_assert_cmpint (self->n_questions, ==, 1);

  /* The next ones ask again. */
  self->on_authenticate = desk_think_long;
  begin_calls (self, calls);
  end_calls (calls, NULL);
  g_assert_cmpint (self->n_questions, ==, 2);
}

static int
find_asking_call (Desk *self,
                  Call *calls)
{
  /* The first to be answered by the server asks; which that is nobody knows, but the
   * one whose cancellation ends the question. */
  for (int i = 0; i < N_CALLS; i++)
    {
      g_cancellable_cancel (calls[i].cancellable);
      wait_for (&calls[i].is_done);
      if (soup_auth_is_cancelled (self->auth))
        return i;
    }
  g_assert_not_reached ();
}

/* Those that wait end at once, the one that asks, too; then another one asks. */
static void
test_cancelled_calls_end (Desk          *self,
                          gconstpointer  data)
{
  Call calls[N_CALLS];
  int codes[N_CALLS] = { 0, };
  int asking;

  self->on_authenticate = desk_think;
  begin_calls (self, calls);
  wait_for_challenges (self);
  self->on_authenticate = desk_think_long;
  asking = find_asking_call (self, calls);
  for (int i = 0; i <= asking; i++)
    codes[i] = G_IO_ERROR_CANCELLED;

  end_calls (calls, codes);
  g_assert_cmpint (self->n_questions, ==, asking == N_CALLS - 1 ? 1 : 2);
}

static gpointer
call_in_thread (gpointer user_data)
{
  Call *self = user_data;

  self->value = xml_rpc_server_proxy_call (self->desk->proxy, "m", NULL, NULL, NULL, &self->error);
  return NULL;
}

static void
run_threads (Desk      *self,
             const int *codes)
{
  GThread *threads[N_CALLS];
  Call calls[N_CALLS];

  for (int i = 0; i < N_CALLS; i++)
    {
      calls[i] = (Call) { .desk = self };
      threads[i] = g_thread_new ("call", call_in_thread, &calls[i]);
    }
  for (int i = 0; i < N_CALLS; i++)
    {
      g_thread_join (threads[i]);
      desk_assert_outcome (calls[i].value, calls[i].error, codes != NULL ? codes[i] : 0);
      call_clear (&calls[i]);
    }
}

static gboolean
answer_when_all_ask (Desk     *self,
                     SoupAuth *auth)
{
  fake_server_wait_for_requests (self->server, N_CALLS);
  return desk_answer_slowly (self, auth);
}

/* The first call has all the time, and the server takes it. */
static gpointer
call_in_thread_without_end (gpointer user_data)
{
  Call *self = user_data;

  self->value = xml_rpc_server_proxy_call_full (self->desk->proxy, "m", NULL, NULL, XML_RPC_CALL_FLAGS_NONE, 0,
                                                self->cancellable, &self->error);
  return NULL;
}

static void
test_waiting_threads_end_in_time (Desk          *self,
                                  gconstpointer  data)
{
  GThread *threads[N_CALLS];
  Call calls[N_CALLS];

  self->on_authenticate = answer_when_all_ask;
  self->door.stalls_response = TRUE;
  for (int i = 0; i < N_CALLS; i++)
    {
      calls[i] = (Call) { .desk = self, .cancellable = g_cancellable_new () };
      threads[i] = g_thread_new ("call", i == 0 ? call_in_thread_without_end : call_in_thread, &calls[i]);
      if (i == 0)
        fake_server_wait_for_requests (self->server, 1);
    }
  for (int i = 1; i < N_CALLS; i++)
    {
      g_thread_join (threads[i]);
      desk_assert_outcome (calls[i].value, calls[i].error, G_IO_ERROR_TIMED_OUT);
      call_clear (&calls[i]);
    }
  g_cancellable_cancel (calls[0].cancellable);
  g_thread_join (threads[0]);
  desk_assert_outcome (calls[0].value, calls[0].error, G_IO_ERROR_CANCELLED);
  call_clear (&calls[0]);
}

static gboolean
refuse_when_all_ask (Desk     *self,
                     SoupAuth *auth)
{
  fake_server_wait_for_requests (self->server, N_CALLS);
  return desk_have_no_answer_slowly (self, auth);
}

static void
test_one_thread_asks_for_all (Desk          *self,
                              gconstpointer  data)
{
  const int codes[N_CALLS] = { 401, 401, 401, 401, 401 };

  self->on_authenticate = refuse_when_all_ask;
  run_threads (self, codes);
  g_assert_cmpint (self->n_questions, ==, 1);
}

static void
test_answer_is_for_all_threads (Desk          *self,
                                gconstpointer  data)
{
  self->on_authenticate = answer_when_all_ask;
  run_threads (self, NULL);
  g_assert_cmpint (self->n_questions, ==, 1);
}

#define ADD(name, test) \
  g_test_add ("/server-proxy-asking-together/" name, Desk, NULL, desk_set_up, test, desk_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("one-asks-for-all", test_one_asks_for_all);
  ADD ("wrong-password-comes-once", test_wrong_password_comes_once);
  ADD ("waiting-calls-end-in-time", test_waiting_calls_end_in_time);
  ADD ("waiting-threads-end-in-time", test_waiting_threads_end_in_time);
  ADD ("nothing-is-sent-twice", test_nothing_is_sent_twice);
  ADD ("forgotten-password", test_forgotten_password);
  ADD ("too-large-challenge", test_too_large_challenge);
  ADD ("no-answer-is-for-all", test_no_answer_is_for_all);
  ADD ("cancelled-calls-end", test_cancelled_calls_end);
  ADD ("one-thread-asks-for-all", test_one_thread_asks_for_all);
  ADD ("answer-is-for-all-threads", test_answer_is_for_all_threads);

  return g_test_run ();
}
