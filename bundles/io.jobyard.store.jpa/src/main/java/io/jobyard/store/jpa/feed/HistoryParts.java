// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.feed;

import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobStatus;
import io.jobyard.store.jpa.feed.HistoryRows.HistoryRow;
import io.jobyard.store.jpa.feed.HistoryText.HistoryLine;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stored parts of one job's history, read in order. Only for one thread and one use. */
public final class HistoryParts {

    /**
     * An older part.
     *
     * @param number version of the job when the part was written
     */
    public record HistoryPart(int number, String text) {}

    private final HistoryRow job;
    private final HistoryText.HistoryNames names;
    private @Nullable JobStatus status;
    private int run;
    private int attempt;
    private int version;

    public HistoryParts(HistoryRow job, HistoryText.HistoryNames names) {
        this.job = job;
        this.names = names;
    }

    /** Returns the problem as the end of a sentence about the job; null if the parts are valid. */
    @Nullable
    public String problem(List<HistoryPart> pages) throws SQLException {
        int next = 1;
        for (HistoryPart page : pages) {
            String problem = read(page.text(), next);
            if (problem != null) {
                return problem;
            }
            next = page.number() + 1;
        }
        String problem = read(job.trail(), next);
        return problem == null ? end() : problem;
    }

    private @Nullable String read(String text, int next) throws SQLException {
        List<HistoryLine> entries;
        try {
            entries = HistoryText.read(text, job.origin(), names);
        } catch (IllegalArgumentException | IllegalStateException e) {
            return "has a history that cannot be read";
        }
        if (entries.isEmpty()) {
            return "has lost change " + next + " and all later changes from its history";
        }
        boolean begins = entries.get(0).version() == next;
        for (HistoryLine entry : entries) {
            if (!begins || entry.version() <= version || entry.event().from() != status) {
                return "has lost all changes before change " + entry.version() + " from its history";
            }
            version = entry.version();
            follow(entry.event());
        }
        return null;
    }

    private void follow(HistoryEvent event) {
        status = event.to();
        run = event.run().number();
        attempt = event.run().attempt();
    }

    /**
     * Checks the end of the history. The version of the job may exceed the version in the last line, because the end of a dependency can
     * change only the scheduling state.
     */
    private @Nullable String end() {
        if (version > job.version()) {
            return "has change " + version + " in its history, but only " + job.version() + " were made";
        }
        return status == job.status() && run == job.run() && attempt == job.attempt()
                ? null
                : "is " + told(job.status(), job.run(), job.attempt()) + ", but its history ends with "
                        + told(status, run, attempt);
    }

    private static String told(@Nullable JobStatus status, int run, int attempt) {
        return (status == null ? "nothing" : status.text()) + " in run " + run + ", attempt " + attempt;
    }
}
