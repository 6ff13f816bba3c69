// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.jobyard.spi.access.Caller;
import io.jobyard.spi.access.Permission;
import io.jobyard.spi.audit.AuditEntry;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** For whom the commands speak. */
class CommandUserTest {

    @TempDir
    Path directory;

    @Test
    void everyCommandThatAsksTheHostTakesAs() {
        assertThat(TestShell.lines()).allSatisfy(line -> {
            boolean asks = !Commands.name(line).equals("job:help");
            assertThat(line.getCommandSpec().findOption("--as") != null)
                    .as(Commands.name(line))
                    .isEqualTo(asks);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "submit echo {}",
                "list",
                "show 1",
                "result 1",
                "history 1",
                "log 1",
                "explain 1",
                "await 1",
                "cancel 1",
                "retry 1",
                "change 1 --priority 2",
                "stats",
                "queues",
                "limits",
                "handlers",
                "doctor",
                "pause llm",
                "resume llm",
                "limit set gpu running.max=2",
                "queue set bulk running.max=2"
            })
    void aCommandSpeaksForTheSessionsUserAsAdministratorAndWithAsForTheOtherUser(String command) {
        TestShell shell = new TestShell(directory);
        shell.call("submit", "echo", "{}");
        shell.asked.clear();
        shell.call(command.split(" ")[0], rest(command));
        assertThat(shell.asked).isNotEmpty().containsOnly(Caller.administrator("ann"));
        assertThat(shell.jobs.spokeFor).isEmpty();
        shell.call(command.split(" ")[0], rest(command + " --as bob"));
        assertThat(Stream.concat(
                        shell.jobs.spokeFor.stream()
                                .map(user -> Caller.administrator("ann").as(user)),
                        shell.asked.stream().filter(caller -> !caller.equals(Caller.administrator("ann")))))
                .isNotEmpty()
                .containsOnly(Caller.administrator("ann").as("bob"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"backup copy", "check", "compact", "purge"})
    void theStoreIsForThoseWithAdmin(String command) {
        TestShell shell = new TestShell(directory);
        shell.access.allow(Permission.OPERATE);
        TestShell.Answer refused = shell.call(command.split(" ")[0], rest(command + " --as bob --json"));
        assertThat(refused.exit()).isEqualTo(3);
        assertThat(refused.out()).contains("\"code\":\"access\"", "user bob may not maintain the store");
        assertThat(shell.call(command.split(" ")[0], rest(command)).exit()).isZero();
        shell.access.allow(Permission.ADMIN);
        assertThat(shell.call(command.split(" ")[0], rest(command + " --as bob"))
                        .exit())
                .isZero();
        String name = command.split(" ")[0];
        assertThat(shell.audit.added)
                .extracting(AuditEntry::who, AuditEntry::action)
                .containsExactly(tuple("administrator ann", name), tuple("user bob, by administrator ann", name));
    }

    @Test
    void aDryRunOfAPurgeIsNotInTheAudit() {
        TestShell shell = new TestShell(directory);
        assertThat(shell.call("purge", "--dry-run").exit()).isZero();
        assertThat(shell.audit.added).isEmpty();
    }

    @Test
    void whoIsLoggedInByNameIsNoAdministrator() {
        TestShell shell = new TestShell(directory);
        shell.caller = Caller.user("ann");
        shell.access.allow(Permission.OPERATE);
        assertThat(shell.call("check").err()).contains("user ann may not maintain the store");
        shell.call("stats");
        assertThat(shell.asked).containsOnly(Caller.user("ann"));
        shell.access.allow(Permission.ADMIN);
        assertThat(shell.call("check", "--as", "bob").err()).contains("user ann may not act as other users");
    }

    private static String[] rest(String line) {
        List<String> words = List.of(line.split(" "));
        return words.subList(1, words.size()).toArray(String[]::new);
    }
}
