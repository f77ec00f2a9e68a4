#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""DokuWiki: what programs that read and write its pages do."""

import random
import shutil
from datetime import datetime, timedelta, timezone
from pathlib import Path

import gi

gi.require_version('Soup', '3.0')
from gi.repository import Soup

from real import RealTest, XmlRpc, find_free_port, main

SOURCES = Path('/usr/share/dokuwiki')
# As an administrator has it, with the folders of this test.
PRELOAD = '''<?php
if (!defined ('DOKU_CONF'))
  define ('DOKU_CONF', '{folder}/conf/');
'''
LOCAL = '''<?php
$conf['title'] = 'Zo\u00eb';
$conf['savedir'] = '{folder}/data';
$conf['useacl'] = 1;
$conf['superuser'] = '@admin';
$conf['remote'] = 1;
$conf['remoteuser'] = '';
$conf['updatecheck'] = 0;
date_default_timezone_set ('America/New_York');
'''
FOLDERS = ('attic', 'cache', 'index', 'locks', 'log', 'media', 'media_attic', 'media_meta', 'meta', 'pages', 'tmp')
PASSWORD = 's3cret & <more>'
TEXT = '====== Snow ======\n\nZo\u00eb & <ice> \u2603 \U0001f600\n'


class DokuWikiTest(RealTest):
    program = 'DokuWiki'
    package = 'dokuwiki'
    needs = ['php', str(SOURCES / 'lib' / 'exe' / 'xmlrpc.php')]

    @classmethod
    def start(cls):
        site = cls.folder / 'site'
        # Its parts are links to other packages.
        shutil.copytree(SOURCES, site, ignore=shutil.ignore_patterns('.htaccess'))
        shutil.copytree('/etc/dokuwiki', cls.folder / 'conf', ignore=shutil.ignore_patterns('*.auth.php', 'local.php'))
        for name in FOLDERS:
            cls.make_folder(f'data/{name}')
        cls.write('site/inc/preload.php', PRELOAD.format(folder=cls.folder))
        cls.write('conf/local.php', LOCAL.format(folder=cls.folder))
        cls.write('conf/acl.auth.php', '* @ALL 1\n* @user 16\n')
        password = cls.run_once('php', '-r', 'echo password_hash ($argv[1], PASSWORD_BCRYPT);', PASSWORD)
        cls.write('conf/users.auth.php', f'ada:{password}:Ada:ada@example.com:user\n')

        port = find_free_port()
        cls.run_program('php', '-d', 'post_max_size=64M', '-d', 'memory_limit=512M',
                        '-S', f'127.0.0.1:{port}', '-t', site).wait_for_port(port)
        cls.uri = f'http://127.0.0.1:{port}/lib/exe/xmlrpc.php'
        cls.server = XmlRpc.ServerProxy(cls.uri, user='ada', password=PASSWORD)

    def make_session(self):
        session = Soup.Session()
        session.add_feature(Soup.CookieJar())
        return session

    def assert_now(self, date):
        self.assertIn(date.utcoffset(), (timedelta(hours=-5), timedelta(hours=-4)))
        self.assertLess(abs(datetime.now(timezone.utc) - date), timedelta(minutes=30))

    def test_login(self):
        """log in, with a cookie from then on, and log off"""
        server = XmlRpc.ServerProxy(self.uri, session=self.make_session())
        self.assertIs(server.dokuwiki.login('ada', PASSWORD), True)
        self.assertIs(server.wiki.putPage('cookie', 'By a cookie.', {}), True)
        self.assertEqual(server.dokuwiki.logoff(), 1)
        with self.assertRaises(XmlRpc.Error):
            server.wiki.putPage('cookie', 'By nobody.', {})

    def test_password(self):
        """refuse a wrong password"""
        server = XmlRpc.ServerProxy(self.uri, session=self.make_session())
        self.assertIs(server.dokuwiki.login('ada', 'other'), False)
        with self.assertRaises(XmlRpc.Error):
            server.wiki.putPage('other', 'By nobody.', {})

    def test_page(self):
        """write a page, read it, list it, remove it"""
        self.assertIs(self.server.wiki.putPage('winter:snow', TEXT, {'sum': 'first \u2603', 'minor': False}), True)
        self.assertEqual(self.server.wiki.getPage('winter:snow'), TEXT)
        self.assertIn('<h1', self.server.wiki.getPageHTML('winter:snow'))
        page, = self.server.dokuwiki.getPagelist('winter', {})
        self.assertEqual((page['id'], page['size']), ('winter:snow', len(TEXT.encode())))
        self.assertIs(self.server.wiki.putPage('winter:snow', '', {'sum': 'gone'}), True)
        self.assertEqual(self.server.wiki.getPage('winter:snow'), '')

    def test_dates(self):
        """dates, which come with their offset"""
        self.server.wiki.putPage('dates', 'Today.', {})
        page = self.server.wiki.getPageInfo('dates')
        self.assert_now(page['lastModified'])
        self.assertEqual((page['name'], page['author']), ('dates', 'ada'))
        self.assert_now(next(page for page in self.server.wiki.getAllPages() if page['id'] == 'dates')['lastModified'])
        since = int(datetime.now().timestamp()) - 3600
        self.assertIn('dates', [change['name'] for change in self.server.wiki.getRecentChanges(since)])

    def test_attachment(self):
        """attach a file of 1 MB as base64, read it, remove it"""
        content = random.Random(1).randbytes(1_000_000)
        self.assertEqual(self.server.wiki.putAttachment('winter:snow.zip', content, {'ow': True}), 'winter:snow.zip')
        self.assertEqual(self.server.wiki.getAttachment('winter:snow.zip'), content)
        file, = self.server.wiki.getAttachments('winter', {})
        self.assertEqual((file['id'], file['size']), ('winter:snow.zip', len(content)))
        self.assert_now(self.server.wiki.getAttachmentInfo('winter:snow.zip')['lastModified'])
        self.assertEqual(self.server.wiki.deleteAttachment('winter:snow.zip'), 0)

    def test_version(self):
        """version and title"""
        self.assertIn(self.find_version().split('.')[2][:4], self.server.dokuwiki.getVersion())
        self.assertEqual(self.server.dokuwiki.getTitle(), 'Zo\u00eb')

    def test_program(self):
        """run the program of the page on services"""
        self.run_program_of_page('dokuwiki.py', {
            'http://127.0.0.1:8081/lib/exe/xmlrpc.php': self.uri, "'s3cret'": repr(PASSWORD)})


if __name__ == '__main__':
    main()
