// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.handler.HandlesJob;
import io.jobyard.spi.handlers.TypeRules;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which types are exclusive: the handler says so, and the configuration of the type wins over it. */
class ExclusiveTypeTest {

    private final WorkerFixture workers = new WorkerFixture();

    @AfterEach
    void end() {
        workers.end();
    }

    @Test
    void theHandlersPropertySaysSoAndAnythingElseThanTrueOrFalseIsRefused() throws RefusedHandlerException {
        assertThat(read(null)).isFalse();
        assertThat(read("false")).isFalse();
        assertThat(read(true)).isTrue();
        assertThatThrownBy(() -> read("yes")).hasMessage("invalid property job.exclusive = yes: use true or false");
    }

    private static boolean read(Object exclusive) throws RefusedHandlerException {
        Map<String, Object> properties = new HashMap<>(Map.of(HandlesJob.TYPE, "work"));
        if (exclusive != null) {
            properties.put(HandlesJob.EXCLUSIVE, exclusive);
        }
        return HandlerReader.read(ReferenceFixture.of(properties), () -> context -> Map.of(), null)
                .runTerms
                .isExclusive();
    }

    @Test
    void theConfigurationOfTheTypeWins() {
        workers.pool.resize();
        workers.handle("work", workers::waitForExit);
        workers.begin("work");
        Run run = workers.pool.activeRuns().get(0);
        assertThat(workers.handlers.isExclusive(run)).isFalse();
        workers.pins.put(
                "work", new TypeSettings(null, null, Set.of(), TypeRules.NONE, null, true, null, "exclusive = true"));
        assertThat(workers.handlers.isExclusive(run)).isTrue();
    }
}
