# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

use strict;
use warnings;
use utf8;
use XMLRPC::Lite;

binmode STDOUT, ':encoding(UTF-8)';

my $client = XMLRPC::Lite->proxy ($ARGV[0]);
my $text = "zo\x{eb} <&> \x{2603} \x{1f600}";

sub call {
  my $answer = $client->call (@_);

  die $answer->faultstring, "\n" if $answer->fault;
  return $answer->result;
}

# A value, the result of echo, and what kind it was on the other side.
sub both {
  my ($value) = @_;

  return (call ('echo', $value), call ('type', $value));
}

my ($result, $type);

print 'add ', call ('add', 2, 3), "\n";
print join (' ', 'int', both (-5)), "\n";
print join (' ', 'double', both (-1.5)), "\n";
($result, $type) = both (SOAP::Data->type (boolean => 1));
print 'boolean ', $result ? 'true' : 'false', " $type\n";
print join (' ', 'string', both (SOAP::Data->type (string => $text))), "\n";
print join (' ', 'date', both (SOAP::Data->type (dateTime => '20261123T08:40:05'))), "\n";
($result, $type) = both (SOAP::Data->type (base64 => join '', map { chr } 0 .. 255));
print 'base64 ', length $result, ' ', unpack ('%32C*', $result), " $type\n";
($result, $type) = both ([1, 'two', 2.5]);
print "array @$result $type\n";
($result, $type) = both ({ name => 'zoo', number => 7 });
print "struct $result->{name} $result->{number} $type\n";
print 'long ', length call ('echo', 'x' x 100_000), "\n";
my $fault = $client->call ('fail', 4, SOAP::Data->type (string => $text));
print 'fault ', $fault->faultcode, ' ', $fault->faultstring, "\n";
