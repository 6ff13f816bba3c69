// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.jobs;

import io.jobyard.api.HandlerName;
import io.jobyard.api.HistoryEvent;
import org.jspecify.annotations.Nullable;

/**
 * A durable run that must now be done. Only its holder may finish it.
 *
 * @param stored the job, running
 * @param payload a JSON object
 * @param handler its handler, from the history; null if it was removed before the start
 */
public record Assignment(
        StoredJob stored, String payload, @Nullable HandlerName handler) {

    /** Creates the run of a stored start, whose history names the handler; the payload is a JSON object. */
    public static Assignment of(Move start, String payload) {
        HistoryEvent event = start.event();
        return new Assignment(
                start.after(), payload, event == null ? null : event.run().handler());
    }
}
