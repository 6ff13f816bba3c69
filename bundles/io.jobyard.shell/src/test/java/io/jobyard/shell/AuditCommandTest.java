// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.spi.access.Permission;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditCommandTest {

    @TempDir
    Path directory;

    private TestShell shell;

    @BeforeEach
    void open() {
        shell = new TestShell(directory);
    }

    @Test
    void entriesAreShownAsATableAndAsJson() {
        assertThat(shell.call("audit").out()).contains("AT", "user ann", "cancel", "job 1 of bob");
        assertThat(shell.call("audit", "--json").out())
                .isEqualTo("{\"entries\":[{\"at\":\"2026-11-25T12:00:00.123456Z\",\"who\":\"user ann\","
                        + "\"action\":\"cancel\",\"target\":\"job 1 of bob\",\"detail\":\"queued → cancelled\","
                        + "\"incarnation\":\"00000000-0000-0000-0000-000000000001\",\"number\":7}]}\n");
        assertThat(shell.call("audit", "--who", "nobody").out()).isEqualTo("no entries\n");
    }

    @Test
    void whatIsAskedForIsHandedOn() {
        shell.call("audit", "--since", "2h", "--who", "ann", "--action", "cancel", "--limit", "5");
        assertThat(shell.audit.asked).isEqualTo("2026-11-25T10:00:00.123456Z ann cancel 5");
        assertThat(shell.call("audit", "--limit", "0").err()).contains("--limit = 0 is out of range; use 1 to 10000");
    }

    @Test
    void aBadRowIsNamedAndTheExitIsOne() {
        assertThat(shell.call("audit", "--verify").out()).isEqualTo("the audit and all histories are unchanged\n");
        shell.audit.problem = "row 5 is missing";
        TestShell.Answer answer = shell.call("audit", "--verify");
        assertThat(answer.exit()).isEqualTo(1);
        assertThat(answer.err()).isEqualTo("row 5 is missing\n");
        TestShell.Answer json = shell.call("audit", "--verify", "--json");
        assertThat(json.exit()).isEqualTo(1);
        assertThat(json.out()).isEqualTo("{\"valid\":false,\"problem\":\"row 5 is missing\"}\n");
    }

    @Test
    void itIsForThoseWithAdmin() {
        shell.access.allow(Permission.VIEW_ALL);
        assertThat(shell.call("audit", "--as", "bob").err()).contains("user bob may not read the audit");
    }

    @Test
    void anUnknownActionIsRefusedWithANearName() {
        TestShell.Answer answer = shell.call("audit", "--who", "nobody", "--action", "cancle");
        assertThat(answer.exit()).isNotZero();
        assertThat(answer.err()).startsWith("unknown action 'cancle' (did you mean 'cancel'?); use cancel");
    }
}
