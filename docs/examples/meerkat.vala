// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Asks a news server for the newest items on a subject:
//
//     meerkat URL [SEARCH [NUM_ITEMS]]

string get_text (Variant item, string name, string fallback) {
    var text = item.lookup_value (name, VariantType.STRING);

    return text != null && text.get_string () != "" ? text.get_string () : fallback;
}

async void print_news (string uri, string search, int num_items) throws Error {
    var server = new XmlRpc.ServerProxy (uri);
    var query = new VariantDict ();
    var number = 0;

    query.insert ("search", "s", search);
    query.insert ("num_items", "i", num_items);

    var items = yield server.call_async ("meerkat.getItems", new Variant ("(@a{sv})", query.end ()),
                                         new VariantType ("aa{sv}"));

    if (items.n_children () == 0)
        print ("No news on %s.\n", search);
    foreach (var item in items)
        print ("%d. %s\n   %s\n   %s\n\n", ++number, get_text (item, "title", "(no title)"),
               get_text (item, "link", ""), get_text (item, "description", "(no description)"));
}

async int main (string[] args) {
    var search = args.length > 2 ? args[2] : "Python";
    int64 num_items = 7;

    Intl.setlocale ();

    if (args.length < 2 || args.length > 4) {
        printerr ("Usage: meerkat URL [SEARCH [NUM_ITEMS]]\n");
        return 2;
    }

    try {
        if (args.length == 4)
            int64.from_string (args[3], out num_items, 10, 1, int.MAX);
        yield print_news (args[1], search, (int) num_items);
    } catch (XmlRpc.Fault fault) {
        printerr ("meerkat: fault %d from the server: %s\n", fault.code, fault.message);
        return 1;
    } catch (Error error) {
        printerr ("meerkat: %s\n", error.message);
        return 1;
    }

    return 0;
}
