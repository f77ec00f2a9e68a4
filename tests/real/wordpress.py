#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""WordPress, with MariaDB: what programs that write for blogs do."""

import random
import shutil
from datetime import datetime, timedelta, timezone

from real import RealTest, XmlRpc, find_free_port, main

CONFIGURATION = '''<?php
define ('DB_NAME', 'wordpress');
define ('DB_USER', 'root');
define ('DB_PASSWORD', '');
define ('DB_HOST', 'localhost:{socket}');
define ('DB_CHARSET', 'utf8mb4');
define ('DB_COLLATE', '');
define ('WP_HOME', 'http://127.0.0.1:{port}');
define ('WP_SITEURL', 'http://127.0.0.1:{port}');
define ('DISABLE_WP_CRON', true);
define ('WP_HTTP_BLOCK_EXTERNAL', true);
define ('WP_AUTO_UPDATE_CORE', false);
$table_prefix = 'wp_';
if (!defined ('ABSPATH'))
  define ('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
'''

INSTALL = '''<?php
define ('WP_INSTALLING', true);
$_SERVER['HTTP_HOST'] = '127.0.0.1:{port}';
require '{folder}/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install ('Zo\u00eb\u2019s blog', 'ada', 'ada@example.com', false, '', 's3cret & <more>');
update_option ('timezone_string', 'America/New_York');

// A film that is too large to be sent. Its size is what is asked for.
$file = wp_upload_dir ()['path'] . '/film.mp4';
ftruncate (fopen ($file, 'c'), {size});
$film = ['post_title' => 'film', 'post_mime_type' => 'video/mp4', 'post_status' => 'inherit'];
$id = wp_insert_attachment ($film, $file);
wp_update_attachment_metadata ($id, ['filesize' => filesize ($file), 'width' => 1920]);
'''

PASSWORD = 's3cret & <more>'
CONTENT = '<!-- wp:paragraph -->\n<p>Zo\u00eb &amp; \u2603 \U0001f600</p>\n<!-- /wp:paragraph -->'
FILM_SIZE = 3 << 30


class WordPressTest(RealTest):
    program = 'WordPress'
    package = 'wordpress'
    needs = ['php', 'mariadbd', 'mariadb-install-db', '/usr/share/wordpress/xmlrpc.php',
             '/usr/share/doc/php-mysql']

    @classmethod
    def start_database(cls):
        data = cls.make_folder('database')
        socket = cls.folder / 'mariadb.sock'
        cls.run_once('mariadb-install-db', '--no-defaults', f'--datadir={data}', '--skip-test-db',
                     '--auth-root-authentication-method=normal')
        cls.run_program('mariadbd', '--no-defaults', f'--datadir={data}', f'--socket={socket}',
                        '--skip-networking', '--innodb-buffer-pool-size=32M').wait_until(socket.exists)
        cls.run_once('mariadb', '--no-defaults', f'--socket={socket}', '--user=root',
                     text='CREATE DATABASE wordpress;')
        return socket

    @classmethod
    def start(cls):
        port = find_free_port()
        cls.site = cls.folder / 'site'
        # Its parts are links to other packages.
        shutil.copytree('/usr/share/wordpress', cls.site)
        cls.give(cls.site / 'wp-content')
        cls.write('site/wp-config.php', CONFIGURATION.format(socket=cls.start_database(), port=port))
        install = cls.write('install.php', INSTALL.format(folder=cls.site, port=port, size=FILM_SIZE))
        cls.run_once('php', '-d', 'memory_limit=256M', '-d', 'sendmail_path=true', install)
        cls.run_program('php', '-d', 'post_max_size=64M', '-d', 'memory_limit=512M',
                        '-S', f'127.0.0.1:{port}', '-t', cls.site).wait_for_port(port)
        cls.uri = f'http://127.0.0.1:{port}/xmlrpc.php'
        cls.server = XmlRpc.ServerProxy(cls.uri)
        cls.user = 1, 'ada', PASSWORD

    def test_blogs(self):
        """find the blog"""
        blog, = self.server.wp.getUsersBlogs('ada', PASSWORD)
        self.assertEqual((blog['blogName'], blog['xmlrpc'], blog['isAdmin']),
                         ('Zo\u00eb\u2019s blog', self.uri, True))

    def test_post(self):
        """write a post with a date, read, change and delete it"""
        date = datetime(2026, 11, 23, 8, 40, 5)
        number = self.server.wp.newPost(*self.user, {
            'post_title': 'Snow & <ice> \u2603', 'post_content': CONTENT, 'post_status': 'publish', 'post_date': date,
            'terms_names': {'post_tag': ['zo\u00eb', 'snow']}, 'custom_fields': [{'key': 'mood', 'value': 'fine'}]})
        post = self.server.wp.getPost(*self.user, number)
        self.assertEqual((post['post_title'], post['post_content'], post['post_date']),
                         ('Snow & <ice> \u2603', CONTENT, date))
        self.assertEqual({term['name'] for term in post['terms']}, {'zo\u00eb', 'snow', 'Uncategorized'})

        self.assertIs(self.server.wp.editPost(*self.user, number, {'post_title': ''}), True)
        titles = {post['post_id']: post['post_title']
                  for post in self.server.wp.getPosts(*self.user, {'number': 100}, ['post_title'])}
        self.assertEqual(titles[number], '')
        self.assertIs(self.server.wp.deletePost(*self.user, number), True)

    def test_dates(self):
        """dates with a time zone, and their GMT counterparts"""
        date = datetime(2026, 7, 1, 20, 0, tzinfo=timezone.utc)
        number = self.server.wp.newPost(*self.user, {
            'post_title': 'summer', 'post_status': 'publish', 'post_date_gmt': date})
        post = self.server.wp.getPost(*self.user, number, ['post_date', 'post_date_gmt', 'post_modified_gmt'])
        self.assertEqual(post['post_date'], datetime(2026, 7, 1, 16, 0))
        self.assertEqual(post['post_date_gmt'], datetime(2026, 7, 1, 20, 0))
        modified = post['post_modified_gmt'].replace(tzinfo=timezone.utc)
        self.assertLess(abs(datetime.now(timezone.utc) - modified), timedelta(minutes=30))

    def test_upload(self):
        """upload 5 MB as base64"""
        content = random.Random(1).randbytes(5_000_000)
        media = self.server.wp.uploadFile(*self.user, {
            'name': 's\u00e4mple.jpg', 'type': 'image/jpeg', 'bits': content, 'overwrite': True})
        file = self.site / 'wp-content' / media['url'].partition('wp-content/')[2]
        self.assertEqual(file.read_bytes(), content)

    def test_large_media(self):
        """list media, one of them 3 GiB: its size is beyond 32 bits"""
        film, = self.server.wp.getMediaLibrary(*self.user, {'mime_type': 'video/mp4'})
        self.assertEqual((film['title'], film['metadata']['filesize'], film['metadata']['width']),
                         ('film', FILM_SIZE, 1920))

    def test_password(self):
        """refuse a wrong password"""
        with self.assertRaises(XmlRpc.Fault) as caught:
            self.server.wp.getUsersBlogs('ada', 'other')
        self.assertEqual((caught.exception.faultCode, caught.exception.faultString),
                         (403, 'Incorrect username or password.'))

    def test_multicall(self):
        """multicall with a fault in it"""
        calls = XmlRpc.MultiCall(self.server)
        calls.demo.addTwoNumbers(2, 3)
        calls.wp.getPost(*self.user, 100_000)
        calls.demo.sayHello()
        results = calls()
        self.assertEqual((results[0], results[2]), (5, 'Hello!'))
        with self.assertRaisesRegex(XmlRpc.Fault, 'Invalid post ID') as caught:
            results[1]
        self.assertEqual(caught.exception.faultCode, 404)

    def test_page(self):
        """run the program of the page on services"""
        self.run_program_of_page('wordpress.py', {
            'http://127.0.0.1:8080/xmlrpc.php': self.uri, "'s3cret'": repr(PASSWORD)})


if __name__ == '__main__':
    main()
