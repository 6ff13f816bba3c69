// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.echo;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.doubles.FakeJobContext;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EchoTest {

    @Test
    void returnsItsPayload() {
        Map<String, Object> payload = Map.of("greeting", "hello", "nested", Map.of("list", List.of(1, 2)));

        assertThat(new Echo().handle(new FakeJobContext(payload))).isEqualTo(payload);
    }
}
