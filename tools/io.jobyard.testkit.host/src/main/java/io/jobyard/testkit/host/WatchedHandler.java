// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.host;

import io.jobyard.api.JobId;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.JobHandler;
import io.jobyard.api.handler.SleepException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Wraps the handlers of one incarnation of the host, so that they receive watched contexts.
 *
 * @param moments moments in the runs of the tested handler
 */
record WatchedHandler(RunNotes notes, Points<Consumer<JobId>> moments, HostLoss loss) {

    /** Wraps a handler of either kind, with all its interfaces for the host. */
    Object of(Object handler) {
        Class<?>[] types = Stream.<Class<?>>iterate(handler.getClass(), type -> type != null, Class::getSuperclass)
                .flatMap(type -> Stream.of(type.getInterfaces()))
                .filter(type -> type.getPackage() == JobHandler.class.getPackage())
                .distinct()
                .toArray(Class<?>[]::new);
        return ServiceCall.around(handler.getClass().getClassLoader(), handler, this::handle, types);
    }

    private @Nullable Object handle(ServiceCall call) throws Throwable {
        int last = call.arguments().length - 1; // a typed handler gets its payload before
        if (last < 0 || !(call.argument(last) instanceof JobContext context)) {
            return call.proceed();
        }
        WatchedContext watched = new WatchedContext(context, this);
        call.arguments()[last] = ServiceCall.around(JobContext.class, context, watched::answer);
        try {
            watched.at("at its first line");
            return call.proceed();
        } catch (Throwable e) { // from users' code
            throw loss.hasCome() ? new SleepException(Duration.ZERO) : e; // dropped without a log line
        }
    }
}
