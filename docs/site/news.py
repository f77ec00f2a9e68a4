# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Makes a page of NEWS: a heading for each version, and names of symbols as code."""

import re
from html import escape

VERSION = re.compile(r'^(.+)\n=+$', re.MULTILINE)
CODE_SPAN = re.compile(r'(`[^`\n]+`)')
NAME = re.compile(r'\b(?:XmlRpc|xml_rpc_|XML_RPC_)[\w:-]*\w(?:\(\))?')


def convert(text, symbols):
    """Markdown of NEWS. Names that there are no more stay text."""
    def show(match):
        return f'`{match[0]}`' if match[0] in symbols else match[0]

    parts = CODE_SPAN.split(VERSION.sub(r'## \1', text))
    parts[::2] = [NAME.sub(show, escape(part, quote=False).replace('*', r'\*')) for part in parts[::2]]
    return '# News\n\n' + ''.join(parts)
