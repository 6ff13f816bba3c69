// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.doubles.FakeInstance;
import io.jobyard.doubles.Stub;
import io.jobyard.spi.StatusReporters;
import io.jobyard.spi.audit.AuditTrail;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.component.ComponentServiceObjects;

class RetentionComponentTest {

    @TempDir
    Path directory;

    /** The reporter asks all examiners, of which this is one: whoever took it at the start would ask for himself. */
    @Test
    void itBeginsWithoutTheReporterOfJobs() {
        SchedulerFixture scheduler = new SchedulerFixture();
        RetentionComponent retention = new RetentionComponent(
                new FakeInstance(directory),
                Map.of("archive.directory", "archive"),
                scheduler.retained(Stub.<AuditTrail>of(AuditTrail.class).get()),
                scheduler.handlers,
                Stub.<ComponentServiceObjects<StatusReporters>>of(ComponentServiceObjects.class)
                        .get(), // has no answer
                scheduler.clock);
        assertThat(retention.examine()).isEmpty();
        retention.stop();
    }
}
