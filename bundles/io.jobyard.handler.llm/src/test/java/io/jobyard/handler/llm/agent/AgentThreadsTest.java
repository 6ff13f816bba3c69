// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.agent;

import static io.jobyard.handler.llm.agent.AgentFixture.ADD;
import static io.jobyard.handler.llm.agent.AgentFixture.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobyard.api.JobStatus;
import io.jobyard.handler.llm.AsyncRounds;
import io.jobyard.modelserver.Turn;
import io.jobyard.testkit.host.TestHost;
import io.jobyard.testkit.host.TestJob;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Threads that agents occupy. */
@Timeout(60)
class AgentThreadsTest {

    private static final int AGENTS = 60;
    private static final int MOST_THREADS = 30;

    @RegisterExtension
    final AgentFixture agents = new AgentFixture();

    /** Returns the number of threads, without those of the server, which has one for each call. */
    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.getName().startsWith("model-server-"))
                .count();
    }

    @Test
    void agentsThatWaitForAModelHoldNoThreadEachEvenInALaterTurn() {
        AtomicInteger waiting = new AtomicInteger();
        CountDownLatch answers = new CountDownLatch(1);
        agents.serve(call -> {
            if (AgentFixture.turn(call) == 1) {
                return Turn.tool("add", ADD);
            }
            waiting.incrementAndGet();
            try {
                answers.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return Turn.text("3");
        });
        try (TestHost host = agents.host()) {
            long before = threads();
            List<TestJob> jobs = new ArrayList<>();
            for (int n = 0; n < AGENTS; n++) {
                jobs.add(host.submit(task()));
            }
            await().until(() -> waiting.get() == AGENTS);
            await().until(() -> threads() - before <= MOST_THREADS); // those of the tools end
            assertThat(jobs).extracting(TestJob::status).containsOnly(JobStatus.RUNNING);
            answers.countDown();
            jobs.forEach(job -> assertThat(job.await().result()).containsEntry("text", "3"));
        }
    }

    @Test
    void aCancelInterruptsAToolThatBlocks() {
        CountDownLatch inside = new CountDownLatch(1);
        AtomicInteger interrupted = new AtomicInteger();
        agents.add.before = () -> {
            inside.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.incrementAndGet();
                throw e;
            }
            return Map.of();
        };
        agents.serve(AgentFixture.turns(Turn.tool("add", ADD), Turn.text("3")));
        try (TestHost host = agents.host()) {
            TestJob job = host.submit(task());
            await().until(() -> inside.getCount() == 0);
            host.jobs().cancel(job.id());
            assertThat(job.await().status()).isEqualTo(JobStatus.CANCELLED);
            assertThat(interrupted).hasValue(1);
        }
    }

    @Test
    void manyStoredRoundsNeedNoDeepStack() {
        AtomicInteger rounds = new AtomicInteger();
        CompletableFuture<Integer> last = AsyncRounds.begin(() -> {
            int round = rounds.incrementAndGet();
            return CompletableFuture.completedFuture(round == 100_000 ? Optional.of(round) : Optional.empty());
        });
        assertThat(last).isCompletedWithValue(100_000);
    }
}
