#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Write the table that xml-rpc-powers-of-ten-private.h declares.

Python's integers are exact, so no entry can be off by a rounding error.
"""

import sys

FIRST, LAST = -292, 324
WORD = (1 << 64) - 1


def leading_bits(exponent):
    """The leading 128 bits of 10 ** exponent, rounded up."""
    if exponent >= 0:
        power = 10 ** exponent
        shift = power.bit_length() - 128
        return -(-power >> shift) if shift > 0 else power << -shift
    divisor = 10 ** -exponent
    # 2^(n-1) < divisor < 2^n, so the quotient lies between 2^127 and 2^128.
    return -(-(1 << divisor.bit_length() + 127) // divisor)


def main(path):
    with open(path, 'w', encoding='ascii') as out:
        out.write('/* Written by generate-powers-of-ten.py. */\n\n'
                  '#include "codec/xml-rpc-powers-of-ten-private.h"\n\n'
                  'const XmlRpcUint128 xml_rpc_powers_of_ten[] = {\n')
        for exponent in range(FIRST, LAST + 1):
            bits = leading_bits(exponent)
            assert bits.bit_length() == 128
            out.write('  { G_GUINT64_CONSTANT (0x%016x), G_GUINT64_CONSTANT (0x%016x) }, /* %d */\n'
                      % (bits >> 64, bits & WORD, exponent))
        out.write('};\n')


if __name__ == '__main__':
    main(sys.argv[1])
