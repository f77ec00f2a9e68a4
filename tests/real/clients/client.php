<?php
// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

$text = "zo\u{eb} <&> \u{2603} \u{1f600}";

function call ($name, ...$params)
{
  global $argv;

  $request = xmlrpc_encode_request ($name, $params, ['encoding' => 'utf-8', 'escaping' => 'markup']);
  $context = stream_context_create (['http' => [
    'method' => 'POST', 'header' => 'Content-Type: text/xml', 'content' => $request]]);
  return xmlrpc_decode (file_get_contents ($argv[1], false, $context), 'utf-8');
}

// A value, the result of echo, and what kind it was on the other side.
function both ($value)
{
  return [call ('echo', $value), call ('type', $value)];
}

function tell (...$words)
{
  echo implode (' ', $words), "\n";
}

tell ('add', call ('add', 2, 3));
tell ('int', ...both (-5));
tell ('double', ...both (-1.5));
[$result, $type] = both (true);
tell ('boolean', json_encode ($result), $type);
tell ('string', ...both ($text));
$date = '20261123T08:40:05';
xmlrpc_set_type ($date, 'datetime');
[$result, $type] = both ($date);
tell ('date', $result->scalar, $type);
$bytes = implode (array_map ('chr', range (0, 255)));
xmlrpc_set_type ($bytes, 'base64');
[$result, $type] = both ($bytes);
tell ('base64', strlen ($result->scalar), array_sum (array_map ('ord', str_split ($result->scalar))), $type);
[$result, $type] = both ([1, 'two', 2.5]);
tell ('array', ...$result, ...[$type]);
[$result, $type] = both (['name' => 'zoo', 'number' => 7]);
tell ('struct', $result['name'], $result['number'], $type);
tell ('long', strlen (call ('echo', str_repeat ('x', 100000))));
$fault = call ('fail', 4, $text);
tell ('fault', $fault['faultCode'], $fault['faultString']);
