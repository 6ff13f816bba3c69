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
 * Has the handlers of one life of the host work with contexts that are watched.
 *
 * @param moments of the runs of the handler that is tested
 */
record WatchedHandler(RunNotes notes, Points<Consumer<JobId>> moments, HostLoss loss) {

    /** The same handler, of either kind, by all that the host asks of it. */
    Object of(Object handler) {
        Class<?>[] types = Stream.<Class<?>>iterate(handler.getClass(), type -> type != null, Class::getSuperclass)
                .flatMap(type -> Stream.of(type.getInterfaces()))
                .filter(type -> type.getPackage() == JobHandler.class.getPackage())
                .distinct()
                .toArray(Class<?>[]::new);
        return ServiceCall.around(handler.getClass().getClassLoader(), handler, this::handle, types);
    }

    private @Nullable Object handle(ServiceCall call) throws Throwable {
        if (!(call.argument(0) instanceof JobContext context)) {
            return call.proceed();
        }
        WatchedContext watched = new WatchedContext(context, this);
        call.arguments()[0] = ServiceCall.around(JobContext.class, context, watched::answer);
        try {
            watched.at("at its first line");
            return call.proceed();
        } catch (Throwable e) { // of users' code
            throw loss.hasCome() ? new SleepException(Duration.ZERO) : e; // which nobody logs: it is dropped
        }
    }
}
