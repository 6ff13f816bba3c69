// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemoteCommandsTest {

    private static final String JOB = "GET /api/v1/jobs/1";

    @TempDir
    Path directory;

    private RemoteHostFixture host;

    @BeforeEach
    void begin() throws IOException {
        host = new RemoteHostFixture();
    }

    @AfterEach
    void end() {
        host.close();
    }

    @Test
    void aSubmitSaysWhatItsOptionsSay() {
        host.on("POST /api/v1/jobs", 201, "{\"id\": \"1\", \"status\": \"queued\", \"warnings\": [\"no handler\"]}");
        assertThat(host.run(
                        "submit",
                        "echo",
                        "{\"text\": \"hi\"}",
                        "--priority",
                        "2",
                        "--after",
                        "5m",
                        "--depends",
                        "a,b:run",
                        "--label",
                        "k=v",
                        "--estimate",
                        "tokens=800"))
                .isZero();
        assertThat(host.printed()).isEqualTo("1 queued\n");
        assertThat(host.complained()).isEqualTo("no handler\n");
        assertThat(host.asked)
                .containsExactly("POST /api/v1/jobs {\"type\":\"echo\",\"payload\":{\"text\":\"hi\"},\"priority\":2,"
                        + "\"dependencies\":[\"a\",{\"id\":\"b\",\"ifFails\":\"run\"}],\"notBefore\":\"5m\","
                        + "\"labels\":{\"k\":\"v\"},\"estimate\":{\"tokens\":800.0}}");
    }

    @Test
    void decimalsHaveNoExponent() {
        host.on(
                JOB,
                200,
                "{\"id\": \"1\", \"estimate\": {\"usd\": 0.0000000875}, \"result\": {\"cost\": 0.0000000875}}");
        assertThat(host.run("show", "1", "--json")).isZero();
        assertThat(host.printed()).contains("\"usd\":0.0000000875", "\"result\":{\"cost\":0.0000000875}");
        assertThat(host.run("show", "1")).isZero();
        assertThat(host.printed()).contains("{\"usd\":0.0000000875}", "\"cost\" : 0.0000000875");
    }

    @Test
    void jsonIsWhatTheHostSaid() {
        host.on(
                "POST /api/v1/jobs",
                200,
                "{\"id\": \"1\", \"status\": \"queued\", \"duplicate\": true, \"news\": 1.50}");
        host.input = "{\"text\": \"é\"}";
        assertThat(host.run("submit", "echo", "--file", "-", "--json")).isZero();
        assertThat(host.printed()).isEqualTo("{\"id\":\"1\",\"status\":\"queued\",\"duplicate\":true,\"news\":1.5}\n");
        assertThat(host.asked.get(0)).contains("\"payload\":{\"text\":\"é\"}");
        assertThat(host.run("submit", "echo", "{}")).isZero();
        assertThat(host.printed()).isEqualTo("1 queued: this job has the key already, nothing new was stored\n");
    }

    @Test
    void aPayloadThatIsNoneIsNotSent() {
        assertThat(host.run("submit", "echo", "[1]")).isEqualTo(1);
        assertThat(host.complained()).startsWith("jobyard: payload is no JSON object; write one such as");
        assertThat(host.run("submit", "echo", "{")).isEqualTo(1);
        assertThat(host.complained()).hasLineCount(1).startsWith("jobyard: payload is no JSON: ");
        assertThat(host.run("submit", "echo")).isEqualTo(1);
        assertThat(host.complained()).startsWith("jobyard: a payload is missing: give a JSON object");
        assertThat(host.asked).isEmpty();
    }

    @Test
    void numbersKeepAllTheirDigits() {
        host.on("POST /api/v1/jobs", 201, "{\"id\": \"1\", \"n\": 0.12345678901234567890}");
        assertThat(host.run("submit", "echo", "{\"n\": 0.1234567890123456789, \"m\": 1e400}", "--json"))
                .isZero();
        assertThat(host.asked.get(0)).contains("\"payload\":{\"n\":0.1234567890123456789,\"m\":1E+400}");
        assertThat(host.printed()).contains("\"n\":0.1234567890123456789");
        assertThat(host.run("submit", "echo", "{\"n\": 1, \"n\": 2}")).isEqualTo(1);
        assertThat(host.complained()).hasLineCount(1).startsWith("jobyard: payload is no JSON: Duplicate field 'n'");
    }

    @Test
    void aBatchIsSentAsAWhole() throws IOException {
        Path file = directory.resolve("jobs.jsonl");
        Files.writeString(
                file,
                "{\"type\": \"echo\", \"payload\": {}}\n\n{\"type\": \"echo\", \"payload\": {}, \"name\": \"b\"}\n");
        host.on("POST /api/v1/jobs/batch", 201, "{\"ids\": [\"1\", \"2\"]}");
        assertThat(host.run("submit", "--batch", file.toString())).isZero();
        assertThat(host.printed()).isEqualTo("2 jobs: 1 to 2\n");
        assertThat(host.asked.get(0)).endsWith("{\"type\":\"echo\",\"payload\":{},\"name\":\"b\"}]}");
        Files.writeString(file, "{}\nno\n");
        assertThat(host.run("submit", "--batch", file.toString())).isEqualTo(1);
        assertThat(host.complained()).startsWith("jobyard: line 2 of " + file + " is no JSON");
    }

    @Test
    void aDryRunSaysWhetherItWouldBeTaken() {
        String call = "POST /api/v1/jobs/preview";
        host.on(call, 200, "{\"valid\": false, \"errors\": [\"text is missing\"], \"job\": null}");
        assertThat(host.run("submit", "echo", "{}", "--dry-run")).isEqualTo(1);
        assertThat(host.printed()).isEqualTo("it would be refused:\n  text is missing\n");
        host.on(
                call,
                200,
                "{\"valid\": true, \"job\": {\"status\": \"queued\", \"queue\": \"main\", \"priority\": 5},"
                        + " \"blockedBy\": [{\"gate\": \"paused\", \"detail\": \"by ann\"}]}");
        assertThat(host.run("submit", "echo", "{}", "--dry-run")).isZero();
        assertThat(host.printed())
                .isEqualTo("it would be stored as queued, in queue main with priority 5\n  paused: by ann\n");
        host.on(call, 200, "{\"valid\": true, \"duplicateOf\": \"7\", \"replaces\": false}");
        assertThat(host.run("submit", "echo", "{}", "--dry-run", "--key", "k")).isZero();
        assertThat(host.printed()).isEqualTo("nothing would be stored: job 7 has the key\n");
    }

    @Test
    void jobsAreListedInATable() {
        host.on(
                "GET /api/v1/jobs?status=failed&label=run%3Dnight&limit=1&order=oldest",
                200,
                "{\"jobs\": [{\"id\": \"1\", \"type\": \"echo\", \"status\": \"failed\", \"reason\": \"timeout\", \"priority\": 3,"
                        + " \"queue\": \"main\", \"submitter\": \"ann\"}], \"more\": true, \"next\": \"1\"}");
        assertThat(host.run("list", "--status", "failed", "--label", "run=night", "--limit", "1", "--oldest"))
                .isZero();
        assertThat(host.printed())
                .isEqualTo("ID  TYPE  STATUS           PRIO  QUEUE  SUBMITTER  CREATED\n"
                        + "1   echo  failed: timeout  3     main   ann\n"
                        + "1 job and more\nthe next: the same with --after-id 1\n");
        host.on(
                "GET /api/v1/jobs/ready?limit=20",
                200,
                "{\"jobs\": [{\"id\": \"1\", \"status\": \"queued\", \"position\": 4, \"blockedBy\": [{\"gate\": \"limit\"}]}]}");
        assertThat(host.run("list", "--pending")).isZero();
        assertThat(host.printed().lines())
                .satisfiesExactly(
                        head -> assertThat(head).startsWith("NR  ID").endsWith("HELD BY"),
                        row -> assertThat(row).startsWith("4   1").endsWith("limit"),
                        end -> assertThat(end).isEqualTo("1 ready job"));
        host.on("GET /api/v1/jobs/facets?status=failed&status=cancelled&type=echo&type=sleep", 200, "{\"total\": 7}");
        assertThat(host.run("list", "--status", "failed,cancelled", "--type=echo", "--type=sleep", "--count"))
                .isZero();
        assertThat(host.printed()).isEqualTo("7 jobs\n");
        host.on("GET /api/v1/jobs/facets?type=echo", 200, "{\"total\": 12}");
        assertThat(host.run("list", "--type", "echo", "--count")).isZero();
        assertThat(host.printed()).isEqualTo("12 jobs\n");
    }

    @Test
    void whoAwaitsAJobSeesWhatItCameTo() {
        host.on("POST /api/v1/jobs", 201, "{\"id\": \"1\", \"status\": \"queued\"}");
        host.on(JOB, 200, "{\"id\": \"1\", \"status\": \"completed\"}");
        host.on(
                JOB + "/result",
                200,
                "{\"status\": \"completed\", \"result\": {\"text\": \"hi\"}, \"executionTimeSeconds\": 0.25}");
        assertThat(host.run("submit", "echo", "{}", "--await")).isZero();
        assertThat(host.printed()).isEqualTo("1 queued\n1 completed in 0.25 s\n{\n  \"text\" : \"hi\"\n}\n");
        assertThat(host.run("await", "1", "--json")).isZero();
        assertThat(host.printed()).isEqualTo("{\"id\":\"1\",\"status\":\"completed\"}\n");
        host.on(JOB, 200, "{\"id\": \"1\", \"status\": \"failed\"}");
        host.on(JOB + "/result", 200, "{\"status\": \"failed\", \"error\": \"it broke\"}");
        assertThat(host.run("await", "1")).isEqualTo(1);
        assertThat(host.printed()).isEqualTo("1 failed\nit broke\n");
        assertThat(host.run("result", "1")).isZero();
    }

    @Test
    void whoseTimeIsOverIsToldHowTheJobStands() {
        host.on(JOB, 200, "{\"id\": \"1\", \"status\": \"waiting\", \"reason\": \"dependencies\"}");
        assertThat(host.run("await", "1", "0")).isEqualTo(1);
        assertThat(host.complained()).isEqualTo("job 1 is still waiting: dependencies; it goes on\n");
    }

    @Test
    void aLogIsFollowedToItsEnd() {
        String line = "{\"at\": \"2030-01-01T00:00:00Z\", \"run\": 1, \"text\": \"a\\u001b[2Jb\"}";
        host.onEvents(JOB + "/log", "event: line\ndata: " + line + "\n\nevent: end\ndata: {}\n\n");
        assertThat(host.run("log", "1", "--follow")).isZero();
        assertThat(host.printed()).hasLineCount(1).contains(" run 1  a").doesNotContain("\u001b");
        host.on(JOB + "/log", 200, "{\"lines\": []}");
        assertThat(host.run("log", "1")).isZero();
        assertThat(host.printed()).isEqualTo("job 1 has written no log\n");
    }

    @Test
    void oneJobThatCannotBeChangedDoesNotStopTheOthers() {
        host.on("POST /api/v1/jobs/1/cancel", 200, "{\"jobs\": [{\"id\": \"1\", \"status\": \"cancelled\"}]}");
        assertThat(host.run("cancel", "2", "1")).isEqualTo(1);
        assertThat(host.printed()).isEqualTo("1 cancelled\n");
        assertThat(host.complained()).isEqualTo("nothing at POST /api/v1/jobs/2/cancel\n");
        host.on(
                "POST /api/v1/jobs/1/retry",
                200,
                "{\"jobs\": [{\"id\": \"1\", \"status\": \"queued\"}], \"errors\": []}");
        assertThat(host.run("retry", "1", "--from", "fetch")).isZero();
        assertThat(host.asked).last().isEqualTo("POST /api/v1/jobs/1/retry {\"fromStep\":\"fetch\"}");
    }

    @Test
    void aJobIsExplainedShownAndItsHistoryTold() {
        host.on(
                JOB + "/explain",
                200,
                "{\"status\": \"queued\", \"detail\": \"\", \"blockedBy\": [{\"gate\": \"limit\", \"detail\": \"openai is full\"}]}");
        assertThat(host.run("explain", "1")).isZero();
        assertThat(host.printed()).isEqualTo("1 queued\n  limit openai is full\n");
        host.on(JOB, 200, "{\"id\": \"1\", \"error\": null, \"labels\": {}, \"payload\": {\"n\": 1}, \"priority\": 2}");
        assertThat(host.run("show", "1")).isZero();
        assertThat(host.printed())
                .isEqualTo("id                  1\npayload\n{\n  \"n\" : 1\n}\npriority            2\n");
        host.on(
                JOB + "/history",
                200,
                "{\"status\": \"failed\", \"events\": [{\"to\": \"failed\", \"run\": 1, \"attempt\": 1, \"who\": \"jobyard\","
                        + " \"why\": \"it broke\", \"stack\": \"at X\"}]}");
        assertThat(host.run("history", "1", "--stack")).isZero();
        assertThat(host.printed()).startsWith("job 1 failed\n\nAT").endsWith("it broke\n\nat X\n");
    }
}
