// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests.guest;

import io.jobyard.api.handler.HandlesJob;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.JobHandler;
import java.util.Map;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Leaves behind what handlers leave behind, and needs a class of its own in its last line. */
@Component
@HandlesJob("guest")
public final class Guest implements JobHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Guest.class);
    private static final ThreadLocal<Trace> TRACE = ThreadLocal.withInitial(Trace::new);

    @Override
    public Map<String, Object> handle(JobContext context) throws InterruptedException {
        Payload payload = context.payload(Payload.class);
        MDC.put("guest", "was here");
        TRACE.get().runs++;
        Thread.sleep(payload.millis());
        if (context.attempt() <= payload.failures()) {
            throw new Departure("as it was told, run " + context.run());
        }
        LOG.debug("Run {} ends", context.run());
        return Map.of("answer", new Late(payload.millis(), context.run()));
    }

    /** What the job asks. */
    record Payload(int millis, int failures) {}

    /** Loaded when the first run of a bundle ends. */
    record Late(int millis, int run) {}

    private static final class Trace {
        private int runs;
    }

    private static final class Departure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Departure(String message) {
            super(message);
        }
    }
}
