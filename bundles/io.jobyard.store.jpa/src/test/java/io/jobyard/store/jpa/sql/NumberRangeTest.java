// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NumberRangeTest {

    @Test
    void numbersThatAreNearAreOneRange() {
        assertThat(NumberRange.of(List.of(9, 1, 2, 5))).containsExactly(new NumberRange(1, 9));
    }

    @Test
    void aGapIsNotRead() {
        assertThat(NumberRange.of(List.of(1, 2, 7, 100, 101)))
                .containsExactly(new NumberRange(1, 2), new NumberRange(7, 7), new NumberRange(100, 101));
    }

    @Test
    void noNumbersAreNoRange() {
        assertThat(NumberRange.of(List.of())).isEmpty();
    }
}
