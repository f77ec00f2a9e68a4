# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The blocks of code of a page of the documentation.

 - The first line of a file is a comment with its name: `/* news.c */`. Where a
   language has no comments, one of HTML before the block is: <!-- news.json -->
 - A block whose first line is a comment such as `/* in docs/examples/a.c */` shows
   a part of that file of the sources.
 - A block of console has commands, each behind "$ ", and below each what it
   prints. Those that end in " &" go on while the page is read.
 - What the commands of a block of sh print, one in each line, is not shown.
 - A comment of HTML may have a command that is not shown, such as one that starts
   what stands in for a server: <!-- $ gxmlrpc serve calls.json & -->
 - In both a line that ends in a backslash goes on in the next.
 - <!-- continues other.md --> is for a page that uses the files of another.
"""

import re
from dataclasses import dataclass

# What begins a comment in each language that a page may have.
LANGUAGES = {'c': '/*', 'ini': '#', 'js': '//', 'json': None, 'meson': '#',
             'python': '#', 'vala': '//', 'xml': None}
FENCE = re.compile(r'^```([^\n]*)\n(.*?)^```$', re.MULTILINE | re.DOTALL)
ANY_FENCE = re.compile(r'^\s*(?:```|~~~)', re.MULTILINE)
NOT_SHOWN = re.compile(r'^<!-- \$ (.+) -->$', re.MULTILINE)
CONTINUES = re.compile(r'^<!-- continues (\S+\.md) -->$', re.MULTILINE)
NAMED_OUTSIDE = re.compile(r'<!-- (\S+) -->\n+$')


@dataclass
class Command:
    line: int
    text: str
    output: list[str] | None

    @property
    def goes_on(self):
        return self.text.endswith(' &')


@dataclass
class File:
    line: int
    name: str
    text: str


@dataclass
class Excerpt:
    line: int
    name: str
    text: str


def read_commands(line, text):
    commands = []
    for number, content in enumerate(text.splitlines(), line + 1):
        if content.startswith('$ '):
            commands.append(Command(number, content[2:], []))
        elif not commands:
            raise ValueError(f'line {number}: output without a command')
        elif commands[-1].text.endswith('\\'):
            commands[-1].text = commands[-1].text[:-1] + content.strip()
        else:
            commands[-1].output.append(content)
    return commands


def read_silent_commands(line, text):
    commands = []
    for number, content in enumerate(text.splitlines(), line + 1):
        if commands and commands[-1].text.endswith('\\'):
            commands[-1].text = commands[-1].text[:-1] + content.strip()
        else:
            commands.append(Command(number, content, None))
    return commands


def read_file(line, language, text, before):
    comment = LANGUAGES[language]
    if comment is None:
        name = NAMED_OUTSIDE.search(before)
    elif name := re.match(re.escape(comment) + r' in (\S+)( \*/)?\n+', text):
        return Excerpt(line, name[1], text[name.end():])
    else:
        name = re.match(re.escape(comment) + r' (\S+\.\w+|\S+/\S+)', text)
    if name is None:
        raise ValueError(f'line {line}: the first line does not name the file')
    return File(line, name[1], text)


def read_page(text):
    """Yields the files, the excerpts and the commands of a page, in its order."""
    if len(ANY_FENCE.findall(text)) != 2 * len(FENCE.findall(text)):
        raise ValueError('a block does not begin and end as the others do')
    found = [*FENCE.finditer(text), *NOT_SHOWN.finditer(text)]
    for fence in sorted(found, key=re.Match.start):
        line = text.count('\n', 0, fence.start()) + 1
        if fence.re is NOT_SHOWN:
            yield Command(line, fence[1], None)
            continue
        language, content = fence.groups()
        if language == 'sh':
            yield from read_silent_commands(line, content)
        elif language == 'console':
            yield from read_commands(line, content)
        elif language in LANGUAGES:
            yield read_file(line, language, content, text[:fence.start()])
        else:
            raise ValueError(f'line {line}: nobody runs {language or "this"}')


def write_blocks(text):
    """A page with the blocks of another and nothing else, with the names that stand in
    front of some."""
    blocks = [match[0] for match in CONTINUES.finditer(text)]
    for fence in FENCE.finditer(text):
        name = NAMED_OUTSIDE.search(text[:fence.start()])
        blocks.append((name[0].strip() + '\n\n' if name else '') + fence[0])
    return '\n\n'.join(blocks) + '\n'
