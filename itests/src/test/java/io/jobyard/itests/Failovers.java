// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.Rule;
import org.junit.Test;

/**
 * The machine of the database is lost again and again, under three hosts at work: {@code -Dfailovers=N}. It asks for Patroni and
 * etcd (see {@link PatroniCluster}), so it is called by its name only, as {@code tools/patroni/unpack} tells.
 */
public class Failovers {

    private static final int REQUESTS = 10;
    private static final int MOST_OPEN = 100;
    private static final long SEED = Long.getLong("seed", System.nanoTime());

    @Rule
    public final PatroniCluster cluster = new PatroniCluster();

    @Rule
    public final HostProcess one = new HostProcess().withExamples();

    @Rule
    public final HostProcess two = new HostProcess().withExamples();

    @Rule
    public final HostProcess three = new HostProcess().withExamples();

    private final List<HostProcess> hosts = List.of(one, two, three);
    private final Random random = new Random(SEED);

    private final List<Long> goneMillis = new ArrayList<>();

    @Test
    public void whatWasAcknowledgedEndsAsItShouldWhicheverMachineIsLost() throws Exception {
        int failovers = Integer.getInteger("failovers", 4);
        System.out.println("Failovers: seed " + SEED + ", " + failovers + " of " + cluster.addresses());
        for (HostProcess host : hosts) {
            start(host);
        }
        try (Dialogue dialogue = one.dialogue()) {
            StormTenants.begin(dialogue);
        }
        List<Long> processes = processes();
        Load load = new Load(new Random(SEED), one.instance());
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Void> pressed = CompletableFuture.runAsync(() -> press(load, over));
        for (int n = 1; n <= failovers; n++) {
            int stored = load.acknowledged().jobs().size();
            await().atMost(HostProcess.TIMEOUT)
                    .until(() -> pressed.isDone() || load.acknowledged().jobs().size() > stored + 20);
            lose(n % 2 == 0);
        }
        over.set(true);
        pressed.join();
        assertThat(processes()).as("the same hosts all the time").isEqualTo(processes);
        HostStorm.awaitEnds(one, Duration.ofMinutes(5));
        assertThat(one.json("job:audit --verify").get("valid").asBoolean()).isTrue();
        for (HostProcess host : hosts) {
            host.stop();
        }
        Collections.sort(goneMillis);
        System.out.println("Failovers: seed " + SEED + ": submits accepted again after " + goneMillis + " ms; "
                + checked().summary());
    }

    private void start(HostProcess host) throws Exception {
        HostStorm.prepare(host);
        host.configure(
                "io.jobyard.store",
                "url = jdbc:postgresql://" + cluster.addresses() + "/jobs?targetServerType=primary"
                        + "&hostRecheckSeconds=2&connectTimeout=2&socketTimeout=10",
                "user = jobyard");
        host.takeKey(one);
        host.start();
    }

    private List<Long> processes() {
        return hosts.stream().map(host -> host.process().orElseThrow().pid()).toList();
    }

    private HostProcess any() {
        return hosts.get(random.nextInt(hosts.size()));
    }

    private void press(Load load, AtomicBoolean over) {
        while (!over.get()) {
            try (Dialogue dialogue = any().dialogue()) {
                await().forever()
                        .pollInterval(Duration.ofMillis(200))
                        .until(() -> over.get() || isNearlyDone(dialogue.answer("job:stats")));
                load.press(dialogue, REQUESTS);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** False also while the database does not answer. */
    private static boolean isNearlyDone(JsonNode stats) {
        return stats.has("byStatus") && HostStorm.open(stats) < MOST_OPEN;
    }

    /** The first one, and then waits until there are two again. */
    private void lose(boolean silently) throws Exception {
        PatroniMember lost = cluster.primary();
        try (Dialogue dialogue = two.dialogue()) {
            dialogue.answer("job:submit echo {}");
            long begun = System.nanoTime();
            if (silently) {
                lost.freeze();
            } else {
                lost.kill();
            }
            await().atMost(HostProcess.TIMEOUT)
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> dialogue.answer("job:submit echo {}").has("id"));
            goneMillis.add(Duration.ofNanos(System.nanoTime() - begun).toMillis());
        }
        System.out.println("Failovers: " + lost.name() + (silently ? " stood still" : " was killed")
                + ", submits again after " + goneMillis.get(goneMillis.size() - 1) + " ms: " + cluster.roles());
        lost.kill();
        lost.begin();
        cluster.awaitSound();
    }

    private Checker checked() throws Exception {
        try (Connection connection = cluster.connect("jobs", "jobyard")) {
            return Checker.checkSharedEnds(one.instance(), Database.read(connection));
        }
    }
}
