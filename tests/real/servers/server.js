// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

const xmlrpc = require('xmlrpc');

const server = xmlrpc.createServer({host: '127.0.0.1', port: Number(process.argv[2])});

server.on('echo', (error, [value], callback) => callback(null, value));
server.on('add', (error, [a, b], callback) => callback(null, a + b));
server.on('fail', (error, [faultCode, faultString], callback) => callback({faultCode, faultString}));
