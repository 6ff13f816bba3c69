// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.AccessException;
import io.jobyard.api.LogLine;
import io.jobyard.api.StoreException;
import io.jobyard.api.handler.EndReason;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.JobHandler;
import io.jobyard.api.handler.JobInterceptor;
import io.jobyard.api.handler.PermanentException;
import io.jobyard.api.handler.RateLimitedException;
import io.jobyard.api.handler.RetryableException;
import io.jobyard.api.handler.SleepException;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.running.Outcome;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Version;
import org.slf4j.spi.MDCAdapter;

/** One handler call, and what becomes of all that it may do. */
class JobExecutorTest {

    private final WorkerFixture workers = new WorkerFixture();

    @AfterEach
    void noInterruptIsLeft() {
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void theResultIsWrittenAsJson() {
        assertThat(execute(context -> Map.of("tokens", List.of(1, 2))))
                .isEqualTo(new Outcome.Completed("{\"tokens\":[1,2]}"));
    }

    @Test
    void theHandlerSeesItsRun() {
        Outcome outcome = execute(context -> {
            workers.pass(Duration.ofSeconds(2));
            context.progress(1, 4, "reading");
            return Map.of(
                    "run", context.run(),
                    "attempt", context.attempt(),
                    "cancelled", context.cancelled(),
                    "type", context.job().type(),
                    "payload", context.payload());
        });
        assertThat(((Outcome.Completed) outcome).result())
                .contains("\"run\":3", "\"attempt\":2", "\"cancelled\":false", "\"type\":\"work\"", "\"payload\":{}");
    }

    @Test
    void theHandlerTellsWhatItUses() {
        Outcome outcome = execute(context -> {
            context.used("tokens", 812);
            context.used("usd", 0);
            return Map.of();
        });
        assertThat(outcome).isInstanceOf(Outcome.Completed.class);
        assertThat(workers.used)
                .allMatch(use -> use.contains(" tokens 812.0") || use.endsWith(" usd 0.0"))
                .hasSize(2);

        Outcome refused = execute(context -> {
            context.used("tokens", Double.NaN);
            return Map.of();
        });
        assertThat(((Outcome.Failed) refused).error())
                .contains("used(\"tokens\", NaN) is out of range: use an amount of 0 or more");

        Outcome unnamed = execute(context -> {
            context.used("input tokens", 1);
            return Map.of();
        });
        assertThat(((Outcome.Failed) unnamed).error()).contains("used(\"input tokens\", …): a unit must be 1 to 32 of");
    }

    @Test
    void theHandlerTellsWhatTheOtherSideHasLeft() {
        Instant soon = WorkerFixture.START.plusSeconds(6);
        execute(context -> {
            context.remaining("tokens", 0, soon);
            context.remaining("usd", 0.5, Instant.MAX);
            context.remaining("pages", 0, Instant.MIN);
            return Map.of();
        });
        assertThat(workers.remaining)
                .containsExactly(
                        "tokens 0.0 until " + soon,
                        "usd 0.5 until " + WorkerFixture.START.plus(Duration.ofDays(365)),
                        "pages 0.0 until " + WorkerFixture.START);

        Outcome refused = execute(context -> {
            context.remaining("tokens", -1, soon);
            return Map.of();
        });
        assertThat(((Outcome.Failed) refused).error())
                .contains("remaining(\"tokens\", -1.0) is out of range: use an amount of 0 or more");
    }

    @Test
    void theHandlerTellsThatTheOtherSideHasTooManyCalls() {
        workers.handle("work", context -> {
            context.overloaded();
            return Map.of();
        });
        Run run = workers.run(workers.assignment("work"));
        assertThat(workers.execute(run)).isInstanceOf(Outcome.Completed.class);
        assertThat(workers.overloaded).containsExactly(run.id());
    }

    @Test
    void theHandlerAsksWhetherABudgetIsLow() {
        assertThat(execute(context -> Map.of("usd", context.isBudgetLow("usd") && !context.isBudgetLow("tokens"))))
                .isEqualTo(new Outcome.Completed("{\"usd\":true}"));
    }

    @Test
    void theQueueHearsOfAUseWithoutTheRunsLock() {
        workers.handle("work", context -> {
            context.used("tokens", 1);
            context.remaining("tokens", 1, WorkerFixture.START);
            context.isBudgetLow("tokens");
            return Map.of();
        });
        Run run = workers.run(workers.assignment("work"));
        List<Boolean> locked = new ArrayList<>();
        workers.onUse = () -> locked.add(Thread.holdsLock(run));
        assertThat(workers.execute(run)).isInstanceOf(Outcome.Completed.class);
        assertThat(locked).containsExactly(false, false, false);
    }

    @Test
    void aRunBeginsBeforeItsHandlersFirstLineAndNotBeforeItsInterceptors() {
        List<Integer> begun = new ArrayList<>();
        execute(context -> {
            begun.add(workers.begun.size());
            return Map.of();
        });
        assertThat(begun).containsExactly(1);
        assertThat(workers.begun).hasSize(1);

        JobInterceptor refusing = invocation -> {
            begun.add(workers.begun.size());
            throw new PermanentException("no");
        };
        workers.interceptors = List.of(new Interceptor("test", refusing, new RunsInside()));
        execute(context -> Map.of());
        assertThat(begun).containsExactly(1, 1);
        assertThat(workers.begun).hasSize(1);
    }

    @Test
    void itRunsWithItsOwnClassLoader() throws IOException {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        List<ClassLoader> seen = new ArrayList<>();
        try (URLClassLoader own = new URLClassLoader(new URL[0], JobHandler.class.getClassLoader())) {
            JobHandler handler = (JobHandler)
                    Proxy.newProxyInstance(own, new Class<?>[] {JobHandler.class}, (proxy, method, arguments) -> {
                        seen.add(Thread.currentThread().getContextClassLoader());
                        throw new PermanentException("seen");
                    });
            execute(handler);
            assertThat(seen).containsExactly(handler.getClass().getClassLoader());
        }
        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
    }

    @Test
    void idAndTypeStandInTheMdcWhileItRuns() throws Exception {
        MdcFixture seeing = new MdcFixture();
        MDCAdapter own = seeing.mdc;
        try {
            Map<String, String> seen = new HashMap<>();
            Assignment assignment = workers.assignment("work");
            workers.handle("work", context -> {
                seen.putAll(own.getCopyOfContextMap());
                throw new IllegalStateException("broken");
            });
            workers.execute(workers.run(assignment));
            assertThat(seen).isEqualTo(Map.of("job", assignment.stored().id().toString(), "type", "work"));
            assertThat(own.get("job")).isNull();
            assertThat(own.get("type")).isNull();
        } finally {
            seeing.end();
        }
    }

    @Test
    void whatItThrowsIsTheJobsFailure() {
        assertFailed(new IOException("no route"), "IOException: no route (JobExecutorTest.java:");
        assertFailed(new IllegalStateException(), "IllegalStateException (JobExecutorTest.java:");
        assertFailed(new NoClassDefFoundError("a/B"), "NoClassDefFoundError: a/B (JobExecutorTest.java:");
        assertFailed(new InterruptedException("own"), "InterruptedException: own (JobExecutorTest.java:");
        assertFailed(new RuntimeException("x".repeat(5_000)), "RuntimeException: " + "x".repeat(982) + "…");
        assertFailed(new Exception("m", null, false, false) {}, ": m");
    }

    @Test
    void aStackOverflowIsTheJobsFailure() {
        Outcome outcome = execute(new JobHandler() {
            @Override
            public Map<String, Object> handle(JobContext context) throws Exception {
                return handle(context);
            }
        });
        assertThat(((Outcome.Failed) outcome).error()).startsWith("StackOverflowError (JobExecutorTest.java:");
    }

    @Test
    void anExceptionThatThrowsWhenItIsAskedIsTheJobsFailure() {
        assertFailed(
                new UnreadableException(),
                "Unreadable: io.jobyard.worker.JobExecutorTest$UnreadableException, whose own methods throw");
        assertFailed(
                new IllegalStateException("with a cause", new EvilException()),
                "Unreadable: java.lang.IllegalStateException, whose own methods throw");
    }

    @Test
    void anErrorHoweverLargeIsToldInALine() {
        String large = "x".repeat(30_000_000);
        assertFailed(new RuntimeException(large), "RuntimeException: " + "x".repeat(982) + "…");
        Exception chain = new IllegalStateException(large);
        for (int i = 0; i < 100_000; i++) {
            chain = new IllegalStateException("again", chain);
        }
        chain.addSuppressed(new RuntimeException(large));
        assertFailed(chain, "IllegalStateException: again (JobExecutorTest.java:");
    }

    @Test
    void aCallThatComesAfterTheHandlersReturnIsRefusedAndChangesNothing() {
        List<JobContext> kept = new ArrayList<>();
        Run run = workers.run(workers.assignment("work"));
        workers.handle("work", context -> {
            kept.add(context);
            context.progress(1, 2, "in time");
            return Map.of();
        });
        workers.execute(run);
        assertLate(run, kept.get(0));
        assertThat(run.view().progress().text()).isEqualTo("in time");
    }

    @Test
    void aCallThatComesAfterTheRunWasGivenUpIsRefusedAndChangesNothing() {
        Run run = workers.run(workers.assignment("work"));
        workers.handle("work", context -> {
            run.end(EndReason.TIMEOUT);
            context.log("it may still say why it is late");
            assertThat(run.lines.take()).hasSize(1);
            run.decide();
            assertLate(run, context);
            return Map.of();
        });
        assertThat(workers.execute(run)).isEqualTo(new Outcome.TimedOut(WorkerFixture.TIMEOUT));
    }

    private void assertLate(Run run, JobContext context) {
        String over = " is not allowed: run 3 of job " + run.id() + " has ended";
        assertThatThrownBy(() -> context.progress(2, 2, "late"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("progress" + over);
        assertThatThrownBy(() -> context.log("late"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("log" + over);
        assertThatThrownBy(() -> context.used("tokens", 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("used" + over);
        assertThat(run.lines.take()).isEmpty();
        assertThat(workers.used).isEmpty();
    }

    @Test
    void whatAHandlerSaysIsCutBeforeItIsKept() {
        Run run = workers.run(workers.assignment("work"));
        workers.handle("work", context -> {
            context.progress(1, 2, "x".repeat(1_000_000));
            return Map.of();
        });
        workers.execute(run);
        assertThat(run.view().progress().text()).isEqualTo("x".repeat(1_000) + "…");
    }

    @Test
    void theHandlerMaySayThatAFailureIsFinalOrWhenToTryAgain() {
        assertThat(execute(context -> {
                    throw new PermanentException("no such file");
                }))
                .isEqualTo(new Outcome.Failed("no such file", true, null));
        assertThat(execute(context -> {
                    throw new RetryableException("rate limited", Duration.ofSeconds(7), null);
                }))
                .isEqualTo(new Outcome.Failed("rate limited", false, Duration.ofSeconds(7)));
    }

    @Test
    void aStoreThatDoesNotAnswerIsNoFailureOfTheJob() {
        assertThat(execute(context -> {
                    throw new StoreException("the database did not answer; try again", null);
                }))
                .isEqualTo(new Outcome.Slept(
                        Duration.ofSeconds(2), // one run has not counted before
                        "waits for the store: the database did not answer; try again"));
    }

    @Test
    void theHandlerMayGiveItsWorkerBackOrTellOfALimit() {
        assertThat(execute(context -> {
                    throw new SleepException(Duration.ofSeconds(7));
                }))
                .isEqualTo(new Outcome.Slept(Duration.ofSeconds(7), null));
        assertThat(execute(context -> {
                    throw new SleepException("the batch is at the provider", Duration.ofHours(1));
                }))
                .isEqualTo(new Outcome.Slept(Duration.ofHours(1), "the batch is at the provider"));
        assertThat(execute(context -> {
                    throw new RateLimitedException("429", Duration.ofSeconds(7), new IOException());
                }))
                .isEqualTo(new Outcome.RateLimited(Duration.ofSeconds(7), "429"));
    }

    @Test
    void aWishToComeBackLaterCountsInADrainButNotAfterTheCancelOrTheTimeout() {
        for (EndReason ending : EndReason.values()) {
            WorkerFixture other = new WorkerFixture();
            Run run = other.run(other.assignment("work"));
            other.handle("work", context -> {
                run.end(ending);
                throw new SleepException(Duration.ofSeconds(7));
            });
            boolean drain = ending == EndReason.GIVEN_BACK || ending == EndReason.LEASE_LOST;
            assertThat(other.execute(run))
                    .isEqualTo(drain ? new Outcome.Slept(Duration.ofSeconds(7), null) : expected(ending));
        }
    }

    @Test
    void aResultThatIsNoneFailsForGood() {
        assertThat(execute(context -> null))
                .isEqualTo(new Outcome.Failed(
                        "the handler returned null: return Map.of() for an empty result", true, null));
        Map<String, Object> round = new HashMap<>();
        round.put("self", round);
        for (Object wrong : List.of(new Object(), round)) {
            Outcome.Failed failed = (Outcome.Failed) execute(context -> Map.of("a", wrong));
            assertThat(failed.permanent()).isTrue();
            assertThat(failed.error()).startsWith("the result cannot be written as JSON at a");
        }
    }

    @Test
    void aPayloadThatDoesNotFitFailsForGood() {
        workers.handle(
                "typed", context -> Map.of("n", context.payload(Wanted.class).count()));
        assertThat(workers.execute(workers.run(workers.assignment("typed", null, "{\"count\":4,\"more\":1}"))))
                .isEqualTo(new Outcome.Completed("{\"n\":4}"));
        Outcome.Failed failed = (Outcome.Failed)
                workers.execute(workers.run(workers.assignment("typed", null, "{\"count\":\"four\"}")));
        assertThat(failed.permanent()).isTrue();
        assertThat(failed.error())
                .startsWith("the payload does not match Wanted at ")
                .contains("count", "four");
    }

    record Wanted(int count) {}

    @Test
    void anInterruptThatAHandlerLeavesBehindDoesNotReachTheNextRun() {
        execute(context -> {
            Thread.currentThread().interrupt();
            return Map.of();
        });
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        execute(context -> {
            Thread.currentThread().interrupt();
            throw new IllegalStateException();
        });
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void aRunThatIsAskedToEndEndsForThatReason() {
        for (EndReason ending : EndReason.values()) {
            WorkerFixture other = new WorkerFixture();
            Run run = other.run(other.assignment("work"));
            other.handle("work", context -> {
                run.end(ending);
                assertThat(context.cancelled()).isTrue();
                Thread.sleep(60_000);
                return Map.of();
            });
            assertThat(other.execute(run)).isEqualTo(expected(ending));
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }

    private static Outcome expected(EndReason ending) {
        return switch (ending) {
            case TIMEOUT -> new Outcome.TimedOut(WorkerFixture.TIMEOUT);
            case DEADLINE -> new Outcome.PastDeadline();
            case HEARTBEAT -> new Outcome.TimedOut(Duration.ZERO, true, false);
            case CANCELLED -> new Outcome.Cancelled();
            case GIVEN_BACK -> new Outcome.GivenBack("its handler left or the host stopped");
            case LEASE_LOST -> new Outcome.GivenBack("the lease of its host was not renewed");
        };
    }

    @Test
    void aResultThatComesAfterTheCancelOrTheTimeoutDoesNotCount() {
        for (EndReason ending : List.of(EndReason.CANCELLED, EndReason.TIMEOUT)) {
            WorkerFixture other = new WorkerFixture();
            Run run = other.run(other.assignment("work"));
            other.handle("work", context -> {
                run.end(ending);
                run.end(EndReason.GIVEN_BACK); // the first reason stays
                return Map.of();
            });
            assertThat(other.execute(run)).isEqualTo(expected(ending));
        }
    }

    @Test
    void whatTheHandlerWritesToItsLogKeepsItsTimeRunAndOrder() {
        Run run = workers.run(workers.assignment("work"));
        workers.handle("work", context -> {
            context.log("one");
            workers.pass(Duration.ofSeconds(1));
            context.log("x".repeat(1_500));
            return Map.of();
        });
        workers.execute(run);
        assertThat(run.lines.take())
                .containsExactly(
                        new LogLine(WorkerFixture.START, 3, "one"),
                        new LogLine(WorkerFixture.START.plusSeconds(1), 3, "x".repeat(1_000) + "…"));
        assertThat(run.lines.take()).isEmpty();
    }

    @Test
    void aLogThatGrowsTooFastLosesItsOldestLines() {
        Run run = workers.run(workers.assignment("work"));
        workers.handle("work", context -> {
            for (int n = 0; n < 3_000; n++) {
                context.log("line " + n);
            }
            return Map.of();
        });
        workers.execute(run);
        assertThat(run.lines.take())
                .hasSize(1_000)
                .extracting(LogLine::text)
                .startsWith("line 2000")
                .endsWith("line 2999");
    }

    @Test
    void aHandlerThatEndsInTimeWhenItsHostStopsHasCompleted() {
        Run run = workers.run(workers.assignment("work"));
        workers.handle("work", context -> {
            run.end(EndReason.GIVEN_BACK);
            return Map.of();
        });
        assertThat(workers.execute(run)).isEqualTo(new Outcome.Completed("{}"));
    }

    @Test
    void aRunThatMayNotBeginGoesBack() {
        assertThat(workers.execute(workers.run(workers.assignment("unknown"))))
                .isEqualTo(new Outcome.GivenBack("its handler left before it began"));
        workers.handle("work", context -> Map.of());
        Run ended = workers.run(workers.assignment("work"));
        ended.end(EndReason.GIVEN_BACK);
        assertThat(workers.execute(ended)).isEqualTo(new Outcome.GivenBack("its handler left or the host stopped"));
    }

    private void assertFailed(Throwable thrown, String error) {
        Outcome outcome = execute(context -> {
            if (thrown instanceof Error e) {
                throw e;
            }
            throw (Exception) thrown;
        });
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        assertThat(((Outcome.Failed) outcome).error()).startsWith(error);
        assertThat(((Outcome.Failed) outcome).permanent()).isFalse();
    }

    @Test
    void aPrivilegedRunThatIsRefusedNeverReachesItsHandler() {
        List<String> reached = new ArrayList<>();
        JobHandler service = context -> {
            reached.add("work");
            return Map.of();
        };
        HandlerTerms terms =
                new HandlerTerms(PayloadSchema.NONE, Set.of(), Set.of(), RunTerms.NONE, "", Set.of(), null, true);
        Handler handler = new Handler("work", Version.parseVersion("1.0.0"), "test 1.0.0", 1, service, terms);
        workers.handlers.add(handler);
        workers.onPrivileged = run -> {
            throw new AccessException("ann may not submit jobs of type work", "types");
        };
        Outcome outcome = workers.execute(workers.run(workers.assignment("work")));
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.error()).contains("ann may not submit jobs of type work"));
        assertThat(reached).isEmpty();
        workers.handlers.remove(handler);
    }

    private Outcome execute(JobHandler handler) {
        Handler only = workers.handle("work", handler);
        try {
            return workers.execute(workers.run(workers.assignment("work")));
        } finally {
            assertThat(only.info("active").running()).isZero();
            workers.handlers.remove(only);
        }
    }

    private static final class UnreadableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new LinkageError("half a class");
        }
    }

    /** Throws itself whenever it is looked at. */
    private static final class EvilException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public StackTraceElement[] getStackTrace() {
            throw this;
        }

        @Override
        public String toString() {
            throw this;
        }
    }
}
