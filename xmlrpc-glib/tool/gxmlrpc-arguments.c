/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "gxmlrpc-arguments.h"

#include <string.h>

#include "gxmlrpc-error.h"
#include "gxmlrpc-value.h"

/* The short options that have no value. */
#define SHORT_FLAGS "jxrTnkv"

typedef struct
{
  char    *text;
  gboolean is_string; /* whatever it looks like */
} Value;

struct _GxmlrpcArguments
{
  GOptionContext *context;
  char          **usage; /* its words */
  guint           n_required;
  guint           n_names;
  gboolean        takes_values;
  GPtrArray      *names;
  GArray         *values;
};

static void
clear_value (gpointer data)
{
  Value *value = data;

  g_free (value->text);
}

static void
add_value (GxmlrpcArguments *self,
           const char       *text,
           gboolean          is_string)
{
  Value value = { g_strdup (text), is_string };

  g_array_append_val (self->values, value);
}

static gboolean
add_word (const char  *option,
          const char  *word,
          gpointer     data,
          GError     **error)
{
  GxmlrpcArguments *self = data;

  if (self->names->len < self->n_names)
    {
      g_ptr_array_add (self->names, g_strdup (word));
      return TRUE;
    }

  if (!self->takes_values)
    {
      gxmlrpc_error_usage (error, "there is one argument too many: %s", word);
      return FALSE;
    }

  add_value (self, word, FALSE);
  return TRUE;
}

static gboolean
add_string (const char  *option,
            const char  *text,
            gpointer     data,
            GError     **error)
{
  add_value (data, text, TRUE);

  return TRUE;
}

static void
add_options (GxmlrpcArguments *self)
{
  const GOptionEntry entries[] = {
    { "string", 's', G_OPTION_FLAG_FILENAME, G_OPTION_ARG_CALLBACK, (gpointer) add_string,
      "A string as the next value, whatever it looks like", "TEXT" },
    { "word", 0, G_OPTION_FLAG_FILENAME | G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_CALLBACK, (gpointer) add_word,
      NULL, NULL },
    { G_OPTION_REMAINING, 0, G_OPTION_FLAG_FILENAME, G_OPTION_ARG_CALLBACK, (gpointer) add_word, NULL, NULL },
    { NULL }
  };
  GOptionGroup *group = g_option_group_new (NULL, NULL, NULL, self, NULL);

  g_option_group_add_entries (group, self->takes_values ? entries : entries + 1);
  g_option_context_set_main_group (self->context, group);
}

GxmlrpcArguments *
gxmlrpc_arguments_new (const char *usage)
{
  GxmlrpcArguments *self = g_new0 (GxmlrpcArguments, 1);

  self->usage = g_strsplit (usage, " ", -1);
  for (char **word = self->usage; *word != NULL; word++)
    {
      if (g_str_has_suffix (*word, "...]"))
        self->takes_values = TRUE;
      else
        self->n_names++;
      if (**word != '[')
        self->n_required++;
    }

  self->names = g_ptr_array_new_with_free_func (g_free);
  self->values = g_array_new (FALSE, FALSE, sizeof (Value));
  g_array_set_clear_func (self->values, clear_value);
  self->context = g_option_context_new (usage);
  add_options (self);

  return self;
}

void
gxmlrpc_arguments_free (GxmlrpcArguments *self)
{
  g_option_context_free (self->context);
  g_strfreev (self->usage);
  g_ptr_array_unref (self->names);
  g_array_unref (self->values);
  g_free (self);
}

GOptionContext *
gxmlrpc_arguments_get_context (GxmlrpcArguments *self)
{
  return self->context;
}

static gboolean
is_number (const char *word)
{
  return word[0] == '-' && (g_ascii_isdigit (word[1]) || word[1] == '.');
}

/* Whether a word is an option whose value is the next word. */
static gboolean
takes_next_word (const char *word)
{
  static const char * const flags[] = {
    "--json", "--json=exact", "--xml", "--raw", "--table", "--netrc", "--no-prompt", "--insecure", "--verbose", NULL
  };

  if (word[0] != '-' || is_number (word))
    return FALSE;

  if (word[1] == '-')
    return word[2] != '\0' && strchr (word, '=') == NULL && !g_strv_contains (flags, word);

  /* One that has its value in the same word does not take another. */
  word += 1 + strspn (word + 1, SHORT_FLAGS);
  return strlen (word) == 1;
}

/* GLib takes negative numbers for options, and has none with a value that can be missing:
 * --json=exact becomes two. */
static char **
prepare (char **argv)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const char *before = *argv;

  for (; *argv != NULL && strcmp (*argv, "--") != 0; argv++)
    {
      const gboolean is_value = takes_next_word (before);
      g_autofree char *split = !is_value && g_str_has_prefix (*argv, "--json=")
                               ? g_strconcat ("--json-", *argv + strlen ("--json="), NULL) : NULL;

      if (!is_value && is_number (*argv))
        g_strv_builder_add (builder, "--word");
      if (split != NULL)
        g_strv_builder_add (builder, "--json");
      g_strv_builder_add (builder, split != NULL ? split : *argv);
      before = *argv;
    }

  /* Behind "--" there are no options. */
  g_strv_builder_addv (builder, (const char **) argv);

  return g_strv_builder_end (builder);
}

gboolean
gxmlrpc_arguments_parse (GxmlrpcArguments  *self,
                         char             **argv,
                         GError           **error)
{
  g_auto (GStrv) words = prepare (argv);

  GError *parse_error = NULL;

  if (g_option_context_parse_strv (self->context, &words, &parse_error) &&
      self->names->len < self->n_required)
    gxmlrpc_error_usage (&parse_error, "%s is missing", self->usage[self->names->len]);

  if (parse_error == NULL)
    return TRUE;

  gxmlrpc_error_add_hint (parse_error, "See gxmlrpc %s --help.", *argv);
  g_propagate_error (error, parse_error);
  return FALSE;
}

const char *
gxmlrpc_arguments_get_name (GxmlrpcArguments *self,
                            guint             index)
{
  return index < self->names->len ? g_ptr_array_index (self->names, index) : NULL;
}

guint
gxmlrpc_arguments_get_n_values (GxmlrpcArguments *self)
{
  return self->values->len;
}

static GVariant *
get_value (const Value  *value,
           gboolean      json,
           GError      **error)
{
  if (!value->is_string)
    return gxmlrpc_value_parse (value->text, json, error);

  if (g_utf8_validate (value->text, -1, NULL))
    return g_variant_ref_sink (g_variant_new_string (value->text));

  gxmlrpc_error_usage (error, "--string: expected UTF-8");
  return NULL;
}

GVariant *
gxmlrpc_arguments_get_values (GxmlrpcArguments  *self,
                              gboolean           json,
                              GError           **error)
{
  g_autoptr (GPtrArray) children = g_ptr_array_new_with_free_func ((GDestroyNotify) g_variant_unref);

  for (guint i = 0; i < self->values->len; i++)
    {
      GVariant *child = get_value (&g_array_index (self->values, Value, i), json, error);

      if (child == NULL)
        return NULL;
      g_ptr_array_add (children, child);
    }

  return g_variant_ref_sink (g_variant_new_tuple ((GVariant **) children->pdata, children->len));
}
