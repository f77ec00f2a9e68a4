// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// XmlRpc.Server.listen(): a server without a Soup.Server of the program.

const {Gio, GLib} = imports.gi;
const {makeAuthDomain} = imports.overrides._XmlRpc.passwords;
const {checkInteger, checkString, describeType} = imports.overrides._XmlRpc.checks;

const OPTIONS = ['host', 'port', 'tls', 'auth', 'unix', 'path'];
const PATHS = ['/', '/RPC2'];
const LOOPBACK = '127.0.0.1';
const ANY = ['0.0.0.0', '::'];
// GIO lets ten clients wait for their connection; others have to try again.
const BACKLOG = 128;
// What a sockaddr_un has room for; GIO would cut the path.
const MAX_UNIX_PATH = 107;

// What listens, by the server: it answers until close(), also if the program has lost it.
const listening = new Map();

function readOptions(options) {
    if (typeof options === 'number')
        return {port: options};
    if (typeof options !== 'object' || options === null)
        throw new TypeError(`listen: expected a port or an object such as {port: 8080}, got ${describeType(options)}`);
    for (const name of Object.keys(options)) {
        if (!OPTIONS.includes(name))
            throw new TypeError(`listen: expected the options ${OPTIONS.join(', ')}, got ${name}`);
    }
    if (options.unix !== undefined && (options.host !== undefined || options.port !== undefined))
        throw new TypeError('listen: expected a host and a port, or the path of a Unix socket, got both');
    if (options.unix !== undefined && options.tls)
        throw new TypeError('listen: expected tls with a host and a port, not with a Unix socket');
    return options;
}

function readPaths(path) {
    if (path === undefined)
        return PATHS;
    if (path !== null && !checkString('listen: path', path).startsWith('/'))
        throw new TypeError(`listen: path: expected a slash first, as in "/RPC2", got "${path}"`);
    return [path];
}

function toAddress({host = LOOPBACK, port = 0, unix}) {
    if (unix !== undefined) {
        if (new TextEncoder().encode(checkString('listen: unix', unix)).length > MAX_UNIX_PATH)
            throw new RangeError(`listen: unix: expected a path of at most ${MAX_UNIX_PATH} bytes, got ${unix}`);
        return Gio.UnixSocketAddress.new(unix);
    }

    checkInteger('listen: port', port, 65535);
    checkString('listen: host', host);
    return Gio.InetSocketAddress.new_from_string(host, port) ??
        Gio.InetSocketAddress.new(Gio.Resolver.get_default().lookup_by_name(host, null)[0], port);
}

function toCertificate(tls) {
    if (tls === undefined || tls === null || tls instanceof Gio.TlsCertificate)
        return tls ?? null;
    if (typeof tls !== 'object' || tls.certificate === undefined)
        throw new TypeError(`listen: tls: expected a Gio.TlsCertificate or {certificate, key}, got ${describeType(tls)}`);

    const {certificate, key = certificate} = tls;

    return Gio.TlsCertificate.new_from_files(checkString('listen: tls.certificate', certificate),
        checkString('listen: tls.key', key));
}

function makeSocket(address) {
    const socket = Gio.Socket.new(address.get_family(), Gio.SocketType.STREAM, Gio.SocketProtocol.DEFAULT);

    socket.bind(address, true);
    socket.set_listen_backlog(BACKLOG);
    socket.listen();
    return socket;
}

// The socket that a program has left which has ended; one that somebody listens at is in use.
function removeAbandoned(unix) {
    const file = Gio.File.new_for_path(unix);
    const SPECIAL = Gio.FileType.SPECIAL;

    if (file.query_file_type(Gio.FileQueryInfoFlags.NOFOLLOW_SYMLINKS, null) !== SPECIAL)
        return;
    try {
        new Gio.SocketClient().connect(Gio.UnixSocketAddress.new(unix), null).close(null);
    } catch (error) {
        if (error.matches(Gio.IOErrorEnum, Gio.IOErrorEnum.CONNECTION_REFUSED))
            file.delete(null);
    }
}

// It listens when all that a program may have done wrong has been found.
function makeSoupServer({auth}, certificate) {
    const http = new imports.gi.Soup.Server();

    if (certificate !== null)
        http.set_tls_certificate(certificate);
    if (auth !== undefined && auth !== null)
        http.add_auth_domain(makeAuthDomain(auth));
    return http;
}

// Which a client on this computer can use.
function makeUri({host = LOOPBACK, unix}, socket, certificate, path) {
    if (unix !== undefined) {
        const absolute = GLib.canonicalize_filename(unix, null);

        return `http+unix://${GLib.uri_escape_string(absolute, '/', false)}:${path ?? '/'}`;
    }

    const scheme = certificate === null ? 'http' : 'https';
    const name = ANY.includes(host) ? LOOPBACK : host;
    const shown = name.includes(':') ? `[${name}]` : name;

    return `${scheme}://${shown}:${socket.get_local_address().get_port()}${path ?? '/'}`;
}

function listen(server, options) {
    const paths = readPaths(options.path);
    const certificate = toCertificate(options.tls);
    const http = makeSoupServer(options, certificate);
    const address = toAddress(options);

    if (options.unix !== undefined)
        removeAbandoned(options.unix);

    const socket = makeSocket(address);

    http.listen_socket(socket, certificate === null ? 0 : imports.gi.Soup.ServerListenOptions.HTTPS);
    paths.forEach(path => server.attach(http, path));
    listening.set(server, [...listening.get(server) ?? [], {http, unix: options.unix}]);
    return makeUri(options, socket, certificate, paths.at(-1));
}

function close(server) {
    for (const {http, unix} of listening.get(server) ?? []) {
        server.detach(http);
        http.disconnect();
        if (unix !== undefined)
            GLib.unlink(unix);
    }
    listening.delete(server);
}

function extendListening(prototype) {
    /**
     * Listens at a port, and returns the URI. Methods run while the main loop runs,
     * until close().
     *
     * `options` is the port, or an object with: `port`, without which it is a free one;
     * `host`, without which only programs of this computer are let in, '0.0.0.0' or '::'
     * for all; `tls`, a Gio.TlsCertificate or {certificate, key} with the names of files;
     * `auth`, a function of user and password that returns whether they are right, or an
     * object or Map with the password of each user; `unix`, the path of a Unix socket in
     * place of host and port; `path`, without which it is both `/` and `/RPC2`, and null
     * for all.
     */
    prototype.listen = function (options = {}) {
        return listen(this, readOptions(options));
    };

    /** Ends what listen() has begun. */
    prototype.close = function () {
        close(this);
    };
}
