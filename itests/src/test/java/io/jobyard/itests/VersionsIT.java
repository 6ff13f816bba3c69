// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static io.jobyard.itests.HostProcess.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.After;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;

/** Two bundles of one symbolic name, each with another version of the same type's handler, at the same time. */
public class VersionsIT {

    private static final String PIN = "io.jobyard.types-word_count";

    @ClassRule
    public static final HostProcess HOST = new HostProcess();

    @BeforeClass
    public static void start() throws Exception {
        Path deploy = Files.createDirectories(HOST.instance().resolve("deploy"));
        HandlerJar.write(deploy.resolve("words-1.jar"), "1.2.0");
        HandlerJar.write(deploy.resolve("words-2.jar"), "2.0.0");
        HOST.run();
        awaitStates("active", "active");
    }

    @After
    public void takeAway() throws Exception {
        Files.deleteIfExists(HOST.instance().resolve("etc/" + PIN + ".cfg"));
        awaitStates("active", "active");
    }

    @Test
    public void theHighestVersionRunsThatTheJobAndTheConfigurationOfItsTypeAllow() throws Exception {
        assertThat(ranBy("")).isEqualTo("com.acme.words 2.0.0");
        assertThat(ranBy("--handler-version '[1,2)'")).isEqualTo("com.acme.words 1.2.0");

        HOST.configure(PIN, "versions = [1,2)");
        awaitStates("excluded", "active");
        assertThat(ranBy("")).isEqualTo("com.acme.words 1.2.0");

        HOST.configure(PIN, "versions = newest");
        await().atMost(PATIENCE)
                .until(() -> HOST.json("job:doctor")
                        .findValuesAsText("problem")
                        .contains("versions = newest is refused: use an OSGi version range such as [1.2,2),"
                                + " or 1.2 for that or higher"));
        assertThat(ranBy("")).isEqualTo("com.acme.words 1.2.0");
    }

    @Test
    public void jobsOfATypeWaitWhileNoVersionIsInTheRange() throws Exception {
        HOST.configure(PIN, "versions = [3,4)");
        awaitStates("excluded", "excluded");
        String id = HOST.json("job:submit word_count '{\"text\":\"one two\"}'")
                .get("id")
                .asText();
        assertThat(HOST.json("job:explain " + id).at("/blockedBy/0/gate").asText())
                .isEqualTo("handler");
        assertThat(HOST.json("job:explain " + id).at("/blockedBy/0/detail").asText())
                .isEqualTo("none for word_count in [3.0.0,4.0.0), as io.jobyard.types-word_count says");

        Files.delete(HOST.instance().resolve("etc/" + PIN + ".cfg"));
        assertThat(HOST.json("job:await " + id + " 60").get("status").asText()).isEqualTo("completed");
    }

    /** The states of the handlers, the highest version first. */
    private static void awaitStates(String... states) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(HOST.json("job:handlers").get("handlers"))
                        .filteredOn(handler -> handler.get("type").asText().equals("word_count"))
                        .extracting(handler -> handler.get("state").asText())
                        .containsExactly(states));
    }

    private String ranBy(String options) throws Exception {
        String id = HOST.json("job:submit word_count '{\"text\":\"one two\"}' --await " + options)
                .get("id")
                .asText();
        JsonNode start = HOST.json("job:history " + id).at("/events/1");
        assertThat(start.get("to").asText()).isEqualTo("running");
        assertThat(start.get("bundle").asText())
                .endsWith(" " + start.get("handlerVersion").asText());
        return start.get("bundle").asText();
    }
}
