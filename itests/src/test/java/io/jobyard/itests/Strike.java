// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.jobyard.itests.faults.Deed;
import io.jobyard.itests.faults.Mode;
import io.jobyard.itests.faults.Point;
import io.jobyard.itests.faults.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One fault at one point: set, set off, and over. */
final class Strike {

    private static final Set<Deed> OF_THE_START = Set.of(Deed.SERVED, Deed.INCARNATION, Deed.RECOVER);
    private static final Set<Deed> OF_THE_STOP = Set.of(Deed.GIVE_BACK, Deed.GOODBYE);
    private static final Point LAST_OF_THE_SCHEMA = new Point(Deed.SCHEMA, Step.COMMITTED);
    /** Longer than all that a stop waits for, one after the other, on a busy machine. */
    private static final Duration STOP = Duration.ofSeconds(120);

    private static final long AWAY_MILLIS = 1_500;

    private final HostProcess host;
    private final Acknowledged acknowledged;
    private final Point point;
    private final Mode mode;
    private String broken;

    Strike(HostProcess host, Acknowledged acknowledged, Point point, Mode mode) {
        this.host = host;
        this.acknowledged = acknowledged;
        this.point = point;
        this.mode = mode;
    }

    /** What was to hold and did not, but does not keep the next fault from being tried. */
    Optional<String> broken() {
        return Optional.ofNullable(broken);
    }

    /** Tells what a client saw. */
    String run() throws Exception {
        String said;
        if (point.deed().isOfTheSchema() || OF_THE_START.contains(point.deed())) {
            said = ofTheStart();
        } else if (OF_THE_STOP.contains(point.deed())) {
            said = ofTheStop();
        } else {
            said = ofTheWork();
        }
        if (host.process().isEmpty() && !point.deed().isOfTheSchema()) {
            Checker.check(host.instance());
        }
        return said;
    }

    /** Starts the host if it is down, sees it do a job, and tells how long the start took. */
    String goOn() throws Exception {
        if (point.deed().isOfTheSchema() && !point.equals(LAST_OF_THE_SCHEMA)) {
            return "at the next point"; // a start would make the schema
        }
        boolean down = host.process().isEmpty();
        long begun = System.nanoTime();
        if (down) {
            host.run();
        }
        Duration taken = Duration.ofNanos(System.nanoTime() - begun);
        try (Dialogue dialogue = host.dialogue()) {
            Client client = new Client(dialogue, acknowledged, host.instance());
            await().atMost(HostProcess.TIMEOUT).until(() -> client.completes("echo {}"));
        }
        return down ? Ready.seconds(taken) : "goes on";
    }

    private String ofTheStart() throws Exception {
        if (point.deed() == Deed.RECOVER) {
            prepare();
            host.kill();
        } else if (point.deed() == Deed.SERVED) {
            startIfDown();
            host.stop();
            Database.forgetServedTypes(host.instance());
        } else if (host.process().isPresent()) {
            host.stop();
        }
        set();
        Process start = host.begin("start");
        awaitStruck();
        if (mode == Mode.HALT) {
            host.awaitEnd();
        } else if (mode == Mode.HANG) {
            end();
        } else if (mode == Mode.AWAY) {
            endOutage();
        }
        String exit = exit(start);
        if (exit.equals("fails")) {
            host.awaitEnd(); // what did not start is on its way out
        }
        return "the start " + exit;
    }

    private String ofTheStop() throws Exception {
        prepare();
        set();
        Process stop = host.begin("stop");
        awaitStruck();
        awaitStopped();
        Files.deleteIfExists(away());
        return "the stop " + exit(stop);
    }

    private String ofTheWork() throws Exception {
        startIfDown();
        try (Dialogue dialogue = host.dialogue()) {
            Scene scene = scene(dialogue);
            scene.prepare(point.deed());
            set();
            CompletableFuture<String> answer = CompletableFuture.supplyAsync(
                    () -> scene.ask(point.deed()).map(Strike::kind).orElse("no answer"));
            awaitStruck();
            switch (mode) {
                case HALT -> host.awaitEnd();
                case HANG -> end();
                case THROW, STOP -> assertThat(host.process()).isPresent();
                case AWAY -> {
                    endOutage();
                    assertThat(host.process()).isPresent();
                }
            }
            return answer.get(3, TimeUnit.MINUTES);
        }
    }

    private static String kind(JsonNode answer) {
        return answer.has("error")
                ? "refused: " + answer.get("error").get("code").asText()
                : "answered";
    }

    private void prepare() throws Exception {
        startIfDown();
        try (Dialogue dialogue = host.dialogue()) {
            scene(dialogue).prepare(point.deed());
        }
    }

    private Scene scene(Dialogue dialogue) {
        return new Scene(new Client(dialogue, acknowledged, host.instance()), host.instance());
    }

    private void startIfDown() throws Exception {
        if (host.process().isEmpty()) {
            host.run();
        }
    }

    private void set() throws IOException {
        fault().set(point, mode);
    }

    private FaultFile fault() {
        return new FaultFile(host.instance());
    }

    private void awaitStruck() throws Exception {
        await().atMost(HostProcess.TIMEOUT).until(fault()::hasStruck);
        if (mode == Mode.STOP) {
            Signal.CONT.send(host.process().orElseThrow().pid());
        }
    }

    /** A host in which something hangs is told to stop, and is to do so. */
    private void end() throws Exception {
        Process stop = host.begin("stop");
        awaitStopped();
        exit(stop);
    }

    /** The database stays away for a moment, and comes back. What starts may have ended by then. */
    private void endOutage() throws Exception {
        Thread.sleep(AWAY_MILLIS);
        Files.deleteIfExists(away());
    }

    private Path away() {
        return host.instance().resolve("away");
    }

    /** After one that failed: the next begins with a host that is down and nothing set. */
    void clear() throws IOException {
        host.kill();
        Files.deleteIfExists(away());
        fault().takeBack();
    }

    private void awaitStopped() {
        long end = System.nanoTime() + STOP.toNanos();
        await().atMost(STOP.multipliedBy(2)).until(() -> host.process().isEmpty() || System.nanoTime() - end > 0);
        if (host.process().isPresent()) {
            broken = mode + " " + point + ": the host does not stop";
            host.kill();
        }
    }

    private static String exit(Process process) throws InterruptedException {
        assertThat(process.waitFor(4, TimeUnit.MINUTES)).isTrue();
        return process.exitValue() == 0 ? "succeeds" : "fails";
    }
}
