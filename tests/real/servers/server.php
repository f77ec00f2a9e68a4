<?php
// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Answers each request of php -S.

// A date is an object with its type, base64 is too: they go back as they came.
function echo_value ($name, $params)
{
  return $params[0];
}

function add ($name, $params)
{
  return $params[0] + $params[1];
}

function fail ($name, $params)
{
  return ['faultCode' => $params[0], 'faultString' => $params[1]];
}

$server = xmlrpc_server_create ();
xmlrpc_server_register_method ($server, 'echo', 'echo_value');
xmlrpc_server_register_method ($server, 'add', 'add');
xmlrpc_server_register_method ($server, 'fail', 'fail');

header ('Content-Type: text/xml');
echo xmlrpc_server_call_method ($server, file_get_contents ('php://input'), null,
                                ['encoding' => 'utf-8', 'escaping' => 'markup']);
