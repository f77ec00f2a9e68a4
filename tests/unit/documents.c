/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "documents.h"

#include "codec/xml-rpc-message.h"
#include "xml-rpc-error.h"

#include <string.h>

#define A_HUNDRED_LETTERS "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuv"

const Document documents_natural[] = {
  { "int", VALUE ("<int>-42</int>"), .value = "-42" },
  { "i4", VALUE ("<i4>42</i4>"), .value = "42" },
  { "i1", VALUE ("<i1>-128</i1>"), .value = "-128" },
  { "i2", VALUE ("<i2>32767</i2>"), .value = "32767" },
  { "ex-i1", VALUE ("<ex:i1 xmlns:ex=\"http://ws.apache.org/xmlrpc/namespaces/extensions\">7</ex:i1>"), .value = "7" },
  { "ex-i2", VALUE ("<ex:i2>7</ex:i2>"), .value = "7" },
  { "smallest-int", VALUE ("<int>-2147483648</int>"), .value = "-2147483648" },
  { "largest-int", VALUE ("<int>2147483647</int>"), .value = "2147483647" },
  { "i8", VALUE ("<i8>5</i8>"), .value = "int64 5" },
  { "ex-i8", VALUE ("<ex:i8>5</ex:i8>"), .value = "int64 5" },
  { "smallest-i8", VALUE ("<i8>-9223372036854775808</i8>"), .value = "int64 -9223372036854775808" },
  { "largest-i8", VALUE ("<i8>9223372036854775807</i8>"), .value = "int64 9223372036854775807" },
  { "true", VALUE ("<boolean>1</boolean>"), .value = "true" },
  { "false", VALUE ("<boolean>0</boolean>"), .value = "false" },
  { "double", VALUE ("<double>-3.25</double>"), .value = "-3.25" },
  { "float", VALUE ("<float>1.5</float>"), .value = "1.5" },
  { "ex-float", VALUE ("<ex:float>1.5</ex:float>"), .value = "1.5" },
  { "double-to-the-bit", VALUE ("<double>0.1</double>"), .value = "0.1" },
  { "string", VALUE ("<string>South Dakota</string>"), .value = "'South Dakota'" },
  { "empty-string", VALUE ("<string></string>"), .value = "''" },
  { "empty-string-tag", VALUE ("<string/>"), .value = "''" },
  { "untyped", VALUE ("South Dakota"), .value = "'South Dakota'" },
  { "untyped-empty", VALUE (""), .value = "''" },
  { "untyped-spaces", VALUE (" \n a "), .value = "' \\n a '" },
  { "untyped-blank", VALUE ("  "), .value = "'  '" },
  { "string-spaces", VALUE ("<string> a\tb </string>"), .value = "' a\\tb '" },
  { "base64", VALUE ("<base64>AAECAw==</base64>"), .value = "[byte 0, 1, 2, 3]" },
  { "empty-base64", VALUE ("<base64/>"), .value = "@ay []" },
  { "array", ITEMS ("<value><int>1</int></value><value>a</value>"), .value = "[<1>, <'a'>]" },
  { "empty-array", ITEMS (""), .value = "@av []" },
  { "array-in-array", ITEMS ("<value><array><data/></array></value>"), .value = "[<@av []>]" },
  { "struct", MEMBERS (MEMBER ("a", "<int>1</int>") MEMBER ("b", "x")), .value = "{'a': <1>, 'b': <'x'>}" },
  { "empty-struct", MEMBERS (""), .value = "@a{sv} {}" },
  { "empty-name", MEMBERS (MEMBER ("", "<int>1</int>")), .value = "{'': <1>}" },
  { "struct-order", MEMBERS (MEMBER ("b", "1") MEMBER ("a", "2") MEMBER ("c", "3")),
    .value = "{'b': <'1'>, 'a': <'2'>, 'c': <'3'>}" },
  { "struct-duplicates", MEMBERS (MEMBER ("a", "1") MEMBER ("b", "2") MEMBER ("a", "3")),
    .value = "{'a': <'1'>, 'b': <'2'>, 'a': <'3'>}" },
  { "struct-in-array", ITEMS ("<value><struct>" MEMBER ("a", "<nil/>") "</struct></value>"),
    .value = "[<{'a': <@mv nothing>}>]" },
  { "nil", VALUE ("<nil/>"), .value = "@mv nothing" },
  { "ex-nil", VALUE ("<ex:nil/>"), .value = "@mv nothing" },
  { "nil-in-array", ITEMS ("<value><nil/></value><value><nil></nil></value>"), .value = "[<@mv nothing>, <@mv nothing>]" },
  { "date", VALUE ("<dateTime.iso8601>19980717T14:08:55</dateTime.iso8601>"),
    .value = "(objectpath '/xmlrpc/dateTime', '19980717T14:08:55')" },
  { "ex-date", VALUE ("<ex:dateTime>2024-02-29T23:59:59.999+05:30</ex:dateTime>"),
    .value = "(objectpath '/xmlrpc/dateTime', '2024-02-29T23:59:59.999+05:30')" },
  { "biginteger", VALUE ("<ex:biginteger>123456789012345678901234567890</ex:biginteger>"),
    .value = "(objectpath '/xmlrpc/biginteger', '123456789012345678901234567890')" },
  { "bigdecimal", VALUE ("<ex:bigdecimal>0.1000</ex:bigdecimal>"),
    .value = "(objectpath '/xmlrpc/bigdecimal', '0.1000')" },

  { "call", CALL ("<param><value><i4>41</i4></value></param>"), .is_call = TRUE, .value = "('a.b', (41,))" },
  { "call-of-three",
    CALL ("<param><value><int>1</int></value></param><param><value>a</value></param>"
          "<param><value><struct>" MEMBER ("k", "<boolean>1</boolean>") "</struct></value></param>"),
    .is_call = TRUE, .value = "('a.b', (1, 'a', {'k': <true>}))" },
  { "call-without-parameters", CALL (""), .is_call = TRUE, .value = "('a.b', ())" },
  { "call-without-params", "<methodCall><methodName>a.b</methodName></methodCall>", .is_call = TRUE,
    .value = "('a.b', ())" },
  { "call-with-base64", CALL ("<param><value><base64>AAE=</base64></value></param>"), .is_call = TRUE,
    .value = "('a.b', ([byte 0, 1],))" },
  { "call-with-date", CALL ("<param><value><dateTime.iso8601>20240101T00:00:00</dateTime.iso8601></value></param>"),
    .is_call = TRUE, .value = "('a.b', ((objectpath '/xmlrpc/dateTime', '20240101T00:00:00'),))" },
  { "call-with-array-and-nil",
    CALL ("<param><value><array><data><value>a</value></data></array></value></param><param><value><nil/></value></param>"),
    .is_call = TRUE, .value = "('a.b', ([<'a'>], @mv nothing))" },
  { "call-with-special-name", "<methodCall><methodName>system.a_b:c/d</methodName><params/></methodCall>",
    .is_call = TRUE, .value = "('system.a_b:c/d', ())" },
  { NULL }
};

const Document documents_liberal[] = {
  { "space-around-int", VALUE ("<int> \n 42\t</int>"), .value = "42" },
  { "plus", VALUE ("<int>+42</int>"), .value = "42" },
  { "leading-zeros", VALUE ("<int>0042</int>"), .value = "42" },
  { "space-around-i8", VALUE ("<i8> +5 </i8>"), .value = "int64 5" },
  { "true", VALUE ("<boolean>true</boolean>"), .value = "true" },
  { "false", VALUE ("<boolean>false</boolean>"), .value = "false" },
  { "true-of-python", VALUE ("<boolean>True</boolean>"), .value = "true" },
  { "space-around-boolean", VALUE ("<boolean> 1\n</boolean>"), .value = "true" },
  { "space-around-double", VALUE ("<double>\n 1.5 </double>"), .value = "1.5" },
  { "plus-double", VALUE ("<double>+1.5</double>"), .value = "1.5" },
  { "exponent", VALUE ("<double>1.5e3</double>"), .value = "1500.0" },
  { "exponent-with-plus", VALUE ("<double>15E+2</double>"), .value = "1500.0" },
  { "no-point", VALUE ("<double>3</double>"), .value = "3.0" },
  { "nothing-before-the-point", VALUE ("<double>.5</double>"), .value = "0.5" },
  { "nothing-behind-the-point", VALUE ("<double>5.</double>"), .value = "5.0" },
  { "infinity", VALUE ("<double>inf</double>"), .value = "inf" },
  { "minus-infinity", VALUE ("<double>-Infinity</double>"), .value = "-inf" },
  { "minus-zero", VALUE ("<double>-0</double>"), .value = "-0.0" },
  { "base64-in-lines", VALUE ("<base64>\n  AAEC\r\n  Aw==\n</base64>"), .value = "[byte 0, 1, 2, 3]" },
  { "base64-without-padding", VALUE ("<base64>AAECAw</base64>"), .value = "[byte 0, 1, 2, 3]" },
  { "date-with-dashes", VALUE ("<dateTime.iso8601>1998-07-17T14:08:55Z</dateTime.iso8601>"),
    .value = "(objectpath '/xmlrpc/dateTime', '1998-07-17T14:08:55Z')" },
  { "date-without-colons", VALUE ("<dateTime.iso8601>19980717T140855</dateTime.iso8601>"),
    .value = "(objectpath '/xmlrpc/dateTime', '19980717T140855')" },
  { "response-without-params", "<methodResponse></methodResponse>", .value = "@mv nothing" },
  { "response-without-param", "<methodResponse><params/></methodResponse>", .value = "@mv nothing" },
  { "empty-value-tag", RESPONSE ("<value/>"), .value = "''" },
  { "empty-value-tag-in-array", ITEMS ("<value/><value/>"), .value = "[<''>, <''>]" },
  { "array-without-data", VALUE ("<array/>"), .value = "@av []" },
  { "name-after-value", MEMBERS ("<member><value><int>1</int></value><name>a</name></member>"), .value = "{'a': <1>}" },
  { "name-after-struct",
    MEMBERS ("<member><value><struct><member><value>x</value><name>inner</name></member></struct></value>"
             "<name>outer</name></member>" MEMBER ("next", "<int>2</int>")),
    .value = "{'outer': <{'inner': <'x'>}>, 'next': <2>}" },
  { "spaced-name", MEMBERS (MEMBER (" a b ", "<int>1</int>")), .value = "{' a b ': <1>}" },
  { "space-everywhere",
    "\n <?xml version='1.0' ?> \n <methodResponse > <params >\n<param\t> <value > <struct >  <member > <name >a</name > "
    "<value > <array > <data > <value > <int > 1 </int > </value > </data > </array > </value > </member > </struct > "
    "</value > </param > </params > </methodResponse > \n\n",
    .value = "{'a': <[<1>]>}" },
  { "no-declaration", "<methodResponse><params><param><value>a</value></param></params></methodResponse>", .value = "'a'" },
  { "carriage-returns", "<?xml version=\"1.0\"?>\r\n<methodResponse>\r\n<params><param><value>a\r\nb\rc</value></param>"
    "</params>\r\n</methodResponse>\r\n", .value = "'a\\nb\\nc'" },
  { "cdata", VALUE ("<string><![CDATA[<a> & ]] >]]></string>"), .value = "'<a> & ]] >'" },
  { "cdata-untyped", VALUE ("<![CDATA[<a>]]>"), .value = "'<a>'" },
  { "cdata-and-text", VALUE ("<string>a<![CDATA[b]]>c<![CDATA[]]>d</string>"), .value = "'abcd'" },
  { "cdata-line-ends", VALUE ("<string><![CDATA[a\r\nb\rc\r\r\n]]>\r\n<![CDATA[\n\r]]>\n</string>"),
    .value = "'a\\nb\\nc\\n\\n\\n\\n\\n\\n'" },
  { "cdata-within-brackets-behind-an-instruction", VALUE ("<?a?>]]<![CDATA[]]>>"), .value = "']]>'" },
  { "cdata-and-line-ends-behind-an-instruction", VALUE ("<?a?>\r<![CDATA[\n\r]]>\n"), .value = "'\n\n\n\n'" },
  { "cdata-within-brackets", VALUE ("<!-- a -->]]<![CDATA[]]>>"), .value = "']]>'" },
  { "cdata-and-line-ends-behind-a-comment", VALUE ("<!-- a -->\r<![CDATA[\n\r]]>\n"), .value = "'\n\n\n\n'" },
  { "cdata-number", VALUE ("<int><![CDATA[42]]></int>"), .value = "42" },
  { "cdata-base64", VALUE ("<base64><![CDATA[AAEC]]>Aw==</base64>"), .value = "[byte 0, 1, 2, 3]" },
  { "entities", VALUE ("<string>&amp;&lt;&gt;&quot;&apos;</string>"), .value = "'&<>\"\\''" },
  { "character-references", VALUE ("<string>&#13;&#10;&#65;&#x1F600;&#xe9;</string>"), .value = "'\\r\\nA😀é'" },
  { "entities-in-name", MEMBERS (MEMBER ("a&amp;b&#x1F600;", "1")), .value = "{'a&b😀': <'1'>}" },
  { "entities-in-late-name", MEMBERS ("<member><value>1</value><name>a&amp;b</name></member>"), .value = "{'a&b': <'1'>}" },
  { "reference-in-number", VALUE ("<int>&#52;2</int>"), .value = "42" },
  { "comments",
    "<?xml version=\"1.0\"?><!-- a --><methodResponse><!-- <b> --><params><!----><param><!-- c --><value><!-- d -->"
    "<struct><!-- e --><member><!-- f --><name>a<!-- g -->b</name><!-- h --><value><int>4<!-- i -->2</int><!-- j -->"
    "</value></member></struct></value></param></params></methodResponse><!-- k -->",
    .value = "{'ab': <42>}" },
  { "comments-of-more-than-a-token",
    VALUE ("a<!-- " A_HUNDRED_LETTERS A_HUNDRED_LETTERS A_HUNDRED_LETTERS "-->b"), .value = "'ab'" },
  { "comment-with-line-ends", VALUE ("a<!-- \r\n \r -->\r\nb"), .value = "'a\nb'" },
  { "comment-within-end-of-section", VALUE ("]]<!---->>"), .value = "']]>'" },
  { "comment-in-string", VALUE ("<string>a<!-- x -->b</string>"), .value = "'ab'" },
  { "comment-in-untyped", VALUE ("a<!-- x -->b"), .value = "'ab'" },
  { "comment-for-a-value", VALUE ("<!-- x -->"), .value = "''" },
  { "processing-instructions",
    "<?xml version=\"1.0\"?><?a b?><methodResponse><?c?><params><param><value><string>a<?d e?>b</string><?f?></value>"
    "</param></params></methodResponse><?g?>", .value = "'ab'" },
  { "attributes", RESPONSE ("<value xml:space=\"preserve\" a=\"b\"><int c='d'>1</int></value>"), .value = "1" },
  { "default-namespace",
    "<methodResponse xmlns=\"http://example.org/\"><params><param><value><int>1</int></value></param></params>"
    "</methodResponse>", .value = "1" },
  { "another-prefix", VALUE ("<x:nil xmlns:x=\"http://ws.apache.org/xmlrpc/namespaces/extensions\"/>"),
    .value = "@mv nothing" },
  { "not-ascii", VALUE ("<string>Zażółć 日本語 😀</string>"), .value = "'Zażółć 日本語 😀'" },
  { "spaced-method-name", "<methodCall><methodName>\n a.b \n</methodName><params/></methodCall>", .is_call = TRUE,
    .value = "('a.b', ())" },
  { "method-name-after-params",
    "<methodCall><params><param><value>x</value></param></params><methodName>a.b</methodName></methodCall>",
    .is_call = TRUE, .value = "('a.b', ('x',))" },
  { "method-name-with-cdata", "<methodCall><methodName>a<![CDATA[.]]>b</methodName></methodCall>", .is_call = TRUE,
    .value = "('a.b', ())" },

  { "utf-8-with-bom", "\xEF\xBB\xBF" VALUE ("é"), .value = "'é'" },
  { "utf-8-declared", "<?xml version=\"1.0\" encoding=\"utf-8\"?><methodResponse><params><param><value>é</value></param>"
    "</params></methodResponse>", .value = "'é'" },
  { "utf-16-le", "\xEF\xBB\xBF" VALUE ("é😀"), .encoding = "UTF-16LE", .value = "'é😀'" },
  { "utf-16-be", "\xEF\xBB\xBF" VALUE ("é😀"), .encoding = "UTF-16BE", .value = "'é😀'" },
  { "utf-16-declared",
    "\xEF\xBB\xBF<?xml version=\"1.0\" encoding=\"UTF-16\"?><methodResponse><params><param><value>é</value></param></params>"
    "</methodResponse>", .encoding = "UTF-16BE", .value = "'é'" },
  { "iso-8859-1",
    "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><methodResponse><params><param><value>é</value></param></params>"
    "</methodResponse>", .encoding = "ISO-8859-1", .value = "'é'" },
  { "windows-1252",
    "<?xml version=\"1.0\" encoding=\"windows-1252\"?><methodResponse><params><param><value>€“é”</value></param></params>"
    "</methodResponse>", .encoding = "WINDOWS-1252", .value = "'€“é”'" },
  { "shift-jis",
    "<?xml version=\"1.0\" encoding=\"Shift_JIS\"?><methodResponse><params><param><value>日本語</value></param></params>"
    "</methodResponse>", .encoding = "SHIFT_JIS", .value = "'日本語'" },
  { "charset-without-declaration", VALUE ("é"), .encoding = "ISO-8859-1", .charset = "iso-8859-1", .value = "'é'" },
  { "charset-outranks-declaration",
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?><methodResponse><params><param><value>é</value></param></params>"
    "</methodResponse>", .encoding = "ISO-8859-1", .charset = "ISO-8859-1", .value = "'é'" },
  { "utf-8-charset-outranks-declaration",
    "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><methodResponse><params><param><value>é</value></param></params>"
    "</methodResponse>", .charset = "UTF-8", .value = "'é'" },
  { "utf-8-charset-and-bom", "\xEF\xBB\xBF" VALUE ("é"), .charset = "utf-8", .value = "'é'" },
  { "utf-16-charset", "\xEF\xBB\xBF" VALUE ("é"), .encoding = "UTF-16LE", .charset = "utf-16", .value = "'é'" },
  { "utf-16-be-charset", VALUE ("é"), .encoding = "UTF-16BE", .charset = "UTF-16BE", .value = "'é'" },
  { "unknown-charset", VALUE ("é"), .charset = "x-klingon", .value = "'é'" },
  { "unknown-charset-and-declaration",
    "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><methodResponse><params><param><value>é</value></param></params>"
    "</methodResponse>", .encoding = "ISO-8859-1", .charset = "utf8mb4", .value = "'é'" },
  { "empty-charset", VALUE ("é"), .charset = "", .value = "'é'" },
  { "charset-of-the-c-library", VALUE ("é"), .charset = "//TRANSLIT", .value = "'é'" },
  { "mark-and-another-charset", "\xEF\xBB\xBF" VALUE ("é"), .charset = "ISO-8859-1", .value = "'é'" },
  { "mark-of-utf-16-and-another-charset", "\xEF\xBB\xBF" VALUE ("é"), .encoding = "UTF-16LE", .charset = "ISO-8859-1",
    .value = "'é'" },
  { "two-marks", "\xEF\xBB\xBF\n\xEF\xBB\xBF" VALUE ("é"), .value = "'é'" },
  { "utf-16-without-mark", VALUE ("é😀"), .encoding = "UTF-16LE", .value = "'é😀'" },
  { "utf-16-be-without-mark", VALUE ("é😀"), .encoding = "UTF-16BE", .charset = "utf-16", .value = "'é😀'" },
  { "utf-16-charset-and-space", "\n" VALUE ("é"), .encoding = "UTF-16LE", .charset = "utf-16", .value = "'é'" },
  { "utf-32-le", VALUE ("é😀"), .encoding = "UTF-32LE", .value = "'é😀'" },
  { "utf-32-be-and-mark", "\xEF\xBB\xBF" VALUE ("é😀"), .encoding = "UTF-32BE", .value = "'é😀'" },
  { "utf-8-declared-as-utf-16",
    "<?xml version=\"1.0\" encoding=\"utf-16\"?><methodResponse><params><param><value>é</value></param></params>"
    "</methodResponse>", .value = "'é'" },
  { "utf-8-with-charset-utf-16", VALUE ("é"), .charset = "UTF-16", .value = "'é'" },
  { "iso-2022-jp",
    "<?xml version=\"1.0\" encoding=\"ISO-2022-JP\"?><methodResponse><params><param><value>日本語</value></param></params>"
    "</methodResponse>", .encoding = "ISO-2022-JP", .value = "'日本語'" },
  { "big5-hkscs-charset", VALUE ("日本語"), .encoding = "BIG5-HKSCS", .charset = "Big5-HKSCS", .value = "'日本語'" },
  { "ascii-charset", VALUE ("a"), .charset = "us-ascii", .value = "'a'" },
  { NULL }
};

#define INT(number) "<value><int>" number "</int></value>"
#define DATE(text) "<dateTime.iso8601>" text "</dateTime.iso8601>"
#define MISMATCH(text) .code = XML_RPC_ERROR_TYPE_MISMATCH, .message = text

const Document documents_typed[] = {
  { "b", VALUE ("<boolean>1</boolean>"), .type = "b", .value = "true" },
  { "y", VALUE ("<int>255</int>"), .type = "y", .value = "byte 255" },
  { "n", VALUE ("<int>-32768</int>"), .type = "n", .value = "int16 -32768" },
  { "q", VALUE ("<int>65535</int>"), .type = "q", .value = "uint16 65535" },
  { "i", VALUE ("<i8>-5</i8>"), .type = "i", .value = "-5" },
  { "u", VALUE ("<i8>4294967295</i8>"), .type = "u", .value = "uint32 4294967295" },
  { "x", VALUE ("<int>-5</int>"), .type = "x", .value = "int64 -5" },
  { "t", VALUE ("<i8>9223372036854775807</i8>"), .type = "t", .value = "uint64 9223372036854775807" },
  { "x-from-i1", VALUE ("<i1>-5</i1>"), .type = "x", .value = "int64 -5" },
  { "d", VALUE ("<double>1.5</double>"), .type = "d", .value = "1.5" },
  { "d-from-int", VALUE ("<int>-7</int>"), .type = "d", .value = "-7.0" },
  { "d-from-i8", VALUE ("<i8>9007199254740992</i8>"), .type = "d", .value = "9007199254740992.0" },
  { "d-from-even-i8", VALUE ("<i8>-9007199254740994</i8>"), .type = "d", .value = "-9007199254740994.0" },
  { "d-from-large-i8", VALUE ("<i8>9223372036854774784</i8>"), .type = "d", .value = "9223372036854774784.0" },
  { "d-from-smallest-i8", VALUE ("<i8>-9223372036854775808</i8>"), .type = "d", .value = "-9223372036854775808.0" },
  { "s", VALUE ("<string>a</string>"), .type = "s", .value = "'a'" },
  { "s-untyped", VALUE ("a"), .type = "s", .value = "'a'" },
  { "s-from-date", VALUE (DATE ("19980717T14:08:55")), .type = "s", .value = "'19980717T14:08:55'" },
  { "s-from-biginteger", VALUE ("<ex:biginteger>12</ex:biginteger>"), .type = "s", .value = "'12'" },
  { "date", VALUE (DATE ("19980717T14:08:55")), .type = "(os)",
    .value = "(objectpath '/xmlrpc/dateTime', '19980717T14:08:55')" },
  { "os-from-array", ITEMS ("<value>/a/b</value><value>c</value>"), .type = "(os)", .value = "(objectpath '/a/b', 'c')" },
  { "o", VALUE ("/a/b"), .type = "o", .value = "objectpath '/a/b'" },
  { "g", VALUE ("<string>a{sv}</string>"), .type = "g", .value = "signature 'a{sv}'" },
  { "g-empty", VALUE (""), .type = "g", .value = "signature ''" },
  { "as", ITEMS ("<value>a</value><value><string>b</string></value><value/>"), .type = "as", .value = "['a', 'b', '']" },
  { "as-empty", ITEMS (""), .type = "as", .value = "@as []" },
  { "ao", ITEMS ("<value>/</value>"), .type = "ao", .value = "[objectpath '/']" },
  { "ai", ITEMS (INT ("1") INT ("2")), .type = "ai", .value = "[1, 2]" },
  { "ad", ITEMS (INT ("1") "<value><double>2.5</double></value>"), .type = "ad", .value = "[1.0, 2.5]" },
  { "ab", ITEMS ("<value><boolean>0</boolean></value>"), .type = "ab", .value = "[false]" },
  { "ax", ITEMS (INT ("1") "<value><i8>2</i8></value>"), .type = "ax", .value = "[int64 1, 2]" },
  { "ay-from-base64", VALUE ("<base64>AAH/</base64>"), .type = "ay", .value = "[byte 0, 1, 255]" },
  { "ay-from-array", ITEMS (INT ("0") INT ("255")), .type = "ay", .value = "[byte 0, 255]" },
  { "aay", ITEMS ("<value><base64/></value><value><base64>AA==</base64></value>"), .type = "aay", .value = "[@ay [], [0]]" },
  { "aas", ITEMS ("<value><array><data><value>a</value></data></array></value>"
                  "<value><array><data/></array></value>"), .type = "aas", .value = "[['a'], []]" },
  { "isd", ITEMS (INT ("1") "<value>a</value><value><double>2</double></value>"), .type = "(isd)", .value = "(1, 'a', 2.0)" },
  { "yx", ITEMS (INT ("1") INT ("2")), .type = "(yx)", .value = "(byte 1, int64 2)" },
  { "unit", ITEMS (""), .type = "()", .value = "()" },
  { "a-of-tuples", ITEMS ("<value><array><data>" INT ("1") "<value>a</value></data></array></value>"), .type = "a(is)",
    .value = "[(1, 'a')]" },
  { "vardict", MEMBERS (MEMBER ("a", "<int>1</int>")), .type = "a{sv}", .value = "{'a': <1>}" },
  { "a{si}", MEMBERS (MEMBER ("a", "<int>1</int>") MEMBER ("b", "<i8>2</i8>")), .type = "a{si}", .value = "{'a': 1, 'b': 2}" },
  { "a{sx}-name-after-value", MEMBERS ("<member>" INT ("1") "<name>a</name></member>"), .type = "a{sx}",
    .value = "{'a': int64 1}" },
  { "a{sas}-name-after-value",
    MEMBERS ("<member><value><array><data><value>x</value></data></array></value><name>a</name></member>"),
    .type = "a{sas}", .value = "{'a': ['x']}" },
  { "a{sas}", MEMBERS (MEMBER ("a", "<array><data/></array>")), .type = "a{sas}", .value = "@a{sas} {'a': []}" },
  { "a{oi}", MEMBERS (MEMBER ("/a", "<int>1</int>")), .type = "a{oi}", .value = "{objectpath '/a': 1}" },
  { "a{gs}", MEMBERS (MEMBER ("a{sv}", "x")), .type = "a{gs}", .value = "{signature 'a{sv}': 'x'}" },
  { "a{sa{sv}}", MEMBERS (MEMBER ("a", "<struct>" MEMBER ("b", "c") "</struct>")), .type = "a{sa{sv}}",
    .value = "{'a': {'b': <'c'>}}" },
  { "aa{sv}", ITEMS ("<value><struct>" MEMBER ("a", "<int>1</int>") "</struct></value><value><struct/></value>"),
    .type = "aa{sv}", .value = "[{'a': <1>}, {}]" },
  { "{sv}", MEMBERS (MEMBER ("a", "<int>1</int>")), .type = "{sv}", .value = "{'a', <1>}" },
  { "{si}", MEMBERS (MEMBER ("a", "<int>1</int>")), .type = "{si}", .value = "{'a', 1}" },
  { "{ss}-name-after-value", MEMBERS ("<member><value>x</value><name>a</name></member>"), .type = "{ss}",
    .value = "{'a', 'x'}" },
  { "v", VALUE ("<int>1</int>"), .type = "v", .value = "<1>" },
  { "v-untyped", VALUE ("a"), .type = "v", .value = "<'a'>" },
  { "v-blank-before-type", VALUE (" \n <int>1</int> "), .type = "v", .value = "<1>" },
  { "v-array", ITEMS (INT ("1")), .type = "v", .value = "<[<1>]>" },
  { "v-nil", VALUE ("<nil/>"), .type = "v", .value = "<@mv nothing>" },
  { "av", ITEMS (INT ("1") "<value>a</value>"), .type = "av", .value = "[<1>, <'a'>]" },
  { "mi", VALUE ("<int>1</int>"), .type = "mi", .value = "@mi 1" },
  { "mi-nil", VALUE ("<nil/>"), .type = "mi", .value = "@mi nothing" },
  { "mi-blank-before-nil", VALUE ("\n <nil/>\n"), .type = "mi", .value = "@mi nothing" },
  { "mi-blank-before-type", VALUE ("\n <int>1</int>\n"), .type = "mi", .value = "@mi 1" },
  { "ms", VALUE (""), .type = "ms", .value = "@ms ''" },
  { "ms-blank", VALUE ("<!-- a --> <!-- b -->"), .type = "ms", .value = "@ms ' '" },
  { "mv", VALUE ("<int>1</int>"), .type = "mv", .value = "@mv <1>" },
  { "mv-nil", VALUE ("<nil/>"), .type = "mv", .value = "@mv nothing" },
  { "mms", VALUE ("a"), .type = "mms", .value = "@mms 'a'" },
  { "mms-nil", VALUE ("<nil/>"), .type = "mms", .value = "@mms nothing" },
  { "m(ii)", ITEMS (INT ("1") INT ("2")), .type = "m(ii)", .value = "@m(ii) (1, 2)" },
  { "ma{sv}-nil", VALUE ("<nil/>"), .type = "ma{sv}", .value = "@ma{sv} nothing" },
  { "ami", ITEMS (INT ("1") "<value><nil/></value>"), .type = "ami", .value = "@ami [1, nothing]" },
  { "a{smi}", MEMBERS (MEMBER ("a", "<nil/>") MEMBER ("b", "<int>1</int>")), .type = "a{smi}",
    .value = "@a{smi} {'a': nothing, 'b': 1}" },
  { "m-without-params", "<methodResponse><params/></methodResponse>", .type = "ms", .value = "@ms nothing" },
  { "v-without-params", "<methodResponse/>", .type = "v", .value = "<@mv nothing>" },

  { "call", CALL ("<param>" INT ("1") "</param><param><value>a</value></param>"), .type = "(xs)", .is_call = TRUE,
    .value = "('a.b', (int64 1, 'a'))" },
  { "call-of-none", CALL (""), .type = "()", .is_call = TRUE, .value = "('a.b', ())" },
  { "call-of-vardicts", CALL ("<param><value><struct>" MEMBER ("a", "b") "</struct></value></param>"), .type = "(a{sv})",
    .is_call = TRUE, .value = "('a.b', ({'a': <'b'>},))" },

  { "string-for-int", VALUE ("<string>1</string>"), .type = "i",
    MISMATCH ("params[0]: expected int, got string (line 4)") },
  { "untyped-for-int", VALUE ("1"), .type = "i", MISMATCH ("params[0]: expected int, got string (line 4)") },
  { "empty-for-int", VALUE (""), .type = "i", MISMATCH ("params[0]: expected int, got string (line 4)") },
  { "boolean-for-int", VALUE ("<boolean>1</boolean>"), .type = "i",
    MISMATCH ("params[0]: expected int, got boolean (line 4)") },
  { "double-for-int", VALUE ("<double>1</double>"), .type = "i", MISMATCH ("params[0]: expected int, got double (line 4)") },
  { "double-for-i8", VALUE ("<double>1</double>"), .type = "x", MISMATCH ("params[0]: expected i8, got double (line 4)") },
  { "nil-for-int", VALUE ("<nil/>"), .type = "i", MISMATCH ("params[0]: expected int, got nil (line 4)") },
  { "array-for-int", ITEMS (""), .type = "i", MISMATCH ("params[0]: expected int, got array (line 4)") },
  { "struct-for-int", MEMBERS (""), .type = "i", MISMATCH ("params[0]: expected int, got struct (line 4)") },
  { "base64-for-int", VALUE ("<base64/>"), .type = "i", MISMATCH ("params[0]: expected int, got base64 (line 4)") },
  { "date-for-int", VALUE (DATE ("x")), .type = "i",
    MISMATCH ("params[0]: expected int, got dateTime.iso8601 (line 4)") },
  { "date-for-another-tuple", VALUE (DATE ("x")), .type = "(ss)",
    MISMATCH ("params[0]: expected array, got dateTime.iso8601 (line 4)") },
  { "int-for-string", VALUE ("<int>1</int>"), .type = "s", MISMATCH ("params[0]: expected string, got int (line 4)") },
  { "i8-for-string", VALUE ("<i8>1</i8>"), .type = "s", MISMATCH ("params[0]: expected string, got i8 (line 4)") },
  { "int-for-boolean", VALUE ("<int>1</int>"), .type = "b", MISMATCH ("params[0]: expected boolean, got int (line 4)") },
  { "string-for-double", VALUE ("1.5"), .type = "d", MISMATCH ("params[0]: expected double, got string (line 4)") },
  { "string-for-base64", VALUE ("AAAA"), .type = "ay", MISMATCH ("params[0]: expected base64, got string (line 4)") },
  { "base64-for-string", VALUE ("<base64>AAAA</base64>"), .type = "s",
    MISMATCH ("params[0]: expected string, got base64 (line 4)") },
  { "base64-for-array", VALUE ("<base64>AAAA</base64>"), .type = "ai",
    MISMATCH ("params[0]: expected array, got base64 (line 4)") },
  { "string-for-array", VALUE ("a"), .type = "as", MISMATCH ("params[0]: expected array, got string (line 4)") },
  { "string-for-tuple", VALUE ("a"), .type = "(is)", MISMATCH ("params[0]: expected array, got string (line 4)") },
  { "string-for-struct", VALUE ("a"), .type = "a{sv}", MISMATCH ("params[0]: expected struct, got string (line 4)") },
  { "array-for-struct", ITEMS (""), .type = "a{sv}", MISMATCH ("params[0]: expected struct, got array (line 4)") },
  { "struct-for-array", MEMBERS (""), .type = "as", MISMATCH ("params[0]: expected array, got struct (line 4)") },
  { "struct-for-tuple", MEMBERS (""), .type = "(s)", MISMATCH ("params[0]: expected array, got struct (line 4)") },
  { "struct-for-base64", MEMBERS (""), .type = "ay", MISMATCH ("params[0]: expected base64, got struct (line 4)") },
  { "string-for-maybe", VALUE ("a"), .type = "mi", MISMATCH ("params[0]: expected int, got string (line 4)") },
  { "biginteger-for-int", VALUE ("<ex:biginteger>1</ex:biginteger>"), .type = "i",
    MISMATCH ("params[0]: expected int, got biginteger (line 4)") },

  { "too-large-for-y", VALUE ("<int>256</int>"), .type = "y",
    MISMATCH ("params[0]: expected an integer from 0 to 255, got 256 (line 4)") },
  { "negative-for-y", VALUE ("<int>-1</int>"), .type = "y",
    MISMATCH ("params[0]: expected an integer from 0 to 255, got -1 (line 4)") },
  { "too-large-for-n", VALUE ("<int>32768</int>"), .type = "n",
    MISMATCH ("params[0]: expected an integer from -32768 to 32767, got 32768 (line 4)") },
  { "too-small-for-n", VALUE ("<int>-32769</int>"), .type = "n",
    MISMATCH ("params[0]: expected an integer from -32768 to 32767, got -32769 (line 4)") },
  { "too-large-for-q", VALUE ("<int>65536</int>"), .type = "q",
    MISMATCH ("params[0]: expected an integer from 0 to 65535, got 65536 (line 4)") },
  { "too-large-for-i", VALUE ("<i8>2147483648</i8>"), .type = "i",
    MISMATCH ("params[0]: expected an integer from -2147483648 to 2147483647, got 2147483648 (line 4)") },
  { "too-small-for-i", VALUE ("<i8>-2147483649</i8>"), .type = "i",
    MISMATCH ("params[0]: expected an integer from -2147483648 to 2147483647, got -2147483649 (line 4)") },
  { "too-large-for-u", VALUE ("<i8>4294967296</i8>"), .type = "u",
    MISMATCH ("params[0]: expected an integer from 0 to 4294967295, got 4294967296 (line 4)") },
  { "negative-for-u", VALUE ("<int>-1</int>"), .type = "u",
    MISMATCH ("params[0]: expected an integer from 0 to 4294967295, got -1 (line 4)") },
  { "negative-for-t", VALUE ("<i8>-1</i8>"), .type = "t",
    MISMATCH ("params[0]: expected an integer from 0 to 9223372036854775807, got -1 (line 4)") },
  { "too-exact-for-d", VALUE ("<i8>9007199254740993</i8>"), .type = "d",
    MISMATCH ("params[0]: expected double, got i8 (line 4)") },
  { "too-exact-for-d-and-negative", VALUE ("<i8>-9007199254740993</i8>"), .type = "d",
    MISMATCH ("params[0]: expected double, got i8 (line 4)") },
  { "too-exact-for-d-and-even", VALUE ("<i8>18014398509481986</i8>"), .type = "d",
    MISMATCH ("params[0]: expected double, got i8 (line 4)") },
  { "too-large-for-d", VALUE ("<i8>9223372036854775807</i8>"), .type = "d",
    MISMATCH ("params[0]: expected double, got i8 (line 4)") },
  { "too-large-item-for-ay", ITEMS (INT ("1") INT ("256")), .type = "ay",
    MISMATCH ("params[0][1]: expected an integer from 0 to 255, got 256 (line 4)") },

  { "bad-object-path", VALUE ("a/b"), .type = "o", MISMATCH ("params[0]: expected an object path, got \"a/b\" (line 4)") },
  { "bad-signature", VALUE ("{"), .type = "g", MISMATCH ("params[0]: expected a type signature, got \"{\" (line 4)") },
  { "bad-object-path-as-name", MEMBERS (MEMBER ("a", "<int>1</int>")), .type = "a{oi}",
    MISMATCH ("params[0].?: expected an object path, got \"a\" (line 4)") },
  { "bad-object-path-as-late-name", MEMBERS ("<member>" INT ("1") "<name>a</name></member>"), .type = "a{oi}",
    MISMATCH ("params[0].?: expected an object path, got \"a\" (line 4)") },
  { "long-object-path", VALUE ("xéééééééééééééééééééééééééééééééééééééééééééééééééééééé-éééééééééé"), .type = "o",
    MISMATCH ("params[0]: expected an object path, got \"*\" (line 4)") },

  { "tuple-too-short", ITEMS (INT ("1")), .type = "(is)",
    MISMATCH ("params[0]: expected 2 items in the array, got 1 (line 4)") },
  { "tuple-empty", ITEMS (""), .type = "(is)", MISMATCH ("params[0]: expected 2 items in the array, got 0 (line 4)") },
  { "tuple-without-data", VALUE ("<array/>"), .type = "(is)",
    MISMATCH ("params[0]: expected 2 items in the array, got 0 (line 4)") },
  { "tuple-too-long", ITEMS (INT ("1") "<value>a</value>" INT ("2")), .type = "(is)",
    MISMATCH ("params[0]*: expected 2 items in the array, got 3 or more (line 4)") },
  { "unit-too-long", ITEMS (INT ("1")), .type = "()", MISMATCH ("params[0]*: expected 0 items in the array, got 1 or more (line 4)") },
  { "entry-without-member", MEMBERS (""), .type = "{sv}",
    MISMATCH ("params[0]: expected a struct with one member, got one without (line 4)") },
  { "entry-of-two", MEMBERS (MEMBER ("a", "1") MEMBER ("b", "2")), .type = "{ss}",
    MISMATCH ("params[0]*: expected a struct with one member, got more (line 4)") },
  { "too-few-params", CALL ("<param>" INT ("1") "</param>"), .type = "(is)", .is_call = TRUE,
    MISMATCH ("expected 2 parameters, got 1 (line 5)") },
  { "no-params", CALL (""), .type = "(is)", .is_call = TRUE, MISMATCH ("expected 2 parameters, got 0 (line 5)") },
  { "too-many-params", CALL ("<param>" INT ("1") "</param>\n<param>" INT ("2") "</param>"), .type = "(i)", .is_call = TRUE,
    MISMATCH ("params*: expected 1 parameter, got 2 or more (line 5)") },
  { "string-for-second-param", CALL ("<param>" INT ("1") "</param>\n<param><value>a</value></param>"), .type = "(ii)",
    .is_call = TRUE, MISMATCH ("params[1]: expected int, got string (line 5)") },
  { "string-for-nothing", "<methodResponse/>", .type = "s", MISMATCH ("expected string, got nil (line 1)") },

  { "string-in-array", ITEMS (INT ("1") "\n" INT ("2") "\n" "<value>a</value>"), .type = "ai",
    MISMATCH ("params[0][2]: expected int, got string (line 6)") },
  { "string-in-member", MEMBERS (MEMBER ("a", "<int>1</int>") "\n" MEMBER ("date", "x")), .type = "a{si}",
    MISMATCH ("params[0].date: expected int, got string (line 5)") },
  { "string-in-tuple", ITEMS (INT ("1") "<value>a</value>"), .type = "(ii)",
    MISMATCH ("params[0][1]: expected int, got string (line 4)") },
  { "string-deep-within",
    MEMBERS (MEMBER ("items", "<array><data><value><struct/></value>\n<value><struct>" MEMBER ("date", "\nx")
                              "</struct></value></data></array>")),
    .type = "a{saa{si}}", MISMATCH ("params[0].items[1].date: expected int, got string (line 6)") },
  { "string-in-odd-member", MEMBERS (MEMBER ("a b", "x")), .type = "a{si}",
    MISMATCH ("params[0][\"a b\"]: expected int, got string (line 4)") },
  { "string-in-member-without-name", MEMBERS (MEMBER ("", "x")), .type = "a{si}",
    MISMATCH ("params[0][\"\"]: expected int, got string (line 4)") },
  { "string-in-member-before-name", MEMBERS ("<member><value>x</value><name>a</name></member>"), .type = "a{si}",
    MISMATCH ("params[0].?: expected int, got string (line 4)") },
  { "string-behind-nested-arrays", ITEMS ("<value><array><data>" INT ("1") INT ("2") "</data></array></value><value>a</value>"),
    .type = "aai", MISMATCH ("params[0][1]: expected array, got string (line 4)") },
  { NULL }
};

#define NOT_XML(text) .code = XML_RPC_ERROR_NOT_WELL_FORMED, .message = "not well-formed XML: " text " (line *)"
#define NOTHING_LIKE_XML(text) .code = XML_RPC_ERROR_NOT_WELL_FORMED, .message = "expected XML, got \"" text
#define NOT_CHARACTERS(line) "not well-formed XML: bytes that are no characters in its encoding (line " #line ")"
/* Those of a CDATA section are checked by us, and from 2.14 on by libxml2 before. */
#define NOT_CHARACTERS_IN_CDATA(line) "*bytes that are no* (line " #line ")"
#define TOO_SHORT NOT_XML ("it ends too early")
#define DOCTYPE(text) .code = XML_RPC_ERROR_NOT_WELL_FORMED, \
                      .message = "a document type declaration, which XML-RPC does not allow (line " text ")"
#define MESSAGE(text) .code = XML_RPC_ERROR_INVALID_MESSAGE, .message = text
#define INVALID(text) .code = XML_RPC_ERROR_INVALID_VALUE, .message = text
#define INT_RANGE     "from -2147483648 to 2147483647"
#define I8_RANGE      "from -9223372036854775808 to 9223372036854775807"
#define FAULT(members) \
  "<methodResponse>\n<fault>\n<value><struct>" members "</struct></value>\n</fault>\n</methodResponse>"

const Document documents_broken[] = {
  /* Not XML. */
  { "empty", "", .code = XML_RPC_ERROR_NOT_WELL_FORMED, .message = "expected XML, got nothing" },
  { "blank", " \r\n\t ", .code = XML_RPC_ERROR_NOT_WELL_FORMED, .message = "expected XML, got nothing" },
  { "text", "Internal Server Error", NOTHING_LIKE_XML ("Internal Server Error\"") },
  { "json", "{\"jsonrpc\": \"2.0\", \"result\": 19, \"id\": 1}",
    NOTHING_LIKE_XML ("{\"jsonrpc\": \"2.0\", \"result\": 19, \"id\": 1\"...") },
  { "declaration-only", "<?xml version=\"1.0\"?>", TOO_SHORT },
  { "bom-only", "\xEF\xBB\xBF", TOO_SHORT },
  { "less-than-only", "<", TOO_SHORT },
  { "unclosed", "<methodResponse><params><param><value>a</value></param></params>", TOO_SHORT },
  { "mismatched-tags", VALUE ("<int>1</string>"), NOT_XML ("expected </int>, got </string>") },
  { "mismatched-tags-below", ITEMS ("<value>\n</array>"), .code = XML_RPC_ERROR_NOT_WELL_FORMED,
    .message = "not well-formed XML: expected </value>, got </array> (line 5)" },
  { "mismatched-tags-with-comment", ITEMS ("<!-- a -->\n<value>\n</array>"), .code = XML_RPC_ERROR_NOT_WELL_FORMED,
    .message = "not well-formed XML: expected </value>, got </array> (line 6)" },
  { "mismatched-prefixes", VALUE ("<ex:i4>1</i4>"), NOT_XML ("expected </i4>, got one with another prefix") },
  { "ampersand", VALUE ("a & b"), NOT_XML ("*") },
  { "less-than", VALUE ("a < b"), NOT_XML ("*") },
  { "cdata-end-in-text", VALUE ("a ]]> b"), NOT_XML ("*]]>*") },
  { "attribute-without-quotes", RESPONSE ("<value a=b/>"), NOT_XML ("*") },
  { "attribute-twice", RESPONSE ("<value a='b' a='c'/>"), NOT_XML ("*redefined*") },
  { "comment-unclosed", VALUE ("<!-- a"), TOO_SHORT },
  { "comment-with-dash-at-the-end", VALUE ("<!-- a --->"), NOT_XML ("*") },
  { "comment-of-three-dashes", VALUE ("<!--->"), NOT_XML ("*") },
  { "comment-with-control-character", VALUE ("<!-- \001 -->"), NOT_XML ("*") },
  { "comment-before-declaration", "<!-- a --><?xml version=\"1.0\"?><methodResponse/>", NOT_XML ("*") },
  { "comment-with-dashes", VALUE ("<!-- a -- b -->"), NOT_XML ("*") },
  { "garbage-after-the-end", VALUE ("a") "garbage", NOT_XML ("*") },
  { "element-after-the-end", VALUE ("a") "<a/>", NOT_XML ("*") },
  { "second-message", VALUE ("a") VALUE ("b"), NOT_XML ("*") },
  { "lines", "Oops\r\n\tNo database\n", NOTHING_LIKE_XML ("Oops   No database \"") },
  { "text-before-the-declaration", "a" VALUE ("a"), NOTHING_LIKE_XML ("a<?xml *\"...") },
  { "xml-1.0-declaration-twice", "<?xml version=\"1.0\"?>" VALUE ("a"), NOT_XML ("*") },
  { "html-5", "<!DOCTYPE html>\n<html><head><title>404</title></head></html>", DOCTYPE ("1") },
  { "html", "<html><body><p>404<br></body></html>", MESSAGE ("expected <methodResponse>, got <html> (line 1)") },

  /* Document types. */
  { "doctype", "<?xml version=\"1.0\"?>\n<!DOCTYPE methodResponse>\n<methodResponse/>", DOCTYPE ("2") },
  { "doctype-external", "<!DOCTYPE methodResponse SYSTEM \"http://localhost:9/a.dtd\"><methodResponse/>", DOCTYPE ("1") },
  { "doctype-public", "<!DOCTYPE methodResponse PUBLIC \"a\" \"file:///etc/passwd\"><methodResponse/>", DOCTYPE ("1") },
  { "doctype-internal", "<!DOCTYPE methodResponse [<!ELEMENT a ANY>]><methodResponse/>", DOCTYPE ("1") },
  { "external-entity",
    "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><methodResponse><params><param><value>&x;</value></param>"
    "</params></methodResponse>", DOCTYPE ("1") },
  { "parameter-entity", "<!DOCTYPE a [<!ENTITY % x SYSTEM \"http://localhost:9/\"> %x;]><methodResponse/>", DOCTYPE ("1") },
  { "billion-laughs",
    "<!DOCTYPE a [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]>"
    "<methodResponse><params><param><value>&c;</value></param></params></methodResponse>", DOCTYPE ("1") },
  { "doctype-in-small-letters", "<!doctype html><html></html>", DOCTYPE ("1") },
  { "doctype-behind-the-message", VALUE ("a") "<!DOCTYPE a>", NOT_XML ("*") },
  { "cdata-in-small-letters", VALUE ("<![cdata[a]]>"), NOT_XML ("*") },
  { "cdata-before-the-message", "<![CDATA[ ]]>" VALUE ("a"), NOT_XML ("*") },
  { "cdata-behind-the-message", VALUE ("a") "<![CDATA[ ]]>", NOT_XML ("*") },
  { "cdata-within-a-reference", VALUE ("<!-- a -->&am<![CDATA[p;]]>"), NOT_XML ("*") },
  { "doctype-in-the-message", VALUE ("<!DOCTYPE a>"), NOT_XML ("*") },
  { "unknown-entity", VALUE ("a&nbsp;b"), NOT_XML ("*nbsp*") },

  /* Characters. */
  { "nul-reference", VALUE ("a&#0;b"), NOT_XML ("*") },
  { "control-reference", VALUE ("a&#27;b"), NOT_XML ("*") },
  { "high-surrogate-reference", VALUE ("a&#xD83D;b"), NOT_XML ("*") },
  { "surrogate-references", VALUE ("a&#xD83D;&#xDE00;b"), NOT_XML ("*") },
  { "u+fffe-reference", VALUE ("a&#xFFFE;b"), NOT_XML ("*") },
  { "u+ffff-reference", VALUE ("a&#65535;b"), NOT_XML ("*") },
  { "reference-above-unicode", VALUE ("a&#x110000;b"), NOT_XML ("*") },
  { "reference-overflow", VALUE ("a&#x100000041;b"), NOT_XML ("*") },
  { "reference-without-number", VALUE ("a&#;b"), NOT_XML ("*") },
  { "reference-without-end", VALUE ("a&#65 b"), NOT_XML ("*") },
  { "control-character", VALUE ("a\x1b" "b"), NOT_XML ("*") },
  { "not-shift-jis", VALUE ("a\x81\xFF" "b"), .charset = "Shift_JIS",
    NOT_XML ("bytes that are no characters in its encoding") },
  { "control-character-in-cdata", VALUE ("<![CDATA[a\x01" "b]]>"), NOT_XML ("*") },
  { "control-character-in-name", MEMBERS (MEMBER ("a\x02", "1")), NOT_XML ("*") },
  { "u+fffe", VALUE ("a\xEF\xBF\xBE" "b"), NOT_XML ("*") },
  { "u+ffff", VALUE ("a\xEF\xBF\xBF" "b"), NOT_XML ("*") },
  { "latin-1-undeclared", VALUE ("caf\xE9!"), NOT_XML ("bytes that are no characters in its encoding") },
  { "lone-continuation", VALUE ("a\x80" "b"), NOT_XML ("*") },
  { "truncated-2", VALUE ("a\xC3" "b"), NOT_XML ("*") },
  { "truncated-3", VALUE ("a\xE2\x82" "b"), NOT_XML ("*") },
  { "truncated-4", VALUE ("a\xF0\x9F\x98" "b"), NOT_XML ("*") },
  { "overlong-2", VALUE ("a\xC0\xAF" "b"), .code = XML_RPC_ERROR_NOT_WELL_FORMED, .message = NOT_CHARACTERS (4) },
  { "overlong-3", VALUE ("a\xE0\x80\xAF" "b"), .code = XML_RPC_ERROR_NOT_WELL_FORMED, .message = NOT_CHARACTERS (4) },
  { "overlong-4", VALUE ("a\xF0\x80\x80\xAF" "b"), .code = XML_RPC_ERROR_NOT_WELL_FORMED, .message = NOT_CHARACTERS (4) },
  { "overlong-in-string", VALUE ("<string>a\xC1\x81" "b</string>"), .code = XML_RPC_ERROR_NOT_WELL_FORMED,
    .message = NOT_CHARACTERS (4) },
  { "overlong-in-name", MEMBERS (MEMBER ("a\xE0\x9F\xBF", "1")), .code = XML_RPC_ERROR_NOT_WELL_FORMED,
    .message = NOT_CHARACTERS (4) },
  { "overlong-in-late-name", MEMBERS ("<member><value>1</value><name>a\xE0\x9F\xBF</name></member>"),
    .code = XML_RPC_ERROR_NOT_WELL_FORMED, .message = NOT_CHARACTERS (4) },
  { "overlong-in-date", VALUE (DATE ("1998\xE0\x9F\xBF")), .code = XML_RPC_ERROR_NOT_WELL_FORMED,
    .message = NOT_CHARACTERS (4) },
  { "overlong-in-method-name", "<methodCall><methodName>a\xE0\x9F\xBF</methodName></methodCall>", .is_call = TRUE,
    .code = XML_RPC_ERROR_NOT_WELL_FORMED, .message = NOT_CHARACTERS (1) },
  { "overlong-in-cdata", VALUE ("<string><![CDATA[a\xC1\x81" "b]]></string>"), .code = XML_RPC_ERROR_NOT_WELL_FORMED,
    .message = NOT_CHARACTERS_IN_CDATA (4) },
  { "overlong-in-cdata-number", VALUE ("<int><![CDATA[1\xC1\x81]]></int>"), .code = XML_RPC_ERROR_NOT_WELL_FORMED,
    .message = NOT_CHARACTERS_IN_CDATA (4) },
  { "overlong-in-cdata-method-name", "<methodCall><methodName><![CDATA[a\xC1\x81]]></methodName></methodCall>",
    .is_call = TRUE, .code = XML_RPC_ERROR_NOT_WELL_FORMED, .message = NOT_CHARACTERS_IN_CDATA (1) },
  { "surrogate", VALUE ("a\xED\xA0\xBD" "b"), NOT_XML ("*") },
  { "surrogate-pair", VALUE ("a\xED\xA0\xBD\xED\xB8\x80" "b"), NOT_XML ("*") },
  { "above-unicode", VALUE ("a\xF4\x90\x80\x80" "b"), NOT_XML ("*") },
  { "five-bytes", VALUE ("a\xF8\x88\x80\x80\x80" "b"), NOT_XML ("*") },
  { "byte-ff", VALUE ("a\xFF" "b"), NOT_XML ("*") },
  { "bad-utf-8-in-comment", VALUE ("<!-- caf\xE9 -->"), NOT_XML ("*") },
  { "bad-utf-8-in-tag", RESPONSE ("<val\xFFue/>"), NOT_XML ("*") },
  { "unknown-encoding",
    "<?xml version=\"1.0\" encoding=\"x-klingon\"?><methodResponse><params><param><value>a</value></param></params>"
    "</methodResponse>", NOT_XML ("*ncoding*x-klingon*") },
  { "utf-8-charset-for-latin-1",
    "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><methodResponse><params><param><value>caf\xE9!</value></param></params>"
    "</methodResponse>", .charset = "utf-8", NOT_XML ("bytes that are no characters in its encoding") },
  { "ascii-charset-for-latin-1", VALUE ("caf\xE9!"), .charset = "us-ascii", NOT_XML ("*") },
  { "declared-ascii-for-utf-8",
    "<?xml version=\"1.0\" encoding=\"US-ASCII\"?><methodResponse><params><param><value>caf\xC3\xA9!</value></param>"
    "</params></methodResponse>", NOT_XML ("bytes that are no characters in its encoding*") },

  { "not-shift-jis-in-cdata", VALUE ("<![CDATA[a\x81\xFF" "b]]>"), .charset = "Shift_JIS",
    NOT_XML ("bytes that are no characters in its encoding") },
  { "declared-not-euc-jp",
    "<?xml version=\"1.0\" encoding=\"EUC-JP\"?><methodResponse><params><param><value>a\xA4 b</value></param></params>"
    "</methodResponse>", NOT_XML ("bytes that are no characters in its encoding") },
  { "utf-16-cut-in-a-character", "\xFF\xFE<", NOT_XML ("*") },

  /* Not XML-RPC. */
  { "another-root", "<?xml version=\"1.0\"?>\n<rss version=\"2.0\"/>", MESSAGE ("expected <methodResponse>, got <rss> (line 2)") },
  { "value-as-root", "<value><int>1</int></value>", MESSAGE ("expected <methodResponse>, got <value> (line 1)") },
  { "call-for-response", CALL (""), MESSAGE ("expected <methodResponse>, got <methodCall> (line 2)") },
  { "response-for-call", VALUE ("a"), .is_call = TRUE, MESSAGE ("expected <methodCall>, got <methodResponse> (line 2)") },
  { "another-root-for-call", "<a/>", .is_call = TRUE, MESSAGE ("expected <methodCall>, got <a> (line 1)") },
  { "wrong-case", "<methodresponse/>", MESSAGE ("expected <methodResponse>, got <methodresponse> (line 1)") },
  { "no-method-name", "<methodCall>\n<params/></methodCall>", .is_call = TRUE,
    MESSAGE ("a <methodCall> without a <methodName> (line 2)") },
  { "empty-method-name", "<methodCall><methodName> </methodName><params/></methodCall>", .is_call = TRUE,
    MESSAGE ("expected the name of a method, got an empty <methodName> (line 1)") },
  { "two-method-names", "<methodCall><methodName>a</methodName><methodName>b</methodName></methodCall>", .is_call = TRUE,
    MESSAGE ("a second <methodName> (line 1)") },
  { "method-name-in-response", "<methodResponse><methodName>a</methodName></methodResponse>",
    MESSAGE ("unexpected element <methodName> in <methodResponse> (line 1)") },
  { "element-in-method-name", "<methodCall><methodName><b>a</b></methodName></methodCall>", .is_call = TRUE,
    MESSAGE ("unexpected element <b> in <methodName> (line 1)") },
  { "fault-in-call", "<methodCall><fault/></methodCall>", .is_call = TRUE,
    MESSAGE ("unexpected element <fault> in <methodCall> (line 1)") },
  { "two-params-in-response", RESPONSE ("<value>a</value></param>\n<param><value>b</value>"),
    MESSAGE ("params*: expected one <param> in a response, got more (line 5)") },
  { "two-paramses", "<methodResponse><params/>\n<params/></methodResponse>",
    MESSAGE ("<params> a second time, or beside <fault> (line 2)") },
  { "two-paramses-in-call", "<methodCall><params/>\n<params/></methodCall>", .is_call = TRUE,
    MESSAGE ("<params> a second time* (line 2)") },
  { "fault-and-params", "<methodResponse><fault><value><struct>" MEMBER ("faultCode", "<int>1</int>")
    "</struct></value></fault><params/></methodResponse>", MESSAGE ("<params> a second time, or beside <fault> (line 1)") },
  { "params-and-fault", "<methodResponse><params/><fault/></methodResponse>",
    MESSAGE ("<fault> a second time, or beside <params> (line 1)") },
  { "two-values-in-param", RESPONSE ("<value>a</value><value>b</value>"),
    MESSAGE ("params[0]: two values in one <param> (line 4)") },
  { "no-value-in-param", RESPONSE (""), MESSAGE ("params[0]: a <param> without a <value> (line 4)") },
  { "no-value-in-second-param", CALL ("<param><value>a</value></param><param/>"), .is_call = TRUE,
    MESSAGE ("params[1]: a <param> without a <value> (line 4)") },
  { "type-in-param", RESPONSE ("<int>1</int>"), MESSAGE ("params[0]: unexpected element <int> in <param> (line 4)") },
  { "value-in-params", "<methodResponse><params><value>a</value></params></methodResponse>",
    MESSAGE ("params: unexpected element <value> in <params> (line 1)") },
  { "unknown-type", VALUE ("<integer>1</integer>"), MESSAGE ("params[0]: unexpected element <integer> in <value> (line 4)") },
  { "unknown-type-deep-within", ITEMS ("<value>a</value><value><struct>" MEMBER ("b", "<x>1</x>") "</struct></value>"),
    MESSAGE ("params[0][1].b: unexpected element <x> in <value> (line 4)") },
  { "long-unknown-type",
    VALUE ("<xééééééééééééééééééééééééééééééééééééééééééééééééééééééé-éééééééééééééééééé/>"),
    MESSAGE ("params[0]: unexpected element <*> in <value> (line 4)") },
  { "long-root", "<xééééééééééééééééééééééééééééééééééééééééééééééééééééééé-éééééééééééééééééé/>",
    MESSAGE ("expected <methodResponse>, got <*> (line 1)") },
  { "value-in-value", VALUE ("<value>a</value>"), MESSAGE ("params[0]: unexpected element <value> in <value> (line 4)") },
  { "value-in-array", VALUE ("<array><value>a</value></array>"),
    MESSAGE ("params[0]: unexpected element <value> in <array> (line 4)") },
  { "type-in-data", ITEMS ("<int>1</int>"), MESSAGE ("params[0]: unexpected element <int> in <data> (line 4)") },
  { "value-in-struct", MEMBERS ("<value>a</value>"),
    MESSAGE ("params[0]: unexpected element <value> in <struct> (line 4)") },
  { "element-in-string", VALUE ("<string>a<b>c</b></string>"),
    MESSAGE ("params[0]: unexpected element <b> in <string> (line 4)") },
  { "element-in-int", VALUE ("<int><int>1</int></int>"), MESSAGE ("params[0]: unexpected element <int> in <int> (line 4)") },
  { "element-in-nil", VALUE ("<nil><int>1</int></nil>"), MESSAGE ("params[0]: unexpected element <int> in <nil> (line 4)") },
  { "element-in-name", MEMBERS (MEMBER ("<string>a</string>", "1")),
    MESSAGE ("params[0]*: unexpected element <string> in <name> (line 4)") },
  { "two-datas", VALUE ("<array><data/><data/></array>"), MESSAGE ("params[0]: a second <data> in an <array> (line 4)") },
  { "two-types", VALUE ("<int>1</int><int>2</int>"), MESSAGE ("params[0]: two types in one <value> (line 4)") },
  { "text-before-type", VALUE ("a<int>1</int>"), MESSAGE ("params[0]: text beside <int> in a <value> (line 4)") },
  { "text-behind-type", VALUE ("<int>1</int>a"), MESSAGE ("params[0]: unexpected text in <value> (line 4)") },
  { "text-in-nil", VALUE ("<nil>a</nil>"), MESSAGE ("params[0]: unexpected text in <nil> (line 4)") },
  { "text-in-response", "<methodResponse>a</methodResponse>", MESSAGE ("unexpected text in <methodResponse> (line 1)") },
  { "text-in-call", "<methodCall>a</methodCall>", .is_call = TRUE, MESSAGE ("unexpected text in <methodCall> (line 1)") },
  { "text-in-params", "<methodResponse><params>a</params></methodResponse>",
    MESSAGE ("params: unexpected text in <params> (line 1)") },
  { "text-in-param", RESPONSE ("a"), MESSAGE ("params[0]: unexpected text in <param> (line 4)") },
  { "text-in-fault", "<methodResponse><fault>a</fault></methodResponse>",
    MESSAGE ("fault: unexpected text in <fault> (line 1)") },
  { "text-in-array", VALUE ("<array>a<data/></array>"), MESSAGE ("params[0]: unexpected text in <array> (line 4)") },
  { "text-in-data", ITEMS ("<value/>a"), MESSAGE ("params[0]*: unexpected text in <data> (line 4)") },
  { "text-in-struct", MEMBERS ("a"), MESSAGE ("params[0]: unexpected text in <struct> (line 4)") },
  { "text-in-member", MEMBERS ("<member>a</member>"), MESSAGE ("params[0]*: unexpected text in <member> (line 4)") },
  { "member-without-name", MEMBERS ("<member><value>a</value></member>"),
    MESSAGE ("params[0].?: a member without a name (line 4)") },
  { "member-without-value", MEMBERS ("<member><name>a</name></member>"),
    MESSAGE ("params[0].a: a member without a value (line 4)") },
  { "empty-member", MEMBERS ("<member/>"), MESSAGE ("params[0].?: a member without a name (line 4)") },
  { "member-with-two-names", MEMBERS ("<member><name>a</name><name>b</name></member>"),
    MESSAGE ("params[0].a: a member with two names (line 4)") },
  { "member-with-two-values", MEMBERS ("<member><name>a</name><value>b</value><value>c</value></member>"),
    MESSAGE ("params[0].a: two values in one <member> (line 4)") },

  /* Values. */
  { "int-above", VALUE ("<int>2147483648</int>"),
    INVALID ("params[0]: expected an integer " INT_RANGE ", got \"2147483648\" (line 4)") },
  { "int-below", VALUE ("<i4>-2147483649</i4>"),
    INVALID ("params[0]: expected an integer " INT_RANGE ", got \"-2147483649\" (line 4)") },
  { "int-far-above", VALUE ("<int>99999999999999999999999</int>"),
    INVALID ("params[0]: expected an integer " INT_RANGE ", got \"99999999999999999999999\" (line 4)") },
  { "i1-above", VALUE ("<i1>128</i1>"), INVALID ("params[0]: expected an integer from -128 to 127, got \"128\" (line 4)") },
  { "i1-below", VALUE ("<i1>-129</i1>"), INVALID ("params[0]: expected an integer from -128 to 127, got \"-129\" (line 4)") },
  { "i2-above", VALUE ("<i2>32768</i2>"),
    INVALID ("params[0]: expected an integer from -32768 to 32767, got \"32768\" (line 4)") },
  { "i2-below", VALUE ("<i2>-32769</i2>"),
    INVALID ("params[0]: expected an integer from -32768 to 32767, got \"-32769\" (line 4)") },
  { "i8-above", VALUE ("<i8>9223372036854775808</i8>"),
    INVALID ("params[0]: expected an integer " I8_RANGE ", got \"9223372036854775808\" (line 4)") },
  { "i8-below", VALUE ("<i8>-9223372036854775809</i8>"),
    INVALID ("params[0]: expected an integer " I8_RANGE ", got \"-9223372036854775809\" (line 4)") },
  { "empty-int", VALUE ("<int></int>"), INVALID ("params[0]: expected an integer, got \"\" (line 4)") },
  { "word-as-int", VALUE ("<int>four</int>"), INVALID ("params[0]: expected an integer, got \"four\" (line 4)") },
  { "fraction-as-int", VALUE ("<int>1.0</int>"), INVALID ("params[0]: expected an integer, got \"1.0\" (line 4)") },
  { "two-numbers-as-int", VALUE ("<int>1 2</int>"), INVALID ("params[0]: expected an integer, got \"1 2\" (line 4)") },
  { "two-signs", VALUE ("<int>+-1</int>"), INVALID ("params[0]: expected an integer, got \"+-1\" (line 4)") },
  { "hexadecimal-int", VALUE ("<int>0x10</int>"), INVALID ("params[0]: expected an integer, got \"0x10\" (line 4)") },
  { "other-digits", VALUE ("<int>٣</int>"), INVALID ("params[0]: expected an integer, got \"٣\" (line 4)") },
  { "long-int", VALUE ("<int>xééééééééééééééééééééé!</int>"),
    INVALID ("params[0]: expected an integer, got \"*\"... (line 4)") },
  { "empty-double", VALUE ("<double/>"), INVALID ("params[0]: expected a number, got \"\" (line 4)") },
  { "word-as-double", VALUE ("<double>pi</double>"), INVALID ("params[0]: expected a number, got \"pi\" (line 4)") },
  { "comma-in-double", VALUE ("<double>1,5</double>"), INVALID ("params[0]: expected a number, got \"1,5\" (line 4)") },
  { "hexadecimal-double", VALUE ("<double>0x1p3</double>"), INVALID ("params[0]: expected a number, got \"0x1p3\" (line 4)") },
  { "double-above", VALUE ("<double>1e309</double>"),
    INVALID ("params[0]: expected a number that a double can hold, got \"1e309\" (line 4)") },
  { "boolean-2", VALUE ("<boolean>2</boolean>"), INVALID ("params[0]: expected 0 or 1, got \"2\" (line 4)") },
  { "boolean-empty", VALUE ("<boolean/>"), INVALID ("params[0]: expected 0 or 1, got \"\" (line 4)") },
  { "boolean-yes", VALUE ("<boolean>yes</boolean>"), INVALID ("params[0]: expected 0 or 1, got \"yes\" (line 4)") },
  { "base64-character", VALUE ("<base64>AA*A</base64>"),
    INVALID ("params[0]: expected base64, got the character * (line 4)") },
  { "base64-not-ascii", VALUE ("<base64>AAéA</base64>"),
    INVALID ("params[0]: expected base64, got the byte 0xc3 (line 4)") },
  { "base64-cut", VALUE ("<base64>AAAAA</base64>"),
    INVALID ("params[0]: expected base64, got text that ends within a group of characters (line 4)") },
  { "base64-padding-first", VALUE ("<base64>=AAA</base64>"),
    INVALID ("params[0]: expected base64, got a = that does not end it (line 4)") },
  { "base64-too-much-padding", VALUE ("<base64>AAA===</base64>"),
    INVALID ("params[0]: expected base64, got a = that does not end it (line 4)") },
  { "base64-behind-padding", VALUE ("<base64>AA==AAAA</base64>"),
    INVALID ("params[0]: expected base64, got a = that does not end it (line 4)") },
  { "value-error-in-array", ITEMS ("<value>a</value>\n<value><int>x</int></value>"),
    INVALID ("params[0][1]: expected an integer, got \"x\" (line 5)") },
  { "value-error-in-member", MEMBERS (MEMBER ("a", "b") "\n" MEMBER ("c-d", "<boolean>x</boolean>")),
    INVALID ("params[0].c-d: expected 0 or 1, got \"x\" (line 5)") },

  /* Types that nothing could be read into. */
  { "handle-type", VALUE ("<int>1</int>"), .type = "h", .code = XML_RPC_ERROR_UNSUPPORTED_TYPE,
    .message = "XML-RPC has no form for the expected type \"h\"*" },
  { "handle-type-and-no-xml", "Internal Server Error", .type = "h", .code = XML_RPC_ERROR_UNSUPPORTED_TYPE,
    .message = "XML-RPC has no form for the expected type \"h\" (line 1)" },
  { "int-keys-type", MEMBERS (""), .type = "aa{is}", .code = XML_RPC_ERROR_UNSUPPORTED_TYPE,
    .message = "XML-RPC has no form for the expected type \"{is}\"*" },

  /* Faults. */
  { "fault", FAULT (MEMBER ("faultCode", "<int>4</int>") MEMBER ("faultString", "Too many parameters.")), .is_fault = TRUE,
    .code = 4, .message = "Too many parameters." },
  { "fault-and-type", FAULT (MEMBER ("faultCode", "<int>-32601</int>") MEMBER ("faultString", "<string>é</string>")),
    .type = "as", .is_fault = TRUE, .code = -32601, .message = "é" },
  { "fault-in-reverse", FAULT (MEMBER ("faultString", "a") MEMBER ("faultCode", "<i8>5</i8>")), .is_fault = TRUE,
    .code = 5, .message = "a" },
  { "fault-code-as-text", FAULT (MEMBER ("faultCode", "5") MEMBER ("faultString", "a")), .is_fault = TRUE, .code = 5,
    .message = "a" },
  { "fault-code-0", FAULT (MEMBER ("faultCode", "<int>0</int>") MEMBER ("faultString", "a")), .is_fault = TRUE,
    .code = 0, .message = "a" },
  { "fault-with-more", FAULT (MEMBER ("faultCode", "<int>1</int>") MEMBER ("faultString", "a")
                              MEMBER ("detail", "<array><data/></array>")), .is_fault = TRUE, .code = 1, .message = "a" },
  { "fault-without-string", FAULT (MEMBER ("faultCode", "<int>1</int>")), .is_fault = TRUE, .code = 1, .message = "" },
  { "fault-without-code", FAULT (MEMBER ("faultString", "a")),
    MESSAGE ("expected a fault with an integer faultCode and a faultString, got one without") },
  { "fault-with-word-as-code", FAULT (MEMBER ("faultCode", "x") MEMBER ("faultString", "a")),
    MESSAGE ("expected a fault with an integer faultCode and a faultString, got one without") },
  { "fault-with-large-code", FAULT (MEMBER ("faultCode", "<i8>2147483648</i8>") MEMBER ("faultString", "a")),
    MESSAGE ("expected a faultCode of 32 bits, got 2147483648") },
  { "fault-of-text", "<methodResponse><fault><value>a</value></fault></methodResponse>",
    MESSAGE ("expected a fault with an integer faultCode and a faultString, got one without") },
  { "fault-without-value", "<methodResponse><fault/></methodResponse>",
    MESSAGE ("fault: a <fault> without a <value> (line 1)") },
  { "fault-with-two-values", "<methodResponse><fault><value/><value/></fault></methodResponse>",
    MESSAGE ("fault: two values in one <fault> (line 1)") },
  { "two-faults", "<methodResponse><fault><value/></fault><fault/></methodResponse>",
    MESSAGE ("<fault> a second time, or beside <params> (line 1)") },
  { "fault-with-bad-value", FAULT (MEMBER ("faultCode", "<int>x</int>")),
    INVALID ("fault.faultCode: expected an integer, got \"x\" (line 3)") },
  { NULL }
};

GBytes *
document_get_bytes (const Document *self)
{
  const char *encoding = self->encoding != NULL ? self->encoding : "UTF-8";
  gsize length = strlen (self->xml);
  char *bytes;

  if (self->encoding == NULL)
    return g_bytes_new_static (self->xml, length);

  bytes = g_convert (self->xml, length, encoding, "UTF-8", NULL, &length, NULL);
  g_assert_nonnull (bytes);
  return g_bytes_new_take (bytes, length);
}

XmlRpcDecoder *
document_new_decoder (const Document *self)
{
  const GVariantType *type = self->type != NULL ? G_VARIANT_TYPE (self->type) : NULL;
  XmlRpcDecoder *decoder;

  decoder = self->is_call ? xml_rpc_decoder_new_call (type) : xml_rpc_decoder_new_response (type);
  xml_rpc_decoder_set_charset (decoder, self->charset);

  return decoder;
}

static GVariant *
finish_call (XmlRpcDecoder  *decoder,
             GError        **error)
{
  g_autofree char *method_name = NULL;
  g_autoptr (GVariant) params = NULL;

  if (!xml_rpc_decoder_finish_call (decoder, &method_name, &params, error))
    return NULL;

  g_assert_false (g_variant_is_floating (params));
  return g_variant_ref_sink (g_variant_new ("(s@*)", method_name, params));
}

/* Takes the decoder. */
static GVariant *
decode_with (const Document  *self,
             XmlRpcDecoder   *new_decoder,
             gsize            first,
             gsize            others,
             GError         **error)
{
  g_autoptr (GBytes) bytes = document_get_bytes (self);
  g_autoptr (XmlRpcDecoder) decoder = new_decoder;
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  gsize size = first;

  while (length > 0)
    {
      /* A copy of its own, so that reading past its end is seen. */
      g_autofree char *piece = g_memdup2 (data, MIN (size, length));

      if (!xml_rpc_decoder_feed (decoder, piece, MIN (size, length), error))
        return NULL;
      data += MIN (size, length);
      length -= MIN (size, length);
      size = others;
    }

  return self->is_call ? finish_call (decoder, error) : xml_rpc_decoder_finish_response (decoder, error);
}

GVariant *
document_decode (const Document  *self,
                 gsize            first,
                 gsize            others,
                 GError         **error)
{
  return decode_with (self, document_new_decoder (self), first, others, error);
}

GVariant *
document_decode_without_scanner (const Document  *self,
                                 gsize            first,
                                 gsize            others,
                                 GError         **error)
{
  XmlRpcDecoder *decoder = document_new_decoder (self);

  xml_rpc_decoder_disable_scanner (decoder);

  return decode_with (self, decoder, first, others, error);
}

/* Only * stands for others: paths have question marks. */
static gboolean
matches (const char *pattern,
         const char *text)
{
  for (; *pattern != '*'; pattern++, text++)
    {
      if (*pattern != *text)
        return FALSE;
      if (*pattern == '\0')
        return TRUE;
    }

  do
    {
      if (matches (pattern + 1, text))
        return TRUE;
    }
  while (*text++ != '\0');

  return FALSE;
}

static void
assert_error (const Document *self,
              const GError   *error)
{
  GQuark domain = self->is_fault ? XML_RPC_FAULT : XML_RPC_ERROR;

  g_assert_error (error, domain, self->code);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  if (!matches (self->message, error->message))
    g_error ("expected the message: %s\ngot: %s", self->message, error->message);
}

static void
assert_normal (GVariant *value)
{
  g_autoptr (GBytes) bytes = g_variant_get_data_as_bytes (value);
  g_autoptr (GVariant) untrusted = NULL;

  untrusted = g_variant_ref_sink (g_variant_new_from_bytes (g_variant_get_type (value), bytes, FALSE));
  g_assert_true (g_variant_is_normal_form (untrusted));
}

void
document_assert (const Document *self,
                 GVariant       *value,
                 const GError   *error)
{
  g_autoptr (GVariant) expected = NULL;

  if (self->value == NULL)
    {
      g_assert_null (value);
      assert_error (self, error);
      return;
    }

  g_assert_no_error (error);
  g_assert_nonnull (value);
  g_assert_false (g_variant_is_floating (value));
  assert_normal (value);

  expected = g_variant_ref_sink (g_variant_new_parsed (self->value));
  g_assert_cmpvariant (value, expected);
}

void
document_test (gconstpointer document)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value = document_decode (document, G_MAXSIZE, 0, &error);

  document_assert (document, value, error);
}

void
documents_for_each (const Document *table,
                    const char     *path,
                    GTestDataFunc   func)
{
  for (const Document *document = table; document->name != NULL; document++)
    {
      g_autofree char *full_path = g_strconcat (path, "/", document->name, NULL);

      g_test_add_data_func (full_path, document, func);
    }
}

static GVariant *
decode_as (GBytes             *body,
           const GVariantType *type)
{
  g_autoptr (GError) error = NULL;
  GVariant *value = xml_rpc_decode_response (body, type, &error);

  g_assert_no_error (error);
  return value;
}

GVariant *
decode_value (const char *xml,
              const char *type)
{
  g_autoptr (GBytes) body = g_bytes_new (xml, strlen (xml));

  return decode_as (body, type != NULL ? G_VARIANT_TYPE (type) : NULL);
}

GVariant *
decode_naturally (GBytes *body)
{
  return decode_as (body, NULL);
}

GBytes *
encode_value (GVariant *value)
{
  g_autoptr (GError) error = NULL;
  GBytes *body = xml_rpc_encode_response (value, &error);

  g_assert_no_error (error);
  return body;
}
