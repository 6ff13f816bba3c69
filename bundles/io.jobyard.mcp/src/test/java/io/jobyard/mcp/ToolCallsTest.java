// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobyard.api.JobId;
import io.jobyard.api.JobManager;
import io.jobyard.api.JobResult;
import io.jobyard.api.JobStatus;
import io.jobyard.api.StatusReporter;
import io.jobyard.api.spi.Caller;
import io.jobyard.doubles.FakeHandlerCatalog;
import io.jobyard.doubles.Stub;
import io.jobyard.testkit.SettableAccess;
import io.jobyard.testkit.host.TestHost;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many calls at once. */
@Timeout(60)
class ToolCallsTest {

    private static final int MOST_WAITING = 12;
    private static final Duration LONG = Duration.ofMinutes(10);

    private static final ToolCall CALL = ToolCall.of(
            RpcRequest.read(McpFixture.request("tools/call", "{\"name\": \"work\"}")),
            TaskUse.IF_LONG,
            ReplyChannel.ANSWER_ALONE);

    private final CountDownLatch released = new CountDownLatch(1);

    @Test
    void onlySomeCallsHoldTheirThreadsForLong() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(MOST_WAITING + 1);
        try (TestHost host = TestHost.with("work", context -> Map.of())) {
            ToolCalls calls = new ToolCalls(
                    new McpServices(
                            caller -> jobs(host),
                            this::reporter,
                            new ToolCatalog(new FakeHandlerCatalog("work"), new SettableAccess()),
                            (caller, key, fingerprint, jobs) -> host.jobs().submitAll(jobs),
                            new Subscriptions()),
                    () -> new McpSettings(LONG, LONG));
            List<Future<CallOutcome>> outcomes = IntStream.rangeClosed(0, MOST_WAITING)
                    .mapToObj(number -> threads.submit(() -> calls.call(Caller.user("ann"), CALL)))
                    .toList();
            await().atMost(Duration.ofSeconds(30)).until(() -> outcomes.stream().anyMatch(Future::isDone));
            assertThat(outcomes.stream().filter(Future::isDone)).hasSize(1);

            released.countDown();
            for (Future<CallOutcome> outcome : outcomes) {
                outcome.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private StatusReporter reporter(Caller caller) {
        return Stub.<StatusReporter>of(StatusReporter.class)
                .on(
                        "result",
                        arguments ->
                                new JobResult((JobId) arguments[0], JobStatus.CANCELLED, null, null, null, null, null))
                .get();
    }

    /** A job that is awaited goes on until the test lets it end. */
    private JobManager jobs(TestHost host) {
        return Stub.<JobManager>before(JobManager.class, host.jobs())
                .on("await", arguments -> {
                    boolean over = released.await(((Duration) arguments[1]).toMillis(), TimeUnit.MILLISECONDS);
                    JobId id = (JobId) arguments[0];
                    return over ? host.jobs().cancel(id) : host.jobs().job(id);
                })
                .get();
    }
}
