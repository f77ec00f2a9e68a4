# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Runs unittest's tests with the output that Meson reads, TAP."""

import sys
import unittest


class TapResult(unittest.TestResult):
    def report(self, word, test, comment=''):
        name = ' '.join(test.id().removeprefix('__main__.').split())
        print(f'{word} {self.testsRun} {name}{comment}', flush=True)

    def addSuccess(self, test):
        super().addSuccess(test)
        self.report('ok', test)

    def addFailure(self, test, err):
        super().addFailure(test, err)
        print(self.failures[-1][1], file=sys.stderr)
        self.report('not ok', test)

    def addError(self, test, err):
        super().addError(test, err)
        print(self.errors[-1][1], file=sys.stderr)
        self.report('not ok', test)

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is not None:
            kind = self.failures if issubclass(
                err[0], test.failureException) else self.errors
            print(kind[-1][1], file=sys.stderr)
            self.report('not ok', subtest)

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self.report('ok', test, f' # SKIP {reason}')


def main():
    suite = unittest.defaultTestLoader.loadTestsFromName('__main__')
    result = TapResult()
    suite.run(result)
    # At the end, for what fails before the first test is no test's.
    print(f'1..{result.testsRun}')
    sys.exit(not result.wasSuccessful())
