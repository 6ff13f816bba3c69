// SPDX-License-Identifier: Apache-2.0
package io.jobyard.http;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/** Holds requests for event streams while the host starts, so that their clients need not retry. Held requests use no thread. */
final class StartWait extends Handler.Wrapper {

    private static final String EVENTS = "text/event-stream";
    private static final long LOOK_MILLIS = 200;
    /** Longest wait. After it, the request is answered like any other: 503 if the host is still starting. */
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final BooleanSupplier isStarting;
    private final Scheduler scheduler;

    StartWait(Handler next, BooleanSupplier isStarting, Scheduler scheduler) {
        super(next);
        this.isStarting = isStarting;
        this.scheduler = scheduler;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (!isStarting.getAsBoolean() || !asksForStream(request)) {
            return super.handle(request, response, callback);
        }
        request.addIdleTimeoutListener(silence -> false); // only the timeout of this class ends the wait
        later(new HeldRequest(request, response, callback), System.nanoTime() + TIMEOUT.toNanos());
        return true;
    }

    private static boolean asksForStream(Request request) {
        return HttpMethod.GET.is(request.getMethod())
                && (WebPaths.isStream(request.getHttpURI().getPath())
                        || request.getHeaders().getCSV(HttpHeader.ACCEPT, false).stream()
                                .anyMatch(type -> type.startsWith(EVENTS)));
    }

    private void later(HeldRequest held, long deadline) {
        scheduler.schedule(
                () -> {
                    if (isStarting.getAsBoolean() && System.nanoTime() - deadline < 0) {
                        later(held, deadline);
                    } else {
                        held.execute(() -> held.answer(getHandler()));
                    }
                },
                LOOK_MILLIS,
                TimeUnit.MILLISECONDS);
    }
}
