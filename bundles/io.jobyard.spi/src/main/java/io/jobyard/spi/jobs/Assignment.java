// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.jobs;

import io.jobyard.api.HandlerName;
import io.jobyard.api.HistoryEvent;
import org.jspecify.annotations.Nullable;

/**
 * Durable run that must now be executed. Only its holder may finish it.
 *
 * @param stored the running job
 * @param payload a JSON object
 * @param handler handler from the history; null if it was removed before the start
 */
public record Assignment(
        StoredJob stored, String payload, @Nullable HandlerName handler) {

    /** Creates the run of a stored start, whose history names the handler. */
    public static Assignment of(Move start, String payload) {
        HistoryEvent event = start.event();
        return new Assignment(
                start.after(), payload, event == null ? null : event.run().handler());
    }
}
