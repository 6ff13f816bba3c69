// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.util.List;
import java.util.Optional;

/** Information about a job's payload from its history. */
public final class PayloadHistory {

    /** Start of the history text about a migrated payload. */
    public static final String MIGRATED = "payload migrated ";

    private PayloadHistory() {}

    /**
     * Returns the handler for which the payload was made: the active handler of the job's type when the payload was submitted. If the
     * type had no handler at that time, returns the handler of the job's first run.
     *
     * @param history all changes, the oldest first
     * @return the handler; empty if none is known yet
     */
    public static Optional<HandlerName> madeFor(List<HistoryEvent> history) {
        return history.stream()
                .filter(event -> event.run().handler() != null && event.to() != JobStatus.RUNNING)
                .reduce((earlier, later) -> later) // a later submit with its key may have replaced the job
                .or(() -> history.stream()
                        .filter(event -> event.run().handler() != null)
                        .findFirst())
                .map(one -> one.run().handler());
    }

    /**
     * Returns how the payload was migrated in the latest run.
     *
     * @param history all changes, the oldest first
     * @return versions and migrators as text; empty if the payload was not migrated
     */
    public static Optional<String> migrated(List<HistoryEvent> history) {
        int run = history.isEmpty() ? 0 : history.get(history.size() - 1).run().number();
        return history.stream()
                .filter(event -> event.run().number() == run && event.from() == JobStatus.RUNNING)
                .filter(event -> event.to() == JobStatus.RUNNING && event.why().startsWith(MIGRATED))
                .findFirst()
                .map(event -> event.why().substring(MIGRATED.length()));
    }
}
