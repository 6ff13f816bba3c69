// SPDX-License-Identifier: Apache-2.0
package io.jobyard.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What a run has of secrets, and what becomes of them in its texts. */
class RunSecretsTest {

    private final List<String> read = new ArrayList<>();
    private final List<UnaryOperator<String>> redactions = new ArrayList<>();
    private final Map<String, String> files =
            Map.of("short", "hunter2", "long", "hunter2&more", "lines", "{\"key\":\n1}");
    private final RunSecrets secrets = new RunSecrets(this::read, redactions::add);

    private String read(String name) {
        read.add(name);
        return files.get(name);
    }

    @Test
    void aSecretInATextBecomesTheReferenceAgain() {
        files.keySet().forEach(secrets::take);
        assertThat(secrets.redact("{\"sent\":\"{\\\"key\\\":\\n1}\"}")).isEqualTo("{\"sent\":\"${secret:lines}\"}");
        assertThat(secrets.redact("GET /?k=hunter2%26more: hunter2&more, hunter2, hunter3"))
                .isEqualTo("GET /?k=${secret:long}: ${secret:long}, ${secret:short}, hunter3");
    }

    @Test
    void theRunIsRedactedFromItsFirstSecretOnAndOfAllThatFollow() {
        assertThat(redactions).isEmpty();
        assertThat(secrets.take("long")).isEqualTo("hunter2&more");
        assertThat(redactions).hasSize(1);
        assertThat(redactions.get(0).apply("hunter2&more, hunter2")).isEqualTo("${secret:long}, hunter2");
        secrets.take("short");
        assertThat(redactions).hasSize(1);
        assertThat(redactions.get(0).apply("hunter2&more, hunter2")).isEqualTo("${secret:long}, ${secret:short}");
    }

    @Test
    void aSecretIsReadOnceInARun() {
        secrets.take("short");
        secrets.take("short");
        assertThat(read).containsExactly("short");
    }

    @Test
    void aNameThatLeadsElsewhereIsRefusedBeforeAnythingIsRead() {
        for (String name : List.of("../etc/io.jobyard.store.cfg", ".hidden", "", "a/b", "a\nb")) {
            assertThatThrownBy(() -> secrets.take(name))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a secret is asked for whose name is none: use 1 to 100 of the characters"
                            + " A-Z a-z 0-9 . _ - and no dot first");
        }
        assertThat(read).isEmpty();
        assertThat(redactions).isEmpty();
    }
}
