// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static io.jobyard.itests.HostProcess.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.Rule;
import org.junit.Test;
import org.junit.experimental.categories.Category;

/** A job that ends the host's process with each of its runs, and one that only stands beside it. */
@Category(Storm.class)
public class CrashIT {

    private static final int MOST_STARTS = 8;

    @Rule
    public final HostProcess host = new HostProcess().withExamples();

    @Test
    public void aJobThatHaltsTheHostFailsAndItsNeighbourIsNotCharged() throws Exception {
        host.configure("io.jobyard.handler.examples", "allow.crash = true");
        host.configure("io.jobyard.scheduler", "retry.base.seconds = 1");
        host.run();
        String neighbour = submit("sleep {\"millis\":15000} --retries 0");
        await().atMost(TIMEOUT)
                .until(() -> host.json("job:show " + neighbour)
                        .get("status")
                        .asText()
                        .equals("running"));
        // It may halt the host before its submit is answered; the key tells which it is.
        host.jobyard("shell", "job:submit crash {} --retries 1 --key crash");
        int starts = startAgainWhileItHalts();

        JsonNode crash = host.json("job:list --type crash").at("/jobs/0");
        assertThat(crash.get("status").asText()).isEqualTo("failed");
        assertThat(crash.get("reason").asText()).isEqualTo("crash");
        assertThat(crash.get("attempt").asInt()).isEqualTo(2);
        assertThat(crash.get("run").asInt()).isEqualTo(starts);
        JsonNode beside = host.json("job:await " + neighbour + " " + TIMEOUT.toSeconds());
        assertThat(beside.get("status").asText()).as(beside.toString()).isEqualTo("completed");
        assertThat(beside.get("attempt").asInt()).isEqualTo(1);
        assertThat(host.json("job:history " + neighbour).findValuesAsText("reason"))
                .contains("host lost")
                .doesNotContain("crash", "retry");
    }

    /** How often it had to be started after the first time. */
    private int startAgainWhileItHalts() throws Exception {
        for (int starts = 1; starts <= MOST_STARTS; starts++) {
            host.awaitEnd();
            host.jobyard("start"); // which the crash may cut short
            if (host.process().isPresent() && crashIsOver()) {
                return starts;
            }
        }
        throw new AssertionError("the host halts for ever: " + host.log());
    }

    /** Whether the job is final; false if it halted the host meanwhile. */
    private boolean crashIsOver() throws Exception {
        await().atMost(TIMEOUT)
                .until(() -> host.process().isEmpty()
                        || host.jobyard("shell", "job:list --type crash --status failed --json")
                                .out()
                                .contains("\"crash\""));
        return host.process().isPresent();
    }

    private String submit(String job) throws Exception {
        return host.json("job:submit " + job).get("id").asText();
    }
}
