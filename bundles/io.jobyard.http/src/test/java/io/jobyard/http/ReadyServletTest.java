// SPDX-License-Identifier: Apache-2.0
package io.jobyard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobyard.api.Finding;
import io.jobyard.api.StatusReporter;
import io.jobyard.doubles.Stub;
import io.jobyard.spi.JobManagers;
import io.jobyard.spi.StatusReporters;
import io.jobyard.spi.store.StoreMaintenance;
import io.jobyard.spi.store.StoreMaintenance.Commits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReadyServletTest {

    private final ReadyServlet ready = new ReadyServlet();
    private final JobManagers jobs = Stub.<JobManagers>of(JobManagers.class).get();

    private static StatusReporters reporter(Finding... findings) {
        StatusReporter reporter = Stub.<StatusReporter>of(StatusReporter.class)
                .with("doctor", List.of(findings))
                .get();
        return caller -> reporter;
    }

    @Test
    void aHostIsReadyOnceItsStoreIsOpenAndItsEngineIsThere() {
        assertThat(ready.reason()).hasValue("the store is not open");
        StatusReporters status = reporter();
        ready.bindStatus(status);
        assertThat(ready.reason()).hasValue("the engine is not available");
        ready.bindJobs(jobs);
        assertThat(ready.reason()).isEmpty();
        ready.unbindStatus(status);
        assertThat(ready.reason()).hasValue("the store is not open");
    }

    @Test
    void aStoreWhoseCommitterIsAtItForLongIsNotReadyAndTheFaultIsNamed() {
        ready.bindJobs(jobs);
        ready.bindStatus(reporter());
        ready.bindStore(store(new Commits(Duration.ZERO, null, 3, 0)));
        assertThat(ready.reason()).isEmpty();
        ready.bindStore(store(new Commits(Duration.ofSeconds(12), null, 0, 0)));
        assertThat(ready.reason()).hasValue("the store has not committed for 12 s; see the doctor");
        ready.bindStore(store(new Commits(Duration.ofSeconds(60), "NoSuchAlgorithmException", 9, 0)));
        assertThat(ready.reason())
                .hasValue("the store has not committed for 60 s (NoSuchAlgorithmException); see the doctor");
    }

    @Test
    void questionsThatAStoreDoesNotAnswerTakeThreeThreadsAndNoMore() {
        ready.bindJobs(jobs);
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        StatusReporter silent = Stub.<StatusReporter>of(StatusReporter.class)
                .on("doctor", arguments -> {
                    asked.incrementAndGet();
                    never.await();
                    return List.of();
                })
                .get();
        ready.bindStatus(caller -> silent);
        List<CompletableFuture<Optional<String>>> answers = Stream.generate(
                        () -> CompletableFuture.supplyAsync(ready::reason, task -> new Thread(task).start()))
                .limit(3)
                .toList();
        await().until(() -> asked.get() == 3);
        assertThat(ready.reason())
                .hasValueSatisfying(reason -> assertThat(reason).startsWith("the host is busy"));
        never.countDown();
        answers.forEach(answer -> assertThat(answer.join()).isEmpty());
        assertThat(ready.reason()).isEmpty();
    }

    private static StoreMaintenance store(Commits commits) {
        return Stub.<StoreMaintenance>of(StoreMaintenance.class)
                .with("commits", commits)
                .get();
    }

    @Test
    void aStoreThatTakesNoChangesIsNotReadyAndOtherFindingsDoNotMatter() {
        ready.bindJobs(jobs);
        ready.bindStatus(reporter(
                new Finding(Finding.DISK, "nearly full", "make room"), Finding.note(Finding.STORE, "odd", "nothing")));
        assertThat(ready.reason()).isEmpty();
        ready.bindStatus(reporter(new Finding(Finding.STORE, "takes no changes", "mend it")));
        assertThat(ready.reason()).hasValue("the store has a problem; see the doctor");
    }
}
