// SPDX-License-Identifier: Apache-2.0
package io.jobyard.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.Finding;
import io.jobyard.api.StatusReporter;
import io.jobyard.doubles.Stub;
import io.jobyard.spi.StatusReporters;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.ResultLog;
import org.junit.jupiter.api.Test;

class HealthChecksTest {

    private final HealthChecks checks = new HealthChecks();

    private static StatusReporters reporter(Finding... findings) {
        StatusReporter reporter = Stub.<StatusReporter>of(StatusReporter.class)
                .with("doctor", List.of(findings))
                .get();
        return caller -> reporter;
    }

    @Test
    void aHostWithoutFindingsIsOk() {
        checks.bind(reporter());
        assertThat(Subject.values()).allMatch(subject -> checks.execute(subject).getStatus() == Result.Status.OK);
    }

    @Test
    void everyFindingIsALineOfTheCheckThatItConcerns() {
        checks.bind(reporter(
                new Finding("disk", "full", "make room"),
                new Finding("disk", "slow", "look"),
                new Finding("io.jobyard.worker", "bad", "mend it"),
                new Finding("limit openai", "has no configuration", "write it")));
        assertThat(lines(Subject.DISK)).containsExactly("disk: full; to do: make room", "disk: slow; to do: look");
        assertThat(lines(Subject.CONFIGURATION))
                .containsExactly(
                        "io.jobyard.worker: bad; to do: mend it",
                        "limit openai: has no configuration; to do: write it");
        assertThat(Arrays.stream(Subject.values())
                        .filter(subject -> checks.execute(subject).getStatus() == Result.Status.WARN))
                .containsExactly(Subject.DISK, Subject.CONFIGURATION);
    }

    @Test
    void whatIsSoOnPurposeIsToldAndIsNoTrouble() {
        checks.bind(reporter(Finding.note("files", "deploy/ is open to a group on purpose", "chmod 700 closes it")));
        assertThat(lines(Subject.FILES))
                .containsExactly("files: deploy/ is open to a group on purpose; chmod 700 closes it", "all is well");
        assertThat(checks.execute(Subject.FILES).getStatus()).isEqualTo(Result.Status.OK);
    }

    private List<String> lines(Subject subject) {
        return StreamSupport.stream(checks.execute(subject).spliterator(), false)
                .map(ResultLog.Entry::getMessage)
                .toList();
    }

    @Test
    void aClosedStoreIsCriticalAndTheRestUnknown() {
        StatusReporters gone = reporter();
        checks.bind(gone);
        checks.unbind(gone);
        assertThat(Subject.values())
                .allSatisfy(subject -> assertThat(checks.execute(subject).getStatus())
                        .isEqualTo(
                                subject == Subject.STORE
                                        ? Result.Status.CRITICAL
                                        : Result.Status.TEMPORARILY_UNAVAILABLE));
    }
}
