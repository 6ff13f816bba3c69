// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.api.ValidationException;
import io.jobyard.views.api.Instants;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Queues and limits at the shell. */
class QueueCommandsTest {

    @TempDir
    Path directory;

    private TestShell shell;

    @BeforeEach
    void open() {
        shell = new TestShell(directory);
    }

    @Test
    void queuesTellWhatTheyHoldAndWhoPausedThem() throws Exception {
        JsonNode queues = json(shell.call("queues", "--json")).get("queues");
        assertThat(queues).hasSize(2);
        JsonNode llm = queues.get(1);
        assertThat(llm.get("state").asText()).isEqualTo("paused");
        assertThat(llm.get("queued").asLong()).isEqualTo(500_000);
        assertThat(llm.get("oldestReadySeconds").asDouble()).isEqualTo(108_000);
        assertThat(llm.at("/pause/by").asText()).isEqualTo("alice");
        assertThat(llm.at("/blockedBy/0/gate").asText()).isEqualTo("paused");
        assertThat(queues.get(0).get("pause").isNull()).isTrue();

        assertThat(shell.call("queues").out())
                .contains(
                        "500000  30 h 0 min",
                        "llm_*,embed",
                        "60/m burst 10",
                        "paused: queue llm, by alice since 2026-11-25T11:40:00Z, \"provider");
    }

    @Test
    void limitsTellWhatIsLeft() throws Exception {
        JsonNode openai = json(shell.call("limits", "--json")).at("/limits/0");
        assertThat(openai.get("runningMax").asInt()).isEqualTo(8);
        assertThat(openai.at("/rates/1/unit").asText()).isEqualTo("tokens");
        assertThat(openai.at("/rates/1/remaining").asDouble()).isEqualTo(-812.25);
        assertThat(openai.at("/rates/1/fullAt").asText()).endsWith("123456Z");

        assertThat(shell.call("limits").out()).contains("-812.25", "limit openai: tokens −812 of 100000/m, opens ");
    }

    @Test
    void anAdaptiveLimitShowsItsLevelAndRange() throws Exception {
        assertThat(json(shell.call("limits", "--json")).at("/limits/0/adaptive").isNull())
                .isTrue();
        shell.jobs.adaptive = "4..500";
        assertThat(json(shell.call("limits", "--json")).at("/limits/0/adaptive").asText())
                .isEqualTo("4..500");
        assertThat(shell.call("limits").out()).contains("\n  limit openai: adaptive 4..500, now 8\n");
    }

    @Test
    void limitsTellOfSoftLevelsThatArePassed() throws Exception {
        JsonNode usd = json(shell.call("limits", "--json")).at("/limits/0/rates/2");
        assertThat(usd.get("warningPercent").asInt()).isEqualTo(80);
        assertThat(usd.get("warningPassed").asBoolean()).isTrue();
        assertThat(shell.call("limits").out())
                .contains("limit openai: usd 41.5 of 50/month used, above its warning threshold of 80%");
    }

    @Test
    void aLimitIsSetAndRemoved() throws Exception {
        assertThat(shell.call("limit", "set", "gpu", "rate.requests=60/m burst 10", "key=", "--as", "bob")
                        .out())
                .isEqualTo("limit gpu is set; job:limits shows it\n");
        assertThat(shell.jobs.set).containsExactly("limit gpu by bob: {key=, rate.requests=60/m burst 10}");
        JsonNode removed = json(shell.call("limit", "remove", "gpu", "--json"));
        assertThat(removed.get("state").asText()).isEqualTo("removed");
        assertThat(removed.get("kind").asText()).isEqualTo("limit");
        assertThat(shell.jobs.set).isEmpty();
    }

    @Test
    void eachValueThatIsWrongHasALine() {
        TestShell.Answer answer = shell.call("limit", "set", "gpu", "bad=1", "running.max=0");
        assertThat(answer.exit()).isEqualTo(2);
        assertThat(answer.err()).isEqualTo("unknown key bad\ninvalid running.max\n");
        assertThat(shell.call("limit", "set", "gpu", "bad=1", "--json").out())
                .contains("\"code\":\"validation\"", "unknown key bad; invalid running.max");
    }

    @Test
    void aQueueIsSetAndShownWithWhereItComesFrom() throws Exception {
        assertThat(shell.call("queue", "set", "bulk", "types=a*,b", "running.max=2")
                        .out())
                .isEqualTo("queue bulk is set; job:queues shows it\n");
        assertThat(shell.jobs.set).hasSize(1);
        assertThat(json(shell.call("queues", "--json")).at("/queues/1/source").asText())
                .isEqualTo("stored");
        assertThat(shell.call("queues").out()).contains("stored, not from a file: llm; job:queue changes them");
    }

    @ParameterizedTest
    @CsvSource({
        "limit set gpu, missing KEY=VALUE",
        "limit set gpu running.max, KEY=VALUE = 'running.max' must be",
        "queue set gpu =2, KEY=VALUE = '=2' must be",
        "limit sett gpu running.max=2, (did you mean",
        "limit remove gpu key=, unexpected argument 'key='",
        "queue remove gpu, there is no queue gpu"
    })
    void whatCannotBeSetIsRefused(String typed, String message) {
        String[] words = typed.split(" ");
        TestShell.Answer answer = shell.call(words[0], Arrays.copyOfRange(words, 1, words.length));
        assertThat(answer.exit()).isNotZero();
        assertThat(answer.err()).contains(message).doesNotContain("Exception");
    }

    @Test
    void aQueueIsPausedUntilATime() throws Exception {
        TestShell.Answer answer =
                shell.call("pause", "llm", "--reason", "provider down", "--until", "2h", "--as", "alice", "--json");
        assertThat(json(answer).get("until").asText()).isEqualTo("2026-11-25T14:00:00.123456Z");
        assertThat(shell.jobs.paused).containsExactly("llm by alice: provider down, until 2026-11-25T14:00:00.123456Z");

        assertThat(shell.call("pause", "llm").out()).isEqualTo("queue llm is paused; job:resume llm ends the pause\n");
        assertThat(shell.jobs.paused).hasSize(2);
    }

    @Test
    void aQueueThatIsNotPausedCannotBeResumed() {
        TestShell.Answer answer = shell.call("resume", "llm");
        assertThat(answer.exit()).isEqualTo(5);
        assertThat(answer.err()).contains("queue llm is not paused");
    }

    @Test
    void aBundleIsLetBack() throws Exception {
        assertThat(shell.call("release", "com.acme.words").out()).isEqualTo("bundle com.acme.words released\n");
        assertThat(json(shell.call("release", "com.acme.words", "--json"))
                        .get("state")
                        .asText())
                .isEqualTo("released");
        assertThat(shell.call("release", "com.acme.other").err()).contains("bundle com.acme.other is not set aside");
    }

    @Test
    void theHandlersOfATypeAreShownWithTheSchemaOfItsPayload() throws Exception {
        assertThat(json(shell.call("handlers", "--type", "echo", "--json"))
                        .at("/schema/required/0")
                        .asText())
                .isEqualTo("text");
        assertThat(shell.call("handlers", "--type", "echo").out())
                .contains("payload: {", "required")
                .doesNotContain("unknown_to_all");
        assertThat(shell.call("handlers", "--type", "unknown_to_all").out()).contains("payload: any JSON object");
        assertThat(shell.call("handlers", "--type", "nobody").err())
                .startsWith("unknown type nobody: no handler serves it");
    }

    @Test
    void aJobIsSubmittedWithLimitsAndAnEstimate() throws Exception {
        shell.call(
                "submit", "echo", "{}", "--limits", "openai, gpu", "--estimate", "tokens=800", "--estimate", "usd=0.5");
        assertThat(shell.jobs.submitted.get(0).demand().limits()).containsExactly("openai", "gpu");
        assertThat(shell.jobs.submitted.get(0).demand().estimate()).isEqualTo(Map.of("tokens", 800.0, "usd", 0.5));
        assertThat(shell.call("show", "1").out()).contains("gpu, openai", "tokens=800, usd=0.5");

        Files.writeString(directory.resolve("b.jsonl"), """
                {"type":"echo","payload":{},"limits":["gpu"],"estimate":{"tokens":7,"usd":0.25}}
                """);
        shell.call("submit", "--batch", "b.jsonl");
        assertThat(shell.jobs.submitted.get(1).demand().limits()).containsExactly("gpu");
        assertThat(shell.jobs.submitted.get(1).demand().estimate()).isEqualTo(Map.of("tokens", 7.0, "usd", 0.25));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"limits\":\"gpu\"", "\"limits\":[1]", "\"estimate\":{\"tokens\":\"x\"}", "\"estimate\":7"})
    void aBatchLineWithBadLimitsIsRefused(String part) throws Exception {
        Files.writeString(directory.resolve("b.jsonl"), "{\"type\":\"echo\",\"payload\":{}," + part + "}\n");
        TestShell.Answer answer = shell.call("submit", "--batch", "b.jsonl");
        assertThat(answer.exit()).isEqualTo(2);
        assertThat(answer.err()).contains("must be").doesNotContain("Exception");
    }

    @Test
    void aJobIsSubmittedWithSeveralPlacesOfALimit() {
        shell.call("submit", "echo", "{}", "--slots", "gpu=2", "--slots", "cpu=8");
        assertThat(shell.jobs.submitted.get(0).demand().estimate())
                .isEqualTo(Map.of("slots.gpu", 2.0, "slots.cpu", 8.0));
        assertThat(shell.call("submit", "echo", "{}", "--slots", "gpu=two").err())
                .contains("--slots")
                .doesNotContain("Exception");
    }

    @ParameterizedTest
    @CsvSource({
        "NaN, must be a number",
        "1E+400, 1E+400 is larger than a number can be",
        "0.12345678901234567890, 0.12345678901234567890 would become 0.12345678901234568",
        "many, must be a number"
    })
    void anEstimateThatIsNotKeptAsItIsIsRefusedByName(String amount, String fault) throws Exception {
        TestShell.Answer typed = shell.call("submit", "echo", "{}", "--estimate", "tokens=" + amount);
        assertThat(typed.exit()).isEqualTo(2);
        assertThat(typed.err()).startsWith("--estimate tokens").contains(fault);
        Files.writeString(
                directory.resolve("b.jsonl"),
                "{\"type\":\"echo\",\"payload\":{},\"estimate\":{\"tokens\":" + amount + "}}\n");
        assertThat(shell.call("submit", "--batch", "b.jsonl").exit()).isEqualTo(2);
    }

    @Test
    void aTimeOfTheDayIsWhenItComesNext() {
        ZoneId here = ZoneId.systemDefault();
        Instant noon = ZonedDateTime.of(2030, 1, 31, 12, 0, 0, 0, here).toInstant();
        assertThat(Instants.next("--until", "12:30", noon)).isEqualTo(noon.plusSeconds(1_800));
        assertThat(Instants.next("--until", "11:30", noon))
                .isEqualTo(ZonedDateTime.of(2030, 2, 1, 11, 30, 0, 0, here).toInstant());
        assertThat(Instants.next("--until", "2030-02-01T00:00:00Z", noon)).isEqualTo("2030-02-01T00:00:00Z");
        assertThat(Instants.next("--until", "90m", noon)).isEqualTo(noon.plusSeconds(5_400));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "25:00", "Z", "1w", "2030-02-01"})
    void whatIsNoTimeIsRefused(String text) {
        assertThatThrownBy(() -> Instants.next("--until", text, Instant.EPOCH))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("invalid --until = '" + text + "'");
    }

    private static JsonNode json(TestShell.Answer answer) throws Exception {
        assertThat(answer.exit()).as(answer.err()).isZero();
        return new ObjectMapper().readTree(answer.out());
    }
}
