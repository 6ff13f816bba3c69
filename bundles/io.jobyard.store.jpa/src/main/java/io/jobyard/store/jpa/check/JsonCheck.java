// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.check;

import io.jobyard.api.JobId;
import io.jobyard.api.StoreException;
import io.jobyard.spi.json.JsonSurrogates;
import io.jobyard.store.jpa.sql.Ids;
import io.jobyard.store.jpa.sql.ReadPool;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Check for stored JSON that cannot be read. Earlier versions could store names with half of a surrogate pair; current versions replace
 * these halves.
 */
public final class JsonCheck {

    private static final int NAMED = 5;
    /** Finds rows with an escaped surrogate half, so that the database returns only suspicious rows. */
    private static final String SUSPECT = "SELECT %1$s, %2$s FROM %3$s WHERE %2$s LIKE '%%\\uD%%' ESCAPE '!'";

    private static final List<String> SUSPECTS = List.of(
            SUSPECT.formatted("id", "payload", "job"),
            SUSPECT.formatted("id", "result", "job"),
            SUSPECT.formatted("job_id", "content", "job_text"),
            SUSPECT.formatted("job_id", "content", "step_text"),
            SUSPECT.formatted("job_id", "content", "job_signal"));

    private final ReadPool searchers;

    public JsonCheck(ReadPool searchers) {
        this.searchers = searchers;
    }

    /**
     * Checks all stored JSON.
     *
     * @throws StoreException if some JSON cannot be read; the message names the jobs
     */
    void run() {
        Set<JobId> broken = new LinkedHashSet<>();
        for (String suspects : SUSPECTS) {
            searchers.ask(session -> session.list(suspects, row -> {
                if (JsonSurrogates.areBroken(row.getString(2))) {
                    broken.add(Ids.first(row));
                }
                return true;
            }));
        }
        if (!broken.isEmpty()) {
            List<String> named =
                    broken.stream().limit(NAMED).map(JobId::toString).toList();
            int more = broken.size() - named.size();
            throw new StoreException(
                    "the payload, result, a step or a signal of these jobs has an unpaired surrogate, and may not be"
                            + " readable: " + String.join(", ", named) + (more == 0 ? "" : " and " + more + " more")
                            + ". Delete these jobs, or submit them again with a correct payload",
                    null);
        }
    }
}
