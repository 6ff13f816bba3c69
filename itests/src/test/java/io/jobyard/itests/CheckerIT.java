// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.Rule;
import org.junit.Test;
import org.junit.experimental.categories.Category;

/** Whether the {@link Checker} finds what is broken: every log is falsified, one thing at a time. */
@Category(Storm.class)
public class CheckerIT {

    private static final List<String> FALSE_TABLES = List.of(
            "UPDATE job SET status = 'failed', reason = 'error' WHERE type = 'echo' AND status = 'completed'",
            "UPDATE job SET run = 2 WHERE type = 'noted' AND run = 1",
            "UPDATE job SET attempt = 2 WHERE type = 'noted' AND attempt = 1",
            "UPDATE job SET host = NULL WHERE status = 'completed'",
            "UPDATE job SET version = 1 WHERE type = 'noted'",
            "UPDATE job SET result = NULL WHERE type = 'echo' AND status = 'completed'",
            "UPDATE job SET due_at = NULL WHERE status = 'waiting'",
            "UPDATE job SET pending = 0 WHERE pending > 0",
            "DELETE FROM trail_page",
            "UPDATE trail_page SET page = page + 1",
            "UPDATE trail_page SET job_id = (SELECT MIN(id) FROM job WHERE type = 'noted')",
            "UPDATE trail_page SET job_id = X'00000000000070008000000000000000'",
            "DELETE FROM ready",
            "UPDATE ready SET lane = lane + 1",
            "UPDATE ready SET ready_at = ready_at + 1",
            "INSERT INTO ready (lane, ready_at, id) SELECT 1, ready_at, id FROM job WHERE status = 'completed'",
            "DELETE FROM running",
            "UPDATE running SET incarnation = incarnation + 1",
            "UPDATE running SET ids = ids || ids",
            "UPDATE running SET ids = ids || (SELECT id FROM job WHERE type = 'noted')",
            "DELETE FROM handler_name",
            "DELETE FROM feed WHERE number = 3",
            "DELETE FROM feed WHERE number = (SELECT MAX(number) FROM feed)",
            "DELETE FROM feed",
            "UPDATE feed SET total = total + 1 WHERE number = 3",
            "UPDATE job SET seal = NULL WHERE type = 'noted'",
            "UPDATE job SET seal = (SELECT seal FROM sealed) WHERE type = 'noted'",
            "DELETE FROM sealed",
            "UPDATE sealed SET histories = histories + 1",
            "UPDATE sealed SET changes = changes + 1",
            "DELETE FROM edge",
            "DELETE FROM timer",
            "DELETE FROM live_key",
            "DELETE FROM schedule_fire",
            "UPDATE schedule SET decided_at = decided_at + 1000000",
            "DELETE FROM incarnation",
            "DELETE FROM audit WHERE action = 'pause'",
            "DELETE FROM audit WHERE action = 'cancel'");

    /** Changes of a job, so that its history does not fit into its row. */
    private static final int MANY = 40;

    /** Each a pattern in a history, and what comes in its place. */
    private static final List<List<String>> FALSE_HISTORIES = List.of(
            List.of("(ru>co) 1/1", "$1 2/1"),
            List.of("(ru>co) 1/1", "$1 1/2"),
            List.of("3 (ru>co)", "4 $1"),
            List.of("3 (ru>co)", "2 $1"),
            List.of("(ru>co 1/1) \\+\\d+", "$1 +0"),
            List.of("(qu>ru 1/1) \\+\\d+", "$1 +99000000"),
            List.of("(qu>ru 1/1) \\+(\\d+)(.*\\n\\d+ ru>co 1/1) \\+\\d+", "$1 -60000000$3 +$2"),
            List.of("1 >.*\\n", ""),
            List.of("2 qu>ru.*\\n", ""),
            List.of("3 ru>co.*\\n", ""),
            List.of("(2 qu>ru.*\\n)(3 ru>co.*\\n)", "$2$1"),
            List.of("(2 qu>ru.*\\n)", "$1$1"),
            List.of("(ru>co.*) h1", "$1 h2"),
            List.of("(qu>ru.*) h1", "$1"),
            List.of("(qu>ru.*) v\\d+", "$1 v999"),
            List.of("( [a-z-]+)( \"[^\"]*\")?\\n$", "$2\n"),
            List.of(" by \"[^\"]*\"", ""),
            List.of(" by \"[^\"]*\"", " by \"mallory\""),
            List.of("(ru>co.* h1)\\n", "$1 \"slipped in\"\n"),
            List.of("qu>ru", "queued>running"),
            List.of("\\n$", ""));

    @Rule
    public final HostProcess host = new HostProcess().withExamples();

    @Rule
    public final HostProcess copy = new HostProcess().withExamples();

    @Test
    public void findsEachFalsification() throws Exception {
        fill();
        copyOf(host.instance());
        Checker.check(copy.instance());
        for (String sql : FALSE_TABLES) {
            copyOf(host.instance());
            Database.change(copy.instance(), sql);
            isFound(sql);
        }
        for (List<String> falsified : FALSE_HISTORIES) {
            copyOf(host.instance());
            Database.changeTrails(copy.instance(), trail -> trail.replaceFirst(falsified.get(0), falsified.get(1)));
            isFound(falsified.toString());
        }
        copyOf(host.instance());
        append(Checker.acknowledged(copy.instance()), "STORED 00000000-0000-7000-8000-000000000000");
        isFound("an acknowledged job is not there");
        copyOf(host.instance());
        Path notes = Checker.notes(copy.instance());
        append(notes, Files.readAllLines(notes).get(0));
        isFound("a run is begun twice");
    }

    private void isFound(String what) {
        assertThatThrownBy(() -> Checker.check(copy.instance())).as(what).isInstanceOf(AssertionError.class);
    }

    /** Jobs in every place that a store has. */
    private void fill() throws Exception {
        HostStorm.prepare(host);
        host.run();
        try (Dialogue dialogue = host.dialogue()) {
            Acknowledged acknowledged = Acknowledged.in(Checker.acknowledged(host.instance()));
            Client client = new Client(dialogue, acknowledged, host.instance());
            String noted = "noted {\"file\":\"" + Checker.notes(host.instance()) + "\"}";
            assertThat(client.completes(noted)).isTrue();
            assertThat(client.completes("echo {}")).isTrue();
            client.ask("job:pause " + Checker.NARROW).orElseThrow();
            client.submit("echo {} --queue " + Checker.NARROW).orElseThrow();
            String early = client.submit("echo {} --after 1h", "key")
                    .orElseThrow()
                    .get("id")
                    .asText();
            client.submit("echo {} --depends " + early).orElseThrow();
            for (int n = 0; n < MANY; n++) {
                client.ask("job:change " + early + " --priority " + (n % 2 + 3)).orElseThrow();
            }
            client.cancel(client.submit("echo {} --after 1h")
                            .orElseThrow()
                            .get("id")
                            .asText())
                    .orElseThrow();
            StormSchedules.begin(dialogue);
            await().atMost(HostProcess.TIMEOUT)
                    .until(() -> client.ask("job:list --schedule " + StormSchedules.EACH)
                                    .orElseThrow()
                                    .get("jobs")
                                    .size()
                            > 2);
            StormSchedules.end(host);
            client.submit("sleep {\"millis\":3600000}").orElseThrow();
            await().atMost(HostProcess.TIMEOUT)
                    .until(() -> client.ask("job:stats")
                                    .orElseThrow()
                                    .at("/byStatus/running")
                                    .asInt()
                            == 1);
        }
        host.kill();
    }

    private void copyOf(Path instance) throws IOException {
        for (String part : List.of("acknowledged.txt", "notes.txt", "data/db", "data/audit.key")) {
            Path from = instance.resolve(part);
            Path to = copy.instance().resolve(part);
            Files.createDirectories(to.getParent());
            replace(from, to);
        }
    }

    private static void replace(Path from, Path to) throws IOException {
        if (Files.exists(to)) {
            try (Stream<Path> old = Files.walk(to)) {
                for (Path file : old.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.delete(file);
                }
            }
        }
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
    }

    private static void append(Path file, String line) throws IOException {
        Files.writeString(file, line + "\n", StandardOpenOption.APPEND);
    }
}
