// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {

    private static final List<String> WORDS = List.of("start", "status", "stop", "list", "limits", "queues", "submit");

    @Test
    void aWordThatIsNearlyTypedOrBegunIsMeant() {
        assertThat(Nearest.hint("lst", WORDS)).isEqualTo(" (did you mean 'list'?)");
        assertThat(Nearest.hint("strat", WORDS)).isEqualTo(" (did you mean 'start'?)");
        assertThat(Nearest.hint("lsit", WORDS)).isEqualTo(" (did you mean 'list'?)");
        assertThat(Nearest.hint("startt", WORDS)).isEqualTo(" (did you mean 'start'?)");
        assertThat(Nearest.hint("queue", WORDS)).isEqualTo(" (did you mean 'queues'?)");
        assertThat(Nearest.hint("sub", WORDS)).isEqualTo(" (did you mean 'submit'?)");
        assertThat(Nearest.hint("sumbit", WORDS)).isEqualTo(" (did you mean 'submit'?)");
    }

    @Test
    void nothingIsMeantByAnythingElse() {
        assertThat(Nearest.hint("frobnicate", WORDS)).isEmpty();
        assertThat(Nearest.hint("x", List.of())).isEmpty();
    }
}
