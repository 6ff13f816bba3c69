// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreviewCommandTest {

    private TestShell shell;

    @BeforeEach
    void open(@TempDir Path directory) {
        shell = new TestShell(directory);
    }

    @Test
    void aDryRunTellsTheJobAndWhatWouldHoldItAndStoresNothing() {
        TestShell.Answer answer = shell.call("submit", "slow", "{}", "--limits", "openai", "--dry-run");
        assertThat(answer.exit()).isZero();
        assertThat(answer.out())
                .startsWith("would be running; nothing was stored\n  type slow, queue default, priority 5,")
                .contains("  limit openai: 0 left of 1/m, opens ");
        assertThat(shell.call("submit", "slow", "{}", "--limits", "openai", "--dry-run", "--json")
                        .out())
                .contains("{\"valid\":true,\"errors\":[],\"job\":{\"type\":\"slow\",")
                .contains("\"duplicateOf\":null,\"replaces\":false,\"blockedBy\":[{\"gate\":\"limit\",")
                .contains(
                        "\"startsAt\":\"2026-11-25T12:01:00.123456Z\",\"earliestStart\":\"2026-11-25T12:01:00.123456Z\"}");
        assertThat(shell.jobs.submitted).isEmpty();
    }

    @Test
    void whatWouldBeRefusedExitsWithOne() {
        TestShell.Answer answer = shell.call("submit", "bad", "{}", "--dry-run");
        assertThat(answer.exit()).isEqualTo(1);
        assertThat(answer.err()).isEqualTo("would be refused: invalid type 'bad': it is bad\n");
        assertThat(shell.call("submit", "bad", "{}", "--dry-run", "--json").out())
                .contains("{\"valid\":false,\"errors\":[\"invalid type 'bad': it is bad\"],\"job\":null,");
    }

    @Test
    void aKeyThatIsTakenIsTold() {
        shell.call("submit", "echo", "{}", "--key", "twice");
        String id = shell.jobs.jobs.keySet().iterator().next().toString();
        assertThat(shell.call("submit", "echo", "{}", "--key", "twice", "--dry-run")
                        .out())
                .startsWith("would return job " + id + ", which has the key and is completed; nothing was");
        assertThat(shell.call("submit", "echo", "{}", "--key", "twice", "--key-policy", "replace", "--dry-run")
                        .out())
                .startsWith("would replace job " + id);
    }

    @Test
    void whatStoresSomethingGoesWithNoDryRun() {
        assertThat(shell.call("submit", "echo", "{}", "--dry-run", "--await").err())
                .isEqualTo("--dry-run stores nothing: omit --times and --await\n");
        assertThat(shell.call("submit", "--batch", "x.jsonl", "--dry-run").err())
                .isEqualTo("--dry-run accepts one job: give its type and payload instead of --batch\n");
    }
}
