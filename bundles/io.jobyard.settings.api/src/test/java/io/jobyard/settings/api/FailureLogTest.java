// SPDX-License-Identifier: Apache-2.0
package io.jobyard.settings.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.StoreException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FailureLogTest {

    private final FailureLog failures = new FailureLog("Jobs wait");
    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
    private final PrintStream before = System.err;

    @BeforeEach
    void begin() {
        System.setErr(new PrintStream(lines, true, UTF_8));
    }

    @AfterEach
    void end() {
        System.setErr(before);
    }

    private List<String> logged() {
        return lines.toString(UTF_8)
                .lines()
                .filter(line -> line.contains("FailureLog - "))
                .map(line -> line.replaceFirst(".*] (\\w+) .* - ", "$1 "))
                .toList();
    }

    @Test
    void aFailureIsLoggedWhenItBeginsWhenItChangesAndWhenItIsOver() {
        failures.worked();
        failures.failed(new StoreException("the store is away", null));
        failures.failed(new StoreException("the store is away", null));
        failures.failed(new IOException("no file"));
        assertThat(failures.current()).contains("java.io.IOException: no file");
        failures.worked();
        failures.worked();
        failures.failed(new IllegalStateException("on purpose"));

        assertThat(logged())
                .containsExactly(
                        "WARN Jobs wait: the store is away; retrying",
                        "WARN Jobs wait: java.io.IOException: no file; retrying",
                        "INFO Recovered after 3 failures: Jobs wait",
                        "ERROR Jobs wait; retrying");
        assertThat(lines.toString(UTF_8)).contains("FailureLogTest.");
    }
}
