// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.operations.OperationRegistry;
import io.jobyard.operations.api.Operations;
import io.jobyard.spi.store.StoreMaintenance;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShellServicesTest {

    @TempDir
    Path directory;

    private TestShell shell;

    @BeforeEach
    void openWithoutTheServicesOfFewCommands() {
        shell = new TestShell(directory);
        shell.services.clear();
    }

    @Test
    void helpAndDoctorAnswerWithoutTheServicesThatServeFewCommands() {
        assertThat(shell.call("help").exit()).isZero();
        assertThat(shell.call("doctor").exit()).isZero();
        assertThat(shell.call("doctor").err()).isEmpty();
    }

    @Test
    void aCommandSaysWhichOfThemIsNotThere() {
        assertThat(shell.call("check").err())
                .contains("the service StoreMaintenance is missing: is the bundle io.jobyard.store.jpa active?");
        assertThat(shell.call("submit", "echo", "{}").err())
                .contains("the service HandlerCatalog is missing: is the bundle io.jobyard.worker active?");
        TestShell.Answer json = shell.call("config", "--json");
        assertThat(json.exit()).isEqualTo(6);
        assertThat(json.out()).contains("\"code\":\"unavailable\"", "the service Configurations is missing");
    }

    @Test
    void commandsOfJobsWorkWithoutTheBundleOfSchedules() {
        TestShell whole = new TestShell(directory);
        OperationRegistry operations = (OperationRegistry) whole.services.get(Operations.class);
        operations.unsetSchedules(whole.scheduleManagers);
        assertThat(whole.call("list").err()).isEmpty();
        TestShell.Answer schedules = whole.call("schedules");
        assertThat(schedules.exit()).isEqualTo(6);
        assertThat(schedules.err())
                .contains("the service ScheduleManagers is missing: is the bundle io.jobyard.schedules active?");
        operations.setSchedules(whole.scheduleManagers);
        assertThat(whole.call("schedules").exit()).isZero();
    }

    @Test
    void aCommandTakesTheServiceThatIsThereNow() {
        shell.services.put(StoreMaintenance.class, shell);
        assertThat(shell.call("check").exit()).isZero();
        shell.services.remove(StoreMaintenance.class);
        assertThat(shell.call("check").exit()).isEqualTo(6);
    }
}
