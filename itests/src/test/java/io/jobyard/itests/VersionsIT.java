// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static io.jobyard.itests.HostProcess.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.jobyard.itests.forms.Forms;
import io.jobyard.itests.forms.TextsInAList;
import io.jobyard.itests.tried.Tried;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.junit.After;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;

/** Two bundles of one symbolic name, each with another version of the same type's handler, at the same time. */
public class VersionsIT {

    private static final String PIN = "io.jobyard.types-word_count";
    private static final int THREADS = 16;

    @ClassRule
    public static final HostProcess HOST = new HostProcess();

    @BeforeClass
    public static void start() throws Exception {
        Path deploy = Files.createDirectories(HOST.instance().resolve("deploy"));
        HandlerJar.write(deploy.resolve("words-1.jar"), "1.2.0");
        HandlerJar.write(deploy.resolve("words-2.jar"), "2.0.0");
        HOST.configure(
                "io.jobyard.worker",
                "worker.threads = " + THREADS,
                "drain.timeout.seconds = 5",
                "cancel.grace.seconds = 1");
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
        await().atMost(TIMEOUT)
                .until(() -> HOST.json("job:doctor")
                        .findValuesAsText("problem")
                        .contains("invalid versions: use an OSGi version range, for example"
                                + " [1.2,2), or 1.2 for that version or higher"));
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
                .isEqualTo("none for word_count in [3.0.0,4.0.0), as configured in io.jobyard.types-word_count");

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
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(HOST.json("job:list --type forms --status completed --count")
                                .get("total")
                                .asInt())
                        .isEqualTo(401));
        JsonNode canary = HOST.json("job:canary").at("/canaries/0");
        assertThat(canary.get("rolledBackAt").asText()).startsWith("20");
        assertThat(canary.at("/canary/failed").asInt())
                .as("at most the workers' runs more")
                .isBetween(10, 30);
        assertThat(canary.at("/others/failed").asInt()).isZero();
        assertThat(HOST.json("job:doctor").findValuesAsText("problem"))
                .anyMatch(problem -> problem.startsWith("its canary [2.0.0,3.0.0) rolled back at 20"));
        assertThat(HOST.json("job:audit --action rollback").findValuesAsText("target"))
                .containsOnlyOnce("type forms");
        assertThat(HOST.json("job:submit forms '{\"text\":\"one\"}' --await")
                        .get("result")
                        .toString())
                .as("on 1.0.0")
                .isEqualTo("{\"text\":\"one\"}");
    }

    /** Lets all jobs go to a canary, of which nothing is remembered. */
    private static void tryAll(int minimum) throws Exception {
        Files.deleteIfExists(HOST.instance().resolve("etc/io.jobyard.types-tried.cfg"));
        HandlerJar.write(tried(1), Tried.class, "com.acme.tried", "1.0.0");
        HandlerJar.write(tried(2), Tried.class, "com.acme.tried", "2.0.0");
        awaitStates("tried", states -> assertThat(states).containsExactly("2.0.0 active", "1.0.0 active"));
        HOST.configure(
                "io.jobyard.types-tried",
                "canary = 2:100 %",
                "canary.by = job",
                "canary.min.runs = " + minimum,
                "inflight = wait",
                "max.retries = 0",
                "retry.base.seconds = 1",
                "retry.max.seconds = 1");
        awaitStates("tried", states -> assertThat(states).containsExactly("2.0.0 canary", "1.0.0 active"));
    }

    private static Path tried(int major) {
        return HOST.instance().resolve("deploy/tried-" + major + ".jar");
    }

    private static Path gate(String name) {
        return HOST.instance().resolve("gate-" + name);
    }

    private static void submitTried(String way, String gate, int times, String more, String options) throws Exception {
        HOST.json("job:submit tried '{\"gate\":\"" + gate(gate) + "\"" + more + "}' --times " + times + " --label way="
                + way + " " + options);
    }

    private static void awaitTried(String way, String status, int jobs) {
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(HOST.json(
                                        "job:list --type tried --label way=" + way + " --status " + status + " --count")
                                .get("total")
                                .asInt())
                        .isEqualTo(jobs));
    }

    /** The attempts of jobs that have all completed on version 1 though none may be tried again. */
    private static List<Integer> attempts(String way, int jobs) throws Exception {
        awaitTried(way, "completed", jobs);
        JsonNode all = HOST.json("job:list --type tried --label way=" + way + " --limit 100")
                .get("jobs");
        assertThat(all).allSatisfy(job -> {
            assertThat(job.get("begunWith").asText()).isEqualTo("1.0.0");
            assertThat(job.get("run").asInt()).isEqualTo(2);
        });
        return StreamSupport.stream(all.spliterator(), false)
                .map(job -> job.get("attempt").asInt())
                .toList();
    }

    private static Predicate<Integer> counted() {
        return attempt -> attempt == 2;
    }

    @Test
    public void runsOnACanaryThatIsDeletedGoToTheOtherVersion() throws Exception {
        tryAll(10_000);
        submitTried("deleted", "fails", THREADS / 2, "", "");
        submitTried("deleted", "never", THREADS / 2, "", "");
        awaitTried("deleted", "running", THREADS);
        Files.delete(tried(2));
        awaitStates("tried", states -> assertThat(states).doesNotContain("2.0.0 canary"));
        Files.createFile(gate("fails")); // half of them fail while the bundle drains, the others are interrupted
        assertThat(attempts("deleted", THREADS)).containsOnly(1);
    }

    @Test
    public void runsOnACanaryThatIsReplacedGoToTheOtherVersion() throws Exception {
        tryAll(10_000);
        submitTried("replaced", "replaced", THREADS, "", "");
        awaitTried("replaced", "running", THREADS);
        HandlerJar.write(HOST.instance().resolve("next.jar"), Tried.class, "com.acme.tried", "2.1.0");
        Files.move(HOST.instance().resolve("next.jar"), tried(2), StandardCopyOption.ATOMIC_MOVE);
        assertThat(attempts("replaced", THREADS)).containsOnly(1);
        awaitStates("tried", states -> assertThat(states).containsExactly("2.1.0 canary", "1.0.0 active"));
        Files.delete(tried(2));
    }

    @Test
    public void runsOnACanaryThatIsRolledBackGoToTheOtherVersion() throws Exception {
        tryAll(4);
        submitTried("back", "first", 4, "", "");
        submitTried("back", "others", THREADS - 4, "", "");
        awaitTried("back", "running", THREADS);
        Files.createFile(gate("first"));
        await().atMost(TIMEOUT)
                .until(() -> HOST.json("job:canary").at("/canaries").toString().contains("\"rolledBackAt\":\"20"));
        Files.createFile(gate("others"));
        assertThat(attempts("back", THREADS).stream().filter(counted()))
                .as("the first four, by which it was judged")
                .hasSize(4);
    }

    @Test
    public void runsOnACanaryThatIsQuarantinedGoToTheOtherVersion() throws Exception {
        tryAll(10_000);
        int inFlight = THREADS - 4;
        submitTried("quarantined", "fail", inFlight, "", "");
        awaitTried("quarantined", "running", inFlight);
        submitTried("stuck", "stuck", THREADS, ",\"stubborn\":true", "--timeout 1");
        awaitStates("tried", states -> assertThat(states).containsExactly("2.0.0 quarantined", "1.0.0 active"));
        Files.createFile(gate("fail"));
        assertThat(attempts("quarantined", inFlight)).containsOnly(1);
        attempts("stuck", THREADS);
        Files.createFile(gate("stuck"));
        Files.delete(tried(2));
    }

    @Test
    public void aPayloadOfANewerVersionFailsOnOlderCodeAndRunsOnceTheNewerBundleIsBack() throws Exception {
        Files.deleteIfExists(HOST.instance().resolve("etc/io.jobyard.types-tried.cfg"));
        HandlerJar.write(tried(1), Tried.class, "com.acme.tried", "1.2.0");
        HandlerJar.write(tried(2), Tried.class, "com.acme.tried", "1.3.0");
        awaitStates("tried", states -> assertThat(states).containsExactly("1.3.0 active", "1.2.0 active"));
        String id = HOST.json("job:submit tried '{}' --after 1h").get("id").asText();
        String older = HOST.json("job:submit tried '{}' --after 1h --handler-version '[1.2,1.3)'")
                .get("id")
                .asText();
        Files.delete(tried(2));
        awaitStates("tried", states -> assertThat(states).containsExactly("1.2.0 active"));

        HOST.json("job:run-now " + id);
        JsonNode failed = HOST.json("job:await " + id + " 60");
        assertThat(failed.get("status").asText()).isEqualTo("failed");
        assertThat(failed.get("attempt").asInt()).as("no retry can help").isEqualTo(1);
        assertThat(failed.get("error").asText())
                .isEqualTo("the payload was made for tried 1.3.0, and 1.2.0 is older: deploy 1.3 or later again"
                        + " (versions and canary of io.jobyard.types-tried must allow it for the job) and retry the"
                        + " job, or submit its payload again for 1.2.0");
        HOST.json("job:run-now " + older);
        assertThat(HOST.json("job:await " + older + " 60").get("status").asText())
                .isEqualTo("completed");

        HandlerJar.write(tried(2), Tried.class, "com.acme.tried", "1.3.1");
        awaitStates("tried", states -> assertThat(states).containsExactly("1.3.1 active", "1.2.0 active"));
        HOST.json("job:retry " + id);
        assertThat(HOST.json("job:await " + id + " 60").get("status").asText()).isEqualTo("completed");
        Files.delete(tried(2));
    }

    private static void awaitStates(String type, Consumer<List<String>> expected) {
        await().atMost(TIMEOUT)
                .untilAsserted(() -> expected.accept(StreamSupport.stream(
                                HOST.json("job:handlers").get("handlers").spliterator(), false)
                        .filter(handler -> handler.get("type").asText().equals(type))
                        .map(handler -> handler.get("version").asText() + " "
                                + handler.get("state").asText())
                        .toList()));
    }

    /** The states of the handlers, the highest version first. */
    private static void awaitStates(String... states) {
        await().atMost(TIMEOUT)
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
