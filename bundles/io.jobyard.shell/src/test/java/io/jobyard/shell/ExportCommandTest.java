// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.spi.access.Permission;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportCommandTest {

    private static final int JOBS = 2 * ExportCommand.PAGE + 1;

    private final ObjectMapper mapper = new ObjectMapper();
    private TestShell shell;

    @BeforeEach
    void submit(@TempDir Path directory) {
        shell = new TestShell(directory);
        shell.call("submit", "echo", "{\"secret\":\"s3cret\"}", "--times", String.valueOf(JOBS));
    }

    private List<JsonNode> lines(String... arguments) throws Exception {
        TestShell.Answer answer = shell.call("export", arguments);
        assertThat(answer.exit()).as(answer.err()).isZero();
        assertThat(answer.out()).doesNotContain("s3cret");
        List<JsonNode> lines = new ArrayList<>();
        for (String line : answer.out().lines().toList()) {
            lines.add(mapper.readTree(line));
        }
        return lines;
    }

    @Test
    void jobsComeOncePageByPage() throws Exception {
        List<JsonNode> lines = lines("--what", "jobs");
        assertThat(lines).hasSize(JOBS);
        assertThat(lines).extracting(line -> line.get("id").asText()).doesNotHaveDuplicates();
        assertThat(lines.get(0).get("status").asText()).isEqualTo("completed");
        assertThat(lines.get(0).has("payload")).isFalse();
    }

    @Test
    void sinceIsAskedOfTheStoreForJobs() throws Exception {
        lines("--what", "jobs", "--since", "2h");
        assertThat(shell.jobs.query.filter().created().since()).isEqualTo(FakeJobs.CREATED.minusSeconds(7200));
    }

    @Test
    void historyComesJobByJobWithAllThatTheJobsKeep() throws Exception {
        List<JsonNode> lines = lines("--what", "history");
        assertThat(lines).hasSize(3 * JOBS);
        assertThat(lines.get(2).toString())
                .startsWith("{\"job\":\"")
                .contains("\"from\":\"running\",\"to\":\"failed\",\"reason\":\"error\"");
        assertThat(lines.subList(0, 3))
                .extracting(line -> line.get("job").asText())
                .containsOnly(lines("--what", "jobs").get(0).get("id").asText());
        assertThat(lines("--what", "history", "--since", "2026-11-25T12:00:01Z"))
                .isEmpty();
        assertThat(lines("--what", "history", "--since", "2026-11-25T12:00:00Z"))
                .hasSize(3 * JOBS);
    }

    @Test
    void eventsComeInTheOrderOfTheCommitsFromAnyPlace() throws Exception {
        List<JsonNode> lines = lines("--what", "events");
        assertThat(lines).hasSize(3 * JOBS);
        assertThat(lines.get(2).toString())
                .startsWith("{\"cursor\":\"1-3-1\",\"job\":\"")
                .contains("\"from\":\"running\",\"to\":\"failed\",\"reason\":\"error\"");
        assertThat(lines("--what", "events", "--after", "1-" + (3 * JOBS - 2) + "-1"))
                .isEqualTo(lines.subList(3 * JOBS - 2, 3 * JOBS));
        assertThat(lines("--what", "events", "--since", "2026-11-25T12:00:01Z")).isEmpty();
        assertThat(lines("--what", "events", "--since", "2026-11-25T12:00:00Z")).hasSize(3 * JOBS);
    }

    @Test
    void theNewestCursorIsOneLineToGoOnFrom() throws Exception {
        assertThat(shell.call("export", "--what", "cursor").out()).isEqualTo("{\"cursor\":\"1-99-1\"}\n");
        assertThat(lines(
                        "--what", "events", "--after", shell.jobs.newestCursor().toString()))
                .isNotEmpty();
    }

    @Test
    void theAuditComesRowByRowForThoseWithAdmin() throws Exception {
        List<JsonNode> lines = lines("--what", "audit");
        assertThat(lines).hasSize(1);
        assertThat(lines.get(0).get("action").asText()).isEqualTo("cancel");
        assertThat(lines.get(0).get("number").asLong()).isEqualTo(7);
        assertThat(lines("--what", "audit", "--since", "2026-11-25T12:00:01Z")).isEmpty();
        shell.access.allow(Permission.VIEW_ALL);
        assertThat(shell.call("export", "--what", "audit", "--as", "bob").err())
                .contains("user bob may not read the audit");
    }

    @Test
    void whatCannotBeExportedIsToldInOneLine() {
        assertThat(shell.call("export", "--what", "audits").err())
                .isEqualTo("unknown --what 'audits'; use jobs, history, events, cursor, audit or usage\n");
        assertThat(shell.call("export", "--what", "history", "--after", "1-2-1").err())
                .isEqualTo("--after requires --what events, which have cursors: use --since instead\n");
        assertThat(shell.call("export", "--what", "events", "--after", "x").err())
                .contains("'x' is no cursor");
        assertThat(shell.call("export").exit()).isEqualTo(2);
    }
}
