// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What the pages of test-python-browser.py do: each tries to call the server in every
// way that a page has, tells the test what it could read, and goes on to the next page.

/* exported run */

const call = name => `<?xml version="1.0"?><methodCall><methodName>touch</methodName>
<params><param><value>${name}</value></param></params></methodCall>`;

const bytes = name => new TextEncoder().encode(call(name));

const blob = (name, type = '') => new Blob([call(name)], {type});

function makeForm(name) {
    const form = new FormData();

    form.append('call', call(name));
    return form;
}

const bodies = {
    'string': call,
    'blob': blob,
    'blob-text-plain': name => blob(name, 'text/plain'),
    'blob-text-xml': name => blob(name, 'text/xml'),
    'blob-garbage': name => blob(name, 'garbage'),
    'bytes': bytes,
    'buffer': name => bytes(name).buffer,
    'form': makeForm,
    'parameters': name => new URLSearchParams({call: call(name)}),
};

/** Resolves when a document or something else of the page has been loaded, or not. */
function load(tag, attributes, {parent = document.body, start = () => {}} = {}) {
    return new Promise(resolve => {
        const element = Object.assign(document.createElement(tag), attributes);

        element.onload = element.onerror = () => resolve('');
        parent.append(element);
        start(element);
    });
}

/** A form of HTML; its body begins with the name of the field. */
function submit(url, name, enctype) {
    const frame = document.createElement('iframe');

    frame.name = name;
    document.body.append(frame);
    return new Promise(resolve => {
        const form = Object.assign(document.createElement('form'),
            {action: url, method: 'post', enctype, target: name});
        const [start, rest] = call(name).split('=', 2);
        const input = Object.assign(document.createElement('input'), {name: `${start}=`, value: rest});

        frame.onload = () => resolve('');
        form.append(input);
        document.body.append(form);
        form.submit();
    });
}

/** XMLHttpRequest; what it could read. */
function request(url, body, type) {
    return new Promise(resolve => {
        const http = new XMLHttpRequest();

        http.open('POST', url);
        if (type)
            http.setRequestHeader('Content-Type', type);
        http.onload = () => resolve(http.responseText);
        http.onerror = () => resolve('');
        http.send(body);
    });
}

function connect(source, url) {
    return new Promise(resolve => {
        const connection = new source(url);

        connection.onopen = connection.onmessage = () => resolve('open');
        connection.onerror = () => {
            connection.close();
            resolve('');
        };
    });
}

const read = async response => (await response).text();

const post = (url, body, options = {}) => read(fetch(url, {method: 'POST', body, ...options}));

/** A page without an origin, which sends what the code says, with url and body. */
const sendFromNowhere = (url, name, code) => load('iframe', {
    sandbox: 'allow-scripts',
    srcdoc: `<script>const url = ${JSON.stringify(url)}, body = new Blob([${JSON.stringify(call(name))}]);
        ${code}</script>`,
});

function ping(url) {
    const link = Object.assign(document.createElement('a'), {href: '#', ping: url});

    document.body.append(link);
    link.click();
}

/** What a page that is not allowed can do: each has a name. */
function getWays() {
    const ways = {};

    for (const [kind, make] of Object.entries(bodies)) {
        for (const mode of ['no-cors', 'cors'])
            ways[`fetch-${mode}-${kind}`] = (url, name) => post(url, make(name), {mode});
        ways[`beacon-${kind}`] = (url, name) => navigator.sendBeacon(url, make(name));
        ways[`xhr-${kind}`] = (url, name) => request(url, make(name));
    }
    for (const enctype of ['text/plain', 'multipart/form-data', 'application/x-www-form-urlencoded'])
        ways[`form-${enctype}`] = (url, name) => submit(url, name, enctype);
    Object.assign(ways, {
        'fetch-keepalive': (url, name) => post(url, blob(name), {mode: 'no-cors', keepalive: true}),
        'fetch-without-referrer': (url, name) => post(url, blob(name), {mode: 'no-cors', referrerPolicy: 'no-referrer'}),
        'fetch-with-credentials': (url, name) => post(url, blob(name), {mode: 'no-cors', credentials: 'include'}),
        'fetch-text-xml': (url, name) => post(url, call(name), {headers: {'Content-Type': 'text/xml'}}),
        'fetch-text-xml-no-cors': (url, name) => post(url, call(name), {
            mode: 'no-cors', headers: {'Content-Type': 'text/xml'},
        }),
        'fetch-header': (url, name) => post(url, blob(name), {headers: {'X-Header': 'x'}}),
        'xhr-text-xml': (url, name) => request(url, call(name), 'text/xml'),
        'get': url => read(fetch(url, {mode: 'no-cors'})),
        'image': url => load('img', {src: url}),
        'script': url => load('script', {src: url}),
        'style': url => load('link', {rel: 'stylesheet', href: url}),
        'frame': url => load('iframe', {src: url}),
        'object': url => load('object', {data: url}),
        'ping': url => ping(url),
        'event-source': url => connect(EventSource, url),
        'websocket': url => connect(WebSocket, url.replace('http:', 'ws:')),
        'nowhere-fetch': (url, name) => sendFromNowhere(url, name, 'fetch(url, {method: "POST", mode: "no-cors", body})'),
        'nowhere-beacon': (url, name) => sendFromNowhere(url, name, 'navigator.sendBeacon(url, body)'),
    });

    return ways;
}

/** What a page that is allowed needs. */
const allowedWays = {
    'allowed-text-xml': (url, name) => post(url, call(name), {headers: {'Content-Type': 'text/xml'}}),
    'allowed-header': (url, name) => post(url, call(name), {
        headers: {'Content-Type': 'text/xml', 'Authorization': 'Bearer token'},
    }),
    'allowed-xhr': (url, name) => request(url, call(name), 'text/xml'),
    'allowed-blob': (url, name) => post(url, blob(name)),
    'allowed-no-cors': (url, name) => post(url, blob(name), {mode: 'no-cors'}),
    // What the page may read of a refusal.
    'allowed-text-plain': (url, name) => post(url, call(name)),
    // It is not told that it may have the browser's cookies and passwords.
    'allowed-credentials': (url, name) => post(url, call(name), {
        headers: {'Content-Type': 'text/xml'}, credentials: 'include',
    }),
};

/** The page of a name that was rebound: for the browser, the server is its own. */
const reboundWays = {
    'rebound-text-xml': (url, name) => post(url, call(name), {headers: {'Content-Type': 'text/xml'}}),
    'rebound-blob': (url, name) => post(url, blob(name)),
    'rebound-xhr': (url, name) => request(url, call(name), 'text/xml'),
    'rebound-get': url => read(fetch(url)),
    'rebound-form': (url, name) => submit(url, name, 'text/plain'),
};

async function attempt(way, url, name) {
    try {
        return `${await way(url, name) ?? ''}`;
    } catch (error) {
        return '';
    }
}

async function run(kind, server, report, next) {
    const ways = {stranger: getWays, allowed: () => allowedWays, rebound: () => reboundWays}[kind]();
    const results = {};

    await Promise.all(Object.entries(ways).map(async ([name, way]) => {
        results[name] = await attempt(way, `${server}?${encodeURIComponent(name)}`, name);
    }));
    // From any page, also that of a rebound name: the test reads nothing but this.
    await fetch(report, {method: 'POST', mode: 'no-cors', body: JSON.stringify({kind, results})});
    if (next)
        location.href = next;
}
