// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobId;
import io.jobyard.api.LogLine;
import io.jobyard.api.StoreException;
import io.jobyard.api.StreamPiece;
import io.jobyard.doubles.Stub;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.running.JobScheduler;
import io.jobyard.spi.running.Outcome;
import io.jobyard.spi.store.JobStore;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RunReporterTest {

    private final WorkerFixture workers = new WorkerFixture();
    private final List<List<LogLine>> storedAtOutcome = new ArrayList<>();
    private final RunReporter reporter = new RunReporter(
            workers.outputs,
            Stub.<JobScheduler>of(JobScheduler.class)
                    .on("finish", arguments -> {
                        storedAtOutcome.add(workers.store.log(
                                ((Assignment) arguments[0]).stored().id()));
                        return CompletableFuture.completedFuture(true);
                    })
                    .get());

    @Test
    void whatTheHandlerWroteIsStoredBeforeItsOutcomeAndInOrder() {
        workers.handle("work", context -> {
            for (int n = 0; n < 5; n++) {
                context.log("line " + n);
            }
            return Map.of();
        });
        Run run = workers.run(workers.assignment("work"));
        Outcome outcome = workers.execute(run);

        reporter.finish(run, outcome);

        assertThat(storedAtOutcome).hasSize(1);
        assertThat(storedAtOutcome.get(0))
                .extracting(LogLine::text)
                .containsExactly("line 0", "line 1", "line 2", "line 3", "line 4");
    }

    @Test
    void whatTheHandlerEmittedIsHandedToTheStoreBeforeItsOutcome() {
        List<String> calls = new ArrayList<>();
        workers.onWork = (method, arguments) -> calls.add(method);
        RunReporter noting = new RunReporter(
                workers.outputs,
                Stub.<JobScheduler>of(JobScheduler.class)
                        .on("finish", arguments -> {
                            calls.add("finish");
                            return CompletableFuture.completedFuture(true);
                        })
                        .get());
        Run run = workers.run(workers.assignment("work"));
        run.stream.add(List.of(new StreamPiece(0, 3, WorkerFixture.START, "rest")), true);
        noting.finish(run, new Outcome.Completed("{}"));
        assertThat(calls).containsExactly("emit", "finish");
    }

    @Test
    void whileTheStoreIsAwayTheLinesStayWithTheRunWhichKeepsSoMany() {
        List<CompletableFuture<Void>> sent = new ArrayList<>();
        RunReporter away = new RunReporter(logging(unanswered(sent)), null);
        Run run = workers.run(workers.assignment("work"));
        for (int n = 0; n < 2 * JobStore.MAX_LOG_LINES; n++) {
            run.lines.add(new LogLine(WorkerFixture.START, 3, "line " + n));
            away.log(run);
        }
        assertThat(sent).hasSize(1);

        sent.get(0).complete(null);
        away.log(run);

        assertThat(sent).hasSize(2);
        assertThat(run.lines.take()).isEmpty();
    }

    private RunOutputs logging(JobStore store) {
        return new RunOutputs(new RunLogs(store), workers.uses, workers.outputs.streams());
    }

    /** A store that takes a log and does not answer. */
    private static JobStore unanswered(List<CompletableFuture<Void>> sent) {
        return (JobStore) Proxy.newProxyInstance(
                RunReporterTest.class.getClassLoader(), new Class<?>[] {JobStore.class}, (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("log");
                    assertThat((List<?>) arguments[1]).hasSizeLessThanOrEqualTo(JobStore.MAX_LOG_LINES);
                    CompletableFuture<Void> answer = new CompletableFuture<>();
                    sent.add(answer);
                    return answer;
                });
    }

    @Test
    void theLinesAfterAFaultAreStoredAlsoIfTheStoreThrowsIt() {
        boolean[] away = {true};
        RunReporter faulty = new RunReporter(
                logging(Stub.<JobStore>before(JobStore.class, workers.store)
                        .first((method, arguments) -> {
                            if (away[0]) {
                                throw new StoreException("the store is away", null);
                            }
                        })
                        .get()),
                null);
        Run run = workers.run(workers.assignment("work"));
        run.lines.add(new LogLine(WorkerFixture.START, 3, "one"));
        faulty.log(run);
        away[0] = false;
        run.lines.add(new LogLine(WorkerFixture.START, 3, "two"));
        faulty.log(run);
        assertThat(workers.store.log(run.id())).extracting(LogLine::text).containsExactly("two");
    }

    @Test
    void aLineIsStoredOnce() {
        Run run = workers.run(workers.assignment("work"));
        JobId id = run.id();
        run.lines.add(new LogLine(WorkerFixture.START, 3, "one"));
        reporter.log(run);
        reporter.log(run);
        run.lines.add(new LogLine(WorkerFixture.START, 3, "two"));
        reporter.finish(run, new Outcome.Completed("{}"));
        assertThat(workers.store.log(id)).extracting(LogLine::text).containsExactly("one", "two");
    }
}
