// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static io.jobyard.itests.HostProcess.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.Rule;
import org.junit.Test;
import org.junit.experimental.categories.Category;

/** Files in {@code etc/} that change while the host runs jobs. */
@Category(Storm.class)
public class ConfigurationLoadIT {

    @Rule
    public final HostProcess host = new HostProcess().withExamples();

    @Test
    public void loseNoJobAndRunNoneTwice() throws Exception {
        host.run();
        Path batch = host.instance().resolve("batch.jsonl");
        Files.write(
                batch,
                IntStream.range(0, 1000).mapToObj(ConfigurationLoadIT::line).toList());
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

    private static String line(int number) {
        String job = number % 5 == 0
                ? "\"type\":\"flaky\",\"payload\":{\"failures\":1}"
                : "\"type\":\"sleep\",\"payload\":{\"millis\":50}";
        return "{" + job + ",\"priority\":" + (1 + number % 10) + "}";
    }

    private void change(int threads, int levels, int retries) throws Exception {
        host.configure("io.jobyard.worker", "worker.threads = " + threads);
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

    private void awaitLines(String part) {
        await().atMost(TIMEOUT).until(() -> host.log().contains(part));
    }
}
