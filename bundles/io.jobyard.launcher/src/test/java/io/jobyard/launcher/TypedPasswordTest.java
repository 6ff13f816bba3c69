// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypedPasswordTest {

    private final InputStream keys = System.in;

    @AfterEach
    void giveBack() {
        System.setIn(keys);
    }

    @Test
    void aPasswordIsALineWhoseBytesAreClearedOnceTheyWereRead() throws IOException {
        type("four words of mine\nlist\n");
        byte[] typed = TypedPassword.next();
        assertThat(new TypedPassword(typed).readNBytes(65_536)).asString().isEqualTo("four words of mine");
        assertThat(typed).hasSize(18).containsOnly(0);
        assertThat(TypedPassword.next()).asString().isEqualTo("list");
        assertThat(TypedPassword.next()).isEmpty();
        type("x".repeat(4_096) + "\n");
        assertThat(TypedPassword.next()).hasSize(4_096);
        type("x".repeat(4_097) + "\n");
        assertThatThrownBy(TypedPassword::next).hasMessage("the line is too long for a password; nothing was changed");
    }

    private static void type(String text) {
        System.setIn(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @CsvSource({
        "user add ann, true",
        "job:user add ann, true",
        "user password ann --json, true",
        "user --as root add ann, true",
        "user add, false",
        "user list, false",
        "user disable ann, false",
        "user add ann --help, false",
        "token create add, false",
        "list, false"
    })
    void aPasswordIsTypedForTheCommandsThatSetOne(String line, boolean isAsked) {
        assertThat(TypedPassword.isAsked(List.of(line.split(" ")))).isEqualTo(isAsked);
    }
}
