// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.agent;

import static io.jobyard.handler.llm.agent.AgentFixture.ADD;
import static io.jobyard.handler.llm.agent.AgentFixture.called;
import static io.jobyard.handler.llm.agent.AgentFixture.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobStep;
import io.jobyard.api.Reason;
import io.jobyard.modelserver.ModelServer;
import io.jobyard.modelserver.Turn;
import io.jobyard.testkit.host.TestHost;
import io.jobyard.testkit.host.TestJob;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AgentApprovalTest {

    private static final String ASKED =
            "add waits for signal approve-1.1 ({\"approved\": true} or {\"approved\": false,"
                    + " \"reason\": \"…\"}); its arguments are in step 'turn 1'";

    @RegisterExtension
    final AgentFixture agents = new AgentFixture();

    private ModelServer server;

    @BeforeEach
    void serve() {
        server = agents.serve(call -> AgentFixture.turn(call) == 1 ? Turn.tool("add", ADD) : Turn.text(call.prompt()));
    }

    private static Map<String, Object> careful() {
        return task("approve", List.of("add"), "approvalTimeoutSeconds", 600);
    }

    @Test
    void aCallWaitsWithoutAWorkerUntilItIsApproved() {
        try (TestHost host = agents.host()) {
            TestJob job = host.submit(careful()).awaitWaiting();
            assertThat(job.reason()).isEqualTo(Reason.SIGNAL);
            assertThat(job.log()).containsExactly(ASKED);
            assertThat(job.progress())
                    .hasValueSatisfying(progress -> assertThat(progress.text()).isEqualTo(ASKED));
            assertThat(agents.add.calls).isEmpty();

            job.signal("approve-1.1", Map.of("approved", true)).await();

            assertThat(job.result()).containsEntry("text", "{\"sum\":3}");
            assertThat(job.log()).containsExactly(ASKED);
            assertThat(job.steps())
                    .extracting(JobStep::name)
                    .containsExactly("turn 1", "ask 1.1 add", "signal approve-1.1", "tool 1.1 add", "turn 2");
            assertThat(server.account().charges()).hasSize(2);
        }
    }

    @Test
    void anApprovalThatIsGivenBeforeItIsAskedCounts() {
        try (TestHost host = agents.host()) {
            agents.take(); // so that the first turn waits
            TestJob job = host.submit(careful()).await();
            job.signal("approve-1.1", Map.of("approved", true));
            agents.bring();

            assertThat(job.awaitEnd().result()).containsEntry("text", "{\"sum\":3}");
            assertThat(job.job().state().run().number()).isEqualTo(2);
        }
    }

    @Test
    void aRefusalIsToldWithItsReason() {
        try (TestHost host = agents.host()) {
            TestJob job = host.submit(careful()).awaitWaiting();
            job.signal("approve-1.1", Map.of("approved", false, "reason", "not on a Sunday"))
                    .await();

            assertThat(job.result())
                    .containsEntry("text", "{\"error\":\"The call was rejected: not on a Sunday\"}")
                    .containsEntry("toolCalls", List.of(called("add", 1, false)));
            assertThat(agents.add.calls).isEmpty();
        }
    }

    @Test
    void aCallThatNobodyApprovesInTimeIsNotMade() {
        try (TestHost host = agents.host()) {
            TestJob job = host.submit(careful()).awaitWaiting();
            host.advance(Duration.ofSeconds(599));
            job.awaitWaiting();
            host.advance(Duration.ofSeconds(1));

            assertThat(job.await().result()).containsEntry("text", "{\"error\":\"The call was not approved in time\"}");
            assertThat(agents.add.calls).isEmpty();
        }
    }

    @Test
    void aSignalThatIsNoApprovalIsTakenForNone() {
        try (TestHost host = agents.host()) {
            TestJob job = host.submit(careful()).awaitWaiting();
            for (Object value : new Object[] {true, "yes", Map.of("approve", true), Map.of("approved", "true")}) {
                job.signal("approve-1.1", value).awaitWaiting();
                assertThat(job.log())
                        .last()
                        .asString()
                        .startsWith("received an invalid signal approve-1.1 and still waiting: send");
            }
            assertThat(agents.add.calls).isEmpty();

            job.signal("approve-1.1", Map.of("approved", true)).await();
            assertThat(job.result()).containsEntry("text", "{\"sum\":3}");
        }
    }

    @Test
    void nobodyIsAskedForACallThatCannotBeMade() {
        agents.models.endpoint(
                "0", call -> AgentFixture.turn(call) == 1 ? Turn.tool("add", "{}") : Turn.text(call.prompt()));
        try (TestHost host = agents.host()) {
            TestJob job = host.submit(task("approve", List.of("*"))).await();

            assertThat((String) job.result().get("text")).contains("Invalid arguments");
            assertThat(job.steps()).extracting(JobStep::name).containsExactly("turn 1", "ask 1.1 add", "turn 2");
        }
    }

    @Test
    void aKillBetweenAnyTwoStepsAsksOnceAndCallsOnce() {
        for (int commit = 1; commit <= 6; commit++) {
            int charges = server.account().charges().size();
            agents.add.calls.clear();
            try (TestHost host = agents.host().diesAfter(commit)) {
                TestJob job = host.submit(careful()).awaitWaiting();
                job.signal("approve-1.1", Map.of("approved", true)).await();

                assertThat(job.result()).containsEntry("text", "{\"sum\":3}");
                assertThat(host.deaths()).isEqualTo(1);
                assertThat(agents.add.calls).as("killed after commit " + commit).hasSize(1);
                assertThat(server.account().charges()).hasSize(charges + 2);
            }
        }
    }
}
