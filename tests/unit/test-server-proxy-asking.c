/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A password that the program is asked for while a call waits: its time stands still, and
 * cancelling ends it. */

#include "asking-desk.h"
#include "both-ways.h"

static gpointer
answer_in_thread (gpointer user_data)
{
  g_autoptr (SoupAuth) auth = user_data;

  g_usleep (100 * 1000);
  soup_auth_authenticate (auth, "ada", "lovelace");
  return NULL;
}

static gboolean
answer_and_say_no (Desk     *self,
                   SoupAuth *auth)
{
  desk_answer_at_once (self, auth);
  return FALSE;
}

static gboolean
let_thread_think (Desk     *self,
                  SoupAuth *auth)
{
  g_thread_unref (g_thread_new ("person", answer_in_thread, g_object_ref (auth)));
  return TRUE;
}

typedef struct
{
  gboolean     (*on_authenticate) (Desk     *self,
                                   SoupAuth *auth);
  Door           door;
  int            code;           /* 0: it succeeds; an HTTP status, or of G_IO_ERROR */
} Case;

static void
assert_call (Desk     *self,
             CallFunc  call)
{
  GError *error = NULL;
  g_autoptr (GVariant) value = call (self->proxy, "m", NULL, NULL, NULL, &error);

  desk_assert_outcome (value, error, 0);
}

static void
run_case (Desk       *self,
          const Case *test,
          CallFunc    call)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value = NULL;

  self->on_authenticate = test->on_authenticate;
  self->door = test->door;
  value = call (self->proxy, "m", NULL, NULL, NULL, &error);
  desk_assert_outcome (value, error, test->code);
  g_assert_cmpint (self->n_questions, ==, 1);
}

static void
test_sync (Desk          *self,
           gconstpointer  data)
{
  run_case (self, data, xml_rpc_server_proxy_call);
}

static void
test_async (Desk          *self,
            gconstpointer  data)
{
  run_case (self, data, both_ways_call_async);
}

static const Case at_once = { .on_authenticate = desk_answer_at_once };
static const Case slowly = { .on_authenticate = desk_answer_slowly };
static const Case in_thread = { .on_authenticate = let_thread_think };
static const Case after_long_thought = { .on_authenticate = desk_think_long };
static const Case said_no = { .on_authenticate = answer_and_say_no };
static const Case no_answer = {
  .on_authenticate = desk_have_no_answer,
  .code = XML_RPC_HTTP_ERROR_UNAUTHORIZED
};
static const Case no_answer_slowly = {
  .on_authenticate = desk_have_no_answer_slowly,
  .code = XML_RPC_HTTP_ERROR_UNAUTHORIZED
};
static const Case closed_dialog = {
  .on_authenticate = desk_think_and_close,
  .code = XML_RPC_HTTP_ERROR_UNAUTHORIZED
};
/* The clock goes on when the question is over, whatever the server does. */
static const Case stalled_challenge = {
  .on_authenticate = desk_have_no_answer,
  .door = { .stalls_challenge = TRUE },
  .code = G_IO_ERROR_TIMED_OUT
};
static const Case stalled_challenge_after_answer = {
  .on_authenticate = desk_answer_at_once,
  .door = { .stalls_challenge = TRUE },
  .code = G_IO_ERROR_TIMED_OUT
};
static const Case stalled_response = {
  .on_authenticate = desk_answer_at_once,
  .door = { .stalls_response = TRUE },
  .code = G_IO_ERROR_TIMED_OUT
};
static const Case stalled_response_after_thought = {
  .on_authenticate = desk_think_long,
  .door = { .stalls_response = TRUE },
  .code = G_IO_ERROR_TIMED_OUT
};

/* What a person has typed is kept with the session, and goes when it is forgotten there: no
 * message of an earlier call has it. */
static void
test_forgets (Desk     *self,
              CallFunc  call)
{
  g_autoptr (GError) error = NULL;

  self->on_authenticate = desk_answer_at_once;
  assert_call (self, call);
  g_signal_handlers_disconnect_by_data (self->proxy, self);
  assert_call (self, call);
  assert_call (self, call);

  xml_rpc_server_proxy_set_credentials (self->proxy, "ada", "lovelace");
  xml_rpc_server_proxy_set_credentials (self->proxy, NULL, NULL);
  g_assert_null (call (self->proxy, "m", NULL, NULL, NULL, &error));
  g_assert_error (error, XML_RPC_HTTP_ERROR, XML_RPC_HTTP_ERROR_UNAUTHORIZED);
  g_assert_cmpint (g_atomic_int_get (&self->door.n_right), ==, 3);
}

static void
test_forgets_sync (Desk          *self,
                   gconstpointer  data)
{
  test_forgets (self, xml_rpc_server_proxy_call);
}

static void
test_forgets_async (Desk          *self,
                    gconstpointer  data)
{
  test_forgets (self, both_ways_call_async);
}

/* A call within the handler that asks cannot wait for it. */
static gboolean
call_meanwhile (Desk     *self,
                SoupAuth *auth)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (xml_rpc_server_proxy_call (self->proxy, "m", NULL, NULL, NULL, &error));
  g_assert_error (error, XML_RPC_HTTP_ERROR, XML_RPC_HTTP_ERROR_UNAUTHORIZED);

  return desk_answer_at_once (self, auth);
}

static const Case nested = { .on_authenticate = call_meanwhile };

#define ADD(name, data, test) \
  g_test_add ("/server-proxy-asking/" name, Desk, data, desk_set_up, test, desk_tear_down)
#define ADD_BOTH_WAYS(name, data) \
  ADD ("sync/" name, data, test_sync); \
  ADD ("async/" name, data, test_async)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD_BOTH_WAYS ("at-once", &at_once);
  ADD_BOTH_WAYS ("slowly", &slowly);
  ADD_BOTH_WAYS ("said-no", &said_no);
  ADD_BOTH_WAYS ("no-answer", &no_answer);
  ADD_BOTH_WAYS ("no-answer-slowly", &no_answer_slowly);
  ADD_BOTH_WAYS ("stalled-challenge", &stalled_challenge);
  ADD_BOTH_WAYS ("stalled-challenge-after-answer", &stalled_challenge_after_answer);
  ADD_BOTH_WAYS ("stalled-response", &stalled_response);
  ADD ("async/in-thread", &in_thread, test_async);
  ADD ("async/after-long-thought", &after_long_thought, test_async);
  ADD ("async/closed-dialog", &closed_dialog, test_async);
  ADD ("async/stalled-response-after-thought", &stalled_response_after_thought, test_async);
  ADD ("sync/nested", &nested, test_sync);

  ADD ("sync/forgets", NULL, test_forgets_sync);
  ADD ("async/forgets", NULL, test_forgets_async);

  return g_test_run ();
}
