// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static io.jobyard.itests.HostProcess.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** Two bundles of one symbolic name, each with another version of the same type's handler, at the same time. */
public class VersionsIT {

    private static final String PIN = "io.jobyard.types-word_count";

    @Rule
    public final HostProcess host = new HostProcess();

    @Before
    public void start() throws Exception {
        Path deploy = Files.createDirectories(host.instance().resolve("deploy"));
        HandlerJar.write(deploy.resolve("words-1.jar"), "1.2.0");
        HandlerJar.write(deploy.resolve("words-2.jar"), "2.0.0");
        host.start();
        awaitStates("active", "active");
    }

    @Test
    public void theHighestVersionRunsThatTheJobAndTheConfigurationOfItsTypeAllow() throws Exception {
        assertThat(ranBy("")).isEqualTo("com.acme.words 2.0.0");
        assertThat(ranBy("--handler-version '[1,2)'")).isEqualTo("com.acme.words 1.2.0");

        host.configure(PIN, "versions = [1,2)");
        awaitStates("excluded", "active");
        assertThat(ranBy("")).isEqualTo("com.acme.words 1.2.0");

        host.configure(PIN, "versions = newest");
        await().atMost(PATIENCE)
                .until(() -> host.json("job:doctor")
                        .findValuesAsText("problem")
                        .contains("versions = newest is refused: use an OSGi version range such as [1.2,2),"
                                + " or 1.2 for that or higher"));
        assertThat(ranBy("")).isEqualTo("com.acme.words 1.2.0");
    }

    @Test
    public void jobsOfATypeWaitWhileNoVersionIsInTheRange() throws Exception {
        host.configure(PIN, "versions = [3,4)");
        awaitStates("excluded", "excluded");
        String id = host.json("job:submit word_count '{\"text\":\"one two\"}'")
                .get("id")
                .asText();
        assertThat(host.json("job:explain " + id).at("/blockedBy/0/gate").asText())
                .isEqualTo("handler");
        assertThat(host.json("job:explain " + id).at("/blockedBy/0/detail").asText())
                .isEqualTo("none for word_count in [3.0.0,4.0.0), as io.jobyard.types-word_count says");

        Files.delete(host.instance().resolve("etc/" + PIN + ".cfg"));
        assertThat(host.json("job:await " + id + " 60").get("status").asText()).isEqualTo("completed");
    }

    /** The states of the handlers, the highest version first. */
    private void awaitStates(String... states) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(host.json("job:handlers").get("handlers"))
                        .filteredOn(handler -> handler.get("type").asText().equals("word_count"))
                        .extracting(handler -> handler.get("state").asText())
                        .containsExactly(states));
    }

    private String ranBy(String options) throws Exception {
        String id = host.json("job:submit word_count '{\"text\":\"one two\"}' --await " + options)
                .get("id")
                .asText();
        JsonNode start = host.json("job:history " + id).at("/events/1");
        assertThat(start.get("to").asText()).isEqualTo("running");
        assertThat(start.get("bundle").asText())
                .endsWith(" " + start.get("handlerVersion").asText());
        return start.get("bundle").asText();
    }
}
