// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static io.jobyard.itests.HostProcess.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.jobyard.itests.HostProcess.Outcome;
import io.jobyard.itests.rogue.Rogue;
import io.jobyard.store.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.experimental.categories.Category;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;

/**
 * What befalls a host from outside its program, on both databases: administrators who do what they should not, clocks, handlers
 * that take all there is. What was acknowledged ends once, and the host says what is wrong.
 */
@RunWith(Parameterized.class)
@Category(Storm.class)
public class OutsideFaults {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final int KILLS = 25;
    private static final int JOBS = 20;
    private static final long LOG_BYTES = 200L << 20;
    /** Of nobody, as Linux has it. */
    private static final int OTHER_USER = 65_534;

    @Rule
    public final HostProcess host;

    @Rule
    public final HostProcess other = new HostProcess().withExamples();

    private final String url;

    public OutsideFaults(String database) throws Exception {
        host = new HostProcess(FaultyProgram.make()).withExamples();
        url = database.equals("Derby") ? null : PostgresServer.shared().newSchema();
    }

    @Parameters(name = "{0}")
    public static List<String> databases() {
        return List.of("Derby", "PostgreSQL");
    }

    @Before
    public void configure() throws Exception {
        host.configure("io.jobyard.scheduler", "retry.base.seconds = 1");
        host.configure("io.jobyard.worker", "worker.threads = 4", "drain.timeout.seconds = 2");
        if (url != null) {
            host.configure(
                    "io.jobyard.store",
                    "url = " + url,
                    "user = " + PostgresServer.USER,
                    "password = " + PostgresServer.shared().password(),
                    "lease.seconds = " + SharedHost.LEASE.toSeconds());
        }
        Path deploy = Files.createDirectories(host.instance().resolve("deploy"), HostProcess.PRIVATE);
        HandlerJar.write(deploy.resolve("rogue.jar"), Rogue.class, "com.acme.rogue", "1.0.0");
    }

    @Test
    public void aSkewedClockEndsNoRunAndLosesNoJob() throws Exception {
        host.run();
        ShiftedClock clock = new ShiftedClock(host.instance());
        for (Duration ahead : List.of(HOUR, HOUR.dividedBy(2), Duration.ofDays(1), Duration.ZERO)) {
            List<String> running = submit(3, "sleep {\"millis\":2000} --timeout 600 --retries 0");
            clock.jumpTo(ahead);
            running.addAll(submit(JOBS, "echo {}"));
            completeInOneRun(running);
        }
    }

    @Test
    public void aSecondHostOnTheInstanceIsRefusedAndTheFirstOneWorksOn() throws Exception {
        host.run();
        long first = pid();
        List<String> running = submit(3, "sleep {\"millis\":3000}");
        assertThat(host.jobyard("run").err()).contains("a host already runs on " + host.instance());
        assertThat(host.jobyard("start").err()).contains("a host already runs on " + host.instance());
        completeInOneRun(running);
        assertThat(pid()).isEqualTo(first);
    }

    @Test
    public void aRestoreOverARunningHostIsRefusedAndChangesNothing() throws Exception {
        host.run();
        Path backup = host.instance().resolveSibling(host.instance().getFileName() + ".backup");
        host.call("job:backup " + backup); // refused where the database is a server
        List<String> running = submit(3, "sleep {\"millis\":3000}");
        assertThat(host.jobyard("restore", backup.toString()).err()).contains("a host already runs on");
        completeInOneRun(running);
        host.kill();
        host.run();
        completeInOneRun(submit(JOBS, "echo {}"));
        assertThat(statuses(running)).containsOnly("completed");
    }

    /** Both take the same database where it is a server's, and each its own copy where it is in a file. */
    @Test
    public void aCopyOfTheInstanceRunsNoJobTwiceInOneDatabase() throws Exception {
        host.run();
        List<String> later = submit(JOBS, "sleep {\"millis\":200} --after 20s");
        host.kill();
        assertThat(HostProcess.run(new ProcessBuilder(
                                "cp",
                                "-a",
                                host.instance() + "/.",
                                other.instance().toString()))
                        .exit())
                .isZero();
        host.run();
        other.run();
        completeInOneRun(later);
        try (Dialogue dialogue = other.dialogue()) {
            for (String id : later) {
                assertThat(dialogue.answer("job:await " + id + " 60").get("run").asInt())
                        .isEqualTo(1);
            }
            assertThat(dialogue.answer("job:hosts").get("hosts")).hasSize(url == null ? 1 : 2);
        }
    }

    @Test
    public void filesOfAnotherUserStopTheStartUntilTheyAreGivenBack() throws Exception {
        assumeTrue(
                "only root gives files to others",
                System.getProperty("user.name").equals("root"));
        host.run();
        List<String> done = submit(JOBS, "echo {}");
        completeInOneRun(done);
        host.stop();
        Outcome refused = HostProcess.run(new ProcessBuilder(
                "setpriv",
                "--reuid=" + OTHER_USER,
                "--regid=" + OTHER_USER,
                "--clear-groups",
                Program.HOME.resolve("bin/jobyard").toString(),
                "--instance",
                host.instance().toString(),
                "start"));
        assertThat(refused.exit()).as(refused.out()).isNotZero();
        assertThat(refused.err())
                .contains(host.instance().toString())
                .containsIgnoringCase("denied")
                .doesNotContain("\tat ");
        host.run();
        assertThat(statuses(done)).containsOnly("completed");
    }

    @Test
    public void filesThatAreDeletedUnderARunningHostCostNoJob() throws Exception {
        host.run();
        List<String> running = submit(3, "sleep {\"millis\":3000}");
        ProcessHandle killed = host.process().orElseThrow();
        try (Dialogue dialogue = host.dialogue();
                Stream<Path> data = Files.walk(host.instance().resolve("data"))) {
            for (Path file :
                    data.filter(Files::isRegularFile).filter(this::isNoStore).toList()) {
                Files.delete(file);
            }
            for (String id : running) {
                assertThat(dialogue.answer("job:await " + id + " 60").get("run").asInt())
                        .isEqualTo(1);
            }
            for (int n = 0; n < JOBS; n++) {
                running.add(dialogue.answer("job:submit echo {}").get("id").asText());
            }
        }
        killed.destroyForcibly();
        killed.onExit().join();
        host.run();
        for (String id : running) { // the last of them were running when the host was killed
            assertThat(end(id).get("status").asText()).isEqualTo("completed");
        }
    }

    /** What makes the instance itself: the database, its id, and the key of seals. */
    private boolean isNoStore(Path file) {
        Path data = host.instance().resolve("data");
        return !file.startsWith(data.resolve("db"))
                && Stream.of("store.id", "audit.key", "log").noneMatch(name -> file.startsWith(data.resolve(name)));
    }

    @Test
    public void aHookThatDoesNotReturnKeepsNoHostAlive() throws Exception {
        host.run();
        completeInOneRun(List.of(rogue("exit hook")));
        long process = pid();
        List<String> queued = submit(JOBS, "echo {} --after 1h");
        host.stop();
        assertThat(ProcessHandle.of(process).filter(ProcessHandle::isAlive)).isEmpty();
        host.run();
        assertThat(statuses(queued)).containsOnly("waiting");
    }

    @Test
    public void tenThousandThreadsOfAHandlerEndNoOtherJob() throws Exception {
        host.run();
        String threads = rogue("ten thousand threads");
        List<String> beside = submit(JOBS, "echo {}");
        for (String id : beside) {
            assertThat(end(id).get("status").asText()).isEqualTo("completed");
        }
        assertThat(end(threads).get("status").asText()).isIn("completed", "failed");
        completeInOneRun(submit(JOBS, "echo {}"));
    }

    @Test
    public void aFloodOfEmittedPiecesHoldsUpNobody() throws Exception {
        host.run();
        String flood = rogue("flood");
        completeInOneRun(submit(JOBS, "echo {}"));
        JsonNode ended = end(flood);
        assertThat(ended.get("status").asText()).as(ended.toString()).isIn("completed", "failed");
        completeInOneRun(submit(JOBS, "echo {}"));
    }

    @Test
    public void aGigabyteOfLogStaysWithinItsBounds() throws Exception {
        host.run();
        String logs = rogue("a gigabyte of log");
        completeInOneRun(submit(JOBS, "echo {}"));
        JsonNode ended = end(logs);
        assertThat(ended.get("status").asText()).as(ended.toString()).isIn("completed", "failed");
        try (Stream<Path> files = Files.walk(host.instance().resolve("data/log"))) {
            assertThat(files.mapToLong(file -> file.toFile().length()).sum()).isLessThan(LOG_BYTES);
        }
        completeInOneRun(submit(JOBS, "echo {}"));
    }

    @Test
    public void aScheduleHasOneJobForEachTimeWhateverIsKilledAtIt() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("OutsideFaults: seed " + seed + ", " + host.instance());
        Random random = new Random(seed);
        host.run();
        StormSchedules schedules;
        try (Dialogue dialogue = host.dialogue()) {
            schedules = StormSchedules.begin(dialogue);
        }
        for (int kill = 0; kill < KILLS; kill++) {
            TimeUnit.MILLISECONDS.sleep(schedules.millisToATime(random)); // the moment is what is tested
            host.kill();
            host.run();
        }
        StormSchedules.end(host);
        List<Instant> times = host
                .json("job:list --schedule " + StormSchedules.EACH + " --limit 1000")
                .findValuesAsText("fireAt")
                .stream()
                .map(Instant::parse)
                .sorted(Comparator.naturalOrder())
                .toList();
        assertThat(times).hasSizeGreaterThan(KILLS);
        for (int n = 1; n < times.size(); n++) {
            assertThat(Duration.between(times.get(n - 1), times.get(n))).isEqualTo(StormSchedules.EACH_EVERY);
        }
    }

    private long pid() {
        return host.process().orElseThrow().pid();
    }

    private String rogue(String how) throws Exception {
        return submit(1, "rogue '{\"how\":\"" + how + "\"}' --retries 0 --timeout 600")
                .get(0);
    }

    private List<String> submit(int times, String job) throws Exception {
        List<String> ids = new ArrayList<>();
        try (Dialogue dialogue = host.dialogue()) {
            for (int n = 0; n < times; n++) {
                ids.add(dialogue.answer("job:submit " + job).get("id").asText());
            }
        }
        return ids;
    }

    private JsonNode end(String id) throws Exception {
        return host.json("job:await " + id + " " + TIMEOUT.toSeconds());
    }

    private void completeInOneRun(List<String> ids) throws Exception {
        for (String id : ids) {
            JsonNode job = end(id);
            assertThat(job.path("status").asText()).as(job.toString()).isEqualTo("completed");
            assertThat(job.get("run").asInt()).as(job.toString()).isEqualTo(1);
        }
    }

    private List<String> statuses(List<String> ids) throws IOException {
        List<String> statuses = new ArrayList<>();
        try (Dialogue dialogue = host.dialogue()) {
            ids.forEach(id ->
                    statuses.add(dialogue.answer("job:show " + id).get("status").asText()));
        }
        return statuses;
    }
}
