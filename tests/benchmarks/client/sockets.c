/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Plain sockets, lest the client hides what the server does: the requests are
 * ready before, and of an answer only the end is looked at. Each call in flight
 * has a connection of its own. */

#include <arpa/inet.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "client.h"

#define MAX_CONNECTIONS 256

/* What each answer ends with. */
#define END "</methodResponse>\n"

#define CALL(method, params) \
  "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" \
  "<methodCall><methodName>" method "</methodName><params><param><value>" params "</value></param></params></methodCall>\n"
#define INT(number) "<value><int>" number "</int></value>"

static const struct
{
  const char *method;
  const char *body;
} calls[] = {
  { CLIENT_ADD, CALL (CLIENT_ADD, "<int>2</int></value></param><param><value><int>3</int>") },
  { CLIENT_STOOGES, CALL (CLIENT_STOOGES,
                          "<struct>"
                          "<member><name>moe</name>" INT ("1") "</member>"
                          "<member><name>larry</name>" INT ("2") "</member>"
                          "<member><name>curly</name>" INT ("2") "</member>"
                          "</struct>") },
};

typedef struct
{
  int    fd;
  char   answer[4096];
  size_t length;
} Connection;

static struct sockaddr_in address = { .sin_family = AF_INET };
static Connection connections[MAX_CONNECTIONS];
static long n_connections;

static void
open_address (const char *uri)
{
  int port;

  if (sscanf (uri, "http://127.0.0.1:%d/", &port) != 1)
    abort ();
  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  address.sin_port = htons ((uint16_t) port);
}

static bool
ensure_connections (long number)
{
  for (; n_connections < number; n_connections++)
    {
      int fd = socket (AF_INET, SOCK_STREAM, 0);

      if (fd < 0 || connect (fd, (struct sockaddr *) &address, sizeof address) < 0)
        return false;
      connections[n_connections].fd = fd;
      /* Beyond the server's listen backlog the next would wait for a second. */
      usleep (1000);
    }

  return true;
}

static bool
create_request (const char *method,
                char       *request,
                size_t      size)
{
  for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
    {
      if (strcmp (method, calls[i].method) != 0)
        continue;
      snprintf (request, size,
                "POST /RPC2 HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/xml\r\nContent-Length: %zu\r\n\r\n%s",
                strlen (calls[i].body), calls[i].body);
      return true;
    }

  return false;
}

static bool
start_call (Connection *connection,
            const char *request)
{
  connection->length = 0;

  return write (connection->fd, request, strlen (request)) == (ssize_t) strlen (request);
}

/* Whether it is well; *is_over: the call is. */
static bool
read_answer (Connection *connection,
             bool       *is_over)
{
  const size_t end = strlen (END);
  ssize_t n = read (connection->fd, connection->answer + connection->length,
                    sizeof connection->answer - 1 - connection->length);

  if (n <= 0)
    return false;

  connection->length += (size_t) n;
  connection->answer[connection->length] = '\0';
  *is_over = connection->length >= end && strcmp (connection->answer + connection->length - end, END) == 0;

  return !*is_over || strstr (connection->answer, INT ("5")) != NULL;
}

static bool
exchange (const char *request,
          long        n_calls,
          long        n_in_flight)
{
  struct pollfd polled[MAX_CONNECTIONS];
  long n_started = 0, n_over = 0;

  for (; n_started < n_in_flight; n_started++)
    {
      polled[n_started] = (struct pollfd) { .fd = connections[n_started].fd, .events = POLLIN };
      if (!start_call (&connections[n_started], request))
        return false;
    }

  while (n_over < n_calls)
    {
      if (poll (polled, (nfds_t) n_in_flight, -1) < 0)
        return false;

      for (long i = 0; i < n_in_flight; i++)
        {
          bool is_over = false;

          if (polled[i].revents != 0 && !read_answer (&connections[i], &is_over))
            return false;
          if (!is_over)
            continue;

          n_over++;
          if (n_started < n_calls && !start_call (&connections[i], request))
            return false;
          n_started++;
        }
    }

  return true;
}

static bool
call_many (const char *method,
           long        n_calls,
           long        n_in_flight)
{
  char request[4096];

  if (n_in_flight > MAX_CONNECTIONS || n_in_flight > n_calls)
    client_refuse ("at most %d at a time, and not more than calls", MAX_CONNECTIONS);
  else if (!create_request (method, request, sizeof request))
    client_refuse ("there is no request for %s", method);
  else if (!ensure_connections (n_in_flight))
    client_refuse ("the server takes no connection");
  else if (!exchange (request, n_calls, n_in_flight))
    client_refuse ("the server did not respond as expected");
  else
    return true;

  return false;
}

static bool
call (const char *method)
{
  return call_many (method, 1, 1);
}

int
main (int   argc,
      char *argv[])
{
  static const Client client = { open_address, call, call_many };

  return client_main (&client, argc, argv);
}
