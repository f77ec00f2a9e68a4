#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""NZBGet, a downloader for Usenet, with the password in the URI as its users write it."""

import base64
from datetime import datetime

from real import RealTest, XmlRpc, find_free_port, main, wait_until

NZB = b'''<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nzb PUBLIC "-//newzBin//DTD NZB 1.1//EN" "http://www.newzbin.com/DTD/nzb/nzb-1.1.dtd">
<nzb xmlns="http://www.newzbin.com/DTD/2003/nzb">
  <file poster="ada@example.com" date="1700000000" subject="&quot;sample.bin&quot; yEnc (1/1)">
    <groups><group>alt.binaries.test</group></groups>
    <segments><segment bytes="5000000000" number="1">part1@example.com</segment></segments>
  </file>
</nzb>
'''


class NzbgetTest(RealTest):
    program = 'NZBGet'
    package = 'nzbget'
    needs = ['nzbget']

    @classmethod
    def start(cls):
        cls.port = find_free_port()
        options = {'MainDir': cls.make_folder('main'), 'ControlIP': '127.0.0.1', 'ControlPort': cls.port,
                   'ControlUsername': 'nzbget', 'ControlPassword': 'tegbzn6789', 'OutputMode': 'log',
                   'DaemonUsername': 'nobody', 'WebDir': '', 'LockFile': cls.folder / 'lock'}
        arguments = [word for item in options.items() for word in ('-o', '{}={}'.format(*item))]
        cls.run_program('nzbget', '--noconfig', '--server', *arguments).wait_for_port(cls.port)
        cls.server = XmlRpc.ServerProxy(f'http://nzbget:tegbzn6789@127.0.0.1:{cls.port}/xmlrpc')

    def test_status(self):
        """version and status"""
        self.assertEqual(self.server.version(), self.find_version())
        status = self.server.status()
        self.assertEqual(status['RemainingSizeMB'], 0)
        self.assertIsInstance(status['DownloadPaused'], bool)
        self.assertLess(abs(status['ServerTime'] - datetime.now().timestamp()), 600)

    def test_append(self):
        """add an NZB file as base64, list it, pause, remove it"""
        self.assertIs(self.server.pausedownload(), True)
        number = self.server.append('s\u00e4mple & more.nzb', base64.b64encode(NZB).decode(), 'films', 50,
                                    False, True, '', 0, 'SCORE', [{'Name': '*Unpack:', 'Value': 'no'}])
        self.assertGreater(number, 0)
        group, = wait_until(self.server.listgroups, 'the file')
        self.assertEqual((group['NZBID'], group['NZBName'], group['Category'], group['MaxPriority']),
                         (number, 's\u00e4mple & more', 'films', 50))
        self.assertIs(self.server.editqueue('GroupFinalDelete', '', [number]), True)
        self.assertEqual(self.server.listgroups(), [])

    def test_log(self):
        """write into the log and read it"""
        self.assertIs(self.server.writelog('INFO', 'zo\u00eb <3'), True)
        self.assertIn('zo\u00eb <3', [entry['Text'] for entry in self.server.log(0, 100)])

    def test_password(self):
        """refuse a wrong password"""
        with self.assertRaises(XmlRpc.ProtocolError) as caught:
            XmlRpc.ServerProxy(f'http://127.0.0.1:{self.port}/xmlrpc', user='nzbget', password='other').version()
        self.assertEqual(caught.exception.errcode, 401)

    def test_unknown(self):
        """call a method that does not exist"""
        with self.assertRaises(XmlRpc.Fault):
            self.server.nothing()

    def test_page(self):
        """run the program of the page on services"""
        (self.folder / 'zoo.nzb').write_bytes(NZB)
        self.run_program_of_page('nzbget.py', {'127.0.0.1:8086': f'127.0.0.1:{self.port}'})


if __name__ == '__main__':
    main()
