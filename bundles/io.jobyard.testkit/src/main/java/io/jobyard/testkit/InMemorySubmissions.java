// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit;

import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.spi.store.InboxEntry;
import io.jobyard.spi.store.RefusedSubmissions;
import io.jobyard.spi.store.SubmissionInbox;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Submissions from SQL, in memory. Every host takes from it, as if it were the leader. */
public final class InMemorySubmissions implements SubmissionInbox {

    private final InMemoryTables tables;
    private final InMemoryCommits commits;
    private final Clock clock;

    InMemorySubmissions(InMemoryTables tables, InMemoryCommits commits, Clock clock) {
        this.tables = tables;
        this.commits = commits;
        this.clock = clock;
    }

    /** Submits a job as an application does with SQL. Replaces an entry with the same number. */
    public void submit(InboxEntry entry) {
        commits.write(() -> tables.submissions.put(entry.number(), entry)).join();
    }

    @Override
    public boolean await(Duration atMost) {
        throw new IllegalStateException("submissions in memory send no notifications: read the waiting submissions");
    }

    @Override
    public List<InboxEntry> waiting(int limit, int maxBytes) {
        return commits.read(() -> tables.submissions.values().stream()
                .limit(limit)
                .map(entry -> String.valueOf(entry.specification()).length() > maxBytes
                        ? new InboxEntry(entry.number(), entry.id(), entry.submitter(), null)
                        : entry)
                .toList());
    }

    @Override
    public CompletableFuture<Boolean> admit(InboxEntry entry, AdmittedJob job) {
        return commits.change(
                () -> {
                    if (!tables.submissions.containsKey(entry.number())) {
                        return List.of();
                    }
                    List<Committed> done = tables.admit(List.of(job));
                    tables.submissions.remove(entry.number());
                    return done;
                },
                done -> !done.isEmpty());
    }

    @Override
    public CompletableFuture<Void> refuse(Map<InboxEntry, String> refusals) {
        return commits.write(() -> refusals.forEach(this::refuse));
    }

    private void refuse(InboxEntry entry, String why) {
        if (tables.submissions.remove(entry.number()) != null) {
            String cut = why.substring(0, Math.min(why.length(), RefusedSubmissions.MAX_WHY));
            tables.refusedSubmissions.put(
                    entry.number(), new RefusedSubmissions(1, entry.id(), entry.submitter(), clock.instant(), cut));
        }
    }

    @Override
    public Optional<RefusedSubmissions> refused(Duration within, int limit) {
        Instant since = clock.instant().minus(within);
        List<RefusedSubmissions> found = commits.read(() -> tables.refusedSubmissions.descendingMap().values().stream()
                .limit(limit)
                .filter(each -> each.at().isAfter(since))
                .toList());
        return found.stream()
                .min(Comparator.comparing(RefusedSubmissions::at)
                        .reversed()) // if there are several, the first one, with the highest number
                .map(latest -> new RefusedSubmissions(
                        found.size(), latest.latest(), latest.submitter(), latest.at(), latest.why()));
    }
}
