// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.api.Finding;
import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobResult;
import io.jobyard.api.StatusReporter;
import io.jobyard.api.StoreException;
import io.jobyard.doubles.Stub;
import io.jobyard.spi.audit.AuditTrail;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobArchiveTest {

    @TempDir
    private Path instance;

    private final SchedulerFixture scheduler = new SchedulerFixture();
    private Path directory;
    private RetentionSettings settings;
    private JobArchive archive;
    private Retention retention;

    @BeforeEach
    void open() {
        directory = Path.of("archive");
        settings = new RetentionSettings(7, 30, 0, 0, 48, 500, directory);
        life(new UUID(0, 1));
    }

    /** As after a start of the host. */
    private void life(UUID incarnation) {
        archive = new JobArchive(() -> settings, instance, this::reporter, scheduler.clock, incarnation);
        retention = new Retention(
                scheduler.retained(Stub.<AuditTrail>of(AuditTrail.class).get()),
                () -> archive.before(scheduler.store.removal()),
                () -> settings,
                scheduler.handlers::typeRules,
                scheduler.clock,
                nanos -> {});
    }

    private StatusReporter reporter() {
        return Stub.<StatusReporter>of(StatusReporter.class)
                .on("queue", arguments -> "default")
                .on("progress", arguments -> Optional.empty())
                .on("uses", arguments -> List.of())
                .on("dependencies", arguments -> List.of())
                .on("hidesPayload", arguments -> false)
                .on("payload", arguments -> Map.of("text", "what it gets"))
                .on("result", arguments -> result((JobId) arguments[0]))
                .on("history", arguments -> {
                    JobId id = (JobId) arguments[0];
                    return scheduler.memory.histories(List.of(id)).getOrDefault(id, List.of());
                })
                .on("histories", arguments -> {
                    @SuppressWarnings("unchecked")
                    Collection<JobId> ids = (Collection<JobId>) arguments[0];
                    return scheduler.memory.histories(ids);
                })
                .get();
    }

    private JobResult result(JobId id) {
        Job job = scheduler.memory.job(id).orElseThrow().job();
        return new JobResult(
                id, job.status(), Map.of("n", 3), null, null, job.state().completedAt(), null);
    }

    private JobId completed() {
        JobId id = scheduler.submit();
        scheduler.complete(id);
        return id;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(instance.resolve(directory))) {
            return files.sorted().toList();
        }
    }

    /** As zcat does: up to where a file was cut off. */
    private static List<JsonNode> lines(Path file) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(new ObjectMapper().readTree(line));
            }
        }
        return lines;
    }

    private List<String> archived() throws IOException {
        List<String> ids = new ArrayList<>();
        for (Path file : files()) {
            lines(file).forEach(line -> ids.add(line.get("id").asText()));
        }
        return ids;
    }

    @Test
    void whatIsRemovedIsArchivedWithPayloadResultAndHistory() throws IOException {
        JobId id = completed();
        JobId young = scheduler.submit();
        scheduler.clock.advance(Duration.ofDays(8));
        scheduler.complete(young);
        retention.purge(false);

        JsonNode line = lines(files().get(0)).get(0);
        assertThat(files()).hasSize(1);
        assertThat(archived()).containsExactly(id.toString());
        assertThat(line.get("status").asText()).isEqualTo("completed");
        assertThat(line.get("payload").get("text").asText()).isEqualTo("what it gets");
        assertThat(line.get("result").get("n").asInt()).isEqualTo(3);
        assertThat(line.get("history")).hasSize(3);
        assertThat(line.get("history").get(2).get("to").asText()).isEqualTo("completed");
        assertThat(scheduler.memory.job(id)).isEmpty();
    }

    @Test
    void slicesOfADayShareAFileAndEachDayHasItsOwn() throws IOException {
        int jobs = 2 * Retention.SLICE + 1;
        for (int n = 0; n < jobs; n++) {
            completed();
        }
        scheduler.clock.advance(Duration.ofDays(8));
        retention.purge(false);
        assertThat(files()).hasSize(1);
        assertThat(archived()).hasSize(jobs).doesNotHaveDuplicates();

        completed();
        scheduler.clock.advance(Duration.ofDays(8));
        retention.purge(false);
        assertThat(files())
                .extracting(file -> file.getFileName().toString())
                .containsExactly(name("2030-01-09", new UUID(0, 1), 1), name("2030-01-17", new UUID(0, 1), 2));
        assertThat(archived()).hasSize(jobs + 1);
    }

    private static String name(String day, UUID life, int number) {
        return "jobs-" + day + "-" + life + "-" + number + ".jsonl.gz";
    }

    @Test
    void anotherLifeWritesIntoAnotherFileAndWhatWasCutOffHarmsNothing() throws IOException {
        completed();
        scheduler.clock.advance(Duration.ofDays(8));
        retention.purge(false);
        Path first = files().get(0);
        Files.write(first, new byte[] {31, -117, 8, 0, 1, 2}, StandardOpenOption.APPEND); // as by a kill

        life(new UUID(0, 2));
        JobId second = completed();
        scheduler.clock.advance(Duration.ofDays(8));
        retention.purge(false);
        assertThat(files()).hasSize(2).contains(first);
        assertThat(lines(files().stream()
                        .filter(file -> !file.equals(first))
                        .findFirst()
                        .orElseThrow()))
                .extracting(line -> line.get("id").asText())
                .containsExactly(second.toString());
    }

    @Test
    void nothingIsRemovedThatCannotBeArchivedAndTheDoctorSaysSo() throws IOException {
        Files.writeString(instance.resolve("file"), "no directory");
        settings = new RetentionSettings(7, 30, 0, 0, 48, 500, Path.of("file"));
        JobId id = completed();
        scheduler.clock.advance(Duration.ofDays(8));
        assertThatThrownBy(() -> retention.purge(false))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith(
                        "cannot archive old jobs in " + instance.resolve("file") + ", so they are not removed: ");
        assertThat(scheduler.memory.job(id)).isPresent();
        assertThat(archive.found()).extracting(Finding::subject).containsExactly("io.jobyard.retention");

        settings = new RetentionSettings(7, 30, 0, 0, 48, 500, directory);
        retention.purge(false);
        assertThat(archived()).containsExactly(id.toString());
        assertThat(archive.found()).isEmpty();
    }

    @Test
    void whatOthersNeedIsNotArchivedUntilItGoes() throws IOException {
        JobId parent = completed();
        JobId child = scheduler.submit(SchedulerFixture.spec().dependsOn(parent));
        scheduler.clock.advance(Duration.ofDays(8));
        retention.purge(false);
        assertThat(instance.resolve(directory)).doesNotExist();

        scheduler.complete(child);
        retention.purge(false);
        assertThat(archived()).containsExactly(parent.toString());
    }

    @Test
    void aDryRunAndARetentionWithoutAnArchiveWriteNothing() {
        completed();
        scheduler.clock.advance(Duration.ofDays(8));
        retention.purge(true);
        settings = new RetentionSettings(7, 30, 0, 0, 48, 500, null);
        assertThat(retention.purge(false).removed().values()).contains(1L);
        assertThat(instance).isEmptyDirectory();
    }
}
