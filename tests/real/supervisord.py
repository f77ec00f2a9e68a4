#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""supervisord, which starts and watches processes, at its port and its Unix socket.

supervisord.py GXMLRPC
"""

import sys

from real import RealTest, XmlRpc, find_free_port, main, wait_until

CONFIGURATION = '''
[supervisord]
nodaemon = true
logfile = {folder}/supervisord.log
pidfile = {folder}/supervisord.pid
childlogdir = {folder}

[rpcinterface:supervisor]
supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface

[unix_http_server]
file = {folder}/supervisor.sock

[inet_http_server]
port = 127.0.0.1:{port}
username = ada
password = s3cret:&

[program:writer]
command = sh -c 'echo zoo; cat'
startsecs = 0
autostart = false
stopsignal = KILL
'''


class SupervisordTest(RealTest):
    program = 'supervisord'
    package = 'supervisor'
    needs = ['supervisord']
    notes = ['Its `system.multicall` does not put each result into an array, as others do. '
             'Call it as a method; `MultiCall` reports an error.']

    @classmethod
    def start(cls):
        port = find_free_port()
        file = cls.write('supervisord.conf', CONFIGURATION.format(folder=cls.folder, port=port))
        program = cls.run_program('supervisord', '-c', file)
        program.wait_for_port(port)
        program.wait_until((cls.folder / 'supervisor.sock').exists)
        cls.uri = f'http://127.0.0.1:{port}/RPC2'
        cls.server = XmlRpc.ServerProxy(cls.uri, user='ada', password='s3cret:&')

    def wait_for(self, state):
        wait_until(lambda: self.server.supervisor.getProcessInfo('writer')['statename'] == state, state)

    def test_process(self):
        """start a process, read its output, its state, stop it"""
        supervisor = self.server.supervisor
        self.assertIs(supervisor.startProcess('writer'), True)
        self.wait_for('RUNNING')
        wait_until(lambda: supervisor.readProcessStdoutLog('writer', 0, 100) == 'zoo\n', 'the output')
        information, = supervisor.getAllProcessInfo()
        self.assertGreater(information['pid'], 1)
        self.assertIs(supervisor.stopProcess('writer'), True)
        self.wait_for('STOPPED')

    def test_multicall(self):
        """multicall with a fault in it"""
        results = self.server.system.multicall([
            {'methodName': 'supervisor.getState', 'params': []},
            {'methodName': 'supervisor.startProcess', 'params': ['nobody']},
            {'methodName': 'supervisor.getSupervisorVersion', 'params': []}])
        self.assertEqual(results, [{'statecode': 1, 'statename': 'RUNNING'},
                                   {'faultCode': 10, 'faultString': 'BAD_NAME: nobody'},
                                   self.find_version()])

        calls = XmlRpc.MultiCall(self.server)
        calls.supervisor.getState()
        with self.assertRaisesRegex(XmlRpc.ResponseError, 'expected an array of one value or a fault'):
            calls()[0]

    def test_password(self):
        """refuse a wrong password"""
        with self.assertRaises(XmlRpc.ProtocolError) as caught:
            XmlRpc.ServerProxy(self.uri, user='ada', password='other').supervisor.getState()
        self.assertEqual(caught.exception.errcode, 401)

    def test_socket(self):
        """call by Unix socket, also with gxmlrpc"""
        uri = f'http+unix://{self.folder}/supervisor.sock:/RPC2'
        self.assertEqual(XmlRpc.ServerProxy(uri).supervisor.getAPIVersion(), '3.0')
        self.assertEqual(self.call_with(sys.argv[1], 'call', uri, 'supervisor.getAPIVersion'), "'3.0'\n")

    def test_description(self):
        """list and describe the methods"""
        self.assertIn('supervisor.startProcess', self.server.system.listMethods())
        self.assertEqual(self.server.system.methodSignature('supervisor.startProcess'),
                         ['boolean', 'string', 'boolean'])

    def test_page(self):
        """run the program of the page on services"""
        self.run_program_of_page('supervisord.py', {
            'http://127.0.0.1:8085/RPC2': self.uri, "'s3cret'": "'s3cret:&'"})


if __name__ == '__main__':
    main()
