// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The documentation page of a server: a filter, and a form for each method. The page
// itself has all that there is to read, and needs no script for that.

'use strict';

const INT32 = [-(2n ** 31n), 2n ** 31n - 1n];
const INT64 = [-(2n ** 63n), 2n ** 63n - 1n];

// What XML cannot carry.
// eslint-disable-next-line no-control-regex
const ODD = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

function make(tag, properties = {}, ...children) {
    const element = Object.assign(document.createElement(tag), properties);

    element.append(...children);
    return element;
}

// Values as XML.

function escapeText(text) {
    if (ODD.test(text))
        throw new Error('a character that XML cannot carry');
    return text.replace(/[&<>\r]/g, found => `&#${found.charCodeAt(0)};`);
}

const element = (tag, text) => `<value><${tag}>${text}</${tag}></value>`;

function encodeInteger(tag, text, [least, most]) {
    const digits = text.trim();

    if (!/^[+-]?\d+$/.test(digits))
        throw new Error('expected an integer');

    const value = BigInt(digits.replace('+', ''));

    if (value < least || value > most)
        throw new Error(`expected an integer from ${least} to ${most}`);
    return element(tag, value);
}

function encodeDouble(text) {
    const value = text.trim() === '' ? NaN : Number(text);

    if (!Number.isFinite(value))
        throw new Error('expected a number');
    return element('double', text.trim());
}

function encodeDate(text) {
    const match = /^(\d{4})-?(\d\d)-?(\d\d)[T ](\d\d):(\d\d)(?::(\d\d))?$/.exec(text.trim());

    if (!match)
        throw new Error('expected a date such as 2026-11-30T08:40:00');

    const [, year, month, day, hour, minute, second = '00'] = match;

    return element('dateTime.iso8601', `${year}${month}${day}T${hour}:${minute}:${second}`);
}

function encodeBase64(text) {
    const digits = text.replace(/\s/g, '');

    if (!/^[A-Za-z0-9+/]*={0,2}$/.test(digits) || digits.length % 4)
        throw new Error('expected base64');
    return element('base64', digits);
}

function encodeNumber(value) {
    if (Number.isSafeInteger(value))
        return element(Math.abs(value) < 2 ** 31 ? 'int' : 'i8', value);
    return element('double', value);
}

/** A value of JSON. */
function encodePlain(value) {
    if (value === null)
        return '<value><nil/></value>';
    if (Array.isArray(value))
        return element('array', `<data>${value.map(encodePlain).join('')}</data>`);

    switch (typeof value) {
    case 'boolean':
        return element('boolean', Number(value));
    case 'number':
        return encodeNumber(value);
    case 'string':
        return element('string', escapeText(value));
    default:
        return element('struct', Object.entries(value).map(([name, member]) =>
            `<member><name>${escapeText(name)}</name>${encodePlain(member)}</member>`).join(''));
    }
}

/** JSON, or a value of XML-RPC as it is written in a message. */
function encodeAny(text, check = () => true, expected = 'JSON') {
    if (text.trim().startsWith('<')) {
        const root = new DOMParser().parseFromString(text.trim(), 'text/xml').documentElement;

        if (root.nodeName !== 'value')
            throw new Error('expected one <value>...</value>');
        return text.trim();
    }

    let value;

    try {
        value = JSON.parse(text);
    } catch (error) {
        throw new Error(`expected ${expected}: ${error.message}`);
    }
    if (!check(value))
        throw new Error(`expected ${expected}`);
    return encodePlain(value);
}

/** All parameters. */
function encodeList(text) {
    encodeAny(text, Array.isArray, 'a list as JSON');
    if (text.trim().startsWith('<'))
        throw new Error('expected a list as JSON');
    return JSON.parse(text).map(encodePlain);
}

const isStruct = value => typeof value === 'object' && value !== null && !Array.isArray(value);

// For each type: how a text becomes XML, and what the field shows while it is empty.
const TYPES = {
    'int': {encode: text => encodeInteger('int', text, INT32), hint: '42'},
    'i4': {encode: text => encodeInteger('i4', text, INT32), hint: '42'},
    'i8': {encode: text => encodeInteger('i8', text, INT64), hint: '42'},
    'boolean': {encode: text => element('boolean', Number(text === 'true'))},
    'double': {encode: encodeDouble, hint: '1.5'},
    'string': {encode: text => element('string', escapeText(text))},
    'dateTime.iso8601': {encode: encodeDate, hint: '2026-11-30T08:40:00'},
    'base64': {encode: encodeBase64, hint: 'aGVsbG8='},
    'array': {encode: text => encodeAny(text, Array.isArray, 'a list as JSON'), hint: '[1, "two"]'},
    'struct': {encode: text => encodeAny(text, isStruct, 'an object as JSON'), hint: '{"name": "value"}'},
    'nil': {encode: () => '<value><nil/></value>'},
};
const ANY = {encode: text => encodeAny(text), hint: 'JSON, such as "text" or 42'};

// Values as text.

const indent = text => text.replace(/^/gm, '  ');

function showList(open, items, close) {
    const line = `${open}${items.join(', ')}${close}`;

    if (line.length < 70 && !line.includes('\n'))
        return line;
    return `${open}\n${indent(items.join(',\n'))}\n${close}`;
}

const getChildren = (parent, name) => [...parent.children].filter(child => child.localName === name);

function showMember(member) {
    const [name] = getChildren(member, 'name');
    const [value] = getChildren(member, 'value');

    return `${JSON.stringify(name.textContent)}: ${showValue(value)}`;
}

function showValue(value) {
    const [typed] = value.children;
    const text = value.textContent;

    switch (typed?.localName) {
    case undefined:
    case 'string':
        return JSON.stringify(text);
    case 'boolean':
        return text.trim() === '1' ? 'true' : 'false';
    case 'nil':
        return 'null';
    case 'base64':
        return `base64 ${text.replace(/\s/g, '')}`;
    case 'array':
        return showList('[', getChildren(getChildren(typed, 'data')[0], 'value').map(showValue), ']');
    case 'struct':
        return showList('{', getChildren(typed, 'member').map(showMember), '}');
    default:
        return text.trim();
    }
}

function findMember(struct, name) {
    const member = getChildren(struct, 'member').find(one => getChildren(one, 'name')[0].textContent === name);

    return member && getChildren(member, 'value')[0];
}

/** The text of a fault, with whatever else the server tells. */
function showFault(value) {
    const [struct] = value.children;
    const code = findMember(struct, 'faultCode');
    const text = findMember(struct, 'faultString');
    const rest = getChildren(struct, 'member').filter(one =>
        !['faultCode', 'faultString'].includes(getChildren(one, 'name')[0].textContent));
    const shown = `Fault ${code?.textContent.trim()}: ${text?.textContent}`;

    return rest.length ? `${shown}\n${showList('{', rest.map(showMember), '}')}` : shown;
}

/** What the server answered: {text, isFault}. */
function readResponse(xml) {
    const root = new DOMParser().parseFromString(xml, 'text/xml').documentElement;
    const value = root.querySelector('params > param > value');
    const fault = root.querySelector('fault > value');

    if (root.localName !== 'methodResponse' || !value && !fault)
        return {text: `This is not a response of XML-RPC:\n${xml}`, isFault: true};
    return fault ? {text: showFault(fault), isFault: true} : {text: showValue(value), isFault: false};
}

// Calls.

async function send(request) {
    // Some characters of a path mean something else at the beginning of a URI.
    const url = new URL(location.href);

    url.search = url.hash = '';
    const response = await fetch(url, {method: 'POST', headers: {'Content-Type': 'text/xml'}, body: request});
    const xml = await response.text();

    if (!response.ok)
        return {text: `HTTP status ${response.status}: ${xml.trim() || response.statusText}`, isFault: true, xml};
    return {...readResponse(xml), xml};
}

/** Marks a field whose text is not of its type. */
function setProblem(field, message) {
    field.input.setAttribute('aria-invalid', message !== '');
    field.problem.textContent = message;
}

function encodeFields(fields) {
    const values = [];
    let wrong = null;

    for (const field of fields) {
        try {
            values.push(...[field.encode(field.input.value)].flat());
            setProblem(field, '');
        } catch (error) {
            setProblem(field, error.message);
            wrong ??= field;
        }
    }
    wrong?.input.focus();
    return wrong ? null : values;
}

function makeRequest(name, values) {
    const params = values.map(value => `<param>${value}</param>`).join('\n');

    return '<?xml version="1.0" encoding="UTF-8"?>\n' +
        `<methodCall>\n<methodName>${escapeText(name)}</methodName>\n<params>\n${params}\n</params>\n</methodCall>\n`;
}

async function call(form, name, fields) {
    const values = encodeFields(fields);

    if (!values)
        return;

    const request = makeRequest(name, values);
    const begin = performance.now();

    form.button.disabled = true;
    form.output.hidden = false;
    form.output.className = '';
    form.output.textContent = 'Calling…';

    let result;

    try {
        result = await send(request);
    } catch (error) {
        result = {text: `The server could not be reached: ${error.message}`, isFault: true, xml: ''};
    }
    form.output.className = result.isFault ? 'fault' : 'value';
    form.output.textContent = result.text;
    form.request.textContent = request;
    form.response.textContent = result.xml;
    form.time.textContent = `Messages (${Math.round(performance.now() - begin)} ms)`;
    form.raw.hidden = false;
    form.button.disabled = false;
}

// Forms.

/** The base64 of a file. */
async function readFile(file) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    let binary = '';

    for (const byte of bytes)
        binary += String.fromCharCode(byte);
    return btoa(binary);
}

/** Lets a file be sent instead of what the field shows. */
function addChooser({label, input}) {
    const chooser = make('input', {type: 'file', title: 'A file to send instead'});
    let content = '';

    chooser.onchange = async () => {
        const [file] = chooser.files;

        content = file ? await readFile(file) : '';
        input.value = '';
        input.disabled = Boolean(file);
    };
    label.append(chooser);
    return text => encodeBase64(content || text);
}

function makeInput(type, hint = '') {
    if (type === 'boolean')
        return make('select', {}, make('option', {}, 'false'), make('option', {}, 'true'));
    if (['int', 'i4', 'i8', 'double', 'dateTime.iso8601'].includes(type))
        return make('input', {type: 'text', placeholder: hint, autocomplete: 'off', spellcheck: false});
    return make('textarea', {rows: 1, placeholder: hint, spellcheck: false});
}

/** A field for a value: {label, input, problem, encode}. */
function makeField(type, title) {
    const {encode, hint} = TYPES[type] ?? ANY;
    const input = makeInput(type, hint);
    const problem = make('span', {className: 'problem'});
    const label = make('label', {}, make('span', {}, title), input, problem);

    problem.setAttribute('role', 'alert');
    return {label, input, problem, encode: type === 'base64' ? addChooser({label, input}) : encode};
}

/** One field for all parameters, where nobody knows how many there are. */
function makeListField() {
    const field = makeField('array', 'Parameters, a list as JSON');

    field.input.value = '[]';
    return {...field, encode: encodeList};
}

function getFields(types) {
    return types ? types.map((type, i) => makeField(type, `${i + 1}: ${type}`)) : [makeListField()];
}

function makeOutput(form) {
    Object.assign(form, {
        button: make('button', {type: 'submit'}, 'Call'),
        output: make('output', {hidden: true}),
        request: make('pre'),
        response: make('pre'),
        time: make('summary'),
        raw: make('details', {className: 'raw', hidden: true}),
    });
    form.raw.append(form.time, form.request, form.response);
    form.output.setAttribute('aria-live', 'polite');
}

function makeForm(section) {
    const name = section.dataset.method;
    const signatures = [...section.querySelectorAll('[data-signature]')].map(item =>
        item.dataset.signature.split(',').slice(1));
    const choice = make('select', {}, ...signatures.map((types, i) =>
        make('option', {value: i}, types.join(', ') || 'no parameters')));
    const parameters = make('div', {className: 'parameters'});
    const form = make('form', {noValidate: true});
    let fields = [];

    const choose = () => {
        fields = getFields(signatures[Number(choice.value)]);
        parameters.replaceChildren(...fields.map(field => field.label));
    };

    makeOutput(form);
    choice.onchange = choose;
    choose();
    form.onsubmit = event => {
        event.preventDefault();
        call(form, name, fields);
    };
    if (signatures.length > 1)
        form.append(make('label', {}, make('span', {}, 'Parameters'), choice));
    form.append(parameters, form.button, form.output, form.raw);
    return form;
}

function addForm(section) {
    const details = make('details', {className: 'call'}, make('summary', {}, 'Try it'));

    details.addEventListener('toggle', () => {
        if (details.open && !details.querySelector('form'))
            details.append(makeForm(section));
    });
    section.append(details);
}

// The filter.

function filter(sections, links, text) {
    const words = text.toLowerCase().split(/\s+/).filter(word => word);
    let n = 0;

    sections.forEach((section, i) => {
        const searched = `${section.dataset.method} ${section.querySelector('.help')?.textContent ?? ''}`.toLowerCase();
        const isFound = words.every(word => searched.includes(word));

        section.hidden = links[i].hidden = !isFound;
        n += Number(isFound);
    });
    document.getElementById('none').hidden = n > 0;
    document.getElementById('found').textContent =
        n === sections.length ? `${n} methods` : `${n} of ${sections.length} methods`;
}

function begin() {
    const sections = [...document.querySelectorAll('.method')];
    const links = document.querySelectorAll('nav li');
    const input = document.getElementById('filter');

    sections.forEach(addForm);
    input.addEventListener('input', () => filter(sections, links, input.value));
    filter(sections, links, input.value);
}

begin();
