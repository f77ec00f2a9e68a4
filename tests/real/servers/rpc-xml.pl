# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

use strict;
use warnings;
use utf8;
use RPC::XML;
use RPC::XML::Server;

$RPC::XML::ENCODING = 'utf-8';
$RPC::XML::ALLOW_NIL = 1;

my $server = RPC::XML::Server->new (host => '127.0.0.1', port => $ARGV[0], no_default => 1);

die "$server\n" unless ref $server;
# A typed value stays what it was when it goes back.
$server->add_method ({ name => 'echo', type => 'procedure',
                       code => sub { $_[0] },
                       signature => [map { "$_ $_" } qw (int i8 double boolean string dateTime.iso8601
                                                         base64 array struct nil)] });
$server->add_method ({ name => 'add', signature => ['int int int'], type => 'procedure',
                       code => sub { $_[0] + $_[1] } });
$server->add_method ({ name => 'fail', signature => ['string int string'], type => 'procedure',
                       code => sub { RPC::XML::fault->new ($_[0], $_[1]) } });
$server->server_loop;
