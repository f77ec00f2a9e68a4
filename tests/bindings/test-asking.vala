// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A program that asks a person for the password while calls wait.

const int TIMEOUT = 1500;
const int THINKING = 2500;
const int N_CALLS = 3;

Soup.Server http;
XmlRpc.Server server;
string uri;
int n_questions;
int n_answers;

void start_server () throws Error {
    var domain = (Soup.AuthDomain) Object.new (typeof (Soup.AuthDomainBasic), "realm", "x");

    domain.add_path ("/RPC2");
    ((Soup.AuthDomainBasic) domain).set_auth_callback ((domain, message, user, password) => {
        return user == "ada" && password == "lovelace";
    });
    http = (Soup.Server) Object.new (typeof (Soup.Server));
    http.add_auth_domain (domain);
    http.listen_local (0, Soup.ServerListenOptions.IPV4_ONLY);

    server = new XmlRpc.Server ();
    server.add_method ("known", null, null, (server, invocation) => {
        invocation.return_value ("known");
    });
    server.attach (http, "/RPC2");
    uri = "http://127.0.0.1:%d/RPC2".printf (http.get_uris ().nth_data (0).get_port ());
}

bool ask (Soup.Auth auth) {
    n_questions++;
    Timeout.add (THINKING, () => {
        auth.authenticate ("ada", "lovelace");
        return Source.REMOVE;
    });
    return true;
}

async void call (XmlRpc.ServerProxy proxy) {
    try {
        var value = yield proxy.call_async ("known", null, VariantType.STRING);

        assert_cmpstr (value.get_string (), EQ, "known");
        n_answers++;
    } catch (Error e) {
        error ("%s", e.message);
    }
}

void run () throws Error {
    var loop = MainContext.default ();
    XmlRpc.ServerProxy proxy;

    start_server ();
    proxy = new XmlRpc.ServerProxy (uri);
    proxy.timeout = TIMEOUT;
    proxy.message.connect ((message) => {
        message.authenticate.connect ((auth, is_retry) => ask (auth));
    });
    for (int i = 0; i < N_CALLS; i++)
        call.begin (proxy);
    while (n_answers < N_CALLS)
        loop.iteration (true);
    assert_cmpint (n_questions, EQ, 1);
}

int main () {
    print ("1..1\n");
    try {
        run ();
    } catch (Error e) {
        error ("%s", e.message);
    }
    print ("ok 1 one call asks for all, and has the time\n");

    return 0;
}
