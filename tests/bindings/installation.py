# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The library, installed into an empty directory."""

import os
import re
import subprocess
import tempfile
from pathlib import Path

SOURCES = Path(os.environ['G_TEST_SRCDIR']).parent
TIMEOUT = 300


def run(*command, **options):
    result = subprocess.run(command, check=False, text=True, timeout=TIMEOUT,
                            stdout=subprocess.PIPE, **options)
    assert result.returncode == 0, f'{command} ended with {result.returncode}'
    return result.stdout


class Installation:
    """What is built already, below another root; and the environment in which
    it is found."""

    def __init__(self, root, build, meson):
        self.root = Path(root)
        run(meson, 'install', '-C', build, '--no-rebuild', '--quiet',
            '--destdir', self.root)
        self._relocate_package()
        self.environment = self._make_environment(build)

    def find(self, name):
        """Returns the directory of what is installed under a name."""
        found = list(self.root.rglob(name))
        assert len(found) == 1, f'{name}: {found}'
        return found[0].parent

    def run(self, *command, **options):
        return run(*command, env=self.environment, cwd=self.root, **options)

    def _relocate_package(self):
        """Lets the package know that it is below another root."""
        file = self.find('xmlrpc-glib-1.0.pc') / 'xmlrpc-glib-1.0.pc'
        file.write_text(re.sub(r'^prefix=', f'prefix={self.root}',
                               file.read_text(), flags=re.MULTILINE))

    def _get_python_path(self, environment):
        """What is there already, behind that of the overrides."""
        overrides = self.root.rglob('gi/overrides/XmlRpc')
        paths = [str(path.parents[2]) for path in overrides]
        return ':'.join([*paths, environment.get('PYTHONPATH', '')])

    def _make_environment(self, build):
        """Points to what is installed, and no longer to what is built."""
        environment = {
            name: ':'.join(path for path in value.split(':')
                           if not path.startswith((build, str(SOURCES))))
            for name, value in os.environ.items()
        }
        return environment | {
            'PATH': ':'.join([*map(str, self.root.rglob('bin')),
                              environment['PATH']]),
            'LD_LIBRARY_PATH': str(self.find('libxmlrpc-glib-1.0.so')),
            'GI_TYPELIB_PATH': str(self.find('XmlRpc-1.0.typelib')),
            'PKG_CONFIG_PATH': str(self.find('xmlrpc-glib-1.0.pc')),
            'PYTHONPATH': self._get_python_path(environment),
            'XDG_DATA_DIRS': f'{self.find("gjs-1.0")}:/usr/local/share:/usr/share',
        }


class PrefixInstallation(Installation):
    """Configured, built and installed as a user does, into a prefix."""

    def __init__(self, prefix, meson):
        self.root = Path(prefix)
        with tempfile.TemporaryDirectory() as build:
            run(meson, 'setup', build, SOURCES, f'--prefix={prefix}',
                '-Doptimization=0', '-Dtests=false',
                '-Dintrospection=enabled', '-Dvapi=enabled')
            run(meson, 'install', '-C', build, '--quiet')
            self.environment = self._make_environment(build)
