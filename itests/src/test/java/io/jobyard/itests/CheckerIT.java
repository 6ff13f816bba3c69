// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.Rule;
import org.junit.Test;

/** Whether the {@link Checker} finds what is broken: every log is falsified, one thing at a time. */
public class CheckerIT {

    private static final List<String> FALSIFICATIONS = List.of(
            "UPDATE history SET run = run + 1 WHERE to_status = 'completed'",
            "UPDATE history SET seq = seq + 1 WHERE to_status = 'completed'",
            "UPDATE history SET happened_at = happened_at - 60000000 WHERE to_status = 'completed'",
            "DELETE FROM history WHERE to_status = 'running'",
            "DELETE FROM history WHERE from_status IS NULL OR from_status = ''",
            "UPDATE job SET status = 'failed', reason = 'error' WHERE type = 'echo' AND status = 'completed'",
            "UPDATE job SET run = 2 WHERE type = 'noted' AND run = 1",
            "UPDATE job SET result = NULL WHERE type = 'echo' AND status = 'completed'",
            "UPDATE job SET lane = NULL WHERE status = 'queued'",
            "UPDATE job SET due_at = NULL WHERE status = 'waiting'",
            "UPDATE job SET pending = 0 WHERE pending > 0",
            "DELETE FROM edge",
            "DELETE FROM timer",
            "DELETE FROM live_key",
            "DELETE FROM incarnation",
            "DELETE FROM audit WHERE action = 'pause'",
            "DELETE FROM audit WHERE action = 'cancel'");

    @Rule
    public final HostProcess host = new HostProcess();

    @Rule
    public final HostProcess copy = new HostProcess();

    @Test
    public void findsEachFalsification() throws Exception {
        fill();
        copyOf(host.instance());
        Checker.check(copy.instance());
        for (String sql : FALSIFICATIONS) {
            copyOf(host.instance());
            Database.change(copy.instance(), sql);
            isFound(sql);
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
        Storm.prepare(host);
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
            client.ask("job:change " + early + " --priority 3").orElseThrow();
            client.cancel(client.submit("echo {} --after 1h")
                            .orElseThrow()
                            .get("id")
                            .asText())
                    .orElseThrow();
        }
        host.stop();
    }

    private void copyOf(Path instance) throws IOException {
        for (String part : List.of("acknowledged.txt", "notes.txt", "data/db")) {
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
