/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The validator1 suite: the eight methods that XML-RPC servers are tested with
 * since UserLand's validator of 2001. Prints its URL, and serves until it gets
 * SIGTERM or SIGINT:
 *
 *   validator-server [PORT]
 */

#include <stdlib.h>
#include <string.h>

#include "serve.h"

/* The sum of some integers of a struct; FALSE if one is missing. Of several members with
 * one name the first counts. */
static gboolean
add_up (GVariant           *structure,
        const char * const *names,
        gint32             *sum)
{
  GVariantIter members;
  const char *name;
  GVariant *value;
  guint32 total = 0, found = 0;   /* a bit for each name */

  g_variant_iter_init (&members, structure);
  while (g_variant_iter_loop (&members, "{&sv}", &name, &value))
    {
      for (guint i = 0; names[i] != NULL; i++)
        {
          if ((found & 1u << i) != 0 || strcmp (names[i], name) != 0 ||
              !g_variant_is_of_type (value, G_VARIANT_TYPE_INT32))
            continue;

          total += (guint32) g_variant_get_int32 (value);
          found |= 1u << i;
        }
    }
  *sum = (gint32) total;

  return found == (1u << g_strv_length ((char **) names)) - 1;
}

static void
return_sum_of_stooges (XmlRpcInvocation *invocation,
                       GVariant         *structure)
{
  static const char * const stooges[] = { "moe", "larry", "curly", NULL };
  gint32 sum;

  if (add_up (structure, stooges, &sum))
    xml_rpc_invocation_return_value (invocation, g_variant_new_int32 (sum));
  else
    xml_rpc_invocation_return_fault (invocation, XML_RPC_FAULT_INVALID_PARAMS,
                                     "expected a struct with the ints moe, larry and curly");
}

static void
array_of_structs_test (XmlRpcServer     *server,
                       XmlRpcInvocation *invocation,
                       gpointer          user_data)
{
  static const char * const curly[] = { "curly", NULL };
  g_autoptr (GVariant) array = NULL;
  gint32 sum = 0;

  g_variant_get (xml_rpc_invocation_get_params (invocation), "(@av)", &array);
  for (gsize i = 0; i < g_variant_n_children (array); i++)
    {
      g_autoptr (GVariant) item = NULL;
      gint32 number;

      g_variant_get_child (array, i, "v", &item);
      if (!g_variant_is_of_type (item, G_VARIANT_TYPE_VARDICT) || !add_up (item, curly, &number))
        {
          xml_rpc_invocation_return_fault (invocation, XML_RPC_FAULT_INVALID_PARAMS,
                                           "expected an array of structs with the int curly");
          return;
        }
      sum = (gint32) ((guint32) sum + (guint32) number);
    }

  xml_rpc_invocation_return_value (invocation, g_variant_new_int32 (sum));
}

static int
count_character (const char *text,
                 char        character)
{
  int count = 0;

  for (; *text != '\0'; text++)
    count += *text == character;

  return count;
}

static void
count_the_entities (XmlRpcServer     *server,
                    XmlRpcInvocation *invocation,
                    gpointer          user_data)
{
  static const struct
  {
    const char *name;
    char        character;
  } entities[] = {
    { "ctLeftAngleBrackets", '<' },
    { "ctRightAngleBrackets", '>' },
    { "ctAmpersands", '&' },
    { "ctApostrophes", '\'' },
    { "ctQuotes", '"' },
  };
  const char *text;
  GVariantBuilder counts;

  g_variant_get (xml_rpc_invocation_get_params (invocation), "(&s)", &text);
  g_variant_builder_init (&counts, G_VARIANT_TYPE ("a{si}"));
  for (gsize i = 0; i < G_N_ELEMENTS (entities); i++)
    g_variant_builder_add (&counts, "{si}", entities[i].name, count_character (text, entities[i].character));

  xml_rpc_invocation_return_value (invocation, g_variant_builder_end (&counts));
}

static void
easy_struct_test (XmlRpcServer     *server,
                  XmlRpcInvocation *invocation,
                  gpointer          user_data)
{
  g_autoptr (GVariant) stooges = g_variant_get_child_value (xml_rpc_invocation_get_params (invocation), 0);

  return_sum_of_stooges (invocation, stooges);
}

static void
echo_struct_test (XmlRpcServer     *server,
                  XmlRpcInvocation *invocation,
                  gpointer          user_data)
{
  g_autoptr (GVariant) structure = g_variant_get_child_value (xml_rpc_invocation_get_params (invocation), 0);

  xml_rpc_invocation_return_value (invocation, structure);
}

/* A tuple is an array on the wire: the parameters themselves are the answer. */
static void
many_types_test (XmlRpcServer     *server,
                 XmlRpcInvocation *invocation,
                 gpointer          user_data)
{
  xml_rpc_invocation_return_value (invocation, xml_rpc_invocation_get_params (invocation));
}

static const char *
get_string_item (GVariant *array,
                 gsize     index)
{
  g_autoptr (GVariant) child = g_variant_get_child_value (array, index);
  g_autoptr (GVariant) item = g_variant_get_variant (child);

  return g_variant_is_of_type (item, G_VARIANT_TYPE_STRING) ? g_variant_get_string (item, NULL) : NULL;
}

static void
moderate_size_array_check (XmlRpcServer     *server,
                           XmlRpcInvocation *invocation,
                           gpointer          user_data)
{
  g_autoptr (GVariant) array = g_variant_get_child_value (xml_rpc_invocation_get_params (invocation), 0);
  gsize n_items = g_variant_n_children (array);
  const char *first = n_items > 0 ? get_string_item (array, 0) : NULL;
  const char *last = n_items > 0 ? get_string_item (array, n_items - 1) : NULL;

  if (first != NULL && last != NULL)
    xml_rpc_invocation_return_value (invocation, g_variant_new_take_string (g_strconcat (first, last, NULL)));
  else
    xml_rpc_invocation_return_fault (invocation, XML_RPC_FAULT_INVALID_PARAMS,
                                     "expected an array of strings that is not empty");
}

/* The struct is a calendar: the first of April 2000 is wanted. */
static void
nested_struct_test (XmlRpcServer     *server,
                    XmlRpcInvocation *invocation,
                    gpointer          user_data)
{
  static const char * const date[] = { "2000", "04", "01" };
  GVariant *level = g_variant_get_child_value (xml_rpc_invocation_get_params (invocation), 0);

  for (gsize i = 0; level != NULL && i < G_N_ELEMENTS (date); i++)
    {
      g_autoptr (GVariant) outer = level;

      level = g_variant_lookup_value (outer, date[i], G_VARIANT_TYPE_VARDICT);
    }

  if (level == NULL)
    {
      xml_rpc_invocation_return_fault (invocation, XML_RPC_FAULT_INVALID_PARAMS,
                                       "expected a calendar with the day 2000, 04, 01");
      return;
    }

  return_sum_of_stooges (invocation, level);
  g_variant_unref (level);
}

static GVariant *
new_member (const char *name,
            gint32      value)
{
  return g_variant_new_dict_entry (g_variant_new_string (name), g_variant_new_int32 (value));
}

static void
simple_struct_return_test (XmlRpcServer     *server,
                           XmlRpcInvocation *invocation,
                           gpointer          user_data)
{
  GVariant *products[3];
  gint32 number;

  g_variant_get (xml_rpc_invocation_get_params (invocation), "(i)", &number);
  if (number > G_MAXINT32 / 1000 || number < G_MININT32 / 1000)
    {
      xml_rpc_invocation_return_fault (invocation, XML_RPC_FAULT_INVALID_PARAMS,
                                       "expected an int of which a thousand times is one, got %d", number);
      return;
    }

  products[0] = new_member ("times10", number * 10);
  products[1] = new_member ("times100", number * 100);
  products[2] = new_member ("times1000", number * 1000);
  xml_rpc_invocation_return_value (invocation, g_variant_new_array (NULL, products, G_N_ELEMENTS (products)));
}

static const struct
{
  const char       *name;
  const char       *signature;
  const char       *help;
  XmlRpcMethodFunc  func;
} methods[] = {
  { "validator1.arrayOfStructsTest", "int,array",
    "Returns the sum of all members named curly of an array of structs.", array_of_structs_test },
  { "validator1.countTheEntities", "struct,string",
    "Returns how often each of the characters that XML escapes is in a string.", count_the_entities },
  { "validator1.easyStructTest", "int,struct",
    "Returns the sum of the members moe, larry and curly.", easy_struct_test },
  { "validator1.echoStructTest", "struct,struct",
    "Returns its parameter.", echo_struct_test },
  { "validator1.manyTypesTest", "array,int,boolean,string,double,dateTime.iso8601,base64",
    "Returns an array of its six parameters.", many_types_test },
  { "validator1.moderateSizeArrayCheck", "string,array",
    "Returns the first and the last string of an array, put together.", moderate_size_array_check },
  { "validator1.nestedStructTest", "int,struct",
    "Returns the sum of moe, larry and curly on the day 2000, 04, 01 of a calendar.", nested_struct_test },
  { "validator1.simpleStructReturnTest", "struct,int",
    "Returns ten, a hundred and a thousand times a number.", simple_struct_return_test },
};

static XmlRpcServer *
create_validator (void)
{
  XmlRpcServer *server = xml_rpc_server_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      const char *signatures[] = { methods[i].signature, NULL };

      xml_rpc_server_add_method (server, methods[i].name, signatures, methods[i].help, methods[i].func, NULL, NULL, NULL);
    }

  return server;
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (XmlRpcServer) server = create_validator ();
  g_autoptr (GError) error = NULL;
  guint64 port = 0;

  if (argc > 2 || (argc == 2 && !g_ascii_string_to_unsigned (argv[1], 10, 0, 65535, &port, &error)))
    {
      g_printerr ("Usage: validator-server [PORT]\n");
      return 2;
    }

  if (!serve_until_signal (server, port, &error))
    {
      g_printerr ("validator-server: %s\n", error->message);
      return EXIT_FAILURE;
    }

  return EXIT_SUCCESS;
}
