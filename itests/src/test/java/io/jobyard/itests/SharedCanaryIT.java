// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static io.jobyard.itests.HostProcess.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.jobyard.itests.tried.Tried;
import io.jobyard.store.postgres.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.Rule;
import org.junit.Test;
import org.junit.experimental.categories.Category;

/** A canary of several hosts is rolled back by runs that a host which joined later has not seen. */
@Category(Storm.class)
public class SharedCanaryIT {

    private static final int THREADS = 2;

    @Rule
    public final HostProcess leader = new HostProcess();

    @Rule
    public final HostProcess joined = new HostProcess();

    private final PostgresServer server = PostgresServer.shared();
    private final String url = server.newSchema();

    @Test
    public void aRunOnAHostThatJoinedLaterDoesNotCountOnceTheLeaderHasRolledTheCanaryBack() throws Exception {
        prepare(leader);
        prepare(joined);
        leader.run();
        submit("first");
        Files.createFile(gate("first"));
        await().atMost(TIMEOUT).until(() -> canary(leader).at("/canary/failed").asInt() == 1);

        joined.takeKey(leader);
        joined.run();
        submit("second");
        await().atMost(TIMEOUT).until(() -> {
            if (onCanary().size() < 2 * THREADS) {
                submit("late"); // what goes to the other host before that offers the canary completes at once
            }
            return onCanary().size() == 2 * THREADS;
        });
        Files.createFile(gate("second"));
        await().atMost(TIMEOUT).until(() -> canary(leader).hasNonNull("rolledBackAt"));
        assertThat(canary(joined).at("/canary/failed").asInt())
                .as("it has seen too few to judge by")
                .isLessThan(2);
        assertThat(canary(joined).get("rolledBackAt")).isEqualTo(canary(leader).get("rolledBackAt"));

        List<String> onCanary = onCanary();
        Files.createFile(gate("late"));
        await().atMost(TIMEOUT)
                .until(() -> jobs("").stream()
                        .allMatch(job -> job.get("status").asText().equals("completed")));
        assertThat(jobs("--label gate=late"))
                .filteredOn(job -> onCanary.contains(job.get("id").asText()))
                .hasSizeGreaterThanOrEqualTo(2 * THREADS - 1)
                .allSatisfy(job -> {
                    assertThat(job.get("begunWith").asText()).isEqualTo("1.0.0");
                    assertThat(job.get("run").asInt()).isEqualTo(2);
                    assertThat(job.get("attempt").asInt()).isEqualTo(1);
                });
    }

    private void prepare(HostProcess host) throws Exception {
        Path deploy = Files.createDirectories(host.instance().resolve("deploy"));
        for (String version : new String[] {"1.0.0", "2.0.0"}) {
            HandlerJar.write(deploy.resolve("tried-" + version + ".jar"), Tried.class, "com.acme.tried", version);
        }
        host.configure(
                "io.jobyard.store", "url = " + url, "user = " + PostgresServer.USER, "password = " + server.password());
        host.configure("io.jobyard.worker", "worker.threads = " + THREADS);
        host.configure(
                "io.jobyard.types-tried",
                "canary = 2:100 %",
                "canary.by = job",
                "canary.min.runs = 2",
                "max.retries = 0",
                "retry.base.seconds = 1",
                "retry.max.seconds = 1");
    }

    private Path gate(String name) {
        return leader.instance().resolve("gate-" + name);
    }

    private void submit(String gate) throws Exception {
        leader.json("job:submit tried '{\"gate\":\"" + gate(gate) + "\"}' --label gate=" + gate);
    }

    private List<JsonNode> jobs(String options) throws Exception {
        JsonNode jobs = leader.json("job:list --type tried " + options).get("jobs");
        return StreamSupport.stream(jobs.spliterator(), false).toList();
    }

    private List<String> onCanary() throws Exception {
        return jobs("--status running").stream()
                .filter(job -> job.path("begunWith").asText().equals("2.0.0"))
                .map(job -> job.get("id").asText())
                .toList();
    }

    private static JsonNode canary(HostProcess host) throws Exception {
        return host.json("job:canary").at("/canaries/0");
    }
}
