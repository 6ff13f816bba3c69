// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleTextTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0x1f", // C0
        "0x7f, 0x9f", // DEL and C1
        "0xad, 0xad", // soft hyphen
        "0x61c, 0x61c", // Arabic letter mark
        "0x200b, 0x200f", // zero width, and marks of direction
        "0x2028, 0x202e", // separators, embeddings and overrides
        "0x2060, 0x2064", // word joiner, invisible operators
        "0x2066, 0x206f", // isolates
        "0xd800, 0xdfff", // halves of a pair
        "0xfeff, 0xfeff", // byte order mark
        "0xfff9, 0xfffb", // annotations
        "0xe0001, 0xe0001", // tags
        "0xe0020, 0xe007f"
    })
    void whatIsNotPlainlySeenIsEscaped(String from, String to) {
        IntStream.rangeClosed(Integer.decode(from), Integer.decode(to)).forEach(point -> {
            String text = Character.toString(point);
            assertThat(VisibleText.line("a" + text + "b"))
                    .as(Integer.toHexString(point))
                    .matches("a(\\\\[nrt]|(\\\\u[0-9a-f]{4}){1,2})b");
        });
    }

    @Test
    void anEscapeIsThatOfJson() {
        assertThat(VisibleText.line("\u001b[2J\r\n\t\u009b\u202e\ud800x\udb40\udc01"))
                .isEqualTo("\\u001b[2J\\r\\n\\t\\u009b\\u202e\\ud800x\\udb40\\udc01");
    }

    @Test
    void aLayoutKeepsItsLinesAndTabs() {
        assertThat(VisibleText.lines("{\n\t\"a\": \"\u0085\r\u2028\"\n}"))
                .isEqualTo("{\n\t\"a\": \"\\u0085\\r\\u2028\"\n}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plain  text", "Grüße, 日本語, עברית, 🙂, e\u0301", "C:\\new\\table", "a\u00a0b"})
    void allElseStaysAsItIs(String text) {
        assertThat(VisibleText.line(text)).isSameAs(text);
    }

    @Test
    void whatIsEscapedOnceStays() {
        String once = VisibleText.line("a\nb\u0000");
        assertThat(VisibleText.line(once)).isEqualTo(once);
    }
}
