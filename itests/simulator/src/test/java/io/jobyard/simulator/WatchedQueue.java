// SPDX-License-Identifier: Apache-2.0
package io.jobyard.simulator;

import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.Slots;
import io.jobyard.spi.queue.CanaryQueries;
import io.jobyard.spi.queue.JobAdmission;
import io.jobyard.spi.queue.JobClaims;
import io.jobyard.spi.queue.QueueManager;
import io.jobyard.spi.queue.QueueQueries;
import io.jobyard.spi.queue.QueueRules;
import io.jobyard.spi.queue.ReadyLanes;
import io.jobyard.spi.queue.RunLimits;
import io.jobyard.spi.store.StartRule;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The queue of a host, of which the model sees what is claimed. */
record WatchedQueue(QueueManager queue, OrderModel model) implements QueueManager, JobClaims {

    @Override
    public List<Assignment> claim(Supplier<Slots> room, Duration timeout, StartRule rule) throws InterruptedException {
        int max = room.get().total();
        model.claims(max);
        try {
            List<Assignment> runs = queue.claims().claim(() -> new Slots(max, 0), timeout, rule);
            model.claimed(true);
            return runs;
        } catch (RuntimeException e) {
            model.claimed(false);
            throw e;
        }
    }

    @Override
    public void startAdmitted(Supplier<Slots> room, StartRule rule, Consumer<List<Assignment>> runs) {
        StartRule watched = (job, position) -> {
            model.admits(position);
            return rule.start(job, position);
        };
        queue.claims().startAdmitted(room, watched, runs);
    }

    @Override
    public void wake() {
        queue.claims().wake();
    }

    @Override
    public JobClaims claims() {
        return this;
    }

    @Override
    public JobAdmission admission() {
        return queue.admission();
    }

    @Override
    public RunLimits runs() {
        return queue.runs();
    }

    @Override
    public QueueRules rules() {
        return queue.rules();
    }

    @Override
    public ReadyLanes lanes() {
        return queue.lanes();
    }

    @Override
    public QueueQueries overview() {
        return queue.overview();
    }

    @Override
    public CanaryQueries canaries() {
        return queue.canaries();
    }
}
