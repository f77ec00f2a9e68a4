# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

package require xmlrpc

# It has no paths in URLs, does not escape text, and counts characters instead of
# bytes: so nothing here goes beyond ASCII.
regexp {(http://[^/]+)/(.*)} [lindex $argv 0] all host path

proc call {name params} {
  lindex [xmlrpc::call $::host $::path $name $params] 1
}

# A value, the result of echo, and what kind it was on the other side.
proc both {value} {
  return "[call echo [list $value]] [call type [list $value]]"
}

puts "add [call add {{int 2} {int 3}}]"
puts "int [both {int -5}]"
puts "double [both {double -1.5}]"
puts "boolean [both {boolean 1}]"
puts "string [both {string {zoo &lt;}}]"
puts "date [both {dateTime.iso8601 20261123T08:40:05}]"
puts "base64 [both {base64 AAEC}]"
puts "array [both {array {{int 1} {string two} {double 2.5}}}]"
puts "long [string length [call echo [list [list string [string repeat x 100000]]]]]"
puts "fault [xmlrpc::call $host $path fail {{int 4} {string zoo}}]"
