#!/usr/bin/env python3
# SPDX-FileCopyrightText: The xmlrpc-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Shows the newest items of a news server in a window: news-reader.py URL"""

import sys
from pathlib import Path

import gi

gi.require_version('Gtk', '4.0')
gi.require_version('XmlRpc', '1.0')
from gi.repository import Gio, GLib, GObject, Gtk, XmlRpc  # noqa: E402

UI = Path(__file__).with_name('news-reader.ui')


class NewsItem(GObject.Object):
    """What the server sends of an item, and the day that is shown."""

    __gtype_name__ = 'NewsItem'

    title = GObject.Property(type=str)
    description = GObject.Property(type=str)
    date = GObject.Property(type=GLib.DateTime)

    @GObject.Property(type=str)
    def day(self):
        return self.date.format('%e %B %Y') if self.date else ''


class Reader(Gtk.Application):
    def __init__(self, uri):
        super().__init__(flags=Gio.ApplicationFlags.NON_UNIQUE)
        self.proxy = XmlRpc.ServerProxy(uri)
        self.proxy.connect('message', self.on_message)
        self.auth = None  # the question that the dialog is to answer

    def do_activate(self):
        builder = Gtk.Builder.new_from_file(str(UI))
        self.widget = builder.get_object
        self.widget('refresh').connect('clicked', self.refresh)
        self.widget('cancel').connect('clicked', self.cancel)
        self.widget('sign-in').connect('clicked', self.sign_in)
        self.widget('dialog').connect('hide', self.on_dialog_hidden)
        self.widget('window').set_application(self)
        self.widget('window').present()
        self.refresh()

    def do_shutdown(self):
        self.widget('dialog').set_transient_for(None)
        Gtk.Application.do_shutdown(self)

    def refresh(self, button=None):
        self.cancellable = Gio.Cancellable()
        self.widget('spinner').set_visible(True)
        self.proxy.meerkat.getItems.call_async(
            {'num_items': 100}, cancellable=self.cancellable,
            callback=self.on_response)

    def on_response(self, proxy, result):
        message = ''
        try:
            items = proxy.meerkat.getItems.call_finish(result)
            store = XmlRpc.list_store_new_from_array(NewsItem, items)
            self.widget('model').set_model(store)
        except GLib.Error as error:
            if not error.matches(Gio.io_error_quark(),
                                 Gio.IOErrorEnum.CANCELLED):
                message = error.message
        self.widget('message').set_label(message)
        self.widget('banner').set_reveal_child(message != '')
        self.widget('dialog').set_visible(False)
        self.widget('spinner').set_visible(False)

    def cancel(self, button):
        self.cancellable.cancel()

    def on_message(self, proxy, message):
        message.connect('authenticate', self.on_authenticate)

    def on_authenticate(self, message, auth, retrying):
        """The call waits until the dialog has the answer."""
        self.auth = auth
        self.widget('question').set_label(
            'Wrong user or password' if retrying else auth.get_realm())
        self.widget('password').set_text('')
        self.widget('dialog').present()
        return True

    def sign_in(self, button):
        auth, self.auth = self.auth, None
        self.widget('dialog').set_visible(False)
        auth.authenticate(self.widget('user').get_text(),
                          self.widget('password').get_text())

    def on_dialog_hidden(self, dialog):
        auth, self.auth = self.auth, None
        if auth is not None:
            auth.cancel()


if __name__ == '__main__':
    Reader(sys.argv[1]).run()
