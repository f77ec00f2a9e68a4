// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What is Vala's own in the binding: error domains, default arguments, async
// methods and closures, against a server in the same process.

XmlRpc.Server server;
Soup.Server http;
string uri;

Variant create_fault () {
    var members = new VariantDict ();

    members.insert ("faultCode", "s", "NotFound");
    members.insert ("faultString", "s", "No page.");
    members.insert ("page", "i", 5);
    return members.end ();
}

void add_methods () throws Error {
    string[] signatures = { "int,int,int" };

    server.add_method ("add", signatures, "Adds.", (server, invocation) => {
        int a, b;

        invocation.get_params ().get ("(ii)", out a, out b);
        invocation.return_value (a + b);
    });
    server.add_method ("fail", null, null, (server, invocation) => {
        invocation.return_fault (4, "Failed in %s: %d.", invocation.get_method_name (), 7);
    });
    server.add_method ("throw", null, null, (server, invocation) => {
        invocation.take_error (new XmlRpc.Fault.APPLICATION_ERROR ("Thrown."));
    });
    server.add_method ("throw-other", null, null, (server, invocation) => {
        invocation.take_error (new IOError.NOT_FOUND ("Not here."));
    });
    server.add_method ("word", null, null, (server, invocation) => {
        invocation.return_fault_value (create_fault ());
    });
    server.add_method ("wait", null, null, (server, invocation) => {
        Timeout.add (100, () => {
            invocation.return_value ("done");
            return Source.REMOVE;
        });
    });
    server.add_method ("nothing", null, null, (server, invocation) => invocation.return_value (null));
}

void start_server () throws Error {
    server = new XmlRpc.Server ();
    add_methods ();
    http = (Soup.Server) Object.new (typeof (Soup.Server));
    http.listen_local (0, Soup.ServerListenOptions.IPV4_ONLY);
    server.attach (http, "/RPC2");
    uri = "http://127.0.0.1:%d/RPC2".printf (http.get_uris ().nth_data (0).get_port ());
}

async void call_everything () throws Error {
    var proxy = new XmlRpc.ServerProxy (uri);

    // Whatever may be null may be left out.
    assert_true ((yield proxy.call_async ("nothing")).is_of_type (new VariantType ("mv")));
    assert_cmpint ((yield proxy.call_async ("add", new Variant ("(ii)", 2, 3))).get_int32 (), EQ, 5);
    var sum = yield proxy.call_async ("add", new Variant ("(ii)", 2, 3), VariantType.INT64);
    assert_cmpint ((int) sum.get_int64 (), EQ, 5);

    assert_true ("add" in yield proxy.list_methods_async ());
    assert_cmpstr (yield proxy.get_method_help_async ("add"), EQ, "Adds.");
    assert_cmpstr ((yield proxy.get_method_signature_async ("add"))[0], EQ, "int,int,int");
    assert_true ((yield proxy.get_capabilities_async ()).lookup_value ("xmlrpc", null) != null);
}

class Blog : XmlRpc.ServerProxy {
    public string[] methods = {};
    public uint last_status = 0;

    public Blog (string uri) throws Error {
        Object (uri: uri);
        check_settings ();
    }

    public override void message (Soup.Message message) {
        methods += message.get_method ();
    }

    public override void http_error (Soup.Message message) {
        last_status = message.get_status ();
    }
}

async void send_headers_and_credentials () throws Error {
    var proxy = new XmlRpc.ServerProxy (uri);
    string[] heads = {};

    proxy.user = "ada";
    proxy.set_password ("x");
    proxy.set_header ("X-A", "b");
    proxy.message.connect ((message) => {
        message.wrote_headers.connect (() => {
            heads += message.request_headers.get_one ("Authorization") + " " + message.request_headers.get_list ("X-A");
        });
    });
    yield proxy.call_async ("nothing");
    proxy.add_header ("X-A", "c");
    yield proxy.call_async ("nothing");
    assert_cmpstr (heads[0], EQ, "Basic YWRhOng= b");
    assert_cmpstr (heads[1], EQ, "Basic YWRhOng= b, c");

    try {
        proxy.set_header ("Host", "x");
        assert_not_reached ();
    } catch (XmlRpc.Error.INVALID_VALUE error) {
        assert_cmpstr (error.message, EQ, "headers: Host is set by HTTP itself");
    }
}

async void derive_a_class () throws Error {
    var blog = new Blog (uri);

    assert_cmpint ((yield blog.call_async ("add", new Variant ("(ii)", 2, 3))).get_int32 (), EQ, 5);
    assert_cmpint (blog.methods.length, EQ, 1);

    try {
        var lost = new Blog (uri + "/elsewhere");

        try {
            yield lost.call_async ("add");
            assert_not_reached ();
        } catch (XmlRpc.HttpError error) {
            assert_cmpuint (lost.last_status, EQ, 404);
        }
        new Blog ("gopher://localhost");
        assert_not_reached ();
    } catch (UriError error) {
        assert_true (error is UriError.BAD_SCHEME);
    }
}

async void catch_faults () throws Error {
    var proxy = new XmlRpc.ServerProxy (uri);

    try {
        yield proxy.call_async ("fail");
        assert_not_reached ();
    } catch (XmlRpc.Fault fault) {
        assert_cmpint (fault.code, EQ, 4);
        assert_cmpstr (fault.message, EQ, "Failed in fail: 7.");
    }

    try {
        yield proxy.call_async ("throw-other");
        assert_not_reached ();
    } catch (XmlRpc.Fault.APPLICATION_ERROR fault) {
        assert_cmpstr (fault.message, EQ, "Not here.");
    }

    try {
        yield proxy.call_async ("nowhere");
        assert_not_reached ();
    } catch (XmlRpc.Fault.METHOD_NOT_FOUND fault) {
        assert_cmpint (fault.code, EQ, XmlRpc.FaultCode.METHOD_NOT_FOUND);
    }

    try {
        yield proxy.call_async ("throw");
        assert_not_reached ();
    } catch (XmlRpc.Fault.APPLICATION_ERROR fault) {
        assert_cmpstr (fault.message, EQ, "Thrown.");
    }
}

async void catch_whole_faults () throws Error {
    var proxy = new XmlRpc.ServerProxy (uri);

    try {
        yield proxy.call_async ("word");
        assert_not_reached ();
    } catch (XmlRpc.Fault.OTHER_CODE fault) {
        assert_cmpstr (fault.message, EQ, "NotFound: No page.");
        assert_true (XmlRpc.fault_get_value (fault).equal (create_fault ()));
    }

    // Of an error that came from no message there is no value.
    assert_true (XmlRpc.fault_get_value (new XmlRpc.Fault.APPLICATION_ERROR ("Thrown.")) == null);
    assert_true (XmlRpc.fault_get_value (new IOError.FAILED ("Failed.")) == null);

    string? json;
    assert_true ((yield proxy.call_json_async ("word", null, null, out json)) == null);
    assert_true (json.contains ("\"faultCode\":\"NotFound\""));
}

async void catch_other_errors () throws Error {
    var proxy = new XmlRpc.ServerProxy (uri + "/elsewhere");

    try {
        yield proxy.call_async ("add");
        assert_not_reached ();
    } catch (XmlRpc.HttpError.NOT_FOUND error) {
        assert_cmpint (error.code, EQ, 404);
    }

    try {
        XmlRpc.decode_response (XmlRpc.encode_response (1), VariantType.STRING);
        assert_not_reached ();
    } catch (XmlRpc.Error.TYPE_MISMATCH error) {
        assert_cmpint (error.code, EQ, XmlRpc.Error.TYPE_MISMATCH);
    }
}

async void cancel () throws Error {
    var proxy = new XmlRpc.ServerProxy (uri);
    var cancellable = new Cancellable ();

    Timeout.add (20, () => {
        cancellable.cancel ();
        return Source.REMOVE;
    });
    try {
        yield proxy.call_async ("wait", null, null, cancellable);
        assert_not_reached ();
    } catch (IOError.CANCELLED error) {
        assert_true (cancellable.is_cancelled ());
    }
}

async void keep_the_loop_running () throws Error {
    var proxy = new XmlRpc.ServerProxy (uri);
    var ticks = 0;
    var source = Timeout.add (5, () => {
        ticks++;
        return Source.CONTINUE;
    });

    assert_cmpstr ((yield proxy.call_async ("wait")).get_string (), EQ, "done");
    Source.remove (source);
    assert_cmpint (ticks, GE, 5);
}

async void call_many_in_one () throws Error {
    var multicall = new XmlRpc.Multicall (new XmlRpc.ServerProxy (uri));

    assert_cmpuint (multicall.add ("add", new Variant ("(ii)", 1, 2)), EQ, 0);
    assert_cmpuint (multicall.add ("fail"), EQ, 1);
    yield multicall.execute_async ();

    assert_cmpint (multicall.get_result (0).get_int32 (), EQ, 3);
    try {
        multicall.get_result (1);
        assert_not_reached ();
    } catch (XmlRpc.Fault fault) {
        assert_cmpint (fault.code, EQ, 4);
    }
}

async void handle_without_http () throws Error {
    var server = new XmlRpc.Server ();
    var response = yield server.handle_async (XmlRpc.encode_call ("system.listMethods"));

    assert_true ("system.listMethods" in (string[]) XmlRpc.decode_response (response, new VariantType ("as")));
}

void read_dates () throws Error {
    var date = new XmlRpc.DateTime.from_iso8601 ("19980717T14:08:55");
    int64 seconds;

    assert_cmpstr (date.to_date_time ().format_iso8601 (), EQ, "1998-07-17T14:08:55Z");
    assert_true (date.to_unix (null, out seconds));
    assert_true (seconds == 900684535);
}

async int main () {
    print ("1..10\n");

    try {
        start_server ();
        yield call_everything ();
        print ("ok 1 calls\n");
        yield catch_faults ();
        yield catch_whole_faults ();
        print ("ok 2 faults\n");
        yield catch_other_errors ();
        print ("ok 3 other errors\n");
        yield cancel ();
        print ("ok 4 cancellation\n");
        yield keep_the_loop_running ();
        print ("ok 5 the loop\n");
        yield call_many_in_one ();
        print ("ok 6 multicall\n");
        yield handle_without_http ();
        print ("ok 7 without HTTP\n");
        read_dates ();
        print ("ok 8 dates\n");
        yield derive_a_class ();
        print ("ok 9 derived classes\n");
        yield send_headers_and_credentials ();
        print ("ok 10 headers and credentials\n");
    } catch (Error e) {
        error ("%s", e.message);
    }

    return 0;
}
