// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

const {promisify} = require('util');
const xmlrpc = require('xmlrpc');

const client = xmlrpc.createClient(process.argv[2]);
const call = promisify((name, params, callback) => client.methodCall(name, params, callback));
const text = 'zo\u00eb <&> \u2603 \u{1f600}';

// A value, the result of echo, and what kind it was on the other side.
async function both(value) {
    return [await call('echo', [value]), await call('type', [value])];
}

function pad(number) {
    return String(number).padStart(2, '0');
}

async function main() {
    console.log('add', await call('add', [2, 3]));
    console.log('int', ...await both(-5));
    console.log('double', ...await both(-1.5));
    console.log('boolean', ...await both(true));
    console.log('string', ...await both(text));
    let [result, type] = await both(new Date(2026, 10, 23, 8, 40, 5));
    console.log(`date ${result.getFullYear()}${pad(result.getMonth() + 1)}${pad(result.getDate())}` +
        `T${pad(result.getHours())}:${pad(result.getMinutes())}:${pad(result.getSeconds())} ${type}`);
    [result, type] = await both(Buffer.from(Array.from({length: 256}, (_, i) => i)));
    console.log('base64', result.length, result.reduce((a, b) => a + b), type);
    [result, type] = await both([1, 'two', 2.5]);
    console.log('array', ...result, type);
    [result, type] = await both({name: 'zoo', number: 7});
    console.log('struct', result.name, result.number, type);
    console.log('long', (await call('echo', ['x'.repeat(100000)])).length);
    try {
        await call('fail', [4, text]);
    } catch (error) {
        console.log('fault', error.faultCode, error.faultString);
    }
}

main();
