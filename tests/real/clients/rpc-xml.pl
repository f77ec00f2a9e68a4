# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

use strict;
use warnings;
use utf8;
use RPC::XML ':types';
use RPC::XML::Client;

$RPC::XML::ENCODING = 'utf-8';
binmode STDOUT, ':encoding(UTF-8)';

my $client = RPC::XML::Client->new ($ARGV[0]);
my $text = "zo\x{eb} <&> \x{2603} \x{1f600}";

sub call {
  my $result = $client->send_request (@_);

  die "$result\n" unless ref $result;
  return $result->value;
}

# A value, the result of echo, and what kind it was on the other side.
sub both {
  my ($value) = @_;

  return (call ('echo', $value), call ('type', $value));
}

my ($result, $type);

print 'add ', call ('add', 2, 3), "\n";
print join (' ', 'int', both (RPC::XML::int->new (-5))), "\n";
print join (' ', 'double', both (RPC::XML::double->new (-1.5))), "\n";
($result, $type) = both (RPC::XML::boolean->new (1));
print 'boolean ', $result ? 'true' : 'false', " $type\n";
print join (' ', 'string', both (RPC::XML::string->new ($text))), "\n";
print join (' ', 'date', both (RPC::XML::datetime_iso8601->new ('20261123T08:40:05'))), "\n";
($result, $type) = both (RPC::XML::base64->new (join '', map { chr } 0 .. 255));
print 'base64 ', length $result, ' ', unpack ('%32C*', $result), " $type\n";
($result, $type) = both ([1, 'two', 2.5]);
print "array @$result $type\n";
($result, $type) = both ({ name => 'zoo', number => 7 });
print "struct $result->{name} $result->{number} $type\n";
print 'long ', length call ('echo', 'x' x 100_000), "\n";
$result = call ('fail', 4, RPC::XML::string->new ($text));
print "fault $result->{faultCode} $result->{faultString}\n";
