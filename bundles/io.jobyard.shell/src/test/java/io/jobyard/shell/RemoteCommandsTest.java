// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.settings.api.command.CommandFiles;
import io.jobyard.settings.api.command.ShellCall;
import io.jobyard.settings.api.command.UnreadableFileException;
import io.jobyard.spi.access.Caller;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands of callers elsewhere. */
class RemoteCommandsTest {

    @TempDir
    Path directory;

    private TestShell shell;
    private final Map<String, String> sent = new HashMap<>();
    private final List<String> opened = new ArrayList<>();

    @BeforeEach
    void open() {
        shell = new TestShell(directory);
    }

    private TestShell.Answer call(String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        CommandFiles files = name -> {
            opened.add(name);
            String text = sent.get(name);
            if (text == null) {
                throw new UnreadableFileException("'" + name + "' was not sent");
            }
            return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        };
        int exit = new RemoteCommands(shell.host)
                .run(new ShellCall(Caller.user("bea"), List.of(words), 60, files, out, err));
        return new TestShell.Answer(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void theCallerIsTheOneWhoAsks() {
        assertThat(call("submit", "echo", "{\"text\": \"hi\"}").exit()).isZero();
        assertThat(shell.asked).isNotEmpty().allMatch(Caller.user("bea")::equals);
        assertThat(call("job:run-now", "--help").out()).startsWith("Usage: job:run-now");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "../secret", "secret", "-"})
    void noFileOfTheHostIsOpened(String name) throws Exception {
        Files.writeString(directory.resolve("secret"), "{\"a\": 1}");
        for (String[] words : new String[][] {
            {"submit", "echo", "--file", name},
            {"submit", "--batch", name},
            {"submit", "--batch=" + name},
            {"config", "check", name, "--pid", "io.jobyard.worker"},
            {"signal", "abc", "go", "--file", name},
            {"callback", "abc", "--file", name}
        }) {
            opened.clear();
            TestShell.Answer answer = call(words);
            assertThat(answer.exit()).isEqualTo(2);
            assertThat(answer.err()).contains("'" + name + "' was not sent");
            assertThat(opened).containsExactly(name);
        }
    }

    @Test
    void whatWasSentIsRead() {
        sent.put("jobs.jsonl", "{\"type\": \"echo\", \"payload\": {}}\n{\"type\": 7}\n");
        assertThat(call("submit", "--batch", "jobs.jsonl").err()).startsWith("line 2 of jobs.jsonl: ");
        sent.put("-", "four words and more\n");
        assertThat(call("user", "add", "carl").out()).startsWith("user carl added");
    }

    @Test
    void localCommandsAreRefusedWithWhatToDoInstead() {
        for (CommandEntry each : Commands.ALL) {
            TestShell.Answer answer = each.isLocal() ? call(each.function()) : call(each.function(), "--help");
            assertThat(answer.exit()).as(each.function()).isEqualTo(each.isLocal() ? 2 : 0);
            if (each.isLocal()) {
                assertThat(answer.err())
                        .hasLineCount(1)
                        .startsWith("job:" + each.function() + " works only on the host's machine; ");
            }
        }
        assertThat(Commands.ALL.stream().filter(CommandEntry::isLocal).map(CommandEntry::function))
                .containsExactlyInAnyOrder("backup", "compact", "mcp", "console");
        assertThat(shell.copied).isEqualTo(Path.of(""));
        assertThat(call("backup", "/tmp/copy", "--json").out())
                .isEqualTo(
                        "{\"error\":{\"code\":\"usage\",\"field\":null,\"message\":\"job:backup works only on the host's machine\","
                                + "\"fix\":\"from elsewhere log in to that machine and run bin/jobyard backup\"}}\n");
        assertThat(call("backup", "--help").out()).contains("Only on the host's machine; from elsewhere");
        assertThat(call("config", "--to", "3", "rollback", "worker").err())
                .isEqualTo(
                        "job:config rollback works only on the host's machine; from elsewhere log in to that machine and run bin/jobyard config rollback\n");
        assertThat(call("config", "--json").exit()).isZero();
    }

    @Test
    void helpListsWhatCanBeUsed() {
        assertThat(call("help").out()).contains("job:run-now", "job:config").doesNotContain("job:backup", "job:mcp");
        assertThat(call("help", "backup").out()).contains("Only on the host's machine;");
        assertThat(shell.call("help").out()).contains("job:backup", "job:mcp");
    }

    @Test
    void nothingButCommandsCanBeCalled() {
        for (String name : new String[] {"felix:stop", "exit", "shutdown", "lst", "job:", "", "submit;list"}) {
            TestShell.Answer answer = call(name, "0");
            assertThat(answer.exit()).isEqualTo(2);
            assertThat(answer.err()).hasLineCount(1).startsWith("unknown command '" + name + "'");
        }
        assertThat(call("lst").err()).contains("did you mean 'list'?");
    }
}
