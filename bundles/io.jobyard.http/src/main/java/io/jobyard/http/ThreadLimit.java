// SPDX-License-Identifier: Apache-2.0
package io.jobyard.http;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Limits the threads that answer requests, so that the pool always has threads for health checks. A request above the limit waits
 * without a thread. It is refused when its connection has been silent for the idle timeout.
 */
final class ThreadLimit extends Handler.Wrapper {

    private final Semaphore free;
    private final Queue<HeldRequest> waiting = new ConcurrentLinkedQueue<>();

    ThreadLimit(Handler next, int most) {
        super(next);
        free = new Semaphore(most);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (WebPaths.isHealth(request.getHttpURI().getPath())) {
            return super.handle(request, response, callback);
        } else if (!free.tryAcquire()) {
            hold(new HeldRequest(request, response, callback));
            return true;
        }
        try {
            return super.handle(request, response, callback);
        } finally {
            next();
        }
    }

    private void hold(HeldRequest held) {
        waiting.add(held);
        held.request().addIdleTimeoutListener(silence -> {
            if (waiting.remove(held)) {
                held.refuse(HttpStatus.SERVICE_UNAVAILABLE_503);
            }
            return false;
        });
        if (free.tryAcquire()) {
            next(); // a thread was released in the meantime
        }
    }

    /** Passes the caller's slot to the next waiting request, or releases it. */
    private void next() {
        HeldRequest held = waiting.poll();
        if (held != null) {
            held.execute(() -> answer(held));
            return;
        }
        free.release();
        if (!waiting.isEmpty() && free.tryAcquire()) {
            next(); // a request was added in the meantime
        }
    }

    private void answer(HeldRequest held) {
        try {
            held.answer(getHandler());
        } finally {
            next();
        }
    }
}
