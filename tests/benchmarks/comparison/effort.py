# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""How long to measure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Effort:
    rounds: int
    # At least, of one library in one round.
    seconds: float
    call_rounds: int
    calls: int
    growth: int
    counts_instructions: bool


COMPLETE = Effort(rounds=4, seconds=0.1, call_rounds=10, calls=512,
                  growth=10**9, counts_instructions=True)
QUICK = Effort(rounds=3, seconds=0.02, call_rounds=3, calls=256,
               growth=10**7, counts_instructions=False)
