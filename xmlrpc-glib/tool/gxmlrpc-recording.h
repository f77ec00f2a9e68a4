/* SPDX-FileCopyrightText: The xmlrpc-glib authors */
/* SPDX-License-Identifier: LGPL-2.1-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A file of calls and their results, in JSON:
 *
 *   [
 *   {"method": "sample.add", "params": [2, 3], "result": 5},
 *   {"method": "sample.add", "params": [], "fault": {"faultCode": 4, "faultString": "..."}}
 *   ]
 */
typedef struct _GxmlrpcRecording GxmlrpcRecording;

GxmlrpcRecording *gxmlrpc_recording_read   (const char        *path,
                                            GError           **error);
/* A file that is empty at first, and complete after each call that is added. */
GxmlrpcRecording *gxmlrpc_recording_create (const char        *path,
                                            GError           **error);
void              gxmlrpc_recording_free   (GxmlrpcRecording  *self);

/* The result of the first such call that was not looked up before, or else of the last one;
 * a fault, too, is what @error is set to. A call without "params" is one with any. */
GVariant         *gxmlrpc_recording_look_up (GxmlrpcRecording *self,
                                            const char        *method_name,
                                            GVariant          *params,
                                            GError           **error);
/* Adds a call with its result, or else with its fault. */
gboolean          gxmlrpc_recording_add    (GxmlrpcRecording  *self,
                                            const char        *method_name,
                                            GVariant          *params,
                                            GVariant          *result,
                                            const GError      *fault,
                                            GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxmlrpcRecording, gxmlrpc_recording_free)

G_END_DECLS
