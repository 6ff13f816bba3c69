// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypedPasswordTest {

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
