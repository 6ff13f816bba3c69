// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jobyard.itests.faults.Deed;
import io.jobyard.itests.faults.Mode;
import io.jobyard.itests.faults.Point;
import io.jobyard.itests.faults.Step;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/**
 * A store that an older program made, see {@code tools/stores/make}: this one says of every job what that one said, wherever it
 * was killed while it copied the jobs.
 */
public class OldStoreIT {

    private static final Path STORE = Path.of("../bundles/io.jobyard.store.jpa/src/test/resources/stores/schema-5.zip");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Where the host is killed before it has copied the jobs. */
    private static final List<Point> KILLS = List.of(
            new Point(Deed.COPY_BEGIN, Step.SENT),
            new Point(Deed.COPY_BEGIN, Step.COMMITTED),
            new Point(Deed.COPY_SLICE, Step.SENT),
            new Point(Deed.COPY_SLICE, Step.COMMITTED),
            new Point(Deed.COPY_FINISH, Step.SENT));

    @Rule
    public final HostProcess host;

    private Path said;

    public OldStoreIT() throws Exception {
        host = new HostProcess(FaultyProgram.make());
    }

    @Before
    public void start() throws Exception {
        Path data = Files.createDirectories(host.instance().resolve("data"), HostProcess.PRIVATE);
        said = data.resolve("said");
        unpack(data);
        host.configure("io.jobyard.retention", "completed.days = 0", "failed.days = 0", "audit.days = 0");
        host.configure("io.jobyard.scheduler", "retry.base.seconds = 1", "retry.max.seconds = 1");
        host.configure("io.jobyard.limits-metered", "rate.requests = 50/s burst 10", "rate.tokens = 100/s burst 10");
        host.configure("io.jobyard.worker", "quarantine.host.losses = 0");
        for (Point kill : KILLS) {
            startToTheKill(kill);
        }
        host.run();
    }

    private void startToTheKill(Point kill) throws Exception {
        Path struck = host.instance().resolve("fault.struck");
        Files.deleteIfExists(struck);
        Files.writeString(host.instance().resolve("fault"), kill + " " + Mode.HALT);
        Process start = host.begin("start");
        assertThat(start.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(start.exitValue()).as(kill.toString()).isNotZero();
        host.awaitEnd();
        assertThat(struck).as(kill.toString()).exists();
    }

    private static void unpack(Path data) throws IOException {
        try (FileSystem archive = FileSystems.newFileSystem(STORE);
                Stream<Path> files = Files.walk(archive.getPath("/"))) {
            for (Path file : files.toList()) {
                Path target = data.resolve(archive.getPath("/").relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    @Test
    public void everyJobIsThereAsItWasAndTheLostOnesGoOn() throws Exception {
        Set<String> lost = Set.copyOf(Files.readAllLines(said.resolve("lost.txt")));
        lost.forEach(this::runsAgain);
        List<String> jobs =
                lines("jobs").stream().map(job -> job.get("id").asText()).toList();
        for (String what : List.of("show", "history", "result", "log")) {
            List<JsonNode> old = lines(what);
            List<JsonNode> now =
                    host.json(jobs.stream().map(id -> "job:" + what + " " + id).toList());
            for (int n = 0; n < jobs.size(); n++) {
                if (!lost.contains(jobs.get(n))) {
                    assertThat(within(now.get(n), old.get(n)))
                            .as(what + " " + jobs.get(n))
                            .isEqualTo(old.get(n));
                } else if (what.equals("history")) {
                    goesOn(old.get(n), now.get(n));
                }
            }
        }
        assertThat(ids(host.json("job:list --pending --limit 1000")))
                .isEqualTo(ids(lines("pending").get(0)));
        List<JsonNode> before = still(lines("jobs"), lost);
        assertThat(still(exported("jobs"), lost).stream().map(job -> within(job, before.get(0))))
                .containsExactlyElementsOf(before);
        assertThat(exported("history").stream().map(OldStoreIT::withoutCursor))
                .containsAll(
                        lines("changes").stream().map(OldStoreIT::withoutCursor).toList());
        assertThat(host.json("job:check").path("histories").asInt())
                .as("histories that are whole, most of them in the layout of before")
                .isGreaterThanOrEqualTo(jobs.size());
        host.stop();
    }

    /** After the host that ran it is told lost. */
    private void runsAgain(String id) {
        await().atMost(HostProcess.PATIENCE).until(() -> {
            JsonNode job = host.json("job:show " + id);
            return job.get("status").asText().equals("running")
                    && job.get("run").asInt() == 1 + runs(id);
        });
    }

    private int runs(String id) throws IOException {
        return lines("jobs").stream()
                .filter(job -> job.get("id").asText().equals(id))
                .findFirst()
                .orElseThrow()
                .get("run")
                .asInt();
    }

    private static void goesOn(JsonNode old, JsonNode now) {
        List<JsonNode> before = all(old.get("events"));
        List<JsonNode> after = all(now.get("events"));
        assertThat(after).startsWith(before.toArray(JsonNode[]::new)).hasSizeGreaterThan(before.size());
        JsonNode loss = after.get(before.size());
        assertThat(loss.get("from").asText()).isEqualTo("running");
        assertThat(loss.get("why").asText()).contains("host");
    }

    private static List<JsonNode> still(List<JsonNode> jobs, Set<String> lost) {
        return jobs.stream()
                .filter(job -> !lost.contains(job.get("id").asText()))
                .toList();
    }

    /** Without what is told since: the old program did not know it. */
    private static JsonNode within(JsonNode now, JsonNode old) {
        if (!now.isObject()) {
            return now;
        }
        List<String> known = new ArrayList<>();
        old.fieldNames().forEachRemaining(known::add);
        return ((ObjectNode) now).deepCopy().retain(known);
    }

    /** What a cursor says is for the program that gave it. */
    private static JsonNode withoutCursor(JsonNode change) {
        return ((ObjectNode) change).deepCopy().without("cursor");
    }

    private static List<String> ids(JsonNode list) {
        return all(list.get("jobs")).stream().map(job -> job.get("id").asText()).toList();
    }

    private static List<JsonNode> all(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    private List<JsonNode> lines(String what) throws IOException {
        Path file = Files.exists(said.resolve(what + ".jsonl"))
                ? said.resolve(what + ".jsonl")
                : said.resolve(what + ".json");
        return parsed(Files.readString(file));
    }

    private List<JsonNode> exported(String what) throws Exception {
        return parsed(host.jobyard("shell", "job:export --what " + what).out());
    }

    private static List<JsonNode> parsed(String documents) throws IOException {
        return JSON.readerFor(JsonNode.class).<JsonNode>readValues(documents).readAll();
    }
}
