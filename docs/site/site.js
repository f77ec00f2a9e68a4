// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Tabs, buttons that copy code, and what is scrolled with the keyboard. Without this
// script all languages are shown, and nothing is missing.

'use strict';

{
    const CHOSEN = 'xmlrpc-glib.tabs';
    const MAX_CHOSEN = 8;

    /** Makes an element, with attributes and children. */
    const make = (tag, attributes = {}, ...children) => {
        const element = document.createElement(tag);

        for (const [name, value] of Object.entries(attributes))
            element.setAttribute(name, value);
        element.append(...children);
        return element;
    };

    // What was chosen is remembered on all pages, the last one first: a group of tabs shows
    // the first of them that it has. Storage can be forbidden.
    const readChosen = () => {
        try {
            return JSON.parse(localStorage.getItem(CHOSEN)) ?? [];
        } catch {
            return [];
        }
    };

    const choose = name => {
        const chosen = [name, ...readChosen().filter(other => other !== name)].slice(0, MAX_CHOSEN);

        try {
            localStorage.setItem(CHOSEN, JSON.stringify(chosen));
        } catch {
            // Then it is for this page only.
        }
        return chosen;
    };

    class Tabs {
        constructor(group, number) {
            this.panels = [...group.querySelectorAll(':scope > .panel')];
            this.tabs = this.panels.map((panel, i) => this.#makeTab(panel, `tab-${number}-${i}`));
            group.prepend(make('div', {role: 'tablist', 'aria-label': 'Language'}, ...this.tabs));
            group.classList.add('ready');
        }

        #makeTab(panel, id) {
            const tab = make('button', {
                type: 'button', role: 'tab', id, 'aria-controls': `${id}-panel`,
            }, panel.dataset.name);

            Object.assign(panel, {id: `${id}-panel`});
            panel.setAttribute('role', 'tabpanel');
            panel.setAttribute('aria-labelledby', id);
            tab.addEventListener('click', () => Tabs.chooseForAll(tab));
            tab.addEventListener('keydown', event => this.#move(event, this.panels.indexOf(panel)));
            return tab;
        }

        #move(event, i) {
            const last = this.tabs.length - 1;
            const next = {ArrowLeft: i ? i - 1 : last, ArrowRight: i < last ? i + 1 : 0, Home: 0, End: last}[event.key];

            if (next === undefined)
                return;
            event.preventDefault();
            Tabs.chooseForAll(this.tabs[next]);
            this.tabs[next].focus();
        }

        show(chosen) {
            const names = this.panels.map(panel => panel.dataset.name);
            const shown = chosen.find(name => names.includes(name)) ?? names[0];

            this.panels.forEach((panel, i) => {
                const isShown = names[i] === shown;

                panel.hidden = !isShown;
                this.tabs[i].setAttribute('aria-selected', isShown);
                this.tabs[i].tabIndex = isShown ? 0 : -1;
            });
        }

        static all = [];

        static showAll(chosen) {
            for (const tabs of Tabs.all)
                tabs.show(chosen);
        }

        // Others above may become longer or shorter; what was clicked stays where it is.
        static chooseForAll(tab) {
            const before = tab.getBoundingClientRect().top;

            Tabs.showAll(choose(tab.textContent));
            window.scrollBy({top: tab.getBoundingClientRect().top - before, behavior: 'instant'});
            findScrollers();
        }
    }

    /** The commands of what a terminal shows, without prompts and output; else all. */
    const getCode = text => {
        if (!text.startsWith('$ '))
            return text;
        const commands = [];
        let goesOn = false;

        for (const line of text.split('\n')) {
            if (!goesOn && !line.startsWith('$ '))
                continue;
            commands.push(goesOn ? line : line.slice(2));
            goesOn = line.endsWith('\\');
        }
        return `${commands.join('\n')}\n`;
    };

    // The clipboard is not for pages from any server.
    const copy = async text => {
        if (navigator.clipboard) {
            await navigator.clipboard.writeText(text);
            return;
        }
        const area = make('textarea', {readonly: ''}, text);

        document.body.append(area);
        area.select();
        document.execCommand('copy');
        area.remove();
    };

    const addCopyButton = block => {
        const code = block.querySelector('pre');
        const button = make('button', {type: 'button', class: 'copy'}, 'Copy');

        button.addEventListener('click', async () => {
            await copy(getCode(code.textContent));
            button.textContent = 'Copied';
            setTimeout(() => (button.textContent = 'Copy'), 2000);
        });
        block.append(button);
    };

    // What is too wide is scrolled: tables say so, and the keyboard gets there.
    const findScrollers = () => {
        for (const element of document.querySelectorAll('#main :is(pre, .table)')) {
            const scrolls = element.scrollWidth > element.clientWidth;

            element.classList.toggle('scrolls', scrolls);
            if (scrolls)
                element.tabIndex = 0;
            else
                element.removeAttribute('tabindex');
        }
    };

    document.querySelectorAll('.tabs').forEach((group, i) => Tabs.all.push(new Tabs(group, i)));
    Tabs.showAll(readChosen());
    document.querySelectorAll('.codehilite').forEach(addCopyButton);
    findScrollers();
    window.addEventListener('resize', findScrollers);

    // The sidebar is long; the mark of this page is to be seen.
    const menu = document.getElementById('menu');
    const current = menu.querySelector('[aria-current]');

    if (current)
        menu.scrollTop = current.offsetTop - menu.clientHeight / 3;
}
