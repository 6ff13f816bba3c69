// SPDX-License-Identifier: Apache-2.0
package io.jobyard.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.spi.FilterReply;
import org.junit.jupiter.api.Test;

class EventAdminStopFilterTest {

    private static final String ADMIN = "org.apache.felix.eventadmin";

    @Test
    void onlyWarningsOfItsStopAreDropped() {
        assertThat(decide(
                        ADMIN,
                        "EventAdmin: Event Task Processing Interrupted. Events may not be received in proper order."))
                .isEqualTo(FilterReply.DENY);
        String rejected = "EventAdmin: Exception: java.util.concurrent.RejectedExecutionException: Task"
                + " java.util.concurrent.FutureTask@1[Not completed] rejected from"
                + " java.util.concurrent.ThreadPoolExecutor@2[%s, pool size = 9]";
        assertThat(decide(ADMIN, rejected.formatted("Terminated"))).isEqualTo(FilterReply.DENY);
        assertThat(decide(ADMIN, rejected.formatted("Running"))).isEqualTo(FilterReply.NEUTRAL);
        assertThat(decide(ADMIN, "EventAdmin: Denylisting ServiceReference [x] due to timeout!"))
                .isEqualTo(FilterReply.NEUTRAL);
        assertThat(decide("com.acme", "Event Task Processing Interrupted")).isEqualTo(FilterReply.NEUTRAL);
    }

    private static FilterReply decide(String logger, String message) {
        LoggingEvent event = new LoggingEvent();
        event.setLoggerName(logger);
        event.setMessage(message);
        return new EventAdminStopFilter().decide(event);
    }
}
