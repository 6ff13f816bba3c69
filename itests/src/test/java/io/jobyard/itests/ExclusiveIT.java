// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static io.jobyard.itests.HostProcess.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.jobyard.itests.DatabaseProxy.Flow;
import io.jobyard.itests.DatabaseProxy.Way;
import io.jobyard.store.postgres.PostgresServer;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.Rule;
import org.junit.Test;
import org.junit.experimental.categories.Category;

/** A host loses its database while a run of an exclusive type ignores its interrupt: the host ends before another one begins the job. */
@Category(Storm.class)
public class ExclusiveIT {

    @Rule
    public final HostProcess host = new HostProcess().withExamples();

    @Rule
    public final HostProcess other = new HostProcess().withExamples();

    private final PostgresServer server = PostgresServer.shared();
    private final String url = server.newSchema();

    @Test
    public void twoRunsOfAnExclusiveTypeDoNotOverlap() throws Exception {
        try (DatabaseProxy proxy = new DatabaseProxy(server.port())) {
            configure(host, proxy.port());
            configure(other, server.port());
            host.run();
            String id = host.json("job:submit stubborn {\"millis\":600000} --timeout 3600")
                    .get("id")
                    .asText();
            await().atMost(TIMEOUT).until(() -> begins(host, id) != null);
            other.takeKey(host);
            other.run();

            CompletableFuture<Instant> ended =
                    host.process().orElseThrow().onExit().thenApply(gone -> Instant.now());
            Stream.of(Way.values()).forEach(way -> proxy.set(way, Flow.LOST));
            await().atMost(TIMEOUT).until(() -> run(other, id) == 2 && begins(other, id) != null);
            assertThat(ended.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isBefore(begins(other, id));
            assertThat(host.log()).contains("of exclusive type stubborn has not ended");
        }
    }

    private void configure(HostProcess which, int port) throws Exception {
        which.configure(
                "io.jobyard.store",
                "url = " + url.replace(":" + server.port() + "/", ":" + port + "/"),
                "user = " + PostgresServer.USER,
                "password = " + server.password(),
                "lease.seconds = " + SharedHost.LEASE.toSeconds());
        which.configure("io.jobyard.worker", "cancel.grace.seconds = 1");
        which.configure("io.jobyard.types-stubborn", "exclusive = true");
    }

    private static int run(HostProcess which, String id) throws Exception {
        return which.json("job:show " + id).get("run").asInt();
    }

    /** When the latest run began; null if it has not. */
    private static Instant begins(HostProcess which, String id) throws Exception {
        JsonNode at = which.json("job:show " + id).path("startedAt");
        return at.isTextual() ? Instant.parse(at.asText()) : null;
    }
}
