// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.spi.access.Permission;
import io.jobyard.spi.audit.AuditEntry;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCommandTest {

    @TempDir
    Path directory;

    private TestShell shell;

    @BeforeEach
    void open() {
        shell = new TestShell(directory);
    }

    @Test
    void everyValueIsShownWithWhereItComesFrom() {
        assertThat(shell.call("config", "io.jobyard.worker").out()).isEqualTo("""
                PID                KEY                    VALUE  SOURCE
                io.jobyard.worker  drain.timeout.seconds  10     default
                io.jobyard.worker  worker.threads         8      last good, refused: (hidden)
                io.jobyard.worker: invalid worker.threads: use a whole number from 1 to 32
                  fix it; until then worker.threads = 8 is in force
                """);
        assertThat(shell.call("config").out())
                .contains("user:ann", "any number of these may be configured: io.jobyard.limits-NAME");
    }

    @Test
    void oneIsFoundByTheEndOfItsNameAndAllOfAFactoryByTheFactorys() {
        assertThat(shell.call("config", "worker").out())
                .contains("worker.threads")
                .doesNotContain("members");
        assertThat(shell.call("config", "roles").out()).contains("members").doesNotContain("worker.threads");
        assertThat(shell.call("config", "io.jobyard.limits").out())
                .isEqualTo("not configured; to configure it, create etc/io.jobyard.limits-NAME.cfg\n");
        assertThat(shell.call("config", "wrker").err())
                .isEqualTo("unknown configuration 'wrker'; job:config lists them\n");
    }

    @Test
    void whoMayNotSeeItIsRefused() {
        shell.access.allow(Permission.VIEW);
        TestShell.Answer answer = shell.call("config", "--as", "bob");
        assertThat(answer.exit()).isEqualTo(3);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err()).contains("may not see the configuration");
        shell.access.allow(Permission.OPERATE);
        assertThat(shell.call("config", "--as", "bob").exit()).isZero();
    }

    @Test
    void theLogTakesThePermissionOperate() {
        shell.access.allow(Permission.OPERATE);
        assertThat(shell.call("config", "log", "--as", "bob").exit()).isZero();
        shell.access.allow(Permission.VIEW, Permission.ADMIN);
        assertThat(shell.call("config", "log", "--as", "bob").err()).contains("may not see the configuration");
    }

    @Test
    void aRollbackTakesThePermissionAdminAndStandsInTheAudit() {
        shell.access.allow(Permission.OPERATE);
        assertThat(shell.call("config", "rollback", "worker", "--to", "0000beef-3", "--as", "bob")
                        .err())
                .contains("may not change the configuration");
        assertThat(shell.audit.added).isEmpty();

        shell.access.allow(Permission.ADMIN);
        assertThat(shell.call("config", "rollback", "worker", "--to", "0000beef-3", "--as", "bob")
                        .exit())
                .isZero();
        assertThat(shell.audit.added)
                .containsExactly(new AuditEntry(
                        FakeJobs.CREATED,
                        "user bob, by administrator ann",
                        "rollback",
                        "io.jobyard.worker",
                        "as after entry 0000beef-3"));
    }

    @Test
    void aRollbackOfWhatRunsWithTheRightsOfOthersTakesImpersonateToo() {
        shell.access.allow(Permission.ADMIN);
        for (String file : List.of("schedules-nightly", "webhooks-crm")) {
            assertThat(shell.call("config", "rollback", file, "--to", "0000beef-3", "--as", "bob")
                            .err())
                    .contains("bob may not act as other users");
        }
        assertThat(shell.audit.added).isEmpty();
    }

    @Test
    void jsonHasTheSame() {
        assertThat(shell.call("config", "worker", "--json").out())
                .isEqualTo("{\"configurations\":[{\"pid\":\"io.jobyard.worker\",\"values\":["
                        + "{\"key\":\"drain.timeout.seconds\",\"value\":\"10\",\"source\":\"default\",\"file\":null,"
                        + "\"refused\":null},"
                        + "{\"key\":\"worker.threads\",\"value\":\"8\",\"source\":\"last good\",\"file\":null,"
                        + "\"refused\":\"(hidden)\"}],"
                        + "\"problems\":[{\"subject\":\"io.jobyard.worker\","
                        + "\"problem\":\"invalid worker.threads:"
                        + " use a whole number from 1 to 32\",\"fix\":\"fix it; until then worker.threads = 8 is in"
                        + " force\"}]}],\"factories\":[\"io.jobyard.limits-NAME\",\"io.jobyard.roles-NAME\"]}\n");
    }
}
