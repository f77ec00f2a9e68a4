// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What Vala programs make of XmlRpc.Server, called without HTTP.

class Api : XmlRpc.Server {
    public string owner { get; construct; }
    public string log = "";

    public Api (string owner) {
        Object (owner: owner, max_multicall: 3);
    }

    public override bool authorize_call (XmlRpc.Invocation invocation) {
        return invocation.get_method_name () != "system.listMethods" && base.authorize_call (invocation);
    }

    public override void call_finished (XmlRpc.Invocation invocation, uint64 microseconds) {
        unowned Error? fault = invocation.get_fault ();

        log += "%s:%d ".printf (invocation.get_method_name (), fault != null ? fault.code : 0);
        base.call_finished (invocation, microseconds);
    }

    construct {
        try {
            add_method ("owner", null, null, (server, invocation) => {
                invocation.return_value (((Api) server).owner);
            });
        } catch (Error e) {
            assert_not_reached ();
        }
    }
}

async Variant call (XmlRpc.Server server, string name, Variant? params = null) throws Error {
    var response = yield server.handle_async (XmlRpc.encode_call (name, params));

    return XmlRpc.decode_response (response);
}

async void derive () throws Error {
    var api = new Api ("me");

    assert_cmpint ((int) api.max_multicall, EQ, 3);
    assert_cmpstr ((yield call (api, "owner")).get_string (), EQ, "me");
}

async void shut_down () throws Error {
    var server = new XmlRpc.Server ();

    assert_true (yield server.shutdown_async (0));
    try {
        yield call (server, "system.listMethods");
        assert_not_reached ();
    } catch (XmlRpc.Fault e) {
        assert_cmpint (e.code, EQ, XmlRpc.FaultCode.SYSTEM_ERROR);
    }
}

void allow_pages () {
    var server = (XmlRpc.Server) Object.new (typeof (XmlRpc.Server), allowed_hosts: new string[] { "a.example" });

    server.allowed_origins = { "https://a.example", "https://b.example" };
    assert_cmpint (server.get_allowed_hosts ().length, EQ, 1);
    assert_cmpstr (server.allowed_hosts[0], EQ, "a.example");
    assert_cmpstrv (server.get_allowed_origins (), { "https://a.example", "https://b.example" });
    server.set_allowed_hosts (null);
    assert_cmpint (server.allowed_hosts.length, EQ, 0);
}

async void trust_proxies () throws Error {
    var server = (XmlRpc.Server) Object.new (typeof (XmlRpc.Server), trusted_proxies: new string[] { "192.0.2.1" });
    InetAddress? client = null;

    assert_cmpstrv (server.get_trusted_proxies (), { "192.0.2.1" });
    server.trusted_proxies = { "127.0.0.0/8", "unix" };
    assert_cmpint (server.trusted_proxies.length, EQ, 2);
    server.authorize_call.connect ((invocation) => {
        client = invocation.get_client_address ();
        return true;
    });
    yield call (server, "system.listMethods");
    assert_null (client);
}

async void override_slots () throws Error {
    var api = new Api ("me");

    yield call (api, "owner");
    try {
        yield call (api, "system.listMethods");
        assert_not_reached ();
    } catch (XmlRpc.Fault fault) {
        assert_cmpstr (fault.message, EQ, "not authorized");
    }
    assert_cmpstr (api.log, EQ, "owner:0 system.listMethods:-32500 ");
}

async void connect_handlers () throws Error {
    var server = new XmlRpc.Server ();
    var log = "";

    server.authorize_call.connect ((invocation) => invocation.get_method_name () != "system.listMethods");
    server.call_finished.connect ((invocation, microseconds) => {
        unowned Error? fault = invocation.get_fault ();

        log += "%s:%d ".printf (invocation.get_method_name (), fault != null ? fault.code : 0);
    });
    yield call (server, "system.getCapabilities");
    try {
        yield call (server, "system.listMethods");
        assert_not_reached ();
    } catch (XmlRpc.Fault fault) {
        assert_cmpint (fault.code, EQ, XmlRpc.FaultCode.APPLICATION_ERROR);
    }
    assert_cmpstr (log, EQ, "system.getCapabilities:0 system.listMethods:-32500 ");
}

void refuse_bad_methods () throws Error {
    var server = new XmlRpc.Server ();
    string[] signatures = { "int,complex" };

    try {
        server.add_method ("sample.add", signatures, null, (server, invocation) => {});
        assert_not_reached ();
    } catch (XmlRpc.Error.UNSUPPORTED_TYPE e) {
        assert_cmpstr (e.message, EQ, "sample.add: expected a type of XML-RPC in the signature \"int,complex\", " +
                                      "got \"complex\"");
    }
    try {
        server.add_method ("", null, null, (server, invocation) => {});
        assert_not_reached ();
    } catch (XmlRpc.Error.INVALID_VALUE e) {
        assert_cmpstr (e.message, NE, "");
    }
    assert_false (server.remove_method ("sample.add"));
}

async void call_in_thread () throws Error {
    var server = new XmlRpc.Server ();
    unowned Thread<void*> main_thread = Thread.self<void*> ();

    server.add_method_full ("where", null, null, XmlRpc.MethodFlags.IN_THREAD, (server, invocation) => {
        invocation.return_value (Thread.self<void*> () == main_thread);
    });
    assert_false ((yield call (server, "where")).get_boolean ());
}

void set_limits () {
    var busy = (XmlRpc.Server) Object.new (typeof (XmlRpc.Server), max_threads: 3);

    busy.max_queued_calls = 0;
    busy.access_log = false;
    busy.status_method = true;
    busy.documentation = true;
    busy.documentation_title = "Books";
    assert_cmpstr (busy.get_documentation_title (), EQ, "Books");
    assert_true (busy.documentation_text == null);
    assert_cmpint ((int) busy.get_status ().lookup_value ("calls", VariantType.INT64).get_int64 (), EQ, 0);
    assert_cmpuint (busy.get_max_threads (), EQ, 3);

    var server = new XmlRpc.Server () {
        max_values = 1, max_response_size = 2, max_response_backlog = 3,
        write_timeout = 4, idle_timeout = 5, max_connections = 6
    };
    var proxy = (XmlRpc.ServerProxy) Object.new (typeof (XmlRpc.ServerProxy), uri: "http://127.0.0.1:9/", max_values: 7);

    assert_cmpuint (server.get_max_values (), EQ, 1);
    assert_cmpuint ((uint) server.max_response_size, EQ, 2);
    assert_cmpuint ((uint) server.max_response_backlog, EQ, 3);
    assert_cmpuint (server.write_timeout, EQ, 4);
    assert_cmpuint (server.idle_timeout, EQ, 5);
    assert_cmpuint (server.max_connections, EQ, 6);
    assert_cmpuint (proxy.max_values, EQ, 7);
}

async int main () {
    print ("1..9\n");

    try {
        yield derive ();
        print ("ok 1 a derived class\n");
        yield override_slots ();
        print ("ok 2 overridden slots\n");
        yield connect_handlers ();
        print ("ok 3 handlers\n");
        refuse_bad_methods ();
        print ("ok 4 methods that cannot be added\n");
        yield call_in_thread ();
        print ("ok 5 a method in a thread\n");
        set_limits ();
        print ("ok 6 limits\n");
        allow_pages ();
        print ("ok 7 allowed pages\n");
        yield shut_down ();
        print ("ok 8 the end of a server\n");
        yield trust_proxies ();
        print ("ok 9 trusted proxies\n");
    } catch (Error e) {
        error ("%s", e.message);
    }

    return 0;
}
