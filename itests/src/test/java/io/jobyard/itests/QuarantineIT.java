// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static io.jobyard.itests.HostProcess.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.experimental.categories.Category;

/** A bundle whose handlers harm the host is quarantined, and the others' jobs run on. */
@Category(Storm.class)
public class QuarantineIT {

    private static final int THREADS = 2;
    private static final String EXAMPLES = "io.jobyard.handler.examples";

    @Rule
    public final HostProcess host = new HostProcess().withExamples();

    @Before
    public void configure() throws Exception {
        Path deploy = Files.createDirectories(host.instance().resolve("deploy"));
        HandlerJar.write(deploy.resolve("words.jar"), "1.2.0");
        host.configure(
                "io.jobyard.worker",
                "worker.threads = " + THREADS,
                "drain.timeout.seconds = 0",
                "cancel.grace.seconds = 1",
                "quarantine.host.losses = 2");
        host.configure(EXAMPLES, "allow.crash = true");
    }

    @Test
    public void aBundleThatKeepsAsManyThreadsAsThereAreIsSetAside() throws Exception {
        host.run();
        List<String> ids = host
                .json(Collections.nCopies(THREADS, "job:submit stubborn {\"millis\":3600000} --timeout 1 --retries 0"))
                .stream()
                .map(job -> job.get("id").asText())
                .toList();
        for (String id : ids) {
            JsonNode job = host.json("job:await " + id + " " + TIMEOUT.toSeconds());
            assertThat(job.get("reason").asText()).isEqualTo("timeout");
        }
        List<String> problems = host.json("job:doctor").findValuesAsText("problem");
        assertThat(ids)
                .allSatisfy(id -> assertThat(problems)
                        .anySatisfy(problem ->
                                assertThat(problem).contains("jobyard-worker-", id, "Z", "stubborn", EXAMPLES)));
        String total = submit("total {}");
        awaitShut(total);
        assertThat(host.json("job:explain " + total).at("/blockedBy/0/detail").asText())
                .startsWith("bundle " + EXAMPLES + " ")
                .contains(" is quarantined: as many threads were stuck as there are workers");
        assertOthersRun();

        assertThat(host.jobyard("shell", "job:release " + EXAMPLES).exit()).isZero();
        assertThat(host.json("job:await " + total + " 60").get("status").asText())
                .isEqualTo("completed");
        assertThat(host.jobyard("stop").exit())
                .as("with the threads that are stuck")
                .isZero();
    }

    @Test
    public void aBundleThatEndsItsHostsIsSetAsideAlsoAfterARestart() throws Exception {
        host.run();
        host.jobyard("shell", "job:submit crash {} --key crash"); // it may halt the host before it is answered
        host.awaitEnd();
        host.jobyard("start"); // and again
        host.awaitEnd();
        host.run();
        String crash = host.json("job:list --type crash").at("/jobs/0/id").asText();
        awaitShut(crash);
        assertOthersRun();

        host.stop();
        host.run();
        awaitShut(crash);
        assertThat(host.json("job:doctor").findValuesAsText("problem"))
                .anyMatch(problem -> problem.contains(" is quarantined: the host crashed 2 times in a row"));

        host.jobyard("shell", "job:release " + EXAMPLES);
        host.awaitEnd();
    }

    private void awaitShut(String id) {
        await().atMost(TIMEOUT)
                .until(() -> host.json("job:explain " + id)
                        .at("/blockedBy/0/gate")
                        .asText()
                        .equals("quarantine"));
    }

    private void assertOthersRun() throws Exception {
        JsonNode words = host.json("job:submit word_count '{\"text\":\"one two\"}' --await");
        assertThat(words.at("/result/words").asInt()).isEqualTo(2);
        assertThat(host.json("job:handlers --type total")
                        .at("/handlers/0/state")
                        .asText())
                .isEqualTo("quarantined");
    }

    private String submit(String job) throws Exception {
        return host.json("job:submit " + job).get("id").asText();
    }
}
