// SPDX-License-Identifier: Apache-2.0
package io.jobyard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.AccessException;
import io.jobyard.api.JobManager;
import io.jobyard.api.StatusReporter;
import io.jobyard.doubles.Stub;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.access.Permission;
import io.jobyard.spi.access.TokenScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CallerServicesTest {

    private final JobManager manager = Stub.<JobManager>of(JobManager.class).get();
    private final StatusReporter reporter =
            Stub.<StatusReporter>of(StatusReporter.class).get();
    private final List<Caller> callers = new ArrayList<>();
    private final CallerServices services = new CallerServices(
            (caller, seen) -> {
                callers.add(caller);
                return manager;
            },
            caller -> {
                callers.add(caller);
                return reporter;
            });

    @Test
    void aServletGetsTheServicesOfWhoAsksWithNoMoreThanTheTokenIsGoodFor() {
        Caller ann = Caller.user("ann").by(new TokenScope("laptop", Set.of(Permission.VIEW)));
        Map<String, Object> request = Map.of("io.jobyard.spi.access.Caller", ann);
        assertThat(services.jobManager(request::get)).isSameAs(manager);
        assertThat(services.statusReporter(request::get)).isSameAs(reporter);
        assertThat(callers).containsExactly(ann, ann);
    }

    @Test
    void aRequestOfNobodyGetsNone() {
        assertThatThrownBy(() -> services.jobManager(name -> null))
                .isInstanceOf(AccessException.class)
                .hasMessageContaining("this request is not signed in");
        assertThatThrownBy(() -> services.statusReporter(name -> "root")).isInstanceOf(AccessException.class);
        assertThat(callers).isEmpty();
    }
}
