// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StorableTextTest {

    @Test
    void keepsWhatIsText() {
        String text = "two\nlines, t\u0001b, \u00fc and \uD83D\uDE00";
        assertThat(StorableText.of(text)).isSameAs(text);
        assertThat(StorableText.ofAny(null)).isNull();
    }

    @Test
    void replacesZerosAndHalves() {
        assertThat(StorableText.of("\u0000a\uD83Db\uDE00\uD83D\uDE00\uD83D"))
                .isEqualTo("\uFFFDa\uFFFDb\uFFFD\uD83D\uDE00\uFFFD");
    }
}
