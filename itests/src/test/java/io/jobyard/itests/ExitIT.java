// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static io.jobyard.itests.HostProcess.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.jobyard.itests.rogue.Rogue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.experimental.categories.Category;

/** Handlers that end the host's process in its own words. */
@Category(Storm.class)
public class ExitIT {

    private static final int MOST_LIVES = 8;

    @Rule
    public final HostProcess host = new HostProcess().withExamples();

    @Before
    public void configure() throws Exception {
        host.configure("io.jobyard.worker", "drain.timeout.seconds = 0");
        host.configure("io.jobyard.scheduler", "retry.base.seconds = 1");
        Path deploy = Files.createDirectories(host.instance().resolve("deploy"));
        HandlerJar.write(deploy.resolve("rogue.jar"), Rogue.class, "com.acme.rogue", "1.0.0");
    }

    @Test
    public void aHandlerThatCallsExitFailsAfterItsAttemptsInAsManyLivesAndItsNeighbourIsNotCharged() throws Exception {
        Process first = host.begin("run");
        String neighbour = beginNeighbour();
        // It may end the host before its submit is answered.
        host.jobyard("shell", "job:submit rogue '{\"how\":\"exit\"}' --retries 2");
        assertThat(first.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(first.exitValue()).as("not the 0 that it asked for").isEqualTo(1);

        assertThat(1 + livesUntilItFailed()).as("lives that it ended").isEqualTo(3);

        JsonNode rogue = host.json("job:list --type rogue").at("/jobs/0");
        assertThat(rogue.get("reason").asText()).isEqualTo("crash");
        assertThat(rogue.get("run").asInt()).isEqualTo(3);
        assertThat(rogue.get("attempt").asInt()).isEqualTo(3);
        assertThat(rogue.get("error").asText()).contains(Rogue.class.getName() + ".handle called System.exit");
        assertNotCharged(neighbour);
        assertThat(host.json("job:history " + neighbour).findValuesAsText("reason"))
                .doesNotContain("host lost");
        assertThat(host.log()).contains("called System.exit");
    }

    @Test
    public void aThreadOfAHandlerThatCallsExitIsALossOfTheHostAndTheJobFailsInTheEnd() throws Exception {
        host.start();
        String neighbour = beginNeighbour();
        host.jobyard("shell", "job:submit rogue '{\"how\":\"exit elsewhere\"}' --retries 0");

        assertThat(1 + livesUntilItFailed()).as("lives that it ended").isLessThan(MOST_LIVES);

        JsonNode rogue = host.json("job:list --type rogue").at("/jobs/0");
        assertThat(rogue.get("reason").asText()).isEqualTo("crash");
        assertThat(host.json("job:history " + rogue.get("id").asText()).findValuesAsText("reason"))
                .contains("host lost")
                .doesNotContain("interrupted");
        assertNotCharged(neighbour);
        assertThat(host.log()).contains("called by " + Rogue.class.getName(), "in thread timer of acme");
    }

    private String beginNeighbour() throws Exception {
        await().atMost(TIMEOUT).until(() -> host.jobyard("shell", "job:stats").exit() == 0);
        String id = submit("sleep {\"millis\":15000} --retries 0");
        await().atMost(TIMEOUT)
                .until(() -> host.json("job:show " + id).get("status").asText().equals("running"));
        return id;
    }

    private void assertNotCharged(String neighbour) throws Exception {
        JsonNode beside = end(neighbour);
        assertThat(beside.get("status").asText()).as(beside.toString()).isEqualTo("completed");
        assertThat(beside.get("attempt").asInt()).isEqualTo(1);
    }

    /** How many more lives it ends. */
    private int livesUntilItFailed() throws Exception {
        for (int ended = 0; ended <= MOST_LIVES; ended++) {
            host.awaitEnd();
            host.jobyard("start"); // which the next run may cut short
            if (host.process().isPresent() && hasFailed()) {
                return ended;
            }
        }
        throw new AssertionError("the host ends for ever: " + host.log());
    }

    /** Whether the job is final; false if it ended the host meanwhile. */
    private boolean hasFailed() {
        await().atMost(TIMEOUT)
                .until(() -> host.process().isEmpty()
                        || host.jobyard("shell", "job:list --type rogue --status failed --json")
                                .out()
                                .contains("\"rogue\""));
        return host.process().isPresent();
    }

    private JsonNode end(String id) throws Exception {
        return host.json("job:await " + id + " " + TIMEOUT.toSeconds());
    }

    private String submit(String job) throws Exception {
        return host.json("job:submit " + job).get("id").asText();
    }
}
