// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Hears of every change of every job once it is stored. Register one as a service. The bundle that registers it needs the
 * permission {@code view:all}; with {@code view} alone it hears of its own jobs, and else of none. What the roles say when a change is
 * stored counts.
 *
 * <p>Each listener has a thread of its own, which calls it for one event after the other: those of one job come in their
 * order. One that throws, blocks or is slow harms nobody else. Up to 10,000 events wait for it; then events are dropped,
 * counted and told by {@code job:doctor}, until it has worked off what waits. Its thread is interrupted when the service
 * goes. What happened before the service came, or was dropped, {@link StatusReporter#events} tells.
 */
@ConsumerType
@FunctionalInterface
public interface JobListener {

    /**
     * A job changed.
     *
     * @param event the change
     */
    void changed(JobEvent event);

    /**
     * Events were dropped, because this listener was too slow. All of them come after this cursor; so may events that are
     * still to be heard.
     *
     * @param after the cursor of the last event before those that were dropped
     */
    default void missed(EventCursor after) {}
}
