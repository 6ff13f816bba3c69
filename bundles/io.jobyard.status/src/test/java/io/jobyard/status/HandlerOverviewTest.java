// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.Finding;
import io.jobyard.api.HandlerStatus;
import io.jobyard.spi.handlers.HandlerInfo;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HandlerOverviewTest {

    @Test
    void handlersAndTypesThatWaitForOneStandTogetherByType() {
        List<HandlerStatus> all = HandlerOverview.of(
                List.of(
                        new HandlerInfo("sleep", "1.0.0", "demo 1.0.0", "active", 2, 1, "Sleeps.", Set.of()),
                        new HandlerInfo("echo", "1.0.0", "demo 1.0.0", "active", 0, 1)),
                Map.of("sleep", 7L, "fax", 5L, "scan", 1L),
                Set.of("scan"));

        assertThat(all)
                .containsExactly(
                        new HandlerStatus("echo", "1.0.0", "demo 1.0.0", "active", 0, 0),
                        new HandlerStatus("fax", null, null, "missing", 0, 5),
                        new HandlerStatus("sleep", "1.0.0", "demo 1.0.0", "active", 2, 7, "Sleeps.", true));
    }

    @Test
    void theDoctorTellsNothingOfTypesThatAnotherHostServes() {
        List<HandlerInfo> handlers = List.of(new HandlerInfo("sleep", "1.0.0", "demo 1.0.0", "excluded", 0, 1));
        Map<String, Long> queued = Map.of("sleep", 2L, "fax", 1L);
        Set<String> elsewhere = Set.of("sleep", "fax");

        assertThat(UnservedTypeFindings.findings(HandlerOverview.of(handlers, queued, elsewhere), elsewhere))
                .isEmpty();
    }

    @Test
    void theDoctorTellsOfJobsThatNobodyServes() {
        List<HandlerInfo> handlers = List.of(
                new HandlerInfo("echo", "2.0.0", "demo 2.0.0", "excluded", 0, 1),
                new HandlerInfo("echo", "1.0.0", "demo 1.0.0", "active", 0, 1),
                new HandlerInfo("sleep", "1.0.0", "demo 1.0.0", "excluded", 0, 1),
                new HandlerInfo("total", "1.0.0", "demo 1.0.0", "excluded", 0, 1));
        Map<String, Long> queued = Map.of("echo", 4L, "sleep", 2L, "fax", 1L);

        assertThat(UnservedTypeFindings.findings(HandlerOverview.of(handlers, queued, Set.of()), Set.of()))
                .extracting(Finding::problem)
                .containsExactly(
                        "1 job waits for a handler of type fax, and none is available",
                        "2 jobs wait for a handler of type sleep, and 1.0.0 is outside the range of"
                                + " io.jobyard.types-sleep");
    }
}
