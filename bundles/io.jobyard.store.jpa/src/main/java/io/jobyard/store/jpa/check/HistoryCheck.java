// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.check;

import io.jobyard.api.JobId;
import io.jobyard.api.StoreException;
import io.jobyard.store.jpa.commit.CommitterConnection;
import io.jobyard.store.jpa.commit.CommitterTask;
import io.jobyard.store.jpa.commit.Inbox;
import io.jobyard.store.jpa.feed.HistoryParts;
import io.jobyard.store.jpa.feed.HistoryParts.HistoryPart;
import io.jobyard.store.jpa.feed.HistoryReads;
import io.jobyard.store.jpa.feed.HistoryRows;
import io.jobyard.store.jpa.feed.HistoryRows.HistoryRow;
import io.jobyard.store.jpa.feed.WholeHistory;
import io.jobyard.store.jpa.sql.Ids;
import io.jobyard.store.jpa.sql.ReadPool;
import io.jobyard.store.jpa.sql.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Check of the histories of all jobs while the host runs. Each history must be readable, complete, and end with the current state of its
 * job.
 */
public final class HistoryCheck {

    /**
     * State of the check after a page of jobs.
     *
     * @param last the last job of the page; null after the oldest job
     */
    private record Looked(int jobs, @Nullable JobId last, Collection<JobId> suspects) {}

    private static final int NAMED = 5;
    private static final String PAGES =
            "SELECT job_id, page, body FROM trail_page WHERE job_id IN (?) ORDER BY job_id, page";

    private final Inbox inbox;
    private final CommitterConnection commits;
    private final ReadPool searchers;
    private final HistoryRows rows;
    private final HistoryReads reads;

    public HistoryCheck(
            Inbox inbox, CommitterConnection commits, ReadPool searchers, HistoryRows rows, HistoryReads reads) {
        this.inbox = inbox;
        this.commits = commits;
        this.searchers = searchers;
        this.rows = rows;
        this.reads = reads;
    }

    /**
     * Returns the number of checked histories.
     *
     * @throws StoreException if histories are broken; the message names some of their jobs
     */
    long count() {
        long count = 0;
        long broken = 0;
        List<String> named = new ArrayList<>();
        Looked looked = look(Ids.GREATEST);
        while (looked.last() != null) {
            count += looked.jobs();
            for (Map.Entry<JobId, String> problem : sure(looked.suspects()).entrySet()) {
                broken++;
                if (named.size() < NAMED) {
                    named.add("job " + problem.getKey() + " " + problem.getValue());
                }
            }
            looked = look(looked.last());
        }
        if (broken > 0) {
            throw new StoreException(told(broken, named), null);
        }
        return count;
    }

    private Looked look(JobId before) {
        return searchers.ask(session -> {
            List<HistoryRow> page = rows.before(session, before);
            JobId last = page.isEmpty() ? null : page.get(page.size() - 1).id();
            return new Looked(page.size(), last, problems(session, page).keySet());
        });
    }

    private static String told(long broken, List<String> named) {
        long more = broken - named.size();
        return (broken == 1 ? "the history of a job is broken: " : "the histories of " + broken + " jobs are broken: ")
                + String.join("; ", named) + (more == 0 ? "" : "; and " + more + " more")
                + ". Verify the audit to see whether they were changed in the database; a backup contains the original histories";
    }

    /**
     * Returns the histories that are really broken. A job that changed while its page was read looks broken, so the suspects are read again
     * between two commits.
     */
    private Map<JobId, String> sure(Collection<JobId> suspects) {
        if (suspects.isEmpty()) {
            return Map.of();
        }
        Map<JobId, String> found = new LinkedHashMap<>();
        CompletableFuture<Void> asked = new CompletableFuture<>();
        CommitterTask.CommitStep step = () ->
                found.putAll(commits.askAtOneMoment(session -> problems(session, HistoryRows.of(session, suspects))));
        try {
            inbox.submit(new CommitterTask(step, asked), asked).join();
            return found;
        } catch (CompletionException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            throw new StoreException("cannot check the histories: " + cause.getMessage(), cause);
        }
    }

    private Map<JobId, String> problems(Session session, List<HistoryRow> jobs) throws SQLException {
        Map<JobId, String> latest = new HashMap<>();
        jobs.forEach(job -> latest.put(job.id(), job.trail()));
        List<JobId> continued = WholeHistory.unbegun(latest);
        Map<JobId, List<HistoryPart>> pages = new HashMap<>();
        session.in(
                PAGES,
                continued,
                row -> pages.computeIfAbsent(Ids.first(row), any -> new ArrayList<>())
                        .add(new HistoryPart(row.getInt(2), row.getString(3))));
        Map<JobId, String> problems = new LinkedHashMap<>();
        for (HistoryRow job : jobs) {
            JobId id = job.id();
            String problem = new HistoryParts(job, reads.names(session)).problem(pages.getOrDefault(id, List.of()));
            if (problem != null) {
                problems.put(id, problem);
            }
        }
        return problems;
    }
}
