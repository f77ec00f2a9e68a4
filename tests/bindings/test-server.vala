// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What Vala programs make of XmlRpc.Server, called without HTTP.

class Api : XmlRpc.Server {
    public string owner { get; construct; }

    public Api (string owner) {
        Object (owner: owner, max_multicall: 3);
    }

    construct {
        add_method ("owner", null, null, (server, invocation) => {
            invocation.return_value (((Api) server).owner);
        });
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

async int main () {
    print ("1..1\n");

    try {
        yield derive ();
        print ("ok 1 a derived class\n");
    } catch (Error e) {
        error ("%s", e.message);
    }

    return 0;
}
