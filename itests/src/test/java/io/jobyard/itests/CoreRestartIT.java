// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static io.jobyard.itests.HostProcess.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.Rule;
import org.junit.Test;
import org.junit.experimental.categories.Category;

/**
 * The API's bundle is refreshed, and with it all that hangs on it, and then the store's alone, under load.
 * {@code -Djobyard.core.restarts=10} for many rounds.
 */
@Category(Storm.class)
public class CoreRestartIT {

    private static final int ROUNDS = Integer.getInteger("jobyard.core.restarts", 1);
    private static final int JOBS = 1_000;

    @Rule
    public final HostProcess host = new HostProcess().withExamples();

    @Test
    public void nothingIsLostAndOneDispatcherIsThere() throws Exception {
        host.configure("io.jobyard.worker", "drain.timeout.seconds = 0");
        host.run();
        int submitted = 0;
        for (int round = 0; round < ROUNDS; round++) {
            host.json("job:submit sleep '{\"millis\":50}' --retries 0 --times " + JOBS);
            submitted += JOBS;
            felix("refresh " + bundle("io.jobyard.api"));
            awaitHost();
            felix("refresh " + bundle("io.jobyard.store.jpa")); // a stop would end the session that is to start it
            awaitHost();
        }
        int all = submitted;
        await().atMost(TIMEOUT.multipliedBy(10))
                .until(() -> host.json("job:stats").at("/byStatus/completed").asInt() == all);
        JsonNode stats = host.json("job:stats");
        assertThat(stats.get("total").asInt()).isEqualTo(all);
        for (JsonNode job : host.json("job:list --limit 1000").get("jobs")) {
            assertThat(job.get("attempt").asInt()).as(job.toString()).isEqualTo(1);
        }
    }

    /** The commands leave with the bundles that are refreshed, and come back with them. */
    private void awaitHost() {
        await().atMost(TIMEOUT).until(() -> host.jobyard("shell", "job:stats").exit() == 0);
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(threads("jobyard-dispatc")).hasSize(1));
    }

    private void felix(String command) throws Exception {
        host.jobyard("shell", "felix:" + command); // whose session may end with the shell's bundle
    }

    private String bundle(String name) throws Exception {
        String table = host.jobyard("shell", "felix:lb -s " + name).out();
        return table.lines()
                .filter(line -> line.contains(name + " "))
                .map(line -> line.strip().split("\\|")[0].strip())
                .findFirst()
                .orElseThrow(() -> new AssertionError(table));
    }

    /** Names of threads as Linux has them: their first 15 characters. */
    private List<String> threads(String name) throws IOException {
        Path tasks =
                Path.of("/proc", String.valueOf(host.process().orElseThrow().pid()), "task");
        try (Stream<Path> all = Files.list(tasks)) {
            return all.map(CoreRestartIT::comm).filter(name::equals).toList();
        }
    }

    private static String comm(Path task) {
        try {
            return Files.readString(task.resolve("comm")).strip();
        } catch (IOException e) {
            return ""; // it has ended
        }
    }
}
