// SPDX-License-Identifier: Apache-2.0
package io.jobyard.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a run has of secrets. */
class RunSecretsTest {

    /** What was done, in its order. */
    private final List<String> done = new ArrayList<>();

    private final RunSecrets secrets = new RunSecrets(
            name -> {
                done.add("read " + name);
                return "hunter2";
            },
            (secret, shown) -> done.add("redact " + secret + " as " + shown));

    @Test
    void theRunIsRedactedOfEachSecretBeforeItHasIt() {
        assertThat(secrets.isEmpty()).isTrue();
        assertThat(secrets.take("short")).isEqualTo("hunter2");
        assertThat(done).containsExactly("read short", "redact hunter2 as ${secret:short}");
        assertThat(secrets.isEmpty()).isFalse();
    }

    @Test
    void aSecretIsReadOnceInARun() {
        secrets.take("short");
        secrets.take("short");
        assertThat(done).hasSize(2);
    }

    @Test
    void aNameThatLeadsElsewhereIsRefusedBeforeAnythingIsRead() {
        for (String name : List.of("../etc/io.jobyard.store.cfg", ".hidden", "", "a/b", "a\nb")) {
            assertThatThrownBy(() -> secrets.take(name))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("invalid secret name: use 1 to 100 of the characters"
                            + " A-Z a-z 0-9 . _ -; the first must not be a dot");
        }
        assertThat(done).isEmpty();
    }
}
