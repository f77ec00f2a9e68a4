// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The time of a call from JavaScript, as a median in milliseconds:
//
//     bench-bindings.js SERVER
//
// where SERVER is the program bench-news-server.

import Gio from 'gi://Gio';
import GLib from 'gi://GLib';
import XmlRpc from 'gi://XmlRpc?version=1.0';

const server = Gio.Subprocess.new([ARGV[0]],
    Gio.SubprocessFlags.STDIN_PIPE | Gio.SubprocessFlags.STDOUT_PIPE);
const [uri] = Gio.DataInputStream.new(server.get_stdout_pipe()).read_line_utf8(null);
const empty = new XmlRpc.ServerProxy({uri});
const news = new XmlRpc.ServerProxy({uri: `${uri}news`});

function check(items) {
    if (items.length !== 20000 || !(items[19999].date instanceof Date))
        throw new Error('this is not the news');
}

async function measure(name, rounds, func) {
    const times = [];

    for (let i = 0; i < rounds; i++) {
        const start = GLib.get_monotonic_time();

        await func();
        times.push(GLib.get_monotonic_time() - start);
    }
    times.sort((a, b) => a - b);
    print(`${name.padEnd(40)} ${(times[rounds >> 1] / 1000).toFixed(3).padStart(10)}`);
}

await measure('16 MB, to a GVariant only', 11, () => news.call('get', null, null, null));
await measure('16 MB, sync', 11, () => check(news.remote.get.sync()));
await measure('16 MB, async', 11, async () => check(await news.remote.get()));
await measure('empty, sync', 1001, () => empty.remote.get.sync());
await measure('empty, async', 1001, () => empty.remote.get());

server.get_stdin_pipe().close(null);
server.wait(null);
