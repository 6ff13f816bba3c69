// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jobyard.store.postgres.PostgresServer;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Several hosts on one PostgreSQL under load, of which one after the other is killed, or stands still, at moments that chance picks. */
final class SharedStorm {

    private static final int REQUESTS = 60;
    private static final int LONGEST_MILLIS = 2_500;
    private static final int MOST_OPEN = 600;

    /** The least there is. */
    private static final int LEASE_SECONDS = 5;

    private final List<HostProcess> hosts;
    private final Random random;
    private final PostgresServer server;
    private final String url;
    private final Load load;
    private int killed;
    private int stoodStill;

    SharedStorm(List<HostProcess> hosts, Random random, PostgresServer server) throws Exception {
        this.hosts = hosts;
        this.random = random;
        this.server = server;
        url = server.newSchema();
        load = new Load(random, hosts.get(0).instance());
        for (HostProcess host : hosts) {
            prepare(host);
        }
    }

    private void prepare(HostProcess host) throws Exception {
        Storm.prepare(host);
        host.configure(
                "io.jobyard.store",
                "url = " + url,
                "user = " + PostgresServer.USER,
                "password = " + server.password(),
                "lease.seconds = " + LEASE_SECONDS);
        host.configure(
                "io.jobyard.worker", "cancel.grace.seconds = 1", "quarantine.host.losses = 0", "worker.threads = 3");
    }

    /** The first one makes the key by which all seal. */
    void start() throws Exception {
        HostProcess first = hosts.get(0);
        first.run();
        for (HostProcess host : hosts.subList(1, hosts.size())) {
            Files.createDirectories(Checker.key(host.instance()).getParent(), HostProcess.PRIVATE);
            Files.copy(Checker.key(first.instance()), Checker.key(host.instance()), StandardCopyOption.COPY_ATTRIBUTES);
            host.run();
        }
    }

    void rage(int cycles) throws Exception {
        for (int cycle = 1; cycle <= cycles; cycle++) {
            HostProcess asked = any();
            HostProcess victim = any();
            try (Dialogue dialogue = asked.dialogue()) {
                boolean behind = open(dialogue.ask("job:stats").orElseThrow()) > MOST_OPEN;
                CompletableFuture<Void> pressed = behind
                        ? CompletableFuture.completedFuture(null)
                        : CompletableFuture.runAsync(() -> load.press(dialogue, REQUESTS));
                Thread.sleep(random.nextInt(LONGEST_MILLIS));
                if (random.nextInt(5) == 0) {
                    standStill(victim);
                } else {
                    killed++;
                    victim.kill();
                }
                pressed.join();
            }
            if (victim.process().isEmpty()) {
                victim.run();
            }
            if (cycle % 10 == 0) {
                System.out.println("SharedStorm: " + cycle + ": " + check().summary());
            }
        }
    }

    /** For longer than its lease: others take back what it runs, and it ends when it hears of that. */
    private void standStill(HostProcess victim) throws Exception {
        stoodStill++;
        long pid = victim.process().orElseThrow().pid();
        signal("-STOP", pid);
        Thread.sleep(Duration.ofSeconds(2 * LEASE_SECONDS).toMillis());
        signal("-CONT", pid);
        victim.awaitEnd();
    }

    private static void signal(String which, long pid) throws Exception {
        assertThat(new ProcessBuilder("kill", which, String.valueOf(pid))
                        .start()
                        .waitFor(1, TimeUnit.MINUTES))
                .isTrue();
    }

    private HostProcess any() {
        return hosts.get(random.nextInt(hosts.size()));
    }

    private static int open(JsonNode stats) {
        return Stream.of("waiting", "queued", "running")
                .mapToInt(status -> stats.get("byStatus").path(status).asInt())
                .sum();
    }

    Checker check() throws Exception {
        return Checker.checkShared(hosts.get(0).instance(), read());
    }

    Checker checkEnds() throws Exception {
        return Checker.checkSharedEnds(hosts.get(0).instance(), read());
    }

    private Database read() throws Exception {
        try (Connection connection = server.connect(url)) {
            return Database.read(connection);
        }
    }

    String summary() {
        return killed + " hosts killed, " + stoodStill + " stood still";
    }
}
