// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.JobId;
import io.jobyard.api.JobManager;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobStatus;
import io.jobyard.api.JobStep;
import io.jobyard.api.Reason;
import io.jobyard.api.StepKind;
import io.jobyard.api.StreamPiece;
import io.jobyard.api.handler.HandlesJob;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.JobHandler;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.testkit.InMemoryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DurableWorkTest {

    private final Trip.Office office = new Trip.Office();
    private TestHost host = TestHost.with(new Trip(office)).and("hotel", Trip.Office.hotel());

    @AfterEach
    void close() {
        host.close();
    }

    private TestJob trip() {
        return host.submit(Map.of("to", "Italy"));
    }

    private void with(JobHandler handler) {
        host.close();
        host = TestHost.with("work", handler);
    }

    private TestJob work(JobHandler handler) {
        with(handler);
        return host.submit(Map.of());
    }

    @Test
    @Timeout(120) // threads that wait for each other would for ever
    void manyJobsAtOnceStoreTheirSteps() {
        try (TestHost host = TestHost.with("work", context -> {
            int sum = 0;
            for (int n = 1; n <= 5; n++) {
                int number = n;
                sum += context.step("step " + n, Integer.class, () -> {
                    context.used("tokens", number);
                    return number;
                });
            }
            return Map.of("sum", sum);
        })) {
            List<TestJob> jobs = IntStream.range(0, 500)
                    .mapToObj(n -> host.submit(Map.of("n", n)))
                    .toList();
            assertThat(jobs)
                    .allSatisfy(job -> assertThat(job.awaitEnd().result()).isEqualTo(Map.of("sum", 15)));
        }
    }

    @Test
    void doesStepsAndWaitsOneAfterTheOther() {
        TestJob job = trip().awaitWaiting();
        assertThat(job.reason()).isEqualTo(Reason.SIGNAL);
        assertThat(job.signal("approved", true).awaitWaiting().reason()).isEqualTo(Reason.SLEEP);
        host.advance(Duration.ofMinutes(59));
        assertThat(job.awaitWaiting().reason()).isEqualTo(Reason.SLEEP);
        host.advance(Duration.ofMinutes(1));
        assertThat(job.awaitWaiting().reason()).isEqualTo(Reason.CALLBACK);
        job.answer(office.token, "receipt 7");

        assertThat(job.await().result())
                .isEqualTo(Map.of(
                        "plan",
                        "plan of Italy",
                        "prices",
                        List.of(5, 5),
                        "hotels",
                        List.of("at Rome", "at Bari"),
                        "receipt",
                        "receipt 7"));
        assertThat(job.steps())
                .extracting(JobStep::name)
                .containsExactly(
                        "plan",
                        "price train",
                        "price plane",
                        "signal approved",
                        "sleep 1",
                        "children 1",
                        "callback 1",
                        "ask",
                        "book");
        assertThat(job.worked("plan")).isEqualTo(1);
        assertThat(job.worked("price train")).isEqualTo(1);
        assertThat(job.worked("no such step")).isZero();
    }

    @Test
    void takesASignalThatComesFirst() {
        TestJob job = work(context -> {
            context.sleep(Duration.ofHours(1));
            return Map.of(
                    "go", context.signal("go", Integer.class, Duration.ZERO).orElse(0));
        });
        job.awaitWaiting().signal("go", 7);

        assertThat(job.awaitEnd().result()).isEqualTo(Map.of("go", 7));
    }

    @Test
    void endsWaitsWhoseTimeIsOver() {
        TestJob job = trip().awaitWaiting();
        host.advance(Duration.ofHours(23));
        assertThat(job.awaitWaiting().reason()).isEqualTo(Reason.SIGNAL);
        host.advance(Duration.ofHours(1));

        assertThat(job.await().result()).containsEntry("approved", false);
        assertThat(job.steps())
                .filteredOn(step -> step.kind() == StepKind.SIGNAL)
                .extracting(one -> one.times().timedOut())
                .containsExactly(true);
    }

    @Test
    void tellsAWaitThatTimedOutFromAnEmptyAnswer() {
        TestJob job = work(context -> {
            context.signal("note", String.class, Duration.ofHours(1));
            context.signal("more", String.class, Duration.ofHours(1));
            return Map.of();
        });
        job.awaitWaiting().signal("note", "").awaitEnd();

        assertThat(job.steps()).extracting(one -> one.times().timedOut()).containsExactly(false, true);
    }

    @Test
    void failsACallback() {
        TestJob job = trip().signal("approved", true).awaitWaiting();
        host.advance(Duration.ofHours(1));
        job.awaitWaiting();
        job.fail(office.token, "no money");

        assertThat(job.await().status()).isEqualTo(JobStatus.FAILED);
        assertThat(job.error()).contains("no money");
    }

    @Test
    void tellsWhatTheHandlerHasEmitted() {
        CountDownLatch end = new CountDownLatch(1);
        TestJob job = work(context -> {
            end.await();
            return Map.of();
        });
        assertThat(job.stream()).isEmpty();
        InMemoryStore store = host.engine.life().store;
        Assignment run = new Assignment(store.job(job.id()).orElseThrow(), "{}", null);
        for (String piece : List.of("to be ", "or not")) {
            store.work().emit(run, List.of(new StreamPiece(0, 1, host.clock().instant(), piece)));
        }
        end.countDown();

        assertThat(job.await().stream()).isEqualTo("to be or not");
    }

    @Test
    void refusesToAwaitAWaitOfAJobThatHasEnded() {
        TestJob job = work(context -> Map.of());

        assertThatThrownBy(job::awaitWaiting)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("completed and waits for nothing");
    }

    @Test
    void keepsTheStepsOfAHostThatDies() {
        with(context -> {
            String draft = context.step("draft", String.class, () -> "draft");
            String sent = context.step("send", String.class, () -> draft + " sent");
            return Map.of("sent", sent);
        });
        TestJob job = host.diesAfter(1).submit(Map.of()).await();

        assertThat(job.result()).isEqualTo(Map.of("sent", "draft sent"));
        assertThat(host.deaths()).isEqualTo(1);
        assertThat(job.worked("draft")).isEqualTo(1);
        assertThat(job.worked("send")).isEqualTo(1);
        assertThat(job.job().state().run().number()).isEqualTo(2);
        assertThat(job.job().state().run().attempt()).isEqualTo(1);
        assertThat(host.commits()).containsExactly("step 'draft'", "step 'send'", "the end of run 2");
    }

    @Test
    void aJobThatTheHandlerSubmitsIsSubmittedOnceWhereverTheHostDies() {
        for (int commit = 1; commit <= 2; commit++) {
            for (boolean after : new boolean[] {false, true}) {
                Set<JobId> hotels = ConcurrentHashMap.newKeySet();
                host.close();
                host = TestHost.with("work", context -> {
                            JobId hotel = context.submit(JobSpecification.type("hotel")
                                    .payload(Map.of("place", "Rome"))
                                    .build());
                            return Map.of("hotel", hotel.toString());
                        })
                        .and("hotel", context -> {
                            hotels.add(context.job().id());
                            return Trip.Office.hotel().handle(context);
                        });
                host = after ? host.diesAfter(commit) : host.diesBefore(commit);
                TestJob job = host.submit(Map.of()).awaitEnd();

                assertThat(host.deaths()).isEqualTo(1);
                assertThat(host.commits()).contains("step 'submit 1'");
                TestJob hotel = host.job(JobId.of(String.valueOf(job.result().get("hotel"))))
                        .awaitEnd();
                assertThat(hotel.result()).isEqualTo(Map.of("hotel", "at Rome"));
                assertThat(hotel.job().submitter()).isEqualTo(job.job().submitter());
                assertThat(hotels).containsExactly(hotel.job().id());
            }
        }
    }

    @Test
    void aForkContinuesWithTheStepsAndWaitsOfItsOrigin() {
        Trip.Office office = new Trip.Office();
        host.close();
        host = TestHost.with(new Trip(office)).and("hotel", Trip.Office.hotel());
        TestJob trip = host.submit(Map.of("to", "Rome")).awaitWaiting();
        trip.signal("approved", true);
        trip.awaitWaiting();
        host.advance(Duration.ofHours(1));
        trip.awaitWaiting();
        trip.answer(office.token, "paid");
        Map<String, Object> result = trip.awaitEnd().result();
        assertThat(office.booked).hasSize(1);

        TestJob fork = host.job(host.jobs().fork(trip.job().id(), "book").id()).await();
        assertThat(fork.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(fork.result()).isEqualTo(result);
        assertThat(fork.worked("plan")).isZero();
        assertThat(fork.worked("book")).isEqualTo(1);
        assertThat(office.booked).hasSize(2);
        assertThat(trip.worked("book")).isEqualTo(1);
    }

    /** Emits, logs, uses and reports progress before each step, wait and end. */
    private static Map<String, Object> talking(JobContext context) throws Exception {
        context.step("speech", Void.class, () -> {
            talk(context, 40);
            return null;
        });
        talk(context, 10);
        context.sleep(Duration.ofHours(1));
        talk(context, 10);
        context.children(List.of(
                JobSpecification.type("hotel").payload(Map.of("city", "Rome")).build()));
        talk(context, 10);
        context.signal("go", Boolean.class, Duration.ofHours(1));
        talk(context, 10);
        return Map.of();
    }

    private static void talk(JobContext context, int times) {
        for (int n = 1; n <= times; n++) {
            context.emit("word " + n + " ");
            context.log("line " + n);
            context.used("tokens", 1);
            context.progress(n, times, "said " + n);
        }
    }

    @Test
    void storesAllOutputWithTheCommitThatFollowsIt() {
        List<String> commits = List.of("first");
        for (int commit = 1; commit <= commits.size(); commit++) {
            for (boolean after : new boolean[] {false, true}) {
                host.close();
                host = TestHost.with("work", DurableWorkTest::talking).and("hotel", Trip.Office.hotel());
                host = after ? host.diesAfter(commit) : host.diesBefore(commit);
                TestJob job = host.submit(Map.of()).awaitEnd();

                assertThat(job.status()).isEqualTo(JobStatus.COMPLETED);
                assertThat(host.deaths()).isEqualTo(1);
                assertThat(host.lostOutput()).as("after %s", host.commits()).isEmpty();
                assertThat(job.progress().orElseThrow().text()).isEqualTo("said 10");
                commits = commit == 1 ? host.commits() : commits;
            }
        }
        assertThat(commits).hasSizeGreaterThan(8);
    }

    @Test
    void storesWhatAStepEmittedExactlyOnceWhenTheHostDiesRightAfterIt() {
        with(context -> {
            context.step("speech", Void.class, () -> {
                talk(context, 40);
                return null;
            });
            return Map.of();
        });
        TestJob job = host.diesAfter(1).submit(Map.of()).await();

        assertThat(job.stream())
                .isEqualTo(IntStream.rangeClosed(1, 40)
                        .mapToObj(n -> "word " + n + " ")
                        .collect(Collectors.joining()));
        assertThat(job.log()).hasSize(40);
        assertThat(job.used("tokens")).isEqualTo(40);
    }

    @Test
    void losesTheStepThatAHostHasNotStoredWhenItDies() {
        with(context -> {
            context.step("draft", String.class, () -> "draft");
            context.step("send", String.class, () -> "sent");
            return Map.of();
        });
        TestJob job = host.diesBefore(2).submit(Map.of()).await();

        assertThat(job.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(job.worked("draft")).isEqualTo(1);
        assertThat(job.worked("send")).isEqualTo(2);
    }

    @Test
    void diesAtTheEndOfARun() {
        AtomicInteger called = new AtomicInteger();
        with(context -> Map.of("call", called.incrementAndGet()));

        assertThat(host.diesBefore(1).submit(Map.of()).await().result()).isEqualTo(Map.of("call", 2));
        assertThat(host.diesAfter(1).submit(Map.of()).await().result()).isEqualTo(Map.of("call", 3));
        assertThat(host.deaths()).isEqualTo(2);
    }

    @Test
    void endsAtEachDeathAsWithoutOne() {
        List<String> commits = List.of();
        for (int commit = 0; commit <= commits.size(); commit++) {
            for (boolean after : new boolean[] {false, true}) {
                host.close();
                host = TestHost.making(() -> new Trip(office)).and("hotel", Trip.Office.hotel());
                if (commit > 0) {
                    host = after ? host.diesAfter(commit) : host.diesBefore(commit);
                }
                TestJob job = trip().awaitWaiting().signal("approved", true).awaitWaiting();
                host.advance(Duration.ofHours(1));
                job.awaitWaiting();
                job.answer(office.token, "receipt");

                assertThat(job.await().status()).isEqualTo(JobStatus.COMPLETED);
                assertThat(host.deaths()).isEqualTo(commit == 0 ? 0 : 1);
                assertThat(job.steps()).hasSize(9);
                commits = commit == 0 ? host.commits() : commits;
            }
        }
        assertThat(commits)
                .hasSize(16)
                .contains("wait 'children 1'", "the end of wait 'sleep 1'", "the end of run 2, at wait 'sleep 1'");
    }

    @Test
    void cutsOffWhatElseRunsWhenItDies() {
        AtomicBoolean cut = new AtomicBoolean();
        CountDownLatch runs = new CountDownLatch(1);
        with(context -> {
            runs.await();
            return Map.of();
        });
        host.and("other", context -> {
            boolean isCutOff = context.run() == 1;
            runs.countDown();
            try {
                new CountDownLatch(isCutOff ? 1 : 0).await();
                return Map.of();
            } catch (InterruptedException e) {
                cut.set(true);
                throw e;
            }
        });
        TestJob job = host.diesBefore(1).submit(Map.of());
        TestJob other =
                host.submit(JobSpecification.type("other").payload(Map.of()).build());

        assertThat(job.await().status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(other.await().status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(cut).isTrue();
        assertThat(other.job().state().run().number()).isEqualTo(2);
    }

    @Test
    void endsAHandlerThatGoesOnAfterItsHostHasDied() {
        List<String> said = new ArrayList<>();
        with(context -> {
            try {
                context.step("draft", String.class, () -> "draft");
            } catch (Throwable e) { // as handlers should not
                said.add(e.getMessage());
                context.step("again", String.class, () -> "again");
            }
            return Map.of();
        });
        TestJob job = host.diesBefore(1).submit(Map.of()).await();

        assertThat(job.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(said)
                .containsExactly(
                        "the test host was killed right before step 'draft' was stored, as by kill -9: let this pass");
        assertThat(job).asString().endsWith("; the test host was killed right before step 'draft' was stored");
        assertThat(job.worked("again")).isZero();
        assertThat(job.steps()).extracting(JobStep::name).containsExactly("draft");
    }

    @HandlesJob("counting")
    static final class Counting implements JobHandler {
        private int runs;

        @Override
        public Map<String, Object> handle(JobContext context) {
            runs++;
            return Map.of("runs", runs);
        }
    }

    @Test
    void makesAHandlerForEachLife() {
        host.close();
        host = TestHost.making(Counting::new);
        assertThat(host.diesBefore(1).submit(Map.of()).await().result()).isEqualTo(Map.of("runs", 1));
        host.close();
        host = TestHost.with(new Counting());
        assertThat(host.diesBefore(1).submit(Map.of()).await().result()).isEqualTo(Map.of("runs", 2));
    }

    @Test
    void countsCommitsFromOne() {
        assertThatThrownBy(() -> host.diesBefore(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the next one is 1");
    }

    @Test
    void givesItsJobManagerInAllLives() {
        AtomicInteger submits = new AtomicInteger();
        with(context -> {
            host.jobs()
                    .submit(JobSpecification.type("other")
                            .payload(Map.of("submit", submits.incrementAndGet()))
                            .build());
            return Map.of();
        });
        JobManager jobs = host.and("other", context -> Map.of()).jobs();
        host.diesBefore(1).submit(Map.of()).await();

        assertThat(jobs.submit(JobSpecification.type("other").payload(Map.of()).build())
                        .id())
                .satisfies(id -> assertThat(host.job(id).await().status()).isEqualTo(JobStatus.COMPLETED));
        assertThat(submits).hasValue(2);
    }
}
