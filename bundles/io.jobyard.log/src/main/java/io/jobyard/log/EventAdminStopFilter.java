// SPDX-License-Identifier: Apache-2.0
package io.jobyard.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.regex.Pattern;

/**
 * Drops two warnings of Event Admin about its own shutdown. It stops its threads by an interrupt, and warns of that
 * interrupt and of each framework event that arrives after its threads have stopped.
 */
public final class EventAdminStopFilter extends Filter<ILoggingEvent> {

    private static final String EVENT_ADMIN = "org.apache.felix.eventadmin";
    private static final String INTERRUPTED = "Event Task Processing Interrupted";
    /** The state of the thread pool, as the exception names it. */
    private static final Pattern ENDED =
            Pattern.compile("RejectedExecutionException: .*\\[(Terminated|Shutting down),");

    @Override
    public FilterReply decide(ILoggingEvent event) {
        boolean isOfItsStop = event.getLoggerName().startsWith(EVENT_ADMIN)
                && (event.getMessage().contains(INTERRUPTED)
                        || ENDED.matcher(event.getFormattedMessage()).find());
        return isOfItsStop ? FilterReply.DENY : FilterReply.NEUTRAL;
    }
}
