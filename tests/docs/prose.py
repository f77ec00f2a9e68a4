# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The sentences of a page of the documentation, and what makes one hard to read."""

import re

MAX_WORDS = 30
# Old, indirect or wrong words; "is no longer" is fine. What a server sends is a response.
UNWANTED = re.compile(
    r'\b(?:amidst|beside|lest|of ours|for want of|as good as|without further ado|under way|nobody vouches'
    r'|unpack(?:s|ed|ing)?|mend(?:s|ed|ing)?|enem(?:y|ies)|is no (?!longer|more|less|later|other)\w+'
    r'|(?:an|the|its|their|this|each|every|no) answers?)\b', re.IGNORECASE)
# What a program prints stays as it is.
QUOTATION = re.compile(r'"[^"]*"|\u201c[^\u201d]*\u201d')

FENCE = re.compile(r'^```.*?^```$', re.MULTILINE | re.DOTALL)
COMMENT = re.compile(r'<!--.*?-->', re.DOTALL)
CODE_SPAN = re.compile(r'(`+)(?!`)(?:(?!\n\s*\n).)+?(?<!`)\1(?!`)', re.DOTALL)
LINK = re.compile(r'!?\[([^\[\]]*)\]\([^()]*\)')
TAG = re.compile(r'</?[a-zA-Z][^<>]*>')
# What begins a block within a paragraph: an item of a list, a heading, a row, a quotation.
MARKER = re.compile(r'\s*(?:[-*+] |\d+[.)] |#+ |\||>)')
# The end of a sentence, with what closes behind it. Another one may begin with a name in
# small letters; behind a colon or a semicolon it begins with a capital.
CLOSING, OPENING = r'[\'")*_\u201d\u2019]', r'[\'"(*_\u201c\u2018]*'
END_OF_SENTENCE = re.compile(
    rf'(?:(?<=[.!?])|(?<=[.!?]{CLOSING})|(?<=[.!?]\*\*))(?<!\b[a-z]\.[a-z]\.)(?<!\betc\.)\s+'
    rf'|(?:(?<=[:;])|(?<=[:;]{CLOSING})|(?<=[:;]\*\*))\s+(?={OPENING}[A-Z0-9])')


def keep_lines(match, text=''):
    """Something of one line instead of what was found, and as many lines as it had."""
    return text + '\n' * match[0].count('\n')


def simplify(text):
    """The text without code and marks, with the same lines. A code span is a word."""
    text = FENCE.sub(keep_lines, text)
    text = COMMENT.sub(keep_lines, text)
    text = CODE_SPAN.sub(lambda match: keep_lines(match, 'Code'), text)
    text = LINK.sub(r'\1', text)
    return TAG.sub(keep_lines, text)


def read_blocks(text):
    """Yields the line and the text of each paragraph, heading, item and cell."""
    start, block = 0, []
    for number, line in enumerate([*simplify(text).splitlines(), ''], 1):
        marker = MARKER.match(line)
        if marker or not line.strip():
            if block:
                yield start, ' '.join(block)
            block = []
        if marker and marker[0].endswith('|'):
            yield from ((number, cell) for cell in line.split('|'))
            continue
        line = line[marker.end():] if marker else line
        if line.strip():
            start = start if block else number
            block.append(line.strip())


def read_sentences(text):
    """Yields the line where its block begins, and each sentence."""
    for line, block in read_blocks(text):
        for sentence in END_OF_SENTENCE.split(block):
            if sentence.strip():
                yield line, sentence.strip()


def count_words(sentence):
    return sum(bool(re.search(r'\w', word)) for word in sentence.split())


def find_faults(text):
    """Yields the line, what is wrong there, and the sentence."""
    for line, sentence in read_sentences(text):
        n_words = count_words(sentence)
        if n_words > MAX_WORDS:
            yield line, f'{n_words} words', sentence
        for match in UNWANTED.finditer(QUOTATION.sub('', sentence)):
            yield line, f'"{match[0]}"', sentence
