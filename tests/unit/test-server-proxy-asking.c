/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A password that the program is asked for while calls wait: their time stands still, only
 * one of them asks, and cancelling ends each. */

#include <string.h>

#include "both-ways.h"
#include "fake-server.h"

#define CHALLENGE "WWW-Authenticate: Basic realm=\"x\"\r\n"
/* ada:lovelace */
#define BASIC "\nAuthorization: Basic YWRhOmxvdmVsYWNl\n"

/* A call has this time, and a person needs longer. */
#define TIMEOUT_MSEC 1500
#define THINKING_MSEC 2500

#define N_CALLS 5

/* A server that wants a password. */
typedef struct
{
  gboolean stalls_challenge; /* its body never ends */
  gboolean stalls_response;  /* that to the right password never comes */
  gboolean slows_challenge;  /* its body takes longer than the person */
  gboolean is_too_large;     /* what the challenge announces */
  gboolean forgets;          /* the right password, when it came once */
  int      n_right;
  int      n_wrong;          /* passwords */
} Door;

static void
stall (FakeConnection *connection,
       const char     *head)
{
  fake_connection_write (connection, head, -1);
  fake_connection_wait_for_close (connection);
}

static void
reply_slowly (FakeConnection *connection)
{
  fake_connection_write (connection, "HTTP/1.1 401 Unauthorized\r\nContent-Length: 4\r\n" CHALLENGE "\r\n12", -1);
  g_usleep (400000);
  fake_connection_write (connection, "34", -1);
}

static void
keep_door (FakeConnection *connection,
           gpointer        user_data)
{
  Door *self = user_data;
  char *request;

  while ((request = fake_connection_read_request (connection)) != NULL)
    {
      const char *head = fake_connection_get_head (connection);
      const gboolean is_right = strstr (head, BASIC) != NULL;

      g_free (request);
      if (is_right && g_atomic_int_add (&self->n_right, 1) > 0 && self->forgets)
        {
          fake_connection_reply (connection, "401 Unauthorized", CHALLENGE, NULL);
          continue;
        }
      if (!is_right && strstr (head, "\nAuthorization: ") != NULL)
        g_atomic_int_inc (&self->n_wrong);

      if (is_right && self->stalls_response)
        stall (connection, "");
      else if (is_right)
        fake_connection_return (connection, g_variant_new_string ("known"));
      else if (self->slows_challenge)
        reply_slowly (connection);
      else if (self->is_too_large)
        stall (connection, "HTTP/1.1 401 Unauthorized\r\nContent-Length: 99999999999\r\n" CHALLENGE "\r\n");
      else if (self->stalls_challenge)
        stall (connection, "HTTP/1.1 401 Unauthorized\r\nContent-Length: 9\r\n" CHALLENGE "\r\n1234");
      else
        fake_connection_reply (connection, "401 Unauthorized", CHALLENGE, NULL);
    }
}

/* The program, and the person in front of it. */
typedef struct _Desk Desk;

struct _Desk
{
  Door               door;
  FakeServer        *server;
  XmlRpcServerProxy *proxy;
  gboolean         (*on_authenticate) (Desk     *self,
                                       SoupAuth *auth);
  int                n_questions;
  SoupAuth          *auth;          /* that waits for an answer */
  int                n_answers;     /* of those that the person has given */
  const char        *last_password; /* after wrong ones */
};

static gboolean
on_authenticate (SoupMessage *message,
                 SoupAuth    *auth,
                 gboolean     is_retry,
                 Desk        *self)
{
  g_atomic_int_inc (&self->n_questions);
  return self->on_authenticate (self, auth);
}

static void
on_message (XmlRpcServerProxy *proxy,
            SoupMessage       *message,
            Desk              *self)
{
  g_signal_connect (message, "authenticate", G_CALLBACK (on_authenticate), self);
}

static void
desk_set_up (Desk          *self,
             gconstpointer  data)
{
  self->server = fake_server_new (keep_door, &self->door);
  self->proxy = xml_rpc_server_proxy_new (fake_server_get_uri (self->server), NULL);
  self->last_password = "lovelace";
  g_signal_connect (self->proxy, "message", G_CALLBACK (on_message), self);
  xml_rpc_server_proxy_set_timeout (self->proxy, TIMEOUT_MSEC);
}

static void
desk_tear_down (Desk          *self,
                gconstpointer  data)
{
  g_clear_object (&self->auth);
  g_assert_finalize_object (self->proxy);
  fake_server_free (self->server);
}

/* What a person may do. */

static gboolean
answer_at_once (Desk     *self,
                SoupAuth *auth)
{
  soup_auth_authenticate (auth, "ada", "lovelace");
  return TRUE;
}

static gboolean
answer_slowly (Desk     *self,
               SoupAuth *auth)
{
  g_usleep (THINKING_MSEC * 1000);
  return answer_at_once (self, auth);
}

static gboolean
have_no_answer (Desk     *self,
                SoupAuth *auth)
{
  return FALSE;
}

static gboolean
have_no_answer_slowly (Desk     *self,
                       SoupAuth *auth)
{
  g_usleep (THINKING_MSEC * 1000);
  return FALSE;
}

static gboolean
think (Desk     *self,
       SoupAuth *auth)
{
  g_set_object (&self->auth, auth);
  return TRUE;
}

static gboolean
on_thought (gpointer user_data)
{
  Desk *self = user_data;
  g_autoptr (SoupAuth) auth = g_steal_pointer (&self->auth);

  soup_auth_authenticate (auth, "ada", self->n_answers++ == 0 ? "wrong" : self->last_password);
  return G_SOURCE_REMOVE;
}

static gboolean
think_twice (Desk     *self,
             SoupAuth *auth)
{
  g_timeout_add (200, on_thought, self);
  return think (self, auth);
}

static gboolean
on_late_thought (gpointer user_data)
{
  Desk *self = user_data;

  self->n_answers = 1;
  return on_thought (self);
}

static gboolean
think_long (Desk     *self,
            SoupAuth *auth)
{
  g_timeout_add (THINKING_MSEC, on_late_thought, self);
  return think (self, auth);
}

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
  answer_at_once (self, auth);
  return FALSE;
}

static gboolean
let_thread_think (Desk     *self,
                  SoupAuth *auth)
{
  g_thread_unref (g_thread_new ("person", answer_in_thread, g_object_ref (auth)));
  return TRUE;
}

static gboolean
close_dialog (gpointer user_data)
{
  Desk *self = user_data;
  g_autoptr (SoupAuth) auth = g_steal_pointer (&self->auth);

  soup_auth_cancel (auth);
  return G_SOURCE_REMOVE;
}

static gboolean
think_and_close (Desk     *self,
                 SoupAuth *auth)
{
  g_timeout_add (200, close_dialog, self);
  return think (self, auth);
}

/* One call. */

typedef struct
{
  gboolean     (*on_authenticate) (Desk     *self,
                                   SoupAuth *auth);
  Door           door;
  int            code;           /* 0: it succeeds; an HTTP status, or of G_IO_ERROR */
} Case;

static void
assert_outcome (GVariant *value,
                GError   *error,
                int       code)
{
  if (code == 0)
    {
      g_assert_no_error (error);
      g_assert_cmpstr (g_variant_get_string (value, NULL), ==, "known");
    }
  else if (code == XML_RPC_HTTP_ERROR_UNAUTHORIZED)
    {
      g_assert_error (error, XML_RPC_HTTP_ERROR, code);
    }
  else
    {
      g_assert_error (error, G_IO_ERROR, code);
    }
}

static void
assert_call (Desk     *self,
             CallFunc  call)
{
  GError *error = NULL;
  g_autoptr (GVariant) value = call (self->proxy, "m", NULL, NULL, NULL, &error);

  assert_outcome (value, error, 0);
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
  assert_outcome (value, error, test->code);
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

static const Case at_once = { .on_authenticate = answer_at_once };
static const Case slowly = { .on_authenticate = answer_slowly };
static const Case in_thread = { .on_authenticate = let_thread_think };
static const Case after_long_thought = { .on_authenticate = think_long };
static const Case said_no = { .on_authenticate = answer_and_say_no };
static const Case no_answer = {
  .on_authenticate = have_no_answer,
  .code = XML_RPC_HTTP_ERROR_UNAUTHORIZED
};
static const Case no_answer_slowly = {
  .on_authenticate = have_no_answer_slowly,
  .code = XML_RPC_HTTP_ERROR_UNAUTHORIZED
};
static const Case closed_dialog = {
  .on_authenticate = think_and_close,
  .code = XML_RPC_HTTP_ERROR_UNAUTHORIZED
};
/* The clock goes on when the question is over, whatever the server does. */
static const Case stalled_challenge = {
  .on_authenticate = have_no_answer,
  .door = { .stalls_challenge = TRUE },
  .code = G_IO_ERROR_TIMED_OUT
};
static const Case stalled_challenge_after_answer = {
  .on_authenticate = answer_at_once,
  .door = { .stalls_challenge = TRUE },
  .code = G_IO_ERROR_TIMED_OUT
};
static const Case stalled_response = {
  .on_authenticate = answer_at_once,
  .door = { .stalls_response = TRUE },
  .code = G_IO_ERROR_TIMED_OUT
};
static const Case stalled_response_after_thought = {
  .on_authenticate = think_long,
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

  self->on_authenticate = answer_at_once;
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

/* Several calls at once. */

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
      assert_outcome (calls[i].value, calls[i].error, codes != NULL ? codes[i] : 0);
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

  self->on_authenticate = think_long;
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

  self->on_authenticate = think_twice;
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

  self->on_authenticate = think_long;
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

  self->on_authenticate = think_twice;
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

  self->on_authenticate = think_twice;
  self->n_answers = 1;
  self->door.slows_challenge = TRUE;
  self->door.forgets = TRUE;
  begin_calls (self, calls);
  while (self->n_questions < 2)
    g_main_context_iteration (NULL, TRUE);
  self->on_authenticate = think_and_close;
  for (int i = 0; i < N_CALLS; i++)
    {
      wait_for (&calls[i].is_done);
      call_clear (&calls[i]);
    }

  /* So does the next one. */
  self->door = (Door) { .n_wrong = 0 };
  self->on_authenticate = answer_at_once;
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

  self->on_authenticate = think;
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

  self->on_authenticate = think_and_close;
  begin_calls (self, calls);
  end_calls (calls, codes);
  g_assert_cmpint (self->n_questions, ==, 1);

  /* The next ones ask again. */
  self->on_authenticate = think_long;
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

  self->on_authenticate = think;
  begin_calls (self, calls);
  wait_for_challenges (self);
  self->on_authenticate = think_long;
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
      assert_outcome (calls[i].value, calls[i].error, codes != NULL ? codes[i] : 0);
      call_clear (&calls[i]);
    }
}

static gboolean
answer_when_all_ask (Desk     *self,
                     SoupAuth *auth)
{
  fake_server_wait_for_requests (self->server, N_CALLS);
  return answer_slowly (self, auth);
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
      assert_outcome (calls[i].value, calls[i].error, G_IO_ERROR_TIMED_OUT);
      call_clear (&calls[i]);
    }
  g_cancellable_cancel (calls[0].cancellable);
  g_thread_join (threads[0]);
  assert_outcome (calls[0].value, calls[0].error, G_IO_ERROR_CANCELLED);
  call_clear (&calls[0]);
}

static gboolean
refuse_when_all_ask (Desk     *self,
                     SoupAuth *auth)
{
  fake_server_wait_for_requests (self->server, N_CALLS);
  return have_no_answer_slowly (self, auth);
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

/* A call within the handler that asks cannot wait for it. */
static gboolean
call_meanwhile (Desk     *self,
                SoupAuth *auth)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (xml_rpc_server_proxy_call (self->proxy, "m", NULL, NULL, NULL, &error));
  g_assert_error (error, XML_RPC_HTTP_ERROR, XML_RPC_HTTP_ERROR_UNAUTHORIZED);

  return answer_at_once (self, auth);
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
  ADD ("one-asks-for-all", NULL, test_one_asks_for_all);
  ADD ("wrong-password-comes-once", NULL, test_wrong_password_comes_once);
  ADD ("waiting-calls-end-in-time", NULL, test_waiting_calls_end_in_time);
  ADD ("waiting-threads-end-in-time", NULL, test_waiting_threads_end_in_time);
  ADD ("nothing-is-sent-twice", NULL, test_nothing_is_sent_twice);
  ADD ("forgotten-password", NULL, test_forgotten_password);
  ADD ("too-large-challenge", NULL, test_too_large_challenge);
  ADD ("no-answer-is-for-all", NULL, test_no_answer_is_for_all);
  ADD ("cancelled-calls-end", NULL, test_cancelled_calls_end);
  ADD ("one-thread-asks-for-all", NULL, test_one_thread_asks_for_all);
  ADD ("answer-is-for-all-threads", NULL, test_answer_is_for_all_threads);

  return g_test_run ();
}
