/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <xmlrpc-glib/xml-rpc-error.h>

#include "../variant/xml-rpc-buffer-private.h"
#include "xml-rpc-base64-private.h"
#include "xml-rpc-type-private.h"

G_BEGIN_DECLS

/* How deep arrays and structs may be nested: GVariant refuses more than 128 levels, and
 * a member of a struct costs three of them. */
#define XML_RPC_MAX_NESTING 40

typedef struct _XmlRpcSink XmlRpcSink;

/* What a sink does with the tokens. Text is UTF-8, and comes in pieces that are cut
 * anywhere but within a character; bytes in pieces of a multiple of three, but for the
 * last. Where there is no function for a piece it goes to the output as it is. */
typedef struct
{
  void (*begin_param)    (XmlRpcSink *self);
  void (*end_param)      (XmlRpcSink *self);
  void (*begin_array)    (XmlRpcSink *self);
  void (*end_array)      (XmlRpcSink *self, gsize n_items);
  void (*begin_struct)   (XmlRpcSink *self);
  void (*end_struct)     (XmlRpcSink *self);
  /* NULL @name: it comes behind the value, and prepend_name() puts it before that. Without
   * such a function the member begins only then, and what that writes is moved there. */
  void (*begin_member)   (XmlRpcSink *self, const char *name, gsize length);
  void (*prepend_name)   (XmlRpcSink *self, const char *name, gsize length);
  void (*end_member)     (XmlRpcSink *self);  /* may be NULL */
  void (*add_integer)    (XmlRpcSink *self, const XmlRpcType *type, gint64 value);
  void (*add_double)     (XmlRpcSink *self, double value);
  void (*add_boolean)    (XmlRpcSink *self, gboolean value);
  void (*add_nil)        (XmlRpcSink *self);
  void (*begin_text)     (XmlRpcSink *self, const XmlRpcType *type);
  void (*add_text)       (XmlRpcSink *self, const char *text, gsize length);
  void (*end_text)       (XmlRpcSink *self);
  /* All three in one; may be NULL. */
  void (*add_whole_text) (XmlRpcSink *self, const XmlRpcType *type, const char *text, gsize length);
  void (*begin_bytes)    (XmlRpcSink *self);
  void (*add_bytes)      (XmlRpcSink *self, const guint8 *bytes, gsize length);
  void (*end_bytes)      (XmlRpcSink *self);
} XmlRpcSinkOps;

typedef enum
{
  XML_RPC_PLACE_ITEM,     /* an array, or the parameters: the item that came last */
  XML_RPC_PLACE_STRUCT,   /* no member, or between parameters */
  XML_RPC_PLACE_MEMBER,   /* with its name */
  XML_RPC_PLACE_UNNAMED,  /* a member whose name is not known yet */
} XmlRpcPlaceKind;

/* An open array or struct, and where in it the value is that comes. */
typedef struct
{
  XmlRpcPlaceKind  kind;
  gsize            index;       /* how many items or members have begun */
  const char      *name;        /* of the member, as long as that is open; NULL: the one in names */
  gsize            name_length;
  gsize            name_start;
  gsize            position;    /* in the output, of a member without a name */
  gboolean         is_wrapped;  /* for the sink */
} XmlRpcPlace;

/* The middle of the codec: a source tells a value token by token, and a sink makes
 * something else of it. This is the part that all sinks have in common, and what the
 * sources talk to: it knows the place, how deep arrays and structs are nested, and the
 * first error, after which nothing more is told. */
struct _XmlRpcSink
{
  const XmlRpcSinkOps *ops;
  GError              *error;     /* its message begins with the place within the outermost value */
  XmlRpcBuffer         text;      /* what most sinks write */
  XmlRpcBuffer         bytes;     /* on their way to add_bytes() */
  XmlRpcBuffer        *out;       /* what is written into: text, unless a sink has its own */
  XmlRpcBuffer        *room;      /* bytes or out, where there is no add_bytes() */
  const XmlRpcType    *type;      /* of the open text, for the sink */
  XmlRpcBuffer         names;     /* of open members, of sources that have them nowhere else */
  XmlRpcPlace         *place;     /* the innermost one */
  XmlRpcPlace          places[1 + XML_RPC_MAX_NESTING];  /* the first one is around all */
};


/* The first error counts. */
void     xml_rpc_sink_take_error    (XmlRpcSink          *self,
                                     GError              *error);
void     xml_rpc_sink_fail          (XmlRpcSink          *self,
                                     XmlRpcError          code,
                                     const char          *format,
                                     ...) G_GNUC_PRINTF (3, 4);
/* What came is shown as far as it is short, and need not be UTF-8. */
void     xml_rpc_sink_fail_text     (XmlRpcSink          *self,
                                     const char          *expected,
                                     const char          *text,
                                     gsize                length);
void     xml_rpc_sink_fail_nesting  (XmlRpcSink          *self);
/* Where the value is that comes, such as "[3].date". */
void     xml_rpc_sink_append_place  (XmlRpcSink          *self,
                                     GString             *path);
/* The error, with the whole place; @root is what the outermost value is called. */
GError  *xml_rpc_sink_steal_error   (XmlRpcSink          *self,
                                     const char          *root);

/* A number, of any size or not, or a boolean as it stands in a message. */
void     xml_rpc_sink_add_value_text (XmlRpcSink         *self,
                                      const XmlRpcType   *type,
                                      const char         *text,
                                      gsize               length);

/* Bytes in base64, between their begin_bytes() and instead of their end_bytes(). */
void     xml_rpc_sink_add_base64     (XmlRpcSink          *self,
                                      XmlRpcBase64Decoder *decoder,
                                      const char          *text,
                                      gsize                length);
void     xml_rpc_sink_end_base64     (XmlRpcSink          *self,
                                      XmlRpcBase64Decoder *decoder);

#define xml_rpc_sink_add_literal(self, literal) \
  xml_rpc_buffer_append (&(self)->text, (literal), sizeof (literal) - 1)

static inline void
xml_rpc_sink_init (XmlRpcSink          *self,
                   const XmlRpcSinkOps *ops)
{
  /* The places are many, and each is filled when it is entered. */
  memset (self, 0, G_STRUCT_OFFSET (XmlRpcSink, places));
  self->ops = ops;
  self->out = &self->text;
  self->room = &self->bytes;
  self->place = self->places;
  self->place->kind = XML_RPC_PLACE_ITEM;
  self->place->index = 0;
}

static inline gboolean
xml_rpc_sink_has_failed (const XmlRpcSink *self)
{
  return G_UNLIKELY (self->error != NULL);
}

static inline void
xml_rpc_sink_clear (XmlRpcSink *self)
{
  xml_rpc_buffer_clear (&self->text);
  xml_rpc_buffer_clear (&self->bytes);
  xml_rpc_buffer_clear (&self->names);
  if (xml_rpc_sink_has_failed (self))
    g_clear_error (&self->error);
}

/* FALSE if there is an error, which goes to @error; @root is as above. */
static inline gboolean
xml_rpc_sink_propagate (XmlRpcSink  *self,
                        const char  *root,
                        GError     **error)
{
  if (!xml_rpc_sink_has_failed (self))
    return TRUE;

  g_propagate_error (error, xml_rpc_sink_steal_error (self, root));
  return FALSE;
}

/* A parameter is the next value; sinks need not tell it from others at the root. */
static inline void
xml_rpc_sink_begin_param (XmlRpcSink *self)
{
  self->places[0].kind = XML_RPC_PLACE_ITEM;
  self->places[0].index++;
  if (self->ops->begin_param != NULL)
    self->ops->begin_param (self);
}

static inline void
xml_rpc_sink_end_param (XmlRpcSink *self)
{
  self->places[0].kind = XML_RPC_PLACE_STRUCT;
  if (self->ops->end_param != NULL)
    self->ops->end_param (self);
}

/* An item of an array is the next value. */
static inline void
xml_rpc_sink_begin_item (XmlRpcSink *self)
{
  self->place->index++;
}

/* Of an open text. */
static inline void
xml_rpc_sink_add_text (XmlRpcSink *self,
                       const char *text,
                       gsize       length)
{
  if (self->ops->add_text == NULL)
    xml_rpc_buffer_append (self->out, text, length);
  else
    self->ops->add_text (self, text, length);
}

static inline void
xml_rpc_sink_add_bytes (XmlRpcSink   *self,
                        const guint8 *bytes,
                        gsize         length)
{
  if (self->ops->add_bytes == NULL)
    xml_rpc_buffer_append (self->out, bytes, length);
  else
    self->ops->add_bytes (self, bytes, length);
}

/* Of open bytes, room to write some into, and how many there are. */
static inline guint8 *
xml_rpc_sink_reserve_bytes (XmlRpcSink *self,
                            gsize       length)
{
  return xml_rpc_buffer_reserve (self->room, length);
}

static inline void
xml_rpc_sink_commit_bytes (XmlRpcSink *self,
                           gsize       length)
{
  if (self->ops->add_bytes == NULL)
    self->out->length += length;
  else
    self->ops->add_bytes (self, self->room->data, length);
}

static inline void
xml_rpc_sink_add_whole_text (XmlRpcSink       *self,
                             const XmlRpcType *type,
                             const char       *text,
                             gsize             length)
{
  if (self->ops->add_whole_text != NULL)
    {
      self->ops->add_whole_text (self, type, text, length);
      return;
    }

  self->ops->begin_text (self, type);
  xml_rpc_sink_add_text (self, text, length);
  self->ops->end_text (self);
}

static inline gboolean
xml_rpc_sink_enter (XmlRpcSink      *self,
                    XmlRpcPlaceKind  kind)
{
  if (G_UNLIKELY (self->place == &self->places[XML_RPC_MAX_NESTING]))
    {
      xml_rpc_sink_fail_nesting (self);
      return FALSE;
    }

  self->place++;
  self->place->kind = kind;
  self->place->index = 0;
  return TRUE;
}

static inline void
xml_rpc_sink_begin_array (XmlRpcSink *self)
{
  if (xml_rpc_sink_enter (self, XML_RPC_PLACE_ITEM))
    self->ops->begin_array (self);
}

static inline void
xml_rpc_sink_end_array (XmlRpcSink *self)
{
  const gsize n_items = self->place->index;

  self->place--;
  self->ops->end_array (self, n_items);
}

static inline void
xml_rpc_sink_begin_struct (XmlRpcSink *self)
{
  if (xml_rpc_sink_enter (self, XML_RPC_PLACE_STRUCT))
    self->ops->begin_struct (self);
}

static inline void
xml_rpc_sink_end_struct (XmlRpcSink *self)
{
  self->place--;
  self->ops->end_struct (self);
}

/* The name stays where it is until the member ends. */
static inline void
xml_rpc_sink_begin_member (XmlRpcSink *self,
                           const char *name,
                           gsize       length)
{
  XmlRpcPlace *place = self->place;

  place->kind = XML_RPC_PLACE_MEMBER;
  place->index++;
  place->name = name;
  place->name_length = length;
  self->ops->begin_member (self, name, length);
}

/* The member's name is the one at the end of names. */
static inline const char *
xml_rpc_sink_take_collected_name (XmlRpcSink *self)
{
  XmlRpcPlace *place = self->place;

  place->kind = XML_RPC_PLACE_MEMBER;
  place->name = NULL;
  place->name_length = self->names.length - place->name_start;
  return (const char *) self->names.data + place->name_start;
}

static inline void
xml_rpc_sink_begin_collected_member (XmlRpcSink *self)
{
  const char *name = xml_rpc_sink_take_collected_name (self);

  self->place->index++;
  self->ops->begin_member (self, name, self->place->name_length);
}

/* Its name is to come behind its value. */
static inline void
xml_rpc_sink_begin_unnamed_member (XmlRpcSink *self)
{
  XmlRpcPlace *place = self->place;

  place->kind = XML_RPC_PLACE_UNNAMED;
  place->index++;
  place->position = self->out->length;
  if (self->ops->prepend_name != NULL)
    self->ops->begin_member (self, NULL, 0);
}

static inline void
xml_rpc_sink_prepend_collected_name (XmlRpcSink *self)
{
  const char *name = xml_rpc_sink_take_collected_name (self);
  const gsize end = self->out->length;

  if (self->ops->prepend_name != NULL)
    {
      self->ops->prepend_name (self, name, self->place->name_length);
      return;
    }

  self->ops->begin_member (self, name, self->place->name_length);
  xml_rpc_buffer_move_end (self->out, self->place->position, end);
}

static inline void
xml_rpc_sink_end_member (XmlRpcSink *self)
{
  self->place->kind = XML_RPC_PLACE_STRUCT;
  if (self->ops->end_member != NULL)
    self->ops->end_member (self);
}

G_END_DECLS
