// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static io.jobyard.itests.HostProcess.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.jobyard.itests.rogue.Rogue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** Handlers that end in bad ways: each of their jobs ends as the docs say, and the host works on with all its workers. */
public class RogueIT {

    private static final int WORKERS = 4;
    private static final Map<String, String> ERRORS = Map.of(
            "error", "AssertionError: as it was told",
            "linkage", "NoClassDefFoundError: com/acme/Missing",
            "overflow", "StackOverflowError",
            "direct memory", "OutOfMemoryError",
            "evil", "Evil",
            "circle", "result");

    @Rule
    public final HostProcess host = new HostProcess();

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
            await().atMost(PATIENCE)
                    .until(() ->
                            dialogue.answer("job:stats").at("/byStatus/running").asInt() == WORKERS);
        }
        assertThat(host.process().orElseThrow().pid()).isEqualTo(process);
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
        return dialogue.answer("job:await " + id + " " + PATIENCE.toSeconds());
    }
}
