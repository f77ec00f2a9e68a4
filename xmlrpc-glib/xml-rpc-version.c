/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <xmlrpc-glib/xml-rpc-version-macros.h>

/**
 * xml_rpc_get_major_version:
 *
 * Gets the major version of the library that the program runs with.
 *
 * Returns: the major version
 *
 * Since: 1.0
 */
guint
xml_rpc_get_major_version (void)
{
  return XML_RPC_MAJOR_VERSION;
}

/**
 * xml_rpc_get_minor_version:
 *
 * Gets the minor version of the library that the program runs with.
 *
 * Returns: the minor version
 *
 * Since: 1.0
 */
guint
xml_rpc_get_minor_version (void)
{
  return XML_RPC_MINOR_VERSION;
}

/**
 * xml_rpc_get_micro_version:
 *
 * Gets the micro version of the library that the program runs with.
 *
 * Returns: the micro version
 *
 * Since: 1.0
 */
guint
xml_rpc_get_micro_version (void)
{
  return XML_RPC_MICRO_VERSION;
}

/**
 * xml_rpc_check_version:
 * @major: the required major version
 * @minor: the required minor version
 * @micro: the required micro version
 *
 * Checks whether the program runs with this version of the library or a newer one.
 *
 * [func@XmlRpc.CHECK_VERSION] checks the version that the program is compiled with.
 *
 * Returns: %TRUE if the program runs with this version of the library or a
 *   newer one
 *
 * Since: 1.0
 */
gboolean
xml_rpc_check_version (guint major,
                       guint minor,
                       guint micro)
{
  return XML_RPC_CHECK_VERSION (major, minor, micro);
}
