// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The introspected API as it is, from JavaScript.

imports.gi.versions.XmlRpc = '1.0';

const {Gio, GLib, XmlRpc} = imports.gi;
const System = imports.system;

function startServer() {
    const script = GLib.build_filenamev([
        GLib.getenv('G_TEST_SRCDIR'), 'interop', 'echo-server.py']);
    const process = Gio.Subprocess.new([GLib.getenv('PYTHON'), script],
        Gio.SubprocessFlags.STDIN_PIPE | Gio.SubprocessFlags.STDOUT_PIPE);
    const output = Gio.DataInputStream.new(process.get_stdout_pipe());

    return {process, uri: output.read_line_utf8(null)[0]};
}

function stopServer({process}) {
    process.get_stdin_pipe().close(null);
    process.wait(null);
}

function assertEqual(actual, expected) {
    const [a, b] = [actual, expected].map(value => JSON.stringify(value));

    if (a !== b)
        throw new Error(`expected ${b}, got ${a}`);
}

function assertThrows(func, domain, code) {
    try {
        func();
    } catch (error) {
        if (!(error instanceof GLib.Error) || !error.matches(domain, code))
            throw error;
        return error;
    }
    throw new Error('no error');
}

function call(proxy, method, params, replyType = null) {
    const type = replyType ? new GLib.VariantType(replyType) : null;

    return proxy.call(method, params, type, null).recursiveUnpack();
}

// Calls an asynchronous function and returns the result for finish.
function waitFor(proxy, start, ...args) {
    const loop = new GLib.MainLoop(null, false);
    let finished = null;

    proxy[start](...args, null, (source, result) => {
        finished = result;
        loop.quit();
    });
    loop.run();

    return finished;
}

const tests = {
    naturalTypes(proxy) {
        for (const [text, value] of [
            ['None', null],
            ['1', 1],
            ['1.5', 1.5],
            ["'ü🐍'", 'ü🐍'],
            ["{'a': [True, 'x']}", {a: [true, 'x']}],
        ])
            assertEqual(call(proxy, 'evaluate', new GLib.Variant('(s)', [text])), value);
    },

    expectedType(proxy) {
        const items = [{n: new GLib.Variant('i', 1)}];
        const reply = call(proxy, 'echo', new GLib.Variant('(aa{sv})', [items]), 'aa{sv}');

        assertEqual(reply, [{n: 1}]);
    },

    noParameters(proxy) {
        assertEqual(call(proxy, 'count_parameters', null), 0);
    },

    asynchronous(proxy) {
        const result = waitFor(proxy, 'call_async', 'echo',
            new GLib.Variant('(as)', [['a', 'b']]), new GLib.VariantType('as'));

        assertEqual(proxy.call_finish(result).deepUnpack(), ['a', 'b']);
    },

    fault(proxy) {
        const params = new GLib.Variant('(is)', [4, 'Too many parameters.']);
        const error = assertThrows(() => call(proxy, 'fail', params),
            XmlRpc.fault_quark(), 4);

        assertEqual(error.message, 'Too many parameters.');
    },

    asynchronousFault(proxy) {
        const result = waitFor(proxy, 'call_async', 'fail',
            new GLib.Variant('(is)', [-7, 'No.']), null);

        assertThrows(() => proxy.call_finish(result), XmlRpc.fault_quark(), -7);
    },

    typeMismatch(proxy) {
        assertThrows(() => call(proxy, 'echo', new GLib.Variant('(s)', ['x']), 'ai'),
            XmlRpc.Error, XmlRpc.Error.TYPE_MISMATCH);
    },

    httpError(proxy) {
        const elsewhere = XmlRpc.ServerProxy.new(`${proxy.uri}/elsewhere`);

        assertThrows(() => call(elsewhere, 'echo', null),
            XmlRpc.HttpError, XmlRpc.HttpError.NOT_FOUND);
    },

    badUri() {
        for (const uri of ['', 'no uri', 'ftp://example.org/']) {
            let caught = null;

            try {
                XmlRpc.ServerProxy.new(uri);
            } catch (error) {
                caught = error;
            }
            assertEqual(caught instanceof GLib.Error, true);
        }
    },

    messageSignal(proxy) {
        const seen = [];

        proxy.connect('message', (_, message) => seen.push(message.get_method()));
        call(proxy, 'echo', new GLib.Variant('(i)', [1]));
        assertEqual(seen, ['POST']);
    },

    introspection(proxy) {
        assertEqual(proxy.list_methods(null).includes('echo'), true);
        assertEqual(proxy.get_method_signature('repeat', null),
            ['string,string,int', 'base64,base64,int']);
        assertEqual(proxy.get_method_signature('echo', null), []);
        assertEqual(proxy.get_method_help('echo', null), 'Returns its parameter.');
    },

    asynchronousIntrospection(proxy) {
        const methods = proxy.list_methods_finish(waitFor(proxy, 'list_methods_async'));
        const signatures = proxy.get_method_signature_finish(
            waitFor(proxy, 'get_method_signature_async', 'echo'));
        const help = proxy.get_method_help_finish(
            waitFor(proxy, 'get_method_help_async', 'repeat'));

        assertEqual(methods.includes('echo'), true);
        assertEqual(signatures, []);
        assertEqual(help, '');
    },

    values(proxy) {
        const date = GLib.DateTime.new_utc(1998, 7, 17, 14, 8, 55);

        for (const [value, text] of [
            [XmlRpc.Boolean.new(true), 'True'],
            [XmlRpc.Binary.new_from_data([0, 255]), "b'\\x00\\xff'"],
            [XmlRpc.DateTime.new(date), 'datetime.datetime(1998, 7, 17, 14, 8, 55)'],
        ]) {
            const params = GLib.Variant.new_tuple([value.get_variant()]);
            const echoed = XmlRpc.Value.new(proxy.call('echo', params, null, null));

            assertEqual(call(proxy, 'describe', params), text);
            assertEqual(echoed.constructor.name, value.constructor.name);
            assertEqual(echoed.equal(value), true);
        }
    },

    valueContents() {
        const date = XmlRpc.DateTime.new_from_iso8601('19980717T14:08:55');

        assertEqual(XmlRpc.Boolean.new(true).get_value(), true);
        assertEqual([...XmlRpc.Binary.new_from_data([0, 255]).get_bytes().toArray()], [0, 255]);
        assertEqual(date.to_unix(null), [true, 900684535]);
    },

    messages() {
        const body = XmlRpc.encode_call('sample.add', new GLib.Variant('(ii)', [2, 3]));
        const [decoded, method, params] = XmlRpc.decode_call(body, null);

        assertEqual([decoded, method, params.deepUnpack()], [true, 'sample.add', [2, 3]]);
    },
};

const server = startServer();
const names = Object.keys(tests);
let failures = 0;

print(`1..${names.length}`);
names.forEach((name, index) => {
    try {
        tests[name](XmlRpc.ServerProxy.new(server.uri));
        print(`ok ${index + 1} ${name}`);
    } catch (error) {
        failures++;
        logError(error, name);
        print(`not ok ${index + 1} ${name}`);
    }
});
stopServer(server);
System.exit(failures ? 1 : 0);
