// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Shows the newest items of a news server in a window: news-reader URL

// What the server sends of an item, and the day that is shown.
class NewsItem : Object {
    public string title { get; construct; }
    public string description { get; construct; }
    public DateTime? date { get; construct; }
    public string day {
        owned get { return date != null ? date.format ("%e %B %Y") : ""; }
    }
}

class Reader : Gtk.Application {
    XmlRpc.ServerProxy proxy;
    Gtk.Builder builder;
    Cancellable cancellable;
    Soup.Auth? auth;  // the question that the dialog is to answer

    public Reader (string uri) throws Error {
        Object (flags: ApplicationFlags.NON_UNIQUE);

        typeof (NewsItem).ensure ();
        proxy = new XmlRpc.ServerProxy (uri);
        proxy.message.connect (message => message.authenticate.connect (on_authenticate));
    }

    public override void activate () {
        builder = new Gtk.Builder.from_resource ("/news-reader/news-reader.ui");

        var window = (Gtk.ApplicationWindow) builder.get_object ("window");
        window.application = this;
        ((Gtk.Button) builder.get_object ("refresh")).clicked.connect (refresh);
        ((Gtk.Button) builder.get_object ("cancel")).clicked.connect (cancel);
        ((Gtk.Button) builder.get_object ("sign-in")).clicked.connect (sign_in);
        get_dialog ().hide.connect (on_dialog_hidden);
        window.present ();
        refresh ();
    }

    public override void shutdown () {
        get_dialog ().transient_for = null;
        base.shutdown ();
    }

    Gtk.Window get_dialog () {
        return (Gtk.Window) builder.get_object ("dialog");
    }

    void refresh () {
        var spinner = (Gtk.Spinner) builder.get_object ("spinner");

        spinner.visible = true;
        load.begin ((source, result) => {
            show_problem (load.end (result));
            get_dialog ().visible = false;
            spinner.visible = false;
        });
    }

    // Returns what is wrong, or nothing.
    async string load () {
        var model = (Gtk.NoSelection) builder.get_object ("model");

        try {
            cancellable = new Cancellable ();
            var items = yield proxy.call_async ("meerkat.getItems", new Variant.parsed ("({'num_items': <100>},)"), null,
                                                cancellable);
            model.model = XmlRpc.list_store_new_from_array (typeof (NewsItem), items);
            return "";
        } catch (IOError.CANCELLED e) {
            return "";
        } catch (Error e) {
            return e.message;
        }
    }

    void show_problem (string message) {
        ((Gtk.Label) builder.get_object ("message")).label = message;
        ((Gtk.Revealer) builder.get_object ("banner")).reveal_child = message != "";
    }

    void cancel () {
        cancellable.cancel ();
    }

    // The call waits until the dialog has the answer.
    bool on_authenticate (Soup.Auth auth, bool retrying) {
        this.auth = auth;
        ((Gtk.Label) builder.get_object ("question")).label = retrying ? "Wrong user or password" : auth.realm;
        ((Gtk.Editable) builder.get_object ("password")).text = "";
        get_dialog ().present ();

        return true;
    }

    void sign_in () {
        var user = (Gtk.Editable) builder.get_object ("user");
        var password = (Gtk.Editable) builder.get_object ("password");
        var question = (owned) auth;

        get_dialog ().visible = false;
        question.authenticate (user.text, password.text);
    }

    void on_dialog_hidden () {
        var question = (owned) auth;

        if (question != null)
            question.cancel ();
    }
}

int main (string[] args) {
    try {
        return new Reader (args.length == 2 ? args[1] : "").run ();
    } catch (Error e) {
        printerr ("news-reader: %s\n", e.message);
        return 1;
    }
}
