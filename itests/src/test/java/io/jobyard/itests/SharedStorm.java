// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jobyard.store.postgres.PostgresServer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Several hosts on one PostgreSQL under load, with one of which after the other something goes wrong, at moments that chance picks. */
final class SharedStorm implements AutoCloseable {

    private static final int REQUESTS = 60;
    private static final int LONGEST_MILLIS = 2_500;
    private static final int MOST_OPEN = 600;
    private static final int BETWEEN_CHECKS = 10;
    private static final String LEADER =
            "SELECT host FROM incarnation WHERE number = (SELECT incarnation FROM leader) AND ended_at IS NULL";

    /** Of the last host: so that it gives connections up by itself, and what was on its way comes after that. */
    private static final String IMPATIENT = "&socketTimeout=1";

    /** Of the others: without it a host would wait for ever on a connection that has gone silently. */
    private static final String PATIENT = "&socketTimeout=10";

    private final Random random;
    private final PostgresServer server = PostgresServer.start();
    private final String url = server.newSchema();
    private final List<SharedHost> hosts = new ArrayList<>();
    private final Mishaps mishaps;
    private final Load load;
    private final StormClients clients;
    private final Map<String, Integer> happened = new TreeMap<>();
    private final List<Instant> leaderKills = new ArrayList<>();
    private StormSchedules schedules;
    private int ended;
    private int endedBeside;

    /** Of those mishaps whose names the pattern finds. */
    SharedStorm(List<HostProcess> processes, Random random, String wanted, StormHooks hooks) throws Exception {
        this.random = random;
        mishaps = new Mishaps(server, random, wanted);
        for (HostProcess process : processes) {
            boolean last = hosts.size() == processes.size() - 1;
            hosts.add(SharedHost.of(process, server, url, last ? IMPATIENT : PATIENT));
        }
        load = new Load(random, first().process().instance());
        clients = new StormClients(new Random(random.nextLong()), hooks);
        for (HostProcess process : processes) {
            clients.prepare(process);
        }
    }

    private SharedHost first() {
        return hosts.get(0);
    }

    /** The first one makes the key by which all seal. */
    void start() throws Exception {
        for (SharedHost host : hosts) {
            host.process().takeKey(first().process());
            host.start();
        }
        try (Dialogue dialogue = first().process().dialogue()) {
            schedules = StormSchedules.begin(dialogue);
            StormTenants.begin(dialogue);
        }
        clients.begin(first().process());
    }

    void rage(int cycles) throws Exception {
        for (int cycle = 1; cycle <= cycles; cycle++) {
            Mishaps.Chance chance = mishaps.next();
            SharedHost victim = chance.ofTheLeader() ? leader() : any();
            for (SharedHost host : hosts) {
                StormCanary.tryAgain(host.process(), cycle);
            }
            String what = cycle + ": " + chance.name() + " of "
                    + victim.process().instance().getFileName();
            try {
                befall(chance, victim);
                goOn(victim);
            } catch (Exception | AssertionError e) {
                throw new AssertionError(what, e);
            }
            System.out.println("SharedStorm: " + what + "; ended so far: " + ended + ", beside " + endedBeside);
            if (cycle % BETWEEN_CHECKS == 0) {
                System.out.println("SharedStorm: " + cycle + ": " + check().summary());
            }
        }
    }

    private void befall(Mishaps.Chance chance, SharedHost victim) throws Exception {
        HostProcess asked = any().process();
        try (Dialogue dialogue = asked.dialogue()) {
            boolean behind = HostStorm.open(dialogue.ask("job:stats").orElseThrow()) > MOST_OPEN;
            CompletableFuture<Void> pressed =
                    CompletableFuture.runAsync(() -> press(dialogue, behind ? REQUESTS / 10 : REQUESTS));
            CompletableFuture<Void> clientsAsked = CompletableFuture.runAsync(() -> ask(asked));
            Thread.sleep(random.nextBoolean() ? random.nextInt(LONGEST_MILLIS) : schedules.millisToATime(random));
            if (chance.mishap().befall(victim)) {
                happened.merge(chance.name(), 1, Integer::sum);
                if (chance.name().equals("leader-kill")) {
                    leaderKills.add(Instant.now());
                }
            }
            pressed.get(HostProcess.TIMEOUT.toSeconds(), TimeUnit.SECONDS);
            clientsAsked.get(HostProcess.TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private void ask(HostProcess host) {
        try (Dialogue dialogue = host.dialogue()) {
            clients.press(host, dialogue);
        } catch (IOException e) {
            return; // it was killed before it was asked
        }
    }

    private void press(Dialogue dialogue, int requests) {
        if (requests == REQUESTS) {
            load.pace(dialogue);
        }
        load.press(dialogue, requests);
    }

    /** All do, at last. */
    private void goOn(SharedHost victim) throws Exception {
        List<CompletableFuture<Void>> starts = new ArrayList<>();
        for (SharedHost host : hosts) {
            if (!host.survives()) {
                ended++;
                endedBeside += host == victim ? 0 : 1;
                starts.add(CompletableFuture.runAsync(host::start));
            }
        }
        starts.forEach(CompletableFuture::join);
    }

    private SharedHost any() {
        return hosts.get(random.nextInt(hosts.size()));
    }

    /** Or any, if there is none at present. */
    private SharedHost leader() throws SQLException {
        try (Connection connection = server.connect(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(LEADER)) {
            String name = row.next() ? row.getString(1) : ""; // ends with the process
            return hosts.stream()
                    .filter(host -> host.isCalled(name))
                    .findFirst()
                    .orElseGet(this::any);
        }
    }

    Checker check() throws Exception {
        return Checker.checkShared(first().process().instance(), read());
    }

    /** When every job has come to its end. */
    Checker checkEnds() throws Exception {
        for (SharedHost host : hosts) {
            host.clock().jumpTo(Duration.ZERO);
        }
        StormSchedules.end(first().process());
        clients.end(first().process());
        HostStorm.awaitEnds(first().process(), Duration.ofMinutes(15));
        JsonNode audit = first().process().json("job:audit --verify");
        assertThat(audit.get("valid").asBoolean()).as(audit.toString()).isTrue();
        return Checker.checkSharedEnds(first().process().instance(), read());
    }

    private Database read() throws SQLException {
        try (Connection connection = server.connect(url)) {
            return Database.read(connection);
        }
    }

    String summary(Checker checker) {
        return happened + "; " + clients.summary() + "; starts again after kills of the leader: "
                + checker.startsAfter(leaderKills)
                + " ms; timers late by " + checker.timersLate() + " ms (least, median, 95 of 100, most); hosts ended "
                + ended + " times, " + endedBeside
                + " of them where something went wrong with another";
    }

    @Override
    public void close() throws IOException {
        for (SharedHost host : hosts) {
            host.proxy().close();
        }
    }
}
