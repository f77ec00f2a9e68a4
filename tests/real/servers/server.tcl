# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

package require xmlrpc

proc echo {value} {
  return [list string $value]
}

proc add {a b} {
  return [list int [expr {$a + $b}]]
}

proc fail {code message} {
  error $message
}

xmlrpc::serve [lindex $argv 0]
vwait forever
