// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.settings.api.AuditSeal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a configuration the audit shows. */
class AuditedValueTest {

    private static final AuditSeal SEAL = new AuditSeal(new byte[32]);

    private static String shown(String pid, String key, String value) {
        return AuditedValue.of(pid, key, value, SEAL).shown();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "db.password",
                "dbPassword",
                "passwd",
                "passphrase",
                "client_secret",
                "clientSecret",
                "secrets",
                "token",
                "access.token",
                "apiKey",
                "api.key",
                "api_key",
                "apikey",
                "private-key",
                "credentials",
                ".private",
                "key",
                "auth",
                "pwd"
            })
    void aKeyThatNamesASecretHidesItsValue(String key) {
        assertThat(shown("com.acme.words", key, "hunter2")).isEqualTo("(hidden)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"members", "rate.tokens", "budget.tokens", "url", "user", "pool.size", "compass", "priority.best"
            })
    void otherKeysShowIt(String key) {
        assertThat(shown("io.jobyard.limits~openai", key, "60/m burst 10")).isEqualTo("60/m burst 10");
    }

    @Test
    void whatIsANameIsNoSecret() {
        assertThat(shown("io.jobyard.limits~openai", "key", "payload.model")).isEqualTo("payload.model");
        assertThat(shown("io.jobyard.secrets~openai", "secrets", "openai, mail_*"))
                .isEqualTo("openai, mail_*");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jdbc:derby:db;user=a;password=hunter2;create=true |"
                        + " jdbc:derby:db;user=a;password=(hidden);create=true",
                "jdbc:postgresql://h/d?user=a&password=hunter2 | jdbc:postgresql://h/d?user=a&password=(hidden)",
                "https://ann:hunter2@example.org/x | https://(hidden)@example.org/x",
                "https://ann:a/b@c | https://ann:a/b@c",
                "Bearer abcdefgh1234 | Bearer (hidden)",
                "use sk-abcdefgh12345678 | use (hidden)",
                "https://example.org/a@b | https://example.org/a@b",
                "{\"to\": \"ann\", \"smtpPassword\" : \"hun\\\"ter2\"} | {\"to\": \"ann\", \"smtpPassword\" :"
                        + " \"(hidden)\"}",
                "{\"Authorization\":\"${secret:api}\"} | {\"Authorization\":\"${secret:api}\"}",
                "{\"max_tokens\":\"100\"} | {\"max_tokens\":\"100\"}"
            })
    void aSecretWithinAValueIsHidden(String value, String shown) {
        assertThat(shown("io.jobyard.store", "url", value)).isEqualTo(shown);
    }

    @Test
    void thatAHiddenValueChangedIsSeenAllTheSame() {
        AuditedValue one = AuditedValue.of("io.jobyard.store", "password", "hunter2", SEAL);
        AuditedValue other = AuditedValue.of("io.jobyard.store", "password", "hunter3", SEAL);
        assertThat(one).isNotEqualTo(other);
        assertThat(one).isEqualTo(AuditedValue.of("io.jobyard.store", "password", "hunter2", SEAL));
        assertThat(one.digest()).isNotEmpty().doesNotContain("hunter2");
        assertThat(AuditedValue.of("io.jobyard.store", "user", "ann", SEAL).digest())
                .isEmpty();
    }
}
