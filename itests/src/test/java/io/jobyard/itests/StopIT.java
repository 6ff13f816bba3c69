// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static io.jobyard.itests.HostProcess.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.Rule;
import org.junit.Test;

/** What becomes of running jobs when their host is told to stop, or their handler does not let itself be stopped. */
public class StopIT {

    @Rule
    public final HostProcess host = new HostProcess().withExamples();

    @Test
    public void aRunningJobIsGivenBackUnchargedAndCompletesAfterTheNextStart() throws Exception {
        host.configure("io.jobyard.worker", "drain.timeout.seconds = 0");
        host.run();
        String id = host.json("job:submit sleep {\"millis\":15000}").get("id").asText();
        await().atMost(TIMEOUT)
                .until(() -> host.json("job:show " + id).get("status").asText().equals("running"));
        assertThat(host.process().orElseThrow().destroy()).isTrue();
        host.awaitEnd();
        host.run();
        JsonNode job = host.json("job:await " + id + " " + TIMEOUT.toSeconds());
        assertThat(job.get("status").asText()).isEqualTo("completed");
        assertThat(job.get("run").asInt()).isEqualTo(2);
        assertThat(job.get("attempt").asInt()).isEqualTo(1);
        assertThat(host.json("job:history " + id).findValuesAsText("reason")).contains("interrupted");
    }

    @Test
    public void asManyStuckJobsAsThreadsLeaveTheHostWorking() throws Exception {
        host.configure("io.jobyard.worker", "cancel.grace.seconds = 1", "drain.timeout.seconds = 0");
        host.run();
        List<String> stuck = Stream.generate(() -> "job:submit stubborn {\"millis\":3600000} --timeout 1 --retries 0")
                .limit(4)
                .toList();
        List<String> ids =
                host.json(stuck).stream().map(job -> job.get("id").asText()).toList();
        for (String id : ids) {
            JsonNode job = host.json("job:await " + id + " " + TIMEOUT.toSeconds());
            assertThat(job.get("reason").asText()).isEqualTo("timeout");
        }
        List<String> problems = host.json("job:doctor").findValuesAsText("problem");
        assertThat(ids)
                .allSatisfy(id -> assertThat(problems)
                        .anySatisfy(problem -> assertThat(problem)
                                .contains("jobyard-worker-", id, "Z", "stubborn", "io.jobyard.handler.examples")));
        String held = host.json("job:submit stubborn {\"millis\":1}").get("id").asText();
        assertThat(host.json("job:submit llm_internal_tool"
                                + " '{\"tool_name\":\"count_tokens\",\"parameters\":{\"text\":\"a\"}}' --await")
                        .get("status")
                        .asText())
                .as("of another bundle")
                .isEqualTo("completed");
        assertThat(host.json("job:explain " + held).findValuesAsText("gate")).contains("quarantine");
        assertThat(host.jobyard("stop").exit()).isZero();
    }
}
