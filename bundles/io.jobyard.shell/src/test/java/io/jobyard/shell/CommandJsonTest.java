// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.api.JobId;
import io.jobyard.api.StateConflictException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandJsonTest {

    private static final String[] BRIEF = {
        "id",
        "type",
        "status",
        "reason",
        "priority",
        "queue",
        "submitter",
        "schedule",
        "fireAt",
        "run",
        "attempt",
        "begunWith",
        "maxRetries",
        "timeoutSeconds",
        "createdAt",
        "startedAt",
        "completedAt",
        "error",
        "labels",
        "group",
        "endsGroup",
        "key",
        "keyUntil",
        "ifDependencyFails",
        "dependencyPolicies",
        "notBefore",
        "expires",
        "deadline",
        "handlerVersion",
        "limits",
        "estimate",
        "host",
        "changedAt",
        "progress"
    };

    @TempDir
    Path directory;

    private TestShell shell;

    @BeforeEach
    void open() {
        shell = new TestShell(directory);
    }

    @Test
    void submitTellsIdStatusAndDuplicate() throws Exception {
        JsonNode answer = json(shell.call("submit", "echo", "{}", "--json"), 0);
        assertThat(keys(answer)).containsExactly("id", "status", "duplicate", "replaced", "warnings");
        assertThat(answer.get("status").asText()).isEqualTo("queued");
        assertThat(answer.get("duplicate").asBoolean()).isFalse();
        assertThat(shell.jobs.user).isEqualTo("ann");
    }

    @Test
    void submitManyTellsIds() throws Exception {
        assertThat(json(shell.call("submit", "echo", "{}", "--times", "1001", "--json"), 0)
                        .get("ids"))
                .hasSize(1001);
        assertThat(shell.jobs.calls).containsExactly(500, 500, 1);
        Files.writeString(directory.resolve("b.jsonl"), """
            {"type":"echo","payload":{},"dependencies":["b"]}
            {"type":"echo","payload":{},"name":"b","timeout":"2m","labels":{"a":"b"}}
            """);
        JsonNode ids = json(shell.call("submit", "--batch", "b.jsonl", "--json"), 0);
        assertThat(keys(ids)).containsExactly("ids", "warnings");
        assertThat(ids.get("ids")).hasSize(2);
        assertThat(shell.jobs.submitted.get(1001).dependencies().names()).containsExactly("b");
        assertThat(shell.jobs.submitted.get(1002).runs().timeout()).hasMinutes(2);
    }

    @Test
    void awaitTellsTheJobAndFailsUnlessItCompleted() throws Exception {
        JsonNode good = json(shell.call("submit", "echo", "{\"a\":1}", "--await", "--json"), 0);
        assertThat(keys(good))
                .contains(BRIEF)
                .contains("used", "hidden", "payload", "madeFor", "migrated", "result", "steps", "signals")
                .hasSize(BRIEF.length + 9);
        assertThat(good.at("/result/a").asInt()).isEqualTo(1);
        JsonNode bad = json(shell.call("submit", "bad", "{}", "--await", "--json"), 1);
        assertThat(bad.get("status").asText()).isEqualTo("failed");
        assertThat(bad.get("reason").asText()).isEqualTo("host lost");
        assertThat(bad.get("result").isNull()).isTrue();
        shell.call("submit", "slow", "{}");
        JsonNode slow = json(shell.call("await", "3", "1", "--json"), 1);
        assertThat(slow.get("status").asText()).isEqualTo("running");
        assertThat(keys(slow.get("progress"))).containsExactly("done", "total", "text", "at");
    }

    @Test
    void showTellsAllAndInstantsHaveSixDigits() throws Exception {
        shell.call("submit", "echo", "{}");
        shell.call("submit", "echo", "{}", "--depends", "1", "--after", "5m", "--label", "a=b=c", "--timeout", "7");
        JsonNode job = json(shell.call("show", "2", "--json"), 0);
        assertThat(keys(job)).contains(BRIEF).hasSize(BRIEF.length + 9);
        assertThat(job.get("createdAt").asText()).isEqualTo("2026-11-25T12:00:00.123456Z");
        assertThat(job.get("notBefore").asText()).isEqualTo("2026-11-25T12:05:00.123456Z");
        assertThat(job.get("timeoutSeconds").asInt()).isEqualTo(7);
        assertThat(job.get("dependencies")).hasSize(1);
        assertThat(job.at("/labels/a").asText()).isEqualTo("b=c");
    }

    @Test
    void listTellsJobsWithoutPayloadsAndWhetherThereAreMore() throws Exception {
        shell.call("submit", "echo", "{}", "--times", "21");
        JsonNode page = json(shell.call("list", "--json"), 0);
        assertThat(keys(page)).containsExactly("jobs", "more", "next", "lookedBackTo", "asOf");
        assertThat(page.get("jobs")).hasSize(20);
        assertThat(page.get("more").asBoolean()).isTrue();
        assertThat(keys(page.at("/jobs/0"))).containsExactlyInAnyOrder(BRIEF);
        JsonNode pending = json(shell.call("list", "--pending", "--json"), 0);
        assertThat(keys(pending)).containsExactly("jobs", "more");
        assertThat(keys(pending.at("/jobs/0")))
                .contains(BRIEF)
                .contains("position", "blockedBy")
                .hasSize(BRIEF.length + 2);
    }

    @Test
    void historyResultStatsAndHandlersHaveTheirKeys() throws Exception {
        shell.call("submit", "echo", "{}");
        JsonNode history = json(shell.call("history", "1", "--json"), 0);
        assertThat(keys(history)).containsExactly("status", "reason", "error", "events");
        JsonNode events = history.get("events");
        assertThat(keys(events.get(0)))
                .containsExactly(
                        "at",
                        "who",
                        "from",
                        "to",
                        "reason",
                        "host",
                        "run",
                        "attempt",
                        "why",
                        "handlerVersion",
                        "bundle",
                        "stack");
        assertThat(events.at("/0/stack").isNull()).isTrue();
        assertThat(events.at("/2/stack").asText()).contains("\n    at com.acme.Words.handle");
        assertThat(events.at("/0/from").isNull()).isTrue();
        assertThat(keys(json(shell.call("result", "1", "--json"), 0)))
                .containsExactly("id", "status", "result", "error", "startedAt", "completedAt", "executionTimeSeconds");
        JsonNode stats = json(shell.call("stats", "--json"), 0);
        assertThat(keys(stats))
                .containsExactly(
                        "total",
                        "byStatus",
                        "byPriority",
                        "queuedByPriority",
                        "byQueue",
                        "byType",
                        "bySubmitter",
                        "oldestReadySeconds",
                        "slots",
                        "activity",
                        "activityByQueue",
                        "activityByType",
                        "load");
        assertThat(keys(stats.get("byPriority"))).containsExactly("2", "10");
        assertThat(stats.get("bySubmitter")).hasSize(30);
        assertThat(stats.get("oldestReadySeconds").asDouble()).isEqualTo(1.5);
        assertThat(keys(stats.get("activity"))).containsExactly("perMinute", "waits", "runs");
        assertThat(stats.at("/activity/perMinute/submitted/fifteenMinutes").asDouble())
                .isEqualTo(5.25);
        assertThat(stats.at("/activityByQueue/gone/waits/p50Seconds").asDouble())
                .isEqualTo(0.003);
        assertThat(stats.at("/activity/runs/p99Seconds").isNull()).isTrue();
        assertThat(keys(json(shell.call("handlers", "--json"), 0).at("/handlers/0")))
                .containsExactly(
                        "type", "version", "bundle", "state", "running", "queued", "description", "submittable");
        assertThat(json(shell.call("help", "--json"), 0).get("commands")).hasSize(50);
    }

    @Test
    void statsForPeopleTellTheLargestSubmittersAndWhatHappenedLately() {
        String stats = shell.call("stats").out();
        assertThat(stats)
                .contains("the oldest ready job has been ready for 1.5 s")
                .contains("… and 10 more; --json shows all")
                .containsPattern("s11 +11")
                .doesNotContain("s10 ")
                .containsPattern("last 15 minutes +5.3 +43210.0 +43210.0 +3.0 +0.2")
                .containsPattern("wait for the start +900 +3 ms +90 s +30 h 0 min +72 h 0 min");
    }

    @Test
    void cancelTellsWhatWasDoneAndWhatNot() throws Exception {
        shell.call("submit", "slow", "{}");
        shell.call("submit", "echo", "{}");
        JsonNode answer = json(shell.call("cancel", "1", "2", "--json"), 1);
        assertThat(answer.at("/jobs/0/status").asText()).isEqualTo("running");
        assertThat(answer.at("/errors/0/code").asText()).isEqualTo("state_conflict");
        assertThat(json(shell.call("retry", "2", "--json"), 5).at("/error/code").asText())
                .isEqualTo("state_conflict");
    }

    @Test
    void retryTellsWhatEndedBecauseOfTheJobAndTakesItAlongIfAsked() throws Exception {
        shell.call("submit", "bad", "{}");
        shell.call("submit", "bad", "{}");
        shell.call("submit", "bad", "{}");
        List<JobId> ids = List.copyOf(shell.jobs.jobs.keySet());
        shell.jobs.dependents.add(ids.get(1));
        shell.jobs.refusedDependents.put(ids.get(2), new StateConflictException("job expired: submit it again"));

        assertThat(shell.call("retry", "1").out())
                .contains("1 job ended because of it: job:retry " + ids.get(0) + " --with-dependents retries them too");
        TestShell.Answer told = shell.call("retry", "1", "--with-dependents");
        assertThat(told.out()).contains("and 1 job that ended because of " + ids.get(0));
        assertThat(told.err()).contains("job expired: submit it again");
        JsonNode answer = json(shell.call("retry", "1", "--with-dependents", "--json"), 1);
        assertThat(answer.get("jobs").findValuesAsText("id"))
                .containsExactly(ids.get(0).toString(), ids.get(1).toString());
        assertThat(answer.at("/errors/0/id").asText()).isEqualTo(ids.get(2).toString());
        assertThat(answer.at("/errors/0/code").asText()).isEqualTo("state_conflict");
    }

    @Test
    void logExplainAndDoctorHaveTheirKeys() throws Exception {
        shell.call("submit", "echo", "{}");
        assertThat(keys(json(shell.call("log", "1", "--json"), 0).at("/lines/0")))
                .containsExactly("at", "run", "text");
        JsonNode explanation = json(shell.call("explain", "1", "--json"), 0);
        assertThat(keys(explanation)).containsExactly("status", "detail", "blockedBy", "earliestStart");
        assertThat(keys(explanation.at("/blockedBy/0"))).containsExactly("gate", "detail", "until");
        JsonNode doctor = json(shell.call("doctor", "--json"), 0);
        assertThat(keys(doctor)).containsExactly("findings", "notes");
        assertThat(keys(doctor.at("/findings/0"))).containsExactly("subject", "problem", "fix");
        assertThat(keys(doctor.at("/notes/0"))).containsExactly("subject", "problem", "fix");
    }

    @Test
    void theStoreIsCheckedAndCompacted() throws Exception {
        assertThat(json(shell.call("check", "--json"), 0))
                .hasToString("{\"tables\":14,\"histories\":3,\"valid\":true}");
        assertThat(shell.call("check").out()).isEqualTo("the store is valid: 14 tables and 3 histories checked\n");
        shell.histories = 1;
        assertThat(shell.call("check").out()).isEqualTo("the store is valid: 14 tables and 1 history checked\n");
        assertThat(json(shell.call("compact", "--json"), 0)).hasToString("{\"bytesGivenBack\":8192}");
        assertThat(shell.call("compact").out()).isEqualTo("released: 8192 bytes\n");
    }

    @Test
    void aPurgeTellsWhatWentAndADryRunWhatWould() throws Exception {
        assertThat(json(shell.call("purge", "--json"), 0))
                .hasToString(
                        "{\"dryRun\":false,\"removed\":{\"completed\":2,\"failed\":0,\"cancelled\":0},\"needed\":1,"
                                + "\"audit\":5,\"usage\":6}");
        assertThat(shell.call("purge", "--dry-run").out())
                .isEqualTo("would remove: 3 completed, 0 failed, 0 cancelled, 5 audit rows, 6 usage rows\n"
                        + "kept: 1 that unfinished jobs depend on\n");
    }

    @Test
    void aBackupGoesWhereTheCallerStands() throws Exception {
        JsonNode backup = json(shell.call("backup", "../b", "--json"), 0);
        assertThat(keys(backup)).containsExactly("directory", "bytes");
        assertThat(backup.get("bytes").asLong()).isEqualTo(4711);
        assertThat(shell.copied.toString())
                .isEqualTo(backup.get("directory").asText())
                .isEqualTo(directory.resolveSibling("b").toString());
    }

    @Test
    void errorsHaveTheFieldsOfEveryInterface() throws Exception {
        JsonNode error = json(shell.call("show", "77", "--json"), 4).get("error");
        assertThat(keys(error)).containsExactly("code", "field", "message", "fix");
        assertThat(error.get("code").asText()).isEqualTo("not_found");
        assertThat(json(shell.call("show", "--json", "--x"), 2)
                        .at("/error/code")
                        .asText())
                .isEqualTo("usage");
        assertThat(json(shell.call("audit", "--limit", "0", "--json"), 2)
                        .at("/error/field")
                        .asText())
                .isEqualTo("--limit");
        assertThat(json(shell.call("submit", "e", "{}", "--priority", "11", "--json"), 2)
                        .at("/error/code")
                        .asText())
                .isEqualTo("validation");
    }

    private static JsonNode json(TestShell.Answer answer, int exit) throws Exception {
        assertThat(answer.exit()).as(answer.toString()).isEqualTo(exit);
        assertThat(answer.err()).isEmpty();
        assertThat(answer.out()).endsWith("\n").hasLineCount(1);
        return new ObjectMapper().readTree(answer.out());
    }

    private static List<String> keys(JsonNode node) {
        List<String> keys = new ArrayList<>();
        node.fieldNames().forEachRemaining(keys::add);
        return keys;
    }
}
