#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The pages are easy to read: no sentence has more than 30 words, nor a word of those that
prose.py lists.

test-prose.py SOURCES"""

import sys
import unittest
from pathlib import Path

import prose
import tap

SOURCES = Path(sys.argv[1])
PAGES = sorted([*SOURCES.glob('*.md'), *SOURCES.glob('docs/*.md')])

LONG = ' '.join(['word'] * 31)
PAGE = f'''# A heading without an end

You read this. You read that: see [a link
over two lines](page.md#heading), and `code: With. Ends ![`.
"Really?" Yes (3 times.) nginx, e.g. version 1.22, is one. It ends here; `so` does this
<!-- {LONG} -->

```c
/* {LONG} */
```

An introduction:
- an item
  that goes on
- another: **Bold.** Text
  1. a third

| One | Two. Three |
| --- | ---: |
| {'word ' * 20}| {'word ' * 20}|
'''


class TestReading(unittest.TestCase):
    def test_sentences(self):
        cells = 2 * [(20, ('word ' * 20).strip())]
        self.assertEqual([*prose.read_sentences(PAGE)], [
            (1, 'A heading without an end'), (3, 'You read this.'),
            (3, 'You read that: see a link over two lines, and Code.'), (3, '"Really?"'), (3, 'Yes (3 times.)'),
            (3, 'nginx, e.g. version 1.22, is one.'), (3, 'It ends here;'), (3, 'Code does this'), (12, 'An introduction:'),
            (13, 'an item that goes on'), (15, 'another:'), (15, '**Bold.**'), (15, 'Text'), (16, 'a third'),
            (18, 'One'), (18, 'Two.'), (18, 'Three'), (19, '---'), (19, '---:'), *cells])

    def test_words(self):
        self.assertEqual(prose.count_words('It has \u2013 with `code` \u2013 five, don\u2019t you think?'), 8)

    def find_faults(self, text):
        return [(line, fault) for line, fault, _ in prose.find_faults(text)]

    def test_long_sentences(self):
        self.assertEqual(self.find_faults(PAGE), [])
        self.assertEqual(self.find_faults(f'One.\n\nTwo.\n{LONG.capitalize()}.'), [(3, '31 words')])

    def test_unwanted_words(self):
        self.assertEqual(self.find_faults('It is no error, lest the\nenemy is no longer beside you. Mend it.'),
                         [(1, '"is no error"'), (1, '"lest"'), (1, '"enemy"'), (1, '"beside"'), (1, '"Mend"')])
        self.assertEqual(self.find_faults('Does it answer? The answer, in chunks.'), [(1, '"The answer"')])
        self.assertEqual(self.find_faults('Besides, it is recommended: `beside`, at least. Is no. "No answer"'), [])


class TestPages(unittest.TestCase):
    def test_pages(self):
        self.assertGreater(len(PAGES), 20)
        faults = [f'{page.relative_to(SOURCES)}:{line}: {fault}: {sentence}'
                  for page in PAGES for line, fault, sentence in prose.find_faults(page.read_text('utf-8'))]
        if faults:
            self.fail('\n'.join(faults))


if __name__ == '__main__':
    tap.main()
