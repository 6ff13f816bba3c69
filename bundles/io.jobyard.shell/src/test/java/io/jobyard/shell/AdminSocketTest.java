// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdminSocketTest {

    /** A service that is not handed over may be one whose constructor, which brings the commands, has not run yet. */
    @Test
    void opensWhenTheCommandsHaveBeenMade() throws IOException {
        assertThat(references())
                .filteredOn(line -> line.contains(RegisteredCommands.class.getName()))
                .singleElement()
                .satisfies(line -> assertThat(line).contains("parameter="));
    }

    private static List<String> references() throws IOException {
        String description = "/OSGI-INF/" + AdminSocket.class.getName() + ".xml";
        try (InputStream file = AdminSocket.class.getResourceAsStream(description)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.contains("<reference "))
                    .toList();
        }
    }
}
