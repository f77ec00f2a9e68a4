// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The namespace in C, as XmlRpc.js gets it: newer versions of GJS do not have it in
// imports.gi yet when they read these files.

var XmlRpc = null;

// The function of C, which objects.js replaces by one that returns a plain object.
var objectToStruct = null;
