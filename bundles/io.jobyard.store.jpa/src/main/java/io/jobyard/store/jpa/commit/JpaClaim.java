// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.commit;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.store.ClaimCandidate;
import io.jobyard.spi.store.ClaimResult;
import io.jobyard.spi.store.StartRule;
import io.jobyard.store.jpa.rows.JobRows;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Starts ready jobs. If some candidates cannot be stored together, smaller parts are tried. The future completes with the started jobs. */
public record JpaClaim(List<ClaimCandidate> positions, StartRule rule, CompletableFuture<ClaimResult> future)
        implements Change {

    private static final int READ_AT_ONCE = 64;
    /** Maximum size of the payloads in one claim, in characters. They share the heap with the next reads and the data of handlers. */
    private static final int MOST_CHARACTERS = 4 << 20;

    @Override
    public Runnable apply(Transaction transaction) throws SQLException {
        if (!transaction.isLeader()) {
            return () -> future.complete(new ClaimResult(List.of(), List.of()));
        }
        List<ClaimCandidate> gone = new ArrayList<>();
        Map<PendingMove, String> starts = new LinkedHashMap<>();
        long characters = 0;
        for (int from = 0; from < positions.size() && characters < MOST_CHARACTERS; from += READ_AT_ONCE) {
            List<ClaimCandidate> some = positions.subList(from, Math.min(from + READ_AT_ONCE, positions.size()));
            Map<JobId, JobRows.Loaded> found = transaction
                    .jobs()
                    .load(some.stream()
                            .map(position -> position.position().id())
                            .toList());
            for (ClaimCandidate position : some) {
                JobRows.Loaded loaded = found.get(position.position().id());
                if (loaded == null || !position.isOf(loaded.job())) {
                    gone.add(position);
                    continue;
                }
                starts.put(transaction.jobs().move(rule.start(loaded.job(), position), null), loaded.payload());
                characters += loaded.payload().length();
            }
        }
        return () -> future.complete(new ClaimResult(
                starts.entrySet().stream()
                        .filter(start -> start.getKey().won() && runs(start.getKey()))
                        .map(start -> Assignment.of(start.getKey().move(), start.getValue()))
                        .toList(),
                gone));
    }

    private static boolean runs(PendingMove move) {
        return move.move().state().status() == JobStatus.RUNNING;
    }

    @Override
    public List<Change> smaller() {
        if (positions.size() == 1) {
            return List.of();
        }
        int half = positions.size() / 2;
        JpaClaim first = new JpaClaim(positions.subList(0, half), rule, new CompletableFuture<>());
        JpaClaim second = new JpaClaim(positions.subList(half, positions.size()), rule, new CompletableFuture<>());
        first.future.whenComplete((one, fault) -> second.future.whenComplete((two, otherFault) -> {
            if (fault != null && otherFault != null) {
                future.completeExceptionally(fault);
            } else {
                future.complete(one == null ? two : two == null ? one : one.and(two));
            }
        }));
        return List.of(first, second);
    }
}
