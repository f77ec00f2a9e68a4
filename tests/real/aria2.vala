// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// aria2 in Vala: adds a torrent, asks for its name and hash, removes it, and tells
// what a wrong secret gets.
//
// aria2-vala URL SECRET TORRENT

int main (string[] args) {
    var token = "token:" + args[2];

    try {
        var proxy = new XmlRpc.ServerProxy (args[1]);
        uint8[] torrent;
        FileUtils.get_data (args[3], out torrent);
        var options = new VariantDict ();
        options.insert ("pause", "s", "true");

        var version = proxy.call ("aria2.getVersion", new Variant ("(s)", token), VariantType.VARDICT);
        var gid = proxy.call ("aria2.addTorrent", new Variant.tuple ({
            token, torrent, new Variant.strv ({}), options.end ()
        }), VariantType.STRING).get_string ();
        var status = proxy.call ("aria2.tellStatus", new Variant ("(ss)", token, gid), VariantType.VARDICT);
        var info = status.lookup_value ("bittorrent", VariantType.VARDICT).lookup_value ("info", VariantType.VARDICT);
        print ("%s %s %s\n", version.lookup_value ("version", null).get_string (),
               info.lookup_value ("name", null).get_string (),
               status.lookup_value ("infoHash", null).get_string ());
        proxy.call ("aria2.remove", new Variant ("(ss)", token, gid));
        proxy.call ("aria2.getVersion", new Variant ("(s)", "token:other"));
    } catch (XmlRpc.Fault error) {
        print ("%s\n", error.message);
    } catch (Error error) {
        printerr ("%s\n", error.message);
        return 1;
    }
    return 0;
}
