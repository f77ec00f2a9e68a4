// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The introspected API as it is, from Vala.

Subprocess server;
string uri;

void start_server () throws Error {
    var script = Test.build_filename (Test.FileType.DIST, "interop", "echo-server.py");

    server = new Subprocess (SubprocessFlags.STDIN_PIPE | SubprocessFlags.STDOUT_PIPE,
                             Environment.get_variable ("PYTHON"), script);
    uri = new DataInputStream (server.get_stdout_pipe ()).read_line_utf8 ();
}

void stop_server () throws Error {
    server.get_stdin_pipe ().close ();
    server.wait ();
}

void test_expected_type () {
    try {
        var proxy = new XmlRpc.ServerProxy (uri);
        var reply = proxy.call ("echo", new Variant ("(as)", new VariantBuilder (new VariantType ("as"))),
                                new VariantType ("as"));

        assert_cmpstr (reply.print (true), EQ, "@as []");
    } catch (Error e) {
        assert_no_error (e);
    }
}

void test_natural_types () {
    try {
        var proxy = new XmlRpc.ServerProxy (uri);
        var reply = proxy.call ("evaluate", new Variant ("(s)", "{'a': [True, 'ü🐍', None]}"), null);

        assert_cmpstr (reply.print (true), EQ, "{'a': <[<true>, <'ü🐍'>, <@mv nothing>]>}");
    } catch (Error e) {
        assert_no_error (e);
    }
}

async int add_asynchronously () throws Error {
    var proxy = new XmlRpc.ServerProxy (uri);
    var one = yield proxy.call_async ("echo", new Variant ("(i)", 1), VariantType.INT32, null);
    var two = yield proxy.call_async ("echo", new Variant ("(i)", 2), VariantType.INT32, null);

    return one.get_int32 () + two.get_int32 ();
}

void test_asynchronous () {
    var loop = new MainLoop ();

    add_asynchronously.begin ((source, result) => {
        try {
            assert_cmpint (add_asynchronously.end (result), EQ, 3);
        } catch (Error e) {
            assert_no_error (e);
        }
        loop.quit ();
    });
    loop.run ();
}

void test_fault () {
    try {
        var proxy = new XmlRpc.ServerProxy (uri);

        proxy.call ("fail", new Variant ("(is)", 4, "Too many parameters."), null);
        assert_not_reached ();
    } catch (XmlRpc.Fault e) {
        assert_cmpint (e.code, EQ, 4);
        assert_cmpstr (e.message, EQ, "Too many parameters.");
    } catch (Error e) {
        assert_no_error (e);
    }
}

void test_type_mismatch () {
    try {
        var proxy = new XmlRpc.ServerProxy (uri);

        proxy.call ("echo", new Variant ("(s)", "x"), VariantType.INT32);
        assert_not_reached ();
    } catch (XmlRpc.Error.TYPE_MISMATCH e) {
        assert_cmpstr (e.message, NE, "");
    } catch (Error e) {
        assert_no_error (e);
    }
}

void test_bad_uri () {
    try {
        new XmlRpc.ServerProxy ("no uri");
        assert_not_reached ();
    } catch (Error e) {
        assert_cmpstr (e.message, NE, "");
    }
}

void test_introspection () {
    try {
        var proxy = new XmlRpc.ServerProxy (uri);

        assert_true ("echo" in proxy.list_methods ());
        assert_cmpstr (proxy.get_method_signature ("repeat")[1], EQ, "base64,base64,int");
        assert_cmpstr (proxy.get_method_help ("echo"), EQ, "Returns its parameter.");
    } catch (Error e) {
        assert_no_error (e);
    }
}

void test_values () {
    try {
        var proxy = new XmlRpc.ServerProxy (uri);
        var date = new XmlRpc.DateTime (new DateTime.utc (1998, 7, 17, 14, 8, 55));
        var binary = new XmlRpc.Binary.from_data ({ 0, 255 });
        var yes = new XmlRpc.Boolean (true);
        Variant[] list = { date.get_variant (), binary.get_variant (), yes.get_variant () };
        Variant[] parameters = { new Variant.tuple (list) };
        var reply = proxy.call ("describe", new Variant.tuple (parameters), VariantType.STRING);

        assert_cmpstr (reply.get_string (), EQ,
                       "[datetime.datetime(1998, 7, 17, 14, 8, 55), b'\\x00\\xff', True]");
        assert_true (new XmlRpc.Value (date.get_variant ()) is XmlRpc.DateTime);
        assert_cmpstr (XmlRpc.DateTime.normalize ("19980717T14:08:55z", null), EQ, "1998-07-17T14:08:55+00:00");
        assert_true (yes.get_value ());
        assert_cmpmem (binary.get_bytes ().get_data (), { 0, 255 });
    } catch (Error e) {
        assert_no_error (e);
    }
}

int main (string[] args) {
    Test.init (ref args);

    Test.add_func ("/plain/natural-types", test_natural_types);
    Test.add_func ("/plain/expected-type", test_expected_type);
    Test.add_func ("/plain/asynchronous", test_asynchronous);
    Test.add_func ("/plain/fault", test_fault);
    Test.add_func ("/plain/type-mismatch", test_type_mismatch);
    Test.add_func ("/plain/bad-uri", test_bad_uri);
    Test.add_func ("/plain/introspection", test_introspection);
    Test.add_func ("/plain/values", test_values);

    try {
        start_server ();
        var status = Test.run ();
        stop_server ();
        return status;
    } catch (Error e) {
        error ("%s", e.message);
    }
}
