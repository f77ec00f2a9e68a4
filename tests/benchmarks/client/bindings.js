// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// This library from JavaScript, told what to do as client.h says.

import Gio from 'gi://Gio';
import GLib from 'gi://GLib';
import XmlRpc from 'gi://XmlRpc?version=1.0';

const proxy = new XmlRpc.ServerProxy({uri: ARGV[0]});

function getRemote(method) {
    const {remote} = proxy;
    const [first, second] = method.split('.');

    return remote[first][second];
}

// In seconds, of all threads.
function getCpu() {
    const decoder = new TextDecoder();
    const tasks = Gio.File.new_for_path('/proc/self/task').enumerate_children('standard::name', 0, null);
    let nanoseconds = 0;

    for (const info of tasks) {
        const [, contents] = GLib.file_get_contents(`/proc/self/task/${info.get_name()}/schedstat`);

        nanoseconds += parseInt(decoder.decode(contents));
    }
    return nanoseconds / 1e9;
}

function getArguments(method) {
    return method === 'sample.add' ? [2, 3] : [];
}

function check(result, args) {
    if (args.length > 0 && result !== 5)
        throw new Error('a wrong reply');
}

function callInTurn(method, times) {
    const remote = getRemote(method);
    const args = getArguments(method);

    for (let i = 0; i < times; i++)
        check(remote.sync(...args), args);
}

async function callAsync(method, times) {
    const remote = getRemote(method);
    const args = getArguments(method);

    for (let i = 0; i < times; i++)
        check(await remote(...args), args);
}

async function callMany(method, times, inFlight) {
    await Promise.all(Array.from({length: inFlight}, () => callAsync(method, Math.floor(times / inFlight))));
}

async function answer(line) {
    const [command, method, times, inFlight] = line.split(' ');

    if (command !== 'time')
        throw new Error('it tells times only');

    const [cpu, wall] = [getCpu(), GLib.get_monotonic_time()];

    if (inFlight === '0')
        callInTurn(method, parseInt(times));
    else
        await callMany(method, parseInt(times), parseInt(inFlight));
    return `${getCpu() - cpu} ${(GLib.get_monotonic_time() - wall) / 1e6}`;
}

const loop = new GLib.MainLoop(null, false);

async function serve() {
    const input = Gio.DataInputStream.new(new Gio.UnixInputStream({fd: 0}));

    print('ready');
    for (;;) {
        const [line] = input.read_line_utf8(null);

        if (line === null)
            break;
        try {
            print(await answer(line));
        } catch (error) {
            print(`refused: ${error.message}`);
        }
    }
    loop.quit();
}

serve();
loop.run();
