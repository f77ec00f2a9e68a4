// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The search of the site, in search-index.js, which is loaded when it is needed.
//
// The words of a question are looked for one by one, without those that say nothing and
// without their endings. A word counts the more the fewer sections have it, most in a
// heading, less where a row of a table is about it, and least in code. What has all words
// comes before what has some.

'use strict';

{
    const STOP_WORDS = new Set(('a about am an and are as at be been but by can could did do does doing for from had has have how ' +
        'i if in into is it its me my no not of on or our out should so some than that the their them then there these they ' +
        'this to up use used using want was we were what when where which who why will with would you your').split(' '));
    // What others call it.
    const SYNONYMS = {
        auth: 'authentication', login: 'authentication', cert: 'certificate', ssl: 'tls', https: 'tls',
        fast: 'performance', speed: 'performance', concurrent: 'parallel', abort: 'cancel',
        password: 'authentication', answer: 'respond', safe: 'security',
    };
    const IN_HEADING = 6, IN_TITLE = 2.5, AS_TERM = 2.2, IN_TEXT = 0.75, IN_CODE = 0.35;
    // In a text of so many words, each counts half as much as in a short one; and words that
    // come again count up to this number of times.
    const LONG_TEXT = 400, MOST_TIMES = 4;
    // Who asks in words wants to do something, and who has a name or a number wants to look it
    // up. Pages about the project, such as its news, are seldom meant, and the first page has
    // only links to others.
    const SHARES = {
        'Call a server': 1.25, 'Offer a server': 1.15, 'When something goes wrong': 1.15, 'Look up': 0.9,
        Understand: 0.75, 'The project': 0.6, 'xmlrpc-glib': 0.4,
    };
    const SHARES_OF_NAMES = {...SHARES, 'Look up': 1.6};
    const NAME = /\d|_|\p{Ll}\p{Lu}/u;
    // Among other words, a name says what is meant.
    const WEIGHT_OF_NAME = 3;
    // How much it counts that the words are on the page, and not in the same section.
    const SHARE_OF_PAGE = 0.5;
    const MAX_PAGES = 12, MAX_SECTIONS = 2, MAX_SYMBOLS = 12;
    const EXCERPT_BEFORE = 70, EXCERPT_LENGTH = 220;

    const stems = new Map();

    const makeStem = word => {
        if (word.length < 4 || /\d/.test(word))
            return word;
        let stem = word.replace(/ies$/, 'y').replace(/(ss|sh|ch|x)es$/, '$1').replace(/([^sui])s$/, '$1');
        const shorter = stem.replace(/(at)ion$/, '$1').replace(/(ion|ing|ed)$/, '');

        if (shorter.length > 2 && /[aeiouy]/.test(shorter))
            stem = shorter === stem ? stem : shorter.replace(/([bdgmnprt])\1$/, '$1');
        return stem.replace(/e$/, '');
    };

    const getStem = word => {
        if (!stems.has(word))
            stems.set(word, makeStem(word));
        return stems.get(word);
    };

    /** The stems of the words of a text; of the parts of names such as addFunction, too. */
    const getWords = text => {
        const words = [];

        for (const [word] of text.matchAll(/[\p{L}\p{N}_]+/gu)) {
            words.push(getStem(word.toLowerCase()));
            if (/_|\p{Ll}\p{Lu}/u.test(word)) {
                for (const part of word.replace(/(\p{Ll})(\p{Lu})/gu, '$1_$2').split('_'))
                    words.push(getStem(part.toLowerCase()));
            }
        }
        return words;
    };

    /** What is searched: entries by the words that they have, with how much these count. */
    class Index {
        entries = [];
        #counts = new Map();

        /** Headings, terms and texts are lists of a text and how much its words count. */
        add(entry, {headings = [], terms = [], texts = []}) {
            const number = this.entries.push(entry) - 1;
            const counts = new Map();
            const count = (text, getCount, mostTimes = 1) => {
                const times = new Map();
                const words = getWords(text);

                for (const word of words)
                    times.set(word, (times.get(word) ?? 0) + 1);
                for (const [word, n] of times)
                    counts.set(word, (counts.get(word) ?? 0) + Math.min(n, mostTimes) * getCount(words.length));
            };

            // A long heading says less.
            for (const [text, weight] of headings)
                count(text, length => weight / (0.8 + 0.1 * length));
            for (const [text, weight] of terms)
                count(text, () => weight);
            for (const [text, weight] of texts)
                count(text, length => weight / (1 + length / LONG_TEXT), MOST_TIMES);
            for (const [word, count] of counts) {
                if (!this.#counts.has(word))
                    this.#counts.set(word, []);
                this.#counts.get(word).push([number, count]);
            }
        }

        has(word) {
            return this.#counts.has(word);
        }

        /** A symbol is a page of its own. */
        #getPage(number) {
            return this.entries[number].page ?? number;
        }

        /** How much a word, or another for it, counts in each entry that has it; if none does, in
         * those that have a longer one, as of somebody who is still typing. */
        #find(alternatives) {
            const found = new Map();
            const isThere = alternatives.some(word => this.has(word));
            const isBeginning = other => alternatives.some(word => word.length > 2 && other.startsWith(word));
            const others = isThere ? alternatives : [...this.#counts.keys()].filter(isBeginning);

            for (const other of others) {
                for (const [number, count] of this.#counts.get(other) ?? [])
                    found.set(number, Math.max(found.get(number) ?? 0, count));
            }
            return found;
        }

        /** The entries that have the words, the best first: [entry, score, share of the words].
         * Each word is a list, as others may stand for it. What the other sections of a page have
         * counts, too. */
        search(words, shares = {}) {
            const scores = new Map();
            const rarities = new Map();
            let most = 0;

            for (const [i, word] of words.entries()) {
                const found = this.#find(word);
                const rarity = Math.log(1 + this.entries.length / (found.size + 1)) * (NAME.test(word[0]) ? WEIGHT_OF_NAME : 1);

                most += rarity;
                for (const [number, count] of found) {
                    const [score, share] = scores.get(number) ?? [0, 0];
                    const page = this.#getPage(number);

                    scores.set(number, [score + count * rarity, share + rarity]);
                    if (!rarities.has(page))
                        rarities.set(page, []);
                    rarities.get(page)[i] = rarity;
                }
            }
            const getShare = page => rarities.get(page).reduce((a, b) => a + b, 0);

            return [...scores].map(([number, [score, share]]) => {
                const entry = this.entries[number];
                const ofAll = (share * (1 - SHARE_OF_PAGE) + getShare(this.#getPage(number)) * SHARE_OF_PAGE) / most;

                return [entry, score * ofAll ** 2 * (shares[entry.group] ?? 1), share];
            }).sort((a, b) => b[1] - a[1]);
        }
    }

    class Search {
        #guides = new Index();
        #symbols = new Index();

        constructor({pages, sections, symbols}) {
            for (const [page, anchor, heading, text, code, terms] of sections) {
                const [address, title, group] = pages[page];

                this.#guides.add({page, address, title, group, anchor, heading, text}, {
                    headings: [[heading, IN_HEADING], [title, anchor ? IN_TITLE : IN_HEADING]],
                    terms: [[terms, AS_TERM]],
                    texts: [[text, IN_TEXT], [code, IN_CODE]],
                });
            }
            for (const [name, other, address, text] of symbols) {
                this.#symbols.add({name, other, address, text},
                    {headings: [[name, IN_HEADING], [other, IN_HEADING]], texts: [[text, IN_TEXT]]});
            }
        }

        #getWords(query) {
            const asked = [...query.matchAll(/[\p{L}\p{N}_]+/gu)].map(([word]) => word);
            const telling = asked.filter(word => !STOP_WORDS.has(word.toLowerCase()));
            const words = [];

            for (const word of telling.length ? telling : asked) {
                const lower = word.toLowerCase();
                const stem = getStem(lower);

                // A name that is known is looked for as a whole.
                if (SYNONYMS[lower])
                    words.push([stem, getStem(SYNONYMS[lower])]);
                else
                    words.push(...(this.#guides.has(stem) || this.#symbols.has(stem) ? [stem] : getWords(word)).map(part => [part]));
            }
            return words;
        }

        /** The best sections of the best pages; of each page one, and others below it. The beginning
         * of a page has the words of the title twice, so it gives way to a section with more words. */
        #findPages(words, shares) {
            const pages = new Map();

            for (const [section, , share] of this.#guides.search(words, shares)) {
                if (!pages.has(section.page))
                    pages.set(section.page, []);
                pages.get(section.page).push({section, share});
            }
            return [...pages.values()].slice(0, MAX_PAGES).map(found => {
                const first = found[0].section.anchor ? found[0]
                    : found.reduce((best, other) => other.share > best.share ? other : best);
                const others = found.filter(other => other !== first).slice(0, MAX_SECTIONS);

                return {section: first.section, others: others.map(other => other.section)};
            });
        }

        find(query) {
            const words = this.#getWords(query);
            const name = query.trim().replace(/\(\)$/, '').replace(/^XmlRpc\./, '').toLowerCase();
            const symbols = this.#symbols.search(words).map(([symbol]) => symbol);
            const exact = symbols.filter(symbol => [symbol.name.toLowerCase(), symbol.other.toLowerCase()].includes(name));

            return {
                words: words.flat(), pages: this.#findPages(words, NAME.test(query) ? SHARES_OF_NAMES : SHARES),
                symbols: [...new Set([...exact, ...symbols])].slice(0, MAX_SYMBOLS),
                // Who knows the whole name wants the symbol.
                hasExact: exact.length > 0 && /[_.:()]|XmlRpc/.test(query),
            };
        }
    }

    const make = (tag, attributes, ...children) => {
        const element = Object.assign(document.createElement(tag), attributes);

        element.append(...children);
        return element;
    };

    /** The part of a text that has most of the words, which are marked. */
    const makeExcerpt = (text, words) => {
        const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.map(word => word.replace(/y$/, '(?:y|ie)')).join('|')})[\\p{L}\\p{N}]*`, 'giu');
        const places = [...text.matchAll(pattern)].map(match => match.index);
        const count = place => places.filter(other => other >= place && other < place + EXCERPT_LENGTH / 2).length;
        const best = places.reduce((a, b) => count(b) > count(a) ? b : a, places[0] ?? 0);
        let start = Math.max(0, best - EXCERPT_BEFORE);

        if (start > 0)
            start = text.indexOf(' ', start) + 1;
        let part = text.slice(start, start + EXCERPT_LENGTH);
        const excerpt = make('p', {className: 'excerpt'}, start ? '… ' : '');

        if (start + EXCERPT_LENGTH < text.length)
            part = `${part.slice(0, part.lastIndexOf(' '))} …`;
        let end = 0;

        for (const match of part.matchAll(pattern)) {
            excerpt.append(part.slice(end, match.index), make('mark', {}, match[0]));
            end = match.index + match[0].length;
        }
        excerpt.append(part.slice(end));
        return excerpt;
    };

    const getAddress = ({address, anchor}) => anchor ? `${address}#${anchor}` : address;

    const getTitle = ({title, anchor, heading}) => anchor ? `${title} › ${heading}` : title;

    const showPage = ({section, others}, words) => make('li', {},
        make('a', {href: getAddress(section)}, getTitle(section)), ' ',
        make('span', {className: 'group'}, section.group),
        makeExcerpt(section.text, words),
        ...others.map(other => make('a', {className: 'other', href: getAddress(other)}, other.heading)));

    const showSymbol = ({name, other, address, text}, words) => make('li', {},
        make('a', {href: address}, make('code', {}, name)), ' ', make('span', {className: 'group'}, other),
        makeExcerpt(text, words));

    const makeSection = (title, items) =>
        items.length ? [make('h2', {}, title), make('ol', {}, ...items)] : [];

    const form = document.querySelector('[role=search]');
    const input = document.getElementById('search');
    const results = document.getElementById('results');
    const hidden = [document.getElementById('main'), document.querySelector('.contents')];
    let search = null;

    const load = () => new Promise(resolve => {
        const script = make('script', {src: 'search-index.js', onload: resolve});

        document.head.append(script);
    }).then(() => new Search(searchIndex)); // eslint-disable-line no-undef

    const show = async () => {
        search ??= load();
        const ready = await search;
        const query = input.value.trim();

        if (!query) {
            hide();
            return;
        }
        results.hidden = false;
        for (const element of hidden.filter(Boolean))
            element.hidden = true;
        const {words, pages, symbols, hasExact} = ready.find(query);
        const sections = [
            makeSection('Guides', pages.map(page => showPage(page, words))),
            makeSection('Symbols', symbols.map(symbol => showSymbol(symbol, words))),
        ];
        const number = pages.length + symbols.length;

        results.replaceChildren(
            make('p', {role: 'status'}, number ? `${number} results for “${query}”` : `Nothing was found for “${query}”`),
            ...(hasExact ? sections.reverse() : sections).flat());
        window.scrollTo(0, 0);
    };

    const hide = () => {
        results.hidden = true;
        for (const element of hidden.filter(Boolean))
            element.hidden = false;
    };

    const close = () => {
        input.value = '';
        input.blur();
        hide();
    };

    form.hidden = false;
    input.addEventListener('focus', () => (search ??= load()));
    input.addEventListener('input', show);
    form.addEventListener('submit', async event => {
        event.preventDefault();
        await show();
        results.querySelector('a')?.click();
    });
    // On the way back from another page the results are there again.
    results.addEventListener('click', event => {
        if (event.target.closest('a')?.pathname === location.pathname)
            close();
    });
    window.addEventListener('keydown', event => {
        const isWriting = event.target.closest?.('input, textarea, select');

        if (event.key === 'Escape' && event.target === input)
            close();
        else if ((event.key === '/' || event.key === 's') && !isWriting && !event.ctrlKey && !event.metaKey && !event.altKey) {
            event.preventDefault();
            input.focus();
        }
    });
}
