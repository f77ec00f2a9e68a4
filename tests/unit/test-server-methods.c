/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Methods, their signatures and the faults of a server, without HTTP. */

#include <string.h>

#include <xmlrpc-glib/xmlrpc-glib.h>

#include "server-caller.h"

static const char * const int_signature[] = { "any,int", NULL };

/* Returns its parameters as they came, printed. */
static void
print_params (XmlRpcServer     *server,
              XmlRpcInvocation *invocation,
              gpointer          user_data)
{
  GVariant *params = xml_rpc_invocation_get_params (invocation);
  g_autofree char *text = g_variant_print (params, TRUE);

  xml_rpc_invocation_return_value (invocation, g_variant_new_string (text));
}

static void
count (gpointer user_data)
{
  *(guint *) user_data += 1;
}

static void
count_call (XmlRpcServer     *server,
            XmlRpcInvocation *invocation,
            gpointer          user_data)
{
  count (user_data);
  xml_rpc_invocation_return_value (invocation, NULL);
}

static GVariant *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  GVariant *value = g_variant_parse (NULL, text, NULL, NULL, &error);

  g_assert_no_error (error);

  return value;
}

static void
test_added (void)
{
  g_autoptr (XmlRpcServer) server = xml_rpc_server_new ();

  xml_rpc_server_add_method (server, "print", NULL, NULL, print_params, NULL, NULL, NULL);

  server_caller_assert_returns (server, "print", NULL, "'()'");
  server_caller_assert_returns (server, "print", g_variant_new ("(is)", 1, "two"), "\"(1, 'two')\"");
}

static void
test_unknown (void)
{
  g_autoptr (XmlRpcServer) server = xml_rpc_server_new ();

  xml_rpc_server_add_method (server, "print", NULL, NULL, print_params, NULL, NULL, NULL);

  server_caller_assert_fault (server, "Print", NULL, XML_RPC_FAULT_METHOD_NOT_FOUND, "There is no method Print");
}

static void
test_replaced (void)
{
  g_autoptr (XmlRpcServer) server = xml_rpc_server_new ();
  guint n_destroyed = 0;

  xml_rpc_server_add_method (server, "m", int_signature, "Old.", count_call, &n_destroyed, count, NULL);
  xml_rpc_server_add_method (server, "m", NULL, NULL, print_params, NULL, NULL, NULL);

  g_assert_cmpuint (n_destroyed, ==, 1);
  server_caller_assert_returns (server, "m", NULL, "'()'");
}

static void
test_removed (void)
{
  g_autoptr (XmlRpcServer) server = xml_rpc_server_new ();
  guint n_destroyed = 0;

  xml_rpc_server_add_method (server, "m", NULL, NULL, count_call, &n_destroyed, count, NULL);

  g_assert_true (xml_rpc_server_remove_method (server, "m"));
  g_assert_cmpuint (n_destroyed, ==, 1);
  g_assert_false (xml_rpc_server_remove_method (server, "m"));
  server_caller_assert_fault (server, "m", NULL, XML_RPC_FAULT_METHOD_NOT_FOUND, "There is no method m");
}

static void
test_destroyed_with_server (void)
{
  XmlRpcServer *server = xml_rpc_server_new ();
  guint n_destroyed = 0;

  xml_rpc_server_add_method (server, "m", NULL, NULL, count_call, &n_destroyed, count, NULL);
  g_assert_finalize_object (server);

  g_assert_cmpuint (n_destroyed, ==, 1);
}

static void
remove_itself (XmlRpcServer     *server,
               XmlRpcInvocation *invocation,
               gpointer          user_data)
{
  xml_rpc_server_remove_method (server, xml_rpc_invocation_get_method_name (invocation));
  xml_rpc_invocation_return_value (invocation, g_variant_new_string (user_data));
}

static void
test_removes_itself (void)
{
  g_autoptr (XmlRpcServer) server = xml_rpc_server_new ();

  xml_rpc_server_add_method (server, "m", NULL, NULL, remove_itself, g_strdup ("here"), g_free, NULL);

  server_caller_assert_returns (server, "m", NULL, "'here'");
  server_caller_assert_fault (server, "m", NULL, XML_RPC_FAULT_METHOD_NOT_FOUND, "There is no method m");
}

/* What a signature makes of parameters; NULL: they do not fit. */
static const struct
{
  const char *signature;
  const char *params;
  const char *given;
} fitting[] = {
  { "string", "()", "()" },
  { "string", "(1,)", NULL },
  { "string,int", "(1,)", "(1,)" },
  { "string,i4", "(1,)", "(1,)" },
  { "string,int", "()", NULL },
  { "string,int", "(1, 2)", NULL },
  { "string,int", "(int64 1,)", NULL },
  { "string,int", "(1.0,)", NULL },
  { "string,int", "(true,)", NULL },
  { "string,int", "('1',)", NULL },
  { "string,i8", "(int64 1,)", "(int64 1,)" },
  { "string,i8", "(1,)", "(int64 1,)" },
  { "string,i8", "(1.0,)", NULL },
  { "string,boolean", "(true,)", "(true,)" },
  { "string,boolean", "(1,)", NULL },
  { "string,double", "(1.5,)", "(1.5,)" },
  { "string,double", "(-1,)", "(-1.0,)" },
  { "string,double", "('1.5',)", NULL },
  { "string,string", "('text',)", "('text',)" },
  { "string,string", "(b'text',)", NULL },
  { "string,string", "((objectpath '/xmlrpc/dateTime', '19980717T14:08:55'),)", NULL },
  { "string,dateTime.iso8601", "((objectpath '/xmlrpc/dateTime', '19980717T14:08:55'),)",
    "((objectpath '/xmlrpc/dateTime', '19980717T14:08:55'),)" },
  { "string,dateTime.iso8601", "('19980717T14:08:55',)", NULL },
  { "string,dateTime", "((objectpath '/xmlrpc/dateTime', '19980717T14:08:55'),)",
    "((objectpath '/xmlrpc/dateTime', '19980717T14:08:55'),)" },
  { "string,dateTime.iso8601", "((objectpath '/xmlrpc/biginteger', '5'),)", NULL },
  { "string,dateTime.iso8601", "((objectpath '/xmlrpc/bigdecimal', '0.1'),)", NULL },
  { "string,biginteger", "((objectpath '/xmlrpc/biginteger', '5'),)", "((objectpath '/xmlrpc/biginteger', '5'),)" },
  { "string,ex:biginteger", "((objectpath '/xmlrpc/biginteger', '5'),)", "((objectpath '/xmlrpc/biginteger', '5'),)" },
  { "string,biginteger", "((objectpath '/xmlrpc/dateTime', '19980717T14:08:55'),)", NULL },
  { "string,biginteger", "(5,)", NULL },
  { "string,bigdecimal", "((objectpath '/xmlrpc/bigdecimal', '0.1'),)", "((objectpath '/xmlrpc/bigdecimal', '0.1'),)" },
  { "string,bigdecimal", "((objectpath '/xmlrpc/biginteger', '5'),)", NULL },
  { "string,i1,i1", "(-128, 127)", "(-128, 127)" },
  { "string,i1", "(128,)", NULL },
  { "string,i1", "(int64 1,)", NULL },
  { "string,i2,ex:i2", "(-32768, 32767)", "(-32768, 32767)" },
  { "string,i2", "(-32769,)", NULL },
  { "string,float", "(1,)", "(1.0,)" },
  { "string,any", "((objectpath '/xmlrpc/bigdecimal', '0.1'),)", "((objectpath '/xmlrpc/bigdecimal', '0.1'),)" },
  { "string,base64", "([byte 0, 1],)", "([byte 0x00, 0x01],)" },
  { "string,base64", "([<1>],)", NULL },
  { "string,array", "([<1>, <'two'>],)", "([<1>, <'two'>],)" },
  { "string,array", "(@av [],)", "(@av [],)" },
  { "string,array", "(@a{sv} {},)", NULL },
  { "string,struct", "({'a': <1>},)", "({'a': <1>},)" },
  { "string,struct", "(@av [],)", NULL },
  { "string,nil", "(@mv nothing,)", "(@mv nothing,)" },
  { "string,int", "(@mv nothing,)", NULL },
  { "string,any,any", "(1, [<'x'>])", "(1, [<'x'>])" },
  { "string,int,double,string", "(1, 2, 'x')", "(1, 2.0, 'x')" },
  { "string,int,double,string", "(1, 'x', 2)", NULL },
  { "string, int , double", "(1, 2)", "(1, 2.0)" },
};

static void
test_signature_makes_types (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fitting); i++)
    {
      const char *signatures[] = { fitting[i].signature, NULL };
      g_autoptr (XmlRpcServer) server = xml_rpc_server_new ();
      g_autoptr (GVariant) params = parse (fitting[i].params);
      g_autoptr (GError) error = NULL;
      g_autoptr (GVariant) value = NULL;

      g_test_message ("%s: %s", fitting[i].signature, fitting[i].params);
      xml_rpc_server_add_method (server, "print", signatures, NULL, print_params, NULL, NULL, NULL);
      value = server_caller_call (server, "print", params, &error);

      if (fitting[i].given != NULL)
        {
          g_assert_no_error (error);
          g_assert_cmpstr (g_variant_get_string (value, NULL), ==, fitting[i].given);
        }
      else
        {
          g_assert_error (error, XML_RPC_FAULT, XML_RPC_FAULT_INVALID_PARAMS);
        }
    }
}

static void
test_misfit_is_told (void)
{
  static const char * const signatures[] = { "array,struct", "array,string,int", "array", NULL };
  g_autoptr (XmlRpcServer) server = xml_rpc_server_new ();

  xml_rpc_server_add_method (server, "m", int_signature, NULL, print_params, NULL, NULL, NULL);
  xml_rpc_server_add_method (server, "n", signatures, NULL, print_params, NULL, NULL, NULL);

  server_caller_assert_fault (server, "m", g_variant_new ("(sd)", "1", 2.0), XML_RPC_FAULT_INVALID_PARAMS,
                              "m: expected the parameters (int), got (string, double)");
  server_caller_assert_fault (server, "m", NULL, XML_RPC_FAULT_INVALID_PARAMS,
                              "m: expected the parameters (int), got ()");
  server_caller_assert_fault (server, "n", g_variant_new_parsed ("(@mv nothing, [<1>], @a{sv} {}, b'x', true, int64 1)"),
                              XML_RPC_FAULT_INVALID_PARAMS,
                              "n: expected the parameters (struct) or (string, int) or (), "
                              "got (nil, array, struct, base64, boolean, i8)");
  server_caller_assert_fault (server, "m",
                              g_variant_new_parsed ("((objectpath '/xmlrpc/biginteger', '5'), "
                                                    "(objectpath '/xmlrpc/bigdecimal', '0.1'), "
                                                    "(objectpath '/xmlrpc/dateTime', '19980717T14:08:55'))"),
                              XML_RPC_FAULT_INVALID_PARAMS,
                              "m: expected the parameters (int), got (biginteger, bigdecimal, dateTime.iso8601)");
}

static void
test_misfit_is_not_called (void)
{
  g_autoptr (XmlRpcServer) server = xml_rpc_server_new ();
  guint n_calls = 0;

  xml_rpc_server_add_method (server, "m", int_signature, NULL, count_call, &n_calls, NULL, NULL);

  g_assert_null (server_caller_call (server, "m", g_variant_new ("(s)", "1"), NULL));
  g_assert_cmpuint (n_calls, ==, 0);
  server_caller_assert_returns (server, "m", g_variant_new ("(i)", 1), "@mv nothing");
  g_assert_cmpuint (n_calls, ==, 1);
}

static void
test_alternative_signatures (void)
{
  static const char * const signatures[] = { "string,double", "string,int", "string,i8,string", "string", NULL };
  g_autoptr (XmlRpcServer) server = xml_rpc_server_new ();

  xml_rpc_server_add_method (server, "m", signatures, NULL, print_params, NULL, NULL, NULL);

  /* The first that fits, though the second fits better. */
  server_caller_assert_returns (server, "m", g_variant_new ("(i)", 1), "'(1.0,)'");
  server_caller_assert_returns (server, "m", g_variant_new ("(is)", 1, "x"), "\"(int64 1, 'x')\"");
  server_caller_assert_returns (server, "m", NULL, "'()'");
}

/* What cannot be added, and what is said of it. */
static const struct
{
  const char *name;
  const char *signature;
  const char *help;
  int         code;
  const char *message;
} bad_methods[] = {
  { "m", "", NULL, XML_RPC_ERROR_UNSUPPORTED_TYPE, "m: expected a type of XML-RPC in the signature \"\", got \"\"" },
  { "m", "int,", NULL, XML_RPC_ERROR_UNSUPPORTED_TYPE,
    "m: expected a type of XML-RPC in the signature \"int,\", got \"\"" },
  { "m", ",int", NULL, XML_RPC_ERROR_UNSUPPORTED_TYPE,
    "m: expected a type of XML-RPC in the signature \",int\", got \"\"" },
  { "sample.add", "integer", NULL, XML_RPC_ERROR_UNSUPPORTED_TYPE,
    "sample.add: expected a type of XML-RPC in the signature \"integer\", got \"integer\"" },
  { "m", "int;int", NULL, XML_RPC_ERROR_UNSUPPORTED_TYPE,
    "m: expected a type of XML-RPC in the signature \"int;int\", got \"int;int\"" },
  { "m", "int, int string", NULL, XML_RPC_ERROR_UNSUPPORTED_TYPE,
    "m: expected a type of XML-RPC in the signature \"int, int string\", got \"int string\"" },
  { "m", "Int", NULL, XML_RPC_ERROR_UNSUPPORTED_TYPE,
    "m: expected a type of XML-RPC in the signature \"Int\", got \"Int\"" },
  { "m", "\377", NULL, XML_RPC_ERROR_UNSUPPORTED_TYPE,
    "m: expected a type of XML-RPC in the signature \"\357\277\275\", got \"\357\277\275\"" },
  { "", "int", NULL, XML_RPC_ERROR_INVALID_VALUE, NULL },
  { "\001", "int", NULL, XML_RPC_ERROR_INVALID_VALUE, NULL },
  { "\377", "int", NULL, XML_RPC_ERROR_INVALID_VALUE, NULL },
  { "m", "int", "\001", XML_RPC_ERROR_INVALID_VALUE, NULL },
  { "m", "int", "\377", XML_RPC_ERROR_INVALID_VALUE, "m: expected UTF-8 as the help" },
};

/* The method that has the name stays. */
static void
test_refuses_bad_methods (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bad_methods); i++)
    {
      const char *signatures[] = { "nil,int", bad_methods[i].signature, NULL };
      g_autoptr (XmlRpcServer) server = xml_rpc_server_new ();
      g_autoptr (GError) error = NULL;
      guint n_destroyed = 0;

      g_assert_true (xml_rpc_server_add_method (server, "m", NULL, "Old.", print_params, NULL, NULL, NULL));
      g_assert_false (xml_rpc_server_add_method (server, bad_methods[i].name, signatures, bad_methods[i].help,
                                                 count_call, &n_destroyed, count, &error));
      g_test_message ("%s", error->message);
      g_assert_error (error, XML_RPC_ERROR, bad_methods[i].code);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      if (bad_methods[i].message != NULL)
        g_assert_cmpstr (error->message, ==, bad_methods[i].message);
      g_assert_cmpuint (n_destroyed, ==, 1);

      server_caller_assert_returns (server, "system.methodHelp", g_variant_new ("(s)", "m"), "'Old.'");
      server_caller_assert_returns (server, "m", NULL, "'()'");
    }
}

static void
return_fault (XmlRpcServer     *server,
              XmlRpcInvocation *invocation,
              gpointer          user_data)
{
  xml_rpc_invocation_return_fault (invocation, 4, "%s at %d", "Lost", 7);
}

static void
return_fault_literal (XmlRpcServer     *server,
                      XmlRpcInvocation *invocation,
                      gpointer          user_data)
{
  xml_rpc_invocation_return_fault_literal (invocation, -1, user_data);
}

static void
take_error (XmlRpcServer     *server,
            XmlRpcInvocation *invocation,
            gpointer          user_data)
{
  xml_rpc_invocation_take_error (invocation, user_data);
}

static void
test_faults (void)
{
  g_autoptr (XmlRpcServer) server = xml_rpc_server_new ();

  xml_rpc_server_add_method (server, "format", NULL, NULL, return_fault, NULL, NULL, NULL);
  xml_rpc_server_add_method (server, "literal", NULL, NULL, return_fault_literal, (gpointer) "100 %s <&>", NULL, NULL);

  server_caller_assert_fault (server, "format", NULL, 4, "Lost at 7");
  server_caller_assert_fault (server, "literal", NULL, -1, "100 %s <&>");
}

static void
test_fault_message_that_xml_cannot_carry (void)
{
  static const char * const messages[] = { "\001", "\377" };
  g_autoptr (XmlRpcServer) server = xml_rpc_server_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      xml_rpc_server_add_method (server, "m", NULL, NULL, return_fault_literal, (gpointer) messages[i], NULL, NULL);
      server_caller_assert_fault (server, "m", NULL, -1, "(a message that XML cannot carry)");
    }
}

static void
test_errors_are_faults (void)
{
  g_autoptr (XmlRpcServer) server = xml_rpc_server_new ();

  xml_rpc_server_add_method (server, "fault", NULL, NULL, take_error,
                             g_error_new (XML_RPC_FAULT, 7, "seven"), NULL, NULL);
  xml_rpc_server_add_method (server, "io", NULL, NULL, take_error,
                             g_error_new (G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "no file"), NULL, NULL);
  xml_rpc_server_add_method (server, "ours", NULL, NULL, take_error,
                             g_error_new (XML_RPC_ERROR, XML_RPC_ERROR_TYPE_MISMATCH, "no fit"), NULL, NULL);

  server_caller_assert_fault (server, "fault", NULL, 7, "seven");
  server_caller_assert_fault (server, "io", NULL, XML_RPC_FAULT_APPLICATION_ERROR, "no file");
  server_caller_assert_fault (server, "ours", NULL, XML_RPC_FAULT_APPLICATION_ERROR, "no fit");
}

static void
return_fault_value (XmlRpcServer     *server,
                    XmlRpcInvocation *invocation,
                    gpointer          user_data)
{
  xml_rpc_invocation_return_fault_value (invocation, g_variant_new_parsed (user_data));
}

/* Alone, and as one call of a multicall. */
static void
assert_fault_value (XmlRpcServer *server,
                    const char   *method_name,
                    const char   *expected)
{
  g_autoptr (GVariant) value = g_variant_ref_sink (g_variant_new_parsed (expected));
  g_autoptr (GVariant) results = NULL;
  g_autoptr (GVariant) result = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (server_caller_call (server, method_name, NULL, &error));
  g_assert_nonnull (xml_rpc_fault_get_value (error));
  g_assert_cmpvariant (xml_rpc_fault_get_value (error), value);
  g_clear_error (&error);

  results = server_caller_call (server, "system.multicall",
                                g_variant_new_parsed ("([{'methodName': <%s>, 'params': <@av []>}],)", method_name),
                                &error);
  g_assert_no_error (error);
  g_variant_get_child (results, 0, "v", &result);
  g_assert_cmpvariant (result, value);
}

static void
test_fault_values (void)
{
  static const char whole[] = "{'faultCode': <'NotFound'>, 'faultString': <'a'>, 'detail': <[<1>]>}";
  g_autoptr (XmlRpcServer) server = xml_rpc_server_new ();

  xml_rpc_server_add_method (server, "whole", NULL, NULL, return_fault_value, (gpointer) whole, NULL, NULL);
  xml_rpc_server_add_method (server, "passed-on", NULL, NULL, take_error,
                             xml_rpc_fault_new_from_value (g_variant_new_parsed (whole)), NULL, NULL);
  xml_rpc_server_add_method (server, "unsendable", NULL, NULL, return_fault_value,
                             (gpointer) "{'faultCode': <7>, 'faultString': <'a'>, 'detail': <'\\u0001'>}", NULL, NULL);

  assert_fault_value (server, "whole", whole);
  assert_fault_value (server, "unsendable", "{'faultCode': <7>, 'faultString': <'a'>}");
  server_caller_assert_fault (server, "passed-on", NULL, XML_RPC_FAULT_OTHER_CODE, "NotFound: a");
}

/* The program has something to add. */
static void
test_changed_fault_values (void)
{
  g_autoptr (XmlRpcServer) server = xml_rpc_server_new ();
  GError *prefixed = xml_rpc_fault_new_from_value (g_variant_new_parsed ("{'faultCode': <7>, 'faultString': <'a'>}"));
  GError *recoded = g_error_copy (prefixed);

  g_prefix_error (&prefixed, "upstream: ");
  recoded->code = 8;
  xml_rpc_server_add_method (server, "prefixed", NULL, NULL, take_error, prefixed, NULL, NULL);
  xml_rpc_server_add_method (server, "recoded", NULL, NULL, take_error, recoded, NULL, NULL);

  server_caller_assert_fault (server, "prefixed", NULL, 7, "upstream: a");
  server_caller_assert_fault (server, "recoded", NULL, 8, "a");
}

/* Requests that are no calls, and the code of the fault each is answered with. */
static const struct
{
  const char *request;
  int         code;
} broken[] = {
  { "", XML_RPC_FAULT_NOT_WELL_FORMED },
  { "hello", XML_RPC_FAULT_NOT_WELL_FORMED },
  { "<methodCall>", XML_RPC_FAULT_NOT_WELL_FORMED },
  { "<method", XML_RPC_FAULT_NOT_WELL_FORMED },
  { "<methodCall><methodN", XML_RPC_FAULT_NOT_WELL_FORMED },
  { "<methodCall><methodName>m</methodName><params><param><value><string", XML_RPC_FAULT_NOT_WELL_FORMED },
  { "<methodCall><methodName>m</methodName></methodcall>", XML_RPC_FAULT_NOT_WELL_FORMED },
  { "<methodCall><methodName>m</methodName></methodCall>more", XML_RPC_FAULT_NOT_WELL_FORMED },
  { "<!DOCTYPE methodCall><methodCall><methodName>m</methodName></methodCall>", XML_RPC_FAULT_NOT_WELL_FORMED },
  { "<?xml version='1.0' encoding='no-such-encoding'?><methodCall/>", XML_RPC_FAULT_UNSUPPORTED_ENCODING },
  { "<methodCall><methodName>\001</methodName></methodCall>", XML_RPC_FAULT_NOT_WELL_FORMED },
  { "<methodCall><methodName>\377</methodName></methodCall>", XML_RPC_FAULT_INVALID_CHARACTER },
  { "<html/>", XML_RPC_FAULT_INVALID_XML_RPC },
  { "<methodCall/>", XML_RPC_FAULT_INVALID_XML_RPC },
  { "<methodCall><methodName/></methodCall>", XML_RPC_FAULT_INVALID_XML_RPC },
  { "<methodResponse/>", XML_RPC_FAULT_INVALID_XML_RPC },
  { "<methodCall><methodName>m</methodName><params><param/></params></methodCall>", XML_RPC_FAULT_INVALID_XML_RPC },
  { "<methodCall><methodName>m</methodName><params><param><value><int>1.5</int></value></param></params></methodCall>",
    XML_RPC_FAULT_INVALID_XML_RPC },
  { "<methodCall><methodName>m</methodName></methodCall>", XML_RPC_FAULT_METHOD_NOT_FOUND },
};

static void
test_broken_requests (void)
{
  g_autoptr (XmlRpcServer) server = xml_rpc_server_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autoptr (GBytes) request = g_bytes_new_static (broken[i].request, strlen (broken[i].request));
      g_autoptr (GBytes) answer = server_caller_handle (server, request);
      g_autoptr (GError) error = NULL;

      g_autofree char *shown = g_utf8_make_valid (broken[i].request, -1);

      g_test_message ("%s", shown);
      g_assert_null (xml_rpc_decode_response (answer, NULL, &error));
      g_assert_error (error, XML_RPC_FAULT, broken[i].code);
      g_assert_cmpstr (error->message, !=, "");
    }
}

static GVariant *
nest (guint depth)
{
  GVariant *value = g_variant_new_int32 (1);

  for (guint i = 0; i < depth; i++)
    value = g_variant_new_array (G_VARIANT_TYPE_VARIANT, (GVariant *[]) { g_variant_new_variant (value) }, 1);

  return value;
}

static void
test_nesting (void)
{
  g_autoptr (XmlRpcServer) server = xml_rpc_server_new ();
  g_autoptr (GString) text = g_string_new ("<methodCall><methodName>print</methodName><params><param>");
  g_autoptr (GVariant) value = NULL;
  g_autoptr (GBytes) request = NULL;
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GError) error = NULL;
  GVariant *deepest = nest (40);

  xml_rpc_server_add_method (server, "print", NULL, NULL, print_params, NULL, NULL, NULL);
  value = server_caller_call (server, "print", g_variant_new_tuple (&deepest, 1), &error);
  g_assert_no_error (error);

  for (guint i = 0; i < 41; i++)
    g_string_append (text, "<value><array><data>");
  for (guint i = 0; i < 41; i++)
    g_string_append (text, "</data></array></value>");
  g_string_append (text, "</param></params></methodCall>");
  request = g_bytes_new (text->str, text->len);
  answer = server_caller_handle (server, request);
  g_assert_null (xml_rpc_decode_response (answer, NULL, &error));
  g_assert_error (error, XML_RPC_FAULT, XML_RPC_FAULT_INVALID_XML_RPC);
}

static void
count_notify (GObject    *object,
              GParamSpec *pspec,
              gpointer    user_data)
{
  count (user_data);
}

static void
test_properties (void)
{
  g_autoptr (XmlRpcServer) server = xml_rpc_server_new ();
  guint n_notified = 0;
  guint64 max_request_size;
  guint request_timeout, max_multicall;
  gboolean introspection;

  g_object_get (server,
                "max-request-size", &max_request_size, "request-timeout", &request_timeout,
                "max-multicall", &max_multicall, "introspection", &introspection, NULL);
  g_assert_cmpuint (max_request_size, ==, 8 * 1024 * 1024);
  g_assert_cmpuint (request_timeout, ==, 30 * 1000);
  g_assert_cmpuint (max_multicall, ==, 1000);
  g_assert_true (introspection);

  g_signal_connect (server, "notify", G_CALLBACK (count_notify), &n_notified);
  for (guint i = 0; i < 2; i++)
    g_object_set (server, "max-request-size", (guint64) 1, "request-timeout", 2, "max-multicall", 3,
                  "introspection", FALSE, NULL);

  g_assert_cmpuint (n_notified, ==, 4);
  g_assert_cmpuint (xml_rpc_server_get_max_request_size (server), ==, 1);
  g_assert_cmpuint (xml_rpc_server_get_request_timeout (server), ==, 2);
  g_assert_cmpuint (xml_rpc_server_get_max_multicall (server), ==, 3);
  g_assert_false (xml_rpc_server_get_introspection (server));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/server-methods/added", test_added);
  g_test_add_func ("/server-methods/unknown", test_unknown);
  g_test_add_func ("/server-methods/replaced", test_replaced);
  g_test_add_func ("/server-methods/removed", test_removed);
  g_test_add_func ("/server-methods/destroyed-with-server", test_destroyed_with_server);
  g_test_add_func ("/server-methods/removes-itself", test_removes_itself);
  g_test_add_func ("/server-methods/signature-makes-types", test_signature_makes_types);
  g_test_add_func ("/server-methods/misfit-is-told", test_misfit_is_told);
  g_test_add_func ("/server-methods/misfit-is-not-called", test_misfit_is_not_called);
  g_test_add_func ("/server-methods/alternative-signatures", test_alternative_signatures);
  g_test_add_func ("/server-methods/refuses-bad-methods", test_refuses_bad_methods);
  g_test_add_func ("/server-methods/faults", test_faults);
  g_test_add_func ("/server-methods/fault-values", test_fault_values);
  g_test_add_func ("/server-methods/changed-fault-values", test_changed_fault_values);
  g_test_add_func ("/server-methods/fault-message-that-xml-cannot-carry", test_fault_message_that_xml_cannot_carry);
  g_test_add_func ("/server-methods/errors-are-faults", test_errors_are_faults);
  g_test_add_func ("/server-methods/broken-requests", test_broken_requests);
  g_test_add_func ("/server-methods/nesting", test_nesting);
  g_test_add_func ("/server-methods/properties", test_properties);

  return g_test_run ();
}
