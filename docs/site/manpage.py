# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Makes a page of the documentation of a man page: what is bold there is code, and
what is in italics stays so. It knows the macros and escapes that our page uses, and
fails at others."""

import re

FONTS = {'B': 'b', 'I': 'i', 'R': 'r'}
ESCAPES = {'\\-': '-', '\\e': '\\', '\\(dq': '"', '\\ ': ' ', '\\&': ''}
ESCAPE = re.compile(r'\\f[BIR]|\\\(dq|\\[-e &]')
ANY = re.compile(r'\\f([BIR])|\\\(dq|\\[-e &]|[^\\]+|\\')
SPECIAL = re.compile(r'([\\`*_\[\]<>&#|])')


def split_arguments(text):
    """As roff does: in quotes there may be spaces; "\\ " is none either."""
    words = re.findall(r'"([^"]*)"|((?:\\.|[^\s"\\])+)', text)
    return [quoted or word for quoted, word in words]


def read_pieces(text, font):
    """Yields pairs of a font and a text without escapes."""
    for match in ANY.finditer(text):
        piece = match[0]
        if match[1]:
            font = FONTS[match[1]]
        elif piece == '\\':
            raise SystemExit(f'man page: an unknown escape in {text!r}')
        else:
            yield font, ESCAPES.get(piece, piece)


def show(pieces):
    """Markdown of such pairs; neighbours of one font are one."""
    merged = []
    for font, text in pieces:
        if merged and merged[-1][0] == font:
            merged[-1] = (font, merged[-1][1] + text)
        else:
            merged.append((font, text))
    result = ''
    for font, text in merged:
        if font == 'b' and text.strip():
            result += f'`{text}`' if '`' not in text else SPECIAL.sub(r'\\\1', text)
        elif font == 'i' and text.strip():
            result += f'<em>{SPECIAL.sub(lambda match: f"&#{ord(match[0])};", text)}</em>'
        else:
            result += SPECIAL.sub(lambda match: f'&#{ord(match[0])};', text)
    return result


def read_line(line):
    """The pairs of a line that is text, or a macro of fonts; None for others."""
    macro = re.match(r'\.(BR|BI|IB|IR|RB|RI|B|I)\b *(.*)', line)
    if not macro:
        return list(read_pieces(line, 'r')) if not line.startswith('.') else None
    name, rest = macro.groups()
    arguments = split_arguments(rest)
    if len(name) == 1:
        return list(read_pieces(' '.join(arguments), FONTS[name]))
    return [pair for index, argument in enumerate(arguments)
            for pair in read_pieces(argument, FONTS[name[index % 2]])]


class Page:
    def __init__(self):
        self.blocks = []
        self.words = []
        self.is_item = False

    def end_paragraph(self):
        if not self.words:
            return
        text = ' '.join(self.words)
        self.blocks.append(f':   {text}' if self.is_item else text)
        self.words = []

    def add_heading(self, mark, title):
        self.end_paragraph()
        self.is_item = False
        self.blocks.append(f'{mark} {title}')

    def add_term(self, term):
        self.end_paragraph()
        self.is_item = True
        self.blocks.append(term)

    def end(self):
        self.end_paragraph()
        text = ''
        for block in self.blocks:
            # A term and what it means stand together.
            text += ('\n' if block.startswith(':   ') else '\n\n') + block
        return text.strip() + '\n'


def convert(text):
    """Markdown of a man page."""
    page = Page()
    lines = iter(text.splitlines())
    for line in lines:
        if line.startswith('.\\"'):
            continue
        if line.startswith('.TH '):
            _, name, section, *_ = line.split()
            page.add_heading('#', f'{name.lower()}({section})')
        elif line.startswith('.SH '):
            page.add_heading('##', line[4:].strip('"').capitalize())
        elif line.startswith('.SS '):
            page.add_heading('###', line[4:].strip('"'))
        elif line == '.TP':
            page.add_term(show(read_line(next(lines))))
        elif line == '.PP':
            page.end_paragraph()
            page.is_item = False
        elif line == '.br':
            page.end_paragraph()
        elif line == '.nf':
            page.end_paragraph()
            code = []
            for line in iter(lambda: next(lines), '.fi'):
                code.append(ESCAPE.sub(lambda match: ESCAPES.get(match[0], ''), line))
            page.blocks.append('\n'.join(['```', *code, '```']))
        else:
            pairs = read_line(line)
            if pairs is None:
                raise SystemExit(f'man page: unknown: {line}')
            page.words.append(show(pairs))
    return page.end()
