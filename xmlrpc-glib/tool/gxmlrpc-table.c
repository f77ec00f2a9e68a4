/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "gxmlrpc-table.h"

#include <string.h>

#include "gxmlrpc-date.h"
#include "gxmlrpc-json.h"
#include "gxmlrpc-output.h"
#include "gxmlrpc-printable.h"

#define GAP 2
#define MIN_COLUMN 3
/* Names beyond these are left out: a server could send a million. */
#define MAX_COLUMNS 64
/* Characters; no screen has more. */
#define MAX_CELL 1000
#define ELLIPSIS "\u2026"

typedef struct
{
  char    *name; /* NULL in a table without names */
  int      width;
  gboolean is_text;
} Column;

typedef struct
{
  GArray    *columns;
  GPtrArray *rows; /* GPtrArrays of cells, which may be too few */
} Table;

static void
clear_column (gpointer data)
{
  g_free (((Column *) data)->name);
}

static void
table_clear (Table *self)
{
  g_array_unref (self->columns);
  g_ptr_array_unref (self->rows);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Table, table_clear)

static void
table_init (Table *self)
{
  self->columns = g_array_new (FALSE, TRUE, sizeof (Column));
  g_array_set_clear_func (self->columns, clear_column);
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
}

static int
get_char_width (gunichar c)
{
  return g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;
}

static int
get_width (const char *text)
{
  int width = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    width += get_char_width (g_utf8_get_char (text));

  return width;
}

/* How many bytes of a text fit. */
static gsize
get_fitting (const char *text,
             int         width)
{
  const char *p = text;

  while (*p != '\0' && width >= get_char_width (g_utf8_get_char (p)))
    {
      width -= get_char_width (g_utf8_get_char (p));
      p = g_utf8_next_char (p);
    }

  return (gsize) (p - text);
}

static char *
make_cell (const char *text)
{
  g_autofree char *cut = g_utf8_strlen (text, -1) > MAX_CELL ? g_utf8_substring (text, 0, MAX_CELL) : NULL;
  g_autofree char *printable = gxmlrpc_printable_from_line (cut != NULL ? cut : text);

  g_strdelimit (printable, "\t", ' ');
  return cut != NULL ? g_strconcat (printable, ELLIPSIS, NULL) : g_steal_pointer (&printable);
}

static char *
print_value (GVariant *value)
{
  g_autofree char *text = NULL;

  if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    return make_cell (g_variant_get_string (value, NULL));

  if (g_variant_is_of_type (value, G_VARIANT_TYPE_BYTESTRING))
    return g_strdup_printf ("(%" G_GSIZE_FORMAT " bytes)", g_variant_n_children (value));

  if (g_variant_is_of_type (value, G_VARIANT_TYPE ("(os)")))
    {
      g_autoptr (GVariant) string = g_variant_get_child_value (value, 1);
      g_autofree char *readable = gxmlrpc_date_make_readable (g_variant_get_string (string, NULL));

      return make_cell (readable);
    }

  if (g_variant_is_of_type (value, G_VARIANT_TYPE_MAYBE))
    return g_strdup ("");

  text = gxmlrpc_json_print (value, GXMLRPC_JSON_PLAIN, NULL);
  return make_cell (text != NULL ? text : "");
}

/* Or nothing at all, which is where numbers are missing. */
static gboolean
is_number (GVariant *value)
{
  return g_variant_is_of_type (value, G_VARIANT_TYPE_INT32) || g_variant_is_of_type (value, G_VARIANT_TYPE_INT64) ||
         g_variant_is_of_type (value, G_VARIANT_TYPE_DOUBLE) || g_variant_is_of_type (value, G_VARIANT_TYPE_MAYBE);
}

/* Puts a value into the last row. */
static void
set_cell (Table    *self,
          guint     column,
          GVariant *value)
{
  GPtrArray *row = g_ptr_array_index (self->rows, self->rows->len - 1);
  Column *properties;

  if (column >= self->columns->len)
    g_array_set_size (self->columns, column + 1);
  if (column >= row->len)
    g_ptr_array_set_size (row, (int) column + 1);

  properties = &g_array_index (self->columns, Column, column);
  g_free (row->pdata[column]);
  row->pdata[column] = print_value (value);
  properties->width = MAX (properties->width, get_width (row->pdata[column]));
  properties->is_text = properties->is_text || !is_number (value);
}

static void
add_row (Table *self)
{
  g_ptr_array_add (self->rows, g_ptr_array_new_with_free_func (g_free));
}

static guint
find_column (Table      *self,
             const char *name)
{
  g_autofree char *cell = make_cell (name);
  Column column = { NULL, get_width (cell), FALSE };

  for (guint i = 0; i < self->columns->len; i++)
    {
      if (strcmp (g_array_index (self->columns, Column, i).name, cell) == 0)
        return i;
    }

  if (self->columns->len < MAX_COLUMNS)
    {
      column.name = g_steal_pointer (&cell);
      g_array_append_val (self->columns, column);
    }
  return self->columns->len - (column.name != NULL);
}

static void
add_struct (Table    *self,
            GVariant *members)
{
  GVariantIter iter;
  const char *name;
  GVariant *value;

  add_row (self);
  g_variant_iter_init (&iter, members);
  while (g_variant_iter_loop (&iter, "{&sv}", &name, &value))
    {
      const guint column = find_column (self, name);

      if (column < MAX_COLUMNS)
        set_cell (self, column, value);
    }
}

static void
add_members (Table    *self,
             GVariant *members)
{
  GVariantIter iter;
  const char *name;
  GVariant *value;

  g_variant_iter_init (&iter, members);
  while (g_variant_iter_loop (&iter, "{&sv}", &name, &value))
    {
      g_autoptr (GVariant) text = g_variant_ref_sink (g_variant_new_string (name));

      add_row (self);
      set_cell (self, 0, text);
      set_cell (self, 1, value);
    }
}

/* Structs, or whatever else there is: an array is a row of cells. */
static void
add_item (Table    *self,
          GVariant *item,
          gboolean  are_structs)
{
  if (are_structs)
    {
      add_struct (self, item);
      return;
    }

  add_row (self);
  if (!g_variant_is_of_type (item, G_VARIANT_TYPE ("av")))
    {
      set_cell (self, 0, item);
      return;
    }

  for (gsize i = 0; i < MIN (g_variant_n_children (item), MAX_COLUMNS); i++)
    {
      g_autoptr (GVariant) child = g_variant_get_child_value (item, i);
      g_autoptr (GVariant) value = g_variant_get_variant (child);

      set_cell (self, (guint) i, value);
    }
}

static void
add_items (Table    *self,
           GVariant *array)
{
  gboolean are_structs = g_variant_n_children (array) > 0;
  GVariantIter iter;
  GVariant *item;

  g_variant_iter_init (&iter, array);
  while (g_variant_iter_loop (&iter, "v", &item))
    are_structs = are_structs && g_variant_is_of_type (item, G_VARIANT_TYPE_VARDICT);

  g_variant_iter_init (&iter, array);
  while (g_variant_iter_loop (&iter, "v", &item))
    add_item (self, item, are_structs);
}

static int
get_total (Table *self,
           int    limit)
{
  int total = -GAP;

  for (guint i = 0; i < self->columns->len; i++)
    total += GAP + MIN (g_array_index (self->columns, Column, i).width, limit);

  return total;
}

/* The widest columns become narrower, all the same. */
static void
fit (Table *self,
     int    width)
{
  int limit = MAX_CELL + 1;

  while (limit > MIN_COLUMN && get_total (self, limit) > width)
    limit--;

  for (guint i = 0; i < self->columns->len; i++)
    {
      Column *column = &g_array_index (self->columns, Column, i);

      column->width = MIN (column->width, limit);
    }
}

static void
append_cell (GString      *text,
             const char   *cell,
             const Column *column,
             gboolean      is_last)
{
  const gboolean is_cut = get_width (cell) > column->width;
  const gsize length = is_cut ? get_fitting (cell, column->width - 1) : strlen (cell);
  g_autofree char *shown = g_strdup_printf ("%.*s%s", (int) length, cell, is_cut ? ELLIPSIS : "");
  const int padding = column->width - get_width (shown);

  g_string_append_printf (text, "%*s%s", column->is_text ? 0 : padding, "", shown);
  if (!is_last)
    g_string_append_printf (text, "%*s", GAP + (column->is_text ? padding : 0), "");
}

static void
append_row (GString *text,
            Table   *self,
            char   **cells,
            guint    n_cells)
{
  const gsize begin = text->len;

  for (guint i = 0; i < self->columns->len; i++)
    append_cell (text, i < n_cells && cells[i] != NULL ? cells[i] : "", &g_array_index (self->columns, Column, i),
                 i + 1 == self->columns->len);

  while (text->len > begin && text->str[text->len - 1] == ' ')
    g_string_truncate (text, text->len - 1);
}

static char *
print (Table *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (self->columns->len > 0 && g_array_index (self->columns, Column, 0).name != NULL)
    {
      g_autoptr (GPtrArray) names = g_ptr_array_new ();

      for (guint i = 0; i < self->columns->len; i++)
        g_ptr_array_add (names, g_array_index (self->columns, Column, i).name);
      g_string_append (text, gxmlrpc_output_style (GXMLRPC_STYLE_BOLD));
      append_row (text, self, (char **) names->pdata, names->len);
      g_string_append_printf (text, "%s\n", gxmlrpc_output_style (GXMLRPC_STYLE_PLAIN));
    }

  for (guint i = 0; i < self->rows->len; i++)
    {
      GPtrArray *row = g_ptr_array_index (self->rows, i);

      append_row (text, self, (char **) row->pdata, row->len);
      g_string_append_c (text, '\n');
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
gxmlrpc_table_print (GVariant *value)
{
  g_auto (Table) table;

  table_init (&table);
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_VARDICT))
    add_members (&table, value);
  else if (g_variant_is_of_type (value, G_VARIANT_TYPE ("av")))
    add_items (&table, value);
  else
    return NULL;

  if (gxmlrpc_output_is_terminal ())
    fit (&table, gxmlrpc_terminal_get_columns (stdout));

  return print (&table);
}
