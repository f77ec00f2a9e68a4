// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Structs as objects of Vala's own classes, and dates.

class Author : Object {
    public string name { get; set; }
    public int age { get; set; }
}

enum Status { DRAFT, IN_REVIEW, PUBLISHED }

class Post : Object {
    public string post_title { get; construct; }
    public Author author { get; set; }
    public ListStore comments { get; default = new ListStore (typeof (Author)); }
    public DateTime date { get; set; }
    public Bytes data { get; set; }
    public string[] tags { get; set; }
    public double rating { get; set; default = 1; }
    public int64 number { get; set; }
    public Status status { get; set; }
}

class Named : Object, XmlRpc.Serializable {
    public int ident { get; construct; }
    public string title { get; set; }

    public string? find_property (string member_name) {
        return member_name == "ID" ? "ident" : null;
    }

    public string? get_member_name (string property_name) {
        return property_name == "ident" ? "ID" : null;
    }
}

Variant parse (string text) {
    try {
        return Variant.parse (null, text);
    } catch (VariantParseError e) {
        error ("%s", e.message);
    }
}

const string STRUCT = "{'post_title': <'Ü'>, 'author': <{'name': <'Ada'>, 'age': <36>}>, "
    + "'comments': <[<{'name': <'Bob'>, 'age': <0>}>]>, "
    + "'date': <(objectpath '/xmlrpc/dateTime', '19980717T14:08:55')>, 'data': <[byte 0x00, 0xff]>, "
    + "'tags': <[<'a'>, <'b'>]>, 'rating': <4.5>, 'number': <int64 1099511627776>, 'status': <'in-review'>}";

void test_object () {
    try {
        var post = (Post) XmlRpc.object_from_struct (typeof (Post), parse (STRUCT));

        assert_cmpstr (post.post_title, EQ, "Ü");
        assert_cmpstr (post.author.name, EQ, "Ada");
        assert_cmpstr (((Author) post.comments.get_item (0)).name, EQ, "Bob");
        assert_cmpstr (post.date.format_iso8601 (), EQ, "1998-07-17T14:08:55Z");
        assert_cmpmem (post.data.get_data (), { 0, 255 });
        assert_cmpstr (string.joinv (",", post.tags), EQ, "a,b");
        assert_true (post.rating == 4.5);
        assert_true (post.number == 1099511627776);
        assert_true (post.status == Status.IN_REVIEW);
        assert_cmpstr (XmlRpc.object_to_struct (post).print (true), EQ, STRUCT);
    } catch (Error e) {
        assert_no_error (e);
    }
}

void test_names () {
    try {
        var named = (Named) XmlRpc.object_from_struct (typeof (Named), parse ("{'ID': <5>, 'Title': <'a'>, 'x': <1>}"));

        assert_cmpint (named.ident, EQ, 5);
        assert_cmpstr (XmlRpc.object_to_struct (named).print (true), EQ, "{'ID': <5>, 'title': <'a'>}");
    } catch (Error e) {
        assert_no_error (e);
    }
}

void test_list_store () {
    try {
        var store = XmlRpc.list_store_new_from_array (typeof (Post), parse ("[{'postTitle': 'a'}, {'postTitle': 'b'}]"));

        assert_cmpint ((int) store.get_n_items (), EQ, 2);
        assert_cmpstr (((Post) store.get_item (1)).post_title, EQ, "b");
        assert_true (((Post) store.get_item (1)).rating == 1);
    } catch (Error e) {
        assert_no_error (e);
    }
}

void test_errors () {
    try {
        XmlRpc.list_store_new_from_array (typeof (Post), parse ("[@a{sv} {}, {'author': <{'name': <5>}>}]"));
        assert_not_reached ();
    } catch (XmlRpc.Error.TYPE_MISMATCH e) {
        assert_cmpstr (e.message, EQ, "[1].author.name: expected string, got int");
    } catch (Error e) {
        assert_no_error (e);
    }
}

void test_dates () {
    try {
        var item = parse ("{'date': <(objectpath '/xmlrpc/dateTime', '19980717T14:08:55')>}");
        var date = XmlRpc.variant_lookup_date_time (item, "date", new TimeZone.offset (3600));

        assert_cmpstr (date.format_iso8601 (), EQ, "1998-07-17T14:08:55+01");
        assert_true (XmlRpc.variant_get_date_time (item.lookup_value ("date", null)).equal (date.add_hours (1)));
    } catch (Error e) {
        assert_no_error (e);
    }
}

int main (string[] args) {
    Test.init (ref args);

    Test.add_func ("/objects/object", test_object);
    Test.add_func ("/objects/names", test_names);
    Test.add_func ("/objects/list-store", test_list_store);
    Test.add_func ("/objects/errors", test_errors);
    Test.add_func ("/objects/dates", test_dates);

    return Test.run ();
}
