// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstantsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2027-01-31T08:00:00Z",
                "2027-01-31T08:00Z",
                "2027-01-31t08:00:00.000z",
                "2027-01-31T08:00:00+00:00",
                "2027-01-31T08:00:00-00:00",
                "2027-01-31T09:00:00+01:00",
                "2027-01-31T09:00:00+0100",
                "2027-01-31T09:00:00+01",
                "2027-01-31T02:30:00-05:30"
            })
    void anyOffsetIsRead(String text) {
        assertThat(Instants.parse(text)).contains(Instant.parse("2027-01-31T08:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2027-01-31T08:00:00", "2027-01-31", "2027-13-31T08:00:00Z", "2027-01-31T08:00:00+25:00"})
    void whatBeginsWithADateMustBeAnInstant(String text) {
        assertThatThrownBy(() -> Instants.parse(text)).isInstanceOf(DateTimeParseException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2h", "PT2H", "18:30", "90", ""})
    void whatBeginsWithNoDateIsNone(String text) {
        assertThat(Instants.parse(text)).isEmpty();
    }
}
