/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Uses the news reader as a person would, whatever language it is in: a module that GIO
 * loads into the program (GIO_EXTRA_MODULES), finds its widgets by their names in
 * news-reader.ui, and clicks. Says what it sees, step by step, to be compared with
 * test-news-reader.py, which has the server. */

#include <gtk/gtk.h>
#include <stdlib.h>

#define N_ITEMS 30

/* How long a step may take, in steps of the timer. */
#define INTERVAL   20
#define MAX_ROUNDS (60 * 1000 / INTERVAL)

typedef struct
{
  const char *name;
  gboolean (*is_reached) (void);
  void     (*go_on) (void);
} Step;

static GtkWidget *
find_below (GtkWidget  *widget,
            const char *name)
{
  if (g_strcmp0 (gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget)), name) == 0)
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_below (child, name);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static gpointer
find (const char *name)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);
      GtkWidget *found = find_below (window, name);

      if (found != NULL)
        return found;
    }

  g_error ("there is no widget %s", name);
}

static void
click (const char *name)
{
  g_assert_true (gtk_widget_is_sensitive (find (name)));
  g_signal_emit_by_name (find (name), "clicked");
}

static const char *
get_text (const char *name)
{
  return gtk_label_get_label (find (name));
}

static gboolean
is_in_progress (void)
{
  return gtk_widget_get_visible (find ("spinner")) && gtk_spinner_get_spinning (find ("spinner"));
}

static gboolean
is_banner_shown (void)
{
  return gtk_revealer_get_reveal_child (find ("banner"));
}

/* The text of all labels below a widget, as a row shows it. */
static void
append_labels (GtkWidget *widget,
               GString   *text)
{
  if (GTK_IS_LABEL (widget))
    g_string_append_printf (text, "%s|", gtk_label_get_label (GTK_LABEL (widget)));

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    append_labels (child, text);
}

static guint
count_items (void)
{
  return g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (find ("list"))));
}

static gboolean
has_items (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  append_labels (find ("list"), text);

  return count_items () == N_ITEMS && strstr (text->str, "Item 0|Text 0|17 July 1998|") != NULL;
}

static gboolean
is_asked (void)
{
  return gtk_widget_get_visible (find ("dialog")) && g_str_equal (get_text ("question"), "Vault");
}

static void
close_dialog (void)
{
  gtk_window_close (find ("dialog"));
}

static gboolean
is_refused (void)
{
  return !is_in_progress () && is_banner_shown () && strstr (get_text ("message"), "Unauthorized") != NULL;
}

static void
refresh (void)
{
  click ("refresh");
}

static void
answer (const char *password)
{
  gtk_editable_set_text (find ("user"), "ada");
  gtk_editable_set_text (find ("password"), password);
  click ("sign-in");
}

static void
answer_wrong (void)
{
  answer ("byron");
}

static gboolean
is_asked_again (void)
{
  return gtk_widget_get_visible (find ("dialog")) && g_str_equal (get_text ("question"), "Wrong user or password");
}

static void
answer_right (void)
{
  answer ("lovelace");
}

static gboolean
is_filled (void)
{
  return !is_in_progress () && !is_banner_shown () && !gtk_widget_get_visible (find ("dialog")) && has_items ();
}

static gboolean
is_faulty (void)
{
  return !is_in_progress () && is_banner_shown () && g_str_equal (get_text ("message"), "out of news") && has_items ();
}

/* The server has made a file when it has the call, and the window has a button to end that. */
static gboolean
is_waiting (void)
{
  return g_file_test (g_getenv ("NEWS_READER_WAITING"), G_FILE_TEST_EXISTS) && is_in_progress () &&
         gtk_widget_get_mapped (find ("cancel")) && !gtk_widget_get_visible (find ("refresh"));
}

static void
cancel (void)
{
  click ("cancel");
}

/* What a paintable shows of a window comes with the frames after it was made. */
static GdkPaintable *
get_paintable (void)
{
  static GdkPaintable *paintable;

  if (paintable == NULL)
    paintable = gtk_widget_paintable_new (find ("window"));

  return paintable;
}

static gboolean
is_drawn (void)
{
  static guint n_frames;

  get_paintable ();

  return !is_in_progress () && count_items () > 0 && ++n_frames > 50;
}

static void
take_picture (void)
{
  GdkPaintable *paintable = get_paintable ();
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  gdk_paintable_snapshot (paintable, snapshot, gdk_paintable_get_intrinsic_width (paintable),
                          gdk_paintable_get_intrinsic_height (paintable));
  node = gtk_snapshot_free_to_node (snapshot);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (find ("window")), node, NULL);
  gdk_texture_save_to_png (texture, g_getenv ("NEWS_READER_PICTURE"));
}

static void
finish (void)
{
  gtk_window_close (find ("window"));
}

static const Step steps[] = {
  { "asks for a password", is_asked, close_dialog },
  { "shows that there was none", is_refused, refresh },
  { "asks for it at the next call", is_asked, answer_wrong },
  { "asks again after a wrong one", is_asked_again, answer_right },
  { "shows the news after the right one", is_filled, refresh },
  { "shows a fault above the news", is_faulty, refresh },
  { "waits for a slow server", is_waiting, cancel },
  { "ends a call that was cancelled", is_filled, refresh },
  { "shows the news again", is_filled, finish },
};

/* For docs/news-reader.png: with NEWS_READER_PICTURE set, of what any server has. */
static const Step picture_steps[] = {
  { "shows the news", is_drawn, take_picture },
  { "took a picture", is_drawn, finish },
};

static gboolean
go_on (gpointer data)
{
  static guint n_done;
  static guint n_rounds;
  const gboolean is_for_picture = g_getenv ("NEWS_READER_PICTURE") != NULL;
  const Step *all = is_for_picture ? picture_steps : steps;
  const guint n_all = is_for_picture ? G_N_ELEMENTS (picture_steps) : G_N_ELEMENTS (steps);

  if (!gtk_is_initialized () || g_list_model_get_n_items (gtk_window_get_toplevels ()) < 2)
    return G_SOURCE_CONTINUE;

  if (!all[n_done].is_reached ())
    {
      if (++n_rounds == MAX_ROUNDS)
        g_error ("never %s", all[n_done].name);
      return G_SOURCE_CONTINUE;
    }

  g_print ("%s\n", all[n_done].name);
  all[n_done].go_on ();
  n_rounds = 0;

  return ++n_done < n_all ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

void
g_io_module_load (GIOModule *module)
{
  g_type_module_use (G_TYPE_MODULE (module));
  g_timeout_add (INTERVAL, go_on, NULL);
}

void
g_io_module_unload (GIOModule *module)
{
}

char **
g_io_module_query (void)
{
  return g_new0 (char *, 1);
}
