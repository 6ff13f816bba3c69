// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Listener for every stored change of every job. Register it as a service. With the permission {@code view:all}, the registering bundle
 * gets the events of all jobs; with only {@code view}, those of its own jobs; otherwise none. The roles at the time of the change apply.
 *
 * <p>Each listener has its own thread, which delivers one event after the other; events of one job arrive in order. A listener that
 * throws an exception, blocks or is slow does not affect others. Up to 10,000 events wait for the listener. Further events are dropped
 * until the listener has processed the waiting events, and {@code job:doctor} reports the number of dropped events. The thread is
 * interrupted when the service is unregistered. {@link StatusReporter#events} returns events from before the registration, and dropped
 * events.
 */
@ConsumerType
@FunctionalInterface
public interface JobListener {

    /**
     * Reports a change of a job.
     *
     * @param event the change
     */
    void changed(JobEvent event);

    /**
     * Reports that events were dropped, because this listener was too slow. All dropped events follow this cursor; events that are still to
     * be delivered may also follow it.
     *
     * @param after cursor of the last event before the dropped events
     */
    default void missed(EventCursor after) {}
}
