// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.ValidationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserNamesTest {

    private static void refuses(String name, String... reasons) {
        assertThatThrownBy(() -> Caller.user("boss").as(name))
                .isInstanceOf(ValidationException.class)
                .hasMessageContainingAll(reasons);
        assertThat(Caller.isUserName(name)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "\u0430nn, CYRILLIC",
        "ann\u03bf, GREEK",
        "\u043f\u0430vel\u043b, LATIN",
        "\u3042\uac00, HANGUL",
    })
    void aNameThatMixesScriptsIsRefused(String name, String script) {
        refuses(name, "mixes the scripts", script);
    }

    /** Of each two names that are the same after NFKC, one is not in that form. */
    @ParameterizedTest
    @ValueSource(strings = {"\uff41nn", "\ud835\udc1ann", "A\u030asa", "\u212bsa"})
    void aNameThatIsWrittenOtherwiseThanPlainlyIsRefused(String name) {
        refuses(name, "write it plainly");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jobyard", "\uff4aobyard", "ann, by bob"})
    void aNameThatStandsForTheHostOrForTwoIsRefused(String name) {
        refuses(name, "use jobyard for the host itself");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ann", "ann ", "an\u0007n", "a\u200bnn"})
    void aNameThatCannotBeReadIsRefused(String name) {
        refuses(name, "printable characters");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bob",
                "\u041f\u0430\u0432\u0435\u043b 2",
                "\u5c71\u7530\u305f\u308d\u3046",
                "\u00dcn\u00ef \ud83d\ude00",
                "ann.b+c@example.com"
            })
    void otherNamesAreTaken(String name) {
        assertThat(Caller.user("boss").as(name).name()).isEqualTo(name);
        assertThat(Caller.isUserName(name)).isTrue();
    }
}
