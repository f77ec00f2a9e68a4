# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
# For the other namespaces, on systems without the stubs of PyGObject.

from typing import Any

def __getattr__(name: str) -> Any: ...
