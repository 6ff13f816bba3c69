// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobyard.api.JobId;
import io.jobyard.operations.api.Operation;
import io.jobyard.operations.api.Repetition.RepeatRule;
import io.jobyard.rest.RestServer.Answered;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.access.Permission;
import io.jobyard.spi.access.TokenScope;
import io.jobyard.spi.schedules.StoredSchedule;
import io.jobyard.testkit.StoreContents;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Idempotency-Key and If-Match on every route: either they hold, or they are refused. */
class GuardedRequestsTest {

    private static RestFixture host;
    private static RouteExamples examples;

    @BeforeAll
    static void begin() {
        host = new RestFixture();
        examples = new RouteExamples(host);
    }

    @AfterAll
    static void end() {
        host.close();
    }

    private static Stream<Route> routes(Predicate<Operation> which) {
        return RestFixture.routes().stream().filter(route -> which.test(route.operation()));
    }

    static Stream<Route> once() {
        return routes(operation -> operation.repetition().rule() != RepeatRule.REFUSED);
    }

    static Stream<Route> notOnce() {
        return routes(operation -> operation.repetition().rule() == RepeatRule.REFUSED);
    }

    static Stream<Route> matching() {
        return routes(Operation::isConditional);
    }

    static Stream<Route> notMatching() {
        return routes(operation -> !operation.isConditional());
    }

    private static RouteExamples.Example example(Route route) {
        host.server.as(Caller.administrator("ann"));
        return examples.of(route).get(0).apply("ann");
    }

    private static Answered send(Route route, RouteExamples.Example example, String... headers) {
        return host.server.send(route.method(), example.path(), example.body(), headers);
    }

    @ParameterizedTest
    @MethodSource("once")
    void aRequestWithAKeyIsDoneOnce(Route route) {
        RouteExamples.Example example = example(route);
        String key = UUID.randomUUID().toString();
        Answered first = send(route, example, "Idempotency-Key", key);
        assertThat(first.status()).as(first.json().toString()).isBetween(200, 299);
        // A backfill makes the first of its jobs behind its answer, and waits for the end of it.
        await().until(() -> host.store.schedules().schedules().stream()
                .map(StoredSchedule::backfill)
                .allMatch(backfill -> backfill == null || backfill.job() != null));
        List<Object> stored = StoreContents.of(host.store);
        Answered again = send(route, example, "Idempotency-Key", key);
        assertThat(again.status()).isEqualTo(first.status());
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(StoreContents.of(host.store)).as("done once").isEqualTo(stored);
    }

    @ParameterizedTest
    @MethodSource("notOnce")
    void aKeyThatCannotHoldIsRefused(Route route) {
        RouteExamples.Example example = example(route);
        Answered refused = send(route, example, "Idempotency-Key", "k");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json()).containsEntry("code", "header_not_supported");
        assertThat(refused.json().get("message").toString())
                .startsWith("the header Idempotency-Key is not supported here: ");
        assertThat(refused.json().get("fix")).asString().isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("matching")
    void aJobThatHasChangedIsNotChangedByWhoHasReadItBefore(Route route) {
        RouteExamples.Example example = example(route);
        String job = example.path().replaceFirst("(/jobs/[^/]*).*", "$1");
        String read = host.server.get(job).header("ETag");
        Answered refused = send(route, example, "If-Match", "\"0123\"");
        assertThat(refused.status()).isEqualTo(412);
        assertThat(refused.json()).containsEntry("code", "precondition_failed");
        assertThat(host.server.get(job).header("ETag")).isEqualTo(read);
        assertThat(send(route, example, "If-Match", read).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @MethodSource("notMatching")
    void aPreconditionThatCannotHoldIsRefused(Route route) {
        Answered refused = send(route, example(route), "If-Match", "\"0123\"");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json())
                .containsEntry("code", "header_not_supported")
                .containsEntry("fix", "omit the header");
    }

    @Test
    void whatIsRefusedMayBeSentAgainWithItsKey() {
        host.server.as(Caller.user("ann"));
        JobId id = host.completed("ann", "echo");
        Function<String, Answered> retry =
                key -> host.server.post("/jobs/" + id + "/retry", null, "Idempotency-Key", key);
        assertThat(retry.apply("one").status()).isEqualTo(409);
        assertThat(retry.apply("one").json()).containsEntry("code", "state_conflict");
    }

    @Test
    void aTokenThatMayDoLessGetsNoAnswerOfAnother() {
        JobId id = host.submit("ann", "slow");
        String path = "/jobs/" + id + "/cancel";
        host.server.as(Caller.user("ann"));
        assertThat(host.server.post(path, null, "Idempotency-Key", "c").status())
                .isEqualTo(200);
        host.server.as(Caller.user("ann").by(new TokenScope("views", Set.of(Permission.VIEW))));
        assertThat(host.server.post(path, null, "Idempotency-Key", "c").status())
                .isEqualTo(422);
    }

    @Test
    void everyRouteThatChangesOneJobTakesItAsItWasRead() {
        assertThat(matching().map(Route::name))
                .containsExactlyInAnyOrder("changeJob", "cancelJob", "retryJob", "runJobNow", "pauseJob", "resumeJob");
        assertThat(notOnce().filter(route -> !route.method().equals("GET")).map(Route::name))
                .as("what changes something without a key, or changes nothing by another method than GET")
                .containsExactlyInAnyOrder(
                        "previewJob",
                        "previewBulk",
                        "previewNewSchedule",
                        "previewScheduleChange",
                        "proveAudit",
                        "answerCallback",
                        "createToken",
                        "addUser",
                        "setPassword",
                        "changeMyPassword");
    }
}
