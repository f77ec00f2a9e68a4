#!/usr/bin/env -S gjs -m
// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Asks a news server for the newest items on a subject:
//
//     meerkat.js URL [SEARCH [NUM_ITEMS]]

import System from 'system';
import XmlRpc from 'gi://XmlRpc?version=1.0';

function printItem(number, {title = '(no title)', link = '', description}) {
    print(`${number}. ${title}\n   ${link}\n   ${description || '(no description)'}\n`);
}

async function printNews(uri, search = 'Python', numItems = '7') {
    const server = new XmlRpc.ServerProxy({uri});

    if (!/^[1-9]\d*$/.test(numItems))
        throw new RangeError(`${numItems} is no number of items`);

    const items = await server.remote.meerkat.getItems({search, num_items: Number(numItems)});

    if (!items.length)
        print(`No news on ${search}.`);
    items.forEach((item, index) => printItem(index + 1, item));
}

if (ARGV.length < 1 || ARGV.length > 3) {
    printerr('Usage: meerkat.js URL [SEARCH [NUM_ITEMS]]');
    System.exit(2);
}

try {
    await printNews(...ARGV);
} catch (error) {
    const source = error instanceof XmlRpc.Fault ? `fault ${error.faultCode} from the server: ` : '';

    printerr(`meerkat: ${source}${error.message}`);
    System.exit(1);
}
