// SPDX-License-Identifier: Apache-2.0
package io.jobyard.http;

import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Request that waits for its answer without a thread. */
record HeldRequest(Request request, Response response, Callback callback) {

    /** Lets a handler answer on the calling thread, as the server does. */
    void answer(Handler handler) {
        try {
            if (!handler.handle(request, response, callback)) {
                refuse(HttpStatus.NOT_FOUND_404);
            }
        } catch (Throwable e) { // like the server's own handling of exceptions
            Response.writeError(request, response, callback, e);
        }
    }

    void refuse(int status) {
        Response.writeError(request, response, callback, status);
    }

    /** Runs a task on a thread of the server. */
    void execute(Runnable task) {
        request.getContext().execute(task);
    }
}
