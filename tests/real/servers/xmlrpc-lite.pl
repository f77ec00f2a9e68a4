# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

use strict;
use warnings;
use XMLRPC::Transport::HTTP;

package Echo;

# What has no type and is not ASCII would be sent as base64.
sub type {
  my ($value) = @_;

  return utf8::is_utf8 ($value) && $value =~ /[^\0-\x7f]/ ? SOAP::Data->type (string => $value) : $value;
}

sub echo { type ($_[1]) }
sub add { $_[1] + $_[2] }
sub fail { die SOAP::Fault->faultcode ($_[1])->faultstring (type ($_[2])) }

package main;

my $server = XMLRPC::Transport::HTTP::Daemon->new (LocalAddr => '127.0.0.1', LocalPort => $ARGV[0]);

$server->dispatch_to (qw (Echo));
$server->handle;
