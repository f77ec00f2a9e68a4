/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Shows the newest items of a news server in a window: news-reader URL */

#include <gtk/gtk.h>
#include <xmlrpc-glib/xmlrpc-glib.h>

/* An item of the news: what the server sends of it, and the day that is shown. */
G_DECLARE_FINAL_TYPE (NewsItem, news_item, NEWS, ITEM, GObject)

enum { PROP_0, PROP_TITLE, PROP_DESCRIPTION, PROP_DATE, PROP_DAY };

struct _NewsItem
{
  GObject    parent_instance;
  char      *title;
  char      *description;
  GDateTime *date;
};

G_DEFINE_FINAL_TYPE (NewsItem, news_item, G_TYPE_OBJECT)

static void
news_item_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  NewsItem *self = NEWS_ITEM (object);

  if (id == PROP_TITLE)
    self->title = g_value_dup_string (value);
  else if (id == PROP_DESCRIPTION)
    self->description = g_value_dup_string (value);
  else
    self->date = g_value_dup_boxed (value);
}

static void
news_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  NewsItem *self = NEWS_ITEM (object);

  if (id == PROP_TITLE)
    g_value_set_string (value, self->title);
  else if (id == PROP_DESCRIPTION)
    g_value_set_string (value, self->description);
  else if (self->date != NULL)
    g_value_take_string (value, g_date_time_format (self->date, "%e %B %Y"));
}

static void
news_item_finalize (GObject *object)
{
  NewsItem *self = NEWS_ITEM (object);

  g_free (self->title);
  g_free (self->description);
  g_clear_pointer (&self->date, g_date_time_unref);
  G_OBJECT_CLASS (news_item_parent_class)->finalize (object);
}

static void
news_item_class_init (NewsItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY;

  object_class->set_property = news_item_set_property;
  object_class->get_property = news_item_get_property;
  object_class->finalize = news_item_finalize;
  g_object_class_install_property (object_class, PROP_TITLE, g_param_spec_string ("title", NULL, NULL, "", flags));
  g_object_class_install_property (object_class, PROP_DESCRIPTION,
                                   g_param_spec_string ("description", NULL, NULL, "", flags));
  g_object_class_install_property (object_class, PROP_DATE,
                                   g_param_spec_boxed ("date", NULL, NULL, G_TYPE_DATE_TIME, flags & ~G_PARAM_READABLE));
  g_object_class_install_property (object_class, PROP_DAY,
                                   g_param_spec_string ("day", NULL, NULL, NULL, G_PARAM_READABLE));
}

static void
news_item_init (NewsItem *self)
{
}

typedef struct
{
  GtkBuilder        *builder;
  XmlRpcServerProxy *proxy;
  GCancellable      *cancellable;   /* of the call in progress */
  SoupAuth          *auth;          /* the question that the dialog is to answer */
} Reader;

#define WIDGET(name) ((gpointer) gtk_builder_get_object (self->builder, (name)))

static void
on_response (GObject *source, GAsyncResult *result, gpointer data)
{
  Reader *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) items = xml_rpc_server_proxy_call_finish (self->proxy, result, &error);
  g_autoptr (GListStore) store =
    items != NULL ? xml_rpc_list_store_new_from_array (news_item_get_type (), items, &error) : NULL;
  const gboolean is_cancelled = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  if (store != NULL)
    gtk_no_selection_set_model (WIDGET ("model"), G_LIST_MODEL (store));

  gtk_label_set_label (WIDGET ("message"), error != NULL ? error->message : "");
  gtk_revealer_set_reveal_child (WIDGET ("banner"), error != NULL && !is_cancelled);
  gtk_widget_set_visible (WIDGET ("dialog"), FALSE);
  gtk_widget_set_visible (WIDGET ("spinner"), FALSE);
  g_clear_object (&self->cancellable);
}

static void
refresh (Reader *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_set_visible (WIDGET ("spinner"), TRUE);
  xml_rpc_server_proxy_call_async (self->proxy, "meerkat.getItems", g_variant_new_parsed ("({'num_items': <100>},)"),
                                   NULL, self->cancellable, on_response, self);
}

static void
cancel (Reader *self)
{
  g_cancellable_cancel (self->cancellable);
}

/* The call waits until the dialog has the answer. */
static gboolean
on_authenticate (SoupMessage *message, SoupAuth *auth, gboolean retrying, Reader *self)
{
  g_set_object (&self->auth, auth);
  gtk_label_set_label (WIDGET ("question"), retrying ? "Wrong user or password" : soup_auth_get_realm (auth));
  gtk_editable_set_text (WIDGET ("password"), "");
  gtk_window_present (WIDGET ("dialog"));

  return TRUE;
}

static void
on_message (XmlRpcServerProxy *proxy, SoupMessage *message, Reader *self)
{
  g_signal_connect (message, "authenticate", G_CALLBACK (on_authenticate), self);
}

static void
sign_in (Reader *self)
{
  g_autoptr (SoupAuth) auth = g_steal_pointer (&self->auth);

  gtk_widget_set_visible (WIDGET ("dialog"), FALSE);
  soup_auth_authenticate (auth, gtk_editable_get_text (WIDGET ("user")), gtk_editable_get_text (WIDGET ("password")));
}

static void
on_dialog_hidden (Reader *self)
{
  if (self->auth != NULL)
    soup_auth_cancel (self->auth);
  g_clear_object (&self->auth);
}

static void
activate (GApplication *app, Reader *self)
{
  self->builder = gtk_builder_new_from_resource ("/news-reader/news-reader.ui");
  g_signal_connect_swapped (WIDGET ("refresh"), "clicked", G_CALLBACK (refresh), self);
  g_signal_connect_swapped (WIDGET ("cancel"), "clicked", G_CALLBACK (cancel), self);
  g_signal_connect_swapped (WIDGET ("sign-in"), "clicked", G_CALLBACK (sign_in), self);
  g_signal_connect_swapped (WIDGET ("dialog"), "hide", G_CALLBACK (on_dialog_hidden), self);
  gtk_window_set_application (WIDGET ("window"), GTK_APPLICATION (app));
  gtk_window_present (WIDGET ("window"));
  refresh (self);
}

static void
shut_down (GApplication *app, Reader *self)
{
  gtk_window_set_transient_for (WIDGET ("dialog"), NULL);
  g_clear_object (&self->builder);
}

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GtkApplication) app = gtk_application_new (NULL, G_APPLICATION_NON_UNIQUE);
  g_autoptr (XmlRpcServerProxy) proxy = xml_rpc_server_proxy_new (argc == 2 ? argv[1] : "", &error);
  Reader reader = { .proxy = proxy };

  if (proxy == NULL)
    g_error ("%s", error->message);

  g_signal_connect (proxy, "message", G_CALLBACK (on_message), &reader);
  g_signal_connect (app, "activate", G_CALLBACK (activate), &reader);
  g_signal_connect (app, "shutdown", G_CALLBACK (shut_down), &reader);

  return g_application_run (G_APPLICATION (app), 1, argv);
}
