// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobStatus;
import io.jobyard.api.handler.Callback;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.JobHandler;
import io.jobyard.api.handler.PermanentException;
import io.jobyard.api.handler.TypeOf;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Values that a handler reads as a generic type. */
class GenericTypesTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final List<Finding> FOUND = List.of(new Finding("a", 1), new Finding("b", 2));
    private static final TypeOf<List<Finding>> FINDINGS = new TypeOf<>() {};
    private static final TypeOf<Map<String, List<Finding>>> BY_FILE = new TypeOf<>() {};
    private static final Map<String, Object> GOOD =
            Map.of("A.java", List.of(Map.of("text", "a", "line", 1), Map.of("text", "b", "line", 2)));
    private static final Map<String, Object> BAD =
            Map.of("A.java", List.of(Map.of("text", "a", "line", 1), Map.of("text", "b", "line", "two")));

    private final AtomicReference<String> token = new AtomicReference<>("");
    private TestHost host = TestHost.with("unused", context -> Map.of());

    record Finding(String text, int line) {}

    @AfterEach
    void close() {
        host.close();
    }

    private TestHost with(JobHandler handler) {
        host.close();
        host = TestHost.with("work", handler);
        return host;
    }

    private static Map<String, Object> lines(List<Finding> findings) {
        return Map.of("lines", findings.stream().map(Finding::line).toList());
    }

    private static void assertFailed(TestJob job, String error) {
        assertThat(job.await().status()).isEqualTo(JobStatus.FAILED);
        assertThat(job.error()).startsWith(error);
    }

    @Test
    void aPayload() {
        with(context -> lines(context.payload(BY_FILE).get("A.java")));
        assertThat(host.submit(GOOD).await().result()).isEqualTo(Map.of("lines", List.of(1, 2)));
        assertFailed(
                host.submit(BAD),
                "the payload does not match Map<String, List<Finding>> at payload[\"A.java\"][1].line: ");
    }

    @Test
    void aSignal() {
        with(context -> lines(context.signal("found", FINDINGS, HOUR).orElse(List.of())));
        assertThat(host.submit(Map.of()).signal("found", FOUND).await().result())
                .isEqualTo(Map.of("lines", List.of(1, 2)));
        assertFailed(
                host.submit(Map.of()).signal("found", BAD.get("A.java")),
                "the value of 'signal found' does not match List<Finding> at [1].line: ");
        TestJob late = host.submit(Map.of()).awaitWaiting();
        host.advance(HOUR);
        assertThat(late.await().result()).isEqualTo(Map.of("lines", List.of()));
    }

    @Test
    void theAnswerToACallback() {
        with(context -> {
            Callback callback = context.callback(HOUR);
            token.set(callback.token());
            return lines(callback.await(FINDINGS).orElse(List.of()));
        });
        TestJob good = host.submit(Map.of()).awaitWaiting();
        assertThat(good.answer(token.get(), FOUND).await().result()).isEqualTo(Map.of("lines", List.of(1, 2)));
        TestJob bad = host.submit(Map.of()).awaitWaiting();
        assertFailed(
                bad.answer(token.get(), List.of(Map.of("line", 3.5))),
                "the value of 'callback 1' does not match List<Finding> at [0].line: 3.5 is not a whole number");
    }

    private Map<String, Object> first(JobContext context) {
        return lines(context.children(
                        List.of(JobSpecification.type("read").payload(Map.of()).build()))
                .get(0)
                .result(BY_FILE)
                .get("A.java"));
    }

    @Test
    void theResultOfAChild() {
        with(this::first).and("read", context -> GOOD);
        assertThat(host.submit(Map.of()).await().result()).isEqualTo(Map.of("lines", List.of(1, 2)));
        with(this::first).and("read", context -> BAD);
        TestJob bad = host.submit(Map.of());
        assertThat(bad.await().status()).isEqualTo(JobStatus.FAILED);
        assertThat(bad.error())
                .startsWith("the value of 'job ")
                .contains(" does not match Map<String, List<Finding>> at [\"A.java\"][1].line: ");
    }

    private TestJob after(Map<String, Object> result, JobHandler handler) {
        with(handler).and("read", context -> result);
        TestJob read =
                host.submit(JobSpecification.type("read").payload(Map.of()).build());
        return host.submit(JobSpecification.type("work")
                        .payload(Map.of("first", read.toString()))
                        .dependsOn(read.await().job().id())
                        .build())
                .await();
    }

    @Test
    void theResultsOfDependencies() {
        JobHandler generic = context -> lines(context.dependencyResults(BY_FILE).values().stream()
                .flatMap(files -> files.get("A.java").stream())
                .toList());
        assertThat(after(GOOD, generic).result()).isEqualTo(Map.of("lines", List.of(1, 2)));
        TestJob bad = after(BAD, generic);
        assertThat(bad.error())
                .startsWith("the result of job ")
                .contains(" does not match Map<String, List<Finding>> at [\"A.java\"][1].line: ");
        JobHandler record = context ->
                lines(List.copyOf(context.dependencyResults(Finding.class).values()));
        assertThat(after(Map.of("text", "a", "line", 7), record).result()).isEqualTo(Map.of("lines", List.of(7)));
        assertThat(after(Map.of("text", "a", "line", 1e12), record).error())
                .contains(" does not match Finding at line: ", "out of range of int");
    }

    @Test
    void theResultInATest() {
        with(JobContext::payload);
        assertThat(host.submit(GOOD).await().result(BY_FILE)).containsEntry("A.java", FOUND);
        TestJob bad = host.submit(BAD).await();
        assertThatThrownBy(() -> bad.result(BY_FILE))
                .isInstanceOf(PermanentException.class)
                .hasMessageContaining("its result does not match Map<String, List<Finding>> at [\"A.java\"][1].line: ");
    }
}
