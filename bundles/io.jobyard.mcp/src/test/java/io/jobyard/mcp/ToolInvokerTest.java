// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobyard.api.JobId;
import io.jobyard.api.JobManager;
import io.jobyard.api.JobResult;
import io.jobyard.api.JobStatus;
import io.jobyard.api.StatusReporter;
import io.jobyard.api.StoreException;
import io.jobyard.doubles.FakeHandlerCatalog;
import io.jobyard.doubles.Stub;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.jobs.JobSummary;
import io.jobyard.spi.store.IdempotentSubmission;
import io.jobyard.testkit.SettableAccess;
import io.jobyard.testkit.host.TestHost;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls that wait for their jobs. */
@Timeout(60)
class ToolInvokerTest {

    private static final int MANY = 100;
    private static final Duration LONG = Duration.ofMinutes(10);

    private static final McpToolCall CALL = McpToolCall.of(
            RpcRequest.read(McpFixture.request("tools/call", "{\"name\": \"work\"}")),
            TaskUse.IF_LONG,
            ReplyChannel.ANSWER_ALONE);

    private final TestHost host = TestHost.with("work", context -> Map.of());
    private final TaskWaits waits = new TaskWaits();
    private final ConcurrentLinkedQueue<JobId> awaited = new ConcurrentLinkedQueue<>();
    private volatile boolean released;
    private volatile boolean broken;

    @AfterEach
    void close() throws InterruptedException {
        waits.stop();
        host.close();
    }

    @Test
    void aHundredCallsWaitWithoutAThreadAndAreAnsweredByTheCommits() {
        List<CompletableFuture<CallOutcome>> outcomes = called(MANY);
        assertThat(outcomes).noneMatch(CompletableFuture::isDone);
        assertThat(waits.waiting()).isEqualTo(MANY);

        released = true;
        waits.committed(awaited.stream().map(ToolInvokerTest::committed).toList());

        await().until(() -> outcomes.stream().allMatch(CompletableFuture::isDone));
        assertThat(outcomes).allSatisfy(outcome -> assertThat(outcome.join()).isInstanceOf(CallOutcome.DoneCall.class));
        await().until(() -> waits.waiting() == 0);
    }

    @Test
    void aStoreThatHasReadEverythingAgainWakesThemToo() {
        CompletableFuture<CallOutcome> outcome = called(1).get(0);
        released = true;
        waits.opened(null);
        await().until(outcome::isDone);
    }

    @Test
    void aCallWhoseJobCannotBeReadIsToldThatItIsStored() {
        CompletableFuture<CallOutcome> outcome = called(1).get(0);
        broken = true;
        waits.opened(null);
        await().until(outcome::isDone);
        assertThat(outcome.join().toString()).contains("is stored and continues", "the database is away");
    }

    @Test
    void aHostThatStopsTellsThoseWhoWait() throws InterruptedException {
        CompletableFuture<CallOutcome> outcome = called(1).get(0);
        waits.stop();
        assertThat(outcome.join().toString()).contains("is stored and continues", "the host stops");
    }

    private List<CompletableFuture<CallOutcome>> called(int number) {
        ToolInvoker calls = new ToolInvoker(
                new McpServices(
                        (caller, seen) -> jobs(),
                        this::reporter,
                        new ToolCatalog(
                                new FakeHandlerCatalog("work"),
                                new SettableAccess(),
                                McpFixture.operations((caller, seen) -> jobs(), this::reporter, new SettableAccess())),
                        Stub.<IdempotentSubmission>of(IdempotentSubmission.class)
                                .get(),
                        new Subscriptions(),
                        waits),
                () -> new McpSettings(LONG, LONG));
        return IntStream.range(0, number)
                .mapToObj(each -> calls.call(Caller.user("ann"), CALL))
                .toList();
    }

    private static Committed committed(JobId id) {
        JobSummary after = Stub.<JobSummary>of(JobSummary.class).with("id", id).get();
        return new Committed(null, after, false, null, false);
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
    private JobManager jobs() {
        return Stub.<JobManager>before(JobManager.class, host.jobs())
                .on("job", arguments -> {
                    JobId id = (JobId) arguments[0];
                    awaited.add(id);
                    if (broken) {
                        throw new StoreException("the database is away", null);
                    }
                    return released ? host.jobs().cancel(id) : host.jobs().job(id);
                })
                .get();
    }
}
