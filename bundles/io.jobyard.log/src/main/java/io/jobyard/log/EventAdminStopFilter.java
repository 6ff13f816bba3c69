// SPDX-License-Identifier: Apache-2.0
package io.jobyard.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;

/**
 * Leaves out a warning that says nothing: Event Admin ends its threads by an interrupt when it stops, and they warn of their
 * order also if nobody listens.
 */
public final class EventAdminStopFilter extends Filter<ILoggingEvent> {

    private static final String EVENT_ADMIN = "org.apache.felix.eventadmin";
    private static final String WARNING = "Event Task Processing Interrupted";

    @Override
    public FilterReply decide(ILoggingEvent event) {
        boolean idle = event.getLoggerName().startsWith(EVENT_ADMIN)
                && event.getMessage().contains(WARNING);
        return idle ? FilterReply.DENY : FilterReply.NEUTRAL;
    }
}
