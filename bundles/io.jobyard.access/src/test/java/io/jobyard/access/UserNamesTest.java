// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import static io.jobyard.access.IdentityFixture.PASSWORD;
import static io.jobyard.access.IdentityFixture.ROOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.ValidationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserNamesTest {

    private final IdentityFixture hosts = new IdentityFixture().user("ann").user("\u00c5sa");

    @ParameterizedTest
    @CsvSource({
        "\u0430nn, CYRILLIC",
        "ann\u03bf, GREEK",
        "\u043f\u0430vel\u043b, LATIN",
        "\u3042\uac00, HANGUL",
    })
    void aNameThatMixesScriptsIsRefused(String name, String script) {
        assertThatThrownBy(() -> hosts.user(name))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("mixes the scripts")
                .hasMessageContaining(script);
    }

    @ParameterizedTest
    @CsvSource({
        "\uff41nn, ann",
        "\ud835\udc1ann, ann",
        "A\u030asa, \u00c5sa",
        "\u212bsa, \u00c5sa",
        "\uff4aobyard, jobyard",
    })
    void aNameThatIsAnothersWrittenDifferentlyIsRefused(String name, String other) {
        assertThatThrownBy(() -> hosts.user(name))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("'" + other + "', which is another user's name or the host's");
        assertThat(hosts.identities.users(ROOT)).hasSize(2);
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
        assertThat(hosts.identities.addUser(ROOT, name, PASSWORD.toCharArray()).name())
                .isEqualTo(name);
    }

    @Test
    void theSameNameOnceMoreIsToldAsThat() {
        assertThatThrownBy(() -> hosts.user("ann")).hasMessageContaining("there is a user ann");
    }
}
