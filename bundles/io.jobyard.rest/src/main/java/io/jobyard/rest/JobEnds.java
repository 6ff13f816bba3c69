// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.api.JobId;
import io.jobyard.spi.feed.CommitListener;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.feed.StoreSnapshot;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Component;

/** Notifies listeners when a job finishes. It runs on the store's writing thread, so listeners must not block. */
@Component(service = {JobEnds.class, CommitListener.class})
public final class JobEnds implements CommitListener {

    private final Map<JobId, List<Runnable>> waiting = new ConcurrentHashMap<>();

    /**
     * Registers a listener for the end of a job. Each commit that finishes the job calls it once. Run the returned handle to unregister.
     */
    Runnable onEnd(JobId id, Runnable call) {
        waiting.compute(id, (job, calls) -> {
            List<Runnable> all = calls == null ? new CopyOnWriteArrayList<>() : calls;
            all.add(call);
            return all;
        });
        return () -> waiting.computeIfPresent(id, (job, calls) -> {
            calls.remove(call);
            return calls.isEmpty() ? null : calls;
        });
    }

    int waiting() {
        return waiting.size();
    }

    @Override
    public void opened(StoreSnapshot snapshot) {
        waiting.values().forEach(calls -> calls.forEach(Runnable::run)); // commits may have been missed
    }

    @Override
    public void committed(List<Committed> changes) {
        if (waiting.isEmpty()) {
            return;
        }
        for (Committed change : changes) {
            if (change.after().status().isFinished()) {
                waiting.getOrDefault(change.after().id(), List.of()).forEach(Runnable::run);
            }
        }
    }
}
