// SPDX-License-Identifier: Apache-2.0
package io.jobyard.settings.api.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Where the instance is, and who runs it. */
class HostInstanceTest {

    private final HostClock clock = new HostClock();

    @Test
    void itsDirectoriesAreInTheOneThatThePropertyNames() {
        HostInstance instance = new HostInstance("/srv/jobs", clock);
        assertThat(instance.isNamed()).isTrue();
        assertThat(instance.directory()).isEqualTo(Path.of("/srv/jobs"));
        assertThat(instance.etc()).isEqualTo(Path.of("/srv/jobs/etc"));
        assertThat(instance.data()).isEqualTo(Path.of("/srv/jobs/data"));
        assertThat(instance.deploy()).isEqualTo(Path.of("/srv/jobs/deploy"));
    }

    @Test
    void withoutThePropertyItIsTheWorkingDirectoryAndNotNamed() {
        HostInstance instance = new HostInstance((String) null, clock);
        assertThat(instance.isNamed()).isFalse();
        assertThat(instance.directory()).isEqualTo(Path.of("").toAbsolutePath());
    }

    @Test
    void aRelativeDirectoryIsInTheWorkingDirectory() {
        assertThat(new HostInstance("jobs", clock).data())
                .isEqualTo(Path.of("jobs/data").toAbsolutePath());
    }

    @Test
    void itsHostIsTheMachineAndTheProcess() {
        assertThat(new HostInstance((String) null, clock).host())
                .matches("[^:]+:" + ProcessHandle.current().pid());
    }

    @Test
    void itsClockTellsWholeMicroseconds() {
        Instant now = new HostInstance((String) null, clock).clock().instant();
        assertThat(now).isEqualTo(now.truncatedTo(ChronoUnit.MICROS));
    }

    @Test
    void itsClockGoesByWhatWasAgreedOnWhateverTheMachinesSays() {
        AtomicLong nanos = new AtomicLong(5_000_000_000L);
        HostClock agreed = new HostClock(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), nanos::get);
        HostInstance instance = new HostInstance((String) null, agreed);
        assertThat(agreed.instant()).isEqualTo(Instant.EPOCH);

        Instant noon = Instant.parse("2030-01-01T12:00:00Z");
        instance.goBy(noon, nanos.get());
        nanos.addAndGet(1_500_000_000L);
        assertThat(instance.clock().instant()).isEqualTo(noon.plusMillis(1_500));
    }
}
