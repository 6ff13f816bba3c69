// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobId;
import io.jobyard.spi.audit.AuditStore;
import io.jobyard.spi.feed.FeedStore;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.limits.LimitStore;
import io.jobyard.spi.reads.JobReads;
import io.jobyard.spi.schedules.ScheduleStore;
import io.jobyard.spi.steps.WorkStore;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.spi.store.JobStore;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Common methods of the parts of the suite. */
interface Conformance {

    StoreUnderTest under();

    default JobStore jobs() {
        return under().jobs();
    }

    default JobReads reads() {
        return under().reads();
    }

    default FeedStore feed() {
        return under().feed();
    }

    default LimitStore limits() {
        return under().limits();
    }

    default ScheduleStore schedules() {
        return under().schedules();
    }

    default WorkStore work() {
        return under().work();
    }

    default AuditStore audit() {
        return under().audit();
    }

    /** Stores a job, and returns after the listeners were notified. */
    default StoredJob admit(Draft draft) {
        AdmittedJob job = draft.admitted();
        done(jobs().admit(List.of(job)));
        reads().awaitListeners();
        return job.stored();
    }

    /** Makes a move that must be accepted. */
    default StoredJob move(Move move) {
        assertThat(done(jobs().move(move, null))).isTrue();
        return move.after();
    }

    /** A run of a new job. */
    default Assignment run() {
        return runOf(move(Moves.start(admit(Draft.job()), jobs())));
    }

    default Assignment runOf(StoredJob running) {
        return new Assignment(running, "{}", null);
    }

    /** Brings a queued job to its end. */
    default StoredJob complete(StoredJob job) {
        return move(Moves.complete(move(Moves.start(job, jobs())), "{\"ok\":true}"));
    }

    default StoredJob read(JobId id) {
        return reads().job(id).orElseThrow();
    }

    default <T> T done(CompletableFuture<T> future) {
        assertThat(future).succeedsWithin(60, TimeUnit.SECONDS);
        return future.join();
    }

    default void refused(CompletableFuture<?> future, Class<? extends Throwable> why) {
        assertThat(future)
                .failsWithin(60, TimeUnit.SECONDS)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(why);
    }
}
