// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;
import org.junit.Rule;
import org.junit.Test;
import org.junit.experimental.categories.Category;

/** Old jobs are archived before they are removed, also by a host that is killed in the middle. */
@Category(Storm.class)
public class ArchiveIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int JOBS = 800;
    private static final int SLICE = 25;

    @Rule
    public final HostProcess host;

    public ArchiveIT() throws Exception {
        host = new HostProcess(FaultyProgram.make());
    }

    @Test
    public void whatIsGoneIsInTheArchiveAlsoIfTheHostIsKilledInTheMiddle() throws Exception {
        host.configure("io.jobyard.retention", "completed.days = 1", "archive.directory = archive");
        host.run();
        Set<String> submitted = new TreeSet<>();
        StreamSupport.stream(
                        host.json("job:submit echo {\"text\":\"kept\"} --times " + JOBS)
                                .get("ids")
                                .spliterator(),
                        false)
                .forEach(id -> submitted.add(id.asText()));
        await().atMost(HostProcess.TIMEOUT).until(() -> count("completed") == JOBS);
        new ShiftedClock(host.instance()).jumpTo(Duration.ofDays(2));

        Thread purge = new Thread(this::purge, "purge");
        purge.start();
        await().atMost(HostProcess.TIMEOUT)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> !archived().isEmpty());
        host.kill();
        purge.join();
        List<String> first = archived();
        host.run();
        long left = count("completed");
        assertThat(left).isGreaterThanOrEqualTo(JOBS - first.size());
        host.json("job:purge");

        assertThat(count("completed")).isZero();
        assertThat(new TreeSet<>(archived())).isEqualTo(submitted);
        assertThat(archived()).hasSizeLessThanOrEqualTo(JOBS + SLICE);
    }

    /** Whoever asks hears nothing more of a host that is killed. */
    private void purge() {
        try {
            host.jobyard("shell", "job:purge");
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private long count(String status) throws Exception {
        return host.json("job:stats").at("/byStatus/" + status).asLong();
    }

    /** The ids of all lines that can be read, each with its payload and its result. */
    private List<String> archived() throws IOException {
        List<String> ids = new ArrayList<>();
        Path archive = host.instance().resolve("archive");
        if (Files.exists(archive)) {
            try (Stream<Path> files = Files.list(archive)) {
                for (Path file : files.toList()) {
                    read(file, ids);
                }
            }
        }
        return ids;
    }

    private static void read(Path file, List<String> ids) throws IOException {
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                JsonNode job = JSON.readTree(line);
                assertThat(job.at("/payload/text").asText()).isEqualTo("kept");
                assertThat(job.at("/result/text").asText()).isEqualTo("kept");
                assertThat(job.get("history")).hasSize(3);
                ids.add(job.get("id").asText());
            }
        } catch (EOFException e) {
            // cut off by the kill, or not written to yet
        }
    }
}
