// SPDX-License-Identifier: Apache-2.0
package io.jobyard.settings.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.spi.audit.AuditEntry;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Some code in the process removes all security providers: what the host has of them goes on. */
class NoProvidersTest {

    private static final UUID JOB = new UUID(0, 1);

    private final List<Provider> providers = List.of(Security.getProviders());
    private final AuditSeal seal = new AuditSeal(new byte[32]);

    @AfterEach
    void bringBack() {
        providers.forEach(Security::addProvider);
    }

    private List<Object> hashes() {
        return List.of(
                seal.seal("", JOB, 1, new AuditEntry(Instant.EPOCH, "ada", "pause", "llm", ""))
                        .seal(),
                seal.digest("secret"),
                List.of(seal.history(JOB, "ada", Instant.EPOCH, "text")),
                List.of(seal.histories(1, 1, 1, new byte[32])),
                Sha256.hex("text"));
    }

    @Test
    void theSealAndTheDigestGoOn() {
        List<Object> before = hashes();
        providers.forEach(provider -> Security.removeProvider(provider.getName()));
        assertThatThrownBy(() -> MessageDigest.getInstance("SHA-256")).isInstanceOf(NoSuchAlgorithmException.class);

        assertThat(hashes()).usingRecursiveComparison().isEqualTo(before);
    }
}
