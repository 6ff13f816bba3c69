// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One host under load that is killed and started again and again, at moments that chance picks. */
final class HostStorm {

    private static final int REQUESTS = 100;
    private static final int LONGEST_MILLIS = 2_500;
    private static final int MOST_OPEN = 1_000;
    private static final int BETWEEN_CHECKS = 25;
    private static final int FIRST_BACKUP = 5;
    private static final int BETWEEN_BACKUPS = 20;

    /** A copy that was acknowledged, and the jobs that had been before it was asked for. */
    private record Backup(Path path, List<String> answered) {}

    private final HostProcess host;
    private final Random random;
    private final Load load;
    private final StormClients clients;
    private final Ready ready = new Ready();
    private StormSchedules schedules;
    private Backup backup;
    private int backups;
    private int killedInStart;

    HostStorm(HostProcess host, Random random, StormHooks hooks) throws Exception {
        this.host = host;
        this.random = random;
        load = new Load(random, host.instance());
        clients = new StormClients(new Random(random.nextLong()), hooks);
        prepare(host);
        clients.prepare(host);
    }

    static void prepare(HostProcess host) throws Exception {
        host.configure("io.jobyard.worker", "cancel.grace.seconds = 1", "quarantine.host.losses = 0");
        host.configure("io.jobyard.scheduler", "retry.base.seconds = 1", "retry.max.seconds = 2");
        host.configure("io.jobyard.queues-" + Checker.NARROW, "running.max = " + Checker.NARROW_RUNNING_MAX);
        host.configure("io.jobyard.limits-metered", "rate.requests = 50/s burst 10", "rate.tokens = 100/s burst 10");
        HandlerJar.writeNoted(host);
        StormTenants.prepare(host);
        StormCanary.prepare(host);
    }

    /** So many kills, one in five before the host takes jobs. */
    void rage(int cycles) throws Exception {
        for (int cycle = 1; cycle <= cycles; cycle++) {
            StormCanary.tryAgain(host, cycle);
            boolean backsUp = cycle % BETWEEN_BACKUPS == FIRST_BACKUP;
            if (!backsUp && random.nextInt(5) == 0) {
                killWhileItStarts();
            } else {
                start();
                killUnderLoad(backsUp);
            }
            if (cycle % BETWEEN_CHECKS == 0) {
                System.out.println("KillIT: " + cycle + " kills: "
                        + Checker.check(host.instance()).summary());
            }
        }
    }

    private void start() throws Exception {
        long begun = System.nanoTime();
        host.run();
        ready.add(Duration.ofNanos(System.nanoTime() - begun));
    }

    private void killWhileItStarts() throws Exception {
        killedInStart++;
        Process start = host.begin("run");
        await().atMost(HostProcess.TIMEOUT)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> host.process().isPresent());
        killAfter(random.nextInt(ready.usualMillis())).join();
        assertThat(start.waitFor(1, TimeUnit.MINUTES)).isTrue();
    }

    private void killUnderLoad(boolean backsUp) throws Exception {
        boolean waits = backup == null || random.nextBoolean(); // else the kill may cut the backup off
        List<String> answered = List.copyOf(load.acknowledged().jobs());
        try (Dialogue dialogue = host.dialogue()) {
            JsonNode stats = dialogue.ask("job:stats").orElseThrow(); // the client is up: chance counts from here
            if (schedules == null) {
                schedules = StormSchedules.begin(dialogue);
                clients.begin(host);
                StormTenants.begin(dialogue);
            }
            int afterMillis = random.nextBoolean() ? random.nextInt(LONGEST_MILLIS) : schedules.millisToATime(random);
            boolean behind = open(stats) > MOST_OPEN;
            CompletableFuture<Void> pressed = asyncIf(!behind, () -> load.press(dialogue, REQUESTS));
            CompletableFuture<Void> asked = CompletableFuture.runAsync(this::ask);
            CompletableFuture<Void> copied = asyncIf(backsUp, () -> backUp(answered));
            if (waits) {
                copied.join();
            }
            killAfter(afterMillis).join();
            pressed.join();
            asked.join();
            copied.join();
        }
    }

    private void ask() {
        try (Dialogue dialogue = host.dialogue()) {
            clients.press(host, dialogue);
        } catch (IOException e) {
            return; // it was killed before it was asked
        }
    }

    /** On a host that lives: what its clients wait for comes. */
    void end() throws Exception {
        StormSchedules.end(host);
        clients.end(host);
    }

    private static CompletableFuture<Void> asyncIf(boolean wanted, Runnable task) {
        return wanted ? CompletableFuture.runAsync(task) : CompletableFuture.completedFuture(null);
    }

    private CompletableFuture<Void> killAfter(int millis) {
        return CompletableFuture.runAsync(host::kill, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS));
    }

    /** A copy that is acknowledged is checked at once, and takes the place of the one before. */
    private void backUp(List<String> answered) {
        Path path = host.instance().resolve("backup-" + ready.count());
        try {
            if (host.jobyard("shell", "job:backup " + path).exit() == 0) {
                Checker.checkBackup(host.instance(), path, answered);
                backups++;
                backup = new Backup(path, answered);
            }
        } catch (Exception e) {
            throw new IllegalStateException("the backup in " + path, e);
        }
    }

    /** Gives a host that is new the last copy that was acknowledged, and what it answers for. */
    void restore(HostProcess restored) throws Exception {
        Objects.requireNonNull(backup, "no backup was acknowledged");
        prepare(restored);
        clients.prepare(restored); // deliveries that it has not made are made again
        restored.restore(backup.path());
        Files.copy(Checker.key(host.instance()), Checker.key(restored.instance()), StandardCopyOption.COPY_ATTRIBUTES);
        load.acknowledged().writeForCopy(Checker.acknowledged(restored.instance()), backup.answered());
    }

    String summary() {
        return killedInStart + " of the kills during the start, " + backups + " backups; " + clients.summary() + "; "
                + ready.summary();
    }

    /** Lets every job come to its end. */
    static void awaitEnds(HostProcess host, Duration atMost) {
        await().atMost(atMost).pollInterval(Duration.ofSeconds(1)).until(() -> open(host.json("job:stats")) == 0);
    }

    static int open(JsonNode stats) {
        return Stream.of("waiting", "queued", "running")
                .mapToInt(status -> stats.get("byStatus").path(status).asInt())
                .sum();
    }
}
