// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.QueuePause;
import io.jobyard.api.QueueStatus;
import io.jobyard.api.StateConflictException;
import io.jobyard.api.spi.AuditEntry;
import io.jobyard.api.spi.JobRepository;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Pauses queues and ends their pauses: first in the store, then in the lanes. One at a time, so that both agree. */
final class PauseStore {

    private final Lanes lanes;
    private final JobRepository repository;

    PauseStore(Lanes lanes, JobRepository repository) {
        this.lanes = lanes;
        this.repository = repository;
    }

    synchronized void pause(QueuePause pause, AuditEntry audit) {
        join(repository.pause(pause, audit));
        lanes.pause(pause);
    }

    synchronized void resume(String queue, AuditEntry audit) {
        refuseIfNotPaused(queue);
        join(repository.resume(queue, audit));
        lanes.resume(queue);
    }

    private void refuseIfNotPaused(String name) {
        Optional<QueueStatus> queue = lanes.ask(QueueOverview::queues).stream()
                .filter(each -> each.name().equals(name))
                .findFirst();
        if (queue.filter(each -> each.pause() != null).isPresent()) {
            return;
        }
        boolean byConfiguration = queue.filter(each -> each.shutBy().stream()
                        .anyMatch(blocker -> blocker.gate().equals(NamedQueue.PAUSED)))
                .isPresent();
        throw new StateConflictException(
                byConfiguration
                        ? "queue " + name + " is paused by its configuration: take paused = true out of etc/"
                                + NamedQueueSettings.FACTORY + "-" + name + ".cfg"
                        : "queue " + name + " is not paused; job:queues shows which are");
    }

    private static void join(CompletableFuture<Void> future) {
        try {
            future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
