// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.handler.HandlesJob;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HandlerDescriptionTest {

    @Test
    void whatAHandlerSaysOfItselfIsToldOfIt() throws Exception {
        assertThat(described("  Sends letters.\n")).isEqualTo("Sends letters.");
        assertThat(described("")).isEmpty();
        assertThat(described("x".repeat(3_000))).hasSize(2_000);
    }

    private static String described(String description) throws RefusedHandlerException {
        Map<String, Object> properties = Map.of(HandlesJob.TYPE, "letter", HandlesJob.DESCRIPTION, description);
        return HandlerReader.read(ReferenceFixture.of(properties), context -> Map.of())
                .info("active")
                .description();
    }
}
