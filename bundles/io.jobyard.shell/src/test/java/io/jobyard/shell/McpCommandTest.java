// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.spi.ModelContextServer;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.access.Permission;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent at the shell's streams. */
class McpCommandTest {

    @TempDir
    Path directory;

    private final List<Caller> callers = new ArrayList<>();
    private TestShell shell;

    @BeforeEach
    void open() {
        shell = new TestShell(directory);
        ModelContextServer echo = (caller, in, out) -> {
            callers.add(caller);
            out.write(("{\"said\": " + new String(in.readAllBytes(), StandardCharsets.UTF_8) + "}\n")
                    .getBytes(StandardCharsets.UTF_8));
        };
        shell.services.put(ModelContextServer.class, echo);
    }

    @Test
    void theServerHasTheStreamsForItselfAndKnowsWhoseSessionItIs() {
        TestShell.Answer answer = shell.callWith("1", "mcp");
        assertThat(answer).isEqualTo(new TestShell.Answer(0, "{\"said\": 1}\n", ""));
        assertThat(callers).extracting(Caller::inFull).containsExactly("administrator ann");
    }

    @Test
    void whoSpeaksForAUserIsThatUserAndMustBeAllowedTo() {
        shell.callWith("1", "mcp", "--as", "ann");
        assertThat(callers).extracting(Caller::inFull).containsExactly("user ann, by administrator ann");

        shell.caller = Caller.user("bea");
        shell.access.allow(Permission.SUBMIT);
        TestShell.Answer refused = shell.callWith("1", "mcp", "--as", "ann");
        assertThat(refused.exit()).isEqualTo(3);
        assertThat(refused.err()).contains("may not act as other users");
        assertThat(callers).hasSize(1);
    }

    @Test
    void withoutItsBundleTheCommandSaysWhatIsMissing() {
        shell.services.remove(ModelContextServer.class);
        assertThat(shell.call("mcp").err()).contains("is the bundle io.jobyard.mcp active?");
    }
}
