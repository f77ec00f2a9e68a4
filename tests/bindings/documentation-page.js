// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What a person does with the documentation page of a server, in Chromium, by Playwright:
//
//     node documentation-page.js PLAYWRIGHT CHROMIUM OPEN LOCKED [SCREENSHOT]
//
// OPEN and LOCKED are the addresses of the servers of test-documentation-page.py.

'use strict';

const assert = require('node:assert/strict');

const [playwright, executablePath, open, locked, screenshot] = process.argv.slice(2);
const {chromium} = require(playwright);
const {origin} = new URL(open);

// Ample: the machine may be busy.
const TIMEOUT = 60000;

const getMethod = (page, name) => page.locator(`[data-method="${name}"]`);

async function openForm(page, name) {
    const method = getMethod(page, name);

    const form = method.locator('form');

    await method.locator('summary', {hasText: 'Try it'}).click();
    await form.waitFor();
    return form;
}

/** Fills the fields, calls, and returns what is shown: [kind, text]. */
async function call(form, ...texts) {
    const fields = form.locator('.parameters :is(input:not([type=file]), textarea, select)');

    assert.equal(await fields.count(), texts.length);
    for (const [i, text] of texts.entries()) {
        const field = fields.nth(i);

        if (await field.evaluate(element => element.localName) === 'select')
            await field.selectOption(text);
        else
            await field.fill(text);
    }
    await form.locator('button').click();
    return getResult(form);
}

async function getResult(form) {
    const output = form.locator('output:is(.value, .fault)');

    await output.waitFor();
    return [await output.getAttribute('class'), await output.textContent()];
}

async function sendFile(form, size) {
    await form.locator('input[type=file]').setInputFiles({
        name: 'file', mimeType: 'application/octet-stream', buffer: Buffer.alloc(size, 'x'),
    });
    await form.locator('textarea:disabled').waitFor();
    await form.locator('button').click();
}

/** What is wider than the window. */
async function getOverflow(page) {
    return page.evaluate(() => [...document.querySelectorAll('body *')].filter(element =>
        element.getBoundingClientRect().right > window.innerWidth + 1).map(element => element.outerHTML.slice(0, 100)));
}

const tests = {
    async 'the methods are there, and nothing is from elsewhere'(page) {
        const add = getMethod(page, 'sample.add');

        assert.match(await add.textContent(), /int sample\.add \(int, int\)/);
        assert.match(await add.textContent(), /Returns the sum of two numbers\./);
        assert.equal(await page.locator('nav a').count(), await page.locator('.method').count());
        assert.deepEqual(page.requested.filter(url => !url.startsWith(`${origin}/`)), []);
        assert.deepEqual(page.problems, []);
    },

    async 'help in HTML is shown, and does nothing'(page) {
        const help = getMethod(page, 'sample.html').locator('.help');

        assert.equal(await help.locator('b').textContent(), 'bold');
        assert.equal(await help.locator('a').getAttribute('href'), 'https://example.org/');
        assert.equal(await help.locator('script, img, [onclick]').count(), 0);
        assert.equal(await page.evaluate(() => window.pwned), undefined);
    },

    async 'no other script runs'(page) {
        await page.evaluate(() => {
            const script = document.createElement('script');

            script.textContent = 'window.pwned = true';
            document.body.append(script);
        });
        assert.equal(await page.evaluate(() => window.pwned), undefined);
    },

    async 'the filter narrows while one types'(page) {
        const found = page.locator('#found');
        const all = await found.textContent();

        assert.match(all, /^\d+ methods$/);
        await page.locator('#filter').pressSequentially('SUM numb');
        assert.match(await found.textContent(), /^1 of \d+ methods$/);
        assert.equal(await getMethod(page, 'sample.add').isVisible(), true);
        assert.equal(await getMethod(page, 'sample.echo').isVisible(), false);
        assert.equal(await page.locator('nav a:visible').count(), 1);

        await page.locator('#filter').fill('nothing like it');
        assert.equal(await page.locator('#none').isVisible(), true);
        await page.locator('#filter').fill('');
        assert.equal(await found.textContent(), all);
    },

    async 'a method is called'(page) {
        const form = await openForm(page, 'sample.add');

        assert.deepEqual(await call(form, '40', '2'), ['value', '42']);
        assert.deepEqual(await call(form, ' -40', '+2'), ['value', '-38']);
        await form.locator('summary').click();
        assert.match(await form.locator('pre').nth(0).textContent(), /<methodName>sample\.add<\/methodName>/);
        assert.match(await form.locator('pre').nth(1).textContent(), /<methodResponse>/);
    },

    async 'one of several signatures is chosen'(page) {
        const form = await openForm(page, 'sample.twice');

        await form.locator('select').first().selectOption({label: 'string'});
        assert.deepEqual(await call(form, 'ab'), ['value', '"abab"']);
        await form.locator('select').first().selectOption({label: 'double'});
        assert.deepEqual(await call(form, '1.5'), ['value', '3.0']);
        await form.locator('select').first().selectOption({label: 'no parameters'});
        assert.deepEqual(await call(form), ['value', 'null']);
    },

    async 'all types go there and back'(page) {
        const form = await openForm(page, 'sample.all');
        const [kind, text] = await call(form, '7', '9007199254740993', 'true', '-1.25e3', '<a> & "b" ]]> é 😀\n\t',
            '2026-11-30T08:40:00', 'aGVsbG8=', '[1, 2.5, "three", [null, true]]', '{"a<b": {"c": []}}');

        assert.equal(kind, 'value', text);
        for (const part of ['7,', '9007199254740993,', 'true,', '-1250', JSON.stringify('<a> & "b" ]]> é 😀\n\t'),
            '20261130T08:40:00', 'base64 aGVsbG8=', '[1, 2.5, "three", [null, true]]', '{"a<b": {"c": []}}'])
            assert.ok(text.includes(part), `${part} in ${text}`);
    },

    async 'a file is sent'(page) {
        const form = await openForm(page, 'sample.size');

        await sendFile(form, 256);
        assert.deepEqual(await getResult(form), ['value', '256']);
    },

    async 'fields that are wrong are marked, and nothing is sent'(page) {
        const form = await openForm(page, 'sample.all');
        const before = page.requested.length;

        await form.locator('button').click();
        assert.deepEqual(await form.locator('.problem').allTextContents(), [
            'expected an integer', 'expected an integer', '', 'expected a number', '',
            'expected a date such as 2026-11-30T08:40:00', '',
            'expected a list as JSON: Unexpected end of JSON input',
            'expected an object as JSON: Unexpected end of JSON input',
        ]);
        await form.locator('input').first().fill('2147483648');
        await form.locator('button').click();
        assert.equal(await form.locator('.problem').first().textContent(),
            'expected an integer from -2147483648 to 2147483647');
        assert.equal(await form.locator('output').isVisible(), false);
        assert.equal(page.requested.length, before);
    },

    async 'parameters without signatures'(page) {
        const form = await openForm(page, 'sample.echo');

        assert.deepEqual(await call(form, '[1, "two", {"three": null}]'), ['value', '[1, "two", {"three": null}]']);
        assert.deepEqual(await call(form, '[]'), ['value', '[]']);
    },

    async 'values as XML'(page) {
        const form = await openForm(page, 'system.multicall');

        assert.deepEqual(await call(form, '<value><array><data><value><struct><member><name>methodName</name>' +
            '<value>sample.add</value></member><member><name>params</name><value><array><data>' +
            '<value><i4>1</i4></value><value><i4>2</i4></value></data></array></value></member></struct></value>' +
            '</data></array></value>'), ['value', '[[3]]']);
    },

    async 'faults are shown, as text'(page) {
        const form = await openForm(page, 'sample.fail');

        assert.deepEqual(await call(form),
            ['fault', 'Fault 4: No <b>such</b> book\n{"similar": ["Emma", "Persuasion"]}']);
        assert.equal(await form.locator('output b').count(), 0);
    },

    async 'refusals of HTTP are shown'(page) {
        const form = await openForm(page, 'sample.size');

        await sendFile(form, 100000);
        const [kind, text] = await getResult(form);

        assert.equal(kind, 'fault');
        assert.match(text, /^HTTP status 413: the request is larger than max-request-size$/);
    },

    async 'the browser asks for the password'(page, browser) {
        assert.equal((await fetch(locked)).status, 401);

        const known = await browser.newPage({httpCredentials: {username: 'emma', password: 'secret'}});

        assert.equal((await known.goto(locked)).status(), 200);
        assert.deepEqual(await call(await openForm(known, 'sample.add'), '1', '1'), ['value', '2']);
        await known.context().close();
    },

    async 'pages of other origins cannot call'(page) {
        const before = page.requested.length;
        const status = await page.evaluate(async url => {
            const other = new URL(url);

            other.hostname = 'localhost';
            const body = '<methodCall><methodName>sample.fail</methodName></methodCall>';
            const responses = await Promise.allSettled([
                fetch(other, {method: 'POST', body: new Blob([body])}),
                fetch(other, {method: 'POST', mode: 'no-cors', body: new Blob([body])}),
            ]);

            return responses.map(response => response.status);
        }, open);

        // The policy of the page does not even let it send.
        assert.deepEqual(status, ['rejected', 'rejected']);
        assert.equal(page.requested.length, before);
    },

    async 'dark where the system is dark'(page) {
        const getColor = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

        await page.emulateMedia({colorScheme: 'light'});
        assert.equal(await getColor(), 'rgb(250, 250, 251)');
        await page.emulateMedia({colorScheme: 'dark'});
        assert.equal(await getColor(), 'rgb(27, 27, 31)');
    },

    async 'wide and narrow'(page) {
        assert.equal(await page.locator('nav').isVisible(), true);
        assert.deepEqual(await getOverflow(page), []);

        await page.setViewportSize({width: 320, height: 640});
        assert.equal(await page.locator('nav').isVisible(), false);
        const form = await openForm(page, 'sample.all');

        await form.locator('button').click();
        assert.deepEqual(await getOverflow(page), []);
    },

    async 'a link leads to a method'(page) {
        await page.locator('nav a', {hasText: 'sample.odd <name>'}).click();
        assert.equal(await page.locator('.method:target h2').textContent(), 'sample.odd <name>');
    },
};

async function makePage(browser) {
    const page = await browser.newPage();

    page.setDefaultTimeout(TIMEOUT);
    page.on('request', request => page.requested.push(request.url()));
    page.on('pageerror', error => page.problems.push(error.message));
    page.on('console', message => {
        // Browsers ask for an icon, which most servers do not have.
        if (message.type() === 'error' && !message.location().url.endsWith('/favicon.ico'))
            page.problems.push(message.text());
    });
    return page;
}

async function openPage(page) {
    page.requested = [];
    page.problems = [];
    await page.setViewportSize({width: 1200, height: 800});
    await page.emulateMedia({colorScheme: 'light'});
    await page.goto(open);
}

async function takeScreenshot(page) {
    await openPage(page);
    await page.setViewportSize({width: 1000, height: 640});
    await page.locator('#filter').fill('sample');
    await call(await openForm(page, 'sample.add'), '40', '2');
    await page.screenshot({path: screenshot});
}

async function main() {
    const browser = await chromium.launch({
        executablePath,
        args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-proxy-server'],
        timeout: TIMEOUT,
    });
    const page = await makePage(browser);
    let n = 0;

    console.log(`1..${Object.keys(tests).length}`);
    for (const [name, test] of Object.entries(tests)) {
        n++;
        try {
            await openPage(page);
            await test(page, browser);
            console.log(`ok ${n} ${name}`);
        } catch (error) {
            console.log(`not ok ${n} ${name}\n# ${`${error.stack}`.slice(0, 2000).replaceAll('\n', '\n# ')}`);
            process.exitCode = 1;
        }
    }
    if (screenshot)
        await takeScreenshot(page);
    await browser.close();
}

main();
