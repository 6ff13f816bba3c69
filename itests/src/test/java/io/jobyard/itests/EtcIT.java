// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static io.jobyard.itests.HostProcess.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.jobyard.itests.caller.Caller;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.After;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;

/** How the files of {@code etc/} are read while a host runs, and what is shut while one is wrong. One host for all. */
public class EtcIT {

    private static final int MANY = 300;
    private static final String MEANWHILE = "bundles that no role lists have no permissions";

    @ClassRule
    public static final HostProcess HOST = new HostProcess();

    private static List<String> shipped;

    @BeforeClass
    public static void start() throws Exception {
        Path deploy = Files.createDirectories(HOST.instance().resolve("deploy"), HostProcess.PRIVATE);
        HandlerJar.write(deploy.resolve("caller.jar"), Caller.class, "com.acme.caller", "1.0.0");
        HandlerJar.write(deploy.resolve("words-1.jar"), "1.2.0");
        HandlerJar.write(deploy.resolve("words-2.jar"), "2.0.0");
        HOST.run();
        shipped = files();
    }

    @After
    public void takeAway() throws Exception {
        for (String file : files()) {
            if (!shipped.contains(file)) {
                Files.delete(etc(file));
            }
        }
        await().atMost(TIMEOUT).untilAsserted(() -> assertThat(findings()).isEmpty());
        awaitTheCaller(true);
    }

    @Test
    public void manyFilesThatAreWrittenAtOnceAreAllInForce() throws Exception {
        long begun = System.nanoTime();
        for (int number = 0; number < MANY; number++) {
            write("io.jobyard.limits-many" + number + ".cfg", "running.max = " + (number + 1));
        }
        await().atMost(TIMEOUT)
                .pollInterval(Duration.ofMillis(250))
                .until(() -> HOST.json("job:limits").get("limits").size() == MANY);
        System.out.println(
                "EtcIT: " + Duration.ofNanos(System.nanoTime() - begun).toMillis() + " ms until " + MANY
                        + " new files were in force");
        assertThat(HOST.json("job:limits").get("limits").findValuesAsText("runningMax"))
                .doesNotHaveDuplicates()
                .hasSize(MANY);
    }

    @Test
    public void aScheduleInAFileMakesOneJobForEachOfItsTimes() throws Exception {
        write("io.jobyard.calendars-recent.cfg", "exclude = 1970-01-01..2025-12-31");
        write(
                "io.jobyard.schedules-often.cfg",
                "every = 1s",
                "calendars = recent",
                "type = word_count",
                "payload = {\"text\": \"at ${fireAt}\"}",
                "overlap = allow");
        await().atMost(TIMEOUT)
                .until(() -> HOST.json("job:list --schedule often --status completed")
                                .get("jobs")
                                .size()
                        > 3);
        JsonNode schedule = HOST.json("job:schedules").get("schedules").get(0);
        assertThat(schedule.get("name").asText()).isEqualTo("often");
        assertThat(schedule.get("source").asText()).isEqualTo("file");

        Files.delete(etc("io.jobyard.calendars-recent.cfg"));
        await().atMost(TIMEOUT)
                .until(() -> HOST.json("job:schedules")
                        .get("schedules")
                        .get(0)
                        .get("next")
                        .isNull());

        Files.delete(etc("io.jobyard.schedules-often.cfg"));
        await().atMost(TIMEOUT)
                .until(() -> HOST.json("job:schedules").get("schedules").isEmpty());
        List<String> times = HOST.json("job:list --schedule often --limit 1000").findValuesAsText("fireAt");
        assertThat(times).doesNotHaveDuplicates();
        for (int n = 1; n < times.size(); n++) {
            assertThat(Duration.between(Instant.parse(times.get(n)), Instant.parse(times.get(n - 1))))
                    .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        }
    }

    @Test
    public void aValueInBracketsIsAText() throws Exception {
        write("io.jobyard.types-word_count.cfg", "versions = [1.2,1.2]");
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(HOST.json("job:handlers").get("handlers"))
                        .filteredOn(handler -> handler.get("type").asText().equals("word_count"))
                        .extracting(handler -> handler.get("state").asText())
                        .containsExactly("excluded", "active"));
    }

    @Test
    public void everyFactorysFilesAreRead() throws Exception {
        List<String> factories = Program.bundles().stream()
                .filter(bundle -> bundle.name().startsWith("io.jobyard."))
                .flatMap(bundle -> Metatype.of(bundle.jar()).stream())
                .filter(Metatype.Pid::factory)
                .map(Metatype.Pid::pid)
                .toList();
        assertThat(factories).contains("io.jobyard.limits", "io.jobyard.roles");
        for (String factory : factories) {
            write(factory + "-probe.cfg", "no.such.key = 1");
        }
        for (String factory : factories) {
            awaitFinding(factory + "-probe", "unknown key no.such.key");
        }
    }

    private static String file(Metatype.Pid pid) {
        return pid.factory() ? pid.pid() + "-draft.cfg" : pid.pid() + ".cfg";
    }

    @Test
    public void everyFileCanBeCheckedBeforeItIsThere() throws Exception {
        Path drafts = Files.createDirectories(HOST.instance().resolve("drafts"));
        List<Metatype.Pid> pids = Program.bundles().stream()
                .filter(bundle -> bundle.name().startsWith("io.jobyard."))
                .flatMap(bundle -> Metatype.of(bundle.jar()).stream())
                .toList();
        List<String> files = pids.stream()
                .filter(pid -> !pid.pid().startsWith("io.jobyard.handler."))
                .map(EtcIT::file)
                .toList();
        assertThat(files).contains("io.jobyard.limits-draft.cfg", "io.jobyard.worker.cfg", "io.jobyard.secrets.cfg");
        for (String file : files) {
            Files.writeString(drafts.resolve(file), "no.such.key = 1");
            JsonNode checked = HOST.json("job:config check " + drafts.resolve(file));
            assertThat(checked.path("good").toString())
                    .as("%s: %s", file, checked)
                    .isEqualTo("false");
            assertThat(checked.get("problems").toString()).contains("unknown key no.such.key");
        }
        for (Metatype.Pid pid : pids) {
            for (String value : List.of(
                    "hunter2 hunter2",
                    "https://ann:hunter2@example.com/?token=hunter2",
                    "{\"token\":\"hunter2\"",
                    "[\"/bin/hunter2\",\"${hunter2\"]",
                    "hunter2,hunter2/x,'hunter2'",
                    "[hunter2,1)",
                    "user:hunter2 hunter2")) {
                Path file = drafts.resolve(file(pid));
                Files.writeString(
                        file,
                        pid.keys().stream()
                                .map(key -> key.name() + " = " + value + "\n")
                                .collect(Collectors.joining()));
                assertThat(HOST.json("job:config check " + file).get("problems").toString())
                        .as("%s with %s", file, value)
                        .doesNotContain("hunter2");
            }
        }
        Path limit = drafts.resolve("io.jobyard.limits-draft.cfg");
        Files.writeString(limit, "running.max = 3");
        assertThat(HOST.json("job:config check " + limit).get("changes").toString())
                .isEqualTo("[{\"key\":\"running.max\",\"before\":null,\"after\":\"3\"}]");
        assertThat(files()).doesNotContain("io.jobyard.limits-draft.cfg");
    }

    @Test
    public void aFileIsBroughtBackAsItWas() throws Exception {
        write("io.jobyard.limits-back.cfg", "# as agreed", "running.max = 3");
        String entry = awaitChanges(1).get(0).get("entry").asText();
        write("io.jobyard.limits-back.cfg", "# as agreed", "running.max = 4", "rate.requests = 5/s");
        awaitChanges(2);

        JsonNode done = HOST.json("job:config rollback limits-back --to " + entry);

        assertThat(done.get("changes")).hasSize(2);
        assertThat(Files.readString(etc("io.jobyard.limits-back.cfg"))).isEqualTo("# as agreed\nrunning.max = 3\n");
        JsonNode last = awaitChanges(3).get(2).get("changes");
        assertThat(last.toString()).contains("{\"key\":\"running.max\",\"before\":\"4\",\"after\":\"3\"}");
        assertThat(HOST.json("job:audit --action rollback")
                        .at("/entries/0/detail")
                        .asText())
                .isEqualTo("as after entry " + entry);
    }

    private static JsonNode awaitChanges(int changes) {
        return await().atMost(TIMEOUT)
                .until(
                        () -> HOST.json("job:config log limits-back").get("entries"),
                        entries -> entries != null && entries.size() == changes);
    }

    @Test
    public void aFileThatCannotBeReadIsRefusedAndShutsWhatItIsFor() throws Exception {
        Files.write(
                etc("io.jobyard.limits-odd.cfg"), "running.max = 3 # für alle".getBytes(StandardCharsets.ISO_8859_1));
        awaitFinding("io.jobyard.limits-odd", "etc/io.jobyard.limits-odd.cfg cannot be read: it is not UTF-8");
        String id = HOST.json("job:submit echo {} --limits odd").get("id").asText();
        assertThat(HOST.json("job:explain " + id).at("/blockedBy/0/detail").asText())
                .contains("io.jobyard.limits-odd is refused");
        write("io.jobyard.limits-odd.cfg", "running.max = 3");
        assertThat(HOST.json("job:await " + id + " 60").get("status").asText()).isEqualTo("completed");
    }

    @Test
    public void aFileOfAWrongNameShutsWhatItIsForAndIsNamedWithTheRightOne() throws Exception {
        write("io.jobyard.queue-held.conf", "types = echo", "running.max = 1");
        awaitFinding("io.jobyard.queues-held", "its name must be io.jobyard.queues-held.cfg");
        String id = HOST.json("job:submit echo {}").get("id").asText();
        assertThat(HOST.json("job:explain " + id).at("/blockedBy/0/detail").asText())
                .contains("io.jobyard.queues-held is refused");
        Files.move(etc("io.jobyard.queue-held.conf"), etc("io.jobyard.queues-held.cfg"));
        assertThat(HOST.json("job:await " + id + " 60").get("status").asText()).isEqualTo("completed");
    }

    @Test
    public void aRoleThatIsTakenAwayLeavesNothingForALaterFileOfItsName() throws Exception {
        String role = "io.jobyard.roles-own.cfg";
        write(role, "members = user:ann", "permissions = submit, view");
        await().atMost(TIMEOUT).until(() -> may("ann"));
        Files.delete(etc(role));
        await().atMost(TIMEOUT).until(() -> !may("ann"));
        write(role, "members = user:ann", "permissions = sbumit, view");
        awaitFinding("io.jobyard.roles-own", "invalid permissions");
        assertThat(may("ann")).isFalse();
        write(role, "members = user:ann", "permissions = submit, view");
        await().atMost(TIMEOUT).until(() -> may("ann"));

        Files.move(etc(role), etc("io.jobyard.roles-own.conf"));
        awaitFinding("io.jobyard.roles-own", "its name must be io.jobyard.roles-own.cfg");
        assertThat(may("ann")).isFalse();
    }

    @Test
    public void aRoleThatListsABundleThatIsNotThereClosesUntilItIs() throws Exception {
        write("io.jobyard.roles-typo.cfg", "members = bundle:com.acme.callers", "permissions = submit, view");
        awaitFinding(
                "io.jobyard.roles-typo", "it lists bundle:com.acme.callers, but no bundle with that symbolic name");
        assertThat(findings().toString()).contains(MEANWHILE);
        assertThat(mayTheCaller()).isFalse();
        Path jar = etc("../deploy/callers.jar");
        HandlerJar.write(jar, io.jobyard.itests.words.WordCount.class, "com.acme.callers", "0.1.0");
        awaitTheCaller(true);
        Files.delete(jar);
        awaitTheCaller(false);
        assertThat(HOST.log()
                        .lines()
                        .filter(line -> line.contains("WARN") && line.contains("lists bundle:com.acme.callers")))
                .hasSize(2);
    }

    @Test
    public void whateverLooksLikeAccessAndIsNoneCloses() throws Exception {
        for (String file : List.of(
                "io.jobyard.role-x.cfg", "io.jobyard.roles-x.conf", "roles-x.cfg", "my-jobyard-roles.properties")) {
            closes(file, "members = bundle:com.acme.other", "permissions = view");
        }
        for (String file : List.of("io.jobyard.acces.cfg", "io.jobyard.access-x.cfg", "io.jobyard.access.conf")) {
            closes(file, "bundles.default = none");
        }
    }

    private static void closes(String file, String... lines) throws Exception {
        awaitTheCaller(true);
        write(file, lines);
        awaitTheCaller(false);
        assertThat(findings().toString()).as(file).contains("bundles that no role lists");
        Files.delete(etc(file));
    }

    private static boolean may(String user) throws Exception {
        return HOST.json("job:submit echo {} --as " + user).has("id");
    }

    /** Whether a bundle that no role lists may submit jobs. */
    private static boolean mayTheCaller() throws Exception {
        String id = HOST.json("job:submit call {} --await").get("id").asText();
        return HOST.json("job:result " + id).at("/result/may").asBoolean();
    }

    private static void awaitTheCaller(boolean may) {
        await().atMost(TIMEOUT).until(() -> mayTheCaller() == may);
    }

    private static JsonNode findings() throws Exception {
        return HOST.json("job:doctor").get("findings");
    }

    private static void awaitFinding(String subject, String part) {
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(findings()).anySatisfy(finding -> {
                    assertThat(finding.get("subject").asText()).isEqualTo(subject);
                    assertThat(finding.get("problem").asText()).contains(part);
                }));
    }

    private static Path etc(String file) {
        return HOST.instance().resolve("etc").resolve(file);
    }

    private static void write(String file, String... lines) throws IOException {
        Files.write(etc(file), List.of(lines));
    }

    private static List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(HOST.instance().resolve("etc"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
