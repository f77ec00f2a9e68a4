// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A window keeps drawing beside calls. Counted is what this thread computes between two
// turns of a timer that is as urgent as GTK's frame clock.

import Gio from 'gi://Gio';
import GLib from 'gi://GLib';
import XmlRpc from 'gi://XmlRpc?version=1.0';

import {exit, run} from './harness.js';

// GDK_PRIORITY_REDRAW.
const PRIORITY_REDRAW = GLib.PRIORITY_HIGH_IDLE + 20;
// In milliseconds: half a frame of a screen with 60 Hz.
const MAX_GAP = 8;
// The best counts: what the library causes is in each of them.
const ROUNDS = 5;
const SMALL_CALLS = 1000;

// By this thread, in milliseconds; NaN where the kernel does not tell.
function getComputed() {
    try {
        const [, contents] = GLib.file_get_contents('/proc/thread-self/schedstat');

        return parseInt(new TextDecoder().decode(contents)) / 1e6;
    } catch {
        return NaN;
    }
}

// While `start` makes a Promise of all that is to be awaited. Some kernels update the CPU time
// of a thread only every 4 ms, and then add that of several turns to one of them. A turn cannot
// have more CPU time than the clock says.
async function measureGap(start) {
    const promise = start();
    let [last, lastTime] = [getComputed(), GLib.get_monotonic_time()];
    let gap = 0;

    function draw() {
        const [now, time] = [getComputed(), GLib.get_monotonic_time()];

        gap = Math.max(gap, Math.min(now - last, (time - lastTime) / 1000));
        [last, lastTime] = [now, time];
        return GLib.SOURCE_CONTINUE;
    }

    const source = GLib.timeout_add(PRIORITY_REDRAW, 1, draw);

    await promise;
    draw();
    GLib.source_remove(source);
    return gap;
}

async function assertGap(start) {
    const gaps = [];

    while (gaps.length === 0 || (Math.min(...gaps) >= MAX_GAP && gaps.length < ROUNDS))
        gaps.push(await measureGap(start));
    if (Math.min(...gaps) >= MAX_GAP)
        throw new Error(`gaps of ${gaps.map(gap => gap.toFixed(1)).join(', ')} milliseconds`);
}

const script = GLib.build_filenamev([GLib.getenv('G_TEST_SRCDIR'), 'bindings', 'frames_server.py']);
const server = Gio.Subprocess.new([GLib.getenv('PYTHON'), script],
    Gio.SubprocessFlags.STDIN_PIPE | Gio.SubprocessFlags.STDOUT_PIPE);
const [uri] = Gio.DataInputStream.new(server.get_stdout_pipe()).read_line_utf8(null);
const proxy = new XmlRpc.ServerProxy({uri});

function startLarge(callback) {
    proxy.call_async('large', null, new GLib.VariantType('aa{sv}'), null, callback);
}

const tests = {
    async 'a thousand small calls'() {
        await assertGap(() => Promise.all(Array.from({length: SMALL_CALLS}, () => proxy.remote.sample.add(2, 3))));
    },

    // As it comes in; `remote` makes the values of JavaScript of it afterwards.
    async 'a large response'() {
        await assertGap(() => new Promise(resolve => startLarge((source, result) => {
            resolve(proxy.call_finish(result).n_children());
        })));
    },
};

const isGood = await run(Number.isNaN(getComputed()) ? {} : tests);

server.get_stdin_pipe().close(null);
exit(isGood);
