// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

namespace XmlRpc {
	// Whatever a server answers instead of a value; its code need be none of
	// these. The numbers of the codes are in FaultCode.
	[CCode (cheader_filename = "xmlrpc-glib/xmlrpc-glib.h", cprefix = "XML_RPC_FAULT_")]
	[Version (since = "1.0")]
	public errordomain Fault {
		NOT_WELL_FORMED,
		UNSUPPORTED_ENCODING,
		INVALID_CHARACTER,
		INVALID_XML_RPC,
		METHOD_NOT_FOUND,
		INVALID_PARAMS,
		INTERNAL_ERROR,
		APPLICATION_ERROR,
		SYSTEM_ERROR,
		TRANSPORT_ERROR,
		OTHER_CODE;
		public static GLib.Quark quark ();
	}
}
