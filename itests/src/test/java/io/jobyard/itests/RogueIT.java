// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static io.jobyard.itests.HostProcess.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.jobyard.itests.rogue.Rogue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.experimental.categories.Category;

/** Handlers that end in bad ways: each of their jobs ends as the docs say, and the host works on with all its workers. */
@Category(Storm.class)
public class RogueIT {

    private static final int WORKERS = 4;
    private static final Map<String, String> ERRORS = Map.of(
            "error", "AssertionError: as it was told",
            "linkage", "NoClassDefFoundError: com/acme/Missing",
            "overflow", "StackOverflowError",
            "direct memory", "OutOfMemoryError",
            "evil", "Evil",
            "circle", "result");

    private static final String RESULT = "the result has more than 1048576 bytes, the value of max.result.bytes";
    private static final Map<String, String> ENDLESS = Map.of(
            "large result", RESULT,
            "endless", RESULT,
            "large record", RESULT,
            "large error", "IllegalStateException: xxx",
            "large causes", "Chatty: xxx");

    @Rule
    public final HostProcess host = new HostProcess().withExamples();

    @Before
    public void start() throws Exception {
        host.configure("io.jobyard.worker", "worker.threads = " + WORKERS, "cancel.grace.seconds = 1");
        Path deploy = Files.createDirectories(host.instance().resolve("deploy"));
        HandlerJar.write(deploy.resolve("rogue.jar"), Rogue.class, "com.acme.rogue", "1.0.0");
        host.start();
    }

    @Test
    public void whateverAHandlerDoesItsJobEndsAndTheWorkersAreThere() throws Exception {
        long process = host.process().orElseThrow().pid();
        try (Dialogue dialogue = host.dialogue()) {
            for (Map.Entry<String, String> way : ERRORS.entrySet()) {
                for (int i = 0; i < WORKERS; i++) {
                    JsonNode job = end(dialogue, rogue(dialogue, way.getKey()));
                    assertThat(job.path("status").asText()).as(job.toString()).isEqualTo("failed");
                    assertThat(job.get("reason").asText()).as(job.toString()).isEqualTo("error");
                    assertThat(job.get("error").asText()).contains(way.getValue());
                }
            }
            assertThat(end(dialogue, rogue(dialogue, "interrupted"))
                            .get("status")
                            .asText())
                    .isEqualTo("completed");
            List<String> stuck = submit(dialogue, 2, "stubborn {\"millis\":3600000} --timeout 1 --retries 0");
            for (String id : stuck) {
                assertThat(end(dialogue, id).get("reason").asText()).isEqualTo("timeout");
            }
            assertThat(dialogue.answer("job:doctor").toString()).contains(stuck);
            submit(dialogue, WORKERS, "sleep {\"millis\":3600000}");
            await().atMost(TIMEOUT)
                    .until(() ->
                            dialogue.answer("job:stats").at("/byStatus/running").asInt() == WORKERS);
        }
        assertThat(host.process().orElseThrow().pid()).isEqualTo(process);
    }

    @Test
    public void whateverHasNoEndIsRefusedOrCutWhileItIsReadOrWritten() throws Exception {
        long process = host.process().orElseThrow().pid();
        try (Dialogue dialogue = host.dialogue()) {
            for (Map.Entry<String, String> way : ENDLESS.entrySet()) {
                JsonNode job = end(dialogue, rogue(dialogue, way.getKey()));
                assertThat(job.path("status").asText()).as(job.toString()).isEqualTo("failed");
                assertThat(job.get("error").asText()).contains(way.getValue()).hasSizeLessThan(2_000);
            }
            for (String way : List.of("log", "print")) {
                assertThat(end(dialogue, rogue(dialogue, way)).get("status").asText())
                        .as(way)
                        .isEqualTo("completed");
            }
        }
        Path logs = host.instance().resolve("data/log");
        assertThat(Files.size(logs.resolve("console.log"))).isLessThanOrEqualTo(10 << 20);
        assertThat(logs.resolve("console.1.log")).hasSize(10 << 20);
        assertThat(Files.size(logs.resolve("jobyard.log"))).isLessThan(1 << 20);

        assertThat(batch(200_000, 10)).contains("has more than 10000 jobs, the value of max.batch.jobs");
        assertThat(batch(9_000, 3_000)).contains("has more than 16777216 bytes, the value of max.batch.bytes");
        assertThat(host.json("job:list").get("jobs"))
                .allMatch(job -> job.get("type").asText().equals("rogue"));
        assertThat(batch(10_000, 1_600)).isEmpty();
        try (Dialogue dialogue = host.dialogue()) {
            String echo = submit(dialogue, 1, "echo {\"a\":1} --priority 1").get(0);
            assertThat(end(dialogue, echo).get("status").asText()).isEqualTo("completed");
        }
        assertThat(host.process().orElseThrow().pid()).isEqualTo(process);
    }

    @Test
    public void aHandlerThatRemovesTheSecurityProvidersKeepsNothingFromBeingStored() throws Exception {
        try (Dialogue dialogue = host.dialogue()) {
            assertThat(end(dialogue, rogue(dialogue, "providers")).get("status").asText())
                    .isEqualTo("completed");
            for (String id : submit(dialogue, 5, "echo {} --label a=b --priority 3")) {
                assertThat(end(dialogue, id).get("status").asText()).isEqualTo("completed");
            }
            assertThat(dialogue.answer("job:audit --verify").get("valid").asBoolean())
                    .isTrue();
            assertThat(dialogue.answer("job:doctor").findValuesAsText("subject"))
                    .doesNotContain("store");
        }
    }

    /** What a submit of so many jobs complains of. */
    private String batch(int jobs, int characters) throws Exception {
        String line = "{\"type\":\"echo\",\"payload\":{\"text\":\"" + "x".repeat(characters) + "\"}}";
        Path file = Files.write(host.instance().resolve("jobs.jsonl"), Collections.nCopies(jobs, line));
        return host.jobyard("shell", "job:submit --batch " + file).err();
    }

    @Test
    public void aHandlerThatExhaustsTheHeapEndsTheHostAndIsNotChargedTheFirstTime() throws Exception {
        String beside;
        try (Dialogue dialogue = host.dialogue()) {
            beside = submit(dialogue, 1, "sleep {\"millis\":1000} --retries 0").get(0);
            dialogue.ask("job:submit rogue '{\"how\":\"heap\"}' --retries 0");
            host.awaitEnd();
        }
        host.start();
        try (Dialogue dialogue = host.dialogue()) {
            String id =
                    dialogue.answer("job:list --type rogue").at("/jobs/0/id").asText();
            JsonNode job = end(dialogue, id);
            assertThat(job.path("status").asText()).as(job.toString()).isEqualTo("completed");
            assertThat(job.get("run").asInt()).isEqualTo(2);
            assertThat(job.get("attempt").asInt()).isEqualTo(1);
            assertThat(end(dialogue, beside).get("status").asText()).isEqualTo("completed");
        }
    }

    private static List<String> submit(Dialogue dialogue, int times, String job) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            ids.add(dialogue.answer("job:submit " + job).get("id").asText());
        }
        return ids;
    }

    private static String rogue(Dialogue dialogue, String how) {
        return submit(dialogue, 1, "rogue '{\"how\":\"" + how + "\"}' --retries 0")
                .get(0);
    }

    private static JsonNode end(Dialogue dialogue, String id) {
        return dialogue.answer("job:await " + id + " " + TIMEOUT.toSeconds());
    }
}
