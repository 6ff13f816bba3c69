// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpellingTest {

    private static final List<String> TYPES = List.of("detail", "echo", "llm_internal_tool", "list", "word_count");

    @Test
    void aTypingErrorAndABeginningFindWhatWasMeant() {
        assertThat(Spelling.hint("ecoh", TYPES)).isEqualTo(" (did you mean 'echo'?)");
        assertThat(Spelling.hint("lst", TYPES)).isEqualTo(" (did you mean 'list'?)");
        assertThat(Spelling.hint("Word-Count", TYPES)).isEqualTo(" (did you mean 'word_count'?)");
        assertThat(Spelling.hint("llm", TYPES)).isEqualTo(" (did you mean 'llm_internal_tool'?)");
    }

    @Test
    void lettersThatAreMissingExchangedOrTooManyFindWhatWasMeant() {
        List<String> words = List.of("start", "status", "stop", "list", "limits", "queues", "submit");
        assertThat(Spelling.hint("strat", words)).isEqualTo(" (did you mean 'start'?)");
        assertThat(Spelling.hint("lsit", words)).isEqualTo(" (did you mean 'list'?)");
        assertThat(Spelling.hint("startt", words)).isEqualTo(" (did you mean 'start'?)");
        assertThat(Spelling.hint("queue", words)).isEqualTo(" (did you mean 'queues'?)");
        assertThat(Spelling.hint("sub", words)).isEqualTo(" (did you mean 'submit'?)");
        assertThat(Spelling.hint("sumbit", words)).isEqualTo(" (did you mean 'submit'?)");
        assertThat(Spelling.hint("frobnicate", words)).isEmpty();
        assertThat(Spelling.hint("x", List.of())).isEmpty();
    }

    @Test
    void anotherWordFindsNone() {
        for (String word : List.of("email", "report_daily", "", "x".repeat(100_000))) {
            assertThat(Spelling.hint(word, TYPES)).isEmpty();
        }
    }
}
