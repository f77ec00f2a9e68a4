#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What the project says of itself for catalogues of software: test-doap.py DOAP"""

import sys
import unittest
from xml.etree import ElementTree

import tap

DOAP = sys.argv[1]
NAMESPACE = '{http://usefulinc.com/ns/doap#}'
RESOURCE = '{http://www.w3.org/1999/02/22-rdf-syntax-ns#}resource'


class TestDoap(unittest.TestCase):
    def setUp(self):
        self.project = ElementTree.parse(DOAP).getroot()

    def find(self, name):
        return self.project.findall(NAMESPACE + name)

    def test_project(self):
        self.assertEqual(self.project.tag, f'{NAMESPACE}Project')
        self.assertEqual(self.find('name')[0].text, 'xmlrpc-glib')
        for name in 'shortdesc', 'description':
            self.assertGreater(len(self.find(name)[0].text), 20, name)

    def test_licence(self):
        self.assertTrue(self.find('license')[0].get(RESOURCE).endswith('/lgpl'))

    def test_languages(self):
        self.assertEqual(
            [element.text for element in self.find('programming-language')],
            ['C', 'JavaScript', 'Python', 'Vala'])


if __name__ == '__main__':
    tap.main()
