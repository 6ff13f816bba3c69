// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jobyard.api.QuotaException;
import io.jobyard.spi.identity.PasswordHash;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PasswordsTest {

    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    private final Passwords passwords = new Passwords(1_000, 1, Duration.ofSeconds(10), () -> NOW);

    @Test
    void aPasswordIsHashedSixHundredThousandTimesAndByWhatIsStoredBesideIt() {
        char[] password = "four words and more".toCharArray();
        PasswordHash slow = new Passwords(() -> NOW).hash(password);
        assertThat(slow.rounds()).isEqualTo(600_000);
        assertThat(passwords.matches(password, slow)).isTrue();
        assertThat(passwords.matches("four words and More".toCharArray(), slow)).isFalse();
    }

    @Test
    void theSamePasswordHasAnotherSaltEachTime() {
        char[] password = "four words and more".toCharArray();
        PasswordHash one = passwords.hash(password);
        PasswordHash other = passwords.hash(password);
        assertThat(one.salt()).isNotEqualTo(other.salt());
        assertThat(one.hash()).isNotEqualTo(other.hash());
        assertThat(one.toString()).doesNotContain(one.hash());
        assertThat(passwords.matches(password, passwords.decoy())).isFalse();
    }

    @Test
    void fewPasswordsAreCheckedAtOnceAndFewWaitForThat() throws Exception {
        Passwords busy = new Passwords(1_000, 0, Duration.ofSeconds(60), () -> NOW);
        List<Thread> waiting = new ArrayList<>();
        for (int n = 0; n < Passwords.WAITING; n++) {
            Thread thread = new Thread(() -> assertThatThrownBy(() -> busy.matches(new char[0], busy.decoy()))
                    .isInstanceOf(QuotaException.class));
            thread.start();
            waiting.add(thread);
        }
        await().until(() -> waiting.stream().allMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING));
        assertThatThrownBy(() -> busy.matches(new char[0], busy.decoy()))
                .isInstanceOf(QuotaException.class)
                .hasMessageContaining("try again in a few seconds")
                .extracting(soon -> ((QuotaException) soon).retryAt())
                .isEqualTo(NOW.plusSeconds(5));
        for (Thread thread : waiting) {
            thread.interrupt();
            thread.join();
        }
    }

    /** As everybody else computes it: PBKDF2-HMAC-SHA256("password password", "salt", 1000), from Python's hashlib. */
    @Test
    void theHashIsTheOneOfTheStandard() {
        PasswordHash known = new PasswordHash(1_000, "c2FsdA==", "0ME+eGhlOvEmkvGR1H9ltHGEOF/+T5HW22VNbS0hb/E=");
        assertThat(passwords.matches("password password".toCharArray(), known)).isTrue();
    }
}
