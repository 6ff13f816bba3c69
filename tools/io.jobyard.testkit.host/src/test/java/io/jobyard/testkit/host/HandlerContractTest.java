// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.host;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobStep;
import io.jobyard.api.StepKind;
import io.jobyard.api.ValidationException;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.JobHandler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** That the contract finds what it is to find; that good handlers keep it show the classes that extend it. */
@Isolated("the contract counts threads")
class HandlerContractTest {

    /** One of these examples. */
    private static final class Given extends HandlerContract {
        private final Supplier<HandlerExample> example;

        Given(Supplier<HandlerExample> example) {
            this.example = example;
        }

        @Override
        protected List<HandlerExample> examples() {
            return List.of(example.get());
        }

        @Override
        protected Duration cancelGrace() {
            return Duration.ofMillis(300);
        }
    }

    /** A lambda that holds nothing is one object for all calls. */
    private static Given handler(JobHandler work) {
        return new Given(() -> HandlerExample.of("work", () -> context -> work.handle(context), Map.of()));
    }

    /** Of a handler that tells the outside. */
    private static Given telling(Telling work) {
        return new Given(() -> {
            List<String> told = new CopyOnWriteArrayList<>();
            return HandlerExample.of("work", () -> context -> work.handle(context, told), Map.of())
                    .outside(() -> told);
        });
    }

    private interface Telling {
        Map<String, Object> handle(JobContext context, List<String> told) throws Exception;
    }

    @Test
    void findsEffectsOutsideSteps() {
        Given contract = telling((context, told) -> {
            told.add("a mail");
            return Map.of("draft", context.step("draft", String.class, () -> "draft"));
        });

        assertThatThrownBy(contract::comesToTheSameWhereverItsHostDies)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("when the host dies right before step 'draft' is stored")
                .hasMessageContaining("the outside has seen [a mail, a mail] in place of [a mail]")
                .hasMessageContaining("put each effect into a step of its own");
    }

    @Test
    void findsEffectsOfAHandlerWithoutSteps() {
        Given contract = telling((context, told) -> {
            told.add("a mail");
            return Map.of();
        });

        assertThatThrownBy(contract::comesToTheSameWhereverItsHostDies)
                .hasMessageContaining("when the host dies right before the end of run 1 is stored");
    }

    @Test
    void findsAStepThatIsNotHarmlessWhenItIsDoneAgain() {
        Given contract = telling((context, told) -> {
            context.step("mail", Void.class, () -> {
                told.add("a mail");
                return null;
            });
            return Map.of();
        });

        assertThatThrownBy(contract::comesToTheSameWhereverItsHostDies)
                .hasMessageContaining("right before step 'mail' is stored")
                .hasMessageContaining("as a key that the other side knows again");
    }

    @Test
    void allowsAStepThatTheOtherSideKnowsAgain() {
        Given contract = new Given(() -> {
            Set<String> told = ConcurrentHashMap.newKeySet();
            JobHandler handler = context -> {
                context.step("mail", Void.class, () -> {
                    told.add(context.job().id() + " mail");
                    return null;
                });
                return Map.of();
            };
            return HandlerExample.of("work", () -> handler, Map.of()).outside(() -> told);
        });

        assertThatCode(contract::comesToTheSameWhereverItsHostDies).doesNotThrowAnyException();
    }

    @Test
    void findsAResultThatIsAnotherOneInTheNextRun() {
        AtomicInteger clock = new AtomicInteger();
        Given contract = handler(context -> {
            int now = clock.incrementAndGet();
            context.step("draft", String.class, () -> "draft");
            return Map.of("now", now);
        });

        assertThatThrownBy(contract::comesToTheSameWhereverItsHostDies)
                .hasMessageContaining("the result is {\"now\":3} in place of {\"now\":1}")
                .hasMessageContaining("read clocks, random numbers and all that changes in a step");
    }

    @Test
    void findsStateInFields() {
        Given contract = new Given(() -> HandlerExample.of("work", Remembering::new, Map.of()));

        assertThatThrownBy(contract::comesToTheSameWhereverItsHostDies)
                .hasMessageContaining("right after step 'draft' is stored")
                .hasMessageContaining("keep nothing in fields");
    }

    private static final class Remembering implements JobHandler {
        private volatile String draft = "none";

        @Override
        public Map<String, Object> handle(JobContext context) throws Exception {
            context.step("draft", Void.class, () -> {
                draft = "draft";
                return null;
            });
            return Map.of("draft", draft);
        }
    }

    @Test
    void findsAHandlerThatFailsWhenItIsDoneAgain() {
        Given contract = telling((context, told) -> {
            if (told.contains("made")) {
                throw new IllegalStateException("is there already");
            }
            told.add("made");
            return Map.of();
        });

        assertThatThrownBy(contract::comesToTheSameWhereverItsHostDies)
                .hasMessageContaining("the next run does not complete: ")
                .hasMessageContaining("is there already")
                .hasMessageContaining("make both harmless then");
    }

    @Test
    void findsStepsThatAreOthersInTheNextRun() {
        Given contract = handler(context -> {
            context.step("draft", String.class, () -> "draft");
            context.step("send in run " + context.run(), String.class, () -> "sent");
            return Map.of();
        });

        assertThatThrownBy(contract::comesToTheSameWhereverItsHostDies)
                .hasMessageContaining("right after step 'send in run 1' is stored")
                .hasMessageContaining("step 2 was 'send in run 1' in run 1 and is 'send in run 2' now");
    }

    @Test
    void findsAHandlerThatDoesOtherThingsEachTime() {
        AtomicInteger calls = new AtomicInteger();
        Given contract = handler(context -> {
            if (calls.incrementAndGet() == 1) {
                context.step("draft", String.class, () -> "draft");
                context.step("send", String.class, () -> "sent");
            }
            return Map.of();
        });

        assertThatThrownBy(contract::comesToTheSameWhereverItsHostDies)
                .hasMessageContaining("the handler does not come there a second time");
        calls.set(0);
        assertThatThrownBy(contract::endsSoonWhenItIsCancelled)
                .hasMessageContaining("the handler does not come there a second time");
    }

    @Test
    void findsARunThatNothingMovesOnAfterADeath() {
        Given contract = new Given(() -> {
            AtomicBoolean isGiven = new AtomicBoolean();
            JobHandler handler = context -> {
                context.signal("go", Boolean.class, Duration.ZERO);
                if (isGiven.getAndSet(true)) {
                    context.children(List.of(
                            JobSpecification.type("nobody").payload(Map.of()).build()));
                }
                return Map.of();
            };
            return HandlerExample.of("work", () -> handler, Map.of());
        });

        assertThatThrownBy(contract::comesToTheSameWhereverItsHostDies)
                .hasMessageContaining("the next run does not end: ")
                .hasMessageContaining("waits for no time");
    }

    @Test
    void findsAStepWhoseWorkIsDoneAfterItIsStored() {
        Instant at = Instant.EPOCH;
        JobStep step =
                new JobStep(1, "draft", StepKind.STEP, 2, new JobStep.StepTimes(at, at, null, false), List.of(), 0, 0);

        assertThatCode(() -> DeathProof.requireOnce(step, List.of(1, 2, 2), "")).doesNotThrowAnyException();
        assertThatThrownBy(() -> DeathProof.requireOnce(step, List.of(1, 2, 3), ""))
                .hasMessageContaining("step 'draft' is stored by run 2, and its work is done in the runs [1, 2, 3]");
    }

    @Test
    void findsAHandlerThatIgnoresItsInterrupt() {
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        Given contract = handler(context -> {
            for (boolean isFirst = calls.incrementAndGet() == 1; !isFirst && end.getCount() > 0; ) {
                Thread.onSpinWait();
            }
            return Map.of();
        });

        try {
            assertThatThrownBy(contract::endsSoonWhenItIsCancelled)
                    .hasMessageContaining("cancelled at its first line, the run still goes on after 300 ms, at ")
                    .hasMessageContaining("HandlerContractTest")
                    .hasMessageContaining("ask context.cancelled() in loops");
        } finally {
            end.countDown();
        }
    }

    @Test
    void findsAStepThatSwallowsItsInterrupt() {
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        Given contract = handler(context -> {
            boolean isFirst = calls.incrementAndGet() == 1;
            context.step("ask", String.class, () -> {
                while (!isFirst) {
                    try {
                        if (end.await(1, TimeUnit.HOURS)) {
                            break;
                        }
                    } catch (InterruptedException e) {
                        context.log("goes on");
                    }
                }
                return "answer";
            });
            return Map.of();
        });

        try {
            assertThatThrownBy(contract::endsSoonWhenItIsCancelled)
                    .hasMessageContaining("cancelled in the work of step 'ask', the run still goes on");
        } finally {
            end.countDown();
        }
    }

    @Test
    void findsAResultThatItsSchemaRefuses() {
        Given wrong = new Given(() -> HandlerExample.of("count", () -> context -> Map.of("words", "six"), Map.of()));
        Given right = new Given(() -> HandlerExample.of("count", () -> context -> Map.of("words", 6), Map.of()));

        assertThatThrownBy(wrong::givesResultsAsTheirSchemaSays)
                .hasMessageContaining(
                        "the result {\"words\":\"six\"} does not match the schema of results of count: /words")
                .hasMessageContaining("fix the handler, or its schema");
        assertThatCode(right::givesResultsAsTheirSchemaSays).doesNotThrowAnyException();
    }

    private static final List<JobHandler> KEPT = new ArrayList<>();

    @Test
    void findsHandlersThatAreHeld() {
        Given contract = new Given(() -> HandlerExample.of("work", () -> keep(new Remembering()), Map.of()));

        try {
            assertThatThrownBy(contract::leavesNothingBehindAfterAHundredUpdates)
                    .hasMessageContaining("100 of 100 handlers that were let go are still held: by a static field");
        } finally {
            KEPT.clear();
        }
    }

    private static JobHandler keep(JobHandler handler) {
        KEPT.add(handler);
        return handler;
    }

    /** Has a thread of its own. */
    private static final class Pooled implements JobHandler {
        private final ExecutorService pool;

        Pooled(List<ExecutorService> pools) {
            pool = Executors.newSingleThreadExecutor(task -> new Thread(task, "pool of a handler"));
            pools.add(pool);
        }

        @Override
        public Map<String, Object> handle(JobContext context) throws Exception {
            return Map.of("answer", pool.submit(() -> 42).get());
        }

        void stop() {
            pool.shutdown();
        }
    }

    @Test
    void findsThreadsThatAreLeft() {
        List<ExecutorService> pools = new CopyOnWriteArrayList<>();
        Given contract = new Given(() -> HandlerExample.of("work", () -> new Pooled(pools), Map.of()));

        try {
            assertThatThrownBy(contract::leavesNothingBehindAfterAHundredUpdates)
                    .hasMessageContaining(
                            "99 threads are left of 100 handlers that were let go: 'pool of a handler', '")
                    .hasMessageContaining("end them in the handler's @Deactivate method");
        } finally {
            pools.forEach(ExecutorService::shutdown);
        }
    }

    @Test
    void allowsThreadsThatEndWithTheirHandler() {
        Given contract = new Given(() -> HandlerExample.of("work", () -> new Pooled(new ArrayList<>()), Map.of())
                .deactivated(Pooled.class, Pooled::stop));

        assertThatCode(contract::leavesNothingBehindAfterAHundredUpdates).doesNotThrowAnyException();
    }

    @Test
    void asksForAnotherHandlerAtEachCall() {
        JobHandler one = context -> Map.of();
        Given contract = new Given(() -> HandlerExample.of("work", () -> one, Map.of()));

        assertThatThrownBy(contract::leavesNothingBehindAfterAHundredUpdates)
                .hasMessageContaining("its supplier gives the same handler again");
    }

    @Test
    void asksForExamplesThatComplete() {
        Given fails = handler(context -> {
            throw new IllegalArgumentException("no text");
        });
        Given refused = new Given(() -> HandlerExample.of(Greet::new, Map.of()));
        HandlerContract empty = new HandlerContract() {
            @Override
            protected List<HandlerExample> examples() {
                return List.of();
            }
        };

        assertThatThrownBy(fails::givesResultsAsTheirSchemaSays)
                .hasMessageContaining("the example {} does not complete: work job ")
                .hasMessageContaining("; give it a payload, and answers to what it waits for");
        assertThatThrownBy(refused::givesResultsAsTheirSchemaSays)
                .isInstanceOf(ValidationException.class)
                .hasMessage("name is required for greet jobs");
        assertThatThrownBy(empty::givesResultsAsTheirSchemaSays).hasMessageContaining("give an example that completes");
    }
}
