// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static io.jobyard.itests.HostProcess.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.jobyard.itests.forms.Forms;
import io.jobyard.itests.forms.TextsInAList;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
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
                        .contains("versions is refused: use an OSGi version range such as [1.2,2),"
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

    private static void forms(String version) throws Exception {
        Path deploy = HOST.instance().resolve("deploy");
        HandlerJar.write(deploy.resolve("forms-" + version + ".jar"), Forms.class, "com.acme.forms", version);
        awaitStates("forms", states -> assertThat(states).contains(version + " active"));
    }

    @Test
    public void aPayloadOfAnOlderVersionIsMigratedAndAVersionThatIsTriedStepsBackWhileAllJobsComplete()
            throws Exception {
        forms("1.0.0");
        String id = HOST.json("job:submit forms '{\"text\":\"one\"}' --after 1h")
                .get("id")
                .asText();
        forms("2.0.0");
        HOST.json("job:run-now " + id);
        JsonNode migrated = HOST.json("job:await " + id + " 60");
        assertThat(migrated.get("result").toString()).isEqualTo("{\"texts\":[\"one\"]}");
        assertThat(migrated.get("payload").toString()).as("as it was submitted").isEqualTo("{\"text\":\"one\"}");
        assertThat(migrated.get("madeFor").asText()).isEqualTo("1.0.0");
        String how = "from 1.0.0 to 2.0.0 by " + TextsInAList.class.getName() + " (com.acme.forms 2.0.0)";
        assertThat(migrated.get("migrated").asText()).isEqualTo(how);
        assertThat(HOST.json("job:history " + id).at("/events").findValuesAsText("why"))
                .contains("payload migrated " + how);

        HOST.configure(
                "io.jobyard.types-forms",
                "canary = 2:20 %",
                "canary.by = job",
                "canary.min.runs = 10",
                "max.retries = 0",
                "retry.base.seconds = 1",
                "retry.max.seconds = 1");
        awaitStates("forms", states -> assertThat(states).containsExactly("2.0.0 canary", "1.0.0 active"));
        HOST.json("job:submit forms '{\"text\":\"one\",\"broken\":2}' --times 400");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(HOST.json("job:list --type forms --status completed --count")
                                .get("total")
                                .asInt())
                        .isEqualTo(401));
        JsonNode canary = HOST.json("job:canary").at("/canaries/0");
        assertThat(canary.get("steppedBackAt").asText()).startsWith("20");
        assertThat(canary.at("/canary/failed").asInt())
                .as("at most the workers' runs more")
                .isBetween(10, 30);
        assertThat(canary.at("/others/failed").asInt()).isZero();
        assertThat(HOST.json("job:doctor").findValuesAsText("problem"))
                .anyMatch(problem -> problem.startsWith("its canary [2.0.0,3.0.0) stepped back at 20"));
        assertThat(HOST.json("job:audit --action stepback").findValuesAsText("target"))
                .containsExactly("type forms");
        assertThat(HOST.json("job:submit forms '{\"text\":\"one\"}' --await")
                        .get("result")
                        .toString())
                .as("on 1.0.0")
                .isEqualTo("{\"text\":\"one\"}");
    }

    private static void awaitStates(String type, Consumer<List<String>> expected) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> expected.accept(StreamSupport.stream(
                                HOST.json("job:handlers").get("handlers").spliterator(), false)
                        .filter(handler -> handler.get("type").asText().equals(type))
                        .map(handler -> handler.get("version").asText() + " "
                                + handler.get("state").asText())
                        .toList()));
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
                .matches(".* \\Q" + start.get("handlerVersion").asText() + "\\E [0-9a-f]{8}");
        return start.get("bundle").asText().replaceFirst(" \\w+$", "");
    }
}
