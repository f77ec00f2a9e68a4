// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Binaries, which are base64 in the JSON of XmlRpc.variant_to_json().

const {GLib} = imports.gi;

// What C decodes takes hundreds of bytes, of which there should be many in the text.
const SHORT_BASE64 = 64;

// Of text that has been checked, as what is in a message has.
function makeBase64Decoder() {
    const {Uint8Array: Bytes} = globalThis;
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
    const values = new Bytes(128);

    for (let i = 0; i < alphabet.length; i++)
        values[alphabet.charCodeAt(i)] = i;

    return text => {
        let length = text.length;
        while (length > 0 && text[length - 1] === '=')
            length--;

        const bytes = new Bytes(length * 3 >> 2);
        for (let i = 0, n = 0, bits = 0; i < length; i++) {
            bits = bits << 6 | values[text.charCodeAt(i)];
            if (i % 4 > 0)
                bytes[n++] = bits >> (6 - i % 4 * 2);
        }
        return bytes;
    };
}

const decodeShortBase64 = makeBase64Decoder();

function readBase64(text) {
    return text.length > SHORT_BASE64 ? GLib.base64_decode(text) : decodeShortBase64(text);
}
