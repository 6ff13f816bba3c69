// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads awaited jobs, a few at a time, so that many awaits need few connections. */
final class QueuedReads {

    private static final int AT_ONCE = 4;

    private final HttpCalls calls;
    private final Function<String, List<CompletableFuture<RemoteJob>>> awaits;
    private final Object lock = new Object();
    /** Guarded by the lock. */
    private final Set<String> next = new LinkedHashSet<>();
    /** Guarded by the lock. */
    private int running;

    /** {@code awaits} returns the unfinished awaits of a job. */
    QueuedReads(HttpCalls calls, Function<String, List<CompletableFuture<RemoteJob>>> awaits) {
        this.calls = calls;
        this.awaits = awaits;
    }

    /** Reads these jobs after this call, even if a read of them is under way. */
    void add(Collection<String> ids) {
        synchronized (lock) {
            next.addAll(ids);
        }
        begin();
    }

    /** A read answers only the awaits that began before it: a job may have been retried since. */
    private void begin() {
        taken().forEach((id, ends) -> {
            CompletableFuture<RemoteJob> job =
                    Chained.map(calls.send(HttpCall.get(HttpCall.path(id, ""))), RemoteJob::new);
            job.whenCompleteAsync((value, fault) -> ended(ends, value, fault));
        });
    }

    private Map<String, List<CompletableFuture<RemoteJob>>> taken() {
        Map<String, List<CompletableFuture<RemoteJob>>> some = new LinkedHashMap<>();
        synchronized (lock) {
            for (Iterator<String> each = next.iterator(); each.hasNext() && running < AT_ONCE; ) {
                String id = each.next();
                each.remove();
                List<CompletableFuture<RemoteJob>> ends = awaits.apply(id);
                if (!ends.isEmpty()) {
                    some.put(id, ends);
                    running++;
                }
            }
        }
        return some;
    }

    private void ended(List<CompletableFuture<RemoteJob>> ends, @Nullable RemoteJob job, @Nullable Throwable fault) {
        synchronized (lock) {
            running--;
        }
        begin();
        if (fault != null) {
            ends.forEach(end -> end.completeExceptionally(fault));
        } else if (job != null && job.isFinished()) {
            ends.forEach(end -> end.complete(job));
        }
    }
}
