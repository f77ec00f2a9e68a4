#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Tryton, with SQLite: its server for business programs, by user and by session."""

import base64
from datetime import date, datetime, timedelta, timezone

from real import RealTest, XmlRpc, find_free_port, main

CONFIGURATION = '''
[database]
uri = sqlite://
path = {folder}
[web]
listen = 127.0.0.1:{port}
'''

PASSWORD = 's3cret & <more>'


class TrytonTest(RealTest):
    program = 'Tryton'
    package = 'tryton-server'
    needs = ['trytond', 'trytond-admin']

    @classmethod
    def start(cls):
        port = find_free_port()
        file = cls.write('trytond.conf', CONFIGURATION.format(folder=cls.folder, port=port))
        password = cls.write('password', PASSWORD)
        cls.write('sample.sqlite', '')
        cls.run_once('env', f'TRYTONPASSFILE={password}', 'trytond-admin', '-c', file, '-d', 'sample',
                     '--all', '--email', 'ada@example.com')
        cls.run_program('trytond', '-c', file, '-d', 'sample').wait_for_port(port)
        cls.root = f'http://127.0.0.1:{port}/'
        cls.uri = f'{cls.root}sample/'
        cls.server = XmlRpc.ServerProxy(cls.uri, user='admin', password=PASSWORD)

    def test_version(self):
        """version, databases and methods"""
        server = XmlRpc.ServerProxy(self.root)
        self.assertEqual(server.common.server.version(), self.find_version())
        self.assertEqual(server.common.db.list(), ['sample'])
        self.assertIn('model.res.user.read', self.server.system.listMethods())

    def test_record(self):
        """create, read, change and delete a record"""
        group = self.server.model.res.group
        number, = group.create([{'name': 'Zo\u00eb & <more> \u2603'}], {})
        record, = group.read([number], ['name', 'create_date', 'write_date', 'users'], {})
        self.assertEqual((record['name'], record['write_date'], record['users']),
                         ('Zo\u00eb & <more> \u2603', None, []))
        created = record['create_date'].replace(tzinfo=timezone.utc)
        self.assertLess(abs(datetime.now(timezone.utc) - created), timedelta(minutes=30))
        self.assertIsNone(group.write([number], {'name': 'Ada'}, {}))
        self.assertEqual(group.search([['name', '=', 'Ada']], 0, None, None, {}), [number])
        self.assertIsNone(group.delete([number], {}))

    def test_date(self):
        """a date, which is a struct"""
        today = self.server.model.ir.date.today({})
        self.assertEqual(today.pop('__class__'), 'date')
        self.assertLess(abs(date(**today) - date.today()), timedelta(days=2))

    def test_session(self):
        """log in, with a session from then on"""
        number, session = XmlRpc.ServerProxy(self.uri).common.db.login('admin', {'password': PASSWORD})[:2]
        token = base64.b64encode(f'admin:{number}:{session}'.encode()).decode()
        server = XmlRpc.ServerProxy(self.uri, headers={'Authorization': f'Session {token}'})
        self.assertEqual(server.model.res.user.get_preferences(True, {})['language'], 'en')
        server.common.db.logout()
        with self.assertRaises(XmlRpc.ProtocolError) as caught:
            server.model.res.user.get_preferences(True, {})
        self.assertEqual(caught.exception.errcode, 401)

    def test_fault(self):
        """a refusal of the program, as a fault"""
        with self.assertRaisesRegex(XmlRpc.Fault, 'same login') as caught:
            self.server.model.res.user.create([{'name': 'Zo\u00eb', 'login': 'admin'}], {})
        self.assertIsInstance(caught.exception.faultCode, int)

    def test_password(self):
        """refuse a wrong password"""
        server = XmlRpc.ServerProxy(self.uri, user='admin', password='other')
        with self.assertRaises(XmlRpc.ProtocolError) as caught:
            server.model.res.user.get_preferences(True, {})
        self.assertEqual(caught.exception.errcode, 401)

    def test_page(self):
        """run the program of the page on services"""
        self.run_program_of_page('tryton.py', {
            'http://127.0.0.1:8087/sample/': self.uri, "'s3cret'": repr(PASSWORD)})


if __name__ == '__main__':
    main()
