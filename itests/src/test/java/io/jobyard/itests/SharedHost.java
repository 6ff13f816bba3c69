// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.jobyard.store.postgres.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** One of several hosts on a PostgreSQL, its clock, and the network between the two. */
record SharedHost(HostProcess process, DatabaseProxy proxy, ShiftedClock clock) {

    /** The least there is. */
    static final Duration LEASE = Duration.ofSeconds(5);

    private static final int MOST_STARTS = 5;

    static SharedHost of(HostProcess process, PostgresServer server, String url, String more) throws Exception {
        DatabaseProxy proxy = new DatabaseProxy(server.port());
        HostStorm.prepare(process);
        process.configure(
                "io.jobyard.queues-" + Checker.PACED,
                "rate = " + Checker.PACED_PER_SECOND + "/s burst " + Checker.PACED_BURST);
        process.configure(
                "io.jobyard.roles-" + Checker.PACED,
                "members = user:" + Load.PACED_USER,
                "permissions = submit, view",
                "budget.tokens = " + Checker.PACED_BUDGET + "/" + Checker.PACED_PERIOD.toSeconds() + "s");
        process.configure(
                "io.jobyard.store",
                "url = " + url.replace(":" + server.port() + "/", ":" + proxy.port() + "/") + more,
                "user = " + PostgresServer.USER,
                "password = " + server.password(),
                "lease.seconds = " + LEASE.toSeconds());
        process.configure(
                "io.jobyard.worker", "cancel.grace.seconds = 1", "quarantine.host.losses = 0", "worker.threads = 3");
        return new SharedHost(process, proxy, new ShiftedClock(process.instance()));
    }

    /** Hosts are called by their machine and process. */
    boolean isCalled(String name) {
        return process.process().filter(own -> name.endsWith(":" + own.pid())).isPresent();
    }

    /** Again and again: a start gives up when its database is slow, as whoever looks after a host does not. */
    void start() {
        for (int tries = 1; ; tries++) {
            try {
                process.run();
                return;
            } catch (AssertionError e) {
                if (tries == MOST_STARTS) {
                    throw e;
                }
                System.out.println("SharedHost: a start gave up: " + e.getMessage());
                process.awaitEnd();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    long pid() {
        return process.process().orElseThrow().pid();
    }

    /** Whatever has befallen it: waits until it has ended, or works; false if it has ended. */
    boolean survives() {
        AtomicBoolean works = new AtomicBoolean();
        await().atMost(HostProcess.TIMEOUT).until(() -> {
            works.set(takesJobs());
            return works.get() || process.process().isEmpty();
        });
        return works.get();
    }

    private boolean takesJobs() throws Exception {
        if (process.process().isEmpty()) {
            return false;
        }
        try (Dialogue dialogue = process.dialogue()) {
            CompletableFuture<Optional<JsonNode>> asked =
                    CompletableFuture.supplyAsync(() -> dialogue.ask("job:submit echo {}"));
            return asked.completeOnTimeout(Optional.empty(), 30, TimeUnit.SECONDS)
                    .get()
                    .filter(answer -> answer.has("id"))
                    .isPresent();
        }
    }
}
