// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// aria2 in JavaScript: adds a torrent, asks for its name and hash, removes it, and
// tells what a wrong secret gets.
//
// gjs -m aria2.js URL SECRET TORRENT

import GLib from 'gi://GLib';
import XmlRpc from 'gi://XmlRpc?version=1.0';

const [uri, secret, file] = ARGV;
const token = `token:${secret}`;
const {aria2} = new XmlRpc.ServerProxy({uri}).remote;

const {version} = await aria2.getVersion(token);
const gid = await aria2.addTorrent(token, GLib.file_get_contents(file)[1], [], {pause: 'true'});
const {bittorrent, infoHash} = await aria2.tellStatus(token, gid);
print(version, bittorrent.info.name, infoHash);
await aria2.remove(token, gid);

try {
    await aria2.getVersion('token:other');
} catch (error) {
    print(error.message);
}
