# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Pages of the sources that others lead to: files with numbers of lines, and folders
with a list of their files."""

import re
from functools import cached_property
from html import escape

C_WORDS = ('break case const continue default do else enum extern for goto if return sizeof static '
           'struct switch typedef union void while char int double float long short unsigned signed '
           'gboolean gchar gint guint gsize gpointer').split()
C_TOKEN = re.compile(
    r'(?P<c1>/\*.*?\*/|//[^\n]*)|(?P<s>"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\')'
    rf'|(?P<cp>^[ \t]*#[^\n]*)|(?P<k>\b(?:{"|".join(C_WORDS)})\b)', re.DOTALL | re.MULTILINE)
# Of Python, shell and Meson, too.
OTHER_TOKEN = re.compile(r'(?P<c1>^[ \t]*(?:#|//)[^\n]*)', re.MULTILINE)


def highlight(text, token):
    """HTML of a source, with classes as those of Pygments."""
    end, parts = 0, []
    for match in token.finditer(text):
        parts += [escape(text[end:match.start()], quote=False),
                  f'<span class="{match.lastgroup}">{escape(match[0], quote=False)}</span>']
        end = match.end()
    return ''.join([*parts, escape(text[end:], quote=False)])


def show_file(path):
    text = path.read_text('utf-8', 'replace').rstrip('\n')
    html = highlight(text, C_TOKEN if path.suffix in ('.c', '.h') else OTHER_TOKEN)
    # The numbers come from the style, so that nobody copies them.
    lines = [f'<i id="L{number}"></i>{line}' for number, line in enumerate(html.split('\n'), 1)]
    return '<pre class="lines"><code>{}</code></pre>'.format('\n'.join(lines))


class Sources:
    def __init__(self, root):
        self.root = root.resolve()
        self._files = {}

    @cached_property
    def _headers(self):
        return {file.name: file for file in (self.root / 'xmlrpc-glib').rglob('*.h')}

    def find(self, path):
        """The file that introspection data names. Headers are copied into the build; they
        are found by their names. None is what the build makes."""
        file = self.root / path
        return file if file.is_file() else self._headers.get(file.name)

    def add(self, file):
        """The address of the page of a file or a folder, which will be written."""
        path = file.resolve().relative_to(self.root).as_posix()
        address = f'source-{path.replace("/", "-")}.html'
        self._files[path] = address
        return address

    def _show_folder(self, path):
        for file in sorted((self.root / path).iterdir()):
            name = file.name
            if file.is_file() and not name.startswith('.'):
                address = self._files.get(f'{path}/{name}')
                yield f'<li><a href="{address}"><code>{name}</code></a></li>' if address else f'<li><code>{name}</code></li>'

    def write(self):
        """Yields the address, the title and the HTML of each page."""
        for path, address in sorted(self._files.items()):
            file = self.root / path
            html = (f'<ul>{"".join(self._show_folder(path))}</ul>' if file.is_dir() else show_file(file))
            yield address, path, f'<header><p class="kind">Source</p><h1>{escape(path)}</h1></header>{html}'
