// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static io.jobyard.itests.HostProcess.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** Files in {@code etc/} that change while the host runs. */
public class ConfigurationIT {

    private static final String WORKER = "io.jobyard.worker";

    @Rule
    public final HostProcess host = new HostProcess();

    @Before
    public void start() throws Exception {
        host.start();
    }

    @Test
    public void loseNoJobAndRunNoneTwice() throws Exception {
        Path batch = host.instance().resolve("batch.jsonl");
        Files.write(
                batch, IntStream.range(0, 1000).mapToObj(ConfigurationIT::line).toList());
        assertThat(host.json("job:submit --batch " + batch).get("ids")).hasSize(1000);
        change(8, 3, 5);
        change(2, 10, 0);
        change(4, 10, 3);
        await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> host.json("job:stats").at("/byStatus/completed").asInt() == 1003);
        host.stop();
        assertThat(Checker.checkEnds(host.instance()).jobs().values())
                .allSatisfy(job -> assertThat(job.number("attempt"))
                        .as(job.toString())
                        .isEqualTo(job.text("type").equals("flaky") ? 2 : 1));
    }

    @Test
    public void setHowManyJobsRunAtOnce() throws Exception {
        host.json("job:submit sleep {\"millis\":3600000} --times 9");
        awaitRunning(4);
        host.configure(WORKER, "worker.threads = 8");
        awaitRunning(8);
        host.configure(WORKER, "worker.threads = 2");
        awaitLines("worker.threads = 2,");
        List<String> running = host.json("job:list --status running").findValuesAsText("id");
        host.json(running.stream().map(id -> "job:cancel " + id).toList());
        awaitRunning(1);
        host.json("job:submit sleep {\"millis\":3600000} --times 9");
        awaitRunning(2);
    }

    @Test
    public void areRefusedInOneLineEachWhileTheOldOnesStayInForce() throws Exception {
        host.configure(WORKER, "worker.threads = 3");
        awaitLines("worker.threads = 3,");
        for (String bad :
                List.of("worker.threads = 64", "worker.threads = -1", "worker.threads = abc", "threads = 3")) {
            refuses(bad, 3);
        }
        assertThat(threads()).isEqualTo("3 last good");
        host.json("job:submit sleep {\"millis\":3600000} --times 9");
        awaitRunning(3);
        host.configure(WORKER, "worker.threads = 5");
        awaitRunning(5);
        assertThat(host.json("job:doctor").get("findings")).isEmpty();
        assertThat(threads()).isEqualTo("5 file");
    }

    /** What is in force, and where it comes from. */
    private String threads() throws Exception {
        for (JsonNode value : host.json("job:config worker").at("/configurations/0/values")) {
            if (value.get("key").asText().equals("worker.threads")) {
                return value.get("value").asText() + " " + value.get("source").asText();
            }
        }
        throw new AssertionError("job:config does not tell worker.threads");
    }

    @Test
    public void areRefusedRightAfterARestartToo() throws Exception {
        host.configure(WORKER, "worker.threads = 3", "drain.timeout.seconds = 0");
        awaitLines("worker.threads = 3,");
        host.jobyard("stop");
        host.start();
        host.json("job:submit sleep {\"millis\":3600000} --times 9");
        refuses("worker.threads = 64", 3);
        awaitRunning(3);
    }

    @Test
    public void areRefusedAtTheStartTooAndTheLastGoodOnesOfEarlierLivesAreInForce() throws Exception {
        host.configure(WORKER, "worker.threads = 3", "drain.timeout.seconds = 0");
        host.configure("io.jobyard.store", "pool.size = 12", "password = secret");
        awaitLines("worker.threads = 3,");
        awaitLines("pool.size = 12,");
        host.configure(WORKER, "worker.threads = 64");
        host.configure("io.jobyard.store", "pool.size = 640", "password = secret");
        awaitLines("worker.threads = 64 is refused");
        awaitLines("pool.size = 640 is refused");
        for (int restart = 1; restart <= 2; restart++) {
            host.jobyard("stop");
            host.start();
            for (String bad : List.of("worker.threads = 64", "pool.size = 640")) {
                assertThat(host.log().lines().filter(line -> line.contains(bad + " is refused")))
                        .hasSize(1 + restart)
                        .element(restart)
                        .asString()
                        .containsPattern("(worker.threads = 3|pool.size = 12), .* stays in force, as since 2\\S+Z$");
            }
        }
        assertThat(host.json("job:doctor").findValuesAsText("problem"))
                .hasSize(2)
                .allSatisfy(problem -> assertThat(problem).contains(" is refused"));
        assertThat(host.jobyard("config", "store").out())
                .containsPattern("pool\\.size +12 +last good, refused: 640\n")
                .contains("(hidden)")
                .doesNotContain("secret");
        host.json("job:submit sleep {\"millis\":3600000} --times 9");
        awaitRunning(3);
        assertThat(Files.getPosixFilePermissions(host.instance().resolve("data/last-good/io.jobyard.store.properties")))
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    }

    @Test
    public void thatAreDeletedTakeTheirLastGoodOnesAlong() throws Exception {
        host.configure(WORKER, "worker.threads = 3", "drain.timeout.seconds = 0");
        awaitLines("worker.threads = 3,");
        Files.delete(host.instance().resolve("etc/" + WORKER + ".cfg"));
        awaitLines("worker.threads = 4,");
        host.configure(WORKER, "worker.threads = 64");
        awaitLines("worker.threads = 64 is refused");
        host.jobyard("stop");
        host.start();
        host.json("job:submit sleep {\"millis\":3600000} --times 9");
        awaitRunning(4);
    }

    @Test
    public void thatNobodyReadsAreNamedInOneLine() throws Exception {
        host.configure("io.jobyard.wroker", "worker.threads = 8");
        awaitLines("io.jobyard.wroker: nobody reads this configuration");
        assertThat(host.json("job:doctor").findValuesAsText("subject")).containsExactly("io.jobyard.wroker");
        host.jobyard("stop");
        host.start();
        assertThat(lines("io.jobyard.wroker: nobody reads this configuration")).isEqualTo(2);
        Files.delete(host.instance().resolve("etc/io.jobyard.wroker.cfg"));
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(host.json("job:doctor").get("findings")).isEmpty());
    }

    private static String line(int number) {
        String job = number % 5 == 0
                ? "\"type\":\"flaky\",\"payload\":{\"failures\":1}"
                : "\"type\":\"sleep\",\"payload\":{\"millis\":50}";
        return "{" + job + ",\"priority\":" + (1 + number % 10) + "}";
    }

    private void change(int threads, int levels, int retries) throws Exception {
        host.configure(WORKER, "worker.threads = " + threads);
        host.configure("io.jobyard.queue", "priority.levels = " + levels, "aging.seconds = " + levels);
        host.configure(
                "io.jobyard.scheduler",
                "default.max.retries = " + retries,
                "default.timeout.seconds = " + (60 + retries),
                "retry.base.seconds = 1");
        awaitLines("worker.threads = " + threads + ",");
        awaitLines(" aging.seconds = " + levels + ",");
        awaitLines("default.max.retries = " + retries + ",");
        JsonNode job = host.json(
                "job:show " + host.json("job:submit echo {}").get("id").asText());
        assertThat(job.get("maxRetries").asInt()).isEqualTo(retries);
        assertThat(job.get("timeoutSeconds").asInt()).isEqualTo(60 + retries);
        assertThat(job.get("priority").asInt()).isEqualTo(Math.min(5, levels));
    }

    private void refuses(String bad, int inForce) throws Exception {
        host.configure(WORKER, bad);
        awaitLines(bad + " is refused");
        assertThat(host.log().lines().filter(line -> line.contains(bad + " is refused")))
                .singleElement()
                .asString()
                .contains(WORKER, "worker.threads", "worker.threads = " + inForce + ",", "stays in force");
        JsonNode findings = host.json("job:doctor").get("findings");
        assertThat(findings).hasSize(1);
        assertThat(findings.get(0).get("problem").asText()).startsWith(bad);
    }

    private void awaitRunning(int count) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                host.json("job:stats").at("/byStatus/running").asInt())
                        .isEqualTo(count));
    }

    private void awaitLines(String part) {
        await().atMost(PATIENCE).until(() -> lines(part) > 0);
    }

    private long lines(String part) throws Exception {
        return host.log().lines().filter(line -> line.contains(part)).count();
    }
}
