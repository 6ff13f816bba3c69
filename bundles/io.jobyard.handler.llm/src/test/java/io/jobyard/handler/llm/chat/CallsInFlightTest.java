// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.chat;

import static io.jobyard.handler.llm.chat.ModelFixture.asking;
import static io.jobyard.handler.llm.chat.ModelFixture.used;
import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.doubles.FakeJobContext;
import io.jobyard.handler.llm.wire.ModelQuery;
import io.jobyard.modelserver.ModelServer;
import io.jobyard.modelserver.Turn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Calls that wait for their answers. */
class CallsInFlightTest {

    private static final int CALLS = 200;
    /** Of the client: those that move bytes, the timer, and the JDK's own. */
    private static final int MOST_THREADS = Runtime.getRuntime().availableProcessors() + 4;

    @RegisterExtension
    final ModelFixture models = new ModelFixture();

    @Test
    void holdNoThreadEach() throws Exception {
        AtomicInteger arrived = new AtomicInteger();
        CountDownLatch answers = new CountDownLatch(1);
        models.endpoint("a", call -> {
            arrived.incrementAndGet();
            await(answers);
            return Turn.text("done");
        });
        long before = threads();
        List<CompletableFuture<Map<String, Object>>> calls = new ArrayList<>();
        for (int n = 0; n < CALLS; n++) {
            FakeJobContext context = asking("number " + n);
            calls.add(new ChatCompletion(models.client)
                    .handle(context.payload(ModelQuery.class), context)
                    .toCompletableFuture());
        }
        Awaitility.await().until(() -> arrived.get() == CALLS);
        assertThat(threads() - before).isLessThanOrEqualTo(MOST_THREADS);
        assertThat(calls).noneMatch(CompletableFuture::isDone);
        answers.countDown();
        for (CompletableFuture<Map<String, Object>> call : calls) {
            assertThat(call.get()).containsEntry("text", "done");
        }
    }

    /** Starts no thread, unlike Awaitility. */
    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Without those of the server, which has one for each call. */
    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.getName().startsWith("model-server-"))
                .count();
    }

    @Test
    void aCancelClosesTheExchangeAndReportsTheUsageBeforeTheEnd() {
        ModelServer server = models.endpoint(
                "a", call -> Turn.text("word ".repeat(100_000)).paced(Duration.ZERO, Duration.ofMillis(5)));
        FakeJobContext context = asking("on and on");
        StringBuffer received = new StringBuffer();
        CompletableFuture<ModelAnswer> answer = models.client.ask(
                context,
                "step",
                context.payload(ModelQuery.class),
                (endpoint, text, length) -> received.append(text),
                Function.identity());
        AtomicInteger tokensAtEnd = new AtomicInteger();
        CompletableFuture<?> end = answer.handle((value, fault) -> {
            tokensAtEnd.set((int) used(context, "tokens.output"));
            return fault;
        });
        Awaitility.await().until(() -> received.length() > 20);
        answer.cancel(true);

        Awaitility.await().until(end::isDone);
        assertThat(tokensAtEnd.get()).isPositive();
        assertThat(answer).isCompletedExceptionally();
        Awaitility.await().until(() -> !server.account().charges().isEmpty()); // it sees that its caller has gone
        assertThat(server.account().charges().get(0).isComplete()).isFalse();
    }
}
