// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.handler.JobHandler;
import io.jobyard.api.handler.JobInterceptor;
import io.jobyard.api.handler.RateLimitedException;
import io.jobyard.api.handler.RetryableException;
import io.jobyard.api.handler.Step;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run with a secret tells, by each way that it has: nothing shows four characters of the secret's start or end. */
class RunTextsTest {

    private static final String SECRET = "t0ps3cret/0123456789+correct";

    private final StepFixture job = new StepFixture();

    RunTextsTest() {
        JobInterceptor secrets = invocation -> {
            invocation.redact(SECRET, "${secret:key}");
            return invocation.proceed();
        };
        job.workers.interceptors = List.of(new Interceptor("test", secrets, new RunsInside()));
    }

    /** A handler gives whole secrets, and what it has cut itself. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a t0ps3cret/0123456789+correct b",
                "a t0ps3cret\\/0123456789\\u002bcorrect b",
                "a t0ps3cret%2F0123456789%2Bcorrect b",
                "a dDBwczNjcmV0LzAxMjM0NTY3ODkrY29ycmVjdA== b",
                "a t0ps3cret/01234",
                "a t0ps3cret/01234… (400)",
                "89+correct b"
            })
    void noWayOutShowsTheSecretOrARemainderOfIt(String text) {
        String told = job.completed(context -> {
            context.log(text);
            context.progress(1, 2, text);
            context.emit(text);
            Step<String> step = Step.of(text, String.class, () -> text);
            context.step(step);
            return Map.of(text, List.of(text, Map.of("in", text)), "own", context.redact(text));
        });
        assertNothing(told);
        assertNothing(job.workers.store.work().stream(job.id, 0, 10).toString());
        assertNothing(job.steps().toString());
        assertNothing(job.latest().lines.take().toString());
        for (JobHandler handler : List.<JobHandler>of(
                context -> {
                    throw new IllegalStateException(text, new IllegalArgumentException(text));
                },
                context -> {
                    throw new RetryableException(text, Duration.ofSeconds(1), null);
                },
                context -> {
                    throw new RateLimitedException(text, Duration.ofSeconds(1), null);
                })) {
            assertNothing(job.run(handler).toString());
        }
        assertNothing(job.latest().lines.take().toString());
    }

    @Test
    void aSecretThatIsEmittedInPiecesIsFoundAndTheRestOfTheStreamIsStoredWithTheOutcome() {
        job.completed(context -> {
            for (String piece : List.of("so: t0", "ps3cret/012345", "6789+correct, and t", "0")) {
                context.emit(piece);
            }
            return Map.of();
        });
        assertThat(stream()).isEqualTo("so: ${secret:key}, and t0");
    }

    @Test
    void whatTheStreamKeepsBackIsStoredWithTheStep() {
        job.run(context -> {
            context.emit("so: t0");
            context.step("one", String.class, () -> {
                context.emit(", t0ps3");
                return "done";
            });
            assertThat(stream()).isEqualTo("so: t0, ${secret:key}");
            context.emit("+correct, and on");
            return Map.of();
        });
        assertThat(stream()).isEqualTo("so: t0, ${secret:key}${secret:key}, and on");
    }

    @Test
    void aStreamThatAFailureEndsWithinASecretShowsNothingOfIt() {
        job.run(context -> {
            context.emit("so: t0ps3cre");
            throw new IllegalStateException("broken");
        });
        assertThat(stream()).isEqualTo("so: ${secret:key}");
    }

    private String stream() {
        StringBuilder all = new StringBuilder();
        job.workers.store.work().stream(job.id, 0, 10).forEach(piece -> all.append(piece.text()));
        return all.toString();
    }

    private static void assertNothing(String told) {
        assertThat(told).doesNotContain("t0ps", "rect", "dDBw", "cmVjdA", "y29y", "01234");
    }
}
