/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <xmlrpc-glib/xml-rpc-date-time.h>

#include <xmlrpc-glib/xml-rpc-error.h>

#include "../codec/xml-rpc-type-private.h"
#include "xml-rpc-iso8601-private.h"
#include "xml-rpc-natural-form-private.h"
#include "xml-rpc-value-private.h"

/**
 * XmlRpcDateTime:
 *
 * A date and a time of day, the `dateTime.iso8601` of XML-RPC.
 *
 * The XML-RPC specification writes it as `19980717T14:08:55`, without a time zone. It says
 * that the server should document which one it assumes. So the value is the local time of
 * the server, and you tell [method@XmlRpc.DateTime.to_date_time] its zone.
 *
 * Servers also write dates in other ways. The text is kept as it came. These forms of
 * ISO 8601 (calendar dates, sections 4.1.2.2, 4.2 and 4.3 of its edition of 2004) and
 * RFC 3339 (section 5.6) can be read, in the years 0001 to 9999:
 *
 * - the date with or without dashes, the time with or without colons:
 *   `1998-07-17T14:08:55`, `19980717T140855`, and mixtures of them;
 * - a lower-case `t` or white space instead of the `T`;
 * - a fraction of the second, after a point or a comma, of any length; what is
 *   below a microsecond is cut off;
 * - no seconds (`19980717T14:08`), or no time at all (`19980717`), which is
 *   midnight;
 * - `24:00:00`, which is midnight at the end of the day;
 * - `60` for the second, a leap second, which is read as 59, as [struct@GLib.DateTime] does;
 * - a time zone: `Z` or `z`, or an offset from UTC, `+02:00`, `+0200` or `+02`,
 *   which is 14 hours at most either way (XML Schema part 2, section 3.2.7.3);
 * - white space around it and before the zone.
 *
 * Since: 1.0
 */

/* What an object made without a text holds. */
#define EPOCH "19700101T00:00:00"

struct _XmlRpcDateTime
{
  XmlRpcValue parent_instance;
};

struct _XmlRpcDateTimeClass
{
  XmlRpcValueClass parent_class;
};

G_DEFINE_FINAL_TYPE (XmlRpcDateTime, xml_rpc_date_time, XML_RPC_TYPE_VALUE)

enum
{
  PROP_0,
  PROP_ISO8601,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
require (XmlRpcDateTime *self,
         const char     *fallback)
{
  xml_rpc_value_require (XML_RPC_VALUE (self), XML_RPC_VALUE_DATE_TIME,
                         xml_rpc_special_form_new (XML_RPC_VALUE_DATE_TIME, fallback));
}

static void
set_iso8601 (XmlRpcDateTime *self,
             const char     *text)
{
  if (text == NULL)
    return;

  if (g_utf8_validate (text, -1, NULL))
    require (self, text);
  else
    g_critical ("%s: the text of a date is not UTF-8", G_OBJECT_TYPE_NAME (self));
}

static void
xml_rpc_date_time_constructed (GObject *object)
{
  require (XML_RPC_DATE_TIME (object), EPOCH);

  G_OBJECT_CLASS (xml_rpc_date_time_parent_class)->constructed (object);
}

static void
xml_rpc_date_time_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_ISO8601:
      g_value_set_string (value, xml_rpc_date_time_get_iso8601 (XML_RPC_DATE_TIME (object)));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
xml_rpc_date_time_set_property (GObject      *object,
                                guint         prop_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_ISO8601:
      set_iso8601 (XML_RPC_DATE_TIME (object), g_value_get_string (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
xml_rpc_date_time_class_init (XmlRpcDateTimeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = xml_rpc_date_time_constructed;
  object_class->get_property = xml_rpc_date_time_get_property;
  object_class->set_property = xml_rpc_date_time_set_property;

  /**
   * XmlRpcDateTime:iso8601:
   *
   * The text of the date, as it is in the message.
   *
   * A text that is not a date is kept, as one that came from a server is;
   * [ctor@XmlRpc.DateTime.new_from_iso8601] refuses it instead. Without a text the
   * value is `19700101T00:00:00`. A [property@XmlRpc.Value:variant] that is given, too,
   * takes precedence.
   *
   * Since: 1.0
   */
  properties[PROP_ISO8601] =
    g_param_spec_string ("iso8601", NULL, NULL,
                         NULL,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
xml_rpc_date_time_init (XmlRpcDateTime *self)
{
}

/**
 * xml_rpc_date_time_new:
 * @date_time: a date and time
 *
 * Creates a date from what the clock shows at @date_time, in the zone of @date_time.
 *
 * It is written in the form of the XML-RPC specification, `19980717T14:08:55`: the
 * zone, and what is below a second, are left out. First convert @date_time to
 * the zone that the server assumes, with [method@GLib.DateTime.to_utc] for instance.
 *
 * Returns: (transfer full): a new date
 *
 * Since: 1.0
 */
XmlRpcDateTime *
xml_rpc_date_time_new (GDateTime *date_time)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (date_time != NULL, NULL);

  text = g_strdup_printf ("%04d%02d%02dT%02d:%02d:%02d",
                          g_date_time_get_year (date_time),
                          g_date_time_get_month (date_time),
                          g_date_time_get_day_of_month (date_time),
                          g_date_time_get_hour (date_time),
                          g_date_time_get_minute (date_time),
                          g_date_time_get_second (date_time));

  return g_object_new (XML_RPC_TYPE_DATE_TIME, "iso8601", text, NULL);
}

/**
 * xml_rpc_date_time_new_from_unix_utc:
 * @seconds: seconds since 1970-01-01 00:00:00 UTC, without leap seconds, from
 *   -62135596800 (the year 1) to 253402300799 (the year 9999)
 *
 * Creates a date from a moment, in UTC.
 *
 * Returns: (transfer full): a new date
 *
 * Since: 1.0
 */
XmlRpcDateTime *
xml_rpc_date_time_new_from_unix_utc (gint64 seconds)
{
  g_autoptr (GDateTime) date_time = g_date_time_new_from_unix_utc (seconds);

  g_return_val_if_fail (date_time != NULL, NULL);

  return xml_rpc_date_time_new (date_time);
}

/**
 * xml_rpc_date_time_new_from_unix_local:
 * @seconds: seconds since 1970-01-01 00:00:00 UTC, without leap seconds; the
 *   local date must be in the years 1 to 9999
 *
 * Creates a date from a moment, in local time.
 *
 * Returns: (transfer full): a new date
 *
 * Since: 1.0
 */
XmlRpcDateTime *
xml_rpc_date_time_new_from_unix_local (gint64 seconds)
{
  g_autoptr (GDateTime) date_time = g_date_time_new_from_unix_local (seconds);

  g_return_val_if_fail (date_time != NULL, NULL);

  return xml_rpc_date_time_new (date_time);
}

/**
 * xml_rpc_date_time_new_from_iso8601:
 * @text: a date in one of the forms of [class@XmlRpc.DateTime]
 * @error: return location for an error
 *
 * Creates a date from a text, which is kept and written as it is.
 *
 * This fails with [XML_RPC_ERROR_INVALID_VALUE][error@XmlRpc.Error] for a text of
 * no known form, and for a day or a time that does not exist.
 *
 * Returns: (transfer full): a new date
 *
 * Since: 1.0
 */
XmlRpcDateTime *
xml_rpc_date_time_new_from_iso8601 (const char  *text,
                                    GError     **error)
{
  XmlRpcIso8601 fields;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!xml_rpc_iso8601_parse (text, &fields, error))
    return NULL;

  return g_object_new (XML_RPC_TYPE_DATE_TIME, "iso8601", text, NULL);
}

/**
 * xml_rpc_date_time_get_iso8601:
 * @self: a date
 *
 * Gets the text of the date, as it is in the message. For a date that came from a server,
 * it is what the server wrote.
 *
 * Returns: (transfer none): the text
 *
 * Since: 1.0
 */
const char *
xml_rpc_date_time_get_iso8601 (XmlRpcDateTime *self)
{
  g_return_val_if_fail (XML_RPC_IS_DATE_TIME (self), NULL);

  return xml_rpc_special_form_get_text (xml_rpc_value_get_variant (XML_RPC_VALUE (self)));
}

/**
 * xml_rpc_date_time_has_time_zone:
 * @self: a date
 *
 * Checks whether the text says which time zone it is in. Then the date is a moment without
 * further knowledge.
 *
 * Returns: %TRUE if there is a `Z` or an offset from UTC; %FALSE if not, and if
 *   the text has no known form
 *
 * Since: 1.0
 */
gboolean
xml_rpc_date_time_has_time_zone (XmlRpcDateTime *self)
{
  XmlRpcIso8601 fields;

  g_return_val_if_fail (XML_RPC_IS_DATE_TIME (self), FALSE);

  return xml_rpc_iso8601_parse (xml_rpc_date_time_get_iso8601 (self), &fields, NULL) &&
         fields.has_time_zone;
}

/**
 * xml_rpc_date_time_to_date_time:
 * @self: a date
 * @assumed: (nullable): the time zone to take where the text has none; %NULL for
 *   UTC
 * @error: return location for an error
 *
 * Converts the date to a [struct@GLib.DateTime], to the microsecond. It is in the zone of the
 * text, or else in @assumed.
 *
 * When clocks are put forward, a time that they skip becomes the moment of the change. When
 * clocks are put back, a time that they show twice becomes the second of the two, in
 * standard time. [ctor@GLib.DateTime.new] does the same.
 *
 * This fails with [XML_RPC_ERROR_INVALID_VALUE][error@XmlRpc.Error] for a text of
 * no known form, and for a day or a time that does not exist.
 *
 * Returns: (transfer full): a new [struct@GLib.DateTime]
 *
 * Since: 1.0
 */
GDateTime *
xml_rpc_date_time_to_date_time (XmlRpcDateTime  *self,
                                GTimeZone       *assumed,
                                GError         **error)
{
  g_return_val_if_fail (XML_RPC_IS_DATE_TIME (self), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return xml_rpc_iso8601_to_date_time (xml_rpc_date_time_get_iso8601 (self), assumed, error);
}

/**
 * xml_rpc_date_time_to_unix:
 * @self: a date
 * @assumed: (nullable): the time zone to take where the text has none; %NULL for
 *   UTC
 * @seconds: (out): seconds since 1970-01-01 00:00:00 UTC, without leap seconds;
 *   a fraction is rounded down. Only set on success
 * @error: return location for an error
 *
 * Converts the date to the seconds since 1970. [method@XmlRpc.DateTime.to_date_time] tells
 * what becomes of times that a clock shows twice or never, and when this fails.
 *
 * Returns: %TRUE on success
 *
 * Since: 1.0
 */
gboolean
xml_rpc_date_time_to_unix (XmlRpcDateTime  *self,
                           GTimeZone       *assumed,
                           gint64          *seconds,
                           GError         **error)
{
  g_autoptr (GDateTime) date_time = NULL;

  g_return_val_if_fail (XML_RPC_IS_DATE_TIME (self), FALSE);
  g_return_val_if_fail (seconds != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  date_time = xml_rpc_iso8601_to_date_time (xml_rpc_date_time_get_iso8601 (self), assumed, error);
  if (date_time == NULL)
    return FALSE;

  *seconds = g_date_time_to_unix (date_time);
  return TRUE;
}

/* The zone of the text is that of the assumed clock, or UTC where that is off by seconds, as
 * clocks were before there were zones; unless the year 1 has not begun there. */
static gboolean
set_zone (const char     *text,
          XmlRpcIso8601  *fields,
          GTimeZone      *assumed,
          GError        **error)
{
  g_autoptr (GDateTime) date_time = xml_rpc_iso8601_get_date_time (text, fields, assumed, error);

  if (date_time == NULL)
    return FALSE;

  if (g_date_time_get_utc_offset (date_time) % (60 * G_USEC_PER_SEC) != 0)
    {
      GDateTime *utc = g_date_time_to_utc (date_time);

      if (utc != NULL)
        {
          g_date_time_unref (date_time);
          date_time = utc;
        }
    }

  fields->has_time_zone = TRUE;
  fields->utc_offset = (int) (g_date_time_get_utc_offset (date_time) / G_USEC_PER_SEC);
  g_date_time_get_ymd (date_time, &fields->year, &fields->month, &fields->day);
  fields->hour = g_date_time_get_hour (date_time);
  fields->minute = g_date_time_get_minute (date_time);
  fields->second = g_date_time_get_second (date_time);
  return TRUE;
}

/**
 * xml_rpc_date_time_normalize:
 * @text: a date in one of the forms of [class@XmlRpc.DateTime]
 * @assumed: (nullable): the time zone to take where the text has none; %NULL to leave
 *   it out
 *
 * Converts a date to one form, which other programs and languages also read:
 * `1998-07-17T14:08:55`, with six digits of a fraction if there is one, and with an offset from
 * UTC if the text has a zone or @assumed is not %NULL, as in `1998-07-17T14:08:55.500000+02:00`
 * (RFC 3339, section 5.6).
 *
 * [method@XmlRpc.DateTime.to_date_time] tells what becomes of times that a clock shows
 * twice or never. The bindings for Python and JavaScript read all dates with this function.
 *
 * A text that is not a date is not an error, because a message may have thousands of them.
 *
 * Returns: (transfer full) (nullable): the date; %NULL for a text of no known form, and for
 *   a day or a time that does not exist
 *
 * Since: 1.0
 */
char *
xml_rpc_date_time_normalize (const char *text,
                             GTimeZone  *assumed)
{
  XmlRpcIso8601 fields;
  GString *date;

  g_return_val_if_fail (text != NULL, NULL);

  if (!xml_rpc_iso8601_parse (text, &fields, NULL) ||
      (assumed != NULL && !fields.has_time_zone && !set_zone (text, &fields, assumed, NULL)))
    return NULL;

  date = g_string_new (NULL);
  g_string_printf (date, "%04d-%02d-%02dT%02d:%02d:%02d", fields.year, fields.month, fields.day,
                   fields.hour, fields.minute, fields.second);
  if (fields.microsecond > 0)
    g_string_append_printf (date, ".%06d", fields.microsecond);
  if (fields.has_time_zone)
    g_string_append_printf (date, "%c%02d:%02d", fields.utc_offset < 0 ? '-' : '+',
                            ABS (fields.utc_offset) / 3600, ABS (fields.utc_offset) / 60 % 60);

  return g_string_free (date, FALSE);
}

/* The text of a date, within the variant that is returned. */
static GVariant *
find_date (GVariant    *value,
           const char **text,
           GError     **error)
{
  g_autoptr (GVariant) natural = xml_rpc_natural_form (value, error);
  XmlRpcValueKind kind;

  if (natural == NULL)
    return NULL;

  kind = xml_rpc_natural_form_get_kind (natural);
  if (kind == XML_RPC_VALUE_DATE_TIME)
    {
      *text = xml_rpc_special_form_get_text (natural);
      return g_steal_pointer (&natural);
    }
  if (kind == XML_RPC_VALUE_STRING)
    {
      *text = g_variant_get_string (natural, NULL);
      return g_steal_pointer (&natural);
    }

  g_set_error (error, XML_RPC_ERROR, XML_RPC_ERROR_TYPE_MISMATCH, "expected %s, got %s",
               xml_rpc_types[XML_RPC_VALUE_DATE_TIME].name, xml_rpc_types[kind].name);
  return NULL;
}

/**
 * xml_rpc_variant_get_date_time:
 * @value: a date, as it is in the result of a call; a floating reference is sunk
 * @assumed: (nullable): the time zone to take where the text has none; %NULL for
 *   UTC
 * @error: return location for an error
 *
 * Gets the date that a [struct@GLib.Variant] holds as a [struct@GLib.DateTime].
 *
 * Dates are in a variant as `(os)`, see [class@XmlRpc.Value], or as a `s` where a
 * program asked for strings. Variants and maybes around the date are
 * unwrapped. For times that a clock shows twice or never, see
 * [method@XmlRpc.DateTime.to_date_time].
 *
 * This fails with [XML_RPC_ERROR_TYPE_MISMATCH][error@XmlRpc.Error] if @value holds
 * something else, and with [XML_RPC_ERROR_INVALID_VALUE][error@XmlRpc.Error] for a
 * text of no known form and for a day or a time that does not exist.
 *
 * Returns: (transfer full): a new [struct@GLib.DateTime]
 *
 * Since: 1.0
 */
GDateTime *
xml_rpc_variant_get_date_time (GVariant   *value,
                               GTimeZone  *assumed,
                               GError    **error)
{
  g_autoptr (GVariant) sunk = NULL;
  g_autoptr (GVariant) date = NULL;
  const char *text;

  g_return_val_if_fail (value != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  sunk = g_variant_ref_sink (value);
  date = find_date (sunk, &text, error);

  return date != NULL ? xml_rpc_iso8601_to_date_time (text, assumed, error) : NULL;
}

static GVariant *
find_member (GVariant    *dict,
             const char  *name,
             GError     **error)
{
  g_autoptr (GVariant) natural = xml_rpc_natural_form (dict, error);
  g_autoptr (GVariant) member = NULL;
  XmlRpcValueKind kind;

  if (natural == NULL)
    return NULL;

  kind = xml_rpc_natural_form_get_kind (natural);
  if (kind != XML_RPC_VALUE_STRUCT)
    {
      g_set_error (error, XML_RPC_ERROR, XML_RPC_ERROR_TYPE_MISMATCH, "expected %s, got %s",
                   xml_rpc_types[XML_RPC_VALUE_STRUCT].name, xml_rpc_types[kind].name);
      return NULL;
    }

  member = g_variant_lookup_value (natural, name, NULL);
  if (member == NULL)
    g_set_error (error, XML_RPC_ERROR, XML_RPC_ERROR_TYPE_MISMATCH,
                 "%s: expected %s, got a struct without this member",
                 name, xml_rpc_types[XML_RPC_VALUE_DATE_TIME].name);

  return g_steal_pointer (&member);
}

/**
 * xml_rpc_variant_lookup_date_time:
 * @dict: a struct, such as an `a{sv}`; a floating reference is sunk
 * @name: the name of a member
 * @assumed: (nullable): the time zone to take where the text has none; %NULL for
 *   UTC
 * @error: return location for an error
 *
 * Gets a date that is a member of a struct as a [struct@GLib.DateTime].
 *
 * This fails if the struct does not have the member, and when
 * [func@XmlRpc.variant_get_date_time] does; the message begins with @name. If several
 * members have the name, it takes the first.
 *
 * Returns: (transfer full): a new [struct@GLib.DateTime]
 *
 * Since: 1.0
 */
GDateTime *
xml_rpc_variant_lookup_date_time (GVariant    *dict,
                                  const char  *name,
                                  GTimeZone   *assumed,
                                  GError     **error)
{
  g_autoptr (GVariant) sunk = NULL;
  g_autoptr (GVariant) member = NULL;
  GDateTime *date_time;

  g_return_val_if_fail (dict != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  sunk = g_variant_ref_sink (dict);
  member = find_member (sunk, name, error);
  if (member == NULL)
    return NULL;

  date_time = xml_rpc_variant_get_date_time (member, assumed, error);
  if (date_time == NULL)
    g_prefix_error (error, "%s: ", name);

  return date_time;
}
