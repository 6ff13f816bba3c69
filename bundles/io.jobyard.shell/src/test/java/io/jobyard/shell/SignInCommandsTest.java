// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobyard.settings.api.command.DirectoryFiles;
import io.jobyard.spi.access.Caller;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.ExternalTerminal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class SignInCommandsTest {

    @TempDir
    Path directory;

    private TestShell shell;

    @BeforeEach
    void open() {
        shell = new TestShell(directory);
    }

    @Test
    void aPasswordIsTheNextLineOfStandardInputAndNoByteMore() throws Exception {
        InputStream in = new ByteArrayInputStream("søk søk søk\r\nlist\n".getBytes(StandardCharsets.UTF_8));
        assertThat(shell.callWith(in, "user", "add", "ann").out()).isEqualTo("user ann added; roles: team\n");
        assertThat(shell.identities.passwords).containsExactly("søk søk søk");
        assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("list\n");
        assertThat(shell.callWith("more words", "user", "password", "ann").exit())
                .isZero();
        assertThat(shell.identities.passwords).endsWith("more words");
    }

    @Test
    void withoutAPasswordNothingIsChanged() {
        for (String in : new String[] {"", "\n", "\r\n", "x".repeat(5_000)}) {
            TestShell.Answer answer = shell.callWith(in, "user", "add", "ann");
            assertThat(answer.exit()).isEqualTo(2);
            assertThat(answer.err()).hasLineCount(1).contains("password");
        }
        InputStream bad = new ByteArrayInputStream(new byte[] {(byte) 0xff, '\n'});
        assertThat(shell.callWith(bad, "user", "add", "ann").err()).contains("not UTF-8");
        assertThat(shell.identities.passwords).isEmpty();
    }

    @Test
    @Timeout(60)
    void onATerminalAPasswordIsTypedTwiceAndNotShown() throws Exception {
        Typed same = type("four words\r", "four words\r", "user", "add", "eve");
        assertThat(same.exit()).isZero();
        assertThat(same.shown()).contains("password: ", "repeat: ").doesNotContain("four", "words");
        assertThat(shell.identities.passwords).containsExactly("four words");
        Typed other = type("four words\r", "five words\r", "user", "add", "eve");
        assertThat(other.exit()).isEqualTo(2);
        assertThat(other.shown()).contains("the passwords differ; nothing was changed");
        Typed left = type("four\u0003", "", "user", "add", "eve");
        assertThat(left.exit()).isEqualTo(2);
        assertThat(shell.identities.passwords).hasSize(1);
    }

    private record Typed(int exit, String shown) {}

    private Typed type(String first, String second, String... words) throws Exception {
        Map<String, String> keys = Map.of("password: ", first, "repeat: ", second);
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8);
        try (PipedOutputStream typing = new PipedOutputStream();
                PipedInputStream typed = new PipedInputStream(typing);
                Terminal terminal = new ExternalTerminal("test", "xterm", typed, shown, StandardCharsets.UTF_8)) {
            terminal.setSize(new Size(80, 24));
            Screen screen = new Screen(
                    new DirectoryFiles(directory, terminal.input()), out, out, 80, false, shell.caller, terminal);
            CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(() -> shell.call(screen, words));
            for (String prompt : new String[] {"password: ", "repeat: "}) {
                await().until(() ->
                        exit.isDone() || shown.toString(StandardCharsets.UTF_8).contains(prompt));
                typing.write(keys.get(prompt).getBytes(StandardCharsets.UTF_8));
                typing.flush();
            }
            return new Typed(exit.join(), shown.toString(StandardCharsets.UTF_8));
        }
    }

    @Test
    void aUsersOwnTokenNeedsNoName() {
        shell.caller = Caller.user("ann");
        assertThat(shell.call("token", "create", "ci", "--expires", "never").out())
                .startsWith("token ci acts as user ann, permissions: all of the user's\njyt_secret\n");
        shell.caller = Caller.administrator("root");
        assertThat(shell.call("token", "create", "ci").err())
                .startsWith("missing --user: a token acts as a user, and administrator root is not a user; give user");
    }

    @Test
    void aCommandAsksForTheUserWhomItNames() {
        shell.call("user", "list", "--as", "ann");
        assertThat(shell.identities.callers)
                .containsExactly(Caller.administrator("ann").as("ann"));
    }
}
