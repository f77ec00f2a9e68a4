// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What a reader does with the site, in Chromium, by Playwright:
//
//     node browse-site.js PLAYWRIGHT CHROMIUM AXE SITE
//
// AXE is the script of axe-core, or empty. Some pages of each kind are looked at;
// with the environment variable PAGES, those whose names fit that regular expression. PAGES=.
// is for all of them, which takes minutes.

'use strict';

const assert = require('node:assert/strict');
const fs = require('node:fs');
const http = require('node:http');
const path = require('node:path');
const {pathToFileURL} = require('node:url');

const [playwright, executablePath, axe, site] = process.argv.slice(2);
const {chromium} = require(playwright);

// Ample: the machine may be busy.
const TIMEOUT = 60000;
const TYPES = {'.css': 'text/css', '.html': 'text/html; charset=utf-8', '.js': 'text/javascript',
    '.png': 'image/png', '.svg': 'image/svg+xml'};
const VIEWS = {
    wide: {viewport: {width: 1280, height: 800}, colorScheme: 'light'},
    narrow: {viewport: {width: 400, height: 800}, colorScheme: 'light', hasTouch: true, isMobile: true},
    dark: {viewport: {width: 1280, height: 800}, colorScheme: 'dark'},
};
// How many pages are looked at by default, of each kind: these, and the first of others.
const GUIDES = ['index.html', 'errors.html', 'types.html', 'performance.html', 'NEWS.html', 'gxmlrpc.html'];
const KINDS = /^(class|enum|error|func|method|property|signal|source)[.-]/;
const SERIOUS = ['serious', 'critical'];
const AXE_PATH = '/axe-core.js';

// What users ask, and the pages that have it; where none of these is there, yet, nothing
// is asked.
const QUESTIONS = {
    'how do I set a timeout': ['timeouts'],
    'cancel a call': ['timeouts'],
    'self-signed certificate': ['tls'],
    'TransportError': ['python'],
    'addFunction': ['javascript'],
    'unix socket': ['sockets-and-proxies'],
    'http proxy': ['sockets-and-proxies'],
    '-32601': ['error-codes'],
    'password': ['authentication'],
    'bearer token': ['authentication', 'headers-and-cookies'],
    'redirect': ['errors', 'error-codes'],
    'MultiCall': ['many-calls', 'python'],
    'calls in parallel': ['many-calls', 'async-and-threads'],
    'dates and time zones': ['values', 'types'],
    'big numbers': ['values', 'types'],
    'rtorrent': ['services'],
    'wordpress': ['services'],
    'log messages': ['logging', 'server-logging'],
    'mock server for tests': ['testing'],
    'answer later from a thread': ['server-methods-that-take-time'],
    'nginx': ['scaling'],
    'Namespace XmlRpc not available': ['troubleshooting'],
    'libsoup 2.4 migration': ['migrating-from-libsoup-2.4'],
    'soup_xmlrpc_build_request': ['migrating-from-libsoup-2.4'],
    'what is XML-RPC': ['what-is-xml-rpc'],
    'flatpak': ['installing', 'packaging', 'tutorial-shipping'],
    'install on Fedora': ['installing'],
    'access log': ['server-logging'],
    'is it safe against attacks': ['SECURITY', 'limits'],
    'how fast is it': ['performance', 'performance-data'],
    'how do I log in with a password': ['authentication'],
    'client certificate': ['tls'],
    'send a cookie': ['headers-and-cookies'],
    'connect to a unix socket': ['sockets-and-proxies'],
    'abort a running call': ['timeouts'],
    'call several methods in one request': ['many-calls'],
    'asyncio': ['async-and-threads'],
    'exception when server returns a fault': ['errors'],
    'upload a file': ['values', 'services'],
    'integer larger than 32 bit': ['values', 'types'],
    'mock server for unit tests': ['testing'],
    'show the raw xml': ['logging'],
    'declare method signature': ['server-signatures'],
    'long running method blocks my server': ['server-methods-that-take-time'],
    'CORS': ['server-access'],
    'too many clients': ['server-limits'],
    'systemd': ['scaling'],
    'popup asking for login in my app': ['authentication'],
    'remember session id after login': ['headers-and-cookies'],
    'ignore ssl errors on dev box': ['tls'],
    'behind corporate firewall http_proxy': ['sockets-and-proxies'],
    'longer deadline for just one call': ['timeouts'],
    'gtk app freezes until reply comes': ['async-and-threads', 'tutorial-not-blocking', 'tutorial-news-reader'],
    '301 Moved Permanently': ['errors', 'error-codes'],
    'upload a jpeg from python': ['values'],
    'fill listview from array of structs': ['objects', 'tutorial-news-reader'],
    'pytest fixture fake server': ['testing'],
    'dump request xml to console': ['logging'],
    'pipe output to jq in bash': ['command-line'],
    'odoo search_read res.partner': ['services'],
    'optional argument in my method': ['server-signatures'],
    'slow sql query blocks everyone else': ['server-methods-that-take-time'],
    'No \'Access-Control-Allow-Origin\' header': ['server-access'],
    '413 request too big raise limit': ['server-limits', 'error-codes'],
    'SIGTERM kills running requests': ['server-shutdown'],
    'real client ip X-Forwarded-For': ['scaling'],
    'send username and password to server': ['authentication'],
    'unit test my code without real server': ['testing'],
    'upload a file as binary data': ['values#send-bytes'],
    'how to send None or null': ['values#send-nothing'],
    'run server behind nginx reverse proxy': ['scaling#nginx-and-haproxy'],
};

const pages = fs.readdirSync(site).filter(name => name.endsWith('.html')).sort();

function choosePages() {
    if (process.env.PAGES)
        return pages.filter(page => page.match(process.env.PAGES));
    const kinds = new Map();

    for (const page of pages) {
        const kind = page.match(KINDS)?.[1];

        if (kind && !kinds.has(kind))
            kinds.set(kind, page);
    }
    return [...GUIDES.filter(page => pages.includes(page)), ...kinds.values()];
}

function serve() {
    const server = http.createServer((request, response) => {
        const name = path.basename(new URL(request.url, 'http://localhost').pathname);
        const file = `/${name}` === AXE_PATH ? axe : path.join(site, name);

        fs.readFile(file, (error, data) => {
            response.writeHead(error ? 404 : 200, {'Content-Type': TYPES[path.extname(name)] ?? 'text/plain'});
            response.end(data);
        });
    });

    return new Promise(resolve => server.listen(0, '127.0.0.1', () => resolve(server)));
}

async function openPage(context) {
    const page = await context.newPage();

    page.setDefaultTimeout(TIMEOUT);
    page.problems = [];
    page.on('pageerror', error => page.problems.push(error.message));
    page.on('console', message => message.type() === 'error' && page.problems.push(message.text()));
    return page;
}

/** What is wider than the window, and not in something that is scrolled. */
const findOverflow = page => page.evaluate(() => {
    const isClipped = element => {
        for (let parent = element.parentElement; parent; parent = parent.parentElement) {
            if (getComputedStyle(parent).overflowX !== 'visible')
                return true;
        }
        return false;
    };

    return [...document.querySelectorAll('body *')]
        .filter(element => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1 && !isClipped(element))
        .map(element => element.outerHTML.slice(0, 100));
});

async function findViolations(page) {
    if (!axe)
        return [];
    await page.addScriptTag({url: AXE_PATH});
    return page.evaluate(async serious => {
        const {violations} = await axe.run({resultTypes: ['violations']}); // eslint-disable-line no-undef

        return violations.filter(({impact}) => serious.includes(impact)).map(({id, nodes}) =>
            `${id}: ${nodes.slice(0, 3).map(node => node.html.slice(0, 120)).join(' ')}`);
    }, SERIOUS);
}

/** What is wrong with the pages in a view. axe sees two of them: narrow, and dark. */
async function look(browser, address, view) {
    const context = await browser.newContext(VIEWS[view]);
    const page = await openPage(context);
    const found = [];

    for (const name of choosePages()) {
        page.problems = [];
        await page.goto(`${address}/${name}`);
        found.push(...[...page.problems, ...await findOverflow(page), ...view === 'wide' ? [] : await findViolations(page)]
            .map(problem => `${name}, ${view}: ${problem}`));
    }
    await context.close();
    return found;
}

async function search(page, query) {
    const results = page.locator('#results');

    await page.locator('#search').fill(query);
    await results.locator('[role=status]', {hasText: `“${query}”`}).waitFor();
    return results;
}

const getTop = async (page, query) =>
    (await (await search(page, query)).locator('a').first().getAttribute('href')).replace('.html', '');

const tests = {
    async 'pages are readable: wide, narrow, and dark'({browser, address}) {
        const found = await Promise.all(Object.keys(VIEWS).map(view => look(browser, address, view)));

        assert.deepEqual(found.flat(), []);
    },

    async 'questions are found in one try'({page}) {
        const missed = [];

        for (const [question, guides] of Object.entries(QUESTIONS)) {
            const there = guides.filter(guide => pages.includes(`${guide.split('#')[0]}.html`));
            const top = there.length ? await getTop(page, question) : '';

            // A page, or a section of one.
            if (there.length && !there.includes(top) && !there.includes(top.split('#')[0]))
                missed.push(`${question}: ${top}, not ${there.join(' or ')}`);
        }
        assert.deepEqual(missed, []);
    },

    async 'a name leads to its symbol'({page}) {
        for (const name of ['xml_rpc_server_proxy_call', 'xml_rpc_encode_call()', 'ServerProxy.call', 'XmlRpc.ServerProxy.call']) {
            const href = await getTop(page, name);

            assert.match(href, /^(method\.ServerProxy\.call|func\.encode_call)$/, name);
        }
        assert.match(await (await search(page, 'XML_RPC_FAULT_METHOD_NOT_FOUND')).textContent(), /= -32601/);
    },

    async 'results have the page, the heading and an excerpt'({page}) {
        const results = await search(page, 'self-signed certificate');
        const first = results.locator('li').first();

        assert.equal(await page.locator('#main').isVisible(), false);
        assert.deepEqual(await findViolations(page), []);
        assert.ok(await first.locator('mark').count() > 0);
        assert.ok((await first.locator('.excerpt').textContent()).length > 50);
        await page.keyboard.press('Escape');
        assert.equal(await results.isVisible(), false);
        assert.equal(await page.locator('#main').isVisible(), true);
        await page.keyboard.press('/');
        assert.equal(await page.evaluate(() => document.activeElement.id), 'search');
        assert.match(await (await search(page, 'qqqqqq')).textContent(), /Nothing was found/);
    },

    async 'Enter opens the first result'({page}) {
        await search(page, 'xml_rpc_encode_call');
        await page.keyboard.press('Enter');
        await page.waitForURL('**/func.encode_call.html');
    },

    async 'the search works in files'({browser}) {
        const page = await openPage(await browser.newContext());

        await page.goto(`${pathToFileURL(path.join(site, 'index.html'))}`);
        assert.equal(await getTop(page, 'xml_rpc_encode_call'), 'func.encode_call');
        assert.deepEqual(page.problems, []);
        await page.context().close();
    },

    async 'tabs remember what was chosen'({page, address}) {
        const withTabs = pages.filter(name =>
            fs.readFileSync(path.join(site, name), 'utf8').includes('<div class="tabs">')).slice(0, 2);

        if (!withTabs.length)
            return;
        await page.goto(`${address}/${withTabs[0]}`);
        const tabs = page.locator('.tabs').first().locator('[role=tab]');
        const shown = page.locator('.tabs').first().locator('[role=tabpanel]:visible');

        assert.equal(await shown.count(), 1);
        await tabs.first().focus();
        await page.keyboard.press('ArrowRight');
        const name = await tabs.nth(1).textContent();

        assert.equal(await shown.getAttribute('data-name'), name);
        assert.equal(await tabs.nth(1).evaluate(tab => tab === document.activeElement), true);
        for (const other of withTabs) {
            await page.goto(`${address}/${other}`);
            const panels = page.locator(`.panel[data-name="${name}"]`);

            assert.ok(await panels.count() === 0 || await panels.first().isVisible(), other);
        }
    },

    async 'without scripts all is there'({browser, address}) {
        const context = await browser.newContext({...VIEWS.narrow, javaScriptEnabled: false});
        const page = await openPage(context);

        await page.goto(`${address}/index.html`);
        assert.equal(await page.locator('#search').isVisible(), false);
        for (const panel of await page.locator('.panel').all())
            assert.equal(await panel.isVisible(), true);
        assert.equal(await page.locator('nav#menu').isVisible(), false);
        await page.locator('.top .menu').click();
        assert.equal(await page.locator('nav#menu').isVisible(), true);
        await context.close();
    },

    async 'commands are copied without prompts and output'({page, address}) {
        const block = '<div class="codehilite"><pre><code>$ first \\\n    more\noutput\n$ second\n$ </code></pre></div>';

        await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], {origin: address});
        await page.route('**/copied.html', async route => {
            const html = fs.readFileSync(path.join(site, 'index.html'), 'utf8');

            await route.fulfill({contentType: 'text/html', body: html.replace(/<h1[^]*?<\/h1>/, `$&${block.replaceAll('$', '$$$$')}`)});
        });
        await page.goto(`${address}/copied.html`);
        await page.locator('.codehilite').first().hover();
        await page.locator('.copy').first().click();
        await page.locator('.copy', {hasText: 'Copied'}).waitFor();
        assert.equal(await page.evaluate(() => navigator.clipboard.readText()), 'first \\\n    more\nsecond\n\n');
    },
};

async function main() {
    const server = await serve();
    const address = `http://127.0.0.1:${server.address().port}`;
    const browser = await chromium.launch({
        executablePath,
        args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-proxy-server'],
        timeout: TIMEOUT,
    });
    const names = Object.keys(tests);

    console.log(`1..${names.length}`);
    for (const [i, name] of names.entries()) {
        const context = await browser.newContext(VIEWS.wide);

        try {
            const page = await openPage(context);

            await page.goto(`${address}/index.html`);
            await tests[name]({browser, page, address});
            assert.deepEqual(page.problems, []);
            console.log(`ok ${i + 1} ${name}`);
        } catch (error) {
            console.log(`not ok ${i + 1} ${name}\n# ${`${error.stack}`.slice(0, 6000).replaceAll('\n', '\n# ')}`);
            process.exitCode = 1;
        }
        await context.close();
    }
    await browser.close();
    server.close();
}

main();
