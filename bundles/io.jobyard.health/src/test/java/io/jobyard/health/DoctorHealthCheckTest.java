// SPDX-License-Identifier: Apache-2.0
package io.jobyard.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.Finding;
import io.jobyard.api.StatusReporter;
import java.lang.reflect.Proxy;
import java.util.List;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.ResultLog;
import org.junit.jupiter.api.Test;

class DoctorHealthCheckTest {

    private final DoctorHealthCheck check = new DoctorHealthCheck();

    private static StatusReporter reporter(Finding... findings) {
        return (StatusReporter) Proxy.newProxyInstance(
                StatusReporter.class.getClassLoader(),
                new Class<?>[] {StatusReporter.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("doctor")) {
                        return List.of(findings);
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
    }

    @Test
    void aHostWithoutFindingsIsOk() {
        check.bind(reporter());
        assertThat(check.execute().getStatus()).isEqualTo(Result.Status.OK);
    }

    @Test
    void everyFindingIsALineWithItsFix() {
        check.bind(reporter(new Finding("disk", "full", "make room"), new Finding("clock", "set back", "use NTP")));
        Result result = check.execute();
        assertThat(result.getStatus()).isEqualTo(Result.Status.WARN);
        assertThat(result)
                .extracting(ResultLog.Entry::getMessage)
                .containsExactly("disk: full; to do: make room", "clock: set back; to do: use NTP");
    }

    @Test
    void aClosedStoreIsCritical() {
        assertThat(check.execute().getStatus()).isEqualTo(Result.Status.CRITICAL);
        StatusReporter gone = reporter();
        check.bind(gone);
        check.unbind(gone);
        assertThat(check.execute().getStatus()).isEqualTo(Result.Status.CRITICAL);
    }
}
