/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <xmlrpc-glib/xml-rpc-serializable.h>

#include "xml-rpc-object-place-private.h"

G_BEGIN_DECLS

/* What a property can hold, as far as XML-RPC has a form for it. */
typedef enum
{
  XML_RPC_PROPERTY_UNSUPPORTED,
  XML_RPC_PROPERTY_BOOLEAN,
  XML_RPC_PROPERTY_INTEGER,
  XML_RPC_PROPERTY_DOUBLE,
  XML_RPC_PROPERTY_STRING,
  XML_RPC_PROPERTY_ENUM,
  XML_RPC_PROPERTY_FLAGS,
  XML_RPC_PROPERTY_STRV,
  XML_RPC_PROPERTY_DATE_TIME,
  XML_RPC_PROPERTY_BYTES,
  XML_RPC_PROPERTY_VARIANT,
  XML_RPC_PROPERTY_VALUE,
  XML_RPC_PROPERTY_LIST,
  XML_RPC_PROPERTY_OBJECT,
  XML_RPC_N_PROPERTY_KINDS
} XmlRpcPropertyKind;

typedef struct
{
  const char         *name;
  GParamSpec         *pspec;         /* of an override, what that overrides */
  XmlRpcPropertyKind  kind;
  GParamFlags         flags;
  char               *member_name;   /* NULL: it is not written */
} XmlRpcProperty;

/* How structs become objects of a class, and objects structs. Made once for all the objects
 * of a class that one conversion meets. */
typedef struct
{
  GObjectClass   *klass;
  GObject        *model;          /* an object to ask for other names; NULL: there are none */
  XmlRpcProperty *properties;
  guint           n_properties;
  gboolean        has_lists;
  GHashTable     *by_member;      /* what was found, also where that is nothing */
} XmlRpcMapping;

/* All classes of one conversion. */
typedef struct
{
  GHashTable *by_type;
} XmlRpcMappings;

void                  xml_rpc_mappings_init        (XmlRpcMappings            *self);
void                  xml_rpc_mappings_clear       (XmlRpcMappings            *self);

/* The mapping of a class that objects are to be made of; NULL with an error if there can be
 * none. */
XmlRpcMapping        *xml_rpc_mappings_get         (XmlRpcMappings            *self,
                                                    GType                      type,
                                                    const XmlRpcObjectPlace   *place,
                                                    GError                   **error);
/* That of an object, with the names of its members. */
XmlRpcMapping        *xml_rpc_mappings_get_for     (XmlRpcMappings            *self,
                                                    GObject                   *object,
                                                    const XmlRpcObjectPlace   *place,
                                                    GError                   **error);

/* NULL: none is to be set. @member_name has to stay for as long as the mapping. */
const XmlRpcProperty *xml_rpc_mapping_find         (XmlRpcMapping             *self,
                                                    const char                *member_name);
/* An object of the class, which is the caller's. */
GObject              *xml_rpc_mapping_create       (XmlRpcMapping             *self,
                                                    guint                      n_properties,
                                                    const char                *names[],
                                                    const GValue              *values);

G_END_DECLS
