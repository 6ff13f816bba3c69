// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.LogLine;
import io.jobyard.api.handler.EndReason;
import io.jobyard.api.handler.JobHandler;
import io.jobyard.api.handler.PermanentException;
import io.jobyard.api.handler.RateLimitedException;
import io.jobyard.spi.text.StackLines;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What is kept of where an attempt failed. */
class StackTraceTest {

    private static final String SECRET = "s3cr3t";

    private final WorkerFixture workers = new WorkerFixture();

    @Test
    void aFailedRunLeavesItsStackTraceInTheLogWithItsCauseAndWithoutTheHost() {
        List<LogLine> log = failing(context -> {
            context.log("reading");
            throw new IllegalStateException("no page 3", new IOException("refused"));
        });
        assertThat(log.get(0)).isEqualTo(new LogLine(WorkerFixture.START, 3, "reading"));
        assertThat(StackLines.byRun(log)).containsOnlyKeys(3);
        List<String> lines = StackLines.byRun(log).get(3).lines().toList();
        assertThat(lines.get(0)).isEqualTo("java.lang.IllegalStateException: no page 3");
        assertThat(lines.get(1)).startsWith("    at ").contains("StackTraceTest.java:");
        assertThat(lines).contains("Caused by: java.io.IOException: refused");
        assertThat(lines).noneMatch(line -> line.contains(".InterceptorChain.") || line.contains("JobExecutor"));
    }

    @Test
    void aRunThatFailsOnPurposeOrByItsTimeoutLeavesOneAndOneThatComesBackNone() {
        assertThat(StackLines.byRun(failing(context -> {
                    throw new PermanentException("no such file");
                })))
                .containsKey(3);
        assertThat(failing(context -> {
                    throw new RateLimitedException("429", Duration.ZERO, null);
                }))
                .isEmpty();
        for (EndReason ending : EndReason.values()) {
            Run run = workers.run(workers.assignment("work"));
            List<LogLine> log = failing(run, context -> {
                run.end(ending);
                throw new InterruptedException();
            });
            assertThat(StackLines.byRun(log).containsKey(3))
                    .isEqualTo(Set.of(EndReason.TIMEOUT, EndReason.DEADLINE, EndReason.HEARTBEAT)
                            .contains(ending));
        }
    }

    @Test
    void noLineOfAHandlerIsTakenForOne() {
        List<LogLine> log = failing(context -> {
            context.log("\tat com.acme.Forged.stack(Forged.java:1)");
            throw new PermanentException("it");
        });
        assertThat(log.get(0).text()).isEqualTo("    at com.acme.Forged.stack(Forged.java:1)");
        assertThat(StackLines.without(log)).containsExactly(log.get(0));
    }

    @Test
    void aMessageBreaksNoLine() {
        String stack = StackLines.byRun(failing(context -> {
                    throw new IllegalStateException("a\n    at b.C.d(E.java:1)\u001b[2J");
                }))
                .get(3);
        assertThat(stack).startsWith("java.lang.IllegalStateException: a\\n    at b.C.d(E.java:1)\\u001b[2J\n    at ");
    }

    @Test
    void secretsAreTakenOutOfEachLineOrNoneIsKept() {
        workers.interceptors = List.of(new Interceptor(
                "test",
                invocation -> {
                    invocation.redact(text -> text.replace(SECRET, "***"));
                    return invocation.proceed();
                },
                new RunsInside()));
        RuntimeException telling =
                new IllegalStateException("x".repeat(998) + SECRET, new IOException("key " + SECRET));
        telling.setStackTrace(new StackTraceElement[] {new StackTraceElement("a.B", SECRET, "B.java", 1)});
        assertThat(StackLines.byRun(failing(context -> {
                            throw telling;
                        }))
                        .get(3))
                .contains("    at a.B.***(B.java:1)", "Caused by: java.io.IOException: key ***")
                .doesNotContain("s3c");
        assertThat(StackLines.byRun(failing(context -> {
                            throw new IllegalStateException(SECRET.repeat(100_000));
                        }))
                        .get(3))
                .isEqualTo("(withheld: too large to search for secrets)");
    }

    @Test
    void itIsBoundedHoweverItIsMade() {
        Exception deep = new Exception("bottom");
        for (int i = 0; i < 100_000; i++) {
            deep = new Exception("b".repeat(5_000), deep);
        }
        Exception wide = new Exception("y".repeat(1_000_000));
        StackTraceElement[] frames = new StackTraceElement[10_000];
        java.util.Arrays.fill(frames, new StackTraceElement("c".repeat(900), "m", "f", 1));
        wide.setStackTrace(frames);
        for (Exception large : List.of(deep, wide)) {
            List<LogLine> log = failing(context -> {
                throw large;
            });
            assertThat(log).allMatch(line -> line.text().length() <= 2_000);
            assertThat(StackLines.byRun(log).get(3)).hasSizeBetween(100, 8_000);
        }
        Exception many = new Exception("z");
        many.setStackTrace(new Throwable().getStackTrace());
        assertThat(String.join("\n", StackTrace.pieces(many, UnaryOperator.identity())))
                .contains("java.lang.Exception: z", "    … ");
    }

    @Test
    void anErrorWithoutPlacesOrWhoseOwnMethodsThrowLeavesNone() {
        assertThat(failing(context -> {
                    throw new StackOverflowError() {
                        private static final long serialVersionUID = 1L;

                        @Override
                        public StackTraceElement[] getStackTrace() {
                            throw new IllegalStateException();
                        }
                    };
                }))
                .isEmpty();
        assertThat(failing(context -> {
                    throw new Exception("x", null, false, false) {
                        private static final long serialVersionUID = 1L;
                    };
                }))
                .isEmpty();
    }

    private List<LogLine> failing(JobHandler handler) {
        return failing(workers.run(workers.assignment("work")), handler);
    }

    private List<LogLine> failing(Run run, JobHandler handler) {
        Handler only = workers.handle("work", handler);
        workers.execute(run);
        workers.handlers.remove(only);
        return run.lines.take();
    }
}
