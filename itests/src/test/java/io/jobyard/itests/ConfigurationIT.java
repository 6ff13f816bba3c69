// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static io.jobyard.itests.HostProcess.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.After;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;

/** Files in {@code etc/} that change while the host runs. One host for all. */
public class ConfigurationIT {

    private static final String WORKER = "io.jobyard.worker";
    private static final String QUEUE = "io.jobyard.queue";
    private static final String NOBODYS = "io.jobyard.wroker";

    @ClassRule
    public static final HostProcess HOST = new HostProcess().withExamples();

    private static final Map<Path, String> SHIPPED = new HashMap<>();
    private static String usual;

    private int said;

    @BeforeClass
    public static void start() throws Exception {
        HOST.run();
        for (Path file : files()) {
            SHIPPED.put(file, Files.readString(file));
        }
        usual = threads();
    }

    @Before
    public void look() throws Exception {
        said = HOST.log().length();
    }

    @After
    public void takeAway() throws Exception {
        List<String> left = new ArrayList<>();
        for (String status : List.of("queued", "running")) {
            left.addAll(HOST.json("job:list --limit 200 --status " + status)
                    .get("jobs")
                    .findValuesAsText("id"));
        }
        HOST.json(left.stream().map(id -> "job:cancel " + id).toList());
        for (Path file : files()) {
            if (!SHIPPED.containsKey(file)) {
                Files.delete(file);
            }
        }
        for (Path file : SHIPPED.keySet()) {
            if (!Files.exists(file) || !Files.readString(file).equals(SHIPPED.get(file))) {
                Files.writeString(file, SHIPPED.get(file));
            }
        }
        await().atMost(TIMEOUT).until(() -> threads().equals(usual));
        await().atMost(TIMEOUT)
                .untilAsserted(() ->
                        assertThat(HOST.json("job:doctor").get("findings")).isEmpty());
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(HOST.instance().resolve("etc"))) {
            return files.toList();
        }
    }

    /** What it holds since the test began. */
    private String log() throws IOException {
        return HOST.log().substring(said);
    }

    @Test
    public void setHowManyJobsRunAtOnce() throws Exception {
        HOST.json("job:submit sleep {\"millis\":3600000} --times 9");
        awaitRunning(4);
        HOST.configure(WORKER, "worker.threads = 8");
        awaitRunning(8);
        HOST.configure(WORKER, "worker.threads = 2");
        awaitLines("worker.threads = 2,");
        List<String> running = HOST.json("job:list --status running").findValuesAsText("id");
        HOST.json(running.stream().map(id -> "job:cancel " + id).toList());
        awaitRunning(1);
        HOST.json("job:submit sleep {\"millis\":3600000} --times 9");
        awaitRunning(2);
    }

    @Test
    public void areRefusedInOneLineEachWhileTheOldOnesStayInForce() throws Exception {
        HOST.configure(WORKER, "worker.threads = 3");
        awaitLines("worker.threads = 3,");
        for (String bad : List.of("worker.threads = 64", "worker.threads = -1", "worker.threads = abc")) {
            refuses(bad, "invalid worker.threads", 3);
        }
        refuses("threads = 3", "unknown key threads", 3);
        assertThat(threads()).isEqualTo("3 last good");
        HOST.json("job:submit sleep {\"millis\":3600000} --times 9");
        awaitRunning(3);
        HOST.configure(WORKER, "worker.threads = 5");
        awaitRunning(5);
        assertThat(HOST.json("job:doctor").get("findings")).isEmpty();
        assertThat(threads()).isEqualTo("5 file");
    }

    /** What is in force, and where it comes from. */
    private static String threads() throws Exception {
        for (JsonNode value : HOST.json("job:config worker").at("/configurations/0/values")) {
            if (value.get("key").asText().equals("worker.threads")) {
                return value.get("value").asText() + " " + value.get("source").asText();
            }
        }
        throw new AssertionError("job:config does not tell worker.threads");
    }

    @Test
    public void areRefusedAtTheStartTooAndTheLastGoodOnesOfEarlierLivesAreInForce() throws Exception {
        HOST.configure(WORKER, "worker.threads = 3", "drain.timeout.seconds = 0");
        HOST.configure("io.jobyard.store", "pool.size = 12", "password = secret");
        HOST.configure(QUEUE, "aging.seconds = 61");
        awaitLines("worker.threads = 3,");
        awaitLines("pool.size = 12,");
        awaitLines("aging.seconds = 61,");
        Files.delete(HOST.instance().resolve("etc/" + QUEUE + ".cfg"));
        awaitLines("aging.seconds = 60,");
        HOST.configure(WORKER, "worker.threads = 64");
        HOST.configure("io.jobyard.store", "pool.size = 640", "password = secret");
        HOST.configure(QUEUE, "aging.seconds = -1");
        HOST.configure(NOBODYS, "worker.threads = 8");
        awaitLines("invalid worker.threads");
        awaitLines("invalid pool.size");
        awaitLines("invalid aging.seconds");
        awaitLines(NOBODYS + ": no bundle reads this configuration");
        for (int restart = 1; restart <= 2; restart++) {
            HOST.jobyard("stop");
            HOST.run();
            for (String bad : List.of("worker.threads", "pool.size")) {
                assertThat(log().lines().filter(line -> line.contains("invalid " + bad)))
                        .hasSize(1 + restart)
                        .element(restart)
                        .asString()
                        .containsPattern(
                                "(worker.threads = 3|pool.size = 12), .* stays in force, as it has been since 2\\S+Z$");
            }
            assertThat(lines(NOBODYS + ": no bundle reads this configuration")).isEqualTo(1 + restart);
        }
        assertThat(HOST.json("job:doctor").get("findings"))
                .extracting(finding -> finding.get("subject").asText())
                .containsExactlyInAnyOrder(WORKER, "io.jobyard.store", QUEUE, NOBODYS);
        assertThat(HOST.json("job:doctor").findValuesAsText("problem"))
                .filteredOn(problem -> problem.startsWith("invalid "))
                .hasSize(3);
        assertThat(HOST.jobyard("config", "store").out())
                .containsPattern("pool\\.size +12 +last good, refused: \\(hidden\\)\n")
                .contains("(hidden)")
                .doesNotContain("secret");
        assertThat(HOST.jobyard("config", "queue").out())
                .as("what was deleted took its last good one along")
                .containsPattern("aging\\.seconds +60 +default");
        HOST.json("job:submit sleep {\"millis\":3600000} --times 9");
        awaitRunning(3);
        assertThat(Files.getPosixFilePermissions(HOST.instance().resolve("data/last-good/io.jobyard.store.properties")))
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        areRefusedRightAfterARestartToo();
    }

    /** Of whose good ones none was read but by the start. */
    private void areRefusedRightAfterARestartToo() throws Exception {
        HOST.configure(WORKER, "worker.threads = 3", "drain.timeout.seconds = 0");
        for (String pid : List.of("io.jobyard.store", QUEUE)) {
            Path file = HOST.instance().resolve("etc/" + pid + ".cfg");
            Files.writeString(file, SHIPPED.get(file));
        }
        Files.delete(HOST.instance().resolve("etc/" + NOBODYS + ".cfg"));
        HOST.jobyard("stop"); // the store goes by what it was opened with
        HOST.run();
        refuses("worker.threads = 64", "invalid worker.threads", 3);
        awaitRunning(3);
    }

    private void refuses(String bad, String refused, int inForce) throws Exception {
        look();
        HOST.configure(WORKER, bad);
        awaitLines(refused);
        assertThat(log().lines().filter(line -> line.contains(refused)))
                .singleElement()
                .asString()
                .contains(WORKER, "worker.threads", "worker.threads = " + inForce + ",", "stays in force");
        JsonNode findings = HOST.json("job:doctor").get("findings");
        assertThat(findings).hasSize(1);
        assertThat(findings.get(0).get("problem").asText()).startsWith(refused);
    }

    private void awaitRunning(int count) {
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(
                                HOST.json("job:stats").at("/byStatus/running").asInt())
                        .isEqualTo(count));
    }

    private void awaitLines(String part) {
        await().atMost(TIMEOUT).until(() -> lines(part) > 0);
    }

    private long lines(String part) throws Exception {
        return log().lines().filter(line -> line.contains(part)).count();
    }
}
